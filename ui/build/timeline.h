// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pane of a build's timeline: when each step ran, as it goes, and in a sentence which of them made the build as
// long as it was. A click on a step goes to its line.

#pragma once

#include "core/edits/analysis.h"
#include "core/engine/critical_path.h"
#include "ui/theme/theme.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>
#include <QWidget>

class QLabel;
class QStackedLayout;

namespace stagelift::ui {

class Placeholder;
class TimelineView;

class Timeline : public QWidget {
    Q_OBJECT
public:
    static constexpr int kUpdateInterval = 100; // ms

    explicit Timeline(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// A new build of `analysis` begins.
    void start(const AnalysisPtr& analysis);
    void showStep(const BuildStep& step);
    void finish();

    [[nodiscard]] TimelineView& view() { return *m_view; }
    [[nodiscard]] Placeholder& placeholder() { return *m_placeholder; }
    [[nodiscard]] QString sentence() const;

signals:
    void spanChosen(stagelift::Span span);

protected:
    void showEvent(QShowEvent* event) override;

private:
    [[nodiscard]] qint64 now() const;
    void refresh();
    void choose(const BuildStep& step);

    TimelineView* m_view = nullptr;
    QLabel* m_sentence = nullptr;
    QWidget* m_page = nullptr;
    Placeholder* m_placeholder = nullptr;
    QStackedLayout* m_pages = nullptr;
    AnalysisPtr m_analysis;
    QList<BuildStep> m_steps;
    QHash<QString, qsizetype> m_places; // in m_steps, by id
    QTimer m_ticks;                     // while it builds
    // What time it is for the build: what its steps told last, and what has gone by since.
    qint64 m_latest = 0; // ms
    QElapsedTimer m_sinceLatest;
};

} // namespace stagelift::ui
