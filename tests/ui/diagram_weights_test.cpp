// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a copy weighs, on its line: as a width, in its label, and in words; and nothing moves for it.

#include "ui/diagram/export.h"
#include "ui/diagram/hit.h"
#include "ui/diagram/painter.h"
#include "ui/diagram/picture.h"
#include "ui/diagram/spoken.h"
#include "ui/diagram_fixture.h"

#include <QImage>
#include <QTest>

#include <algorithm>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kText = "FROM golang AS build\nRUN make\nFROM scratch\nCOPY --from=build /app /app\n";

Picture pictureOf(const std::string& text, const EdgeSizes& sizes)
{
    PictureInput input;
    input.analysis = analyse(text);
    input.edgeSizes = sizes;
    input.font = QApplication::font();
    return compose(input);
}

/// The first line that copies.
const PictureEdge& copyOf(const Picture& picture)
{
    return *std::ranges::find(picture.edges, EdgeKind::Copy, &PictureEdge::kind);
}

std::size_t indexOfCopy(const std::string& text)
{
    const auto& edges = analyse(text)->graph.edges;
    return static_cast<std::size_t>(std::ranges::find(edges, EdgeKind::Copy, &Edge::kind) - edges.begin());
}

/// How many pixels across the line, near its begin, are not of the canvas.
int widthOf(const Picture& picture, const Theme& theme)
{
    const DrawOptions options{.scale = 4};
    const QImage image = imageOf(picture, theme, options);
    const PictureEdge& edge = copyOf(picture);
    const QPointF place = edge.path.pointAtPercent(0.04) - picture.bounds.topLeft();
    const double scale = image.width() / picture.bounds.width();
    int count = 0;
    for (int y = qRound((place.y() - 12) * scale); y < qRound((place.y() + 12) * scale); ++y)
        count += image.pixelColor(qRound(place.x() * scale), y) != theme.canvas ? 1 : 0;
    return qRound(count / scale);
}

} // namespace

class DiagramWeightsTest : public QObject {
    Q_OBJECT
private slots:
    void isWiderTheMoreItCopies_data();
    void isWiderTheMoreItCopies();
    void movesNothing();
    void saysItsSize_data();
    void saysItsSize();
    void saysItWithoutRoom();
    void followsItsCopyWhileOneTypes();
};

