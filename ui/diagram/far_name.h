// SPDX-License-Identifier: GPL-3.0-or-later
//
// A name that is to be read from afar: as large as its box takes in one line or two, and rather cut in its middle than
// too small to read. It is measured once; then a fit is arithmetic, so that it can be made anew at every zoom.

#pragma once

#include <QFont>
#include <QSizeF>
#include <QString>
#include <QStringList>

#include <vector>

namespace stagelift::ui {

/// What of a name is written, and how large. No lines: nothing of it would be readable.
struct FarLines {
    QStringList lines; // one or two
    int pixelSize = 0;

    /// From one baseline to the next, as a part of the pixel size.
    static constexpr double kLineHeight = 1.16;
};

class FarName {
public:
    FarName() = default;
    FarName(const QString& text, const QFont& font);

    /// Fits the name into `room`. Lengths are in the units of `room`: it is no larger than `most`, and cut before it is
    /// smaller than `least`, unless not even that is possible.
    [[nodiscard]] FarLines fit(QSizeF room, double least, double most) const;
    /// How wide it is in one line.
    [[nodiscard]] double widthAt(double pixelSize) const { return m_ends.empty() ? 0 : m_ends.back() * pixelSize; }

private:
    [[nodiscard]] double width(qsizetype from, qsizetype to) const; // at a pixel size of 1
    [[nodiscard]] qsizetype bestBreak() const;
    [[nodiscard]] qsizetype headThatFits(double room) const;
    [[nodiscard]] qsizetype tailThatFits(double room) const;
    [[nodiscard]] QStringList cutTo(double room, bool twoLines) const;

    QString m_text;
    std::vector<double> m_ends; // where each character ends, at a pixel size of 1
    double m_ellipsis = 0;
};

} // namespace stagelift::ui
