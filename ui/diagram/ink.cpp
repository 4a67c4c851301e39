// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/ink.h"

#include <QtMath>

#include <cmath>

namespace stagelift::ui {

namespace {

constexpr double kDim = 0.45;     // of the strength of what the target does not need
constexpr double kDimText = 0.93; // its texts stay readable
constexpr double kShipsWeight = 1.6;

} // namespace

QColor mixed(const QColor& colour, const QColor& ground, double part)
{
    const auto mix = [part](int a, int b) { return static_cast<int>(std::lround(a * part + b * (1 - part))); };
    return {mix(colour.red(), ground.red()), mix(colour.green(), ground.green()), mix(colour.blue(), ground.blue())};
}

Ink::Ink(const Theme& theme, const PictureNode& node)
{
    const bool stage = node.ref.kind == NodeKind::Stage;
    const auto by = [&node](double dimmed) { return dimmed + (1 - dimmed) * node.need; };
    const double strength = by(kDim);
    const QColor ground = stage ? theme.node : theme.nodeQuiet;
    fill = mixed(ground, theme.canvas, by(0.6));
    border = mixed(theme.nodeBorder, theme.canvas, by(0.65));
    text = mixed(stage ? theme.text : theme.textQuiet, theme.textQuiet, node.need);
    quiet = mixed(theme.textQuiet, fill, by(kDimText));
    hue = mixed(stage ? theme.stageHue(node.ref.index) : theme.edge, theme.canvas, strength);
    ships = mixed(theme.ships, fill, strength);
    leftBehind = mixed(theme.leftBehind, fill, strength);
}

QPen borderPen(const Look& look, const PictureNode& node, const Ink& ink, bool hovered, double width)
{
    const QColor colour = hovered ? mixed(look.theme.accent, ink.border, 0.6) : ink.border;
    switch (node.role) {
    case Role::Ships:
        return {hovered ? colour : mixed(look.theme.ships, ink.border, 0.75), kShipsWeight * width};
    case Role::LeftBehind:
        return {mixed(ink.quiet, colour, 0.35), width, Qt::DashLine};
    case Role::OnlyForTests:
        return {mixed(ink.quiet, colour, 0.35), width, Qt::DashDotLine};
    case Role::BuiltToo:
        return {mixed(ink.quiet, colour, 0.35), width, Qt::DashDotDotLine};
    case Role::NotNeeded:
        return {mixed(ink.quiet, colour, 0.35), width, Qt::DotLine};
    }
    return {colour, width};
}

void paintCards(QPainter& painter, const Look& look, const PictureNode& node, const Ink& ink, const Cards& cards)
{
    constexpr double kStep = 3;
    painter.setPen(borderPen(look, node, ink, false, cards.pixel));
    painter.setBrush(mixed(ink.fill, look.theme.canvas, 0.7));
    for (const double step : {2 * kStep, kStep})
        painter.drawRoundedRect(cards.rect.translated(step * cards.pixel, -step * cards.pixel), cards.radius,
                                cards.radius);
}

QPainterPath stripe(const QRectF& rect, double radius, double width)
{
    const double start = qRadiansToDegrees(std::acos((width - radius) / radius));
    const QRectF top(rect.left(), rect.top(), 2 * radius, 2 * radius);
    const QRectF bottom = top.translated(0, rect.height() - 2 * radius);
    QPainterPath path;
    path.arcMoveTo(top, start);
    path.arcTo(top, start, 180 - start);
    path.arcTo(bottom, 180, 180 - start);
    path.closeSubpath();
    return path;
}

} // namespace stagelift::ui
