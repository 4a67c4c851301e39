// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/edge_face.h"

#include "ui/diagram/edge_findings.h"
#include "ui/diagram/line_grid.h"
#include "ui/diagram/words.h"

#include <QFontMetricsF>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

namespace stagelift::ui {

namespace {

constexpr double kMostLabelEm = 11;
constexpr double kLeastLabelEm = 3.2;
constexpr double kLabelPadX = 5;
constexpr double kLabelPadY = 1.5;
constexpr double kClear = 3;            // between a label and a node
constexpr std::size_t kMostApart = 400; // lines; among more there is hardly a place that none runs through

void makePath(PictureEdge& edge)
{
    edge.path = QPainterPath(edge.curve.front());
    for (std::size_t i = 1; i + 2 < edge.curve.size(); i += 3)
        edge.path.cubicTo(edge.curve[i], edge.curve[i + 1], edge.curve[i + 2]);
    std::vector<Point> points;
    points.reserve(edge.curve.size());
    for (const QPointF& point : edge.curve)
        points.push_back({point.x(), point.y()});
    edge.line.clear();
    for (const Point& point : flattened(points))
        edge.line << QPointF(point.x, point.y);
}

/// A line that leaves a round end off its middle begins where that is.
void startWithin(PictureEdge& edge, const PictureNode& source, double em)
{
    if (source.ref.kind == NodeKind::Stage)
        return;
    const QPointF side = edge.curve.front();
    const double radius = roundingOf(source, em);
    const double off = std::max({0.0, source.rect.top() + radius - side.y(), side.y() - source.rect.bottom() + radius});
    const double inset = radius - std::sqrt(std::max(0.0, radius * radius - off * off));
    if (inset < 0.1)
        return;
    const QPointF start = side - QPointF(inset, 0);
    edge.curve.insert(edge.curve.begin(), {start, start + QPointF(inset / 3, 0), start + QPointF(inset * 2 / 3, 0)});
}

/// What the line is drawn as: a FROM outweighs a copy, a copy a mount.
EdgeKind weightiest(const StageGraph& graph, const std::vector<std::size_t>& edges)
{
    static constexpr std::array kOrder{EdgeKind::Base, EdgeKind::Copy, EdgeKind::OnbuildCopy, EdgeKind::Mount};
    for (const EdgeKind kind : kOrder)
        if (std::ranges::any_of(edges, [&](std::size_t edge) { return graph.edges[edge].kind == kind; }))
            return kind;
    return EdgeKind::Base;
}

bool isEverything(std::string_view path)
{
    return path == "." || path == "./" || path == "/";
}

QString labelOf(const StageGraph& graph, const std::vector<std::size_t>& edges)
{
    QStringList paths;
    for (const std::size_t index : edges) {
        const Edge& edge = graph.edges[index];
        if (edge.kind == EdgeKind::Base)
            continue;
        for (const std::string& path : edge.paths)
            paths += isEverything(path) ? Diagram::tr("everything") : toQt(path);
        if (edge.paths.empty() && !edge.destination.empty())
            paths += toQt(edge.destination);
    }
    paths.removeDuplicates();
    if (paths.size() > 1)
        return Diagram::tr("%n paths", nullptr, static_cast<int>(paths.size()));
    return paths.isEmpty() ? QString() : paths.front();
}

/// What all that is copied along the line weighs; nothing where none of it was measured.
std::optional<qint64> bytesOf(const Picture& picture, const std::vector<std::size_t>& edges)
{
    std::optional<qint64> bytes;
    for (const std::size_t edge : edges)
        if (const auto size = picture.edgeSizes.find(edge); size != picture.edgeSizes.end())
            bytes = bytes.value_or(0) + size->second;
    return bytes;
}

/// What of a label fits: of a path its end, by whole names where one does.
QString shortened(const QString& label, const QFontMetricsF& metrics, double width)
{
    const double room = width + 0.5;
    if (metrics.horizontalAdvance(label) <= room)
        return label;
    for (qsizetype slash = label.indexOf(u'/', 1); slash >= 0; slash = label.indexOf(u'/', slash + 1)) {
        const QString end = u'…' + label.sliced(slash);
        if (end.size() > 2 && metrics.horizontalAdvance(end) <= room)
            return end;
    }
    return metrics.elidedText(label, Qt::ElideMiddle, room);
}

double widthOf(const QString& label, const QFontMetricsF& metrics, double most)
{
    return std::ceil(metrics.horizontalAdvance(shortened(label, metrics, most))) + 1;
}

/// Finds room for labels, one after the other.
class LabelPlacer {
public:
    explicit LabelPlacer(const Picture& picture)
        : m_picture(picture), m_metrics(picture.fonts.small), m_em(picture.fonts.em)
    {
        for (std::size_t i = 0; i < picture.edges.size() && picture.edges.size() <= kMostApart; ++i)
            m_lines.add(static_cast<int>(i), picture.edges[i].line);
    }

