// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/build_progress.h"

#include <algorithm>
#include <array>

namespace stagelift::ui {

namespace {

/// The state that a stage has if any of its steps is in it, the telling ones first.
constexpr std::array kTelling{StepState::Failed,  StepState::Running, StepState::Stopped,
                              StepState::Waiting, StepState::Done,    StepState::Cached};

} // namespace

void BuildProgress::take(const BuildStep& step)
{
    if (step.stage >= 0)
        m_stages[step.stage].insert(step.id, step);
}

std::optional<StageProgress> BuildProgress::of(int stage) const
{
    const auto steps = m_stages.constFind(stage);
    if (steps == m_stages.constEnd())
        return std::nullopt;
    StageProgress progress;
    for (const BuildStep& step : *steps)
        progress.milliseconds += step.milliseconds;
    for (const StepState state : kTelling) {
        const auto step = std::ranges::find(*steps, state, &BuildStep::state);
        if (step == steps->end())
            continue;
        progress.state = state;
        progress.step = step->name;
        break;
    }
    return progress;
}

QList<BuildStep> BuildProgress::steps() const
{
    QList<BuildStep> all;
    for (const auto& steps : m_stages)
        all += steps.values();
    return all;
}

} // namespace stagelift::ui
