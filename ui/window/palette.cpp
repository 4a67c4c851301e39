// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/palette.h"

#include "ui/window/fuzzy.h"
#include "ui/window/palette_row.h"

#include <QAccessible>
#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMainWindow>
#include <QPainter>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kMostWidth = 680;
constexpr int kSide = 20; // to the window's sides, at least
constexpr int kShadow = 14;
constexpr int kPad = 6;
constexpr int kCorner = 8;
constexpr int kMostRows = 12;

/// What a command is found by: its name first, then its menu.
QString searchedIn(const Command& command)
{
    return command.what + u' ' + command.where;
}

} // namespace

void CommandModel::setCommands(Commands commands)
{
    m_commands = std::move(commands);
    m_query.clear();
    filter();
}

void CommandModel::addCommands(Commands commands)
{
    std::ranges::move(commands, std::back_inserter(m_commands));
    filter();
}

void CommandModel::setQuery(const QString& query)
{
    m_query = query;
    filter();
}

void CommandModel::filter()
{
    beginResetModel();
    m_matches.clear();
    for (std::size_t i = 0; i < m_commands.size(); ++i) {
        auto match = fuzzyMatch(m_query, searchedIn(m_commands[i]));
        if (match)
            m_matches.push_back({i, match->score, std::move(match->letters)});
    }
    // What can be done goes ahead of what is found as well and can't.
    std::ranges::stable_sort(m_matches, std::greater(), [this](const Match& match) {
        return std::pair(match.score, !m_query.isEmpty() && m_commands[match.command].enabled);
    });
    endResetModel();
}

const Command& CommandModel::command(int row) const
{
    return m_commands[m_matches[static_cast<std::size_t>(row)].command];
}

int CommandModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_matches.size());
}

QVariant CommandModel::data(const QModelIndex& index, int role) const
{
    const Match& match = m_matches[static_cast<std::size_t>(index.row())];
    const Command& command = m_commands[match.command];
    switch (role) {
    case Qt::DisplayRole:
        return command.what;
    case Qt::AccessibleTextRole: {
        QStringList parts{command.what, command.where, command.keys};
        if (!command.enabled)
            parts += tr("unavailable now");
        parts.removeAll(QString());
        return parts.join(u", "_s);
    }
    case WhereRole:
        return command.where;
    case KeysRole:
        return command.keys;
    case EnabledRole:
        return command.enabled;
    case LettersRole: {
        QList<int> letters = match.letters;
        letters.removeIf([&](int letter) { return letter >= command.what.size(); });
        return QVariant::fromValue(letters);
    }
    default:
        return {};
    }
}

