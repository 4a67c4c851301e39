// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/main_window.h"

#include "ui/build/sizes_pane.h"
#include "ui/diagram/diagram_view.h"
#include "ui/document/document.h"
#include "ui/editor/editor.h"
#include "ui/history/history_pane.h"
#include "ui/window/build_news.h"
#include "ui/window/document_tab.h"
#include "ui/window/names.h"
#include "ui/window/questions.h"
#include "ui/window/status.h"
#include "ui/window/tab_titles.h"
#include "ui/window/toolbar.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr QSize kFirstSize{1360, 860}; // px, before the window was ever resized
const QString kTabLayout = u"tab"_s;

QStringList localFiles(const QMimeData& mime)
{
    QStringList files;
    for (const QUrl& url : mime.urls()) {
        if (url.isLocalFile())
            files << url.toLocalFile();
    }
    return files;
}

} // namespace

MainWindow::MainWindow(Settings settings, QWidget* parent)
    : QMainWindow(parent),
      m_settings(std::move(settings)),
      m_actions(this),
      m_desk(new BuildDesk(m_settings, this)),
      m_news(new BuildNews(m_desk->controller(), *this)),
      m_toolbar(new Toolbar(m_actions, this)),
      m_tabs(new QTabWidget(this)),
      m_status(new Status(*statusBar())),
      m_themeChoice(m_settings.theme())
{
    setAcceptDrops(true);
    addToolBar(m_toolbar);
    m_tabs->setAccessibleName(tr("Open files"));
    m_tabs->setDocumentMode(true);
    m_tabs->setTabsClosable(true);
    m_tabs->setMovable(true);
    m_tabs->setTabBarAutoHide(true);
    setCentralWidget(m_tabs);
    makeMenus();
    wireActions();
    wireToolbar();
    connect(m_tabs, &QTabWidget::currentChanged, this, &MainWindow::showTab);
    connect(m_tabs, &QTabWidget::tabCloseRequested, this, &MainWindow::closeTab);
    connect(m_desk, &BuildDesk::changed, this, &MainWindow::updateBuild);
    connect(m_desk, &BuildDesk::finished, this, &MainWindow::notifyOfEnd);
    connect(&m_desk->history(), &History::troubled, this, [this](const QString& sentence) {
        tab().messages().showMessage({.kind = MessageKind::Warning, .what = sentence, .mend = {}, .actions = {}});
    });
    resize(kFirstSize);
    restoreGeometry(m_settings.geometry());
    newFile();
    applyTheme();
    updateBuild();
}

MainWindow::~MainWindow()
{
    // The tabs tell the window of their going while it is half gone itself.
    for (DocumentTab* each : allTabs())
        each->disconnect(this);
    m_tabs->disconnect(this);
    m_desk->disconnect(this);
}

DocumentTab& MainWindow::tab() const
{
    return *static_cast<DocumentTab*>(m_tabs->currentWidget());
}

QList<DocumentTab*> MainWindow::allTabs() const
{
    QList<DocumentTab*> tabs;
    for (int i = 0; i < m_tabs->count(); ++i)
        tabs << static_cast<DocumentTab*>(m_tabs->widget(i));
    return tabs;
}

DocumentTab* MainWindow::findTab(const QString& path) const
{
    const QString wanted = QFileInfo(path).canonicalFilePath();
    for (DocumentTab* each : allTabs()) {
        const QString its = each->document().path();
        if (!its.isEmpty() && !wanted.isEmpty() && QFileInfo(its).canonicalFilePath() == wanted)
            return each;
    }
    return nullptr;
}

DocumentTab* MainWindow::addTab()
{
    auto* added = new DocumentTab(m_tabs);
    if (m_tabs->count() > 0)
        added->restoreLayout(tab().saveLayout());
    else
        added->restoreLayout(m_settings.paneState(kTabLayout));
    added->setTheme(themeFor(m_themeChoice));
    added->diagram().showLegend(action(ActionId::ShowLegend)->isChecked());
    added->history().setHistory(&m_desk->history());
    m_desk->advise(*added);
    wireTab(*added);
    m_tabs->setCurrentIndex(m_tabs->addTab(added, QString()));
    nameSmallButtons(*this);
    showTitles();
    return added;
}

