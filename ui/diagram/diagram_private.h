// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inside of DiagramView, in four parts: what it shows (diagram_view.cpp), what hands ask for (diagram_hands.cpp),
// the pointer (diagram_pointer.cpp), drops (diagram_drop.cpp), and menus (diagram_menu.cpp).

#pragma once

#include "ui/diagram/bubble.h"
#include "ui/diagram/composer.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/drag.h"
#include "ui/diagram/field.h"
#include "ui/diagram/hit.h"
#include "ui/diagram/overview.h"
#include "ui/diagram/scene.h"
#include "ui/diagram/walk.h"

#include <QTimer>

class QMenu;

namespace stagelift::ui {

class DiagramView::Private : public QObject {
public:
    explicit Private(DiagramView& owner);

    // What it shows.
    void compose();
    void show(const std::shared_ptr<Picture>& picture);
    void carrySelectionInto(const Picture& picture);
    void zoomed();
    void showMarks();
    void setSelection(const Selection& selected);
    void choose(const Selection& selected); // by hand: selects it in the text too
    void followCaret();
    [[nodiscard]] const Picture& picture() const { return scene.picture(); }
    [[nodiscard]] const Analysis* analysis() const { return picture().analysis.get(); }
    [[nodiscard]] int glideDuration() const;
    [[nodiscard]] QRect onViewport(const QRectF& rect) const;
    [[nodiscard]] QRect placeOf(const Selection& what) const;

    // Hands.
    bool give(const EditOutcome& outcome, const QRect& beside);
    void object(const Refusal& refusal, const QRect& beside);
    void copy(NodeRef source, const std::string& path, int target);
    void askPath(NodeRef source, int target);
    void rename(int stage);
    void askBase(int stage);
    void askDestination(std::size_t edge);
    void addStage(const std::string& base);
    void removeSelected();
    void editSelected();
    void openPending();
    void openField(const QRect& place, const QString& name, const QString& text, const Field::Check& check,
                   const Field::Done& done);
    [[nodiscard]] EditOutcome retargeted(std::size_t edge, EdgeEnd end, NodeRef node) const;
    bool pressKey(QKeyEvent* event);

    // Pointer.
    [[nodiscard]] Hit hitUnder(QPoint position) const;
    [[nodiscard]] double reach() const;
    bool pressPointer(QMouseEvent* event);
    void movePointer(QMouseEvent* event);
    void releasePointer(QMouseEvent* event);
    void hover(QPoint position);
    void click(const Hit& hit);
    void startArtifactDrag();
    void moveEnd(QPoint position);
    void dropEnd(QPoint position);
    void pan(QPoint position);
    void showCursor(const Hit& hit, bool onHandle);

    // Drops.
    [[nodiscard]] int stageUnder(QPoint position) const; // a node's index, -1 for none
    bool dragOver(const ArtifactDrag& dragged, QPoint position);
    void forgetDrag();
    void drop(const ArtifactDrag& dragged, QPoint position);

    // Menus.
    [[nodiscard]] std::unique_ptr<QMenu> menuFor(const Hit& hit);
    /// The action as long as the text is the one that the menu was made for; else it says so.
    template<typename Act>
    [[nodiscard]] auto whileSame(Act act)
    {
        return [this, of = picture().analysis, act = std::move(act)] {
            if (of == picture().analysis)
                act();
            else
                objectToChange();
        };
    }
    void objectToChange();
    void fillStageMenu(QMenu& menu, int stage, const PictureRow* row);
    void fillQuietMenu(QMenu& menu, NodeRef node);
    void fillEdgeMenu(QMenu& menu, std::size_t edge);
    void fillCanvasMenu(QMenu& menu);
    [[nodiscard]] std::vector<int> stagesThatTake(NodeRef source) const;
    void addCopyTargets(QMenu& menu, NodeRef source, const std::string& path, const std::vector<int>& targets);
    void addEdgeEnds(QMenu& menu, std::size_t edge, EdgeEnd end, NodeRef current);

    enum class Mode : quint8 { Idle, Pressed, Panning, MovingEnd };

    struct Pending { // an edit that is on its way through the text
        std::uint64_t revision = 0;
        std::uint32_t offset = 0;
        bool rename = false; // of the stage there; else the destination of the copy there
    };

    DiagramView& view;
    DiagramScene scene;
    Composer composer;
    Field field;
    Bubble bubble;
    Overview overview;
    QTimer composeSoon;
    QTimer bubbleAway;

    Theme theme;
    PictureInput input; // sizes and progress are those of `built`, carried into the stages of now by compose()
    AnalysisPtr built;
    QList<StageSize> sizes;
    BuildProgress progress;
    AnalysisPtr targetFrom; // where the target's number comes from
    int wantedTarget = -1;

    Selection selection;
    std::optional<std::uint32_t> caret;
    Hit hovered;
    int dropNode = -1;
    bool dropAllowed = true;
    std::optional<Pending> pending;

    Mode mode = Mode::Idle;
    QPoint pressedAt;
    Hit pressed;
    bool spaceHeld = false;
    EdgeEnd movingEnd = EdgeEnd::Head;
    std::size_t movingEdge = 0;
    QPointF endAt; // in the scene

    bool follows = true;   // keeps all of it in view until someone zooms or pans
    double fittedArea = 0; // of the picture when it was last fitted
};

} // namespace stagelift::ui
