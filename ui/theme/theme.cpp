// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/theme.h"

#include <QGuiApplication>
#include <QStyleHints>

#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

struct PaletteColours {
    QRgb window, base, alternate, text, quiet, off, button, highlight, highlightedText, link, mid, tooltip;
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
        palette.setColor(QPalette::Disabled, role, QColor::fromRgb(colours.off));
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
                                 .quiet = 0xff5c6670,
                                 .off = 0xff5c6670,
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
    theme.textQuiet = 0xff4f5962;
    theme.edge = 0xff6c7882;
    theme.edgeText = 0xff47525b;
    theme.accent = 0xff1f6fb8;
    theme.ships = 0xff1d8a5b;
    theme.leftBehind = 0xff848f99;
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
                                 .off = 0xffb4bec7, // a button that is off is lighter than a field
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
    theme.leftBehind = 0xff6c7883;
    theme.error = 0xfff0707a;
    theme.warning = 0xffe5b25a;
    theme.success = 0xff55c48d;
    return theme;
}

} // namespace

QColor Theme::stageHue(int stage) const
{
    // Twelve hues, each lighter or darker than the one before by 8 L* and more, and apart from it by 20 in CIELAB for
    // whoever lacks red or green cones, too; 3:1 and better on a node and behind it. contrast_test measures it.
    static constexpr std::array<QRgb, 12> kOnLight{0xff04537f, 0xff9e5b28, 0xff379c67, 0xff03708c,
                                                   0xffa28133, 0xff385ea9, 0xff018e96, 0xff406416,
                                                   0xff8b68b4, 0xff7b2d6b, 0xffd16e5e, 0xffb14767};
    static constexpr std::array<QRgb, 12> kOnDark{0xff67bafe, 0xffbd7947, 0xff88e5ae, 0xff0c97bc,
                                                  0xffcaa75b, 0xffc0cbff, 0xff089da5, 0xffbfe391,
                                                  0xffb793df, 0xffffc6ef, 0xfffe9988, 0xffd06884};
    const auto& hues = dark ? kOnDark : kOnLight;
    return QColor::fromRgb(hues[static_cast<std::size_t>(stage) % hues.size()]);
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
