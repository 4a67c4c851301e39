// SPDX-License-Identifier: GPL-3.0-or-later
//
// Variables in a Dockerfile and what a word comes to with them: `${VERSION:-1.22}`.

#pragma once

#include "core/dockerfile/shell_word.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stagelift {

/// Names with values, in the order in which they were first set.
class Environment final : public Variables {
public:
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const override;
    [[nodiscard]] bool contains(std::string_view name) const { return find(name).has_value(); }
    void set(std::string_view name, std::string_view value);
    [[nodiscard]] std::vector<std::string_view> names() const;
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const { return m_values; }

private:
    std::vector<std::pair<std::string, std::string>> m_values;
};

/// A definition in ARG: "NAME" or "NAME=value".
struct Definition {
    std::string_view name;
    std::optional<std::string_view> value; // as written
};

[[nodiscard]] Definition definitionFrom(std::string_view word);

/// A word with its variables replaced and its quotes and escapes taken out; with `:-` `:+` `:?` `-` `+` `?` `#` `##`
/// `%`
/// `%%` `/` `//` as in a shell.
[[nodiscard]] ShellText expand(std::string_view word, const Variables& variables, char escape = '\\');

} // namespace stagelift
