// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a reader does with the build log: goes from it to the text and back, searches, copies, saves.

#include "ui/build/build_log.h"
#include "ui/build/log_line_delegate.h"
#include "ui/build/log_work.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTreeView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

std::optional<Span> BuildLog::spanOf(const QModelIndex& index) const
{
    const int instruction = index.isValid() ? index.data(BuildLogModel::InstructionRole).toInt() : -1;
    if (!m_analysis || instruction < 0 ||
        static_cast<std::size_t>(instruction) >= m_analysis->dockerfile.instructions.size())
        return std::nullopt;
    return m_analysis->dockerfile.instructions[static_cast<std::size_t>(instruction)].span;
}

void BuildLog::choose(const QModelIndex& index, void (BuildLog::*signal)(Span))
{
    if (const QModelIndex more = m_model->showMore(index); more.isValid()) {
        setFollowing(false);
        m_view->setCurrentIndex(more);
        m_view->scrollTo(more, QAbstractItemView::PositionAtCenter);
    } else if (const auto span = spanOf(index)) {
        emit(this->*signal)(*span);
    }
}

bool BuildLog::showInstruction(int instruction)
{
    const QModelIndex step = m_model->stepOfInstruction(instruction);
    if (!step.isValid())
        return false;
    m_view->expand(step);
    setFollowing(false);
    // Of one that failed, the end is what explains it.
    const int lines = m_model->rowCount(step);
    const bool failed = step.data(BuildLogModel::StateRole).toInt() == static_cast<int>(StepState::Failed);
    const QModelIndex row = failed && lines > 0 ? m_model->index(lines - 1, 0, step) : step;
    m_view->setCurrentIndex(row);
    m_view->scrollTo(row, row == step ? QAbstractItemView::PositionAtTop : QAbstractItemView::PositionAtBottom);
    return true;
}

std::optional<Span> BuildLog::currentSpan() const
{
    return spanOf(m_view->currentIndex());
}

QStringList BuildLog::lastLines(int instruction, int count) const
{
    return m_model->lastLines(m_model->stepOfInstruction(instruction), count);
}

void BuildLog::copy()
{
    QModelIndexList rows = m_view->selectionModel()->selectedRows(BuildLogModel::State);
    if (rows.isEmpty()) {
        QGuiApplication::clipboard()->setText(m_model->shownText().right(kMostCopied));
        return;
    }
    // Lines sort behind their own step and ahead of the next.
    const auto place = [](const QModelIndex& row) {
        return row.parent().isValid() ? std::pair(row.parent().row(), row.row() + 1) : std::pair(row.row(), 0);
    };
    std::ranges::sort(rows, {}, place);
    QStringList lines;
    for (const QModelIndex& row : std::as_const(rows))
        lines << row.siblingAtColumn(BuildLogModel::Text).data().toString();
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void BuildLog::save()
{
    if (!hasLog())
        return;
    const QString path = QFileDialog::getSaveFileName(this, tr("Save Log"), u"build.log"_s, tr("Text (*.log *.txt)"));
    if (!path.isEmpty())
        saveTo(path);
}

void BuildLog::saveTo(const QString& path)
{
    m_model->flush();
    m_work->save(m_model->snapshot(), path);
}

/// As it is typed, the search goes on from where it was begun: each letter must not lead one line further.
void BuildLog::searchFor(const QString& text)
{
    if (m_lines->sought().isEmpty())
        m_searchBegan = m_model->place(m_view->currentIndex()).value_or(LogPlace());
    m_lines->setSought(text);
    m_view->viewport()->update();
    find(false, true);
}

void BuildLog::find(bool backwards, bool fromItself)
{
    m_work->giveUpSearch();
    m_found->clear();
    if (m_search->text().isEmpty() || m_model->isEmpty())
        return;
    const LogPlace current = m_model->place(m_view->currentIndex()).value_or(LogPlace());
    m_found->setText(tr("searching…"));
    m_work->find(m_model->snapshot(), {.text = m_search->text(),
                                       .from = fromItself ? m_searchBegan : current,
                                       .backwards = backwards,
                                       .fromItself = fromItself});
}

void BuildLog::showFound(const std::optional<LogPlace>& place)
{
    if (!place) {
        m_found->setText(tr("nowhere in the log"));
        return;
    }
    m_found->clear();
    setFollowing(false);
    const QModelIndex hit = m_model->reveal(*place);
    m_view->setCurrentIndex(hit);
    m_view->scrollTo(hit);
}

void BuildLog::findNext()
{
    find(false, false);
}

void BuildLog::findPrevious()
{
    find(true, false);
}

void BuildLog::showMenu(const QPoint& point)
{
    QMenu menu(this);
    const auto span = spanOf(m_view->indexAt(point));
    menu.addAction(tr("Go to Line"), this, [this, span] { emit spanChosen(*span); })->setEnabled(span.has_value());
    menu.addSeparator();
    menu.addAction(tr("Copy"), this, &BuildLog::copy);
    menu.addAction(tr("Save Log…"), this, &BuildLog::save);
    menu.addSeparator();
    menu.addAction(tr("Fold All Steps"), m_view, &QTreeView::collapseAll);
    menu.addAction(tr("Unfold All Steps"), m_view, &QTreeView::expandAll);
    menu.exec(m_view->viewport()->mapToGlobal(point));
}

void BuildLog::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && m_search->hasFocus())
        find(event->modifiers().testFlag(Qt::ShiftModifier), false);
    else if (event->matches(QKeySequence::Find))
        m_search->setFocus(Qt::ShortcutFocusReason);
    else if (event->matches(QKeySequence::FindNext))
        findNext();
    else if (event->matches(QKeySequence::FindPrevious))
        findPrevious();
    else
        QWidget::keyPressEvent(event);
}

} // namespace stagelift::ui
