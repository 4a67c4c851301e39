// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a text is found in a picture: in what a person reads there, and in what has no room there but belongs to it.

#pragma once

#include "ui/diagram/walk.h"

namespace stagelift::ui {

/// Stages by their names, bases, platforms and artifacts, images and contexts by their names, edges by what they copy
/// and where to; in the order of the file, in any case of letters. A stage of a collapsed chain is found, too. None
/// for an empty text.
[[nodiscard]] std::vector<Selection> findings(const Picture& picture, const QString& text);

} // namespace stagelift::ui
