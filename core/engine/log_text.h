// SPDX-License-Identifier: GPL-3.0-or-later
//
// A step's output as text that can be shown: bytes decoded as UTF-8 across chunks, escape sequences and control
// characters taken out, lone carriage returns made line ends, so that nothing draws over anybody's screen.

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace stagelift {

class LogText {
public:
    /// Whole characters only: what is cut at the end of a chunk comes with the next.
    [[nodiscard]] QString feed(QByteArrayView bytes);

private:
    /// Of the state machine for escape sequences, ECMA-48.
    enum class State : quint8 { Text, Escape, Sequence, String, StringEscape };

    void take(QChar c, QString& out);
    void takeText(QChar c, QString& out);

    QByteArray m_open; // the bytes of a character that is not yet whole
    State m_state = State::Text;
    bool m_afterReturn = false;
};

} // namespace stagelift
