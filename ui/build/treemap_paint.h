// SPDX-License-Identifier: GPL-3.0-or-later
//
// Paints a treemap that is laid out: frames with their names, and in them what is in them, each in the hue of its
// stage.

#pragma once

#include "ui/build/treemap_plan.h"
#include "ui/theme/theme.h"

#include <QFont>
#include <QRectF>

class QPainter;

namespace stagelift::ui {

struct TreemapLook {
    Theme theme;
    QFont font;
    int hovered = -1; // keys
    int current = -1; // with a frame around it
};

/// @param open by tile, whether something is laid out in it
void paintTreemap(QPainter& painter, const TreemapPlan& plan, const std::vector<TreemapTile>& tiles,
                  const std::vector<bool>& open, const TreemapLook& look);

[[nodiscard]] inline QRectF rectOf(const TreemapRect& rect)
{
    return {rect.left, rect.top, rect.width, rect.height};
}

} // namespace stagelift::ui
