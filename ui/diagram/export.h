// SPDX-License-Identifier: GPL-3.0-or-later
//
// The diagram as a file: SVG and PDF with texts as texts, PNG at any scale. Needs a QGuiApplication for its fonts, no
// display.

#pragma once

#include "ui/diagram/picture.h"
#include "ui/theme/theme.h"

#include <QByteArray>
#include <QImage>

#include <expected>

namespace stagelift::ui {

/// `format` is "svg", "png" or "pdf". `scale` is pixels a scene unit for PNG; the others have no pixels.
/// @returns the bytes of the file, or why there are none.
[[nodiscard]] std::expected<QByteArray, QString> drawnAs(const QString& format, const Picture& picture,
                                                         const Theme& theme, double scale = 2);

/// The same from an analysis; `target` of -1 is the default target.
[[nodiscard]] std::expected<QByteArray, QString> drawnAs(const QString& format, const AnalysisPtr& analysis, int target,
                                                         const Theme& theme, double scale = 2);

[[nodiscard]] QImage imageOf(const Picture& picture, const Theme& theme, double scale);

} // namespace stagelift::ui
