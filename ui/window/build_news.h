// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the desktop hears of the builds of a window: how far one is, on the task bar, and what came of it, where the
// window is not in front.

#pragma once

#include "core/engine/build.h"
#include "ui/desktop/desktop_voice.h"

#include <QHash>

class QWidget;

namespace stagelift::ui {

class BuildController;

/// How far a build is, by its steps: those that have ended, of those that are known. It never goes back.
class BuildShare {
public:
    /// @returns from 0 to 1
    double take(const BuildStep& step);

private:
    QHash<QString, bool> m_ended; // by a step's id
    double m_share = 0;
};

/// "Built runtime in 12 s: 24.1 MB", or why not.
struct BuildEnd {
    QString summary; // "" where there is nothing to be said: who stops a build knows it
    QString body;
};
[[nodiscard]] BuildEnd endOf(const BuildRequest& request, const BuildResult& result);

class BuildNews : public QObject {
    Q_OBJECT
public:
    /// Brings `window` to the front where a notification is clicked on.
    BuildNews(BuildController& controller, QWidget& window);

    /// Whether the end of a build is told; how far it is always is.
    void setNotifying(bool wanted) { m_isNotifying = wanted; }
    void tellEnd(const BuildRequest& request, const BuildResult& result);

private:
    QWidget& m_window;
    DesktopVoice m_voice;
    BuildShare m_share;
    double m_shown = 0; // of it, on the task bar
    bool m_isNotifying = true;
};

} // namespace stagelift::ui
