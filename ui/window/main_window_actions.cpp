// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window's actions do, and when they can be done.

#include "ui/build/build_log.h"
#include "ui/build/placeholder.h"
#include "ui/build/sizes_pane.h"
#include "ui/build/timeline.h"
#include "ui/build/timeline_view.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/export.h"
#include "ui/document/document.h"
#include "ui/editor/editor.h"
#include "ui/history/history_pane.h"
#include "ui/window/build_news.h"
#include "ui/window/commands.h"
#include "ui/window/diagram_menu.h"
#include "ui/window/document_tab.h"
#include "ui/window/examples.h"
#include "ui/window/export_dialog.h"
#include "ui/window/help.h"
#include "ui/window/main_window.h"
#include "ui/window/palette.h"
#include "ui/window/status.h"
#include "ui/window/toolbar.h"

#include <QActionGroup>
#include <QApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QSaveFile>
#include <QStyleHints>
#include <QTabWidget>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr double kZoomStep = 1.2;
constexpr qint64 kLongBuild = 10'000; // ms, from which on its end is announced

} // namespace

void MainWindow::makeMenus()
{
    for (const MenuId id : {MenuId::File, MenuId::Edit, MenuId::View, MenuId::Stages, MenuId::Build, MenuId::Help})
        m_actions.fill(*menuBar()->addMenu(Actions::menuTitle(id)), id);
    m_recentMenu = new QMenu(this);
    action(ActionId::OpenRecent)->setMenu(m_recentMenu);
    connect(m_recentMenu, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
    makeExampleMenu();
    makeThemeMenu();
    makeDiagramMenu(m_actions, *this, [this] -> DiagramPane& { return tab().diagramPane(); });
    makeCopyMenu();
}

void MainWindow::makeExampleMenu()
{
    auto* menu = new QMenu(this);
    for (const QString& file : exampleFiles())
        menu->addAction(QFileInfo(file).completeBaseName(), this, [this, file] { openFile(file); });
    action(ActionId::OpenExample)->setMenu(menu);
    action(ActionId::OpenExample)->setVisible(!menu->isEmpty());
}

void MainWindow::makeCopyMenu()
{
    auto* menu = new QMenu(this);
    for (const ExportFormat& format : exportFormats()) {
        if (format.name == "pdf"_L1) // nothing takes a page from the clipboard
            continue;
        menu->addAction(format.title(), this, [this, name = QString(format.name)] { tab().diagram().copyAs(name); });
    }
    action(ActionId::CopyDiagramAs)->setMenu(menu);
}

void MainWindow::makeThemeMenu()
{
    m_themeMenu = new QMenu(this);
    action(ActionId::ThemeMenu)->setMenu(m_themeMenu);
    auto* group = new QActionGroup(this);
    const std::array<std::pair<ThemeChoice, QString>, 3> choices{{
        {ThemeChoice::System, tr("As the &Desktop")},
        {ThemeChoice::Light, tr("&Light")},
        {ThemeChoice::Dark, tr("Dar&k")},
    }};
    for (const auto& [choice, text] : choices) {
        QAction* each = m_themeMenu->addAction(text);
        each->setCheckable(true);
        each->setChecked(choice == m_themeChoice);
        group->addAction(each);
        connect(each, &QAction::triggered, this, [this, choice] { setTheme(choice); });
    }
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] {
        if (m_themeChoice == ThemeChoice::System)
            applyTheme();
    });
}

void MainWindow::fillRecentMenu()
{
    m_recentMenu->clear();
    for (const QString& file : m_settings.recentFiles()) {
        const QFileInfo info(file);
        QAction* each = m_recentMenu->addAction(u"%1 — %2"_s.arg(info.fileName(), info.absolutePath()));
        connect(each, &QAction::triggered, this, [this, file] { openFile(file); });
    }
    const bool none = m_recentMenu->isEmpty();
    if (none)
        m_recentMenu->addAction(tr("None yet"))->setEnabled(false);
    m_recentMenu->addSeparator();
    QAction* clear = m_recentMenu->addAction(tr("Forget Them"), this, [this] { m_settings.clearRecentFiles(); });
    clear->setEnabled(!none);
}

void MainWindow::wireActions()
{
    wireFileActions();
    wireEditActions();
    wireViewActions();
    wireStageActions();
    wireBuildActions();
    connect(action(ActionId::Help), &QAction::triggered, this, [this] {
        if (!m_help)
            m_help = new Help(this);
        m_help->show();
        m_help->raise();
        m_help->activateWindow();
    });
    connect(action(ActionId::About), &QAction::triggered, this,
            [this] { QMessageBox::about(this, tr("About Stagelift"), aboutText()); });
}

