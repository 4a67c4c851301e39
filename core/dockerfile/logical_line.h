// SPDX-License-Identifier: GPL-3.0-or-later
//
// One instruction's lines as one text: continuations joined, comments and empty lines between them left out, as
// BuildKit joins them; and the way back, from a byte of that text to the byte of the source it is.

#pragma once

#include "core/dockerfile/dockerfile.h"

#include <algorithm>

namespace stagelift {

class LogicalLine {
public:
    void clear();
    /// Adds the next stretch of the text; `source` is where it begins in the source.
    void add(std::string_view stretch, std::uint32_t source);
    /// Makes text() whole. A text of several stretches is put into `store`.
    void join(std::deque<std::string>& store);

    [[nodiscard]] std::string_view text() const { return m_text; }
    /// Where a range of the text stands: from its first byte to its last.
    [[nodiscard]] Span span(std::size_t begin, std::size_t end) const;
    [[nodiscard]] Word word(std::size_t begin, std::size_t end) const
    {
        return {m_text.substr(begin, end - begin), span(begin, end)};
    }

private:
    struct Piece {
        std::string_view bytes;
        std::uint32_t begin = 0; // in the text
        std::uint32_t source = 0;
    };

    [[nodiscard]] std::uint32_t sourceOf(std::size_t position) const;

    std::vector<Piece> m_pieces;
    std::string_view m_text;
};

inline std::uint32_t LogicalLine::sourceOf(std::size_t position) const
{
    const auto after = std::ranges::upper_bound(m_pieces, position, {}, &Piece::begin);
    const Piece& piece = after == m_pieces.begin() ? *after : *(after - 1);
    return piece.source + static_cast<std::uint32_t>(position) - piece.begin;
}

inline Span LogicalLine::span(std::size_t begin, std::size_t end) const
{
    const std::uint32_t first = sourceOf(begin);
    // The end belongs behind the last byte, not ahead of the next stretch's first.
    return {first, end > begin ? sourceOf(end - 1) + 1 : first};
}

} // namespace stagelift
