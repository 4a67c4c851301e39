// SPDX-License-Identifier: GPL-3.0-or-later
//
// The diagram as a file that other programs read.

#include "ui/contrast.h"
#include "ui/diagram/export.h"
#include "ui/diagram/legend.h"

#include <QApplication>
#include <QMimeData>
#include <QPainter>
#include <QSvgRenderer>
#include <QTest>
#include <QXmlStreamReader>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kTwo = "FROM golang:1.25 AS build\nRUN go build -o /out/server .\n"
                      "FROM scratch AS final\nCOPY --from=build /out/server /server\n";

} // namespace

class DiagramExportTest : public QObject {
    Q_OBJECT

private slots:
    void svgHoldsItsTexts();
    void svgDrawsSomething();
    void pngHasTheScaleAskedFor_data();
    void pngHasTheScaleAskedFor();
    void pngIsInTheThemesColours();
    void pdfIsAPdf();
    void anEmptyTextIsAPictureToo();
    void unknownFormatsAreRefused();
    void aMonsterIsRefused();
    void textsAreForOthersToDraw();
    void theLegendIsBelowThePicture_data();
    void theLegendIsBelowThePicture();
    void everySignOfTheLegendIsDrawn_data();
    void everySignOfTheLegendIsDrawn();
    void theClipboardHasWhatWasAskedFor_data();
    void theClipboardHasWhatWasAskedFor();
};

void DiagramExportTest::svgHoldsItsTexts()
{
    const auto svg = drawnAs(u"svg"_s, analyse(kTwo), -1, Theme::lightTheme());
    QVERIFY2(svg, qPrintable(svg ? QString() : svg.error()));
    QXmlStreamReader reader(*svg);
    QStringList texts;
    while (!reader.atEnd())
        if (reader.readNext() == QXmlStreamReader::Characters && !reader.isWhitespace())
            texts += reader.text().toString().trimmed();
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    for (const QString& text :
         {u"build"_s, u"final"_s, u"golang:1.25"_s, u"/out/server"_s, u"ships"_s, u"left behind"_s})
        QVERIFY2(texts.contains(text), qPrintable(text + u" is not in "_s + texts.join(u'|')));
    QVERIFY2(!svg->contains("<image"), "nothing in it is a bitmap");
}

void DiagramExportTest::svgDrawsSomething()
{
    const auto svg = drawnAs(u"svg"_s, analyse(kTwo), -1, Theme::lightTheme());
    QVERIFY(svg);
    QSvgRenderer renderer(*svg);
    QVERIFY(renderer.isValid());
    QVERIFY(renderer.defaultSize().width() > 300);
    QImage image(renderer.defaultSize(), QImage::Format_RGB32);
    image.fill(Qt::magenta);
    QPainter painter(&image);
    renderer.render(&painter);
    painter.end();
    QCOMPARE(image.pixelColor(2, 2), Theme::lightTheme().canvas);
}

void DiagramExportTest::pngHasTheScaleAskedFor_data()
{
    QTest::addColumn<double>("scale");
    QTest::newRow("as on the screen") << 1.0;
    QTest::newRow("for a sharp screen") << 2.0;
    QTest::newRow("in between") << 1.25;
}

void DiagramExportTest::pngHasTheScaleAskedFor()
{
    QFETCH(double, scale);
    PictureInput input;
    input.analysis = analyse(kTwo);
    input.font = QApplication::font();
    const Picture picture = compose(input);
    const auto png = drawnAs(u"png"_s, picture, Theme::lightTheme(), {.scale = scale});
    QVERIFY(png);
    QImage image;
    QVERIFY(image.loadFromData(*png, "PNG"));
    QCOMPARE(image.width(), static_cast<int>(std::ceil(picture.bounds.width() * scale)));
    QCOMPARE(image.height(), static_cast<int>(std::ceil(picture.bounds.height() * scale)));
}

void DiagramExportTest::pngIsInTheThemesColours()
{
    for (const Theme* theme : {&Theme::lightTheme(), &Theme::darkTheme()}) {
        const auto png = drawnAs(u"png"_s, analyse(kTwo), -1, *theme, {.scale = 1});
        QVERIFY(png);
        const QImage image = QImage::fromData(*png);
        QCOMPARE(image.pixelColor(1, 1), theme->canvas);
        int nodes = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                nodes += image.pixelColor(x, y) == theme->node ? 1 : 0;
        QVERIFY2(nodes > 5000, "two nodes cover a good part of it");
    }
}

void DiagramExportTest::pdfIsAPdf()
{
    const auto pdf = drawnAs(u"pdf"_s, analyse(kTwo), -1, Theme::lightTheme());
    QVERIFY(pdf);
    QVERIFY(pdf->startsWith("%PDF-"));
    QVERIFY(pdf->trimmed().endsWith("%%EOF"));
    QVERIFY2(pdf->contains("/Font"), "its texts are texts");
    QCOMPARE(pdf->count("/Type /Page\n"), 1);
}

void DiagramExportTest::anEmptyTextIsAPictureToo()
{
    for (const QString& format : {u"svg"_s, u"png"_s, u"pdf"_s}) {
        const auto bytes = drawnAs(format, analyse(""), -1, Theme::lightTheme());
        QVERIFY2(bytes && bytes->size() > 500, qPrintable(format));
    }
}

void DiagramExportTest::unknownFormatsAreRefused()
{
    const auto bytes = drawnAs(u"gif"_s, analyse(kTwo), -1, Theme::lightTheme());
    QVERIFY(!bytes);
    QVERIFY2(bytes.error().contains(u"gif"_s), qPrintable(bytes.error()));
}

