// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/picture.h"

#include "ui/diagram/edge_face.h"
#include "ui/diagram/far_room.h"
#include "ui/diagram/node_face.h"
#include "ui/diagram/words.h"

#include <QFontMetricsF>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <map>

namespace stagelift::ui {

namespace {

constexpr double kMargin = 24; // round the whole picture

QString messageFor(const PictureInput& input)
{
    if (!input.analysis || input.analysis->graph.stages.empty())
        return Diagram::tr("No build stage yet.\nType FROM …, or open an example.");
    const auto stages = static_cast<int>(input.analysis->graph.stages.size());
    if (stages > kMostStages)
        return Diagram::tr("%1 stages: too many to draw.\nEverything else works as ever.")
            .arg(QLocale().toString(stages));
    return {};
}

/// A chain has stages of one part in the build, and the target stands for itself.
std::vector<int> kindsOf(const StageGraph& graph, const FaceMaker& maker, int target)
{
    std::vector<int> kinds;
    kinds.reserve(graph.stages.size());
    for (const Stage& stage : graph.stages)
        kinds.push_back(stage.index == target ? -1 : static_cast<int>(maker.role(stage.index)));
    return kinds;
}

bool sameEdges(const StageGraph& before, const StageGraph& now)
{
    return std::ranges::equal(before.edges, now.edges, [](const Edge& a, const Edge& b) {
        return a.from == b.from && a.to == b.to && a.broken == b.broken;
    });
}

/// The layout of the picture before, where nothing that it depends on is another now.
bool layoutStays(const Picture* previous, const FilteredGraph& shown, const std::vector<PictureNode>& faces)
{
    if (!previous || !previous->analysis || previous->nodes.size() != faces.size())
        return false;
    const bool sameFaces = std::ranges::equal(previous->nodes, faces, [](const PictureNode& a, const PictureNode& b) {
        return a.ref == b.ref && a.rect.size() == b.rect.size();
    });
    return sameFaces && sameEdges(previous->shown.graph, shown.graph);
}

Layout layoutFor(const Picture* previous, const Picture& now)
{
    const std::vector<PictureNode>& faces = now.nodes;
    if (layoutStays(previous, now.shown, faces))
        return previous->layout;
    std::vector<LayoutNode> nodes;
    nodes.reserve(faces.size());
    for (const PictureNode& face : faces)
        nodes.push_back({face.ref, {face.rect.width(), face.rect.height()}});
    const StageGraph& graph = now.shown.graph;
    const LabelRoom labels = labelRoom(graph, now.fonts);
    if (!previous || previous->layout.nodes.empty())
        return layOut(graph, nodes, nullptr, labels);
    const Layout carried = carriedOver(previous->layout, previous->graph(), now.graph());
    return layOut(graph, nodes, &carried, labels);
}

} // namespace

int Picture::nodeOf(NodeRef ref) const
{
    auto found = std::ranges::find(nodes, ref, &PictureNode::ref);
    if (found == nodes.end() && ref.kind == NodeKind::Stage)
        found = std::ranges::find_if(
            nodes, [&](const PictureNode& node) { return std::ranges::contains(node.members, ref.index); });
    return found == nodes.end() ? -1 : static_cast<int>(found - nodes.begin());
}

double roundingOf(const PictureNode& node, double em)
{
    return std::min(node.rect.height() / 2, em * 1.25);
}

int Picture::edgeOf(std::size_t edge) const
{
    const auto found = std::ranges::find_if(
        edges, [edge](const PictureEdge& drawn) { return std::ranges::contains(drawn.edges, edge); });
    return found == edges.end() ? -1 : static_cast<int>(found - edges.begin());
}

Picture compose(const PictureInput& input, const Picture* previous)
{
    Picture picture;
    picture.analysis = input.analysis;
    picture.fonts = PictureFonts::from(input.font);
    picture.message = messageFor(input);
    if (!picture.message.isEmpty())
        return picture;

    const StageGraph& graph = picture.graph();
    const bool known = input.target >= 0 && input.target < static_cast<int>(graph.stages.size());
    picture.target = known ? input.target : graph.defaultTarget();
    const FaceMaker maker(input, picture.fonts, picture.target);
    picture.filter = input.filter;
    picture.edgeSizes = input.edgeSizes;
    picture.shown = filtered(graph, input.filter, kindsOf(graph, maker, picture.target));
    for (const NodeRef ref : picture.shown.nodes) {
        const bool stack = ref.kind == NodeKind::Stage && picture.shown.folded.contains(ref.index);
        picture.nodes.push_back(stack ? maker.stackFace(*picture.shown.chainOf(ref.index)) : maker.face(ref));
    }
    picture.layout = layoutFor(previous, picture);
    for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
        const Point centre = picture.layout.nodes[i].centre;
        picture.nodes[i].rect.moveCenter({centre.x, centre.y});
        picture.bounds |= picture.nodes[i].rect;
    }
    addEdges(picture);
    for (const PictureEdge& edge : picture.edges)
        picture.bounds |= edge.path.boundingRect() | edge.labelRect;
    picture.bounds.adjust(-kMargin, -kMargin, kMargin, kMargin);
    addFarRooms(picture);
    return picture;
}

