// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes lines of what LogText gives: a carriage return begins the line again, so that of a progress bar the last state
// stays; and each line says its style by itself, as a terminal would go on with that of the line before.

#pragma once

#include "core/engine/log_style.h"

#include <QByteArray>
#include <QString>

namespace stagelift {

class LogLines {
public:
    /// Characters of a line; a longer one goes on in the next.
    static constexpr qsizetype kLongest = 16 * 1024;

    /// Appends the lines that have ended to `whole`: UTF-8, each with a line feed behind it.
    /// @returns how many.
    qint64 feed(QStringView text, QByteArray& whole);

    /// The line that has not ended yet, as far as it is known.
    [[nodiscard]] bool isOpen() const { return m_drawn; }
    [[nodiscard]] const QString& open() const { return m_line; }

private:
    void takeRun(QStringView run);
    qint64 cutOverlong(QByteArray& whole);
    void end(QByteArray& whole);

    LogStyle m_style;        // at the end of what was taken
    QString m_line;          // beginning with the sequence of its style, if it has one
    bool m_drawn = false;    // it shows something
    bool m_returned = false; // what comes next begins the line again
};

} // namespace stagelift