void DiagramExportTest::aMonsterIsRefused()
{
    const auto bytes = drawnAs(u"png"_s, analyse(kTwo), -1, Theme::lightTheme(), {.scale = 1000});
    QVERIFY(!bytes);
    QVERIFY(bytes.error().contains(u"too large"_s));
    QVERIFY2(bytes.error().contains(u"pixels"_s), qPrintable(bytes.error()));
    QVERIFY2(bytes.error().contains(u"SVG"_s), "what to do instead");
}

void DiagramExportTest::textsAreForOthersToDraw()
{
    const auto dot = drawnAs(u"dot"_s, analyse(kTwo), -1, Theme::lightTheme());
    QVERIFY(dot && dot->startsWith("digraph") && dot->contains("/out/server"));
    const auto mermaid = drawnAs(u"mermaid"_s, analyse(kTwo), -1, Theme::lightTheme());
    QVERIFY(mermaid && mermaid->startsWith("flowchart LR") && mermaid->contains("/out/server"));
    for (const QString& format : {u"dot"_s, u"mermaid"_s})
        QVERIFY2(!drawnAs(format, analyse(""), -1, Theme::lightTheme()), "there is nothing to be written");
    for (const ExportFormat& format : exportFormats())
        QVERIFY2(drawnAs(format.name, analyse(kTwo), -1, Theme::darkTheme()), format.name.data());
}

void DiagramExportTest::theLegendIsBelowThePicture_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("narrower than the legend") << QByteArray("FROM scratch\n");
    QTest::newRow("wide") << QByteArray("FROM a AS a\nFROM a AS b\nFROM b AS c\nFROM c AS d\nFROM d AS e\nFROM e\n");
}

void DiagramExportTest::theLegendIsBelowThePicture()
{
    QFETCH(QByteArray, text);
    PictureInput input;
    input.analysis = analyse(text.toStdString());
    input.font = QApplication::font();
    const Picture picture = compose(input);
    const QSizeF plain = pageSize(picture, {});
    const QSizeF whole = pageSize(picture, {.legend = true});
    QVERIFY(whole.height() > plain.height() + 60);
    const QImage without = imageOf(picture, Theme::lightTheme(), {.scale = 1});
    const QImage with = imageOf(picture, Theme::lightTheme(), {.scale = 1, .legend = true});
    QCOMPARE(with.copy(without.rect()), without);
    const Legend legend = legendWithin(picture.fonts, plain.width() - 48);
    QVERIFY(legend.size.width() + 48 <= whole.width());
    const auto svg = drawnAs(u"svg"_s, picture, Theme::lightTheme(), {.legend = true});
    QVERIFY(svg && svg->contains("RUN --mount") && svg->contains("not needed"));
    QVERIFY(!drawnAs(u"svg"_s, picture, Theme::lightTheme())->contains("RUN --mount"));
    QCOMPARE(pageSize(compose({}), {.legend = true}), pageSize(compose({}), {}));
}

void DiagramExportTest::everySignOfTheLegendIsDrawn_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

/// Each has ink to the left of its words, and its words are within the legend.
void DiagramExportTest::everySignOfTheLegendIsDrawn()
{
    QFETCH(bool, dark);
    const Theme& theme = dark ? Theme::darkTheme() : Theme::lightTheme();
    for (const double room : {0.0, 600.0, 2000.0}) {
        const Legend legend = legendWithin(PictureFonts::from(QApplication::font()), room);
        QVERIFY(room == 0 || legend.size.width() <= room);
        QImage image(legend.size.toSize() + QSize(2, 2), QImage::Format_RGB32);
        image.fill(theme.canvas);
        QPainter painter(&image);
        paintLegend(painter, legend, theme);
        painter.end();
        QCOMPARE(legend.texts.size(), std::size_t{14});
        for (const LegendText& each : legend.texts) {
            QVERIFY2(QRectF(QPointF(0, 0), legend.size).contains(each.rect), qPrintable(each.text));
            double most = 1;
            for (int x = static_cast<int>(each.rect.left()) - 100; x < static_cast<int>(each.rect.left()) - 8; ++x)
                for (int y = static_cast<int>(each.rect.top()) + 4; y < static_cast<int>(each.rect.bottom()) - 4; ++y)
                    most = std::max(most, contrast(image.pixelColor(x, y), theme.canvas));
            QVERIFY2(most >= 3, qPrintable(u"%1: %2"_s.arg(each.text).arg(most)));
        }
    }
}

void DiagramExportTest::theClipboardHasWhatWasAskedFor_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<bool>("image");
    QTest::addColumn<bool>("svg");
    QTest::addColumn<QString>("text"); // how it begins; "" for none
    QTest::newRow("whatever the other takes") << u""_s << true << true << u""_s;
    QTest::newRow("svg, for an editor too") << u"svg"_s << false << true << u"<?xml"_s;
    QTest::newRow("png") << u"png"_s << true << false << u""_s;
    QTest::newRow("dot") << u"dot"_s << false << false << u"digraph"_s;
    QTest::newRow("mermaid") << u"mermaid"_s << false << false << u"flowchart"_s;
}

void DiagramExportTest::theClipboardHasWhatWasAskedFor()
{
    QFETCH(QString, format);
    PictureInput input;
    input.analysis = analyse(kTwo);
    input.font = QApplication::font();
    const auto mime = copiedAs(format, compose(input), Theme::lightTheme());
    QVERIFY(mime);
    QTEST((*mime)->hasImage(), "image");
    QTEST((*mime)->hasFormat(u"image/svg+xml"_s), "svg");
    QFETCH(QString, text);
    QCOMPARE((*mime)->hasText(), !text.isEmpty());
    QVERIFY(text.isEmpty() || (*mime)->text().startsWith(text));
    QVERIFY(!copiedAs(u"gif"_s, compose(input), Theme::lightTheme()));
}

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    DiagramExportTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diagram_export_test.moc"
