// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/log_lines.h"

#include <utility>

namespace stagelift {

qint64 LogLines::feed(QStringView text, QByteArray& whole)
{
    qint64 lines = 0;
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf(u'\n');
        QStringView line = end < 0 ? text : text.first(end);
        text = end < 0 ? QStringView() : text.sliced(end + 1);
        while (!line.isEmpty()) {
            const qsizetype back = line.indexOf(u'\r');
            takeRun(back < 0 ? line : line.first(back));
            lines += cutOverlong(whole);
            line = back < 0 ? QStringView() : line.sliced(back + 1);
            m_returned = m_returned || back >= 0;
        }
        if (end >= 0) {
            this->end(whole);
            ++lines;
        }
    }
    return lines;
}

void LogLines::takeRun(QStringView run)
{
    if (run.isEmpty())
        return;
    const bool styled = run.contains(u'\x1b');
    // Behind a carriage return, a sequence alone does not draw over anything yet.
    const bool draws = !styled || showsAnything(run);
    if (draws && std::exchange(m_returned, false))
        m_line.clear();
    m_drawn = m_drawn || draws;
    if (m_line.isEmpty())
        m_line = m_style.sequence();
    m_line += run;
    if (styled)
        m_style = styleBehind(m_style, run);
}

/// Not in the middle of a sequence or of a character.
qint64 LogLines::cutOverlong(QByteArray& whole)
{
    qint64 lines = 0;
    while (m_line.size() > kLongest) {
        qsizetype cut = kLongest;
        if (m_line.at(cut).isLowSurrogate())
            --cut;
        if (const qsizetype escape = m_line.lastIndexOf(u'\x1b', cut - 1);
            escape > 0 && m_line.indexOf(u'm', escape) >= cut)
            cut = escape;
        const QString rest = m_line.sliced(cut);
        m_line.truncate(cut);
        const LogStyle behind = styleBehind({}, m_line);
        whole += m_line.toUtf8() + '\n';
        m_line = behind.sequence() + rest;
        ++lines;
    }
    return lines;
}

void LogLines::end(QByteArray& whole)
{
    whole += m_line.toUtf8();
    whole += '\n';
    m_line.clear();
    m_drawn = false;
    m_returned = false;
}

} // namespace stagelift
