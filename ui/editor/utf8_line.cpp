// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/editor/utf8_line.h"

#include <algorithm>
#include <array>

namespace stagelift::ui {

namespace {

struct Decoded {
    char32_t character = 0xFFFD;
    std::uint32_t length = 1; // bytes
};

/// How a sequence begins (Unicode 16, table 3-7), and the least character it may stand for.
struct Lead {
    unsigned char mask, bits;
    std::uint32_t length;
    char32_t least;
};

constexpr std::array kLeads{Lead{0x80, 0x00, 1, 0}, Lead{0xE0, 0xC0, 2, 0x80}, Lead{0xF0, 0xE0, 3, 0x800},
                            Lead{0xF8, 0xF0, 4, 0x10000}};

Decoded decodeFirst(std::string_view bytes)
{
    const auto first = static_cast<unsigned char>(bytes.front());
    const auto* lead =
        std::ranges::find_if(kLeads, [first](const Lead& each) { return (first & each.mask) == each.bits; });
    if (lead == kLeads.end() || bytes.size() < lead->length)
        return {};
    char32_t character = first & static_cast<unsigned char>(~lead->mask);
    for (const char byte : bytes.substr(1, lead->length - 1)) {
        const auto next = static_cast<unsigned char>(byte);
        if ((next & 0xC0) != 0x80)
            return {};
        character = character << 6 | (next & 0x3FU);
    }
    const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
    if (character < lead->least || character > 0x10FFFF || surrogate)
        return {};
    return {.character = character, .length = lead->length};
}

} // namespace

Utf8Line::Utf8Line(std::string_view bytes)
{
    const bool ascii = std::ranges::none_of(bytes, [](char byte) { return (byte & 0x80) != 0; });
    if (ascii) {
        m_text = QString::fromLatin1(bytes.data(), qsizetype(bytes.size()));
        return;
    }
    m_text.reserve(qsizetype(bytes.size()));
    m_bytes.reserve(bytes.size() + 1);
    for (std::uint32_t at = 0; at < bytes.size();) {
        const Decoded next = decodeFirst(bytes.substr(at));
        m_text.append(QStringView(QChar::fromUcs4(next.character)));
        m_bytes.resize(static_cast<std::size_t>(m_text.size()), at);
        at += next.length;
    }
    m_bytes.push_back(static_cast<std::uint32_t>(bytes.size()));
}

std::uint32_t Utf8Line::byteAt(qsizetype utf16) const
{
    if (m_bytes.empty())
        return static_cast<std::uint32_t>(utf16);
    return m_bytes[std::min(static_cast<std::size_t>(utf16), m_bytes.size() - 1)];
}

} // namespace stagelift::ui
