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
    const auto found = std::ranges::find(m_values, name, &Value::name);
    if (found == m_values.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - m_values.begin());
}

std::optional<std::string_view> Environment::find(std::string_view name) const
{
    return placeOf(name).transform([this](std::size_t place) { return std::string_view(m_values[place].text); });
}

void Environment::set(std::string_view name, std::string_view value)
{
    if (const auto place = placeOf(name)) {
        m_values[*place].text = value;
        m_values[*place].turn = m_turns++;
        return;
    }
    if (m_values.empty())
        m_values.reserve(kFew);
    Value& added = m_values.emplace_back();
    added.name = name;
    added.text = value;
    added.turn = m_turns++;
    if (m_values.size() <= kFew)
        return;
    for (std::size_t i = m_places.size(); i < m_values.size(); ++i)
        m_places.emplace(m_values[i].name, i);
}

void Environment::setAll(const Environment& others)
{
    for (const Value& value : others.m_values)
        set(value.name, value.text);
}

std::vector<std::string_view> Environment::names() const
{
    std::vector<const Value*> values;
    values.reserve(m_values.size());
    std::ranges::transform(m_values, std::back_inserter(values), [](const Value& value) { return &value; });
    std::ranges::sort(values, {}, &Value::turn);
    std::vector<std::string_view> names(values.size());
    std::ranges::transform(values, names.begin(), &Value::name);
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
