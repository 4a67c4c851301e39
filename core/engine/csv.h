// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fields that are divided by commas, as spreadsheets read them, and docker's command line too (Go's encoding/csv).

#pragma once

#include <QString>

namespace stagelift {

/// A field that holds a comma, a quote or a line break stands in quotes.
[[nodiscard]] QString csvField(QString text);

} // namespace stagelift
