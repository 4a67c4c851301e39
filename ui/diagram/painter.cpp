// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/painter.h"

#include "ui/diagram/drag_marks.h"
#include "ui/diagram/far_room.h"
#include "ui/diagram/glyphs.h"
#include "ui/diagram/ink.h"
#include "ui/diagram/pixels.h"
#include "ui/diagram/text_line.h"

#include <algorithm>

namespace stagelift::ui {

namespace {

constexpr double kRadius = 8;
constexpr double kStripe = 5;
constexpr double kBorder = 1;
constexpr double kBadgeTint = 0.14;

void drawText(QPainter& painter, const PictureText& text, const QFont& font, const QColor& colour,
              Qt::Alignment alignment = Qt::AlignLeft)
{
    painter.setFont(font);
    painter.setPen(colour);
    drawTextLine(painter, text.rect, alignment, text.shown);
}

void outline(QPainter& painter, const QRectF& rect, double radius, const QColor& colour, double width, double distance)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, width));
    painter.drawRoundedRect(rect.adjusted(-distance, -distance, distance, distance), radius + distance,
                            radius + distance);
}

void paintMarks(QPainter& painter, const Look& look, int index, const QRectF& rect, double radius)
{
    const Marks& marks = look.marks;
    paintTaker(painter, look, index, rect, radius);
    if (index == marks.dropNode) {
        const QColor colour = marks.dropAllowed ? look.theme.accent : look.theme.error;
        QColor veil = colour;
        veil.setAlphaF(0.12F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(veil);
        painter.drawRoundedRect(rect, radius, radius);
        outline(painter, rect, radius, colour, 2.5, 3);
        paintDropLine(painter, look, rect);
    } else if (index == marks.selectedNode) {
        outline(painter, rect, radius, look.theme.accent, 2, 3);
    } else if (index == marks.caretNode) {
        outline(painter, rect, radius, mixed(look.theme.accent, look.theme.canvas, 0.75), 1.5, 2.5);
    }
    paintPort(painter, look, index, rect);
}

void paintShadow(QPainter& painter, const QRectF& rect, double radius)
{
    painter.setPen(Qt::NoPen);
    for (const double depth : {2.5, 1.0}) {
        painter.setBrush(QColor(0, 0, 0, 14));
        painter.drawRoundedRect(rect.translated(0, depth), radius, radius);
    }
}

/// The keyword stands out from what it is about.
void paintInstruction(QPainter& painter, const Look& look, const PictureRow& row, const Ink& ink, bool hovered)
{
    if (hovered) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(mixed(ink.hue, ink.fill, 0.16));
        painter.drawRoundedRect(row.rect, 3, 3);
    }
    PictureText keyword = row.text;
    keyword.shown = row.text.shown.section(QLatin1Char(' '), 0, 0);
    PictureText rest = row.text;
    rest.shown = row.text.shown.mid(keyword.shown.size());
    rest.rect.setLeft(rest.rect.left() + QFontMetricsF(look.picture.fonts.small).horizontalAdvance(keyword.shown));
    drawText(painter, keyword, look.picture.fonts.small, ink.text);
    drawText(painter, rest, look.picture.fonts.small, ink.quiet);
}

