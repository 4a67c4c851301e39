// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/treemap_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kWidestStep = 240; // px of its text
constexpr int kLeastStep = 24;   // px
constexpr int kAroundText = 18;  // px, of a step, with what parts it from the next

} // namespace

TreemapBar::TreemapBar(QWidget* parent) : QWidget(parent)
{
    // However long the way is, the window stays as narrow as it can be.
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(6, 1, 8, 0);
    row->setSpacing(4);
    m_row = new QHBoxLayout;
    m_row->setSpacing(0);
    m_state = new QLabel(this);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_state->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_button = new QToolButton(this);
    m_button->hide();
    connect(m_button, &QToolButton::clicked, this, &TreemapBar::buttonPressed);
    row->addLayout(m_row);
    row->addWidget(m_state, 1);
    row->addWidget(m_button);
}

void TreemapBar::showWay(const QList<TreemapCrumb>& crumbs)
{
    m_crumbs = crumbs;
    m_steps.clear();
    while (QLayoutItem* item = m_row->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // its click may be what leads here
        delete item;
    }
    for (qsizetype at = 0; at < crumbs.size(); ++at)
        addStep(at);
    fit();
}

void TreemapBar::addStep(qsizetype at)
{
    if (at > 0) {
        auto* behind = new QLabel(u"›"_s, this);
        m_row->addWidget(behind);
    }
    const TreemapCrumb& crumb = m_crumbs.at(at);
    const bool isHere = at + 1 == m_crumbs.size();
    auto* step = new QToolButton(this);
    step->setAutoRaise(true);
    step->setEnabled(!isHere);
    step->setAccessibleName(isHere ? tr("%1 is shown").arg(crumb.text) : tr("Back to %1").arg(crumb.text));
    step->setToolTip(step->accessibleName().toHtmlEscaped());
    connect(step, &QToolButton::clicked, this, [this, spot = crumb.spot] { emit spotChosen(spot); });
    m_steps << step;
    m_row->addWidget(step);
}

void TreemapBar::showState(const QString& text, const QString& button)
{
    m_state->setText(text);
    m_state->setToolTip(text.toHtmlEscaped()); // for where it is cut
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
}

/// The steps share half of the bar, or more where nothing is said beside them.
void TreemapBar::fit()
{
    if (m_steps.isEmpty())
        return;
    const int free = m_state->text().isEmpty() ? width() : width() / 2;
    const auto count = static_cast<int>(m_steps.size());
    const int room = std::clamp(free / count - kAroundText, kLeastStep, kWidestStep);
    for (qsizetype at = 0; at < m_steps.size(); ++at) {
        const QString text = fontMetrics().elidedText(m_crumbs.at(at).text, Qt::ElideMiddle, room);
        m_steps.at(at)->setText(QString(text).replace(u'&', u"&&"_s));
    }
}

void TreemapBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

QString TreemapBar::way() const
{
    QStringList texts;
    for (const TreemapCrumb& crumb : m_crumbs)
        texts << crumb.text;
    return texts.join(u" › "_s);
}

QString TreemapBar::state() const
{
    return m_state->text();
}

} // namespace stagelift::ui
