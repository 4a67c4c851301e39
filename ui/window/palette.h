// SPDX-License-Identifier: GPL-3.0-or-later
//
// The command palette: a field at the top of the window and a list below it, in which every command is found by a few
// letters of its name. Enter runs it, Esc goes back to where one was.

#pragma once

#include "ui/window/commands.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;
class QListView;

namespace stagelift::ui {

/// The commands that match what was typed, best first; those of one score in the order they were given.
class CommandModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        WhereRole = Qt::UserRole, // QString, the menu
        KeysRole,                 // QString
        EnabledRole,              // bool
        LettersRole,              // QList<int>, the letters of Qt::DisplayRole that were typed
    };

    using QAbstractListModel::QAbstractListModel;

    void setCommands(Commands commands);
    void addCommands(Commands commands);
    void setQuery(const QString& query);
    [[nodiscard]] const Command& command(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Match {
        std::size_t command = 0;
        int score = 0;
        QList<int> letters;
    };

    void filter();

    Commands m_commands;
    QString m_query;
    std::vector<Match> m_matches;
};

class CommandPalette : public QWidget {
    Q_OBJECT
public:
    /// Lies on `window`, at the middle of its top.
    explicit CommandPalette(QWidget& window);

    /// Opens with these; `later` is asked for more as soon as the field is there to be typed in.
    void open(Commands commands, std::function<Commands()> later = {});
    void close();

    [[nodiscard]] QLineEdit& field() { return *m_field; }
    [[nodiscard]] QListView& list() { return *m_list; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void settle();
    void choose(int row);
    void runCurrent();
    bool pressKey(int key);
    void announce();

    QWidget& m_window;
    CommandModel* m_model = nullptr;
    QLineEdit* m_field = nullptr;
    QListView* m_list = nullptr;
    QLabel* m_none = nullptr;   // in place of the list
    QPointer<QWidget> m_before; // who had the focus
    std::function<Commands()> m_later;
};

} // namespace stagelift::ui
