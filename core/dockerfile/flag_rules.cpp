// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/flag_rules.h"

#include <algorithm>
#include <array>

namespace stagelift {

namespace {

using enum FlagType;

constexpr std::array kAddFlags{
    FlagRule{"chown"},    FlagRule{"chmod"},           FlagRule{"link", Boolean}, FlagRule{"keep-git-dir", Boolean},
    FlagRule{"checksum"}, FlagRule{"unpack", Boolean}, FlagRule{"exclude", Texts}};
constexpr std::array kCopyFlags{FlagRule{"chown"},
                                FlagRule{"from"},
                                FlagRule{"chmod"},
                                FlagRule{"link", Boolean},
                                FlagRule{"parents", Boolean},
                                FlagRule{"exclude", Texts}};
constexpr std::array kFromFlags{FlagRule{"platform"}};
constexpr std::array kHealthFlags{FlagRule{"interval"}, FlagRule{"timeout"}, FlagRule{"start-period"},
                                  FlagRule{"start-interval"}, FlagRule{"retries"}};
constexpr std::array kRunFlags{FlagRule{"mount", Texts}, FlagRule{"network"}, FlagRule{"security"},
                               FlagRule{"device", Texts}};

struct Row {
    Keyword keyword;
    std::span<const FlagRule> rules;
};

constexpr std::array kRows{Row{Keyword::Add, kAddFlags}, Row{Keyword::Copy, kCopyFlags}, Row{Keyword::From, kFromFlags},
                           Row{Keyword::Healthcheck, kHealthFlags}, Row{Keyword::Run, kRunFlags}};

} // namespace

std::span<const FlagRule> flagRules(Keyword keyword)
{
    const auto* const row = std::ranges::find(kRows, keyword, &Row::keyword);
    return row == kRows.end() ? std::span<const FlagRule>() : row->rules;
}

const FlagRule* flagRule(Keyword keyword, std::string_view name)
{
    const auto rules = flagRules(keyword);
    const auto found = std::ranges::find(rules, name, &FlagRule::name);
    return found == rules.end() ? nullptr : &*found;
}

} // namespace stagelift
