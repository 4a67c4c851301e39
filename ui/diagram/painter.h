// SPDX-License-Identifier: GPL-3.0-or-later
//
// Paints a picture: on the screen, into PNG, SVG and PDF, all the same. Plain shapes and texts only: no effects, no
// pixmaps, no clipping, so that a picture stays sharp at every scale and small in a file.

#pragma once

#include "ui/diagram/picture.h"
#include "ui/diagram/rows.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <set>
#include <vector>

namespace stagelift::ui {

/// While something is carried: where it comes from, where it may be put down, and where it may not.
enum class Taker : quint8 { Apart, Source, Takes, Refuses };

/// Who is marked in a picture: indices into its nodes and edges, -1 for none.
struct Marks {
    int selectedNode = -1;
    int selectedEdge = -1;
    int caretNode = -1;
    int caretEdge = -1;
    int hoveredNode = -1;
    int hoveredRow = -1; // of the hovered node
    int hoveredEdge = -1;
    int dropNode = -1;
    std::vector<RowPlace> chosenRows;
    bool hoveredPort = false; // of the hovered node
    bool dropAllowed = true;
    double dropLine = -1;   // where in the drop node a line would go in; -1 where that is not said
    bool searching = false; // all that is not found steps back
    std::set<int> foundNodes;
    std::set<int> foundEdges;
    std::vector<Taker> takers; // by node; empty while nothing is carried

    [[nodiscard]] bool operator==(const Marks&) const = default;
};

/// What a painter needs to know beside the thing itself.
struct Look {
    const Picture& picture;
    const Theme& theme;
    const Marks& marks;
    double far = 0;   // 1 draws nodes as they are read from afar, 0 with all that is in them; between, one fades away
    double scale = 1; // pixels of the screen in a scene unit, for what is sized for the eye
    QRectF exposed = {}; // what is seen of the picture; empty for all of it
};

/// Of the strength of what a search does not find.
inline constexpr double kNotFound = 0.28;

/// How far a mark or an arrowhead reaches beyond a node's rect or an edge's curve.
inline constexpr double kOverhang = 10;

void paintNode(QPainter& painter, const Look& look, int node);
void paintEdge(QPainter& painter, const Look& look, int edge);
/// Above all lines and nodes: the label, and the handles of a selected edge.
void paintEdgeLabel(QPainter& painter, const Look& look, int edge);

/// All of it in order, on the theme's canvas.
void paintPicture(QPainter& painter, const Picture& picture, const Theme& theme, const Marks& marks = {});

/// The round handles at a selected edge's ends, by which it is dragged to another stage.
inline constexpr double kHandleRadius = 5;

/// Of a build's state, wherever it is drawn.
[[nodiscard]] QColor stateColour(const Theme& theme, StepState state);

/// The round port at a node's right side, out of which a new edge is drawn.
inline constexpr double kPortRadius = 5;

/// `part` of 1 is all of `colour`.
[[nodiscard]] QColor mixed(const QColor& colour, const QColor& ground, double part);

} // namespace stagelift::ui
