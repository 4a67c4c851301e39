// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/message_bar.h"

#include "ui/theme/apply_theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QShortcut>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kIconSize = 16;   // px
constexpr int kStripeWidth = 4; // px
constexpr float kTint = 0.12F;  // of the kind's colour in the ground

QString iconName(MessageKind kind)
{
    switch (kind) {
    case MessageKind::Information:
        return u"dialog-information"_s;
    case MessageKind::Warning:
        return u"dialog-warning"_s;
    case MessageKind::Error:
        return u"dialog-error"_s;
    }
    return {};
}

} // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent),
      m_theme(Theme::ofDesktop()),
      m_icon(new QLabel(this)),
      m_text(new QLabel(this)),
      m_close(new QToolButton(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kStripeWidth + 8, 6, 6, 6);
    row->setSpacing(8);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
    m_buttons = new QHBoxLayout;
    m_buttons->setSpacing(6);
    row->addLayout(m_buttons);
    row->addWidget(m_close, 0, Qt::AlignTop);

    m_icon->setFixedWidth(kIconSize);
    m_icon->setContentsMargins(0, 2, 0, 0);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setAutoRaise(true);
    m_close->setText(tr("Close"));
    m_close->setToolTip(tr("Hide this message"));
    m_close->setIcon(themeIcon(u"window-close"_s));
    m_close->setFocusPolicy(Qt::TabFocus);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    auto* escape = new QShortcut(Qt::Key_Escape, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &MessageBar::dismiss);
    hide();
}

void MessageBar::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_icon->setPixmap(themeIcon(iconName(m_kind)).pixmap(kIconSize));
    update();
}

void MessageBar::showMessage(const Message& message)
{
    m_kind = message.kind;
    m_mayWait = message.mayWait;
    m_icon->setPixmap(themeIcon(iconName(m_kind)).pixmap(kIconSize));
    m_text->setText(message.mend.isEmpty() ? message.what : message.what + u'\n' + message.mend);
    m_text->setAccessibleName(m_text->text());
    showActions(message.actions);
    show();
    update();
    QAccessibleEvent alert(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBar::withdrawOffer()
{
    if (m_mayWait)
        hide();
}

void MessageBar::dismiss()
{
    hide();
    emit dismissed();
}

QString MessageBar::text() const
{
    return isHidden() ? QString() : m_text->text();
}

bool MessageBar::isQuestion() const
{
    return !isHidden() && !m_mayWait && m_buttons->count() > 0;
}

void MessageBar::showActions(const std::vector<MessageAction>& actions)
{
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        // A button may be the one whose click brought this message.
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const MessageAction& action : actions) {
        auto* button = new QPushButton(action.text, this);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, act = action.act] {
            dismiss();
            act();
        });
        m_buttons->addWidget(button, 0, Qt::AlignVCenter);
    }
}

QColor MessageBar::colour() const
{
    switch (m_kind) {
    case MessageKind::Information:
        return m_theme.accent;
    case MessageKind::Warning:
        return m_theme.warning;
    case MessageKind::Error:
        break;
    }
    return m_theme.error;
}

void MessageBar::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    QColor tint = colour();
    tint.setAlphaF(kTint);
    painter.fillRect(rect(), m_theme.palette.color(QPalette::Base));
    painter.fillRect(rect(), tint);
    painter.fillRect(0, 0, kStripeWidth, height(), colour());
    painter.fillRect(0, height() - 1, width(), 1, m_theme.palette.color(QPalette::Mid));
}

} // namespace stagelift::ui
