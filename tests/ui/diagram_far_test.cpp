// SPDX-License-Identifier: GPL-3.0-or-later
//
// The diagram from far away: names stay readable, nothing overlaps, and what is not seen is not hit.

#include "ui/diagram/export.h"
#include "ui/diagram/far_room.h"
#include "ui/diagram_fixture.h"

#include <QDirIterator>
#include <QFile>
#include <QFontMetricsF>
#include <QRegularExpression>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

QFont bold()
{
    QFont font = QApplication::font();
    font.setBold(true);
    return font;
}

/// A room that takes `count` letters x at `size` in a line.
double roomFor(double count, double size)
{
    QFont font = bold();
    font.setPixelSize(100);
    return QFontMetricsF(font).horizontalAdvance(u'x') / 100 * count * size;
}

double zoomOf(DiagramDesk& desk)
{
    return desk.view().transform().m11();
}

Picture composed(const QString& file)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return {};
    PictureInput input;
    input.analysis = analyse(source.readAll().toStdString());
    input.font = QApplication::font();
    return compose(input);
}

/// The examples; and large files of the world, where they are.
QStringList files()
{
    QStringList found;
    QDirIterator examples(QStringLiteral(STAGELIFT_SOURCE_DIR "/resources/examples"), {u"*Dockerfile"_s}, QDir::Files,
                          QDirIterator::Subdirectories);
    while (examples.hasNext())
        found += examples.next();
    QDirIterator real(QStringLiteral(STAGELIFT_SOURCE_DIR "/../shared/corpus/files/real"),
                      {u"*moby-moby-Dockerfile.Dockerfile"_s, u"*moby-buildkit-Dockerfile.Dockerfile"_s});
    while (real.hasNext())
        found += real.next();
    return found;
}

} // namespace

class DiagramFarTest : public QObject {
    Q_OBJECT

private slots:
    void aNameFitsItsRoom_data();
    void aNameFitsItsRoom();
    void theFormFollowsTheZoom();
    void whatIsNotSeenIsNotHit();
    void aFileAlwaysHasTheFullForm();
    void nothingOverlaps_data();
    void nothingOverlaps();
    void theTargetIsSeenFromAfar();
};

void DiagramFarTest::aNameFitsItsRoom_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<double>("letters"); // that a line takes at 10 pixels
    QTest::addColumn<double>("lines");   // that the room takes at 10 pixels
    QTest::addColumn<QString>("shown");
    QTest::newRow("short: as large as may be") << u"xx"_s << 8.0 << 3.0 << u"xx at 20"_s;
    QTest::newRow("whole in one line") << u"xxxxxx"_s << 6.5 << 1.2 << u"xxxxxx at 10"_s;
    QTest::newRow("in two, divided at a word") << u"xxxx-xxxx"_s << 4.9 << 2.2 << u"xxxx-|xxxx at 10"_s;
    QTest::newRow("a little smaller rather than cut") << u"xxxxxxxxxx"_s << 9.5 << 1.2 << u"xxxxxxxxxx at 9"_s;
    QTest::newRow("in two lines rather than cut") << u"xxxxxxxxxx"_s << 6.5 << 2.2 << u"xxxxxx|xxxx at 10"_s;
    QTest::newRow("cut in its middle: tails differ")
        << u"xxxxxxxxxxxxxxxxb"_s << 9.5 << 1.2 << u"x{3,6}…x{2,4}b at 10"_s;
    QTest::newRow("no room: no smear") << u"xxxxxxxxxxxxxxxxx"_s << 2.0 << 1.0 << QString();
    QTest::newRow("no height") << u"xxx"_s << 9.0 << 0.3 << QString();
    QTest::newRow("no name") << QString() << 9.0 << 2.0 << QString();
}

void DiagramFarTest::aNameFitsItsRoom()
{
    QFETCH(QString, name);
    QFETCH(double, letters);
    QFETCH(double, lines);
    QFETCH(QString, shown);
    constexpr double kLeast = 10;
    const QSizeF room(roomFor(letters, kLeast), lines * FarLines::kLineHeight * kLeast);
    const FarLines fit = FarName(name, bold()).fit(room, kLeast, 2 * kLeast);
    const QString said = fit.lines.isEmpty() ? QString() : u"%1 at %2"_s.arg(fit.lines.join(u'|')).arg(fit.pixelSize);
    QVERIFY2(QRegularExpression(QRegularExpression::anchoredPattern(QString(shown).replace(u'|', u"\\|"_s)))
                 .match(said)
                 .hasMatch(),
             qPrintable(said));
    QFont font = bold();
    font.setPixelSize(std::max(1, fit.pixelSize));
    for (const QString& line : fit.lines)
        QVERIFY2(QFontMetricsF(font).horizontalAdvance(line) <= room.width() + 1.5, qPrintable(line));
}

