// SPDX-License-Identifier: GPL-3.0-or-later
//
// Variables in a Dockerfile and what a word comes to with them: `${VERSION:-1.22}`.

#pragma once

#include "core/dockerfile/shell_word.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace stagelift {

/// Names with values.
class Environment final : public Variables {
public:
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const override;
    [[nodiscard]] bool contains(std::string_view name) const { return find(name).has_value(); }
    void set(std::string_view name, std::string_view value);
    /// Sets all of another's, in the order in which they were first set there.
    void setAll(const Environment& others);
    /// In the order in which they were last set, which is the one that BuildKit looks them through in.
    [[nodiscard]] std::vector<std::string_view> names() const;
    [[nodiscard]] std::size_t size() const { return m_values.size(); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
    };

    struct Value {
        std::string name;
        std::string text;
        std::size_t turn = 0; // when it was last set
    };

    [[nodiscard]] std::optional<std::size_t> placeOf(std::string_view name) const;

    std::vector<Value> m_values;
    std::size_t m_turns = 0;
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> m_places; // empty while there are few
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
