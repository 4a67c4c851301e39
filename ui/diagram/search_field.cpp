// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/search_field.h"

#include "ui/diagram/painter.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace stagelift::ui {

namespace {

constexpr int kDistance = 10; // from the corner
constexpr int kPad = 5;
constexpr int kLine = 170;

} // namespace

SearchField::SearchField(QWidget* viewport) : QFrame(viewport), m_line(new QLineEdit(this)), m_count(new QLabel(this))
{
    setObjectName(QStringLiteral("diagramSearch"));
    setCursor(Qt::ArrowCursor);
    m_line->setObjectName(QStringLiteral("diagramSearchLine"));
    m_line->setPlaceholderText(tr("Find in the diagram"));
    m_line->setAccessibleName(tr("Find in the diagram"));
    m_line->setMinimumWidth(kLine);
    m_line->setClearButtonEnabled(true);
    m_count->setObjectName(QStringLiteral("diagramSearchCount"));
    m_count->setTextFormat(Qt::PlainText);
    m_count->setAlignment(Qt::AlignCenter);
    m_count->setMinimumWidth(m_count->fontMetrics().horizontalAdvance(tr("No match") + QStringLiteral("00")));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kPad, kPad, kPad, kPad);
    row->setSpacing(kPad);
    row->addWidget(m_line);
    row->addWidget(m_count);
    const auto add = [&](const QString& sign, const QString& tip, auto signal) {
        auto* button = new QToolButton(this);
        button->setText(sign);
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::NoFocus);
        connect(button, &QToolButton::clicked, this, signal);
        row->addWidget(button);
    };
    add(QStringLiteral("\u2191"), tr("Previous match (Shift+F3)"), &SearchField::previousWanted);
    add(QStringLiteral("\u2193"), tr("Next match (F3)"), &SearchField::nextWanted);
    add(QStringLiteral("\u00d7"), tr("Close (Esc)"), &SearchField::close);
    connect(m_line, &QLineEdit::textEdited, this, &SearchField::typed);
    connect(m_line, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty()) // by the button in it, which edits nothing
            emit typed();
    });
    hide();
}

void SearchField::setTheme(const Theme& theme)
{
    m_theme = theme;
    QPalette palette = theme.palette;
    palette.setColor(QPalette::Base, theme.node);
    palette.setColor(QPalette::WindowText, theme.text);
    setPalette(palette);
    update();
}

void SearchField::open()
{
    show();
    settle();
    raise();
    m_line->selectAll();
    m_line->setFocus(Qt::ShortcutFocusReason);
}

void SearchField::close()
{
    if (isHidden())
        return;
    const bool hadFocus = isTypedIn();
    hide();
    if (hadFocus)
        parentWidget()->parentWidget()->setFocus(Qt::OtherFocusReason);
    emit closed();
}

void SearchField::settle()
{
    const QRect room = parentWidget()->rect();
    const int width = std::min(sizeHint().width(), room.width());
    const QSize size(width, sizeHint().height());
    setGeometry(QRect(QPoint(std::max(0, room.right() + 1 - width - kDistance), kDistance), size));
}

void SearchField::tell(int at, int count)
{
    const bool none = count == 0 && !text().isEmpty();
    QString words;
    if (none)
        words = tr("No match");
    else if (count > 0)
        words = at < 0 ? tr("%n matches", nullptr, count) : tr("%1 of %2").arg(at + 1).arg(count);
    m_count->setText(words);
    m_line->setAccessibleDescription(words);
    QPalette palette = this->palette();
    palette.setColor(QPalette::Text, none ? m_theme.error : m_theme.text);
    m_line->setPalette(palette);
    settle();
}

bool SearchField::isTypedIn() const
{
    return m_line->hasFocus();
}

QString SearchField::text() const
{
    return m_line->text();
}

bool SearchField::event(QEvent* event)
{
    // Ahead of the window's shortcuts: these keys belong to what is typed here.
    static constexpr std::array kOurs{Qt::Key_Escape, Qt::Key_Return, Qt::Key_Enter, Qt::Key_F3};
    if (event->type() == QEvent::ShortcutOverride &&
        std::ranges::contains(kOurs, static_cast<Qt::Key>(static_cast<QKeyEvent*>(event)->key()))) {
        event->accept();
        return true;
    }
    return QFrame::event(event);
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    event->accept(); // the view must not walk the graph with them
    const int key = event->key();
    if (key == Qt::Key_Escape)
        close();
    else if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_F3)
        event->modifiers().testFlag(Qt::ShiftModifier) ? emit previousWanted() : emit nextWanted();
}

void SearchField::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.nodeBorder, 1));
    painter.setBrush(m_theme.node);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

void SearchField::mousePressEvent(QMouseEvent* event)
{
    event->accept(); // not a press on the diagram below
}

void SearchField::wheelEvent(QWheelEvent* event)
{
    event->accept();
}

} // namespace stagelift::ui