namespace {

/// On its way from what was said of the same stage before: it is dimmed little by little, and its badge and its star
/// give way to the new ones.
void fade(PictureNode& node, const PictureNode& before, const PictureFonts& fonts, double t)
{
    node.need = before.need + (node.need - before.need) * t;
    if (node.badge.whole == before.badge.whole && node.star.isEmpty() == before.star.isEmpty())
        return;
    node.said = std::abs(2 * t - 1);
    if (t >= 0.5)
        return;
    const double wider = node.rect.width() - before.rect.width();
    node.role = before.role;
    node.title = before.title;
    node.badge = before.badge;
    node.star = before.star;
    node.badge.rect.translate(wider, 0);
    if (!node.star.isEmpty())
        node.star.translate(wider, 0);
    if (wider >= 0)
        return;
    constexpr double kGap = 4;
    node.title.rect.setRight((node.star.isEmpty() ? node.badge.rect : node.star).left() - kGap);
    node.title.shown = QFontMetricsF(node.unnamed ? fonts.unnamed : fonts.title)
                           .elidedText(node.title.whole, Qt::ElideMiddle, node.title.rect.width());
}

} // namespace

Picture between(const Picture& from, const Picture& to, double t)
{
    if (t >= 1 || !from.analysis || !to.analysis)
        return to;
    Picture picture = to;
    std::map<NodeRef, const PictureNode*> before;
    const auto now = successors(from.graph(), to.graph());
    for (const PictureNode& node : from.nodes)
        if (const auto same = now.find(node.ref); same != now.end())
            before.emplace(same->second, &node);
    // What was in a stack comes out of it.
    for (const PictureNode& node : from.nodes)
        for (const int member : node.members)
            if (const auto same = now.find(stageNode(member)); same != now.end())
                before.emplace(same->second, &node);
    std::vector<QPointF> shifts;
    shifts.reserve(picture.nodes.size());
    for (PictureNode& node : picture.nodes) {
        const auto old = before.find(node.ref);
        shifts.emplace_back();
        if (old == before.end())
            continue;
        shifts.back() = (old->second->rect.center() - node.rect.center()) * (1 - t);
        node.rect.translate(shifts.back());
        if (node.title.whole == old->second->title.whole)
            fade(node, *old->second, picture.fonts, t);
    }
    for (PictureEdge& edge : picture.edges) {
        const auto tail = static_cast<std::size_t>(edge.from);
        const auto head = static_cast<std::size_t>(edge.to);
        bend(edge, shifts[tail], shifts[head]);
        edge.need = std::min(picture.nodes[tail].need, picture.nodes[head].need);
    }
    return picture;
}

} // namespace stagelift::ui
