// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/document_tab.h"

#include "ui/build/build_log.h"
#include "ui/build/sizes_pane.h"
#include "ui/diagram/diagram_pane.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/picture.h"
#include "ui/document/document.h"
#include "ui/editor/editor.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/what_if_strip.h"
#include "ui/theme/apply_theme.h"
#include "ui/window/built_text.h"
#include "ui/window/problems_pane.h"

#include <QFileInfo>
#include <QIODevice>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QTabWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr std::array kColumnShares{45, 55};
constexpr std::array kRowShares{74, 26};

void setShares(QSplitter& splitter, const std::array<int, 2>& shares)
{
    static constexpr int kScale = 100; // a splitter takes sizes as shares of their sum
    splitter.setSizes({shares[0] * kScale, shares[1] * kScale});
    for (int i = 0; i < 2; ++i)
        splitter.setStretchFactor(i, shares[static_cast<std::size_t>(i)]);
}

} // namespace

DocumentTab::DocumentTab(QWidget* parent) : QWidget(parent), m_theme(Theme::ofDesktop())
{
    makePanes();
    m_document = std::make_unique<Document>(*m_editor);
    wireText();
    wireDiagram();
    wireResults();
    wireInspector();
    wireFile();
    showAnalysis(m_document->analysis());
}

DocumentTab::~DocumentTab() = default;

void DocumentTab::makePanes()
{
    m_messages = new MessageBar(this);
    m_rows = new QSplitter(Qt::Vertical, this);
    m_columns = new QSplitter(Qt::Horizontal, m_rows);
    m_editor = new Editor(m_columns);
    makeDiagramSide();
    m_results = new QTabWidget(m_rows);
    m_problems = new ProblemsPane(m_results);
    m_log = new BuildLog(m_results);
    m_sizes = new SizesPane(m_results);
    m_results->addTab(m_problems, tr("Problems"));
    m_results->addTab(m_log, tr("Build log"));
    m_results->addTab(m_sizes, tr("Sizes"));
    m_results->setAccessibleName(tr("Results"));
    m_results->setDocumentMode(true);
    m_editor->setFrameShape(QFrame::NoFrame);
    m_diagram->setFrameShape(QFrame::NoFrame);
    m_columns->setChildrenCollapsible(false);
    m_rows->setCollapsible(0, false);
    setShares(*m_columns, kColumnShares);
    setShares(*m_rows, kRowShares);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_messages);
    column->addWidget(m_rows, 1);
    setFocusProxy(m_editor);
}

/// The diagram with the strip above it, and the inspector on its right.
void DocumentTab::makeDiagramSide()
{
    m_diagramSide = new QSplitter(Qt::Horizontal, m_columns);
    auto* holder = new QWidget(m_diagramSide);
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_whatIf = new WhatIfStrip(holder);
    m_diagramPane = new DiagramPane(holder);
    m_diagram = &m_diagramPane->diagram();
    column->addWidget(m_whatIf);
    column->addWidget(m_diagramPane, 1);
    m_inspector = new Inspector(m_diagramSide);
    m_inspector->hide();
    m_diagramSide->setChildrenCollapsible(false);
    m_diagramSide->setStretchFactor(0, 1);
    m_diagramSide->setStretchFactor(1, 0); // it keeps its width
}

void DocumentTab::wireText()
{
    connect(m_editor, &Editor::bufferChanged, this, [this] {
        m_document->bufferChanged();
        emit edited();
    });
    connect(m_editor, &Editor::caretMoved, this, [this](std::uint32_t offset) {
        m_diagram->highlight(offset, m_shown->revision == m_document->revision());
        emit caretMoved();
    });
    connect(m_editor, &Editor::buildStageRequested, this, &DocumentTab::buildRequested);
    connect(m_editor, &Editor::renameRequested, m_diagram, &DiagramView::startRename);
    connect(m_document.get(), &Document::analysed, this, &DocumentTab::showAnalysis);
}

void DocumentTab::wireDiagram()
{
    connect(m_diagram, &DiagramView::edited, this, &DocumentTab::applyEdit);
    connect(m_diagram, &DiagramView::spanChosen, m_editor, &Editor::select);
    connect(m_diagram, &DiagramView::targetChosen, this, &DocumentTab::setTarget);
    connect(m_diagram, &DiagramView::buildRequested, this, &DocumentTab::buildRequested);
    connect(m_diagram, &DiagramView::refused, this, [this](const Refusal& refusal) {
        const AnalysisPtr& drawn = m_diagram->picture().analysis;
        refuse(refusal, drawn ? drawn->revision : 0);
    });
    connect(m_diagram, &DiagramView::splitRequested, this, &DocumentTab::splitStage);
    connect(m_diagram, &DiagramView::filesDropped, m_editor, &Editor::filesDropped);
    connect(m_editor, &Editor::edited, this, &DocumentTab::applyEdit);
    connect(m_editor, &Editor::refused, this, [this](const Refusal& refusal) { refuse(refusal, m_shown->revision); });
}

