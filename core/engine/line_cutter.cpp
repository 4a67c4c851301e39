// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/progress.h"

#include <algorithm>
#include <utility>

namespace stagelift {

namespace {

constexpr qsizetype kLongestLine = 64 * 1024; // bytes; a longer one is handed on in pieces

} // namespace

void LineCutter::feed(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const auto stop = std::ranges::find_if(bytes, [](char c) { return c == '\n' || c == '\r'; });
        const auto run = static_cast<qsizetype>(stop - bytes.begin());
        takeRun(bytes.first(run));
        if (run == bytes.size())
            return;
        if (*stop == '\n')
            end('\n');
        else
            m_returned = true;
        bytes = bytes.sliced(run + 1);
    }
}

void LineCutter::takeRun(QByteArrayView run)
{
    if (run.isEmpty())
        return;
    if (m_returned)
        end('\r');
    for (qsizetype room = kLongestLine - m_open.size(); run.size() > room; room = kLongestLine) {
        m_open += run.first(room);
        run = run.sliced(room);
        end('\n');
    }
    m_open += run;
}

void LineCutter::end(char by)
{
    m_returned = false;
    m_line(std::exchange(m_open, {}), by);
}

void LineCutter::flush()
{
    if (!m_open.isEmpty() || m_returned)
        end('\n');
}

} // namespace stagelift
