// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/filter_bar.h"

#include "ui/diagram/painter.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace stagelift::ui {

namespace {

constexpr int kSide = 10;
constexpr int kEdge = 3;

} // namespace

FilterBar::FilterBar(QWidget* parent) : QWidget(parent), m_label(new QLabel(this)), m_all(new QPushButton(this))
{
    setObjectName(QStringLiteral("diagramFilterBar"));
    m_label->setTextFormat(Qt::PlainText);
    m_label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_all->setText(tr("Show &All"));
    m_all->setToolTip(tr("Show every stage again (Esc)"));
    m_all->setFocusPolicy(Qt::TabFocus);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kSide, kEdge, kSide, kEdge);
    row->addWidget(m_label, 1);
    row->addWidget(m_all);
    connect(m_all, &QPushButton::clicked, this, &FilterBar::allWanted);
    hide();
}

void FilterBar::setTheme(const Theme& theme)
{
    m_theme = theme;
    setPalette(theme.palette);
    QPalette words = theme.palette;
    words.setColor(QPalette::WindowText, theme.text);
    m_label->setPalette(words);
    update();
}

void FilterBar::say(const QString& sentence)
{
    m_sentence = sentence;
    setAccessibleName(sentence);
    elide();
    setVisible(!sentence.isEmpty());
}

void FilterBar::elide()
{
    m_label->setText(m_label->fontMetrics().elidedText(m_sentence, Qt::ElideRight, m_label->width()));
    m_label->setToolTip(m_label->text() == m_sentence ? QString() : m_sentence);
    m_label->setAccessibleName(m_sentence);
}

void FilterBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), mixed(m_theme.accent, m_theme.canvas, 0.12));
    painter.fillRect(QRect(0, height() - 1, width(), 1), mixed(m_theme.accent, m_theme.canvas, 0.5));
}

void FilterBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    elide();
}

} // namespace stagelift::ui
