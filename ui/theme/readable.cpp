// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/readable.h"

#include <algorithm>
#include <cmath>

namespace stagelift::ui {

namespace {

constexpr double kMiddle = 0.179; // a ground that white can be read on as well as black
constexpr float kStep = 0.03F;    // of the lightness of HSL

/// WCAG 2.2: relative luminance.
double luminanceOf(const QColor& colour)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrastOf(const QColor& a, const QColor& b)
{
    const auto [low, high] = std::minmax({luminanceOf(a), luminanceOf(b)});
    return (high + 0.05) / (low + 0.05);
}

} // namespace

QColor readable(QColor colour, const QColor& ground, double contrast)
{
    const float step = luminanceOf(ground) < kMiddle ? kStep : -kStep;
    for (int tries = 0; tries < 40 && contrastOf(colour, ground) < contrast; ++tries) {
        float hue = 0;
        float saturation = 0;
        float lightness = 0;
        colour.getHslF(&hue, &saturation, &lightness);
        colour = QColor::fromHslF(std::max(hue, 0.0F), saturation, std::clamp(lightness + step, 0.0F, 1.0F));
    }
    return colour;
}

QColor between(const QColor& a, const QColor& b, double part)
{
    const auto mix = [part](double from, double to) { return from + (to - from) * part; };
    return QColor::fromRgbF(static_cast<float>(mix(a.redF(), b.redF())),
                            static_cast<float>(mix(a.greenF(), b.greenF())),
                            static_cast<float>(mix(a.blueF(), b.blueF())));
}

} // namespace stagelift::ui
