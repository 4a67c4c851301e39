// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/export.h"

#include "core/report/dot.h"
#include "core/report/mermaid.h"
#include "ui/diagram/legend.h"
#include "ui/diagram/painter.h"
#include "ui/diagram/words.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QLocale>
#include <QMimeData>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

using Bytes = std::expected<QByteArray, QString>;

constexpr double kUnitsPerInch = 96;
constexpr double kPointsPerInch = 72;
constexpr int kPdfResolution = 1200;
constexpr double kMostPixels = 32000; // a side; what common readers still open
constexpr QRectF kMessagePage{0, 0, 480, 160};

constexpr double kLegendGap = 8;       // above the legend
constexpr double kLegendMargin = 24;   // beside and below it
constexpr qint64 kMostBytes = 1 << 30; // of an image in memory, at four a pixel

/// Where everything goes in a file, its corner at the picture's own.
struct Page {
    QRectF picture;
    std::optional<Legend> legend;
    QPointF legendAt;
    QSizeF size;

    Page(const Picture& drawn, const DrawOptions& options)
        : picture(drawn.message.isEmpty() ? drawn.bounds : kMessagePage), size(picture.size())
    {
        if (!options.legend || !drawn.message.isEmpty())
            return;
        legend = legendWithin(drawn.fonts, picture.width() - 2 * kLegendMargin);
        legendAt = QPointF(kLegendMargin, picture.height() + kLegendGap);
        size = {std::max(picture.width(), legend->size.width() + 2 * kLegendMargin),
                legendAt.y() + legend->size.height() + kLegendMargin};
    }
};

/// Paints with the page's corner at the origin.
void paintPage(QPainter& painter, const Page& page, const Picture& picture, const Theme& theme)
{
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.fillRect(QRectF(QPointF(0, 0), page.size), theme.canvas);
    painter.save();
    painter.translate(-page.picture.topLeft());
    if (picture.message.isEmpty()) {
        paintPicture(painter, picture, theme);
    } else {
        Picture note = picture;
        note.bounds = page.picture;
        paintPicture(painter, note, theme);
    }
    painter.restore();
    if (!page.legend)
        return;
    painter.translate(page.legendAt);
    paintLegend(painter, *page.legend, theme);
}

/// "12,000 × 9,000", or nothing where an image of that size can be made.
std::optional<QString> tooLarge(const QSizeF& size)
{
    const bool fits = std::max(size.width(), size.height()) <= kMostPixels &&
                      size.width() * size.height() * 4 <= static_cast<double>(kMostBytes);
    if (fits)
        return std::nullopt;
    const QLocale locale;
    return Diagram::tr("%1 × %2").arg(locale.toString(std::ceil(size.width()), 'f', 0),
                                      locale.toString(std::ceil(size.height()), 'f', 0));
}

Bytes asPng(const Picture& picture, const Theme& theme, const DrawOptions& options)
{
    if (const auto pixels = tooLarge(pageSize(picture, options) * options.scale))
        return std::unexpected(
            Diagram::tr("The picture is too large for a PNG: %1 pixels. Choose a smaller scale, or SVG.").arg(*pixels));
    const QImage image = imageOf(picture, theme, options);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (image.isNull() || !buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, "PNG"))
        return std::unexpected(
            Diagram::tr("There is not memory enough for so large a PNG. Choose a smaller scale, or SVG."));
    return bytes;
}

Bytes asSvg(const Picture& picture, const Theme& theme, const DrawOptions& options)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(static_cast<int>(kUnitsPerInch));
    const Page page(picture, options);
    const QSizeF size = page.size;
    generator.setSize(QSize(static_cast<int>(std::ceil(size.width())), static_cast<int>(std::ceil(size.height()))));
    generator.setViewBox(QRectF(QPointF(0, 0), size));
    generator.setTitle(Diagram::tr("Build stages"));
    generator.setDescription(QString());
    QPainter painter;
    if (!painter.begin(&generator))
        return std::unexpected(Diagram::tr("The SVG can't be written."));
    paintPage(painter, page, picture, theme);
    painter.end();
    return bytes;
}

