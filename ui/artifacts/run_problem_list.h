// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every program that can't start where a COPY has put it, a row each: the line, what it lacks and for whom, and what
// helps. A click or Enter goes to the COPY.

#pragma once

#include "core/engine/files/run_problems.h"
#include "ui/theme/theme.h"

#include <QTreeWidget>

namespace stagelift::ui {

class RunProblemList : public QTreeWidget {
    Q_OBJECT
public:
    enum Column : quint8 { Line, Program, Stage, Missing, Remedy, kColumns };

    explicit RunProblemList(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void showProblems(const AnalysisPtr& analysis, const std::vector<RunProblem>& problems);

signals:
    void chosen(int problem); // one of those that are shown
    void left();              // by Esc

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void choose(const QTreeWidgetItem* row);
    void paintRow(QTreeWidgetItem& row) const;

    Theme m_theme;
};

} // namespace stagelift::ui
