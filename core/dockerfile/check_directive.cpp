// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/check_directive.h"

#include "core/dockerfile/directives.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>

namespace stagelift {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

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
    const auto isError = asBoolean(value);
    if (!isError)
        return std::format("failed to parse check option {}: strconv.ParseBool: parsing {}: invalid syntax",
                           quoted(option), quoted(value));
    directive.isError = *isError;
    return std::nullopt;
}

/// The directives of a file whose first line is for the system, and no directive to the parser.
std::vector<Directive> directivesBelowTheFirstLine(const Dockerfile& dockerfile)
{
    const SourceText& source = *dockerfile.source;
    Dockerfile below;
    below.source = &source;
    DirectiveReader reader(below);
    for (std::uint32_t line = 2; line <= source.lineCount() && !reader.isDone(); ++line)
        reader.read(source.at(source.lineSpan(line)), line);
    return std::move(below.directives);
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

std::optional<Directive> checkDirectiveOf(const Dockerfile& dockerfile)
{
    constexpr std::string_view kShebang = "#!";
    const SourceText& source = *dockerfile.source;
    std::string_view top = source.bytes();
    const std::size_t mark = top.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    top.remove_prefix(mark);
    const bool hasShebang = top.starts_with(kShebang);
    if (!hasShebang && dockerfile.directives.empty())
        return std::nullopt;
    std::uint32_t line = hasShebang ? 1 : 0;
    for (const Directive& each : hasShebang ? directivesBelowTheFirstLine(dockerfile) : dockerfile.directives) {
        // One is missing where it was there already, at which BuildKit looks no further.
        const bool isNext = each.line == ++line;
        if (!isNext || each.span.begin != source.lineSpan(line).begin + (line == 1 ? mark : 0))
            break;
        if (each.name == "check")
            return each;
    }
    return std::nullopt;
}

} // namespace stagelift