    /// With its size behind what is copied, or below that, where there is room for both; else without.
    void place(PictureEdge& edge, int index, QPointF wanted)
    {
        const QString size = edge.bytes ? humanSize(*edge.bytes) : QString();
        if (!size.isEmpty() &&
            (placeWhole(edge, index, wanted, {.behind = Diagram::tr(" · %1").arg(size), .below = {}}) ||
             placeWhole(edge, index, wanted, {.behind = {}, .below = size})))
            return;
        placeSomehow(edge, index, wanted);
    }

private:
    struct Beside { // what is copied
        QString behind;
        QString below;
    };

    [[nodiscard]] bool placeWhole(PictureEdge& edge, int index, QPointF wanted, const Beside& beside)
    {
        const double width = widthOf(edge.label.whole, m_metrics, kMostLabelEm * m_em);
        for (const int most : {0, 1}) {
            if (tryAt(edge, index, wanted, width, most, beside))
                return true;
            for (const double at : {0.5, 0.4, 0.6, 0.3, 0.7})
                if (tryAt(edge, index, edge.path.pointAtPercent(at), width, most, beside))
                    return true;
        }
        return false;
    }

    /// Where it stands on no other line; else on one; else cut short. In a crowd of lines nobody could tell whose it
    /// is: it is left to the tooltip.
    void placeSomehow(PictureEdge& edge, int index, QPointF wanted)
    {
        const double widest = kMostLabelEm * m_em;
        const double natural = widthOf(edge.label.whole, m_metrics, widest);
        for (const double width : {std::min(natural, widest), std::min(natural, widest * 0.6)})
            for (const int most : {0, 1}) {
                if (tryAt(edge, index, wanted, width, most, {}))
                    return;
                for (const double at : {0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8})
                    if (tryAt(edge, index, edge.path.pointAtPercent(at), width, most, {}))
                        return;
            }
        if (natural >= kLeastLabelEm * m_em)
            static_cast<void>(tryAt(edge, index, wanted, kLeastLabelEm * m_em, 1, {}));
    }

    /// @param cut the width of what is copied
    bool tryAt(PictureEdge& edge, int index, QPointF centre, double cut, int mostCrossings, const Beside& beside)
    {
        const double line = m_metrics.height();
        const double lines = beside.below.isEmpty() ? line : 2 * line;
        const double width = std::max(cut + std::ceil(m_metrics.horizontalAdvance(beside.behind)),
                                      std::ceil(m_metrics.horizontalAdvance(beside.below)));
        const QRectF text(centre.x() - width / 2, centre.y() - lines / 2, width, line);
        const QRectF rect = text.adjusted(-kLabelPadX, -kLabelPadY, kLabelPadX, kLabelPadY + lines - line);
        const QRectF guarded = rect.adjusted(-kClear, -kClear, kClear, kClear);
        const auto hitsNode = [&](const PictureNode& node) { return node.rect.intersects(guarded); };
        const auto hitsLabel = [&](const QRectF& taken) { return taken.intersects(rect); };
        if (std::ranges::any_of(m_picture.nodes, hitsNode) || std::ranges::any_of(m_taken, hitsLabel) ||
            m_lines.crossings(rect, index) > mostCrossings)
            return false;
        edge.label.rect = text;
        edge.label.shown = shortened(edge.label.whole, m_metrics, cut) + beside.behind;
        edge.below = beside.below;
        edge.labelRect = rect;
        m_taken.push_back(rect);
        return true;
    }

