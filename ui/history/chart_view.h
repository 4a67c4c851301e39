// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws the history of a file: a line a stage, in the stage's hue, a point a build. A hand and the keys walk among the
// points.
//
// What the colours say is said without them too: a line that ships is solid, one that is left behind dashed; each has
// its name at its end and marks of a shape of its own; a build that failed has a cross below.

#pragma once

#include "ui/history/chart_plan.h"
#include "ui/theme/theme.h"

#include <QSet>
#include <QWidget>

class QPainter;

namespace stagelift::ui {

class ChartView : public QWidget {
    Q_OBJECT
public:
    explicit ChartView(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// @param builds newest first
    void showBuilds(const QList<KeptBuild>& builds);
    void setMetric(HistoryMetric metric);
    [[nodiscard]] HistoryMetric metric() const { return m_metric; }
    /// The only stage to show; "" for all.
    void setStage(const QString& stage);
    /// Builds that are chosen elsewhere, by their ids: marked in their whole height.
    void setMarked(const QSet<qint64>& builds);

    [[nodiscard]] const HistoryChart& chart() const { return m_chart; }
    /// Where a build's point of a line is.
    [[nodiscard]] QPointF placeOf(std::size_t line, int build) const;
    /// What is said on resting over the place; "" over nothing.
    [[nodiscard]] QString hintAt(QPointF place) const;

    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

signals:
    /// By a click or by Enter.
    void buildChosen(qint64 id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Spot { // a build, and one of its points or -1
        int build = -1;
        int line = -1;
        [[nodiscard]] bool operator==(const Spot&) const = default;
    };

    void plan();
    void arrange();
    [[nodiscard]] double xOf(int build) const;
    [[nodiscard]] double yOf(qint64 value) const;
    [[nodiscard]] QString valueText(qint64 value) const;
    [[nodiscard]] Spot spotAt(QPointF place) const;
    [[nodiscard]] QString hint(const Spot& spot) const;
    [[nodiscard]] const KeptBuild& build(int place) const { return m_builds.at(m_builds.size() - 1 - place); }
    [[nodiscard]] Spot besides(const Spot& spot, int key) const;
    [[nodiscard]] int lineBesides(const Spot& spot, int direction) const;
    void describe();

    // chart_paint.cpp
    [[nodiscard]] int labelWidth() const;
    void paintGrid(QPainter& painter) const;
    void paintTimes(QPainter& painter) const;
    void paintMarked(QPainter& painter) const;
    void paintLine(QPainter& painter, std::size_t line) const;
    void paintFailures(QPainter& painter) const;
    void paintLabels(QPainter& painter) const;
    void paintSpot(QPainter& painter, const Spot& spot) const;

    Theme m_theme;
    QList<KeptBuild> m_builds;
    HistoryMetric m_metric = HistoryMetric::Size;
    QString m_stage;
    HistoryChart m_chart;
    ChartAxis m_axis;
    QRectF m_plot; // what the points are laid out on
    QSet<qint64> m_marked;
    Spot m_current; // of the keys
    Spot m_hovered;
};

/// "1 May 2026 12:00", in the clock's own zone.
[[nodiscard]] QString beginText(const KeptBuild& build);

} // namespace stagelift::ui
