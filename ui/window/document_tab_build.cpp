// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a tab shows a build of its file: as it goes, and what came of it, on a text that may have changed meanwhile.

#include "core/history/history_report.h"
#include "core/text/line_diff.h"
#include "ui/artifacts/files_pane.h"
#include "ui/artifacts/stage_reader.h"
#include "ui/build/build_log.h"
#include "ui/build/sizes_pane.h"
#include "ui/build/timeline.h"
#include "ui/build/treemap_page.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/drag.h"
#include "ui/document/document.h"
#include "ui/editor/editor.h"
#include "ui/history/chart_view.h"
#include "ui/history/history_pane.h"
#include "ui/window/built_text.h"
#include "ui/window/document_tab.h"

#include <QTreeView>

#include <algorithm>

namespace stagelift::ui {

namespace {

constexpr int kLinesBelowFailure = 8;
constexpr qsizetype kLongestBelowFailure = 160; // characters of such a line; there is no scrolling to its end

QStringList shortLines(QStringList lines)
{
    for (QString& line : lines)
        if (line.size() > kLongestBelowFailure)
            line = line.left(kLongestBelowFailure - 1) + QChar(u'…');
    return lines;
}

} // namespace

void DocumentTab::startBuild(const AnalysisPtr& analysis, int stage, const QString& engineTitle,
                             const QString& commandLine)
{
    m_built = analysis;
    const int target = stage >= 0 ? stage : targetIn(analysis->graph);
    m_lastBuilt = target == targetIn(analysis->graph) && m_choices.alsoTargets.isEmpty() ? -1 : stage;
    m_lastBuiltName = m_lastBuilt < 0
                          ? QString()
                          : QString::fromStdString(analysis->graph.stages.at(static_cast<std::size_t>(target)).name);
    m_messages->hide();
    m_diagram->clearBuild();
    m_editor->showLayerSizes({});
    m_editor->clearFailure();
    m_log->start(analysis, engineTitle, commandLine);
    m_log->setAccessibleDescription(QString::fromStdString(analysis->graph.label(stageNode(target))));
    m_timeline->start(analysis);
    m_history->reload(); // what the sizes will be compared with
    showPane(ResultPane::Log);
}

void DocumentTab::showStep(const BuildStep& step)
{
    m_log->showStep(step);
    m_timeline->showStep(step);
    if (sameStages(*m_built, *m_shown))
        m_diagram->showStep(step);
}

void DocumentTab::addLog(const QString& stepId, const QString& text)
{
    m_log->addText(stepId, text);
}

void DocumentTab::finishBuild(const BuildResult& result)
{
    m_log->finish(result);
    m_timeline->finish();
    if (result.outcome == BuildOutcome::Succeeded)
        showSizes(result);
    else if (result.outcome != BuildOutcome::Stopped)
        showFailure(result);
    if (result.outcome == BuildOutcome::Succeeded && !result.advice.isEmpty())
        m_messages->showMessage({.kind = MessageKind::Information, .what = result.advice, .mend = {}, .actions = {}});
    emit shipmentChanged();
}

void DocumentTab::showSizes(const BuildResult& result)
{
    m_sizes->showResult(m_built, result, newestTotals(m_history->builds()));
    m_sizes->setOutdated(!sameText(*m_built, *m_shown));
    if (sameStages(*m_built, *m_shown))
        m_diagram->showSizes(result.sizes);
    if (sameInstructions(*m_built, *m_shown))
        m_editor->showLayerSizes(layerSizes(result.sizes));
    showPane(ResultPane::Sizes);
}

void DocumentTab::showFailure(const BuildResult& result)
{
    Message message{
        .what = result.message.section(u'\n', 0, 0), .mend = result.message.section(u'\n', 1), .actions = {}};
    const auto at = static_cast<std::size_t>(result.failedInstruction);
    if (result.failedInstruction >= 0 && at < m_built->dockerfile.instructions.size()) {
        const Span span = m_built->dockerfile.instructions[at].span;
        if (sameInstructions(*m_built, *m_shown))
            m_editor->showFailure(result.failedInstruction, result.message,
                                  shortLines(m_log->lastLines(result.failedInstruction, kLinesBelowFailure)));
        message.actions.push_back({tr("Go to Line"), [this, span] { goToBuilt(span); }});
    }
    m_messages->showMessage(message);
}

/// One step to undo, which is why nothing is asked.
void DocumentTab::bringBack(const KeptBuild& build, const QByteArray& text)
{
    const AnalysisPtr now = m_document->analysis();
    const SourceText then(text.toStdString());
    const TextEdits edits = lineEdits(now->source, then);
    const QString when = beginText(build);
    if (!edits.empty()) {
        // Where the first line changes; the text ahead of it stays.
        const Span place{edits.front().span.begin, edits.front().span.begin};
        applyEdit({.edits = edits, .select = place}, now->revision);
    }
    m_messages->showMessage(
        {.kind = MessageKind::Information,
         .what = edits.empty() ? tr("The text is the one that was built on %1.").arg(when)
                               : tr("The text is now the one that was built on %1; undo brings yours back.").arg(when),
         .mend = {},
         .actions = {}});
}

/// Whether the stages of the text are still those whose files can be read: of the last build that has succeeded, which
/// may not be the last one that was started.
bool DocumentTab::stagesAreRead() const
{
    const AnalysisPtr read = m_files->reader().analysis();
    return read && sameStages(*read, *m_shown);
}

/// The files of the stage that a person is at, in the text as it was built.
void DocumentTab::followFiles()
{
    const bool isAnalysed = m_shown->revision == m_document->revision(); // else it is soon, and this called again
    if (isAnalysed && stagesAreRead())
        m_files->followStage(stageInHand());
}

/// What was read of a stage, as long as the stages are those that were built.
std::vector<std::string> DocumentTab::namesInBuilt(int stage, const std::string& folder) const
{
    if (!stagesAreRead())
        return {};
    const ImageFilesPtr files = m_files->reader().files(stage);
    return files ? namesIn(*files, folder) : std::vector<std::string>();
}

/// The treemap of a stage shows its folders as soon as its files were read, from whichever of the two panes.
void DocumentTab::wireFolders()
{
    TreemapPage& page = m_sizes->treemapPage();
    page.setFilesSource([this](int stage) { return filesOfSizes(stage); });
    connect(&page, &TreemapPage::readWanted, m_files, &FilesPane::read);
    connect(&page, &TreemapPage::stopWanted, &m_files->reader(), &StageReader::stop);
    connect(&m_files->reader(), &StageReader::changed, &page, &TreemapPage::filesChanged);
}

/// Of the build whose sizes are shown.
StageFilesState DocumentTab::filesOfSizes(int stage) const
{
    const StageReader& reader = m_files->reader();
    if (!reader.analysis() || reader.analysis() != m_sizes->model().analysis())
        return {};
    const int read = reader.stageBeingRead();
    const QString progress = reader.phase() == ImageExport::Phase::Building
                                 ? reader.progress()
                                 : tr("Reading files: %1").arg(reader.progress());
    return {.canBeRead = true,
            .files = reader.files(stage),
            .progress = read == stage ? progress : QString(),
            .isOtherRead = read >= 0 && read != stage,
            .problem = reader.problem(stage)};
}

void DocumentTab::copyFiles(const ArtifactDrag& drag, int stage)
{
    const AnalysisPtr now = m_document->analysis();
    if (std::cmp_greater_equal(stage, now->graph.stages.size()))
        return;
    const EditOutcome outcome = dropped(drag, *now, stage);
    if (outcome)
        applyEdit(*outcome, now->revision);
    else
        refuse(outcome.error(), now->revision);
}

void DocumentTab::goBetweenTextAndLog()
{
    if (!m_built)
        return;
    if (m_log->isAncestorOf(focusWidget())) {
        if (const auto span = m_log->currentSpan())
            goToBuilt(*span);
        return;
    }
    const std::uint32_t caret = m_editor->caret();
    const auto span = spanNow(*m_shown, *m_built, {.begin = caret, .end = caret});
    const auto& instructions = m_built->dockerfile.instructions;
    const auto built = std::ranges::find_if(
        instructions, [&](const Instruction& each) { return span && each.span.touches(span->begin); });
    if (built == instructions.end() || !m_log->showInstruction(static_cast<int>(built - instructions.begin())))
        return;
    showPane(ResultPane::Log);
    m_log->view().setFocus(Qt::ShortcutFocusReason);
}

QString DocumentTab::shipment() const
{
    return m_sizes->summary();
}

} // namespace stagelift::ui
