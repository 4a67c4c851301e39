// SPDX-License-Identifier: GPL-3.0-or-later
//
// The diagram as a file and on the clipboard: SVG and PDF with texts as texts, PNG at any scale, and Graphviz and
// Mermaid for those who draw it themselves. Needs a QGuiApplication for its fonts, no display.

#pragma once

#include "ui/diagram/picture.h"
#include "ui/theme/theme.h"

#include <QByteArray>
#include <QImage>

#include <expected>
#include <memory>
#include <span>

class QMimeData;

namespace stagelift::ui {

struct DrawOptions {
    double scale = 2;    // pixels a scene unit, of a PNG; the others have no pixels
    bool legend = false; // below a picture, what its signs mean
};

struct ExportFormat {
    QLatin1StringView name;   // "svg"
    QLatin1StringView suffix; // of a file, without its dot
    const char* words;        // for a person
    bool isPicture;           // has colours, and room for a legend
    bool hasPixels;

    [[nodiscard]] QString title() const; // the words, translated
};

/// "svg", "png", "pdf", "dot" and "mermaid", in this order.
[[nodiscard]] std::span<const ExportFormat> exportFormats();

/// `format` is the name of one of them.
/// @returns the bytes of the file, or why there are none: it would be too large, nothing is there to be drawn.
[[nodiscard]] std::expected<QByteArray, QString> drawnAs(const QString& format, const Picture& picture,
                                                         const Theme& theme, const DrawOptions& options = {});

/// The same from an analysis; `target` of -1 is the default target.
[[nodiscard]] std::expected<QByteArray, QString> drawnAs(const QString& format, const AnalysisPtr& analysis, int target,
                                                         const Theme& theme, const DrawOptions& options = {});

/// In scene units: a picture's own, and the legend below it.
[[nodiscard]] QSizeF pageSize(const Picture& picture, const DrawOptions& options);

/// Null where it would be too large.
[[nodiscard]] QImage imageOf(const Picture& picture, const Theme& theme, const DrawOptions& options);

/// For the clipboard: a picture as an image or as SVG, texts as text, which SVG is, too. "" is all that a picture can
/// be, so that the other program may choose.
[[nodiscard]] std::expected<std::unique_ptr<QMimeData>, QString>
copiedAs(const QString& format, const Picture& picture, const Theme& theme, const DrawOptions& options = {});

} // namespace stagelift::ui
