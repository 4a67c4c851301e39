// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/log_text.h"

#include <QStringDecoder>

#include <algorithm>

namespace stagelift {

namespace {

constexpr QChar kEscape(u'\x1b');
constexpr QChar kBell(u'\x07');

/// OSC, DCS, SOS, PM and APC carry a string up to BEL or ESC \.
bool opensString(QChar c)
{
    return c == u']' || c == u'P' || c == u'X' || c == u'^' || c == u'_';
}

/// How many bytes at the end begin a UTF-8 character that goes on behind them.
qsizetype openAtEnd(QByteArrayView bytes)
{
    constexpr qsizetype kLongest = 3;
    for (qsizetype length = 1; length <= std::min(kLongest, bytes.size()); ++length) {
        const auto first = static_cast<unsigned char>(bytes[bytes.size() - length]);
        const qsizetype whole = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
        if (first >= 0xC0)
            return whole > length ? length : 0;
        if (first < 0x80)
            return 0;
    }
    return 0;
}

} // namespace

// Not with a decoder that remembers: behind a character that is cut by the end of a chunk and then turns out to be
// none, Qt 6.8's loses the characters that follow.
QString LogText::feed(QByteArrayView bytes)
{
    m_open.append(bytes);
    const qsizetype open = openAtEnd(m_open);
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    const QString decoded = decoder.decode(QByteArrayView(m_open).chopped(open));
    m_open = m_open.last(open);
    QString out;
    out.reserve(decoded.size());
    for (const QChar c : decoded)
        take(c, out);
    return out;
}

void LogText::take(QChar c, QString& out)
{
    switch (m_state) {
    case State::Text:
        takeText(c, out);
        return;
    case State::Escape:
        m_state = c == u'[' ? State::Sequence : opensString(c) ? State::String : State::Text;
        // Intermediate bytes (as in ESC ( B) belong to the sequence: the final one is still to come.
        if (c >= u'\x20' && c <= u'\x2f')
            m_state = State::Escape;
        return;
    case State::Sequence:
        if (c >= u'\x40' && c <= u'\x7e')
            m_state = State::Text;
        else if (c == u'\n') { // never meant: a line's end is worth more than a broken sequence
            m_state = State::Text;
            out += c;
        }
        return;
    case State::String:
        if (c == kBell)
            m_state = State::Text;
        else if (c == kEscape)
            m_state = State::StringEscape;
        return;
    case State::StringEscape:
        m_state = c == u'\\' ? State::Text : State::String;
        return;
    }
}

void LogText::takeText(QChar c, QString& out)
{
    const bool afterReturn = m_afterReturn;
    m_afterReturn = c == u'\r';
    if (c == kEscape) {
        m_state = State::Escape;
    } else if (c == u'\n') {
        if (!afterReturn)
            out += c;
    } else if (c == u'\r') {
        out += u'\n'; // a progress line that would be drawn over: each of its states is a line here
    } else if (c == u'\t' || (c >= u' ' && c != u'\x7f' && !(c >= u'\x80' && c <= u'\x9f'))) {
        out += c;
    }
}

} // namespace stagelift
