// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/program_facts.h"

#include <algorithm>

namespace stagelift {

std::optional<ProgramFacts> scriptFacts(std::string_view beginning)
{
    constexpr std::string_view kMark = "#!";
    constexpr std::string_view kBlanks = " \t\r";
    if (!beginning.starts_with(kMark))
        return std::nullopt;
    std::string_view line = beginning.substr(kMark.size(), kLongestFirstLine);
    line = line.substr(0, line.find('\n'));
    const auto trim = [&] {
        line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
        line = line.substr(0, line.find_last_not_of(kBlanks) + 1);
    };
    trim();
    ProgramFacts facts{.kind = ProgramKind::Script};
    const std::size_t end = std::min(line.find_first_of(kBlanks), line.size());
    facts.interpreter = line.substr(0, end);
    line.remove_prefix(end);
    trim();
    facts.argument = line;
    const auto isUnfit = [](char c) { return static_cast<unsigned char>(c) < ' '; };
    if (!facts.interpreter.starts_with('/') || std::ranges::any_of(facts.interpreter + facts.argument, isUnfit))
        return std::nullopt;
    return facts;
}

} // namespace stagelift
