// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/source_text.h"

#include <algorithm>

namespace stagelift {

SourceText::SourceText(std::string bytes) : m_bytes(std::move(bytes))
{
    constexpr std::size_t kBytesALine = 32; // a guess that spares most files a second allocation
    m_lineStarts.reserve(m_bytes.size() / kBytesALine + 2);
    m_lineStarts.push_back(0);
    for (auto at = m_bytes.find('\n'); at != std::string::npos; at = m_bytes.find('\n', at + 1))
        m_lineStarts.push_back(static_cast<std::uint32_t>(at + 1));
}

std::string_view SourceText::at(Span span) const
{
    const auto size = static_cast<std::uint32_t>(m_bytes.size());
    const std::uint32_t begin = std::min(span.begin, size);
    const std::uint32_t end = std::clamp(span.end, begin, size);
    return std::string_view(m_bytes).substr(begin, end - begin);
}

std::uint32_t SourceText::lineCount() const
{
    return static_cast<std::uint32_t>(m_lineStarts.size());
}

std::uint32_t SourceText::lineAt(std::uint32_t offset) const
{
    const auto after = std::ranges::upper_bound(m_lineStarts, offset);
    return static_cast<std::uint32_t>(after - m_lineStarts.begin());
}

Span SourceText::lineSpan(std::uint32_t line) const
{
    Span span = fullLineSpan(line);
    if (span.empty() || m_bytes[span.end - 1] != '\n')
        return span;
    --span.end;
    if (!span.empty() && m_bytes[span.end - 1] == '\r')
        --span.end;
    return span;
}

Span SourceText::fullLineSpan(std::uint32_t line) const
{
    const auto size = static_cast<std::uint32_t>(m_bytes.size());
    if (line == 0 || line > m_lineStarts.size())
        return {size, size};
    return {m_lineStarts[line - 1], line < m_lineStarts.size() ? m_lineStarts[line] : size};
}

std::string_view SourceText::lineEnding() const
{
    const Span first = fullLineSpan(1);
    return at(first).ends_with("\r\n") ? "\r\n" : "\n";
}

} // namespace stagelift