void MainWindow::wireFileActions()
{
    connect(action(ActionId::New), &QAction::triggered, this, &MainWindow::newFile);
    connect(action(ActionId::Open), &QAction::triggered, this, &MainWindow::chooseFiles);
    connect(action(ActionId::Save), &QAction::triggered, this, [this] { tab().save(); });
    connect(action(ActionId::SaveAs), &QAction::triggered, this, [this] { chooseNameAndSave(tab()); });
    connect(action(ActionId::ExportDiagram), &QAction::triggered, this, &MainWindow::exportDiagram);
    connect(action(ActionId::Close), &QAction::triggered, this, [this] { closeTab(m_tabs->currentIndex()); });
    connect(action(ActionId::Quit), &QAction::triggered, this, &QWidget::close);
}

void MainWindow::wireEditActions()
{
    connect(action(ActionId::Undo), &QAction::triggered, this, [this] { tab().editor().undo(); });
    connect(action(ActionId::Redo), &QAction::triggered, this, [this] { tab().editor().redo(); });
    connect(action(ActionId::Cut), &QAction::triggered, this, [this] { editFocus("cut"); });
    connect(action(ActionId::Copy), &QAction::triggered, this, [this] { editFocus("copy"); });
    connect(action(ActionId::Paste), &QAction::triggered, this, [this] { editFocus("paste"); });
    connect(action(ActionId::SelectAll), &QAction::triggered, this, [this] { editFocus("selectAll"); });
    connect(action(ActionId::CopyDiagram), &QAction::triggered, this, [this] { tab().diagram().copyPicture(); });
    connect(action(ActionId::Find), &QAction::triggered, this, &MainWindow::find);
    wireEditorCommands();
}

void MainWindow::wireEditorCommands()
{
    using Order = void (Editor::*)();
    static constexpr std::array<std::pair<ActionId, Order>, 6> kCommands{{
        {ActionId::Replace, &Editor::showReplace},
        {ActionId::ToggleComment, &Editor::toggleComment},
        {ActionId::Complete, &Editor::complete},
        {ActionId::QuickFix, &Editor::showQuickFixes},
        {ActionId::GoToStage, &Editor::goToDefinition},
        {ActionId::FindUses, &Editor::selectUses},
    }};
    for (const auto& [id, command] : kCommands) {
        connect(action(id), &QAction::triggered, this, [this, command = command] {
            tab().editor().setFocus();
            (tab().editor().*command)();
        });
    }
}

void MainWindow::find()
{
    const QWidget* focus = QApplication::focusWidget();
    if (focus && tab().log().isAncestorOf(focus))
        tab().log().search().setFocus(Qt::ShortcutFocusReason);
    else if (focus && (focus == &tab().diagram() || tab().diagram().isAncestorOf(focus)))
        tab().diagram().showFind();
    else
        tab().editor().showFind();
}

void MainWindow::showPalette()
{
    if (m_palette->isVisible())
        m_palette->close();
    else
        m_palette->open(windowCommands(*this), [this] { return diagramCommands(*this); });
}

void MainWindow::exportDiagram()
{
    const bool dark = themeFor(m_themeChoice).dark;
    ExportDialog dialog(tab().diagram().picture(), dark, action(ActionId::ShowLegend)->isChecked(), this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const ExportChoice choice = dialog.choice();
    const ExportFormat& format = *std::ranges::find(exportFormats(), choice.format, &ExportFormat::name);
    const QString base = QFileInfo(tab().document().path()).completeBaseName();
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export Diagram"), u"%1.%2"_s.arg(base.isEmpty() ? u"Dockerfile"_s : base, format.suffix),
        u"%1 (*.%2)"_s.arg(format.title(), format.suffix));
    if (!path.isEmpty())
        exportDiagramTo(path, choice);
}

void MainWindow::exportDiagramTo(const QString& path, const ExportChoice& choice)
{
    const auto drawn = drawnAs(choice.format, tab().diagram().picture(),
                               choice.dark ? Theme::darkTheme() : Theme::lightTheme(), choice.options);
    QString problem = drawn ? QString() : drawn.error();
    QSaveFile file(path);
    if (drawn && (!file.open(QIODevice::WriteOnly) || file.write(*drawn) != drawn->size() || !file.commit()))
        problem = tr("%1 can't be written: %2").arg(path, file.errorString());
    if (!problem.isEmpty())
        tab().messages().showMessage({.what = problem, .mend = {}, .actions = {}});
}

