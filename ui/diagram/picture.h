// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the diagram shows, as a value: every text already cut to its place, every node and edge where it stands. It is
// composed from an analysis without a widget in sight, painted by one function (painter.h) for the screen and for
// files, and asked where a pointer is (hit.h). Lengths are in scene units: a pixel at 100 %.

#pragma once

#include "core/edits/analysis.h"
#include "core/engine/build.h"
#include "core/engine/edge_sizes.h"
#include "core/layout/layout.h"
#include "ui/diagram/build_progress.h"
#include "ui/diagram/far_name.h"
#include "ui/diagram/view_filter.h"

#include <QFont>
#include <QList>
#include <QMarginsF>
#include <QPainterPath>
#include <QPolygonF>
#include <QRectF>
#include <QString>

#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace stagelift::ui {

/// A text in its place: what fits, and all of it for the tooltip.
struct PictureText {
    QString shown;
    QString whole;
    QRectF rect; // within its node

    [[nodiscard]] bool isCut() const { return shown != whole; }
};

enum class RowKind : quint8 { Artifact, More, Files, Instruction };

struct PictureRow {
    RowKind kind = RowKind::Artifact;
    PictureText text;
    QRectF rect; // within its node; a drag may start in it
    std::string path;
    QString reason;
    Span span;                   // of the instruction that makes it, or that it is
    std::size_t instruction = 0; // into Dockerfile::instructions, of an instruction
    bool certain = true;
    bool folder = false;
};

/// What becomes of a stage when the target is built.
/// BuiltToo is not needed, but the classic builder builds it all the same.
enum class Role : quint8 { Ships, LeftBehind, OnlyForTests, NotNeeded, BuiltToo };

struct PictureNode {
    NodeRef ref;
    QRectF rect; // in the picture
    PictureText title;
    PictureText subtitle;
    PictureText badge;
    bool open = false;        // shows its instructions
    QRectF chevron;           // within the node, that opens and closes it; empty where there is none
    QRectF star;              // within the node; empty where it is not the target
    std::vector<int> members; // of a stack: the stages of a chain that is drawn as one; `ref` is the last of them
    bool unnamed = false;
    bool needed = true;
    double need = 1; // how strong it is drawn: 1 what the target needs, 0 what it does not, between on the way
    Role role = Role::LeftBehind;
    std::vector<int> tests; // the stages that it is only for
    double said = 1;        // how much of the badge and the star is there: they fade where others take their place
    std::vector<PictureRow> rows;
    FarName far;       // the title, where rows and texts are too small to read
    QMarginsF farRoom; // what it may take around its rect for that

    PictureText status; // "812 MB", or what the build is doing
    PictureText time;
    QRectF mark; // of the build's state, ahead of the status
    std::optional<StepState> state;
    QRectF bar;
    double basePart = 0; // of the bar's width
    double ownPart = 0;
    bool overBudget = false; // larger than a comment of the file allows
};

struct PictureEdge {
    int from = 0; // indices into Picture::nodes
    int to = 0;
    std::vector<std::size_t> edges; // indices into StageGraph::edges
    EdgeKind kind = EdgeKind::Base;
    int hueStage = -1; // whose colour it has; -1 for an image or a context
    bool broken = false;
    bool warned = false; // something that it copies can't start where it goes: a build has shown it
    bool needed = true;
    double need = 1;            // the lesser of its ends'
    std::vector<QPointF> curve; // as RoutedEdge::curve
    QPainterPath path;
    QPolygonF line; // the path as a polyline, for hits
    PictureText label;
    QString below; // a second line of the label, right below the first: what it copies, where that is not in the first
    QRectF labelRect;            // with its margin; empty where there is no label
    std::optional<qint64> bytes; // that it copies, as far as a build has measured it
};

/// The radius of the corners of an image or a context, whose ends are round.
[[nodiscard]] double roundingOf(const PictureNode& node, double em);

/// The fonts of a picture, in pixels, so that a picture is the same on every device.
struct PictureFonts {
    QFont title;
    QFont unnamed;
    QFont text;
    QFont small;
    double em = 13; // the pixel size of the text

    [[nodiscard]] static PictureFonts from(const QFont& font);
};

struct Picture {
    AnalysisPtr analysis; // what is drawn; null for none
    int target = -1;
    ViewFilter filter;
    FilteredGraph shown; // what the filter leaves of the graph
    PictureFonts fonts;
    Layout layout;
    std::vector<PictureNode> nodes;
    std::vector<PictureEdge> edges;
    EdgeSizes edgeSizes; // as in PictureInput
    QRectF bounds;
    QString message; // in place of a diagram: nothing to draw, or too much

    [[nodiscard]] int nodeOf(NodeRef ref) const;      // a stack for each of its stages; -1 where it is not drawn
    [[nodiscard]] int edgeOf(std::size_t edge) const; // the drawn edge that stands for an edge of the graph
    [[nodiscard]] const StageGraph& graph() const { return analysis->graph; }
};

/// All that a picture depends on.
struct PictureInput {
    AnalysisPtr analysis;
    int target = -1; // -1 is the default target
    QList<StageSize> sizes;
    EdgeSizes edgeSizes = {}; // of the edges of `analysis`
    BuildProgress progress;
    std::set<int> open; // the stages that show their instructions
    ViewFilter filter;
    QFont font;
};

/// More stages than this are a message, not a picture.
inline constexpr int kMostStages = 2000;

/// Composes a picture. `previous` keeps nodes near their places; where nothing changed size, its layout is taken over.
[[nodiscard]] Picture compose(const PictureInput& input, const Picture* previous = nullptr);

/// The picture on its way from one to another, `t` from 0 to 1: what is in both glides.
[[nodiscard]] Picture between(const Picture& from, const Picture& to, double t);

} // namespace stagelift::ui
