// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a tab does to its stages as a whole, by menu and palette: at once, or by a proposal that is shown first.

#include "core/edits/stage_edits.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/walk.h"
#include "ui/document/document.h"
#include "ui/editor/editor.h"
#include "ui/proposal/multistage_dialog.h"
#include "ui/proposal/split_dialog.h"
#include "ui/window/document_tab.h"

namespace stagelift::ui {

namespace {

EditOutcome changed(const Analysis& before, int stage, StageCommand command)
{
    switch (command) {
    case StageCommand::Inline:
        return inlineStage(before, stage);
    case StageCommand::Duplicate:
        return duplicateStage(before, stage, {});
    case StageCommand::MoveUp:
        return moveStage(before, stage, true);
    case StageCommand::MoveDown:
        return moveStage(before, stage, false);
    case StageCommand::NameIndices:
        return nameIndices(before);
    case StageCommand::Remove:
        return removeStage(before, stage);
    }
    return EditResult{};
}

} // namespace

int DocumentTab::stageInHand()
{
    const Selection selected = m_diagram->selection();
    if (m_diagram->hasFocus() && selected.node && selected.node->kind == NodeKind::Stage)
        return selected.node->index;
    return m_document->analysis()->graph.stageAt(m_editor->caret()); // of the text as it is, drawn or not
}

void DocumentTab::changeStage(StageCommand command)
{
    const AnalysisPtr now = m_document->analysis();
    const int stage = stageInHand();
    if (stage < 0 && command != StageCommand::NameIndices) {
        refuse({.reason = tr("The caret is in no stage.").toStdString(),
                .mend = tr("Put it into one, or select a stage in the diagram.").toStdString()},
               now->revision);
        return;
    }
    const EditOutcome outcome = changed(*now, stage, command);
    if (outcome && command == StageCommand::Duplicate)
        m_diagram->selectStageOf(*outcome, *now);
    if (!outcome)
        refuse(outcome.error(), now->revision);
    else if (!outcome->edits.empty())
        applyEdit(*outcome, now->revision);
    else if (command == StageCommand::NameIndices)
        refuse({.reason = tr("No stage is meant by its number in this file.").toStdString(), .mend = {}},
               now->revision);
}

/// Says it on the strip, with the mend as a button where there is one; unless something is asked there: the diagram
/// says what it refuses beside the thing, too.
void DocumentTab::refuse(const Refusal& refusal, std::uint64_t revision)
{
    if (m_messages->isQuestion())
        return;
    Message message{.kind = MessageKind::Warning,
                    .what = QString::fromStdString(refusal.reason),
                    .mend = QString::fromStdString(refusal.mend),
                    .actions = {},
                    .mayWait = true};
    if (refusal.remedy)
        message.actions.push_back({std::exchange(message.mend, {}),
                                   [this, remedy = *refusal.remedy, revision] { applyEdit(remedy, revision); }});
    m_messages->showMessage(message);
}

void DocumentTab::open(ProposalDialog* proposal)
{
    proposal->setAttribute(Qt::WA_DeleteOnClose);
    connect(proposal, &QDialog::accepted, this,
            [this, proposal] { applyEdit(proposal->result(), proposal->revision()); });
    proposal->open();
}

void DocumentTab::makeMultiStage()
{
    open(new MultiStageDialog(m_document->analysis(), m_theme, this));
}

void DocumentTab::splitStage(int stage)
{
    const AnalysisPtr now = m_document->analysis();
    if (stage < 0 || static_cast<std::size_t>(stage) >= now->graph.stages.size())
        return;
    open(new SplitDialog(now, stage, m_theme, this));
}

} // namespace stagelift::ui
