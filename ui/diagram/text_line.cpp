// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/text_line.h"

#include <QCache>
#include <QGlyphRun>
#include <QPaintEngine>
#include <QTextLayout>

namespace stagelift::ui {

namespace {

constexpr int kMostKept = 20'000; // lines, of some hundred bytes each

struct LineKey {
    QFont font;
    QString text;

    [[nodiscard]] bool operator==(const LineKey& other) const { return text == other.text && font == other.font; }
};

size_t qHash(const LineKey& key, size_t seed)
{
    return qHashMulti(seed, key.text, key.font.pixelSize(), key.font.bold(), key.font.italic());
}

struct ShapedLine {
    QList<QGlyphRun> runs; // from the top left of the line
    double width = 0;
    double height = 0;
};

ShapedLine shaped(const QFont& font, const QString& text)
{
    QTextLayout layout(text, font);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    layout.endLayout();
    ShapedLine result;
    if (!line.isValid())
        return result;
    result.runs = layout.glyphRuns();
    result.width = line.naturalTextWidth();
    result.height = line.height();
    return result;
}

/// As long as it is used before the next is asked for.
const ShapedLine& kept(const QFont& font, const QString& text)
{
    static thread_local QCache<LineKey, ShapedLine> lines(kMostKept);
    const LineKey key{font, text};
    if (const ShapedLine* line = lines.object(key))
        return *line;
    auto* line = new ShapedLine(shaped(font, text)); // the cache owns it
    lines.insert(key, line);
    return *line;
}

} // namespace

void drawTextLine(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& text)
{
    if (text.isEmpty())
        return;
    if (painter.paintEngine()->type() != QPaintEngine::Raster) {
        const int flags = static_cast<int>(alignment) | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip;
        painter.drawText(rect, flags, text);
        return;
    }
    const ShapedLine& line = kept(painter.font(), text);
    const double free = rect.width() - line.width;
    const double left = alignment.testFlag(Qt::AlignRight) ? free : alignment.testFlag(Qt::AlignHCenter) ? free / 2 : 0;
    const QPointF corner(rect.left() + left, rect.center().y() - line.height / 2);
    for (const QGlyphRun& run : line.runs)
        painter.drawGlyphRun(corner, run);
}

} // namespace stagelift::ui
