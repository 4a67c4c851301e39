// SPDX-License-Identifier: GPL-3.0-or-later
//
// A step's output as text that can be shown: bytes decoded as UTF-8 across chunks, and of the control sequences of
// ECMA-48 only those that give a style (SGR: "\x1b[1;31m"), which log_style.h reads. All others are taken out, with the
// titles, links and pictures they carry, so that nothing draws over anybody's screen.
//
// What comes out are characters, tabs, line feeds, whole style sequences, and carriage returns: behind one, the line
// begins again, as a progress bar does it. CR LF is a line feed. A cursor sent to the first column is a carriage
// return.

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace stagelift {

class LogText {
public:
    /// Whole characters and sequences only: what is cut at the end of a chunk comes with the next.
    [[nodiscard]] QString feed(QByteArrayView bytes);

private:
    /// Of the state machine for escape sequences, ECMA-48.
    enum class State : quint8 { Text, Escape, Sequence, String, StringEscape };

    void take(QChar c, QString& out);
    void takeControl(QChar c, QString& out);
    void endSequence(QChar last, QString& out);
    void endLine(QString& out);
    void beginAgain(QString& out);

    QByteArray m_open;    // the bytes of a character that is not yet whole
    QString m_parameters; // of the sequence that is being read
    State m_state = State::Text;
    bool m_returned = false; // a carriage return that is not told yet
};

/// A piece of that for a terminal that shall show no styles: each state of a progress bar is a line of its own.
[[nodiscard]] QString plainText(QString text);

} // namespace stagelift
