// SPDX-License-Identifier: GPL-3.0-or-later
//
// Finds a command by what someone types of it: words in any order, each as a part of a word, as the initials of several
// words, or with letters left out of one word. Where a word begins counts most.

#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace stagelift::ui {

struct FuzzyMatch {
    int score = 0;      // higher is better; comparable between texts for the same query
    QList<int> letters; // the places in the text that were matched, ascending, in UTF-16 units
};

/// @param query what was typed; without a word it matches everything, with a score of 0
/// @returns nothing where a word of the query is not in the text in any of these ways
[[nodiscard]] std::optional<FuzzyMatch> fuzzyMatch(const QString& query, const QString& text);

} // namespace stagelift::ui