void DiagramFarTest::theFormFollowsTheZoom()
{
    DiagramDesk desk(kGo);
    const auto rowIsHit = [&] {
        QTest::mouseMove(desk.view().viewport(), desk.onTitle(u"builder"_s));
        QTest::mouseMove(desk.view().viewport(), desk.onRow(u"tools"_s, u"/tool"_s));
        return desk.view().viewport()->cursor().shape() == Qt::OpenHandCursor;
    };
    const double readable = 8 / desk.picture().fonts.em;
    const auto zoomTo = [&](double zoom) { desk.view().zoomBy(zoom / zoomOf(desk)); };
    zoomTo(readable * 1.02);
    QVERIFY(rowIsHit());
    zoomTo(readable * 0.98);
    QVERIFY(!rowIsHit());
    zoomTo(readable * 1.05); // no flicker at the threshold
    QVERIFY(!rowIsHit());
    zoomTo(readable * 1.2);
    QVERIFY(rowIsHit());
}

void DiagramFarTest::whatIsNotSeenIsNotHit()
{
    DiagramDesk desk(kGo);
    desk.view().zoomBy(0.3 / zoomOf(desk));
    desk.click(desk.onRow(u"tools"_s, u"/tool"_s));
    QCOMPARE(desk.view().selection().node, std::optional(stageNode(1)));
    QVERIFY2(desk.chosen().starts_with("FROM debian:13"), "the whole stage, not the row that is not seen");
    const PictureNode& node = desk.node(u"builder"_s);
    const QRectF rect = farRect(node, 0.1);
    QVERIFY2(rect.width() > node.rect.width(), "a name that is cut takes what is free beside it");
    const QPointF beside(rect.left() + 1, node.rect.center().y());
    QVERIFY(!node.rect.contains(beside));
    QCOMPARE(hitFromAfar(desk.picture(), beside, 0, 0.1).node, desk.picture().nodeOf(node.ref));
    QVERIFY(hitAt(desk.picture(), beside, 0).node < 0);
}

void DiagramFarTest::aFileAlwaysHasTheFullForm()
{
    DiagramDesk desk(kGo);
    const QImage before = imageOf(desk.picture(), Theme::lightTheme(), {.scale = 1});
    desk.view().zoomBy(0.1);
    QCOMPARE(imageOf(desk.picture(), Theme::lightTheme(), {.scale = 1}), before);
}

void DiagramFarTest::nothingOverlaps_data()
{
    QTest::addColumn<QString>("file");
    for (const QString& file : files())
        QTest::newRow(qPrintable(QFileInfo(file).dir().dirName() + u'/' + QFileInfo(file).fileName())) << file;
}

void DiagramFarTest::nothingOverlaps()
{
    QFETCH(QString, file);
    const Picture picture = composed(file);
    for (const double scale : {0.5, 0.25, 0.1, 0.04})
        for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
            const QRectF one = farRect(picture.nodes[i], scale);
            QVERIFY(one.contains(picture.nodes[i].rect));
            QVERIFY2(picture.bounds.contains(one), qPrintable(picture.nodes[i].title.whole));
            for (std::size_t k = 0; k < i; ++k) {
                const QRectF other = farRect(picture.nodes[k], scale);
                QVERIFY2(!one.intersects(other),
                         qPrintable(picture.nodes[i].title.whole + u" covers "_s + picture.nodes[k].title.whole));
            }
        }
}

void DiagramFarTest::theTargetIsSeenFromAfar()
{
    const Theme& theme = Theme::lightTheme();
    const auto stars = [&](int target) {
        DiagramDesk desk("FROM a AS one\nFROM b AS two\nFROM c AS three\n");
        desk.view().setTheme(theme);
        desk.view().setTarget(target);
        desk.view().zoomBy(0.3 / zoomOf(desk));
        const QImage image = desk.view().viewport()->grab().toImage();
        const QRect there = desk.view().mapFromScene(farRect(desk.node(u"two"_s), 0.3)).boundingRect();
        int found = 0;
        for (int y = there.top(); y <= there.bottom(); ++y)
            for (int x = there.left(); x <= there.right(); ++x)
                found += image.pixelColor(x, y) == theme.warning ? 1 : 0;
        return found;
    };
    QVERIFY(stars(1) > 5);
    QCOMPARE(stars(2), 0);
}

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QApplication::setStyle(new StillStyle);
    DiagramFarTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diagram_far_test.moc"
