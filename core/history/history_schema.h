// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tables of the history, and how those of an older version become those of this one.
//
// A version is a list of statements that takes a database from the version before to it; SQLite's user_version says
// which one a database has. What was released is never changed: a change is one more row.

#pragma once

#include <QList>
#include <QSqlDatabase>
#include <QSqlError>
#include <QStringList>

#include <expected>

namespace stagelift {

/// "SLHB", in SQLite's header: the database is ours.
inline constexpr int kHistoryApplication = 0x534C4842;

/// The first makes the tables.
[[nodiscard]] const QList<QStringList>& historyVersions();

enum class HistoryState : quint8 {
    Fine,    // ours, of this version or an older one; or empty
    Newer,   // a later version of the program has made it
    Foreign, // a database of another program
    Damaged, // none at all, or one with a fault in it
};

/// Looks at the whole of it, which takes a moment: not for the thread of a window.
/// @returns the error where it can't be looked at, as while another program has locked it
[[nodiscard]] std::expected<HistoryState, QSqlError> stateOf(QSqlDatabase& database,
                                                             const QList<QStringList>& versions = historyVersions());

/// Takes it to the last version, all at once or not at all; nothing where it is there already.
/// @returns the error that it stopped at, of no type where there was none
[[nodiscard]] QSqlError migrate(QSqlDatabase& database, const QList<QStringList>& versions = historyVersions());

/// The file is damaged, or is no database.
[[nodiscard]] bool isDamage(const QSqlError& error);

} // namespace stagelift
