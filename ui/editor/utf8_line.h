// SPDX-License-Identifier: GPL-3.0-or-later
//
// A line as Qt sees it, with the way back: Scintilla counts bytes, Qt counts UTF-16. Bytes that are not UTF-8 become
// U+FFFD each, so that no byte is lost count of.

#pragma once

#include <QString>

#include <cstdint>
#include <string_view>
#include <vector>

namespace stagelift::ui {

class Utf8Line {
public:
    explicit Utf8Line(std::string_view bytes);

    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] QString& text() { return m_text; } // for changes that keep its length
    /// The byte that a UTF-16 offset, its end included, stands for.
    [[nodiscard]] std::uint32_t byteAt(qsizetype utf16) const;

private:
    QString m_text;
    std::vector<std::uint32_t> m_bytes; // empty for ASCII, where both count alike
};

} // namespace stagelift::ui
