// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a thing stands in a text: byte offsets in UTF-8, because Scintilla's are; lines as people count them.

#pragma once

#include <cstdint>

namespace stagelift {

/// A half-open range of bytes.
struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
    [[nodiscard]] constexpr bool empty() const { return begin == end; }
    /// True from the first byte up to and including the place behind the last one, where a caret belongs to the span
    /// too.
    [[nodiscard]] constexpr bool touches(std::uint32_t offset) const { return begin <= offset && offset <= end; }
    [[nodiscard]] constexpr bool operator==(const Span&) const = default;
};

/// Lines from first to last, 1-based and inclusive, as BuildKit prints them. 0 means: no line is known.
struct LineRange {
    std::uint32_t first = 0;
    std::uint32_t last = 0;

    [[nodiscard]] constexpr bool contains(std::uint32_t line) const { return first <= line && line <= last; }
    [[nodiscard]] constexpr bool operator==(const LineRange&) const = default;
};

} // namespace stagelift
