// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/artifacts/run_problem_list.h"

#include "ui/artifacts/run_words.h"
#include "ui/diagram/words.h"
#include "ui/theme/apply_theme.h"

#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kProblem = Qt::UserRole; // its number
constexpr int kProgramWidth = 220;     // px
constexpr int kMissingWidth = 340;     // px

} // namespace

RunProblemList::RunProblemList(QWidget* parent) : QTreeWidget(parent), m_theme(Theme::ofDesktop())
{
    setColumnCount(kColumns);
    setHeaderLabels({tr("Line"), tr("Program"), tr("Can't start in"), tr("What is missing there"), tr("What to do")});
    setAccessibleName(tr("Programs that can't start"));
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setFrameShape(QFrame::NoFrame);
    setTextElideMode(Qt::ElideRight);
    header()->setStretchLastSection(true);
    header()->setSectionResizeMode(Line, QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(Stage, QHeaderView::ResizeToContents);
    header()->resizeSection(Program, kProgramWidth);
    header()->resizeSection(Missing, kMissingWidth);
    connect(this, &QTreeWidget::itemClicked, this, &RunProblemList::choose);
    connect(this, &QTreeWidget::itemActivated, this, &RunProblemList::choose);
}

void RunProblemList::setTheme(const Theme& theme)
{
    m_theme = theme;
    for (int row = 0; row < topLevelItemCount(); ++row)
        paintRow(*topLevelItem(row));
}

void RunProblemList::paintRow(QTreeWidgetItem& row) const
{
    for (const int quiet : {Line, Stage})
        row.setForeground(quiet, m_theme.textQuiet);
}

void RunProblemList::showProblems(const AnalysisPtr& analysis, const std::vector<RunProblem>& problems)
{
    const int current = indexOfTopLevelItem(currentItem());
    clear();
    QList<QTreeWidgetItem*> rows;
    for (std::size_t i = 0; i < problems.size(); ++i) {
        const RunProblem& problem = problems[i];
        const auto& copy = analysis->dockerfile.instructions.at(static_cast<std::size_t>(problem.instruction));
        QString remedy = remedyText(*analysis, problem);
        if (!problem.mend.empty())
            remedy += u' ' + tr("Ctrl+. on the line copies along what it needs.");
        for (const std::string& program : problem.programs) {
            auto* row = new QTreeWidgetItem({QString::number(copy.lines.first), toQt(program),
                                             toQt(analysis->graph.label(stageNode(problem.stage))),
                                             missingText(problem), remedy});
            row->setTextAlignment(Line, Qt::AlignRight | Qt::AlignVCenter);
            row->setIcon(Program, themeIcon(u"data-warning"_s));
            row->setData(Line, kProblem, static_cast<int>(i));
            for (const int wide : {Program, Missing, Remedy})
                row->setToolTip(wide, row->text(wide));
            paintRow(*row);
            rows << row;
        }
    }
    addTopLevelItems(rows);
    if (QTreeWidgetItem* same = topLevelItem(std::max(current, 0)))
        setCurrentItem(same);
}

void RunProblemList::choose(const QTreeWidgetItem* row)
{
    emit chosen(row->data(Line, kProblem).toInt());
}

void RunProblemList::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        emit left();
    else
        QTreeWidget::keyPressEvent(event);
}

} // namespace stagelift::ui
