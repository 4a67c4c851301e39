// SPDX-License-Identifier: GPL-3.0-or-later
//
// A change as a page to read before it is made: both texts line by line, what goes and what comes marked by sign and
// ground, and beside the lines why they stand there. A page of a QTextBrowser, so that it can be selected, copied and
// read aloud.

#pragma once

#include "core/multistage/multistage.h"
#include "ui/theme/theme.h"

#include <QFont>
#include <QString>

namespace stagelift::ui {

/// As HTML that QTextDocument reads. `after` is the text after the proposal's edits. Long runs of lines that stay, and
/// that nothing is said of, are cut to a few around each change.
[[nodiscard]] QString diffPage(const SourceText& before, const SourceText& after, const Proposal& proposal,
                               const Theme& theme, const QFont& font);

/// The grounds of lines that come and lines that go.
[[nodiscard]] QColor addedGround(const Theme& theme);
[[nodiscard]] QColor removedGround(const Theme& theme);

} // namespace stagelift::ui
