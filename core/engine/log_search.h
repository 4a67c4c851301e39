// SPDX-License-Identifier: GPL-3.0-or-later
//
// What takes long in a large log: to find a text in it, and to write it out. Both work on a snapshot, in any thread,
// and give up where they are told to.

#pragma once

#include "core/engine/log_store.h"

#include <QString>

#include <atomic>
#include <expected>
#include <optional>

namespace stagelift {

struct LogPlace {
    int step = 0;
    qint64 line = -1; // -1 is the step's title

    auto operator<=>(const LogPlace&) const = default;
};

struct LogQuery {
    QString text; // in any case; styles don't matter
    LogPlace from;
    bool backwards = false;
    bool fromItself = false; // else `from` is the last that is looked at, round the end
};

/// @returns the next title or line that holds the text; nothing where there is none, or it was given up.
[[nodiscard]] std::optional<LogPlace> findInLog(const LogSnapshot& log, const LogQuery& query,
                                                const std::atomic_bool& givenUp);

/// The log as plain text, step by step, in place of what the file held before: all of it, or nothing is changed.
/// @returns a sentence where it can't be written, "" where it was given up.
[[nodiscard]] std::expected<void, QString> saveLog(const LogSnapshot& log, const QString& path,
                                                   const std::atomic_bool& givenUp);

} // namespace stagelift