void paintRow(QPainter& painter, const Look& look, const PictureRow& row, const Ink& ink, bool hovered)
{
    if (row.kind == RowKind::Instruction) {
        paintInstruction(painter, look, row, ink, hovered);
        return;
    }
    const bool draggable = row.kind != RowKind::More;
    const double em = look.picture.fonts.em;
    if (draggable) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(mixed(ink.hue, ink.fill, hovered ? 0.24 : 0.09));
        painter.drawRoundedRect(row.rect, 4, 4);
        const double side = em * 0.92;
        const QRectF glyph(row.rect.left() + em * 0.35, row.rect.center().y() - side / 2, side, side);
        painter.setBrush(row.certain ? mixed(ink.hue, ink.fill, 0.25) : ink.fill);
        painter.setPen(
            QPen(mixed(ink.quiet, ink.fill, row.certain ? 0.9 : 0.6), 1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(row.folder ? glyphs::folder(glyph) : glyphs::file(glyph));
        painter.setPen(Qt::NoPen);
        painter.setBrush(mixed(ink.quiet, ink.fill, hovered ? 1 : 0.5));
        painter.drawPath(glyphs::grip({row.rect.right() - em * 0.95, row.rect.center().y() - em / 2, em * 0.75, em}));
    }
    const bool plain = row.certain && row.kind == RowKind::Artifact;
    drawText(painter, row.text, look.picture.fonts.small, plain ? ink.text : ink.quiet);
}

/// All rows of a node, and above an open stage's instructions a thin line.
void paintRows(QPainter& painter, const Look& look, int index, const Ink& ink)
{
    const PictureNode& node = look.picture.nodes[static_cast<std::size_t>(index)];
    const bool hovered = index == look.marks.hoveredNode;
    for (int i = 0; std::cmp_less(i, node.rows.size()); ++i) {
        const PictureRow& row = node.rows[static_cast<std::size_t>(i)];
        paintRow(painter, look, row, ink, hovered && look.marks.hoveredRow == i);
        if (std::ranges::contains(look.marks.chosenRows, RowPlace{index, i})) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(look.theme.accent, 1.5));
            painter.drawRoundedRect(row.rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        }
    }
    if (node.chevron.isEmpty())
        return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(ink.quiet, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(glyphs::chevron(node.chevron, node.open));
    const auto first = std::ranges::find(node.rows, RowKind::Instruction, &PictureRow::kind);
    if (first == node.rows.end())
        return;
    painter.setPen(QPen(mixed(ink.border, ink.fill, 0.6), 1));
    const double y = first->rect.top() - look.picture.fonts.em * 0.25;
    painter.drawLine(QPointF(first->rect.left(), y), QPointF(first->rect.right(), y));
}

void paintBadge(QPainter& painter, const Look& look, const PictureNode& node, const Ink& ink)
{
    if (node.badge.rect.isEmpty())
        return;
    const bool ships = node.role == Role::Ships;
    const double radius = node.badge.rect.height() / 2;
    const double opacity = painter.opacity();
    painter.setOpacity(opacity * node.said);
    painter.setPen(ships
                       ? QPen(ink.ships, 1)
                       : QPen(mixed(ink.quiet, ink.fill, 0.35), 1, borderPen(look, node, ink, false, kBorder).style()));
    painter.setBrush(ships ? mixed(look.theme.ships, ink.fill, kBadgeTint) : QColor(Qt::transparent));
    painter.drawRoundedRect(node.badge.rect, radius, radius);
    drawText(painter, node.badge, look.picture.fonts.small, ships ? ink.text : ink.quiet, Qt::AlignHCenter);
    if (!node.star.isEmpty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(look.theme.warning);
        painter.drawPath(glyphs::star(node.star));
    }
    painter.setOpacity(opacity);
}

void paintBar(QPainter& painter, const PictureNode& node, const Ink& ink)
{
    const double radius = node.bar.height() / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(mixed(ink.quiet, ink.fill, 0.16));
    painter.drawRoundedRect(node.bar, radius, radius);
    const double parts = node.basePart + node.ownPart;
    if (parts <= 0)
        return;
    const QColor own = node.role == Role::Ships ? ink.ships : mixed(ink.quiet, ink.fill, 0.8);
    // All of it in the base's lighter tone, then the stage's own part over its right end.
    QRectF all = node.bar;
    all.setWidth(std::max(node.bar.width() * std::min(parts, 1.0), node.bar.height()));
    painter.setBrush(mixed(own, ink.fill, 0.42));
    painter.drawRoundedRect(all, radius, radius);
    QRectF right = all;
    right.setLeft(all.right() - all.width() * node.ownPart / parts);
    painter.setBrush(own);
    if (right.width() >= node.bar.height())
        painter.drawRoundedRect(right, radius, radius);
    else if (right.width() > 0)
        painter.drawRoundedRect(right, right.width() / 2, right.width() / 2);
}

void paintStatus(QPainter& painter, const Look& look, const PictureNode& node, const Ink& ink)
{
    if (node.status.shown.isEmpty())
        return;
    drawText(painter, node.time, look.picture.fonts.small, ink.quiet, Qt::AlignRight);
    if (!node.state) {
        drawText(painter, node.status, look.picture.fonts.title, node.overBudget ? look.theme.error : ink.text);
        paintBar(painter, node, ink);
        return;
    }
    drawText(painter, node.status, look.picture.fonts.text, ink.text);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(stateColour(look.theme, *node.state), 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(glyphs::state(*node.state, node.mark));
}

void paintStage(QPainter& painter, const Look& look, int index, const Ink& ink)
{
    const PictureNode& node = look.picture.nodes[static_cast<std::size_t>(index)];
    const double pixel = pixelOf(painter);
    const QRectF rect = onPixels(painter, QRectF(QPointF(0, 0), node.rect.size()), kBorder);
    const bool hovered = index == look.marks.hoveredNode;
    if (node.needed)
        paintShadow(painter, rect, kRadius);
    if (!node.members.empty())
        paintCards(painter, look, node, ink, {.rect = rect, .radius = kRadius, .pixel = 1});
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink.fill);
    painter.drawRoundedRect(rect, kRadius, kRadius);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(borderPen(look, node, ink, hovered, wholePixels(kBorder, pixel)));
    painter.drawRoundedRect(rect, kRadius, kRadius);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink.hue);
    painter.drawPath(stripe(rect, kRadius, kStripe));
    const PictureFonts& fonts = look.picture.fonts;
    drawText(painter, node.title, node.unnamed ? fonts.unnamed : fonts.title, ink.text);
    drawText(painter, node.subtitle, fonts.small, ink.quiet);
    paintBadge(painter, look, node, ink);
    paintRows(painter, look, index, ink);
    paintStatus(painter, look, node, ink);
    paintMarks(painter, look, index, rect, kRadius);
}