void DocumentTab::wireResults()
{
    connect(m_problems, &ProblemsPane::spanChosen, this, &DocumentTab::goTo);
    connect(m_problems, &ProblemsPane::fixChosen, this, &DocumentTab::applyEdit);
    connect(m_log, &BuildLog::spanChosen, this, &DocumentTab::goToBuilt);
    connect(m_sizes, &SizesPane::spanChosen, this, &DocumentTab::goToBuilt);
    connect(m_sizes, &SizesPane::exportFailed, this, [this](const QString& sentence) {
        m_messages->showMessage({.what = sentence, .mend = {}, .actions = {}});
    });
}

void DocumentTab::wireFile()
{
    connect(m_document.get(), &Document::pathChanged, this, [this] {
        followContext();
        emit titleChanged();
    });
    connect(m_document.get(), &Document::modifiedChanged, this, &DocumentTab::titleChanged);
    connect(m_document.get(), &Document::reloaded, this, [this] {
        m_messages->showMessage({.kind = MessageKind::Information,
                                 .what = tr("Another program has changed the file; its new text is shown."),
                                 .mend = {},
                                 .actions = {}});
    });
    connect(m_document.get(), &Document::fileChangedOnDisk, this, &DocumentTab::askAboutDisk);
    connect(m_document.get(), &Document::fileGone, this, [this] {
        m_messages->showMessage({.kind = MessageKind::Warning,
                                 .what = tr("%1 is not on the disk any more.").arg(m_document->path()),
                                 .mend = tr("Its text is still here; saving writes it again."),
                                 .actions = {{tr("Save"), [this] { save(); }}}});
    });
}

void DocumentTab::askAboutDisk()
{
    const auto reload = [this] {
        if (const auto done = m_document->reload(); !done)
            m_messages->showMessage({.what = done.error(), .mend = {}, .actions = {}});
    };
    m_messages->showMessage(
        {.kind = MessageKind::Warning,
         .what = tr("Another program has changed %1, and it has unsaved changes here.").arg(m_document->title()),
         .mend = tr("Loading it can be undone; keeping yours overwrites the other when you save."),
         .actions = {{tr("Load Theirs"), reload},
                     {tr("Keep Mine"), [this] { m_document->keepMine(); }},
                     {tr("Save As…"), [this] { emit pathWanted(); }}}});
}

bool DocumentTab::isUntouched() const
{
    return m_document->path().isEmpty() && !m_document->isModified();
}

void DocumentTab::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_messages->setTheme(theme);
    m_editor->setTheme(theme);
    m_diagramPane->setTheme(theme);
    m_inspector->setTheme(theme);
    m_whatIf->setTheme(theme);
    m_problems->setTheme(theme);
    m_log->setTheme(theme);
    m_sizes->setTheme(theme);
    markProblems();
}

void DocumentTab::setChoices(const BuildChoices& choices)
{
    m_choices = choices;
    BuildOptions options;
    for (const auto& [name, value] : choices.buildArgs)
        options.buildArgs.emplace_back(name.toStdString(), value.toStdString());
    if (!choices.platform.isEmpty())
        options.platform = choices.platform.toStdString();
    m_document->setBuildOptions(options);
    followContext();
    showArguments();
}

void DocumentTab::followContext()
{
    const QString path = m_document->path();
    const QString beside = path.isEmpty() ? QString() : QFileInfo(path).absolutePath();
    const QString folder = m_choices.context.isEmpty() ? beside : m_choices.context;
    m_editor->setContextFolder(folder);
    m_diagram->setContextFolder(folder);
    m_document->setContextFolder(folder);
}

void DocumentTab::showAnalysis(const AnalysisPtr& analysis)
{
    m_shown = analysis;
    m_editor->showAnalysis(analysis);
    m_diagram->showAnalysis(analysis);
    // That nothing was written yet is no problem.
    const bool untouched = isUntouched() && analysis->source.bytes().empty();
    m_problems->showAnalysis(untouched ? nullptr : analysis);
    resolveTarget(analysis->graph);
    m_diagram->highlight(m_editor->caret());
    m_sizes->setOutdated(m_built && !sameText(*m_built, *analysis));
    markProblems();
    showArguments();
    emit analysed();
}

void DocumentTab::resolveTarget(const StageGraph& graph)
{
    const int before = m_target;
    m_target = m_targetChosen ? targetAgain(graph, m_targetName, m_target, m_stageCount) : graph.defaultTarget();
    m_stageCount = graph.stages.size();
    if (m_target < 0)
        m_targetChosen = false;
    if (m_target >= 0)
        m_targetName = QString::fromStdString(graph.stages[static_cast<std::size_t>(m_target)].name);
    m_diagram->setTarget(m_target);
    m_inspector->setTarget(m_target);
    if (m_target != before)
        emit targetChanged();
}

