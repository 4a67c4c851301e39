// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/editing.h"

#include "ui/diagram/drag.h"
#include "ui/diagram/stage_map.h"
#include "ui/diagram/words.h"

namespace stagelift::ui {

Objection objectionFrom(const Refusal& refusal, std::uint64_t revision)
{
    if (!refusal.remedy)
        return {.reason = sentences(refusal), .mend = {}};
    // The mend stands on a button then.
    return {.reason = sentences({.reason = refusal.reason, .mend = {}}),
            .mend = toQt(refusal.mend),
            .remedy = refusal.remedy,
            .revision = revision};
}

std::optional<Place> carried(const Place& place, const Analysis& before, const Analysis& now)
{
    if (&before == &now || place.isNothing())
        return place;
    const StageMap map(before.graph, now.graph);
    Place moved;
    if (place.outside) {
        moved.outside = map.now(*place.outside);
        return moved.outside ? std::optional(moved) : std::nullopt;
    }
    moved.stage = map.nowStage(place.stage);
    if (place.edge)
        moved.edge = map.now(*place.edge);
    const bool isThere = moved.stage >= 0 && moved.edge.has_value() == place.edge.has_value();
    return isThere ? std::optional(moved) : std::nullopt;
}

void Editing::setPlace(const AnalysisPtr& analysis, const Place& place)
{
    m_analysis = analysis;
    m_place = place;
}

Objection Editing::objectionTo(const Act& act) const
{
    if (!m_analysis || m_place.isNothing())
        return {};
    const EditOutcome outcome = act(*m_analysis, m_place);
    return outcome ? Objection{} : objectionFrom(outcome.error(), m_analysis->revision);
}

void Editing::applyRemedy(const Objection& objection)
{
    if (objection.remedy)
        emit edited(*objection.remedy, objection.revision);
}

Objection Editing::perform(const Act& act)
{
    if (!m_analysis || m_place.isNothing())
        return {};
    // Asking for the text of now may show it, and so change what is looked at here.
    const AnalysisPtr shown = m_analysis;
    const Place place = m_place;
    const AnalysisPtr now = m_latest ? m_latest() : shown;
    const auto there = carried(place, *shown, *now);
    if (!there)
        return {.reason = tr("The text has changed, and this is not in it any more."), .mend = {}};
    const EditOutcome outcome = act(*now, *there);
    if (!outcome)
        return objectionFrom(outcome.error(), now->revision);
    if (!outcome->edits.empty())
        emit edited(*outcome, now->revision);
    return {};
}

} // namespace stagelift::ui
