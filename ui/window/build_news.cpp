// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/build_news.h"

#include "ui/build/build_controller.h"
#include "ui/build/sizes_model.h"

#include <QWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr double kWorthTelling = 0.01; // of a task bar's entry

} // namespace

double BuildShare::take(const BuildStep& step)
{
    m_ended.insert(step.id, step.state != StepState::Waiting && step.state != StepState::Running);
    const auto ended = std::ranges::count(m_ended, true);
    m_share = std::max(m_share, static_cast<double>(ended) / static_cast<double>(m_ended.size()));
    return m_share;
}

BuildEnd endOf(const BuildRequest& request, const BuildResult& result)
{
    if (result.outcome == BuildOutcome::Stopped || !request.analysis || request.analysis->graph.stages.empty())
        return {};
    const QList<int> targets = targetsOf(request);
    const QString target = targetLabel(request.analysis->graph, targets);
    if (result.outcome != BuildOutcome::Succeeded)
        return {.summary = BuildNews::tr("The build of %1 failed").arg(target), .body = result.message};
    QStringList sizes;
    for (const StageSize& size : result.sizes)
        if (targets.contains(size.stage))
            sizes << humanSize(size.total);
    return {.summary = BuildNews::tr("Built %1 in %2: %3")
                           .arg(target, durationText(std::max<qint64>(result.milliseconds, 1)), sizes.join(u", "_s)),
            .body = {}};
}

BuildNews::BuildNews(BuildController& controller, QWidget& window) : QObject(&window), m_window(window)
{
    connect(&controller, &BuildController::started, this, [this] {
        m_share = {};
        m_shown = 0;
        m_voice.showProgress(m_shown);
    });
    connect(&controller, &BuildController::stepChanged, this, [this](const BuildStep& step) {
        // A step may change many times in a second, and thousands may be over at once.
        const double share = m_share.take(step);
        if (share - m_shown < kWorthTelling && (share < 1 || m_shown >= 1))
            return;
        m_shown = share;
        m_voice.showProgress(share);
    });
    connect(&controller, &BuildController::done, this, [this] { m_voice.hideProgress(); });
    connect(&m_voice, &DesktopVoice::activated, this, [this] {
        m_window.setWindowState(m_window.windowState() & ~Qt::WindowMinimized);
        m_window.show();
        m_window.raise();
        m_window.activateWindow();
    });
}

void BuildNews::tellEnd(const BuildRequest& request, const BuildResult& result)
{
    const BuildEnd end = endOf(request, result);
    if (m_isNotifying && !end.summary.isEmpty() && !m_window.isActiveWindow())
        m_voice.notify(end.summary, end.body);
}

} // namespace stagelift::ui
