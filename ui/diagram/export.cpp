// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/export.h"

#include "ui/diagram/painter.h"
#include "ui/diagram/words.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

using Bytes = std::expected<QByteArray, QString>;

constexpr double kUnitsPerInch = 96;
constexpr double kPointsPerInch = 72;
constexpr int kPdfResolution = 1200;
constexpr double kMostPixels = 32000; // a side; what common readers still open
constexpr QRectF kMessagePage{0, 0, 480, 160};

QRectF pageOf(const Picture& picture)
{
    return picture.message.isEmpty() ? picture.bounds : kMessagePage;
}

/// Paints with the page's corner at the origin.
void paintPage(QPainter& painter, const Picture& picture, const Theme& theme)
{
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    const QRectF page = pageOf(picture);
    painter.translate(-page.topLeft());
    if (picture.message.isEmpty()) {
        paintPicture(painter, picture, theme);
        return;
    }
    Picture note = picture;
    note.bounds = page;
    painter.fillRect(page, theme.canvas);
    paintPicture(painter, note, theme);
}

Bytes asPng(const Picture& picture, const Theme& theme, double scale)
{
    const QImage image = imageOf(picture, theme, scale);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (image.isNull() || !buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, "PNG"))
        return std::unexpected(Diagram::tr("The picture is too large for a PNG. Choose a smaller scale, or SVG."));
    return bytes;
}

Bytes asSvg(const Picture& picture, const Theme& theme, double)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(static_cast<int>(kUnitsPerInch));
    const QSizeF size = pageOf(picture).size();
    generator.setSize(QSize(static_cast<int>(std::ceil(size.width())), static_cast<int>(std::ceil(size.height()))));
    generator.setViewBox(QRectF(QPointF(0, 0), size));
    generator.setTitle(Diagram::tr("Build stages"));
    generator.setDescription(QString());
    QPainter painter;
    if (!painter.begin(&generator))
        return std::unexpected(Diagram::tr("The SVG can't be written."));
    paintPage(painter, picture, theme);
    painter.end();
    return bytes;
}

Bytes asPdf(const Picture& picture, const Theme& theme, double)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly))
        return std::unexpected(Diagram::tr("The PDF can't be written."));
    QPdfWriter writer(&buffer);
    writer.setTitle(Diagram::tr("Build stages"));
    writer.setCreator(u"Stagelift"_s);
    writer.setResolution(kPdfResolution);
    writer.setPageSize(QPageSize(pageOf(picture).size() * kPointsPerInch / kUnitsPerInch, QPageSize::Point, {},
                                 QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    QPainter painter;
    if (!painter.begin(&writer))
        return std::unexpected(Diagram::tr("The PDF can't be written."));
    painter.scale(kPdfResolution / kUnitsPerInch, kPdfResolution / kUnitsPerInch);
    paintPage(painter, picture, theme);
    painter.end();
    return bytes;
}

struct Format {
    QLatin1StringView name;
    Bytes (*draw)(const Picture&, const Theme&, double);
};

constexpr std::array kFormats{Format{"png"_L1, asPng}, Format{"svg"_L1, asSvg}, Format{"pdf"_L1, asPdf}};

} // namespace

QImage imageOf(const Picture& picture, const Theme& theme, double scale)
{
    const QSizeF size = pageOf(picture).size() * scale;
    if (scale <= 0 || std::max(size.width(), size.height()) > kMostPixels)
        return {};
    QImage image(static_cast<int>(std::ceil(size.width())), static_cast<int>(std::ceil(size.height())),
                 QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return {};
    image.fill(theme.canvas);
    QPainter painter(&image);
    painter.scale(scale, scale);
    paintPage(painter, picture, theme);
    return image;
}

Bytes drawnAs(const QString& format, const Picture& picture, const Theme& theme, double scale)
{
    const auto row = std::ranges::find_if(kFormats, [&](const Format& each) { return each.name == format; });
    if (row == kFormats.end())
        return std::unexpected(Diagram::tr("There is no picture format “%1”: svg, png and pdf are.").arg(format));
    return row->draw(picture, theme, scale);
}

Bytes drawnAs(const QString& format, const AnalysisPtr& analysis, int target, const Theme& theme, double scale)
{
    PictureInput input;
    input.analysis = analysis;
    input.target = target;
    input.font = QGuiApplication::font();
    return drawnAs(format, compose(input), theme, scale);
}

} // namespace stagelift::ui
