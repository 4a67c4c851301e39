// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/checks/check_options.h"

#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>
#include <optional>

namespace stagelift {

namespace {

std::vector<std::string_view> listFrom(std::string_view text)
{
    std::vector<std::string_view> items;
    while (true) {
        const std::size_t comma = text.find(',');
        items.push_back(trimmed(text.substr(0, comma)));
        if (comma == std::string_view::npos)
            return items;
        text.remove_prefix(comma + 1);
    }
}

/// As Go's strconv.ParseBool.
std::optional<bool> booleanFrom(std::string_view text)
{
    constexpr std::array<std::string_view, 6> kTrue{"1", "t", "T", "TRUE", "true", "True"};
    constexpr std::array<std::string_view, 6> kFalse{"0", "f", "F", "FALSE", "false", "False"};
    if (std::ranges::find(kTrue, text) != kTrue.end())
        return true;
    if (std::ranges::find(kFalse, text) != kFalse.end())
        return false;
    return std::nullopt;
}

/// One `key=value`. Returns what is wrong with it.
std::optional<std::string> readOption(std::string_view option, CheckDirective& directive)
{
    const std::size_t sign = option.find('=');
    if (sign == std::string_view::npos)
        return std::format("invalid check option {}", quoted(option));
    const std::string_view key = trimmed(option.substr(0, sign));
    const std::string_view value = trimmed(option.substr(sign + 1));
    if (key == "skip" || key == "experimental") {
        bool& all = key == "skip" ? directive.skipsAll : directive.wantsAllExperimental;
        auto& some = key == "skip" ? directive.skipped : directive.experimental;
        all = all || value == "all";
        if (value != "all")
            some = listFrom(value);
        return std::nullopt;
    }
    if (key != "error")
        return std::format("invalid check option {}", quoted(key));
    const auto isError = booleanFrom(value);
    if (!isError)
        return std::format("failed to parse check option {}: strconv.ParseBool: parsing {}: invalid syntax",
                           quoted(option), quoted(value));
    directive.isError = *isError;
    return std::nullopt;
}

} // namespace

bool CheckDirective::wants(std::string_view rule, bool isExperimental) const
{
    if (isExperimental)
        return wantsAllExperimental || std::ranges::find(experimental, rule) != experimental.end();
    return !skipsAll && std::ranges::find(skipped, rule) == skipped.end();
}

void CheckDirective::merge(const CheckDirective& other)
{
    skipsAll = skipsAll || other.skipsAll;
    skipped.insert(skipped.end(), other.skipped.begin(), other.skipped.end());
    wantsAllExperimental = wantsAllExperimental || other.wantsAllExperimental;
    experimental.insert(experimental.end(), other.experimental.begin(), other.experimental.end());
    isError = isError || other.isError;
}

std::expected<CheckDirective, std::string> parseCheckDirective(std::string_view value)
{
    constexpr int kMostOptions = 3; // what is left behind the second semicolon is one option
    CheckDirective directive;
    value = trimmed(value.substr(0, value.find(' '))); // BuildKit cuts it at the first space
    for (int i = 1; !value.empty(); ++i) {
        const std::size_t semicolon = i < kMostOptions ? value.find(';') : std::string_view::npos;
        if (auto problem = readOption(value.substr(0, semicolon), directive))
            return std::unexpected(std::move(*problem));
        if (semicolon == std::string_view::npos)
            break;
        value.remove_prefix(semicolon + 1);
        if (value.empty())
            return std::unexpected("invalid check option \"\"");
    }
    return directive;
}

std::vector<std::string_view> commentsAbove(const SourceText& source, std::uint32_t line)
{
    std::vector<std::string_view> comments;
    while (line > 1) {
        const std::string_view text = leftTrimmed(source.at(source.lineSpan(--line)));
        if (!text.starts_with('#'))
            break;
        const std::string_view comment = trimmed(text.substr(1));
        if (comment.empty())
            break;
        comments.push_back(comment);
    }
    std::ranges::reverse(comments);
    return comments;
}

CheckDirective directiveIn(const std::vector<std::string_view>& comments)
{
    constexpr std::string_view kName = "check";
    for (const std::string_view comment : comments) {
        const std::size_t sign = comment.find('=');
        if (sign == std::string_view::npos || !equalFolded(trimmed(comment.substr(0, sign)), kName))
            continue;
        return parseCheckDirective(trimmed(comment.substr(sign + 1))).value_or(CheckDirective());
    }
    return {};
}

} // namespace stagelift
