// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a build says of a stage, at the foot of its node: its size and time, or what is being done.

#include "ui/diagram/node_face.h"
#include "ui/diagram/text_room.h"
#include "ui/diagram/words.h"

#include <QLocale>

#include <algorithm>

namespace stagelift::ui {

namespace {

// Lengths at a text size of 13 pixels.
constexpr double kPadX = 11;
constexpr double kGap = 8;
constexpr double kMark = 15;
constexpr double kBarHeight = 6;

QString duration(qint64 milliseconds)
{
    const QLocale locale;
    constexpr qint64 kMinute = 60'000;
    if (milliseconds < kMinute)
        return Diagram::tr("%1 s").arg(locale.toString(static_cast<double>(milliseconds) / 1000, 'f', 1));
    return Diagram::tr("%1 min %2 s").arg(milliseconds / kMinute).arg(milliseconds % kMinute / 1000);
}

QString stateWord(StepState state)
{
    switch (state) {
    case StepState::Waiting:
        return Diagram::tr("waiting");
    case StepState::Running:
        return Diagram::tr("running");
    case StepState::Cached:
        return Diagram::tr("cached");
    case StepState::Done:
        return Diagram::tr("done");
    case StepState::Failed:
        return Diagram::tr("failed");
    case StepState::Stopped:
        return Diagram::tr("stopped");
    }
    return {};
}

} // namespace

void FaceMaker::describeSize(PictureNode& node, const StageSize& size) const
{
    const Budget* budget = m_budgets.exceededBy(size.stage, size.total);
    node.overBudget = budget != nullptr;
    node.status = whole(budget ? Diagram::tr("%1 of %2").arg(humanSize(size.total), humanSize(budget->bytes))
                               : humanSize(size.total));
    node.time = whole(size.cached ? stateWord(StepState::Cached) : duration(size.milliseconds));
    if (m_largest <= 0)
        return;
    const auto largest = static_cast<double>(m_largest);
    node.basePart = static_cast<double>(size.base) / largest;
    node.ownPart = static_cast<double>(size.own) / largest;
}

void FaceMaker::describeProgress(PictureNode& node, const StageProgress& progress) const
{
    node.state = progress.state;
    node.status = whole(progress.step.isEmpty() || progress.state != StepState::Running ? stateWord(progress.state)
                                                                                        : progress.step);
    if (progress.milliseconds > 0)
        node.time = whole(duration(progress.milliseconds));
}

/// Of a stack, what the build is at: a stage that failed or runs, else the last.
std::optional<StageProgress> FaceMaker::progressOf(const PictureNode& node) const
{
    for (const StepState state : {StepState::Failed, StepState::Running})
        for (const int member : node.members)
            if (const auto progress = m_input.progress.of(member); progress && progress->state == state)
                return progress;
    return m_input.progress.of(node.ref.index);
}

double FaceMaker::addStatus(PictureNode& node, double top, double& width) const
{
    const auto progress = progressOf(node);
    const auto size = m_sizes.constFind(node.ref.index);
    const bool sized = size != m_sizes.constEnd();
    if (progress)
        describeProgress(node, *progress);
    else if (sized)
        describeSize(node, *size);
    else if (!m_input.progress.isEmpty() && node.needed)
        describeProgress(node, {});
    else
        return top;

    double y = top + 6 * m_unit;
    const double height = heightOf(m_fonts.text);
    const double mark = node.state ? kMark * m_unit + 3 * m_unit : 0;
    // A running step's text may be long; it is cut rather than let the node grow with every step.
    if (!progress)
        width = std::max(width, widthOf(m_fonts.text, node.status.whole) + (kGap + kPadX) * m_unit +
                                    widthOf(m_fonts.small, node.time.whole));
    node.mark.setRect(0, y + (height - kMark * m_unit) / 2, node.state ? kMark * m_unit : 0, kMark * m_unit);
    node.status.rect.setRect(mark, y, 0, height);
    node.time.rect.setRect(0, y, 0, height);
    y += height;
    if (!node.state) {
        node.bar.setRect(0, y + 3 * m_unit, 0, kBarHeight * m_unit);
        y = node.bar.bottom();
    }
    return y;
}

} // namespace stagelift::ui
