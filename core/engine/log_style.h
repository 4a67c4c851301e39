// SPDX-License-Identifier: GPL-3.0-or-later
//
// The styles of a log's text, as programs ask a terminal for them: SGR of ECMA-48 with the 256 and the true colours of
// xterm. LogText lets no other sequence through.

#pragma once

#include <QList>
#include <QString>
#include <QStringView>

namespace stagelift {

struct LogColour {
    enum class Kind : quint8 { Default, Indexed, True };
    Kind kind = Kind::Default;
    quint32 value = 0; // 0 to 255 of xterm's table, the first 16 being the classic ones; or 0xRRGGBB

    bool operator==(const LogColour&) const = default;
};

struct LogStyle {
    LogColour text = {};
    LogColour ground = {};
    bool bold = false;
    bool faint = false;
    bool italic = false;
    bool underline = false;
    bool inverse = false;

    bool operator==(const LogStyle&) const = default;
    [[nodiscard]] bool isPlain() const { return *this == LogStyle(); }
    /// What "\x1b[" + parameters + "m" changes. What is unknown changes nothing.
    void apply(QStringView parameters);
    /// The sequence that makes a terminal show this and nothing else; "" for the plain style.
    [[nodiscard]] QString sequence() const;
};

struct StyledRun {
    qsizetype begin = 0; // characters
    qsizetype size = 0;
    LogStyle style;
};

struct StyledLine {
    QString text;
    QList<StyledRun> runs; // one behind the other, without those in the plain style
};

/// Whether the parameters of a sequence that ends in "m" are a style's: numbers, divided by ";" or ":".
[[nodiscard]] bool isStyle(QStringView parameters);
/// Of a text with whole style sequences in it and no other.
[[nodiscard]] StyledLine styledLine(const QString& line);
[[nodiscard]] QString withoutStyles(const QString& text);
[[nodiscard]] QByteArray withoutStyles(const QByteArray& utf8);

/// Whether there is anything but sequences.
[[nodiscard]] bool showsAnything(QStringView text);

/// For each character of withoutStyles(text), where it stands in `text`; and at last the end of it.
[[nodiscard]] QList<qsizetype> placesWithoutStyles(QStringView text);
/// The style that `before` has become behind `text`.
[[nodiscard]] LogStyle styleBehind(LogStyle before, QStringView text);

} // namespace stagelift
