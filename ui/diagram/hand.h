// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the hand over the diagram is about at this moment: what it carries, over what, and whether it may be put down.

#pragma once

#include "ui/diagram/carry.h"
#include "ui/diagram/painter.h"

#include <QPointF>
#include <QTimer>

#include <optional>
#include <vector>

namespace stagelift::ui {

struct Hand {
    std::optional<Carried> carried;
    QPointF at;                     // of the pointer, in the scene
    std::optional<Spot> over;       // what it would be put down on
    std::optional<Refusal> refused; // there
    AnalysisPtr taken;              // the text that `takers` were asked of
    std::vector<Taker> takers;      // by the picture's nodes
    double line = -1;               // the height in the node where a line would go in; -1 where that is not said
    std::optional<int> opened;      // a stage that is open as long as something is carried
    QTimer opens;                   // the stage that it rests on

    [[nodiscard]] bool isCarrying() const { return carried.has_value(); }
    void letGo()
    {
        carried.reset();
        over.reset();
        refused.reset();
        taken.reset();
        takers.clear();
        line = -1;
        opened.reset();
        opens.stop();
    }
};

} // namespace stagelift::ui
