// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/field.h"

#include <QFocusEvent>
#include <QKeyEvent>

#include <algorithm>
#include <utility>

namespace stagelift::ui {

namespace {

constexpr int kLeastWidth = 170;
constexpr int kMostWidth = 420;
constexpr int kLeastWithin = 90;

} // namespace

Field::Field(QWidget* viewport) : QLineEdit(viewport)
{
    setObjectName(QStringLiteral("diagramField"));
    setAccessibleName(tr("Field in the diagram")); // each opening names it anew
    hide();
    connect(this, &QLineEdit::textEdited, this,
            [this](const QString& text) { showObjection(m_check && text != m_before ? m_check(text) : QString()); });
}

void Field::setTheme(const Theme& theme)
{
    m_theme = theme;
    QPalette palette = theme.palette;
    palette.setColor(QPalette::Base, theme.node);
    setPalette(palette);
}

void Field::open(const QRect& place, const QString& name, const QString& text, Check check, Done done)
{
    m_check = std::move(check);
    m_done = std::move(done);
    const int wanted = fontMetrics().horizontalAdvance(text) + 40;
    openAt(place, std::clamp(std::max(wanted, place.width()), kLeastWidth, kMostWidth), name, text);
}

void Field::openWithin(const QRect& place, const QString& name, const QString& text, Check check, Done done)
{
    m_check = std::move(check);
    m_done = std::move(done);
    openAt(place, std::max(place.width(), kLeastWithin), name, text);
}

void Field::openAt(const QRect& place, int wanted, const QString& name, const QString& text)
{
    m_before = text;
    setAccessibleName(name);
    setPlaceholderText(name);
    setText(text);
    selectAll();
    showObjection({});
    const QRect room = parentWidget()->rect().adjusted(4, 4, -4, -4);
    const int width = std::min(wanted, room.width());
    QRect rect(0, 0, width, sizeHint().height());
    rect.moveCenter(place.center());
    rect.moveLeft(std::clamp(rect.left(), room.left(), std::max(room.left(), room.right() - width)));
    rect.moveTop(std::clamp(rect.top(), room.top(), std::max(room.top(), room.bottom() - rect.height())));
    setGeometry(rect);
    show();
    raise();
    setFocus(Qt::OtherFocusReason);
}

void Field::abandon()
{
    if (isVisible())
        close();
}

bool Field::event(QEvent* event)
{
    // Ahead of the window's shortcuts: Esc and Enter belong to what is typed here.
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter) {
            event->accept();
            return true;
        }
    }
    return QLineEdit::event(event);
}

void Field::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        accept();
        return;
    case Qt::Key_Escape:
        close();
        return;
    default:
        QLineEdit::keyPressEvent(event);
        // The view must not walk the graph with keys that the field had no use for.
        event->accept();
    }
}

void Field::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        abandon();
}

void Field::accept()
{
    const QString reason = m_check && text() != m_before ? m_check(text()) : QString();
    if (!reason.isEmpty()) {
        showObjection(reason);
        return;
    }
    const Done done = m_done;
    const QString typed = text();
    close();
    if (done)
        done(typed);
}

void Field::close()
{
    m_check = nullptr;
    m_done = nullptr;
    if (!isVisible())
        return;
    const bool hadFocus = hasFocus();
    hide();
    if (hadFocus)
        parentWidget()->parentWidget()->setFocus(Qt::OtherFocusReason);
    emit closed();
}

void Field::showObjection(const QString& reason)
{
    QPalette shown = palette();
    shown.setColor(QPalette::Text, reason.isEmpty() ? m_theme.text : m_theme.error);
    setPalette(shown);
    emit objected(reason);
}

} // namespace stagelift::ui
