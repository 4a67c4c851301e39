// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a tab shows a build of its file: as it goes, and what came of it, on a text that may have changed meanwhile.

#include "ui/build/build_log.h"
#include "ui/build/sizes_pane.h"
#include "ui/build/timeline.h"
#include "ui/diagram/diagram_view.h"
#include "ui/editor/editor.h"
#include "ui/window/built_text.h"
#include "ui/window/document_tab.h"

namespace stagelift::ui {

void DocumentTab::startBuild(const AnalysisPtr& analysis, int target, const QString& engineTitle,
                             const QString& commandLine)
{
    m_built = analysis;
    m_lastBuilt = target == targetIn(analysis->graph) ? -1 : target;
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
    emit shipmentChanged();
}

void DocumentTab::showSizes(const BuildResult& result)
{
    m_sizes->showResult(m_built, result);
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
            m_editor->showFailure(result.failedInstruction, result.message);
        message.actions.push_back({tr("Go to Line"), [this, span] { goToBuilt(span); }});
    }
    m_messages->showMessage(message);
}

QString DocumentTab::shipment() const
{
    return m_sizes->summary();
}

} // namespace stagelift::ui
