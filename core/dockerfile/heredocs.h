// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which heredocs a line announces. Rules: BuildKit, parser/parser.go: heredocsFromLine, heredocFromMatch.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift {

struct HeredocMark {
    std::string name;
    std::uint32_t fd = 0;
    bool expand = true;
    bool chomp = false;
};

/// A word that is one: `<<EOF`, `3<<-"EOF"`.
[[nodiscard]] std::optional<HeredocMark> heredocFrom(std::string_view word);

/// The word is one: it stands for what follows, and is no file.
[[nodiscard]] bool isHeredocWord(std::string_view word);

/// In their order. A line that is no shell text (a quote without its match, `${`) announces none.
[[nodiscard]] std::vector<HeredocMark> heredocsIn(std::string_view line);

/// Whether a line is an instruction even where a heredoc is open: someone is typing its end, or took it out. A line at
/// the left margin that begins with a keyword in capitals is; in another case only a FROM as it must be is, because
/// scripts say `env`, `add` and `from os import path` too.
[[nodiscard]] bool isCertainInstruction(std::string_view line);

/// The content as a chomping heredoc gives it: without tabs at the begin of its lines.
[[nodiscard]] std::string chomped(std::string_view content);

} // namespace stagelift
