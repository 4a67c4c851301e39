// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/expand.h"

#include <algorithm>

namespace stagelift {

namespace {

constexpr std::size_t kFew = 16; // names that are found by looking at each

} // namespace

std::optional<std::size_t> Environment::placeOf(std::string_view name) const
{
    if (m_values.size() > kFew) {
        const auto found = m_places.find(name);
        return found == m_places.end() ? std::nullopt : std::optional(found->second);
    }
    const auto found = std::ranges::find(m_values, name, &std::pair<std::string, std::string>::first);
    if (found == m_values.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - m_values.begin());
}

std::optional<std::string_view> Environment::find(std::string_view name) const
{
    return placeOf(name).transform([this](std::size_t place) { return std::string_view(m_values[place].second); });
}

void Environment::set(std::string_view name, std::string_view value)
{
    if (const auto place = placeOf(name)) {
        m_values[*place].second = value;
        return;
    }
    if (m_values.empty())
        m_values.reserve(kFew);
    m_values.emplace_back(name, value);
    if (m_values.size() <= kFew)
        return;
    for (std::size_t i = m_places.size(); i < m_values.size(); ++i)
        m_places.emplace(m_values[i].first, i);
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
