// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a crash left behind is offered, not forced: the strip asks, and the work goes on meanwhile.

#include "ui/document/document.h"
#include "ui/window/document_tab.h"
#include "ui/window/main_window.h"

#include <QTabWidget>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

void MainWindow::offerRecovered()
{
    const QList<RecoveredFile> files = recoverable();
    if (files.isEmpty())
        return;
    if (!tab().messages().text().isEmpty()) { // why a file was not opened, say: that is read first
        connect(&tab().messages(), &MessageBar::dismissed, this, &MainWindow::offerRecovered, Qt::SingleShotConnection);
        return;
    }
    QStringList names;
    for (const RecoveredFile& file : files)
        names << u"%1 (%2)"_s.arg(file.title, QLocale().toString(file.when, QLocale::ShortFormat));
    const auto restoreAll = [this, files] {
        for (const RecoveredFile& file : files)
            restore(file);
    };
    const auto discardAll = [files] {
        for (const RecoveredFile& file : files)
            discard(file);
    };
    tab().messages().showMessage(
        {.kind = MessageKind::Warning,
         .what = tr("Stagelift did not end well last time; unsaved text was kept: %1").arg(names.join(u", "_s)),
         .mend = tr("Restored text can be undone."),
         .actions = {{tr("Restore"), restoreAll}, {tr("Discard"), discardAll}}});
}

void MainWindow::restore(const RecoveredFile& file)
{
    DocumentTab* open = findTab(file.path);
    if (open && !open->document().isModified())
        m_tabs->setCurrentWidget(open);
    else if (!tab().isUntouched())
        newFile();
    if (const auto restored = tab().document().restore(file); !restored)
        tab().messages().showMessage({.what = restored.error(), .mend = {}, .actions = {}});
    else
        tab().setChoices(m_settings.buildChoices(file.path));
}

} // namespace stagelift::ui