Bytes asPdf(const Picture& picture, const Theme& theme, const DrawOptions& options)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly))
        return std::unexpected(Diagram::tr("The PDF can't be written."));
    QPdfWriter writer(&buffer);
    writer.setTitle(Diagram::tr("Build stages"));
    writer.setCreator(u"Stagelift"_s);
    writer.setResolution(kPdfResolution);
    const Page page(picture, options);
    writer.setPageSize(
        QPageSize(page.size * kPointsPerInch / kUnitsPerInch, QPageSize::Point, {}, QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    QPainter painter;
    if (!painter.begin(&writer))
        return std::unexpected(Diagram::tr("The PDF can't be written."));
    painter.scale(kPdfResolution / kUnitsPerInch, kPdfResolution / kUnitsPerInch);
    paintPage(painter, page, picture, theme);
    painter.end();
    return bytes;
}

/// Why there is no text of it.
std::optional<QString> nothingIn(const Picture& picture)
{
    const bool none = !picture.analysis || picture.graph().stages.empty();
    return none ? std::optional(Diagram::tr("There is no build stage to be written.")) : std::nullopt;
}

Bytes asDot(const Picture& picture, const Theme&, const DrawOptions&)
{
    if (const auto why = nothingIn(picture))
        return std::unexpected(*why);
    return QByteArray::fromStdString(dotText(picture.graph(), picture.target));
}

Bytes asMermaid(const Picture& picture, const Theme&, const DrawOptions&)
{
    if (const auto why = nothingIn(picture))
        return std::unexpected(*why);
    return QByteArray::fromStdString(mermaidText(picture.graph(), picture.target));
}

constexpr std::array kFormats{
    ExportFormat{"svg"_L1, "svg"_L1, QT_TRANSLATE_NOOP("Diagram", "SVG, a drawing with its texts"), true, false},
    ExportFormat{"png"_L1, "png"_L1, QT_TRANSLATE_NOOP("Diagram", "PNG, an image"), true, true},
    ExportFormat{"pdf"_L1, "pdf"_L1, QT_TRANSLATE_NOOP("Diagram", "PDF, a page"), true, false},
    ExportFormat{"dot"_L1, "dot"_L1, QT_TRANSLATE_NOOP("Diagram", "DOT, for Graphviz"), false, false},
    ExportFormat{"mermaid"_L1, "mmd"_L1, QT_TRANSLATE_NOOP("Diagram", "Mermaid, for Markdown"), false, false},
};

using Draw = Bytes (*)(const Picture&, const Theme&, const DrawOptions&);
constexpr std::array<Draw, kFormats.size()> kDraw{asSvg, asPng, asPdf, asDot, asMermaid};

} // namespace

QString ExportFormat::title() const
{
    return Diagram::tr(words);
}

std::span<const ExportFormat> exportFormats()
{
    return kFormats;
}

QSizeF pageSize(const Picture& picture, const DrawOptions& options)
{
    return Page(picture, options).size;
}

QImage imageOf(const Picture& picture, const Theme& theme, const DrawOptions& options)
{
    const Page page(picture, options);
    const QSizeF size = page.size * options.scale;
    if (options.scale <= 0 || tooLarge(size))
        return {};
    QImage image(static_cast<int>(std::ceil(size.width())), static_cast<int>(std::ceil(size.height())),
                 QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return {};
    image.fill(theme.canvas);
    QPainter painter(&image);
    painter.scale(options.scale, options.scale);
    paintPage(painter, page, picture, theme);
    return image;
}

Bytes drawnAs(const QString& format, const Picture& picture, const Theme& theme, const DrawOptions& options)
{
    const auto row = std::ranges::find(kFormats, format, &ExportFormat::name);
    if (row == kFormats.end()) {
        QStringList names;
        for (const ExportFormat& each : kFormats)
            names += each.name;
        return std::unexpected(
            Diagram::tr("There is no format “%1” for a diagram: %2 are.").arg(format, names.join(u", "_s)));
    }
    return kDraw.at(static_cast<std::size_t>(row - kFormats.begin()))(picture, theme, options);
}

Bytes drawnAs(const QString& format, const AnalysisPtr& analysis, int target, const Theme& theme,
              const DrawOptions& options)
{
    PictureInput input;
    input.analysis = analysis;
    input.target = target;
    input.font = QGuiApplication::font();
    return drawnAs(format, compose(input), theme, options);
}

std::expected<std::unique_ptr<QMimeData>, QString> copiedAs(const QString& format, const Picture& picture,
                                                            const Theme& theme, const DrawOptions& options)
{
    auto mime = std::make_unique<QMimeData>();
    if (format.isEmpty() || format == "png"_L1) {
        const QImage image = imageOf(picture, theme, options);
        if (image.isNull() && !format.isEmpty())
            return std::unexpected(Diagram::tr("The picture is too large for a PNG. Choose a smaller scale, or SVG."));
        if (!image.isNull()) // the drawing goes without it
            mime->setImageData(image);
    }
    if (format == "png"_L1)
        return mime;
    const auto bytes = drawnAs(format.isEmpty() ? u"svg"_s : format, picture, theme, options);
    if (!bytes)
        return std::unexpected(bytes.error());
    if (format.isEmpty() || format == "svg"_L1)
        mime->setData(u"image/svg+xml"_s, *bytes);
    if (!format.isEmpty())
        mime->setText(QString::fromUtf8(*bytes));
    return mime;
}

} // namespace stagelift::ui
