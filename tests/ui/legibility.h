// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can be read of a drawing: a paint device that draws into an image and notes each text with its colour and the
// ground that it lands on. Whatever paints, a picture or a whole window, can be painted on it.

#pragma once

#include "ui/contrast.h"

#include <QFontMetricsF>
#include <QHash>
#include <QImage>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>
#include <QTextItem>

#include <vector>

namespace stagelift::ui {

struct DrawnText {
    QString text;
    QColor colour;
    QColor ground;
    [[nodiscard]] double ratio() const { return contrast(colour, ground); }
};

class TextNotes : public QPaintEngine {
public:
    explicit TextNotes(QImage& image) : QPaintEngine(AllFeatures), m_image(image) {}

    std::vector<DrawnText> texts;

    bool begin(QPaintDevice*) override { return m_painter.begin(&m_image); }
    bool end() override { return m_painter.end(); }
    [[nodiscard]] Type type() const override { return User; }

    void updateState(const QPaintEngineState& now) override
    {
        m_painter.setTransform(now.transform());
        m_painter.setPen(now.pen());
        m_painter.setBrush(now.brush());
        m_painter.setBrushOrigin(now.brushOrigin());
        m_painter.setOpacity(now.opacity());
        m_painter.setRenderHints(now.renderHints());
        m_painter.setCompositionMode(now.compositionMode());
        if (now.state() & (DirtyClipEnabled | DirtyClipPath | DirtyClipRegion))
            clip(now);
    }

    void drawPath(const QPainterPath& path) override { m_painter.drawPath(path); }
    void drawPixmap(const QRectF& rect, const QPixmap& pixmap, const QRectF& part) override
    {
        m_painter.drawPixmap(rect, pixmap, part);
    }
    void drawImage(const QRectF& rect, const QImage& image, const QRectF& part, Qt::ImageConversionFlags flags) override
    {
        m_painter.drawImage(rect, image, part, flags);
    }
    void drawTiledPixmap(const QRectF& rect, const QPixmap& pixmap, const QPointF& at) override
    {
        m_painter.drawTiledPixmap(rect, pixmap, at);
    }
    void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override
    {
        if (mode == PolylineMode)
            m_painter.drawPolyline(points, count);
        else
            m_painter.drawPolygon(points, count, mode == WindingMode ? Qt::WindingFill : Qt::OddEvenFill);
    }

    void drawTextItem(const QPointF& at, const QTextItem& item) override
    {
        const QRectF place(at.x(), at.y() - item.ascent(), item.width(), item.ascent() + item.descent());
        const QRect seen = m_painter.transform().mapRect(place).toAlignedRect() & m_image.rect() & clipped();
        if (!item.text().trimmed().isEmpty() && seen.width() > 1 && seen.height() > 1)
            texts.push_back({item.text(), over(m_painter.pen().color(), groundOf(seen)), groundOf(seen)});
        m_painter.setFont(item.font());
        m_painter.drawText(at, item.text());
    }

private:
    void clip(const QPaintEngineState& now)
    {
        if (now.state() & DirtyClipPath)
            m_painter.setClipPath(now.clipPath(), now.clipOperation());
        else if (now.state() & DirtyClipRegion)
            m_painter.setClipRegion(now.clipRegion(), now.clipOperation());
        else
            m_painter.setClipping(now.isClipEnabled());
    }

    [[nodiscard]] QRect clipped() const
    {
        if (!m_painter.hasClipping())
            return m_image.rect();
        return m_painter.transform().mapRect(m_painter.clipBoundingRect()).toAlignedRect();
    }

    /// The colour of most of what lies there.
    [[nodiscard]] QColor groundOf(const QRect& rect) const
    {
        QHash<QRgb, int> counts;
        for (int y = rect.top(); y <= rect.bottom(); ++y)
            for (int x = rect.left(); x <= rect.right(); ++x)
                ++counts[m_image.pixel(x, y)];
        const auto most = std::ranges::max_element(counts);
        return QColor::fromRgb(most.key());
    }

    [[nodiscard]] QColor over(const QColor& colour, const QColor& ground) const
    {
        const double part = colour.alphaF() * m_painter.opacity();
        const auto mix = [part](float a, float b) { return static_cast<float>(a * part + b * (1 - part)); };
        return QColor::fromRgbF(mix(colour.redF(), ground.redF()), mix(colour.greenF(), ground.greenF()),
                                mix(colour.blueF(), ground.blueF()));
    }

    QImage& m_image;
    QPainter m_painter;
};

/// Paint on it, then ask for the texts.
class NotedImage : public QPaintDevice {
public:
    explicit NotedImage(QSize size) : m_image(size, QImage::Format_ARGB32_Premultiplied), m_engine(m_image)
    {
        m_image.fill(Qt::magenta); // what nobody painted is seen
    }

    [[nodiscard]] QPaintEngine* paintEngine() const override { return &m_engine; }
    [[nodiscard]] const std::vector<DrawnText>& texts() const { return m_engine.texts; }
    [[nodiscard]] const QImage& image() const { return m_image; }

protected:
    [[nodiscard]] int metric(PaintDeviceMetric metric) const override
    {
        constexpr int kDotsPerInch = 96;
        constexpr double kMillimetres = 25.4;
        switch (metric) {
        case PdmWidth:
            return m_image.width();
        case PdmHeight:
            return m_image.height();
        case PdmWidthMM:
            return static_cast<int>(m_image.width() * kMillimetres / kDotsPerInch);
        case PdmHeightMM:
            return static_cast<int>(m_image.height() * kMillimetres / kDotsPerInch);
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY:
            return kDotsPerInch;
        case PdmDevicePixelRatio:
            return 1;
        case PdmDevicePixelRatioScaled:
            return static_cast<int>(devicePixelRatioFScale());
        case PdmDepth:
            return m_image.depth();
        default:
            return QPaintDevice::metric(metric);
        }
    }

private:
    QImage m_image;
    mutable TextNotes m_engine;
};

} // namespace stagelift::ui
