// SPDX-License-Identifier: GPL-3.0-or-later
//
// The colours of everything we draw ourselves, light and dark, chosen for a contrast of 4.5:1 or better of every text
// on its ground. Panes take a theme as a value and are told when it changes.

#pragma once

#include <QColor>
#include <QPalette>
#include <QString>

namespace stagelift::ui {

struct Theme {
    bool dark = false;
    QString syntaxTheme; // KSyntaxHighlighting's name of the editor's theme
    QPalette palette;    // for the widgets

    QColor canvas;    // behind the diagram
    QColor node;      // a stage
    QColor nodeQuiet; // an image, a context
    QColor nodeBorder;
    QColor text;
    QColor textQuiet; // second lines, artifacts that are only guessed
    QColor edge;
    QColor edgeText;
    QColor accent;     // selection, the drop target
    QColor ships;      // bar of what ships
    QColor leftBehind; // bar of what is left behind
    QColor error;
    QColor warning;
    QColor success;

    /// The stage's own colour, in the editor's margin and on its node. Neighbours in the file differ well.
    [[nodiscard]] QColor stageHue(int stage) const;

    [[nodiscard]] static const Theme& lightTheme();
    [[nodiscard]] static const Theme& darkTheme();
    /// What the desktop asks for.
    [[nodiscard]] static const Theme& ofDesktop();
};

} // namespace stagelift::ui
