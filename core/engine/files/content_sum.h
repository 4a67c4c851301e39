// SPDX-License-Identifier: GPL-3.0-or-later
//
// A sum over the content of a file, to tell two of the same size apart: 64 bits, as fast as the memory. It is no
// protection against somebody who wants two files to have the same.

#pragma once

#include <QByteArrayView>

#include <string>

namespace stagelift {

class ContentSum {
public:
    /// The next piece. Behind a hole the sum is not known: what is zero may be stored or not.
    void take(QByteArrayView bytes, qint64 offset);
    /// The same however it came by; 0 where it is not known.
    /// @param size of the whole file, in bytes
    [[nodiscard]] quint64 value(qint64 size) const;

private:
    void mix(quint64 word);

    quint64 m_sum = 0x243f6a8885a308d3ULL; // the fraction of pi
    quint64 m_rest = 0;                    // bytes that are no whole word yet
    unsigned m_restBits = 0;
    qint64 m_size = 0;
    bool m_isKnown = true;
};

} // namespace stagelift
