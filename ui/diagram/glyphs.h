// SPDX-License-Identifier: GPL-3.0-or-later
//
// The small signs of the diagram as paths, each made to fill a square.

#pragma once

#include "core/engine/build.h"

#include <QPainterPath>
#include <QRectF>

namespace stagelift::ui::glyphs {

[[nodiscard]] QPainterPath star(const QRectF& square);
[[nodiscard]] QPainterPath file(const QRectF& square);
[[nodiscard]] QPainterPath folder(const QRectF& square);
[[nodiscard]] QPainterPath layers(const QRectF& square);
[[nodiscard]] QPainterPath grip(const QRectF& square);
/// For a line, not a fill: to the right where something is closed, down where it is open.
[[nodiscard]] QPainterPath chevron(const QRectF& square, bool open);
[[nodiscard]] QPainterPath cross(const QRectF& square);
/// A triangle, and in it, left out, an exclamation mark.
[[nodiscard]] QPainterPath warning(const QRectF& square);
/// That triangle alone.
[[nodiscard]] QPainterPath warningGround(const QRectF& square);
/// For a line, not a fill.
[[nodiscard]] QPainterPath state(StepState state, const QRectF& square);

} // namespace stagelift::ui::glyphs