void MainWindow::wireViewActions()
{
    QAction* legend = action(ActionId::ShowLegend);
    legend->setCheckable(true);
    legend->setChecked(m_settings.legend());
    connect(legend, &QAction::toggled, this, [this](bool shown) {
        m_settings.setLegend(shown);
        for (DocumentTab* each : allTabs())
            each->diagram().showLegend(shown);
    });
    m_palette = new CommandPalette(*this);
    connect(action(ActionId::CommandPalette), &QAction::triggered, this, &MainWindow::showPalette);
    connect(action(ActionId::Fit), &QAction::triggered, this, [this] { tab().diagram().fit(); });
    connect(action(ActionId::ZoomIn), &QAction::triggered, this, [this] { zoom(1); });
    connect(action(ActionId::ZoomOut), &QAction::triggered, this, [this] { zoom(-1); });
    connect(action(ActionId::NextPane), &QAction::triggered, this, [this] { tab().focusPane(1); });
    connect(action(ActionId::PreviousPane), &QAction::triggered, this, [this] { tab().focusPane(-1); });
    connect(action(ActionId::ShowProblems), &QAction::triggered, this,
            [this] { tab().showPane(ResultPane::Problems); });
    connect(action(ActionId::ShowLog), &QAction::triggered, this, [this] { tab().showPane(ResultPane::Log); });
    action(ActionId::ShowInspector)->setCheckable(true);
    connect(action(ActionId::ShowInspector), &QAction::triggered, this,
            [this](bool shown) { tab().showInspector(shown); });
    connect(action(ActionId::ShowSizes), &QAction::triggered, this, [this] { tab().showPane(ResultPane::Sizes); });
    connect(action(ActionId::ShowTimeline), &QAction::triggered, this,
            [this] { tab().showPane(ResultPane::Timeline); });
    connect(action(ActionId::ShowFiles), &QAction::triggered, this, [this] { tab().showPane(ResultPane::Files); });
    connect(action(ActionId::ShowHistory), &QAction::triggered, this, [this] { tab().showPane(ResultPane::History); });
}

void MainWindow::wireStageActions()
{
    static constexpr std::array<std::pair<ActionId, StageCommand>, 6> kCommands{{
        {ActionId::InlineStage, StageCommand::Inline},
        {ActionId::DuplicateStage, StageCommand::Duplicate},
        {ActionId::MoveStageUp, StageCommand::MoveUp},
        {ActionId::MoveStageDown, StageCommand::MoveDown},
        {ActionId::NameIndices, StageCommand::NameIndices},
        {ActionId::RemoveStage, StageCommand::Remove},
    }};
    for (const auto& [id, command] : kCommands)
        connect(action(id), &QAction::triggered, this, [this, command = command] { tab().changeStage(command); });
    connect(action(ActionId::AddStage), &QAction::triggered, this, [this] { tab().diagram().startAddStage(); });
    connect(action(ActionId::MakeMultiStage), &QAction::triggered, this, [this] { tab().makeMultiStage(); });
    connect(action(ActionId::SplitStage), &QAction::triggered, this, [this] { tab().splitStage(tab().stageInHand()); });
    connect(action(ActionId::RenameStage), &QAction::triggered, this, [this] { tab().renameStage(); });
}

void MainWindow::wireBuildActions()
{
    connect(action(ActionId::Build), &QAction::triggered, this, [this] { m_desk->build(tab()); });
    connect(action(ActionId::BuildAgain), &QAction::triggered, this, [this] { m_desk->buildAgain(tab()); });
    QAction* onSave = action(ActionId::BuildOnSave);
    onSave->setCheckable(true);
    onSave->setChecked(m_settings.buildOnSave());
    connect(onSave, &QAction::toggled, m_desk, &BuildDesk::setBuildOnSave);
    QAction* keeps = action(ActionId::KeepHistory);
    keeps->setCheckable(true);
    keeps->setChecked(m_settings.keepsHistory());
    connect(keeps, &QAction::toggled, this, [this](bool wanted) {
        m_desk->setKeepHistory(wanted);
        for (DocumentTab* each : allTabs())
            each->history().showWords();
    });
    QAction* notifies = action(ActionId::NotifyAtEnd);
    notifies->setCheckable(true);
    notifies->setChecked(m_settings.notifiesAtEnd());
    m_news->setNotifying(notifies->isChecked());
    connect(notifies, &QAction::toggled, this, [this](bool wanted) {
        m_settings.setNotifiesAtEnd(wanted);
        m_news->setNotifying(wanted);
    });
    connect(action(ActionId::Stop), &QAction::triggered, this, [this] { m_desk->controller().stop(); });
    connect(action(ActionId::BuildOptions), &QAction::triggered, this, [this] { m_desk->editOptions(tab()); });
    connect(action(ActionId::RunStage), &QAction::triggered, this,
            [this] { tab().runStage(tab().stageToRun(), RunMode::ItsCommand); });
    connect(action(ActionId::RunShell), &QAction::triggered, this,
            [this] { tab().runStage(tab().stageToRun(), RunMode::Shell); });
    connect(action(ActionId::CopyRunCommand), &QAction::triggered, this,
            [this] { tab().copyRunCommand(tab().stageToRun()); });
    connect(action(ActionId::GoBetweenTextAndLog), &QAction::triggered, this, [this] { tab().goBetweenTextAndLog(); });
    connect(action(ActionId::SaveLog), &QAction::triggered, this, [this] { tab().log().save(); });
    connect(action(ActionId::FindEngines), &QAction::triggered, this, [this] { m_desk->controller().findEngines(); });
}