void MainWindow::wireTab(DocumentTab& each)
{
    DocumentTab* added = &each;
    connect(added, &DocumentTab::titleChanged, this, &MainWindow::showTitles);
    connect(added, &DocumentTab::edited, this, &MainWindow::updateActions);
    connect(&added->document(), &Document::saved, m_desk, [this, added](bool textChanged) {
        if (textChanged)
            m_desk->textSaved(*added);
    });
    connect(added, &DocumentTab::shipmentChanged, this, &MainWindow::showStages);
    connect(added, &DocumentTab::buildRequested, this, [this, added](int stage) { m_desk->build(*added, stage); });
    connect(added, &DocumentTab::pathWanted, this, [this, added] { chooseNameAndSave(*added); });
    connect(added, &DocumentTab::analysed, this,
            [this, added] { m_desk->images().wantSoon(added, added->shown()->graph.images); });
    connect(&m_desk->images(), &ImageConfigs::changed, added,
            [this, added] { added->document().setImages(m_desk->images().known()); });
    added->document().setImages(m_desk->images().known());
    for (const auto signal : {&DocumentTab::analysed, &DocumentTab::targetChanged}) {
        connect(added, signal, this, [this, added] {
            if (added == m_tabs->currentWidget())
                showStages();
        });
    }
    connect(added, &DocumentTab::caretMoved, this, &MainWindow::showCaret);
    connect(&added->diagram(), &DiagramView::legendClosed, action(ActionId::ShowLegend),
            [this] { action(ActionId::ShowLegend)->setChecked(false); });
    connect(added, &DocumentTab::inspectorShown, action(ActionId::ShowInspector), &QAction::setChecked);
    connect(added, &DocumentTab::argumentsChanged, this, [this, added] {
        if (const QString path = added->document().path(); !path.isEmpty())
            m_settings.setBuildChoices(path, added->choices());
    });
    connect(&added->editor(), &Editor::filesDropped, this, [this](const QList<QUrl>& urls) {
        for (const QUrl& url : urls)
            openFile(url.toLocalFile());
    });
}

void MainWindow::newFile()
{
    addTab()->setFocus();
}

void MainWindow::showText(const std::string& text)
{
    Document& document = tab().document();
    document.apply({.edits = {{.span = {}, .text = text}}, .select = {}}, document.revision());
}

bool MainWindow::openFile(const QString& path)
{
    if (DocumentTab* open = findTab(path)) {
        m_tabs->setCurrentWidget(open);
        return true;
    }
    const int before = m_tabs->currentIndex();
    const bool reuse = tab().isUntouched();
    DocumentTab* into = reuse ? &tab() : addTab();
    const auto loaded = into->document().load(path);
    if (!loaded) {
        if (!reuse)
            delete into;
        m_tabs->setCurrentIndex(before);
        showTab();
        tab().messages().showMessage({.what = loaded.error(), .mend = {}, .actions = {}});
        return false;
    }
    into->messages().hide();
    into->setChoices(m_settings.buildChoices(path));
    m_settings.addRecentFile(into->document().path());
    if (into->document().isReadOnly())
        into->messages().showMessage({.kind = MessageKind::Information,
                                      .what = tr("%1 is read-only.").arg(into->document().title()),
                                      .mend = tr("Changes can be saved under another name."),
                                      .actions = {}});
    showTab();
    return true;
}

void MainWindow::chooseFiles()
{
    const QString folder = QFileInfo(tab().document().path()).absolutePath();
    const QStringList files = QFileDialog::getOpenFileNames(
        this, tr("Open Dockerfile"), folder,
        tr("Dockerfiles (*Dockerfile* *dockerfile* *Containerfile* *containerfile*)") + u";;"_s + tr("All files (*)"));
    for (const QString& file : files)
        openFile(file);
}

