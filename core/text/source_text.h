// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bytes of a file and where its lines begin. Whatever the bytes are, they stay: invalid UTF-8, NUL, a byte order
// mark and mixed line endings included.

#pragma once

#include "core/text/span.h"

#include <string>
#include <string_view>
#include <vector>

namespace stagelift {

class SourceText {
public:
    explicit SourceText(std::string bytes = {});

    // Views point into it: it is made once and stays where it is.
    SourceText(const SourceText&) = delete;
    SourceText& operator=(const SourceText&) = delete;

    [[nodiscard]] std::string_view bytes() const { return m_bytes; }
    [[nodiscard]] std::string_view at(Span span) const;

    /// Lines end at LF; a CR in front of it belongs to the ending. A text that ends in LF has an empty last line.
    [[nodiscard]] std::uint32_t lineCount() const;
    /// 1-based. An offset behind the end belongs to the last line.
    [[nodiscard]] std::uint32_t lineAt(std::uint32_t offset) const;
    /// The bytes of a 1-based line without its ending.
    [[nodiscard]] Span lineSpan(std::uint32_t line) const;
    /// The same with its ending.
    [[nodiscard]] Span fullLineSpan(std::uint32_t line) const;
    /// What new lines end with here: "\r\n" where the first line does, else "\n".
    [[nodiscard]] std::string_view lineEnding() const;

private:
    std::string m_bytes;
    std::vector<std::uint32_t> m_lineStarts;
};

} // namespace stagelift
