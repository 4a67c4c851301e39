// SPDX-License-Identifier: GPL-3.0-or-later
//
// A line of text in a picture. A picture has thousands of them, painted sixty times a second while someone pans: on the
// screen each is shaped once, and drawn from its glyphs after that. In a file it stays text.

#pragma once

#include <QPainter>

namespace stagelift::ui {

/// Draws the text with the painter's font and pen; in the middle of the rect's height, and beyond its sides where it is
/// wider.
void drawTextLine(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& text);

} // namespace stagelift::ui
