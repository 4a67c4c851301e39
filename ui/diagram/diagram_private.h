// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inside of DiagramView, in parts: what it shows (diagram_view.cpp), what hands ask for (diagram_hands.cpp), the
// pointer (diagram_pointer.cpp), rows (diagram_rows.cpp), drags (diagram_drop.cpp, diagram_events.cpp), what a new edge
// copies (diagram_copies.cpp), and menus (diagram_menu.cpp).

#pragma once

#include "ui/diagram/bubble.h"
#include "ui/diagram/composer.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/drag.h"
#include "ui/diagram/drag_marks.h"
#include "ui/diagram/edge_scroll.h"
#include "ui/diagram/field.h"
#include "ui/diagram/filter_bar.h"
#include "ui/diagram/hand.h"
#include "ui/diagram/hit.h"
#include "ui/diagram/offer.h"
#include "ui/diagram/overview.h"
#include "ui/diagram/scene.h"
#include "ui/diagram/search_field.h"
#include "ui/diagram/walk.h"

#include <QTimer>
#include <QVariantAnimation>

class QMenu;

namespace stagelift::ui {

class LegendBox;

class DiagramView::Private : public QObject {
public:
    explicit Private(DiagramView& owner);

    // What it shows.
    void compose();
    void show(const std::shared_ptr<Picture>& picture);
    void carrySelectionInto(const Picture& picture);
    void zoomed();
    void lookAt(QPointF place); // in the scene
    void refit();
    void followAll();
    void followRoom();
    [[nodiscard]] double wholeScale() const;
    [[nodiscard]] double readableScale() const;
    [[nodiscard]] bool seesAll() const { return follows && !staysNear; }
    void showMarks();
    void setSelection(const Selection& selected);
    void choose(const Selection& selected); // by hand: selects it in the text too
    void followCaret();
    [[nodiscard]] const Picture& picture() const { return scene.picture(); }
    [[nodiscard]] const Analysis* analysis() const { return picture().analysis.get(); }
    [[nodiscard]] int glideDuration() const;
    [[nodiscard]] QRect onViewport(const QRectF& rect) const;
    [[nodiscard]] std::optional<NodeRef> tabNode() const;
    [[nodiscard]] QRect placeOf(const Selection& what) const;

    // Hands.
    bool give(const EditOutcome& outcome, const QRect& beside);
    /// The same, and once the text has changed so, and no other way, what is asked for opens where it was changed: a
    /// field for the name of a stage or the destination of a copy; or the row of the instruction, or the stage, is
    /// selected.
    enum class PendingField : quint8 { Nothing, Name, Destination, Row, Stage };
    bool giveAndAsk(const Analysis& of, const EditOutcome& outcome, const QRect& beside, PendingField asked);
    void object(const Refusal& refusal, const QRect& beside);
    /// What speaks against an edit; with a button that mends it and makes the edit, where there is such a thing.
    void objectOrOffer(const Refusal& refusal, const QRect& beside, PendingField asked);
    void copy(const CopyIntent& intent);
    void askPath(const CopyIntent& intent); // the path is asked for in place
    void rename(int stage);
    void askBase(int stage);
    void askDestination(std::size_t edge);
    void addStage(const std::string& base);
    void removeSelected();
    void editSelected();
    void editNode(int stage); // its name, or the chain that is drawn as one
    void openPending();
    void showStage(int stage);
    void openField(const QRect& place, const QString& name, const QString& text, const Field::Check& check,
                   const Field::Done& done);
    bool pressKey(QKeyEvent* event);
    bool leave();

    // Pointer.
    [[nodiscard]] Hit hitUnder(QPoint position) const;
    [[nodiscard]] double reach() const;
    bool pressPointer(QMouseEvent* event);
    void movePointer(QMouseEvent* event);
    void releasePointer(QMouseEvent* event);
    void hover(QPoint position);
    void click(const Hit& hit, Qt::KeyboardModifiers modifiers = {});
    void startArtifactDrag();
    void startCarrying();
    void pan(QPoint position);
    void showCursor(const Hit& hit, bool onHandle);

    // Rows, and the stages that show their instructions.
    void carryOpen();
    void setOpen(int stage, bool isOpen);
    void openForDrop(int stage);
    [[nodiscard]] Picture heldStill(Picture next);
    void chooseRow(const RowId& row);
    void tellRow(const RowId& row);
    void clickRow(const RowId& row, Qt::KeyboardModifiers modifiers);
    [[nodiscard]] std::vector<std::string> pathsAt(const PictureNode& node, std::size_t row) const;
    bool walkRows(int step, bool extends);
    bool pressAltKey(int key);
    void moveRow(int step);
    void removeRow();
    void followRow(std::uint32_t offset);
    void fillInstructionMenu(QMenu& menu, int stage, std::size_t instruction);
    [[nodiscard]] EditOutcome instructionMoved(std::size_t instruction, int step) const;
    bool pressRowKey(QKeyEvent* event);

    // What is left out (diagram_filter.cpp).
    void setFilter(const ViewFilter& wanted);
    void carryFilter();
    void focusOn(int stage, bool withUsers);
    void foldChain(int stage);
    void unfoldChain(int stage);
    [[nodiscard]] bool isStack(int node) const;
    [[nodiscard]] bool isStack(const Selection& what) const
    {
        return what.node && isStack(picture().nodeOf(*what.node));
    }
    [[nodiscard]] Selection seenOf(const Selection& wanted) const;
    [[nodiscard]] QString filterSentence() const;
    void settleBar();
    void fillFocusMenu(QMenu& menu, int stage);
    void fillStackMenu(QMenu& menu, const PictureNode& node);
    void fillFilterMenu(QMenu& menu);

