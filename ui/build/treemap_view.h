// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws what a stage's image is made of as a treemap: a rectangle a layer, as large as it weighs, in the hue of the
// stage whose instruction made it; those of the base image in grey. Once the stage's files were read, each layer is
// divided into the folders that weigh most. A hand and the keys walk among them, go to the line that made the layer,
// and into a layer or a folder and back.

#pragma once

#include "ui/build/treemap_paint.h"

#include <QWidget>

namespace stagelift::ui {

class TreemapView : public QWidget {
    Q_OBJECT
public:
    explicit TreemapView(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// @param size of a stage of `analysis`, which is the one that was built
    void showStage(const AnalysisPtr& analysis, const StageSize& size);
    /// @param folders of the stage that is shown; null where they are not known
    void showFolders(const LayerFoldersPtr& folders);
    void clear();
    /// Goes into a layer or a folder, or back to all layers; what was current stays so.
    void goTo(const TreemapSpot& spot);
    /// One step out; nothing where all layers are shown.
    void goUp();

    [[nodiscard]] const TreemapPlan& plan() const { return m_plan; }
    [[nodiscard]] const std::vector<TreemapTile>& tiles() const { return m_tiles; }
    /// What is said on resting over the place; "" over nothing.
    [[nodiscard]] QString hintAt(QPointF place) const;
    /// The layer that the keys are at, or in, a place in StageSize::layers; -1 for none.
    [[nodiscard]] int currentLayer() const { return m_current.layer; }
    /// What the keys are at, as it is named on the map; "" for nothing.
    [[nodiscard]] QString currentName() const;

    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// Of the instruction that made the layer, by a click or by Enter.
    void spanChosen(stagelift::Span span);
    void zoomed(); // or another stage is shown

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    void arrange();
    [[nodiscard]] const TreemapTile* tileAt(QPointF place) const;
    [[nodiscard]] int indexOf(int key) const;
    [[nodiscard]] bool isStop(std::size_t index) const;
    [[nodiscard]] int heaviest() const;
    void makeCurrent(int key);
    void choose(int key);
    void enter(int key);
    bool walk(int key);
    bool act(int key);
    void describe();

    Theme m_theme;
    TreemapPlan m_plan;
    std::vector<TreemapTile> m_tiles; // look into the plan's tree
    std::vector<bool> m_open;         // by tile: something is laid out in it
    TreemapSpot m_current;            // no layer: nothing
    int m_currentKey = -1;            // and where it is in this plan
    int m_hovered = -1;               // a key
};

} // namespace stagelift::ui