void MainWindow::wireToolbar()
{
    connect(m_toolbar, &Toolbar::targetChosen, this, [this](int stage) { tab().setTarget(stage); });
    connect(m_toolbar, &Toolbar::engineChosen, this, [this](const QString& id) {
        m_settings.setEngine(id);
        m_desk->controller().chooseEngine(id);
    });
    connect(m_toolbar, &Toolbar::diagramZoomed, this, [this](double factor) { tab().diagram().zoomBy(factor); });
}

/// Cut, copy, paste and select all are for whatever has the focus, where it knows the word.
void MainWindow::editFocus(const char* slot)
{
    for (QWidget* widget = QApplication::focusWidget(); widget; widget = widget->parentWidget()) {
        if (widget->metaObject()->indexOfMethod(QByteArray(slot) + "()") >= 0) {
            QMetaObject::invokeMethod(widget, slot);
            return;
        }
        if (widget->metaObject()->indexOfMethod(QByteArray(slot) + "(bool)") >= 0) {
            QMetaObject::invokeMethod(widget, slot, Q_ARG(bool, true)); // QsciScintilla::selectAll
            return;
        }
    }
}

void MainWindow::zoom(double direction)
{
    if (tab().diagram().hasFocus())
        tab().diagram().zoomBy(direction > 0 ? kZoomStep : 1 / kZoomStep);
    else if (tab().timeline().view().hasFocus())
        tab().timeline().view().zoomBy(direction > 0 ? kZoomStep : 1 / kZoomStep);
    else if (direction > 0)
        tab().editor().zoomIn();
    else
        tab().editor().zoomOut();
}

void MainWindow::updateActions()
{
    const Editor& editor = tab().editor();
    action(ActionId::Undo)->setEnabled(editor.isUndoAvailable());
    action(ActionId::Redo)->setEnabled(editor.isRedoAvailable());
    action(ActionId::Save)->setEnabled(tab().document().isModified() || tab().document().path().isEmpty());
}

void MainWindow::updateBuild()
{
    if (m_tabs->count() == 0)
        return;
    BuildController& controller = m_desk->controller();
    const bool running = controller.isRunning();
    const auto engine = controller.engine();
    m_toolbar->showEngines(controller);
    for (const ActionId id : {ActionId::Build, ActionId::BuildAgain})
        action(id)->setEnabled(!running && tab().target() >= 0);
    action(ActionId::Stop)->setEnabled(running);
    action(ActionId::SaveLog)->setEnabled(tab().log().hasLog());
    m_status->showRunning(running);
    if (engine && !engine->asked)
        m_status->showEngine(tr("Asking %1…").arg(engine->label()), engine->address);
    else if (engine)
        m_status->showEngine(engine->ready ? engine->label() : tr("%1 is not ready").arg(engine->id),
                             engine->ready ? engine->program : engine->problem + u'\n' + engine->mend);
    else
        m_status->showEngine(controller.isSearching() ? tr("Looking for engines…") : tr("No engine found"), {});
    for (DocumentTab* each : allTabs())
        m_desk->advise(*each);
}

void MainWindow::setTheme(ThemeChoice choice)
{
    m_themeChoice = choice;
    m_settings.setTheme(choice);
    applyTheme();
}

void MainWindow::applyTheme()
{
    const Theme& theme = themeFor(m_themeChoice);
    ui::applyTheme(theme);
    m_actions.loadIcons();
    m_toolbar->loadIcons();
    for (DocumentTab* each : allTabs())
        each->setTheme(theme);
}

void MainWindow::notifyOfEnd(const BuildResult& result)
{
    if (result.milliseconds >= kLongBuild && !isActiveWindow())
        QApplication::alert(this);
    m_news->tellEnd(m_desk->request(), result);
}

} // namespace stagelift::ui