bool MainWindow::chooseNameAndSave(DocumentTab& each)
{
    const QString now = each.document().path();
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Save Dockerfile"), now.isEmpty() ? u"Dockerfile"_s : now);
    if (path.isEmpty() || !each.saveAs(path))
        return false;
    m_settings.addRecentFile(path);
    m_settings.setBuildChoices(path, each.choices());
    return true;
}

bool MainWindow::mayClose(DocumentTab& each)
{
    const bool builds = &each == m_desk->runningTab();
    if (builds || each.document().isModified())
        m_tabs->setCurrentWidget(&each);
    if (builds && !askToStopBuild(this))
        return false;
    if (each.document().isModified() && !mayDiscard(each))
        return false;
    if (builds)
        m_desk->controller().stop();
    return true;
}

bool MainWindow::mayDiscard(DocumentTab& each)
{
    switch (askToSave(this, each.document().title())) {
    case SaveAnswer::Save:
        return each.save();
    case SaveAnswer::Discard:
        return true;
    case SaveAnswer::Cancel:
        break;
    }
    return false;
}

bool MainWindow::closeTab(int index)
{
    auto* each = static_cast<DocumentTab*>(m_tabs->widget(index));
    if (!each || !mayClose(*each))
        return false;
    if (m_tabs->count() == 1)
        newFile();
    delete each;
    showTab();
    return true;
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    for (DocumentTab* each : allTabs()) {
        if (!mayClose(*each)) {
            event->ignore();
            return;
        }
    }
    m_desk->forgetWaiting();
    rememberSession();
    event->accept();
}

void MainWindow::rememberSession()
{
    Session session;
    for (DocumentTab* each : allTabs()) {
        if (each == &tab())
            session.current = static_cast<int>(session.files.size());
        if (!each->document().path().isEmpty())
            session.files << QFileInfo(each->document().path()).absoluteFilePath();
    }
    m_settings.setSession(session);
    m_settings.setGeometry(saveGeometry());
    m_settings.setPaneState(kTabLayout, tab().saveLayout());
}

void MainWindow::restoreSession()
{
    const Session session = m_settings.session();
    for (const QString& file : session.files) {
        if (QFileInfo(file).isFile())
            openFile(file);
    }
    m_tabs->setCurrentIndex(std::clamp(session.current, 0, m_tabs->count() - 1));
}

void MainWindow::showTitles()
{
    QStringList paths;
    const QList<DocumentTab*> tabs = allTabs();
    for (DocumentTab* each : tabs)
        paths << each->document().path();
    const QStringList titles = tabTitles(paths);
    for (int i = 0; i < tabs.size(); ++i) {
        const bool modified = tabs[i]->document().isModified();
        m_tabs->setTabText(i, modified ? titles[i] + u" •"_s : titles[i]);
        m_tabs->setTabToolTip(i, paths[i]);
    }
    const QString folder = QFileInfo(tab().document().path()).absoluteDir().dirName();
    const QString title = titles.value(m_tabs->currentIndex());
    setWindowTitle(paths.value(m_tabs->currentIndex()).isEmpty() ? tr("%1[*] — Stagelift").arg(title)
                                                                 : tr("%1[*] — %2 — Stagelift").arg(title, folder));
    setWindowModified(tab().document().isModified());
    updateActions();
}

void MainWindow::showTab()
{
    if (m_tabs->count() == 0)
        return;
    showTitles();
    showStages();
    showCaret();
    updateBuild();
    action(ActionId::ShowInspector)->setChecked(tab().isInspectorShown());
}

void MainWindow::showCaret()
{
    int line = 0;
    int column = 0;
    tab().editor().getCursorPosition(&line, &column);
    m_status->showCaret(line, column);
}

void MainWindow::showStages()
{
    const StageGraph& graph = tab().shown()->graph;
    m_toolbar->showStages(graph, tab().target());
    m_status->showStages(graph, tab().target());
    m_status->showShipment(tab().shipment());
    for (const ActionId id : {ActionId::Build, ActionId::BuildAgain})
        action(id)->setEnabled(tab().target() >= 0 && !m_desk->controller().isRunning());
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localFiles(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    for (const QString& file : localFiles(*event->mimeData()))
        openFile(file);
}

} // namespace stagelift::ui