    const Picture& m_picture;
    QFontMetricsF m_metrics;
    double m_em;
    LineGrid m_lines;
    std::vector<QRectF> m_taken;
};

} // namespace

LabelRoom labelRoom(const StageGraph& graph, const PictureFonts& fonts)
{
    const QFontMetricsF metrics(fonts.small);
    std::map<std::pair<NodeRef, int>, std::vector<std::size_t>> drawn; // as one line each
    for (std::size_t edge = 0; edge < graph.edges.size(); ++edge)
        drawn[{graph.edges[edge].from, graph.edges[edge].to}].push_back(edge);
    LabelRoom room{.most = {0, metrics.height() + 2 * (kLabelPadY + kClear)},
                   .widths = std::vector<double>(graph.edges.size())};
    for (const auto& [ends, edges] : drawn) {
        const QString label = labelOf(graph, edges);
        if (label.isEmpty())
            continue;
        const double width = widthOf(label, metrics, kMostLabelEm * fonts.em) + 2 * (kLabelPadX + kClear);
        room.most.width = std::max(room.most.width, width);
        for (const std::size_t edge : edges)
            room.widths[edge] = width;
    }
    return room;
}

void addEdges(Picture& picture)
{
    const StageGraph& graph = picture.graph();
    std::vector<QPointF> wanted;
    for (const RoutedEdge& routed : picture.layout.edges) {
        if (routed.curve.size() < 4)
            continue;
        PictureEdge edge;
        edge.from = routed.from;
        edge.to = routed.to;
        edge.edges = routed.edges;
        edge.kind = weightiest(graph, routed.edges);
        const PictureNode& source = picture.nodes[static_cast<std::size_t>(routed.from)];
        const PictureNode& sink = picture.nodes[static_cast<std::size_t>(routed.to)];
        edge.hueStage = source.ref.kind == NodeKind::Stage ? source.ref.index : -1;
        edge.needed = source.needed && sink.needed;
        edge.need = std::min(source.need, sink.need);
        edge.broken = std::ranges::any_of(routed.edges, [&](std::size_t e) { return graph.edges[e].broken; });
        edge.warned = std::ranges::any_of(
            routed.edges, [&](std::size_t e) { return !seenAt(*picture.analysis, graph.edges[e]).isEmpty(); });
        for (const Point& point : routed.curve)
            edge.curve.emplace_back(point.x, point.y);
        startWithin(edge, source, picture.fonts.em);
        makePath(edge);
        edge.label.whole = labelOf(graph, routed.edges);
        edge.bytes = bytesOf(picture, routed.edges);
        wanted.emplace_back(routed.label.x, routed.label.y);
        picture.edges.push_back(std::move(edge));
    }
    LabelPlacer placer(picture);
    for (std::size_t i = 0; i < picture.edges.size(); ++i)
        if (!picture.edges[i].label.whole.isEmpty())
            placer.place(picture.edges[i], static_cast<int>(i), wanted[i]);
}

void bend(PictureEdge& edge, QPointF fromShift, QPointF toShift)
{
    if (fromShift.isNull() && toShift.isNull())
        return;
    const auto last = static_cast<double>(edge.curve.size() - 1);
    for (std::size_t i = 0; i < edge.curve.size(); ++i) {
        const double near = static_cast<double>(i) / last;
        edge.curve[i] += fromShift * (1 - near) + toShift * near;
    }
    makePath(edge);
    const QPointF middle = (fromShift + toShift) / 2;
    edge.label.rect.translate(middle);
    edge.labelRect.translate(middle);
}

} // namespace stagelift::ui
