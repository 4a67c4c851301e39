// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/document_tab.h"

#include "ui/artifacts/files_pane.h"
#include "ui/build/build_log.h"
#include "ui/build/sizes_pane.h"
#include "ui/build/timeline.h"
#include "ui/diagram/diagram_pane.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/picture.h"
#include "ui/document/document.h"
#include "ui/editor/editor.h"
#include "ui/history/history_pane.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/what_if_strip.h"
#include "ui/theme/apply_theme.h"
#include "ui/window/built_text.h"
#include "ui/window/problems_pane.h"

#include <QFileInfo>
#include <QScopedValueRollback>
#include <QTabWidget>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

DocumentTab::DocumentTab(QWidget* parent) : QWidget(parent), m_theme(Theme::ofDesktop())
{
    makePanes();
    m_document = std::make_unique<Document>(*m_editor);
    wireText();
    wireDiagram();
    wireResults();
    wireInspector();
    wireRunner();
    wireFile();
    showAnalysis(m_document->analysis());
}

DocumentTab::~DocumentTab() = default;

void DocumentTab::wireText()
{
    connect(m_editor, &Editor::bufferChanged, this, [this] {
        m_document->bufferChanged();
        m_messages->withdrawOffer();
        emit edited();
    });
    connect(m_editor, &Editor::caretMoved, this, [this](std::uint32_t offset) {
        m_diagram->highlight(offset, m_shown->revision == m_document->revision());
        followFiles();
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
    connect(m_log, &BuildLog::spanPointedAt, this, [this](Span span) {
        if (const auto now = spanNow(*m_built, *m_shown, span))
            m_editor->select(*now);
    });
    connect(m_log, &BuildLog::saved, this, [this](const QString& path) {
        m_messages->showMessage({.kind = MessageKind::Information,
                                 .what = tr("The build log is saved as %1.").arg(path),
                                 .mend = {},
                                 .actions = {}});
    });
    connect(m_sizes, &SizesPane::spanChosen, this, &DocumentTab::goToBuilt);
    wireFolders();
    connect(m_timeline, &Timeline::spanChosen, this, &DocumentTab::goToBuilt);
    m_editor->setStageFolders([this](int stage, const std::string& folder) { return namesInBuilt(stage, folder); });
    connect(m_files, &FilesPane::copyRequested, this, &DocumentTab::copyFiles);
    connect(m_files, &FilesPane::runProblemsFound, m_document.get(), &Document::setBuiltFindings);
    connect(m_files, &FilesPane::copyChosen, this, [this](const AnalysisPtr& analysis, Span span) {
        if (const auto now = spanNow(*analysis, *m_shown, span))
            goTo(*now);
    });
    const auto complain = [this](const QString& sentence) {
        m_messages->showMessage({.what = sentence, .mend = {}, .actions = {}});
    };
    connect(m_log, &BuildLog::saveFailed, this, complain);
    connect(m_sizes, &SizesPane::exportFailed, this, complain);
    connect(m_files, &FilesPane::failed, this, complain);
    connect(m_history, &HistoryPane::failed, this, complain);
    connect(m_history, &HistoryPane::textWanted, this, &DocumentTab::bringBack);
}

void DocumentTab::wireFile()
{
    connect(m_document.get(), &Document::pathChanged, this, [this](const QString& path) {
        followContext();
        m_history->setFile(path);
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
    m_timeline->setTheme(theme);
    m_files->setTheme(theme);
    m_history->setTheme(theme);
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
    for (const NamedContext& context : choices.extras.contexts)
        options.namedContexts.push_back(context.name.toStdString());
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
    m_files->setCurrent(analysis);
    followFiles();
    markProblems();
    showArguments();
    emit analysed();
}

void DocumentTab::resolveTarget(const StageGraph& graph)
{
    const int before = m_target;
    m_lastBuilt = stageAgain(graph, m_lastBuiltName, m_lastBuilt, m_stageCount).value_or(-1);
    m_target = targetIn(graph);
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

int DocumentTab::targetIn(const StageGraph& graph) const
{
    return m_targetChosen ? targetAgain(graph, m_targetName, m_target, m_stageCount) : graph.defaultTarget();
}

int DocumentTab::lastBuiltIn(const StageGraph& graph) const
{
    return stageAgain(graph, m_lastBuiltName, m_lastBuilt, m_stageCount).value_or(-1);
}

void DocumentTab::setTarget(int stage)
{
    const StageGraph& graph = m_shown->graph;
    if (stage < 0 || static_cast<std::size_t>(stage) >= graph.stages.size())
        return;
    m_targetChosen = stage != graph.defaultTarget();
    m_lastBuilt = -1;
    m_lastBuiltName.clear();
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

} // namespace stagelift::ui
