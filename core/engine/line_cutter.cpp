// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/progress.h"

#include <utility>

namespace stagelift {

namespace {

constexpr qsizetype kLongestLine = 64 * 1024; // bytes; a longer one is handed on in pieces

} // namespace

void LineCutter::feed(QByteArrayView bytes)
{
    for (const char c : bytes) {
        const bool secondOfPair = c == '\n' && std::exchange(m_afterReturn, false);
        m_afterReturn = c == '\r';
        if (secondOfPair)
            continue;
        if (c == '\n' || c == '\r' || m_open.size() >= kLongestLine)
            m_line(std::exchange(m_open, {}));
        if (c != '\n' && c != '\r')
            m_open += c;
    }
}

void LineCutter::flush()
{
    if (!m_open.isEmpty())
        m_line(std::exchange(m_open, {}));
}

} // namespace stagelift
