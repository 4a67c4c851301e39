// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/editing.h"

#include "ui/diagram/drag.h"
#include "ui/diagram/stage_map.h"

namespace stagelift::ui {

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

QString Editing::objectionTo(const Act& act) const
{
    if (!m_analysis || m_place.isNothing())
        return {};
    const EditOutcome outcome = act(*m_analysis, m_place);
    return outcome ? QString() : sentences(outcome.error());
}

QString Editing::perform(const Act& act)
{
    if (!m_analysis || m_place.isNothing())
        return {};
    // Asking for the text of now may show it, and so change what is looked at here.
    const AnalysisPtr shown = m_analysis;
    const Place place = m_place;
    const AnalysisPtr now = m_latest ? m_latest() : shown;
    const auto there = carried(place, *shown, *now);
    if (!there)
        return tr("The text has changed, and this is not in it any more.");
    const EditOutcome outcome = act(*now, *there);
    if (!outcome)
        return sentences(outcome.error());
    if (!outcome->edits.empty())
        emit edited(*outcome, now->revision);
    return {};
}

} // namespace stagelift::ui
