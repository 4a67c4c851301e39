// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/directives.h"

#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift {

namespace {

constexpr std::array<std::string_view, 3> kNames{"syntax", "escape", "check"};

// Go's `\s`: no vertical tab.
constexpr bool isPatternSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

std::size_t skipSpaces(std::string_view text, std::size_t at)
{
    while (at < text.size() && isPatternSpace(text[at]))
        ++at;
    return at;
}

std::size_t skipName(std::string_view text, std::size_t at)
{
    if (at < text.size() && !isAsciiLetter(text[at]))
        return at;
    while (at < text.size() && (isAsciiLetter(text[at]) || isDigit(text[at])))
        ++at;
    return at;
}

/// The name of the directive that a word is, "" for any other word.
std::string_view knownName(std::string_view word)
{
    const auto* const found = std::ranges::find_if(kNames, [&](auto name) { return equalFolded(name, word); });
    return found == kNames.end() ? std::string_view() : *found;
}

} // namespace

void DirectiveReader::read(std::string_view line, std::uint32_t number)
{
    m_done = true; // until it proves to be a directive
    if (!line.starts_with('#'))
        return;
    const std::string_view text = leftTrimmed(line.substr(1));
    const std::size_t nameEnd = skipName(text, 0);
    const std::string_view name = knownName(text.substr(0, nameEnd));
    const std::size_t equals = skipSpaces(text, nameEnd);
    if (name.empty() || equals >= text.size() || text[equals] != '=' || equals + 1 == text.size())
        return;

    std::size_t end = text.size();
    while (end > equals + 1 && isPatternSpace(text[end - 1]))
        --end;
    // A value of blanks only is the last of them, because the pattern wants one character at least.
    const bool isBlankValue = end == equals + 1;
    const std::size_t begin = isBlankValue ? text.size() - 1 : skipSpaces(text, equals + 1);
    end = isBlankValue ? text.size() : end;

    const auto offsetOf = [&](std::size_t at) {
        return static_cast<std::uint32_t>(text.data() + at - m_dockerfile.source->bytes().data());
    };
    Directive directive;
    directive.name = name;
    directive.value = {text.substr(begin, end - begin), {offsetOf(begin), offsetOf(end)}};
    directive.span = {static_cast<std::uint32_t>(line.data() - m_dockerfile.source->bytes().data()), offsetOf(end)};
    directive.line = number;
    m_done = false;
    add(directive);
}

void DirectiveReader::add(const Directive& directive)
{
    const auto& known = m_dockerfile.directives;
    if (std::ranges::find(known, directive.name, &Directive::name) != known.end()) {
        refuse(std::format("only one {} parser directive can be used", directive.name), directive);
        return;
    }
    const std::string_view value = directive.value.text;
    if (directive.name == "escape" && value != "\\" && value != "`")
        refuse(std::format("invalid escape token '{}' does not match ` or \\", value), directive);
    else if (directive.name == "escape")
        m_dockerfile.escape = value.front();
    m_dockerfile.directives.push_back(directive);
}

void DirectiveReader::refuse(std::string message, const Directive& directive)
{
    // BuildKit counts the line only after it has read the directive, and so names the one above it.
    const LineRange lines{directive.line - 1, directive.line - 1};
    m_dockerfile.errors.push_back({std::move(message), directive.span, lines, false, SyntaxPhase::Lines});
}

} // namespace stagelift
