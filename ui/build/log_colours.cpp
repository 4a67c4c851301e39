// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/log_colours.h"

#include "ui/theme/readable.h"

#include <array>
#include <utility>

namespace stagelift::ui {

namespace {

constexpr double kFaint = 0.4;     // of the way to the ground
constexpr qsizetype kKnown = 4096; // colours

/// xterm's sixteen; behind them its cube of 6 × 6 × 6 and its greys.
constexpr std::array<QRgb, 16> kSixteen{0xff000000, 0xffcd0000, 0xff00cd00, 0xffcdcd00, 0xff0000ee, 0xffcd00cd,
                                        0xff00cdcd, 0xffe5e5e5, 0xff7f7f7f, 0xffff0000, 0xff00ff00, 0xffffff00,
                                        0xff5c5cff, 0xffff00ff, 0xff00ffff, 0xffffffff};

QColor indexed(quint32 index)
{
    constexpr quint32 kCube = 16;
    constexpr quint32 kGreys = 232;
    constexpr std::array kLevels{0, 95, 135, 175, 215, 255};
    if (index < kCube)
        return QColor::fromRgb(kSixteen.at(index));
    if (index >= kGreys) {
        const int grey = 8 + 10 * static_cast<int>(index - kGreys);
        return {grey, grey, grey};
    }
    const quint32 place = index - kCube;
    return {kLevels.at(place / 36), kLevels.at(place / 6 % 6), kLevels.at(place % 6)};
}

QColor colourOf(const LogColour& colour, const QColor& byDefault)
{
    switch (colour.kind) {
    case LogColour::Kind::Default:
        return byDefault;
    case LogColour::Kind::Indexed:
        return indexed(colour.value);
    case LogColour::Kind::True:
        return QColor::fromRgb(colour.value);
    }
    return byDefault;
}

} // namespace

LogColours::LogColours(const Theme& theme) : m_text(theme.text), m_ground(theme.palette.color(QPalette::Base)) {}

QColor LogColours::onGround(const QColor& colour, const QColor& ground) const
{
    const quint64 key = static_cast<quint64>(colour.rgb()) << 32 | ground.rgb();
    if (const auto known = m_known.constFind(key); known != m_known.cend())
        return *known;
    if (m_known.size() >= kKnown)
        m_known.clear();
    return *m_known.insert(key, readable(colour, ground));
}

QTextCharFormat LogColours::format(const LogStyle& style) const
{
    QColor text = colourOf(style.text, m_text);
    QColor ground = colourOf(style.ground, m_ground);
    if (style.inverse)
        std::swap(text, ground);
    if (style.faint)
        text = between(text, ground, kFaint);
    QTextCharFormat format;
    format.setForeground(onGround(text, ground));
    if (ground != m_ground)
        format.setBackground(ground);
    if (style.bold)
        format.setFontWeight(QFont::Bold);
    format.setFontItalic(style.italic);
    format.setFontUnderline(style.underline);
    return format;
}

} // namespace stagelift::ui
