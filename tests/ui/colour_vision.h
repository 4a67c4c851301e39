// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far two colours are apart for an eye: CIELAB (D65), and what is left of a colour for those who lack a kind of
// cones: Machado, Oliveira and Fernandes (2009), "A Physiologically-based Model for Simulation of Color Vision
// Deficiency", at full severity.

#pragma once

#include <QColor>

#include <algorithm>
#include <array>
#include <cmath>

namespace stagelift::ui {

enum class ColourVision : quint8 { Usual, Protanopia, Deuteranopia };

using LinearRgb = std::array<double, 3>;

inline LinearRgb linearRgb(const QColor& colour)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return {linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())};
}

inline LinearRgb seenWith(ColourVision vision, const QColor& colour)
{
    static constexpr std::array<std::array<LinearRgb, 3>, 3> kMatrices{{
        {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
        {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
        {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
    }};
    const LinearRgb whole = linearRgb(colour);
    LinearRgb seen{};
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const LinearRgb& row = kMatrices.at(static_cast<std::size_t>(vision)).at(i);
        seen.at(i) = std::clamp(row[0] * whole[0] + row[1] * whole[1] + row[2] * whole[2], 0.0, 1.0);
    }
    return seen;
}

struct Lab {
    double lightness = 0; // L*, 0 to 100
    double a = 0;
    double b = 0;
};

inline Lab cieLab(const LinearRgb& rgb)
{
    const auto root = [](double t) {
        constexpr double kDelta = 6.0 / 29;
        return t > kDelta * kDelta * kDelta ? std::cbrt(t) : t / (3 * kDelta * kDelta) + 4.0 / 29;
    };
    const double x = root((0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047);
    const double y = root(0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2]);
    const double z = root((0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883);
    return {.lightness = 116 * y - 16, .a = 500 * (x - y), .b = 200 * (y - z)};
}

inline Lab cieLab(const QColor& colour)
{
    return cieLab(linearRgb(colour));
}

/// CIE 1976: 2 or so is the least that is seen side by side.
inline double distance(const Lab& one, const Lab& other)
{
    return std::hypot(one.lightness - other.lightness, one.a - other.a, one.b - other.b);
}

} // namespace stagelift::ui
