// SPDX-License-Identifier: GPL-3.0-or-later
//
// The history of a file for a terminal, for a spreadsheet and for a script. Times are in UTC, as ISO 8601 has them; in
// the table they are those of the clock on the wall.

#pragma once

#include "core/history/kept_build.h"

#include <QByteArray>
#include <QHash>
#include <QTimeZone>

namespace stagelift {

// `builds` are newest first, as the store has them, and are told in that order.

/// What the target's image weighs more than in the last build before that has the same target and was measured.
/// @param at a build's place in `builds`
[[nodiscard]] std::optional<qint64> shipsMore(const QList<KeptBuild>& builds, qsizetype at);

/// The totals that the newest build of each stage has, by the stage's label: what another build is compared with.
[[nodiscard]] QHash<QString, qint64> newestTotals(const QList<KeptBuild>& builds);

/// A line a build, columns aligned; lines end in LF.
[[nodiscard]] QByteArray historyAsText(const QList<KeptBuild>& builds,
                                       const QTimeZone& zone = QTimeZone::systemTimeZone());

/// RFC 4180, a row a stage of a build; a build that measured none has one row without a stage.
[[nodiscard]] QByteArray historyAsCsv(const QList<KeptBuild>& builds);

/// One object, on one line: the file, and its builds with their stages and what each instruction weighs.
[[nodiscard]] QByteArray historyAsJson(const QString& file, const QList<KeptBuild>& builds);

/// "+1.2 MB", "−3 kB", "none"
[[nodiscard]] QString signedSize(qint64 bytes);

} // namespace stagelift
