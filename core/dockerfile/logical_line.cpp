// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/logical_line.h"

namespace stagelift {

void LogicalLine::clear()
{
    m_pieces.clear();
    m_text = {};
}

void LogicalLine::add(std::string_view stretch, std::uint32_t source)
{
    if (!m_pieces.empty() && stretch.empty())
        return;
    const auto begin = m_pieces.empty() ? std::size_t{0} : m_pieces.back().begin + m_pieces.back().bytes.size();
    m_pieces.push_back({stretch, static_cast<std::uint32_t>(begin), source});
}

void LogicalLine::join(std::deque<std::string>& store)
{
    if (m_pieces.size() == 1) {
        m_text = m_pieces.front().bytes;
        return;
    }
    std::string& whole = store.emplace_back();
    whole.reserve(m_pieces.back().begin + m_pieces.back().bytes.size());
    for (const Piece& piece : m_pieces)
        whole += piece.bytes;
    m_text = whole;
}

} // namespace stagelift
