// SPDX-License-Identifier: GPL-3.0-or-later
//
// The diagram as a file that other programs read.

#include "ui/diagram/export.h"

#include <QApplication>
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
    const auto png = drawnAs(u"png"_s, picture, Theme::lightTheme(), scale);
    QVERIFY(png);
    QImage image;
    QVERIFY(image.loadFromData(*png, "PNG"));
    QCOMPARE(image.width(), static_cast<int>(std::ceil(picture.bounds.width() * scale)));
    QCOMPARE(image.height(), static_cast<int>(std::ceil(picture.bounds.height() * scale)));
}

void DiagramExportTest::pngIsInTheThemesColours()
{
    for (const Theme* theme : {&Theme::lightTheme(), &Theme::darkTheme()}) {
        const auto png = drawnAs(u"png"_s, analyse(kTwo), -1, *theme, 1);
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
    const auto bytes = drawnAs(u"png"_s, analyse(kTwo), -1, Theme::lightTheme(), 1000);
    QVERIFY(!bytes);
    QVERIFY(bytes.error().contains(u"too large"_s));
}

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    DiagramExportTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diagram_export_test.moc"
