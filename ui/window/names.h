// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names for the small buttons that Qt puts into its widgets by itself: they have a sign and no word.

#pragma once

class QWidget;

namespace stagelift::ui {

/// Names the crosses of tabs and of fields below `root`, as they are now.
void nameSmallButtons(const QWidget& root);

} // namespace stagelift::ui
