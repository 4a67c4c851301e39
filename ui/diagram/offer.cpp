// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/offer.h"

#include "ui/diagram/painter.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace stagelift::ui {

namespace {

constexpr int kPad = 10;
constexpr int kDistance = 8;
constexpr int kMostWidth = 440;

} // namespace

Offer::Offer(QWidget* viewport) : QFrame(viewport), m_reason(new QLabel(this)), m_button(new QPushButton(this))
{
    setObjectName(QStringLiteral("diagramOffer"));
    m_reason->setWordWrap(true);
    m_reason->setTextFormat(Qt::PlainText);
    m_button->setDefault(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kPad, kPad, kPad, kPad);
    column->setSpacing(kPad);
    column->addWidget(m_reason);
    column->addWidget(m_button, 0, Qt::AlignLeft);
    connect(m_button, &QPushButton::clicked, this, &Offer::take);
    hide();
}

void Offer::setTheme(const Theme& theme)
{
    m_theme = theme;
    QPalette colours = theme.palette;
    colours.setColor(QPalette::WindowText, theme.text);
    setPalette(colours);
    update();
}

void Offer::open(const QString& reason, const QString& mend, const QRect& beside, std::function<void()> taken)
{
    m_taken = std::move(taken);
    m_reason->setText(reason);
    QString label = mend;
    m_button->setText(label.replace(QLatin1Char('&'), QStringLiteral("&&")));
    setAccessibleName(reason);
    placeBeside(beside);
    show();
    raise();
    m_button->setFocus(Qt::OtherFocusReason);
}

void Offer::placeBeside(const QRect& beside)
{
    const QRect room = parentWidget()->rect().adjusted(4, 4, -4, -4);
    const int most = std::min(kMostWidth, room.width());
    const int oneLine = m_reason->fontMetrics().horizontalAdvance(m_reason->text()) + 2 * kPad + 4;
    const int width = std::min(most, std::max(oneLine, m_button->sizeHint().width() + 2 * kPad));
    const int height = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width) : sizeHint().height();
    QRect rect(0, 0, width, height);
    rect.moveCenter(beside.center());
    rect.moveTop(beside.bottom() + kDistance);
    if (rect.bottom() > room.bottom())
        rect.moveBottom(beside.top() - kDistance);
    rect.moveLeft(std::clamp(rect.left(), room.left(), std::max(room.left(), room.right() - width)));
    rect.moveTop(std::clamp(rect.top(), room.top(), std::max(room.top(), room.bottom() - height)));
    setGeometry(rect);
}

void Offer::withdraw()
{
    m_taken = nullptr;
    if (!isVisible())
        return;
    const bool hadFocus = m_button->hasFocus();
    hide();
    if (hadFocus)
        parentWidget()->parentWidget()->setFocus(Qt::OtherFocusReason);
}

void Offer::take()
{
    const auto taken = std::exchange(m_taken, nullptr);
    withdraw();
    if (taken)
        taken();
}

bool Offer::event(QEvent* event)
{
    // Ahead of the window's shortcuts: Esc and Enter are the answers.
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter) {
            event->accept();
            return true;
        }
    }
    return QFrame::event(event);
}

void Offer::keyPressEvent(QKeyEvent* event)
{
    // The button takes Space itself and Enter only in a dialog.
    if (event->key() == Qt::Key_Escape)
        withdraw();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        take();
    event->accept();
}

void Offer::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.error, 1.5));
    painter.setBrush(mixed(m_theme.error, m_theme.node, 0.08));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
}

} // namespace stagelift::ui
