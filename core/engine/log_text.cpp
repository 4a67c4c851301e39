// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/log_text.h"

#include "core/engine/log_style.h"

#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr QChar kEscape(u'\x1b');
constexpr QChar kBell(u'\x07');
constexpr QChar kCancel(u'\x18');     // it and the next end any sequence
constexpr QChar kSubstitute(u'\x1a'); //
constexpr QChar kStringEnd(u'\x9c');  // ST in one character
constexpr QChar kSequenceBegin(u'\x9b');
constexpr qsizetype kLongestSequence = 256; // characters; a longer one means nothing

/// OSC, DCS, SOS, PM and APC carry a string up to BEL or ESC \.
bool opensString(QChar c)
{
    return c == u']' || c == u'P' || c == u'X' || c == u'^' || c == u'_';
}

/// The same in one character.
bool opensStringAlone(QChar c)
{
    return c == u'\x90' || c == u'\x98' || c == u'\x9d' || c == u'\x9e' || c == u'\x9f';
}

bool isControl(QChar c)
{
    return c < u' ' || (c >= u'\x7f' && c <= u'\x9f');
}

/// How many characters at the beginning stand for themselves.
qsizetype plainRun(QStringView text)
{
    const auto end = std::ranges::find_if(text, [](QChar c) { return isControl(c) && c != u'\n' && c != u'\t'; });
    return end - text.begin();
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
    for (QStringView rest = decoded; !rest.isEmpty();) {
        const qsizetype run = m_state == State::Text && !m_returned ? plainRun(rest) : 0;
        out += rest.first(run);
        rest = rest.sliced(run);
        if (!rest.isEmpty()) {
            take(rest.front(), out);
            rest = rest.sliced(1);
        }
    }
    return out;
}

void LogText::take(QChar c, QString& out)
{
    if (c == kCancel || c == kSubstitute) {
        m_state = State::Text;
        return;
    }
    switch (m_state) {
    case State::Text:
        takeControl(c, out);
        return;
    case State::Escape:
        m_parameters.clear();
        m_state = c == u'['                      ? State::Sequence
                  : opensString(c)               ? State::String
                  : c == kEscape                 ? State::Escape
                  : c >= u'\x20' && c <= u'\x2f' ? State::Escape // as in ESC ( B: the final one is still to come
                                                 : State::Text;
        if (c == u'\n')
            endLine(out);
        return;
    case State::Sequence:
        if (c >= u'\x40' && c <= u'\x7e')
            endSequence(c, out);
        else if (c == kEscape)
            m_state = State::Escape;
        else if (c == u'\n') // never meant: a line's end is worth more than a broken sequence
            endLine(out);
        else if (m_parameters.size() < kLongestSequence)
            m_parameters += c;
        return;
    case State::String:
        if (c == kBell || c == kStringEnd)
            m_state = State::Text;
        else if (c == kEscape)
            m_state = State::StringEscape;
        else if (c == u'\n')
            endLine(out);
        return;
    case State::StringEscape:
        m_state = State::Text;
        if (c != u'\\') { // the string was broken off, and another sequence begins
            m_state = State::Escape;
            take(c, out);
        }
        return;
    }
}

void LogText::takeControl(QChar c, QString& out)
{
    if (c == kEscape) {
        m_state = State::Escape;
    } else if (c == kSequenceBegin) {
        m_parameters.clear();
        m_state = State::Sequence;
    } else if (opensStringAlone(c)) {
        m_state = State::String;
    } else if (c == u'\n') {
        endLine(out);
    } else if (c == u'\r') {
        m_returned = true;
    } else if (!isControl(c) || c == u'\t') {
        beginAgain(out);
        out += c;
    }
}

void LogText::endSequence(QChar last, QString& out)
{
    m_state = State::Text;
    if (last == u'm' && isStyle(m_parameters))
        out += u"\x1b["_s + m_parameters + u'm';
    else if (last == u'G' && (m_parameters.isEmpty() || m_parameters == "0"_L1 || m_parameters == "1"_L1))
        m_returned = true; // yarn and others send the cursor to the first column instead
}

void LogText::endLine(QString& out)
{
    m_state = State::Text;
    m_returned = false;
    out += u'\n';
}

void LogText::beginAgain(QString& out)
{
    if (std::exchange(m_returned, false))
        out += u'\r';
}

QString plainText(QString text)
{
    text.replace(u'\r', u'\n');
    return withoutStyles(text);
}

} // namespace stagelift
