// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/expand.h"

#include <algorithm>

namespace stagelift {

std::optional<std::string_view> Environment::find(std::string_view name) const
{
    for (const auto& [key, value] : m_values) {
        if (key == name)
            return value;
    }
    return std::nullopt;
}

void Environment::set(std::string_view name, std::string_view value)
{
    for (auto& [key, old] : m_values) {
        if (key == name) {
            old = value;
            return;
        }
    }
    m_values.emplace_back(name, value);
}

std::vector<std::string_view> Environment::names() const
{
    std::vector<std::string_view> names;
    names.reserve(m_values.size());
    for (const auto& [key, value] : m_values)
        names.push_back(key);
    return names;
}

Definition definitionFrom(std::string_view word)
{
    const std::size_t sign = word.find('=');
    if (sign == std::string_view::npos)
        return {word, std::nullopt};
    return {word.substr(0, sign), word.substr(sign + 1)};
}

ShellText expand(std::string_view word, const Variables& variables, char escape)
{
    const auto isSpecial = [escape](char c) { return c == '$' || c == '\'' || c == '"' || c == escape; };
    if (std::ranges::none_of(word, isSpecial)) {
        ShellText plain;
        plain.text = word;
        return plain;
    }
    return readShell(word, {.escape = escape}, variables);
}

} // namespace stagelift
