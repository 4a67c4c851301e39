// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/legend.h"

#include "ui/diagram/scene.h"
#include "ui/diagram/words.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QGraphicsView>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace stagelift::ui {

namespace {

// Lengths at a text size of 13 pixels.
constexpr double kPlainEm = 13;
constexpr double kPad = 12;
constexpr double kSample = 104; // the width of a sample
constexpr double kRowHeight = 29;
constexpr double kNodeHeight = 22;
constexpr double kGap = 12;
constexpr double kColumnGap = 26;
constexpr double kCorner = 8;
constexpr int kDistance = 12; // of the box from the view's corner, in pixels
constexpr double kMostOfView = 0.6;

enum class Sign : quint8 { Ships, LeftBehind, NotNeeded, Target, Image, Context, Edge, Weight, Broken, Warned, Size };

struct Row {
    Sign sign;
    EdgeKind edge; // of an edge
    const char* words;
};

constexpr std::array kRows{
    Row{Sign::Ships, {}, QT_TRANSLATE_NOOP("Diagram", "its layers are in the target's image")},
    Row{Sign::LeftBehind, {}, QT_TRANSLATE_NOOP("Diagram", "only what is copied from it ships")},
    Row{Sign::NotNeeded, {}, QT_TRANSLATE_NOOP("Diagram", "a build of the target leaves it out")},
    Row{Sign::Target, {}, QT_TRANSLATE_NOOP("Diagram", "the target of the build")},
    Row{Sign::Image, {}, QT_TRANSLATE_NOOP("Diagram", "an image from elsewhere")},
    Row{Sign::Context, {}, QT_TRANSLATE_NOOP("Diagram", "files that the build is given")},
    Row{Sign::Edge, EdgeKind::Base, QT_TRANSLATE_NOOP("Diagram", "FROM")},
    Row{Sign::Edge, EdgeKind::Copy, QT_TRANSLATE_NOOP("Diagram", "COPY")},
    Row{Sign::Edge, EdgeKind::Mount, QT_TRANSLATE_NOOP("Diagram", "RUN --mount")},
    Row{Sign::Edge, EdgeKind::OnbuildCopy, QT_TRANSLATE_NOOP("Diagram", "ONBUILD COPY")},
    Row{Sign::Weight, EdgeKind::Copy, QT_TRANSLATE_NOOP("Diagram", "the wider, the more it copies: 1 MB, 1 GB")},
    Row{Sign::Broken, EdgeKind::Copy, QT_TRANSLATE_NOOP("Diagram", "BuildKit refuses it")},
    Row{Sign::Warned, EdgeKind::Copy, QT_TRANSLATE_NOOP("Diagram", "a program of it can't start there")},
    Row{Sign::Size, {}, QT_TRANSLATE_NOOP("Diagram", "size: its base, and what it adds")},
};

PictureText middle(const QString& text, const QRectF& rect)
{
    return {.shown = text, .whole = text, .rect = rect};
}

/// Makes samples in their places.
class Sampler {
public:
    Sampler(Legend& legend, const PictureFonts& fonts) : m_legend(legend), m_fonts(fonts), m_unit(fonts.em / kPlainEm)
    {
    }

    void add(const Row& row, QPointF corner)
    {
        const QRectF place(corner, QSizeF(kSample, kRowHeight) * m_unit);
        QRectF box(0, 0, place.width(), kNodeHeight * m_unit);
        box.moveCenter(place.center());
        switch (row.sign) {
        case Sign::Ships:
            return addStage(box, Role::Ships, Diagram::tr("ships"));
        case Sign::LeftBehind:
            return addStage(box, Role::LeftBehind, Diagram::tr("left behind"));
        case Sign::NotNeeded:
            return addStage(box, Role::NotNeeded, Diagram::tr("not needed"));
        case Sign::Target:
            return addStar(box);
        case Sign::Image:
            return addQuiet(box, {NodeKind::Image, 0}, Diagram::tr("image"));
        case Sign::Context:
            return addQuiet(box, {NodeKind::Context, 0}, Diagram::tr("context"));
        case Sign::Edge:
            return addEdge(box, row.edge);
        case Sign::Broken:
            addEdge(box, row.edge);
            m_legend.samples.edges.back().broken = true;
            return;
        case Sign::Warned:
            addEdge(box, row.edge);
            m_legend.samples.edges.back().warned = true;
            return;
        case Sign::Weight:
            return addWeights(box);
        case Sign::Size:
            return addBar(box);
        }
    }

private:
    PictureNode& addNode(const QRectF& box, NodeRef ref)
    {
        PictureNode node;
        node.ref = ref;
        node.rect = box;
        m_legend.samples.nodes.push_back(std::move(node));
        return m_legend.samples.nodes.back();
    }

    void addStage(const QRectF& box, Role role, const QString& word)
    {
        PictureNode& node = addNode(box, stageNode(0));
        node.role = role;
        node.needed = role != Role::NotNeeded;
        const double width = QFontMetricsF(m_fonts.small).horizontalAdvance(word) + 12 * m_unit;
        QRectF badge(0, 0, width, box.height() - 6 * m_unit);
        badge.moveCenter(QPointF(box.width() / 2 + 2 * m_unit, box.height() / 2));
        node.badge = middle(word, badge);
    }

    void addStar(const QRectF& box)
    {
        addStage(box, Role::Ships, Diagram::tr("ships"));
        PictureNode& node = m_legend.samples.nodes.back();
        const double side = 13 * m_unit;
        node.star.setRect(node.badge.rect.left() - side - 4 * m_unit, (box.height() - side) / 2, side, side);
    }

