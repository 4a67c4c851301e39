// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/property_field.h"

#include <QAccessible>
#include <QComboBox>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kButtonPad = 8;       // px
constexpr int kLeastCharacters = 6; // the panel can be narrow

bool isEnter(int key)
{
    return key == Qt::Key_Return || key == Qt::Key_Enter;
}

} // namespace

PropertyField::PropertyField(Kind kind, const QString& name, QWidget* parent)
    : QWidget(parent), m_objection(new QLabel(this)), m_remedy(new QToolButton(this)), m_theme(Theme::ofDesktop())
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    if (kind == Kind::Choice)
        makeChoice(name);
    else
        m_line = new QLineEdit(this);
    column->addWidget(m_combo ? static_cast<QWidget*>(m_combo) : m_line);
    m_line->setAccessibleName(name);
    m_line->installEventFilter(this);
    m_objection->setWordWrap(true);
    m_objection->setTextFormat(Qt::PlainText);
    m_objection->hide();
    column->addWidget(m_objection);
    m_remedy->setFocusPolicy(Qt::TabFocus);
    m_remedy->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // long words must not widen the panel
    m_remedy->setAccessibleName(tr("Mend %1").arg(name));
    m_remedy->hide();
    column->addWidget(m_remedy);
    connect(m_remedy, &QToolButton::clicked, this, [this] {
        const Objection objection = m_objected;
        startWith(m_value);
        emit remedyChosen(objection);
    });
    setFocusProxy(m_combo ? static_cast<QWidget*>(m_combo) : m_line);
    connect(m_line, &QLineEdit::textEdited, this, [this](const QString& text) {
        object(isTyped() && m_check ? m_check(text.trimmed()) : Objection{});
        emit typed(text.trimmed());
    });
}

void PropertyField::makeChoice(const QString& name)
{
    m_combo = new QComboBox(this);
    m_combo->setEditable(true);
    m_combo->setInsertPolicy(QComboBox::NoInsert);
    m_combo->setCompleter(nullptr); // it would put in more than was typed
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(kLeastCharacters);
    m_combo->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_combo->setAccessibleName(name);
    m_combo->installEventFilter(this);
    m_line = m_combo->lineEdit();
    connect(m_combo, &QComboBox::activated, this, &PropertyField::commit);
}

void PropertyField::setTheme(const Theme& theme)
{
    m_theme = theme;
    object(m_objected);
}

void PropertyField::setPlaceholder(const QString& text)
{
    m_line->setPlaceholderText(text);
    m_line->setToolTip(text);
}

void PropertyField::setReadOnly(bool readOnly)
{
    m_line->setReadOnly(readOnly);
    if (m_combo)
        m_combo->setEnabled(!readOnly);
}

void PropertyField::setChoices(const QStringList& choices)
{
    if (!m_combo)
        return;
    QStringList now;
    for (int i = 0; i < m_combo->count(); ++i)
        now << m_combo->itemText(i);
    if (now == choices)
        return;
    const QString typed = m_line->text();
    const int cursor = m_line->cursorPosition();
    m_combo->clear();
    m_combo->addItems(choices);
    m_line->setText(typed);
    m_line->setCursorPosition(cursor);
}

QString PropertyField::text() const
{
    return m_line->text().trimmed();
}

bool PropertyField::isTyped() const
{
    return text() != m_value;
}

void PropertyField::showValue(const QString& value)
{
    if (m_committing || (isTyped() && (m_line->hasFocus() || !reason().isEmpty()))) {
        m_value = value;
        return;
    }
    startWith(value);
}

void PropertyField::startWith(const QString& value)
{
    m_value = value;
    object({});
    if (m_line->text() == value)
        return;
    m_line->setText(value);
    if (!m_line->hasFocus())
        m_line->setCursorPosition(0); // the begin of a long path tells more than its end
}

void PropertyField::object(const Objection& objection)
{
    const QString reason = objection.reason;
    const bool isNew = !reason.isEmpty() && reason != m_objected.reason;
    m_objected = objection;
    m_objection->setText(reason);
    m_objection->setVisible(!reason.isEmpty());
    m_remedy->setToolTip(objection.mend);
    if (!objection.mend.isEmpty())
        m_remedy->setAccessibleName(objection.mend);
    fitRemedy();
    m_remedy->setVisible(objection.remedy.has_value());
    QPalette words = palette();
    words.setColor(QPalette::WindowText, m_theme.error);
    m_objection->setPalette(words);
    QPalette line = palette();
    if (!reason.isEmpty())
        line.setColor(QPalette::Text, m_theme.error);
    m_line->setPalette(line);
    m_line->setAccessibleDescription(reason);
    if (isNew) {
        QAccessibleEvent event(m_line, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&event);
    }
}

void PropertyField::fitRemedy()
{
    m_remedy->setText(fontMetrics().elidedText(m_objected.mend, Qt::ElideRight, width() - 2 * kButtonPad));
}

void PropertyField::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitRemedy();
}

void PropertyField::commit()
{
    if (!isTyped() || m_committing) {
        if (!m_committing)
            object({});
        return;
    }
    const Objection objection = m_check ? m_check(text()) : Objection{};
    object(objection);
    if (!objection.isNone())
        return;
    const QString wanted = text();
    {
        const QScopedValueRollback committing(m_committing, true);
        emit committed(wanted);
    }
    // Where it was refused after all, the text stays to be mended; else it is the value until the text says otherwise.
    if (reason().isEmpty())
        m_value = wanted;
}

void PropertyField::restore()
{
    const QString value = valueToRestore();
    startWith(value);
    m_line->selectAll();
    emit typed(value);
}

bool PropertyField::pressKey(int key)
{
    if (isEnter(key)) {
        commit();
        m_line->selectAll();
        return true;
    }
    if (key == Qt::Key_Escape && text() != valueToRestore()) {
        restore();
        return true;
    }
    return false;
}

bool PropertyField::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride: {
        // Ahead of the window's shortcuts: Esc and Enter belong to what is typed here.
        const auto* press = static_cast<QKeyEvent*>(event);
        if (watched == m_line && press->modifiers() == Qt::NoModifier &&
            (isEnter(press->key()) || (press->key() == Qt::Key_Escape && text() != valueToRestore()))) {
            event->accept();
            return true;
        }
        break;
    }
    case QEvent::KeyPress:
        if (watched == m_line && pressKey(static_cast<QKeyEvent*>(event)->key()))
            return true;
        break;
    case QEvent::FocusIn:
        if (watched == m_line && static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason)
            m_before = m_value;
        break;
    case QEvent::FocusOut: {
        const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
        if (watched == m_line && reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason &&
            reason != Qt::MenuBarFocusReason)
            commit();
        break;
    }
    case QEvent::Wheel: // scrolls the panel, and changes nothing on its way
        if (watched == m_combo) {
            event->ignore();
            return true;
        }
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace stagelift::ui
