// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/section.h"

#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace stagelift::ui {

namespace {

constexpr int kBetweenRows = 6;   // px
constexpr int kBelowHeading = 6;  // px
constexpr int kBesideLabels = 10; // px

} // namespace

int labelWidth(const QWidget& widget)
{
    return widget.fontMetrics().horizontalAdvance(QStringLiteral("Destination"));
}

Section::Section(const QString& heading, QWidget* parent)
    : QWidget(parent), m_heading(new QLabel(heading, this)), m_rows(new QFormLayout)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kBelowHeading);
    QFont bold = font();
    bold.setBold(true);
    m_heading->setFont(bold);
    m_heading->setWordWrap(true);
    m_heading->setTextFormat(Qt::PlainText);
    m_heading->setVisible(!heading.isEmpty());
    column->addWidget(m_heading);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setVerticalSpacing(kBetweenRows);
    m_rows->setHorizontalSpacing(kBesideLabels);
    m_rows->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_rows->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_rows->setRowWrapPolicy(QFormLayout::DontWrapRows);
    column->addLayout(m_rows);
}

void Section::setHeading(const QString& heading)
{
    m_heading->setText(heading);
    m_heading->setVisible(!heading.isEmpty());
}

void Section::addRow(const QString& label, QWidget* field)
{
    auto* name = new QLabel(label, this);
    name->setTextFormat(Qt::PlainText);
    name->setBuddy(field);
    name->setMinimumWidth(labelWidth(*this));
    name->setMinimumHeight(field->sizeHint().height()); // in line with the field's first line of text
    name->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    name->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_rows->addRow(name, field);
}

void Section::addWide(QWidget* widget)
{
    m_rows->addRow(widget);
}

void Section::setRowVisible(QWidget* field, bool visible)
{
    m_rows->setRowVisible(field, visible);
}

QLabel* Section::labelOf(QWidget* field) const
{
    return qobject_cast<QLabel*>(m_rows->labelForField(field));
}

void Section::clearRows()
{
    while (m_rows->rowCount() > 0)
        m_rows->removeRow(0);
}

} // namespace stagelift::ui