    void addQuiet(const QRectF& box, NodeRef ref, const QString& word)
    {
        PictureNode& node = addNode(box, ref);
        const double glyph = 19 * m_unit;
        const double width = QFontMetricsF(m_fonts.text).horizontalAdvance(word);
        node.title = middle(word, QRectF((box.width() - width + glyph) / 2, 0, width, box.height()));
    }

    void addEdge(const QRectF& box, EdgeKind kind)
    {
        PictureEdge edge;
        edge.kind = kind;
        edge.hueStage = -1;
        edge.from = edge.to = -1;
        const QPointF from(box.left() + 6 * m_unit, box.center().y());
        const QPointF to(box.right() - 6 * m_unit, box.center().y());
        edge.curve = {from, from + (to - from) / 3, from + (to - from) * 2 / 3, to};
        edge.path = QPainterPath(from);
        edge.path.cubicTo(edge.curve[1], edge.curve[2], to);
        edge.line = {from, to};
        m_legend.samples.edges.push_back(std::move(edge));
    }

    /// Two lines, one behind the other.
    void addWeights(const QRectF& box)
    {
        const double half = box.width() / 2;
        for (const auto& [left, bytes] :
             {std::pair{box.left(), 1'000'000LL}, std::pair{box.left() + half, 1'000'000'000LL}}) {
            addEdge(QRectF(left, box.top(), half, box.height()), EdgeKind::Copy);
            m_legend.samples.edges.back().bytes = bytes;
        }
    }

    void addBar(const QRectF& box)
    {
        PictureNode& node = addNode(box, stageNode(0));
        node.role = Role::Ships;
        const double inset = 12 * m_unit;
        const double height = 6 * m_unit;
        node.bar.setRect(inset, (box.height() - height) / 2, box.width() - 2 * inset, height);
        node.basePart = 0.4;
        node.ownPart = 0.35;
        node.status = middle(QStringLiteral(" "), {}); // a bar is drawn below a size
    }

    Legend& m_legend;
    const PictureFonts& m_fonts;
    double m_unit;
};

double wordsWidth(const PictureFonts& fonts)
{
    double widest = 0;
    for (const Row& row : kRows)
        widest = std::max(widest, QFontMetricsF(fonts.small).horizontalAdvance(Diagram::tr(row.words)));
    return std::ceil(widest) + 1;
}

} // namespace

Legend legendWithin(const PictureFonts& fonts, double room)
{
    const double unit = fonts.em / kPlainEm;
    const double words = wordsWidth(fonts);
    const double column = (kSample + kGap) * unit + words;
    const double pad = kPad * unit;
    const double step = column + kColumnGap * unit;
    const auto fits = static_cast<int>((room - 2 * pad + kColumnGap * unit) / step);
    const auto rows = static_cast<int>(kRows.size());
    const int columns = std::clamp(fits, 1, 4);
    const int each = std::max(1, (rows + columns - 1) / columns); // rows of a column

    Legend legend;
    legend.samples.fonts = fonts;
    Sampler sampler(legend, fonts);
    for (int i = 0; i < rows; ++i) {
        const int right = i / each;
        const int down = i % each;
        const QPointF corner(pad + right * step, pad + down * kRowHeight * unit);
        const Row& row = kRows.at(static_cast<std::size_t>(i));
        sampler.add(row, corner);
        legend.texts.push_back({Diagram::tr(row.words),
                                QRectF(corner.x() + (kSample + kGap) * unit, corner.y(), words, kRowHeight * unit)});
    }
    const int used = (rows + each - 1) / each;
    legend.size = {used * step - kColumnGap * unit + 2 * pad, each * kRowHeight * unit + 2 * pad};
    return legend;
}

void paintLegend(QPainter& painter, const Legend& legend, const Theme& theme)
{
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.setPen(QPen(theme.nodeBorder, 1));
    painter.setBrush(theme.canvas);
    painter.drawRoundedRect(QRectF(QPointF(0, 0), legend.size).adjusted(0.5, 0.5, -0.5, -0.5), kCorner, kCorner);
    const Marks marks;
    const Look look{legend.samples, theme, marks};
    for (int node = 0; node < static_cast<int>(legend.samples.nodes.size()); ++node)
        paintNode(painter, look, node);
    for (int edge = 0; edge < static_cast<int>(legend.samples.edges.size()); ++edge) {
        paintEdge(painter, look, edge);
        paintEdgeLabel(painter, look, edge);
    }
    painter.setFont(legend.samples.fonts.small);
    painter.setPen(theme.text);
    for (const LegendText& each : legend.texts)
        painter.drawText(each.rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip,
                         each.text);
}

LegendBox::LegendBox(QGraphicsView& view, const DiagramScene& scene)
    : QWidget(view.viewport()), m_view(view), m_scene(scene)
{
    setObjectName(QStringLiteral("diagramLegend"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("Legend"));
    QStringList words;
    for (const Row& row : kRows)
        words += Diagram::tr(row.words);
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    view.viewport()->installEventFilter(this);
    hide();
}

void LegendBox::setWanted(bool wanted)
{
    m_wanted = wanted;
    settle();
}

void LegendBox::settle()
{
    m_legend = legendWithin(PictureFonts::from(m_view.font()), 0);
    const QSize size = m_legend.size.toSize() + QSize(1, 1);
    const QRect room = m_view.viewport()->rect();
    setGeometry(QRect(QPoint(room.left() + kDistance, room.bottom() - kDistance - size.height()), size));
    const bool fits = size.width() < room.width() * kMostOfView && size.height() < room.height() - 2 * kDistance;
    setVisible(m_wanted && fits);
    raise();
}

bool LegendBox::eventFilter(QObject*, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        settle();
    return false;
}

void LegendBox::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintLegend(painter, m_legend, m_scene.theme());
}

} // namespace stagelift::ui
