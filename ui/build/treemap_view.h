// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws what a stage's image is made of as a treemap: a rectangle a layer, as large as it weighs, in the hue of the
// stage whose instruction made it; those of the base image in grey. A hand and the keys walk among them, and go to the
// line.

#pragma once

#include "core/edits/analysis.h"
#include "core/engine/build.h"
#include "core/layout/treemap.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

class QPainter;

namespace stagelift::ui {

class TreemapView : public QWidget {
    Q_OBJECT
public:
    explicit TreemapView(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// @param size of a stage of `analysis`, which is the one that was built
    void showStage(const AnalysisPtr& analysis, const StageSize& size);
    void clear();

    [[nodiscard]] const std::vector<TreemapTile>& tiles() const { return m_tiles; }
    /// What is said on resting over the place; "" over nothing.
    [[nodiscard]] QString hintAt(QPointF place) const;
    /// The layer that the keys are at, a place in StageSize::layers; -1 for none.
    [[nodiscard]] int currentLayer() const { return m_current; }

    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// Of the instruction that made the layer, by a click or by Enter.
    void spanChosen(stagelift::Span span);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    void arrange();
    [[nodiscard]] const TreemapTile* layerAt(QPointF place) const;
    [[nodiscard]] const TreemapTile* tileOf(int layer) const;
    [[nodiscard]] const TreemapTile* besides(const TreemapTile& tile, int key) const;
    [[nodiscard]] std::optional<Span> spanOf(int layer) const;
    [[nodiscard]] QString hint(int layer) const;
    [[nodiscard]] int stageOf(const TreemapTile& tile) const;
    void choose(int layer);
    void describe();
    void paintFrame(QPainter& painter, const TreemapTile& tile) const;
    void paintLayer(QPainter& painter, const TreemapTile& tile) const;

    Theme m_theme;
    AnalysisPtr m_analysis;
    StageSize m_size;
    WeightTree m_tree;
    std::vector<TreemapTile> m_tiles; // look into m_tree
    int m_current = -1;
    int m_hovered = -1;
};

} // namespace stagelift::ui
