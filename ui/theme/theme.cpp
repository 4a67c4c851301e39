// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/theme.h"

#include <QGuiApplication>
#include <QStyleHints>

#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

struct PaletteColours {
    QRgb window, base, alternate, text, quiet, button, highlight, highlightedText, link, mid, tooltip;
};

QPalette makePalette(const PaletteColours& colours)
{
    QPalette palette(QColor::fromRgb(colours.button), QColor::fromRgb(colours.window));
    const auto set = [&palette](QPalette::ColorRole role, QRgb colour) {
        palette.setColor(role, QColor::fromRgb(colour));
    };
    set(QPalette::Window, colours.window);
    set(QPalette::WindowText, colours.text);
    set(QPalette::Base, colours.base);
    set(QPalette::AlternateBase, colours.alternate);
    set(QPalette::Text, colours.text);
    set(QPalette::PlaceholderText, colours.quiet);
    set(QPalette::Button, colours.button);
    set(QPalette::ButtonText, colours.text);
    set(QPalette::BrightText, colours.highlightedText);
    set(QPalette::Highlight, colours.highlight);
    set(QPalette::HighlightedText, colours.highlightedText);
    set(QPalette::Accent, colours.highlight);
    set(QPalette::Link, colours.link);
    set(QPalette::LinkVisited, colours.link);
    set(QPalette::Mid, colours.mid);
    set(QPalette::ToolTipBase, colours.tooltip);
    set(QPalette::ToolTipText, colours.text);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor::fromRgb(colours.quiet));
    return palette;
}

Theme makeLight()
{
    Theme theme;
    theme.dark = false;
    theme.syntaxTheme = u"Breeze Light"_s;
    theme.palette = makePalette({.window = 0xffeff1f3,
                                 .base = 0xffffffff,
                                 .alternate = 0xfff5f7f8,
                                 .text = 0xff20262c,
                                 .quiet = 0xff68727b,
                                 .button = 0xfff8f9fa,
                                 .highlight = 0xff1f6fb8,
                                 .highlightedText = 0xffffffff,
                                 .link = 0xff1a5f9e,
                                 .mid = 0xffc5ccd2,
                                 .tooltip = 0xfffcfcfc});
    theme.canvas = 0xfff4f6f8;
    theme.node = 0xffffffff;
    theme.nodeQuiet = 0xffe9edf1;
    theme.nodeBorder = 0xffb9c2ca;
    theme.text = 0xff20262c;
    theme.textQuiet = 0xff5a656e;
    theme.edge = 0xff7b8791;
    theme.edgeText = 0xff47525b;
    theme.accent = 0xff1f6fb8;
    theme.ships = 0xff1d8a5b;
    theme.leftBehind = 0xffb4bec7;
    theme.error = 0xffc0303c;
    theme.warning = 0xff96600a;
    theme.success = 0xff1d7f4f;
    return theme;
}

Theme makeDark()
{
    Theme theme;
    theme.dark = true;
    theme.syntaxTheme = u"Breeze Dark"_s;
    theme.palette = makePalette({.window = 0xff23282d,
                                 .base = 0xff1b1f23,
                                 .alternate = 0xff20252a,
                                 .text = 0xffe6eaed,
                                 .quiet = 0xff98a3ad,
                                 .button = 0xff2d333a,
                                 .highlight = 0xff2a74ba,
                                 .highlightedText = 0xffffffff,
                                 .link = 0xff6db5f2,
                                 .mid = 0xff3d454d,
                                 .tooltip = 0xff2d333a});
    theme.canvas = 0xff1e2226;
    theme.node = 0xff2b3138;
    theme.nodeQuiet = 0xff252a30;
    theme.nodeBorder = 0xff4a545e;
    theme.text = 0xffe6eaed;
    theme.textQuiet = 0xffa6b1bb;
    theme.edge = 0xff8793a0;
    theme.edgeText = 0xffb7c1ca;
    theme.accent = 0xff4fa3e8;
    theme.ships = 0xff3fb77f;
    theme.leftBehind = 0xff55606b;
    theme.error = 0xfff0707a;
    theme.warning = 0xffe5b25a;
    theme.success = 0xff55c48d;
    return theme;
}

} // namespace

QColor Theme::stageHue(int stage) const
{
    // Twelve hues, far from their neighbours in the row; the lightness suits the ground.
    static constexpr std::array<int, 12> kHues{210, 28, 150, 285, 350, 180, 48, 240, 95, 320, 12, 265};
    const int hue = kHues[static_cast<std::size_t>(stage) % kHues.size()];
    return dark ? QColor::fromHsl(hue, 150, 160) : QColor::fromHsl(hue, 150, 110);
}

const Theme& Theme::lightTheme()
{
    static const Theme theme = makeLight();
    return theme;
}

const Theme& Theme::darkTheme()
{
    static const Theme theme = makeDark();
    return theme;
}

const Theme& Theme::ofDesktop()
{
    const bool dark = QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
    return dark ? darkTheme() : lightTheme();
}

} // namespace stagelift::ui