CommandPalette::CommandPalette(QWidget& window)
    : QWidget(&window),
      m_window(window),
      m_model(new CommandModel(this)),
      m_field(new QLineEdit(this)),
      m_list(new QListView(this)),
      m_none(new QLabel(tr("No command is called that."), this))
{
    setObjectName(u"commandPalette"_s);
    m_field->setPlaceholderText(tr("What is to be done? Type a few letters of it"));
    m_field->setAccessibleName(tr("Command"));
    m_field->setClearButtonEnabled(true);
    m_field->setTextMargins(kPad, kPad / 2, kPad, kPad / 2);
    m_list->setAccessibleName(tr("Commands"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteRow(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFocusPolicy(Qt::NoFocus); // the keys go to the field
    m_list->setMouseTracking(true);
    auto* column = new QVBoxLayout(this);
    const int margin = kShadow + kPad;
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(kPad);
    column->addWidget(m_field);
    column->addWidget(m_list);
    column->addWidget(m_none);
    m_none->setContentsMargins(kPad, 0, kPad, kPad);
    m_none->setForegroundRole(QPalette::PlaceholderText);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_model->setQuery(text);
        settle();
        choose(0);
    });
    connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
    m_field->installEventFilter(this);
    m_window.installEventFilter(this);
    hide();
}

void CommandPalette::open(Commands commands, std::function<Commands()> later)
{
    if (!isVisible())
        m_before = QApplication::focusWidget();
    m_later = std::move(later);
    m_field->clear();
    m_model->setCommands(std::move(commands));
    settle();
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
    choose(0);
    QTimer::singleShot(0, this, [this] {
        if (!m_later)
            return;
        // What stands first stays first: someone may have read it already.
        const int row = m_list->currentIndex().row();
        m_model->addCommands(std::exchange(m_later, {})());
        settle();
        choose(std::max(row, 0));
    });
}

void CommandPalette::close()
{
    m_later = {};
    if (m_before && m_field->hasFocus())
        m_before->setFocus(Qt::PopupFocusReason); // while the field is there: else Qt picks the next in its order
    hide();
    m_model->setCommands({});
}

void CommandPalette::settle()
{
    const int width = std::min(kMostWidth, m_window.width() - 2 * kSide) + 2 * kShadow;
    const auto* main = qobject_cast<QMainWindow*>(&m_window);
    const int top = main && main->centralWidget() ? main->centralWidget()->y() : kPad;
    const int room = m_window.height() - top - 4 * kShadow - m_field->sizeHint().height();
    const int row = std::max(1, m_list->sizeHintForRow(0));
    const int rows = std::clamp(std::min(kMostRows, m_model->rowCount()), 1, std::max(1, room / row));
    const bool none = m_model->rowCount() == 0;
    m_list->setFixedHeight(rows * row);
    m_list->setVisible(!none);
    m_none->setVisible(none);
    const int body = none ? m_none->sizeHint().height() : m_list->height();
    const int height = m_field->sizeHint().height() + body + 3 * kPad + 2 * kShadow;
    setGeometry((m_window.width() - width) / 2, top - kShadow + kPad, width, height);
}

void CommandPalette::choose(int row)
{
    const int last = m_model->rowCount() - 1;
    m_list->setCurrentIndex(m_model->index(std::clamp(row, 0, std::max(0, last)), 0));
    announce();
}

/// The focus stays in the field; a screen reader is told of the row all the same.
void CommandPalette::announce()
{
    if (!QAccessible::isActive() || !m_list->currentIndex().isValid())
        return;
    QAccessibleEvent event(m_list, QAccessible::Focus);
    event.setChild(m_list->currentIndex().row());
    QAccessible::updateAccessibility(&event);
}

void CommandPalette::runCurrent()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid() || !m_model->command(current.row()).enabled)
        return;
    const auto run = m_model->command(current.row()).run; // the model forgets it
    close();                                              // first, so that it finds the focus where it was
    run();
}

bool CommandPalette::pressKey(int key)
{
    const int row = m_list->currentIndex().row();
    const int rows = m_model->rowCount();
    const int page = std::max(1, m_list->height() / std::max(1, m_list->sizeHintForRow(0)) - 1);
    switch (key) {
    case Qt::Key_Down:
        choose(row + 1 == rows ? 0 : row + 1);
        return true;
    case Qt::Key_Up:
        choose(row == 0 ? rows - 1 : row - 1);
        return true;
    case Qt::Key_PageDown:
        choose(row + page);
        return true;
    case Qt::Key_PageUp:
        choose(row - page);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // there is nowhere else to go
    default:
        return false;
    }
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &m_window) {
        if (event->type() == QEvent::Resize && isVisible())
            settle();
        return false;
    }
    switch (event->type()) {
    case QEvent::ShortcutOverride:
        // Ahead of the window's shortcuts: these belong to what is typed here.
        if (const int key = static_cast<QKeyEvent*>(event)->key(); key == Qt::Key_Escape || key == Qt::Key_Return) {
            event->accept();
            return true;
        }
        return false;
    case QEvent::KeyPress:
        return pressKey(static_cast<QKeyEvent*>(event)->key());
    case QEvent::FocusOut:
        // A click elsewhere, or a command's key; the window itself may come back.
        if (static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason &&
            static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason && isVisible())
            close();
        return false;
    default:
        return false;
    }
}

void CommandPalette::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body = QRectF(rect()).adjusted(kShadow, kShadow, -kShadow, -kShadow);
    painter.setPen(Qt::NoPen);
    for (int spread = kShadow; spread > 0; spread -= 2) {
        painter.setBrush(QColor(0, 0, 0, 7));
        painter.drawRoundedRect(body.adjusted(-spread, -spread + 4, spread, spread), kCorner + spread,
                                kCorner + spread);
    }
    painter.setPen(QPen(palette().color(QPalette::Mid), 1));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), kCorner, kCorner);
}

} // namespace stagelift::ui
