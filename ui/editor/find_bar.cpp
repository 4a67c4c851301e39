// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/editor/find_bar.h"

#include "ui/editor/editor.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr auto kPause = 80ms; // of typing in the text, before looking again
constexpr int kFieldWidth = 260;
constexpr int kCountWidth = 110;

} // namespace

FindBar::FindBar(Editor& editor, QWidget* parent) : QWidget(parent), m_editor(editor)
{
    setObjectName(u"findBar"_s);
    setFocusPolicy(Qt::NoFocus);
    setFont(QApplication::font()); // not the text's
    setCursor(Qt::ArrowCursor);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Window);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(8, 5, 6, 5);
    rows->setSpacing(4);
    rows->addWidget(findRow());
    m_replaceRow = replaceRow();
    rows->addWidget(m_replaceRow);
    m_later.setSingleShot(true);
    m_later.setInterval(kPause);
    connect(&m_later, &QTimer::timeout, this, &FindBar::look);
}

QToolButton* FindBar::makeButton(const QString& text, const QString& name, const QString& tip)
{
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setObjectName(name);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

QWidget* FindBar::findRow()
{
    auto* row = new QWidget(this);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    m_pattern = new QLineEdit(row);
    m_pattern->setObjectName(u"findPattern"_s);
    m_pattern->setPlaceholderText(tr("Find"));
    m_pattern->setAccessibleName(tr("Find"));
    m_pattern->setMaximumWidth(kFieldWidth);
    m_pattern->setClearButtonEnabled(true);
    connect(m_pattern, &QLineEdit::textChanged, this, &FindBar::searchAgain);
    m_count = new QLabel(row);
    m_count->setObjectName(u"findCount"_s);
    m_count->setMinimumWidth(kCountWidth);
    m_matchCase = makeButton(u"Aa"_s, u"matchCase"_s, tr("Match case"));
    m_wholeWords = makeButton(u"\u201cab\u201d"_s, u"wholeWords"_s, tr("Whole words"));
    m_regularExpression = makeButton(u".*"_s, u"regularExpression"_s, tr("Regular expression"));
    QToolButton* previous = makeButton(u"\u2191"_s, u"findPrevious"_s, tr("Previous match (Shift+F3)"));
    QToolButton* next = makeButton(u"\u2193"_s, u"findNext"_s, tr("Next match (F3)"));
    QToolButton* shut = makeButton(u"\u2715"_s, u"closeFind"_s, tr("Close (Escape)"));
    connect(previous, &QToolButton::clicked, this, &FindBar::findPrevious);
    connect(next, &QToolButton::clicked, this, &FindBar::findNext);
    connect(shut, &QToolButton::clicked, this, &FindBar::close);
    line->addWidget(m_pattern, 1);
    for (QToolButton* toggle : {m_matchCase, m_wholeWords, m_regularExpression}) {
        toggle->setCheckable(true);
        connect(toggle, &QToolButton::toggled, this, &FindBar::searchAgain);
        line->addWidget(toggle);
    }
    line->addWidget(previous);
    line->addWidget(next);
    line->addWidget(m_count);
    line->addStretch();
    line->addWidget(shut);
    return row;
}

QWidget* FindBar::replaceRow()
{
    auto* row = new QWidget(this);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    m_replacement = new QLineEdit(row);
    m_replacement->setObjectName(u"findReplacement"_s);
    m_replacement->setPlaceholderText(tr("Replace with"));
    m_replacement->setAccessibleName(tr("Replace with"));
    m_replacement->setMaximumWidth(kFieldWidth);
    QToolButton* one = makeButton(tr("Replace"), u"replaceOne"_s, tr("Replace this match and go to the next"));
    QToolButton* all = makeButton(tr("Replace all"), u"replaceAll"_s, tr("Replace every match, in one undo step"));
    connect(one, &QToolButton::clicked, this, &FindBar::replaceOne);
    connect(all, &QToolButton::clicked, this, &FindBar::replaceAll);
    line->addWidget(m_replacement, 1);
    line->addWidget(one);
    line->addWidget(all);
    line->addStretch();
    return row;
}

void FindBar::open(bool withReplace)
{
    m_replaceRow->setVisible(withReplace);
    const Span selection = m_editor.selection();
    const std::string selected = m_editor.bytes().substr(selection.begin, selection.size());
    m_origin = selection.begin;
    if (!selected.empty() && !selected.contains('\n'))
        m_pattern->setText(QString::fromStdString(selected));
    show();
    emit visibilityChanged();
    m_pattern->setFocus(Qt::ShortcutFocusReason);
    m_pattern->selectAll();
    look();
}

void FindBar::close()
{
    hide();
    m_matches.clear();
    m_editor.showMatches({});
    emit visibilityChanged();
    m_editor.setFocus(Qt::OtherFocusReason);
}

SearchQuery FindBar::query() const
{
    return {.pattern = m_pattern->text(),
            .regularExpression = m_regularExpression->isChecked(),
            .matchCase = m_matchCase->isChecked(),
            .wholeWords = m_wholeWords->isChecked()};
}

void FindBar::textChanged()
{
    if (isVisible())
        m_later.start();
}

void FindBar::look()
{
    m_later.stop();
    auto found = findAll(m_editor.bytes(), query());
    m_problem = found ? QString() : found.error();
    m_matches = found ? std::move(*found) : std::vector<Span>{};
    m_editor.showMatches(m_matches);
    tellCount();
}

void FindBar::searchAgain()
{
    look();
    const auto next = std::ranges::lower_bound(m_matches, m_origin, {}, &Span::begin);
    if (!m_matches.empty())
        go(next == m_matches.end() ? 0 : next - m_matches.begin());
}

void FindBar::tellCount()
{
    const auto current = std::ranges::find(m_matches, m_editor.selection());
    QPalette colours = palette();
    const bool wrong = !m_problem.isEmpty() || (m_matches.empty() && !m_pattern->text().isEmpty());
    if (wrong)
        colours.setColor(QPalette::WindowText, m_editor.theme().error);
    m_count->setPalette(colours);
    if (!m_problem.isEmpty())
        m_count->setText(m_problem);
    else if (m_pattern->text().isEmpty())
        m_count->clear();
    else if (m_matches.empty())
        m_count->setText(tr("No match"));
    else if (current == m_matches.end())
        m_count->setText(tr("%n match(es)", nullptr, static_cast<int>(m_matches.size())));
    else
        m_count->setText(tr("%1 of %2").arg(current - m_matches.begin() + 1).arg(m_matches.size()));
}

void FindBar::go(std::ptrdiff_t index)
{
    m_editor.select(m_matches[static_cast<std::size_t>(index)]);
    tellCount();
}

void FindBar::findNext()
{
    look();
    if (m_matches.empty())
        return;
    const auto from = m_editor.selection().end;
    const auto next = std::ranges::lower_bound(m_matches, from, {}, &Span::begin);
    go(next == m_matches.end() ? 0 : next - m_matches.begin());
    m_origin = m_editor.caret();
}

void FindBar::findPrevious()
{
    look();
    if (m_matches.empty())
        return;
    const auto from = m_editor.selection().begin;
    const auto next = std::ranges::lower_bound(m_matches, from, {}, &Span::begin);
    go((next == m_matches.begin() ? m_matches.end() : next) - m_matches.begin() - 1);
    m_origin = m_editor.caret();
}

void FindBar::replaceOne()
{
    const Span selected = m_editor.selection();
    const auto edits = ui::replaceAll(m_editor.bytes(), query(), m_replacement->text(), selected);
    if (edits && edits->size() == 1 && edits->front().span == selected) {
        const auto end = selected.begin + static_cast<std::uint32_t>(edits->front().text.size());
        m_editor.apply(*edits, {end, end});
    }
    findNext();
}

void FindBar::replaceAll()
{
    const std::string text = m_editor.bytes();
    const auto edits =
        ui::replaceAll(text, query(), m_replacement->text(), {0, static_cast<std::uint32_t>(text.size())});
    if (!edits || edits->empty()) {
        look();
        return;
    }
    const std::uint32_t caret = m_editor.caret();
    m_editor.apply(*edits, {caret, caret});
    look();
    m_count->setText(tr("%n replaced", nullptr, static_cast<int>(edits->size())));
}

void FindBar::keyPressEvent(QKeyEvent* event)
{
    // What the fields leave over must not reach the text behind the bar.
    event->accept();
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape)
        close();
    else if (enter && m_replacement->hasFocus())
        replaceOne();
    else if (enter || event->key() == Qt::Key_F3)
        shift ? findPrevious() : findNext();
    else if (event->matches(QKeySequence::Find) || event->matches(QKeySequence::Replace))
        open(event->matches(QKeySequence::Replace));
}

void FindBar::wheelEvent(QWheelEvent* event)
{
    event->accept();
}

void FindBar::mousePressEvent(QMouseEvent* event)
{
    event->accept();
}

void FindBar::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawLine(0, 0, width(), 0);
}

} // namespace stagelift::ui
