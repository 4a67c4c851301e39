// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/content_sum.h"

#include <bit>
#include <cstring>

namespace stagelift {

namespace {

constexpr unsigned kWordBits = 64;
constexpr unsigned kByteBits = 8;

} // namespace

void ContentSum::mix(quint64 word)
{
    constexpr quint64 kFirst = 0x9e3779b97f4a7c15ULL; // of the golden ratio; both are odd
    constexpr quint64 kSecond = 0xbf58476d1ce4e5b9ULL;
    constexpr int kTurn = 29;
    m_sum = std::rotl(m_sum ^ (word * kFirst), kTurn) * kSecond;
}

void ContentSum::take(QByteArrayView bytes, qint64 offset)
{
    m_isKnown = m_isKnown && offset == m_size;
    m_size += bytes.size();
    const char* at = bytes.data();
    const char* end = at + bytes.size();
    const auto takeByte = [&] {
        m_rest |= quint64{static_cast<unsigned char>(*at++)} << m_restBits;
        m_restBits += kByteBits;
        if (m_restBits < kWordBits)
            return;
        mix(m_rest);
        m_rest = 0;
        m_restBits = 0;
    };
    while (at < end && m_restBits > 0)
        takeByte();
    for (; end - at >= static_cast<qsizetype>(sizeof(quint64)); at += sizeof(quint64)) {
        quint64 word = 0;
        std::memcpy(&word, at, sizeof(word));
        if constexpr (std::endian::native == std::endian::big)
            word = std::byteswap(word);
        mix(word);
    }
    while (at < end)
        takeByte();
}

quint64 ContentSum::value(qint64 size) const
{
    if (!m_isKnown || m_size != size)
        return 0;
    ContentSum last = *this;
    last.mix(m_rest);
    last.mix(static_cast<quint64>(size));
    return last.m_sum | 1U;
}

} // namespace stagelift
