// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws the steps of a build on a time axis, and lets a hand and the keys walk among them. All of it is in sight unless
// it is zoomed; the axis stays at the top and the stages at the left while the bars scroll.
//
// What a bar says, it says without colour too: hollow from the cache, hatched while it runs, crossed at its end where
// it failed, dashed where it was called off, with a heavy frame on the critical path.

#pragma once

#include "core/edits/analysis.h"
#include "ui/build/timeline_plan.h"
#include "ui/theme/theme.h"

#include <QAbstractScrollArea>

class QPainter;

namespace stagelift::ui {

class TimelineView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit TimelineView(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Shows a build that has just begun: no steps, all of the time in sight.
    void start(const AnalysisPtr& analysis);
    /// @param now on the build's clock, as BuildStep has it
    void showSteps(const QList<BuildStep>& steps, const CriticalPath& path, qint64 now);

    void zoomBy(double factor) { zoomAt(factor, plot().center().x()); }
    [[nodiscard]] double zoom() const { return m_zoom; } // 1 has all in sight
    /// The step that the keys are at; nothing where they are at none.
    [[nodiscard]] const BuildStep* currentStep() const;
    /// Where a step's bar is in the viewport, in sight or not; empty where it has none.
    [[nodiscard]] QRectF barRect(const QString& stepId) const;
    /// The x of a time in the viewport.
    [[nodiscard]] double xOf(double milliseconds) const;
    /// What is said on resting over the place; "" over nothing.
    [[nodiscard]] QString hintAt(QPointF place) const;

signals:
    /// By a click or by Enter.
    void stepChosen(const stagelift::BuildStep& step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void arrange();
    void zoomAt(double factor, double x);
    [[nodiscard]] QRectF plot() const;  // the part of the viewport that the time is laid out on
    [[nodiscard]] QRectF sight() const; // the part in which bars are seen, with a margin behind the last
    [[nodiscard]] double pixelsPerMs() const;
    [[nodiscard]] int rowHeight() const; // px, of the axis too
    [[nodiscard]] QString laneTitle(const TimelineLane& lane) const;
    [[nodiscard]] QRectF laneRect(std::size_t lane) const; // in the viewport
    [[nodiscard]] QRectF rectOf(const TimelineBar& bar) const;
    [[nodiscard]] const TimelineBar* barAt(QPointF place) const;
    [[nodiscard]] const TimelineBar* currentBar() const;
    [[nodiscard]] const TimelineBar* besides(const TimelineBar& bar, int key) const;
    [[nodiscard]] const TimelineBar* inNextLane(const TimelineBar& bar, int direction) const;
    void setCurrent(const TimelineBar& bar);
    void keepInSight(const QRectF& bar);
    void describe();

    // timeline_paint.cpp
    void paintLanes(QPainter& painter) const;
    void paintBars(QPainter& painter) const;
    void paintBar(QPainter& painter, const TimelineBar& bar) const;
    void paintState(QPainter& painter, const QRectF& body, StepState state) const;
    void paintPath(QPainter& painter) const;
    void paintAxis(QPainter& painter) const;
    void paintTitles(QPainter& painter) const;

    Theme m_theme;
    AnalysisPtr m_analysis;
    QList<BuildStep> m_steps;
    CriticalPath m_path;
    qint64 m_now = 0;
    TimelinePlan m_plan;
    std::vector<int> m_laneTops; // px; one more than there are lanes
    int m_titleWidth = 0;
    double m_zoom = 1;
    QString m_current; // a step's id
    QString m_pressed;
};

} // namespace stagelift::ui
