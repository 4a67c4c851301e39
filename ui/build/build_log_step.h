// SPDX-License-Identifier: GPL-3.0-or-later
//
// A step of the log as the model keeps it: which of its lines have rows, and which rows lead to others.

#pragma once

#include "ui/build/build_log_model.h"

namespace stagelift::ui {

struct BuildLogModel::Step {
    BuildStep step;
    qint64 first = 0; // the lines [first, first + count) have rows
    int count = 0;
    qint64 total = 0;     // as far as the rows know
    bool earlier = false; // a row ahead of them leads to those before,
    bool later = false;   // one behind them to those that follow

    [[nodiscard]] qint64 end() const { return first + count; }
    [[nodiscard]] int rows() const { return count + (earlier ? 1 : 0) + (later ? 1 : 0); }
    [[nodiscard]] int rowOfLine(qint64 line) const { return static_cast<int>(line - first) + (earlier ? 1 : 0); }
    [[nodiscard]] qint64 lineOfRow(int row) const { return first + row - (earlier ? 1 : 0); }
    [[nodiscard]] bool isNote(int row) const { return (earlier && row == 0) || (later && row == rows() - 1); }
};

} // namespace stagelift::ui