/// An image or a context.
void paintQuiet(QPainter& painter, const Look& look, int index, const Ink& ink)
{
    const PictureNode& node = look.picture.nodes[static_cast<std::size_t>(index)];
    const QRectF rect = onPixels(painter, QRectF(QPointF(0, 0), node.rect.size()), kBorder);
    const bool hovered = index == look.marks.hoveredNode;
    const double em = look.picture.fonts.em;
    const double radius = roundingOf(node, em);
    painter.setPen(
        QPen(hovered ? mixed(look.theme.accent, ink.border, 0.6) : ink.border, wholePixels(kBorder, pixelOf(painter))));
    painter.setBrush(ink.fill);
    painter.drawRoundedRect(rect, radius, radius);
    const QRectF glyph(node.title.rect.left() - em * 1.4, node.title.rect.center().y() - em / 2, em, em);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(ink.quiet, 1.1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(node.ref.kind == NodeKind::Image ? glyphs::layers(glyph) : glyphs::folder(glyph));
    drawText(painter, node.title, look.picture.fonts.text, ink.text);
    paintRows(painter, look, index, ink);
    paintMarks(painter, look, index, rect, radius);
}

/// Over what a search does not find. It is not made transparent, for lines would show through it.
void paintVeil(QPainter& painter, const Look& look, const PictureNode& node)
{
    const QRectF covered = look.far > 0 ? farRect(node, look.scale) : node.rect;
    QColor veil = look.theme.canvas;
    veil.setAlphaF(static_cast<float>(1 - kNotFound));
    painter.setOpacity(1);
    painter.setPen(Qt::NoPen);
    painter.setBrush(veil);
    painter.drawRoundedRect(covered.translated(-node.rect.topLeft()).adjusted(-2, -2, 2, 2), kRadius, kRadius);
}

} // namespace

QColor stateColour(const Theme& theme, StepState state)
{
    switch (state) {
    case StepState::Running:
        return theme.accent;
    case StepState::Done:
    case StepState::Cached:
        return theme.success;
    case StepState::Failed:
        return theme.error;
    case StepState::Stopped:
        return theme.warning;
    case StepState::Waiting:
        break;
    }
    return theme.textQuiet;
}

void paintNode(QPainter& painter, const Look& look, int node)
{
    const PictureNode& drawn = look.picture.nodes[static_cast<std::size_t>(node)];
    const Ink ink(look.theme, drawn);
    painter.save();
    painter.translate(drawn.rect.topLeft());
    if (look.far < 1)
        drawn.ref.kind == NodeKind::Stage ? paintStage(painter, look, node, ink) : paintQuiet(painter, look, node, ink);
    if (look.far > 0) {
        painter.setOpacity(look.far * painter.opacity());
        paintFarNode(painter, look, node, ink);
    }
    if (look.marks.searching && !look.marks.foundNodes.contains(node))
        paintVeil(painter, look, drawn);
    painter.restore();
}

void paintPicture(QPainter& painter, const Picture& picture, const Theme& theme, const Marks& marks)
{
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    if (!picture.message.isEmpty()) {
        painter.setFont(picture.fonts.text);
        painter.setPen(theme.textQuiet);
        painter.drawText(picture.bounds, Qt::AlignCenter, picture.message);
        return;
    }
    painter.fillRect(picture.bounds, theme.canvas);
    const Look look{picture, theme, marks};
    for (int edge = 0; edge < static_cast<int>(picture.edges.size()); ++edge)
        paintEdge(painter, look, edge);
    for (int node = 0; node < static_cast<int>(picture.nodes.size()); ++node)
        paintNode(painter, look, node);
    for (int edge = 0; edge < static_cast<int>(picture.edges.size()); ++edge)
        paintEdgeLabel(painter, look, edge);
}

} // namespace stagelift::ui