    // Search (diagram_search.cpp).
    void wireSearch();
    void lookFor();
    void jump(int step);
    void jumpTo(int finding);
    void markFindings(Marks& marks) const;
    bool pressSearchKey(const QKeyEvent* event);

    // Drags, whatever is carried.
    [[nodiscard]] std::optional<Spot> spotUnder(const Carried& carried, QPoint position) const;
    [[nodiscard]] std::vector<Taker> takersOf(const Carried& carried) const;
    [[nodiscard]] std::optional<Band> band() const;
    bool carryOver(const Carried& carried, QPoint position, Qt::KeyboardModifiers modifiers = {});
    void carryOn(QPoint position);
    [[nodiscard]] std::optional<Gap> gapUnder(const PictureNode& node, QPoint position) const;
    void restOver(const std::optional<Spot>& before, Qt::KeyboardModifiers modifiers);
    [[nodiscard]] QString previewOf(const EditOutcome& outcome) const;
    void sayOfDrop(const EditOutcome& outcome);
    void forgetDrag();
    void put(const Carried& carried, QPoint position, Qt::KeyboardModifiers modifiers = {});
    [[nodiscard]] std::expected<Carried, Refusal> carriedBy(const QMimeData& mime) const;
    bool dragMimeOver(const QMimeData& mime, QPoint position, Qt::KeyboardModifiers modifiers);
    void dropMime(const QMimeData& mime, QPoint position, Qt::KeyboardModifiers modifiers);
    void putArtifacts(const Carried& carried, const Spot& spot, const EditOutcome& outcome);

    // What a new edge copies.
    [[nodiscard]] QMenu* popupMenu(); // goes when it is closed
    [[nodiscard]] QPoint menuPlace() const;
    void fillCopyInto(QMenu& menu, NodeRef source, const Spot& target);
    void fillCopyOf(QMenu& menu, NodeRef source);
    void askWhatToCopy(NodeRef source, const Spot& target);
    void askWhatToCopyOut();
    void askImage(const Spot& target);
    void putNode(const Carried& carried, const Spot& spot, Qt::KeyboardModifiers modifiers);

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
    void fillStageMenu(QMenu& menu, int stage, const std::vector<std::string>& paths);
    void fillQuietMenu(QMenu& menu, NodeRef node);
    void fillEdgeMenu(QMenu& menu, std::size_t edge);
    void fillCanvasMenu(QMenu& menu);
    void addProperties(QMenu& menu, const Selection& of);
    [[nodiscard]] std::vector<int> stagesThatTake(NodeRef source) const;
    void addCopies(QMenu& menu, int stage, const std::vector<std::string>& paths);
    void addRun(QMenu& menu, int stage);
    void addStageEdits(QMenu& menu, int stage);
    void addMovesTo(QMenu& menu, int stage);
    void addCopyTargets(QMenu& menu, NodeRef source, const std::vector<std::string>& paths,
                        const std::vector<int>& targets);
    void addEdgeEnds(QMenu& menu, std::size_t edge, EdgeEnd end, NodeRef current);

    enum class Mode : quint8 { Idle, Pressed, Panning, Carrying };

    struct Pending { // an edit that is on its way through the text
        std::uint64_t revision = 0;
        std::string text; // as it will be; another means that the edit was not taken
        std::uint32_t offset = 0;
        PendingField field = PendingField::Destination;
    };

    DiagramView& view;
    DiagramScene& scene; // the view's own
    Composer composer;
    Field field;
    Bubble bubble;
    Offer offer;
    Overview overview;
    FilterBar bar;
    SearchField search;
    EdgeScroll edgeScroll;
    QVariantAnimation glance;    // of the middle of the view
    LegendBox* legend = nullptr; // of the viewport; made when it is first wanted
    QTimer composeSoon;
    QTimer bubbleAway;

    Theme theme;
    PictureInput input; // sizes and progress are those of `built`, carried into the stages of now by compose()
    AnalysisPtr built;
    QList<StageSize> sizes;
    BuildProgress progress;
    AnalysisPtr targetFrom; // where the target's number comes from
    int wantedTarget = -1;

    ViewFilter filter; // of `filterFrom`
    AnalysisPtr filterFrom;

    std::vector<Selection> found;
    int atFinding = -1; // the one that was gone to last

    Selection selection;
    std::optional<std::uint32_t> caret;
    Hit hovered;
    RowChoice rows;
    std::optional<NodeRef> tabHome; // whose edges Tab goes through
    std::set<int> open;             // stages of `openOf`
    AnalysisPtr openOf;
    QString contextFolder;
    Hand hand;
    Carried inHand; // by the pointer itself, in Mode::Carrying
    std::optional<Pending> pending;

    Mode mode = Mode::Idle;
    QPoint pressedAt;
    Hit pressed;
    bool spaceHeld = false;

    bool follows = true;    // keeps all of it in view until someone zooms or pans
    bool isFitted = false;  // because someone asked for that
    bool staysNear = false; // though it follows: its texts can be read, where all of it would be too small for that
    double fittedArea = 0;  // of the picture when it was last fitted
};

} // namespace stagelift::ui
