// SPDX-License-Identifier: GPL-3.0-or-later
//
// A strip that says which copied programs can't start where they were copied to. Without any it is not there.

#pragma once

#include "core/engine/files/run_problems.h"
#include "ui/theme/theme.h"

#include <QLabel>

namespace stagelift::ui {

class RunNotice : public QLabel {
    Q_OBJECT
public:
    explicit RunNotice(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void showProblems(const Analysis& analysis, const std::vector<RunProblem>& problems);
};

} // namespace stagelift::ui
