// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scintilla tells margins, markers, indicators and styles apart by numbers. All of ours are here, so that no two of
// them meet. Styles 0 to 30 are KSyntaxHighlighting's text styles; 32 to 39 are Scintilla's own.

#pragma once

#include <cstdint>

namespace stagelift::ui {

/// From left to right. All but the line numbers are painted by Gutter.
enum Margin : std::uint8_t { kLineMargin, kSizeMargin, kStageMargin, kBuildMargin, kFoldMargin, kMarginCount };

/// Below 25, where folding's begin.
enum Marker : std::uint8_t {
    kMeasuredMarker, // invisible: moves with the line that a layer's size belongs to
    kFailedMarker,   // the line of the step that failed
};

/// From 8 on; lexers own those below.
enum Indicator : std::uint8_t {
    kErrorIndicator = 8,
    kWarningIndicator,
    kHintIndicator,
    kMatchIndicator,      // found by the find bar
    kUseIndicator,        // uses of the stage at the caret
    kDestinationIndicator // under the pointer while Ctrl is held: a click goes somewhere
};

/// From 40 on.
enum Style : std::uint8_t {
    kFailureStyle = 40, // below the line that failed: the engine's words,
    kOutputStyle,       // those of the command,
    kAsideStyle         // and ours
};

} // namespace stagelift::ui