void DocumentTab::setTarget(int stage)
{
    const StageGraph& graph = m_shown->graph;
    if (stage < 0 || static_cast<std::size_t>(stage) >= graph.stages.size())
        return;
    m_targetChosen = stage != graph.defaultTarget();
    m_target = stage;
    m_targetName = QString::fromStdString(graph.stages[static_cast<std::size_t>(stage)].name);
    m_diagram->setTarget(stage);
    m_inspector->setTarget(stage);
    emit targetChanged();
}

void DocumentTab::goTo(Span span)
{
    m_editor->select(span);
    m_editor->setFocus();
}

void DocumentTab::goToBuilt(Span span)
{
    if (const auto now = spanNow(*m_built, *m_shown, span))
        goTo(*now);
}

void DocumentTab::applyEdit(const EditResult& result, std::uint64_t revision)
{
    const QScopedValueRollback applying(m_applying, true);
    if (m_document->apply(result, revision)) {
        if (!m_messages->isQuestion()) // what was refused before is settled
            m_messages->hide();
        return;
    }
    m_messages->showMessage({.kind = MessageKind::Information,
                             .what = tr("The text has changed in the meantime, so nothing was done. Please try again."),
                             .mend = {},
                             .actions = {}});
}

void DocumentTab::markProblems()
{
    const ProblemsModel& model = m_problems->model();
    const int count = model.rowCount();
    const int pane = m_results->indexOf(m_problems);
    m_results->setTabText(pane, count == 0 ? tr("Problems") : tr("Problems (%1)").arg(count));
    const bool errors = model.count(Severity::Error) > 0;
    const QIcon icon = errors ? themeIcon(u"data-error"_s) : count > 0 ? themeIcon(u"data-warning"_s) : QIcon();
    m_results->setTabIcon(pane, icon);
}

bool DocumentTab::save()
{
    if (m_document->path().isEmpty()) {
        emit pathWanted();
        return !m_document->isModified() && !m_document->path().isEmpty();
    }
    m_messages->hide();
    const auto saved = m_document->save();
    // Where another program has been at the file, the strip asks already.
    if (!saved && !m_messages->isQuestion())
        m_messages->showMessage({.what = saved.error(),
                                 .mend = tr("Nothing is lost: the text is still here."),
                                 .actions = {{tr("Save As…"), [this] { emit pathWanted(); }}}});
    return saved.has_value();
}

bool DocumentTab::saveAs(const QString& path)
{
    const auto saved = m_document->saveAs(path);
    if (!saved)
        m_messages->showMessage({.what = saved.error(),
                                 .mend = tr("Nothing is lost: the text is still here."),
                                 .actions = {{tr("Save As…"), [this] { emit pathWanted(); }}}});
    else
        m_messages->hide();
    return saved.has_value();
}

void DocumentTab::showPane(ResultPane pane)
{
    m_results->setCurrentIndex(static_cast<int>(pane));
}

void DocumentTab::focusPane(int step)
{
    const std::array<QWidget*, 3> views{&m_problems->view(), &m_log->view(), &m_sizes->view()};
    QWidget* result = views.at(static_cast<std::size_t>(m_results->currentIndex()));
    struct Pane {
        const QWidget* whole;
        QWidget* focus;
    };
    std::vector<Pane> panes{{m_editor, m_editor}, {m_diagram, m_diagram}};
    if (isInspectorShown())
        panes.push_back({m_inspector, nullptr});
    panes.push_back({m_results, result->isVisible() ? result : m_results->tabBar()});
    const int count = std::max(1, static_cast<int>(panes.size()));
    int current = 0;
    for (int i = 0; i < count; ++i) {
        const QWidget* pane = panes[static_cast<std::size_t>(i)].whole;
        if (pane->hasFocus() || pane->isAncestorOf(focusWidget()))
            current = i;
    }
    const Pane& next = panes[static_cast<std::size_t>((current + step + count) % count)];
    next.focus ? next.focus->setFocus(Qt::ShortcutFocusReason) : m_inspector->focusFirst();
}

void DocumentTab::renameStage()
{
    if (m_diagram->hasFocus()) {
        m_diagram->editSelected();
        return;
    }
    const int named = m_editor->stageNamedAtCaret();
    const int stage = named >= 0 ? named : m_shown->graph.stageAt(m_editor->caret());
    if (stage >= 0)
        m_diagram->startRename(stage);
}

QByteArray DocumentTab::saveLayout() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << m_columns->saveState() << m_rows->saveState() << m_diagramSide->saveState() << isInspectorShown();
    return state;
}

void DocumentTab::restoreLayout(const QByteArray& state)
{
    QDataStream stream(state);
    QByteArray columns;
    QByteArray rows;
    stream >> columns >> rows;
    if (stream.status() != QDataStream::Ok)
        return;
    m_columns->restoreState(columns);
    m_rows->restoreState(rows);
    QByteArray diagramSide;
    bool isShown = false;
    stream >> diagramSide >> isShown;
    if (stream.status() != QDataStream::Ok) // written before there was an inspector
        return;
    m_diagramSide->restoreState(diagramSide);
    showInspector(isShown);
}

} // namespace stagelift::ui
