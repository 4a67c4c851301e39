// SPDX-License-Identifier: GPL-3.0-or-later
//
// Nodes as they are read from afar. What is drawn here is sized for the eye: in pixels of the screen, whatever the
// zoom.

#include "ui/diagram/drag_marks.h"
#include "ui/diagram/far_room.h"
#include "ui/diagram/glyphs.h"
#include "ui/diagram/ink.h"
#include "ui/diagram/pixels.h"
#include "ui/diagram/text_line.h"

#include <algorithm>

namespace stagelift::ui {

namespace {

// In pixels of the screen.
constexpr double kRadius = 4;
constexpr double kStripe = 4;
constexpr double kBorder = 1;
constexpr double kMark = 2; // of what is selected
constexpr double kPad = 3;
constexpr double kSign = 10;     // the star, and the state of a build
constexpr double kTightSign = 7; // the same where the name needs the room
constexpr double kMostText = 12;

constexpr double kShipsTint = 0.13;

/// What surrounds a node's name, at the node's corner.
struct Frame {
    QRectF rect;
    double pixel; // of the screen, in scene units
    double radius;
    double band;        // of the stage's hue
    QRectF room;        // of the name
    double sign;        // the size of the star, and of the state of a build
    bool tight = false; // no room for both: the signs move up into the corner, over the end of the name

    Frame(const QPainter& painter, const Look& look, const PictureNode& node)
        : rect(onPixels(painter, farRect(node, look.scale).translated(-node.rect.topLeft()), kBorder / look.scale)),
          pixel(1 / look.scale)
    {
        const int count = (node.star.isEmpty() ? 0 : 1) + (node.state ? 1 : 0);
        radius = std::min(kRadius * pixel, rect.height() / 3);
        band = node.ref.kind == NodeKind::Stage ? std::min(kStripe * pixel, 1.5 * radius) : 0;
        const double above = std::min(pixel, rect.height() / 20);
        const QRectF all = rect.adjusted(band + kPad * pixel, above, -kPad * pixel, -above);
        room = all.adjusted(0, 0, -count * (kSign + kPad) * pixel, 0);
        tight = count > 0 && node.far.fit(room.size(), kFarText * pixel, kMostText * pixel).lines.isEmpty();
        if (tight)
            room = all;
        sign = std::min((tight ? kTightSign : kSign) * pixel, (tight ? 0.5 : 0.8) * rect.height());
    }
};

void paintName(QPainter& painter, const Look& look, const PictureNode& node, const QRectF& room, const QColor& colour)
{
    const double pixel = 1 / look.scale;
    // What the target does not need is not to be read first.
    const FarLines written = node.far.fit(room.size(), kFarText * pixel, (node.needed ? kMostText : kFarText) * pixel);
    const PictureFonts& fonts = look.picture.fonts;
    QFont font = node.ref.kind != NodeKind::Stage ? fonts.text : node.unnamed ? fonts.unnamed : fonts.title;
    if (written.lines.isEmpty())
        return;
    font.setPixelSize(written.pixelSize);
    painter.setFont(font);
    painter.setPen(colour);
    const double height = written.pixelSize * FarLines::kLineHeight;
    QRectF line(room.left(), room.center().y() - height * static_cast<double>(written.lines.size()) / 2, room.width(),
                height);
    for (const QString& text : written.lines) {
        drawTextLine(painter, line, Qt::AlignHCenter, text);
        line.translate(0, height);
    }
}

/// Within the outline: a node has little room around it on the screen.
void paintMark(QPainter& painter, const Look& look, int index, const Frame& frame)
{
    const Marks& marks = look.marks;
    QColor colour;
    if (index == marks.dropNode)
        colour = marks.dropAllowed ? look.theme.accent : look.theme.error;
    else if (index == marks.selectedNode)
        colour = look.theme.accent;
    else if (index == marks.caretNode)
        colour = mixed(look.theme.accent, look.theme.canvas, 0.75);
    if (!colour.isValid())
        return;
    const double width = kMark * frame.pixel;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, width));
    painter.drawRoundedRect(frame.rect.adjusted(width / 2, width / 2, -width / 2, -width / 2), frame.radius,
                            frame.radius);
}

/// The star of the target and what a build is doing, at the right.
void paintSigns(QPainter& painter, const Look& look, const PictureNode& node, const Frame& frame)
{
    const double opacity = painter.opacity();
    painter.setOpacity(opacity * node.said);
    double left = frame.rect.right();
    const auto place = [&] {
        left -= frame.sign + (frame.tight ? 0 : kPad * frame.pixel);
        const double top = frame.tight ? frame.rect.top() : frame.rect.center().y() - frame.sign / 2;
        return QRectF(left, top, frame.sign, frame.sign);
    };
    if (!node.star.isEmpty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(look.theme.warning);
        painter.drawPath(glyphs::star(place()));
    }
    painter.setOpacity(opacity);
    if (node.state) {
        const QRectF sign = place();
        painter.setBrush(Qt::NoBrush);
        painter.setPen(
            QPen(stateColour(look.theme, *node.state), 1.4 * frame.pixel, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(glyphs::state(*node.state, sign));
    }
}

} // namespace

void paintFarNode(QPainter& painter, const Look& look, int index, const Ink& ink)
{
    const PictureNode& node = look.picture.nodes[static_cast<std::size_t>(index)];
    const Frame frame(painter, look, node);
    const bool stage = node.ref.kind == NodeKind::Stage;
    const bool hovered = index == look.marks.hoveredNode;
    if (!node.members.empty())
        paintCards(painter, look, node, ink, {.rect = frame.rect, .radius = frame.radius, .pixel = frame.pixel / 2});
    painter.setPen(stage ? borderPen(look, node, ink, hovered, kBorder * frame.pixel)
                         : QPen(hovered ? look.theme.accent : ink.border, kBorder * frame.pixel));
    painter.setBrush(stage && node.role == Role::Ships ? mixed(look.theme.ships, ink.fill, kShipsTint) : ink.fill);
    painter.drawRoundedRect(frame.rect, frame.radius, frame.radius);
    if (stage) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink.hue);
        painter.drawPath(stripe(frame.rect, frame.radius, frame.band));
    }
    paintName(painter, look, node, frame.room, ink.text);
    if (stage)
        paintSigns(painter, look, node, frame);
    paintTaker(painter, look, index, frame.rect, frame.radius, frame.pixel);
    paintMark(painter, look, index, frame);
}

} // namespace stagelift::ui
