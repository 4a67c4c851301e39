// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/list_field.h"

#include "ui/diagram/words.h"
#include "ui/theme/apply_theme.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kBetweenLines = 4; // px

} // namespace

ListField::ListField(const QString& name, const QString& more, QWidget* parent)
    : QWidget(parent), m_name(name), m_more(more), m_theme(Theme::ofDesktop()), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(kBetweenLines);
    setLineCount(1);
    setFocusProxy(m_lines.front().field);
}

void ListField::setTheme(const Theme& theme)
{
    m_theme = theme;
    for (const Line& line : m_lines) {
        line.field->setTheme(theme);
        line.remove->setIcon(themeIcon(u"window-close"_s));
    }
}

void ListField::setLineCount(std::size_t count)
{
    while (m_lines.size() > count) {
        const Line gone = m_lines.back();
        m_lines.pop_back();
        if (gone.holder->isAncestorOf(focusWidget()) && !m_lines.empty())
            m_lines.back().field->setFocus();
        m_column->removeWidget(gone.holder);
        gone.holder->hide();
        gone.holder->deleteLater(); // its own signal may have led here
    }
    while (m_lines.size() < count)
        addLine();
    for (std::size_t i = 0; i < count; ++i) {
        const bool isMore = i + 1 == count;
        m_lines[i].field->setPlaceholder(isMore ? m_more : QString());
        m_lines[i].remove->setVisible(!isMore);
    }
}

void ListField::addLine()
{
    const std::size_t index = m_lines.size();
    Line line;
    line.holder = new QWidget(this);
    auto* row = new QHBoxLayout(line.holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    line.field = new PropertyField(PropertyField::Kind::Line, tr("%1 %2").arg(m_name).arg(index + 1), line.holder);
    line.field->setTheme(m_theme);
    line.field->setCheck(
        [this, index](const QString& text) { return m_check ? m_check(with(index, text)) : Objection{}; });
    line.remove = new QToolButton(line.holder);
    line.remove->setAutoRaise(true);
    line.remove->setIcon(themeIcon(u"window-close"_s));
    line.remove->setText(u"×"_s);
    QSizePolicy keeps = line.remove->sizePolicy();
    keeps.setRetainSizeWhenHidden(true);
    line.remove->setSizePolicy(keeps);
    row->addWidget(line.field, 1);
    row->addWidget(line.remove, 0, Qt::AlignTop);
    connect(line.field, &PropertyField::committed, this, [this, index](const QString& text) { change(index, text); });
    connect(line.field, &PropertyField::remedyChosen, this, &ListField::remedyChosen);
    connect(line.remove, &QToolButton::clicked, this, [this, index] { change(index, {}); });
    m_column->addWidget(line.holder);
    m_lines.push_back(line);
}

ListField::Values ListField::with(std::size_t index, const QString& text) const
{
    Values values = m_values;
    const auto place = static_cast<std::ptrdiff_t>(index);
    if (index >= values.size() && !text.isEmpty())
        values.push_back(text.toStdString());
    else if (index < values.size() && text.isEmpty())
        values.erase(values.begin() + place);
    else if (index < values.size())
        values[index] = text.toStdString();
    return values;
}

void ListField::change(std::size_t index, const QString& text)
{
    m_changed = index;
    const Values values = with(index, text);
    const Objection objection = m_check ? m_check(values) : Objection{};
    object(objection);
    if (objection.isNone())
        emit committed(values);
}

void ListField::object(const Objection& objection)
{
    if (m_changed < m_lines.size())
        m_lines[m_changed].field->object(objection);
}

void ListField::showValues(const Values& values)
{
    m_values = values;
    setLineCount(values.size() + 1);
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const QString value = i < values.size() ? toQt(values[i]) : QString();
        m_lines[i].field->showValue(value);
        const QString remove = tr("Remove %1").arg(value);
        m_lines[i].remove->setAccessibleName(remove);
        m_lines[i].remove->setToolTip(remove);
    }
}

void ListField::startWith(const Values& values)
{
    m_values = values;
    setLineCount(values.size() + 1);
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        m_lines[i].field->startWith(i < values.size() ? toQt(values[i]) : QString());
    showValues(values);
}

} // namespace stagelift::ui
