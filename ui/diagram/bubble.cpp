// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/bubble.h"

#include "ui/diagram/painter.h"

#include <QFontDatabase>
#include <QPainter>

#include <algorithm>

namespace stagelift::ui {

namespace {

constexpr int kPad = 9;
constexpr int kDistance = 8;
constexpr int kMostWidth = 440;

} // namespace

Bubble::Bubble(QWidget* viewport) : QWidget(viewport)
{
    setObjectName(QStringLiteral("diagramBubble"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void Bubble::setTheme(const Theme& theme)
{
    m_theme = theme;
    update();
}

QFont Bubble::firstFont() const
{
    if (m_kind == Kind::Objection)
        return font();
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF());
    return fixed;
}

void Bubble::say(Kind kind, const QString& text, const QRect& beside)
{
    m_kind = kind;
    m_text = text;
    setAccessibleName(text);
    const QRect room = parentWidget()->rect().adjusted(4, 4, -4, -4);
    const int widest = std::max(80, std::min(kMostWidth, room.width()) - 2 * kPad);
    const QFontMetrics metrics(firstFont());
    const auto wrapped = [&] { return metrics.boundingRect(QRect(0, 0, widest, 1000), m_wrapping, text); };
    m_wrapping = Qt::TextWordWrap;
    QRect body = wrapped();
    if (body.width() > widest) { // a word is wider than all the room there is
        m_wrapping = Qt::TextWordWrap | Qt::TextWrapAnywhere;
        body = wrapped();
    }
    QRect rect(0, 0, body.width() + 2 * kPad + 2, body.height() + 2 * kPad);
    rect.moveCenter(beside.center());
    rect.moveTop(beside.bottom() + kDistance);
    if (rect.bottom() > room.bottom())
        rect.moveBottom(beside.top() - kDistance);
    rect.moveLeft(std::clamp(rect.left(), room.left(), std::max(room.left(), room.right() - rect.width())));
    rect.moveTop(std::clamp(rect.top(), room.top(), std::max(room.top(), room.bottom() - rect.height())));
    setGeometry(rect);
    show();
    raise();
    update();
}

void Bubble::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = m_kind == Kind::Objection ? m_theme.error : m_theme.accent;
    painter.setPen(QPen(colour, 1.5));
    painter.setBrush(mixed(colour, m_theme.node, 0.08));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    painter.setFont(firstFont());
    painter.setPen(m_theme.text);
    painter.drawText(rect().adjusted(kPad, kPad, -kPad, -kPad), m_wrapping, m_text);
}

} // namespace stagelift::ui