void DiagramWeightsTest::isWiderTheMoreItCopies_data()
{
    QTest::addColumn<qint64>("bytes"); // -1 where it was not measured
    QTest::addColumn<int>("width");    // scene units

    QTest::newRow("not built") << qint64(-1) << 2;
    QTest::newRow("nothing") << qint64(0) << 2;
    QTest::newRow("a byte") << qint64(1) << 4;
    QTest::newRow("100 kB") << qint64(100'000) << 4;
    QTest::newRow("1 MB") << qint64(1'000'000) << 6;
    QTest::newRow("10 MB") << qint64(10'000'000) << 8;
    QTest::newRow("100 MB") << qint64(100'000'000) << 10;
    QTest::newRow("1 GB") << qint64(1'000'000'000) << 12;
    QTest::newRow("no wider than that") << qint64(900'000'000'000) << 12;
}

void DiagramWeightsTest::isWiderTheMoreItCopies()
{
    QFETCH(qint64, bytes);
    QFETCH(int, width);
    const EdgeSizes sizes = bytes < 0 ? EdgeSizes() : EdgeSizes{{indexOfCopy(kText), bytes}};
    for (const Theme* theme : {&Theme::lightTheme(), &Theme::darkTheme()}) {
        const int found = widthOf(pictureOf(kText, sizes), *theme);
        QVERIFY2(std::abs(found - width) <= 1, qPrintable(QString::number(found)));
    }
}

void DiagramWeightsTest::movesNothing()
{
    const Picture before = pictureOf(kText, {});
    const Picture after = pictureOf(kText, {{indexOfCopy(kText), 812'000'000}});
    for (std::size_t i = 0; i < before.nodes.size(); ++i)
        QCOMPARE(after.nodes[i].rect, before.nodes[i].rect);
    for (std::size_t i = 0; i < before.edges.size(); ++i)
        QVERIFY(after.edges[i].curve == before.edges[i].curve);
}

void DiagramWeightsTest::saysItsSize_data()
{
    QTest::addColumn<QByteArray>("copies");
    QTest::addColumn<QList<qint64>>("bytes"); // of each
    QTest::addColumn<QString>("label");

    QTest::newRow("one") << "COPY --from=build /app /app\n"_ba << QList<qint64>{14'000'000} << u"/app · 14 MB"_s;
    QTest::newRow("two along one line") << "COPY --from=build /app /app\nCOPY --from=build /web /www\n"_ba
                                        << QList<qint64>{14'000'000, 2'000'000} << u"2 paths · 16 MB"_s;
    QTest::newRow("not measured") << "COPY --from=build /app /app\n"_ba << QList<qint64>{} << u"/app"_s;
    QTest::newRow("empty") << "COPY --from=build /app /app\n"_ba << QList<qint64>{0} << u"/app · 0 B"_s;
}

void DiagramWeightsTest::saysItsSize()
{
    QFETCH(QByteArray, copies);
    QFETCH(QList<qint64>, bytes);
    QFETCH(QString, label);
    const std::string text = "FROM golang AS build\nRUN make\nFROM scratch\n" + copies.toStdString();
    EdgeSizes sizes;
    for (qsizetype i = 0; i < bytes.size(); ++i)
        sizes.emplace(indexOfCopy(text) + static_cast<std::size_t>(i), bytes[i]);
    const Picture picture = pictureOf(text, sizes);
    const PictureEdge& copy = copyOf(picture);
    const QString shown = copy.label.shown + (copy.below.isEmpty() ? QString() : u" · "_s + copy.below);
    QCOMPARE(shown, label);
    for (const PictureNode& node : picture.nodes)
        QVERIFY(!node.rect.intersects(copy.labelRect));
    QVERIFY(copy.labelRect.contains(copy.label.rect));
    if (!copy.below.isEmpty())
        QVERIFY(copy.labelRect.contains(copy.label.rect.translated(0, copy.label.rect.height())));
    const Hit hit{.kind = HitKind::Edge, .edge = static_cast<int>(&copyOf(picture) - picture.edges.data())};
    for (const qint64 each : bytes)
        QVERIFY2(tooltipFor(picture, hit).contains(u", "_s + humanSize(each)), qPrintable(tooltipFor(picture, hit)));
    QCOMPARE(spokenEdge(picture, indexOfCopy(text)).endsWith(u" B"_s) ||
                 spokenEdge(picture, indexOfCopy(text)).endsWith(u"MB"_s),
             !bytes.isEmpty());
}

/// A path that takes all the room there is leaves none for a size: then the size goes, not the path.
void DiagramWeightsTest::saysItWithoutRoom()
{
    const std::string text = "FROM golang AS build\nRUN make\nFROM scratch\n"
                             "COPY --from=build /a/very/long/path/that/never/ends/in/any/label/at/all /app\n";
    const QString without = copyOf(pictureOf(text, {})).label.shown;
    const Picture picture = pictureOf(text, {{indexOfCopy(text), 14'000'000}});
    const QString with = copyOf(picture).label.shown;
    QVERIFY2(with == without || with == without + u" · 14 MB"_s, qPrintable(with)); // and never less of the path
    for (const PictureNode& node : picture.nodes)
        QVERIFY(!node.rect.intersects(copyOf(picture).labelRect));
}

void DiagramWeightsTest::followsItsCopyWhileOneTypes()
{
    DiagramView view;
    view.resize(900, 500);
    const AnalysisPtr built = analyse(kText, {}, 1);
    view.showAnalysis(built);
    StageSize size;
    size.stage = 1;
    size.total = size.own = 14'000'000;
    size.layers = {{.createdBy = {}, .bytes = 14'000'000, .instruction = 3}};
    view.showSizes({size});
    QTRY_COMPARE(copyOf(view.picture()).bytes, std::optional<qint64>(14'000'000));
    // A line above it: the instruction has another number now, and the edge is the same.
    view.showAnalysis(analyse(std::string("# new\nARG A=1\n") + kText, {}, 2));
    QTRY_COMPARE(view.picture().analysis->dockerfile.instructions.size(), 5U);
    QCOMPARE(copyOf(view.picture()).bytes, std::optional<qint64>(14'000'000));
    view.clearBuild();
    QTRY_COMPARE(copyOf(view.picture()).bytes, std::optional<qint64>());
}

QTEST_MAIN(DiagramWeightsTest)
#include "diagram_weights_test.moc"
