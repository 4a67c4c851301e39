// SPDX-License-Identifier: GPL-3.0-or-later
//
// Finding and replacing in bytes. Patterns are Perl's; a bad one is a sentence.

#pragma once

#include "core/text/text_edit.h"

#include <QString>

#include <expected>
#include <string_view>
#include <vector>

namespace stagelift::ui {

struct SearchQuery {
    QString pattern;
    bool regularExpression = false;
    bool matchCase = false;
    bool wholeWords = false;
};

/// More than this many are not looked for.
inline constexpr std::size_t kMostMatches = 20'000;

/// In the order of the text, the first kMostMatches; matches of nothing left out.
[[nodiscard]] std::expected<std::vector<Span>, QString> findAll(std::string_view text, const SearchQuery& query);

/// Edits that put `with` in the place of every match that lies in `within`. In a regular expression's replacement, \1
/// to \9 and $1 to $9 stand for groups, \0 for the whole, \n and \t for a line end and a tab.
[[nodiscard]] std::expected<TextEdits, QString> replaceAll(std::string_view text, const SearchQuery& query,
                                                           const QString& with, Span within);

} // namespace stagelift::ui
