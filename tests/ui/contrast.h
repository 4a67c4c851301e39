// SPDX-License-Identifier: GPL-3.0-or-later
//
// How well one colour can be read on another: relative luminance and contrast of WCAG 2.1.

#pragma once

#include <QColor>

#include <algorithm>
#include <cmath>

namespace stagelift::ui {

inline constexpr double kReadable = 4.5;

inline double luminance(const QColor& colour)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

inline double contrast(const QColor& a, const QColor& b)
{
    const double light = std::max(luminance(a), luminance(b));
    const double dark = std::min(luminance(a), luminance(b));
    return (light + 0.05) / (dark + 0.05);
}

} // namespace stagelift::ui
