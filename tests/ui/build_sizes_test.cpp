// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of sizes, its sum, and what is exported of it.

#include "ui/build/shipment.h"
#include "ui/build/sizes_export.h"
#include "ui/build/sizes_pane.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

constexpr auto kText = "FROM golang:1.22 AS build\nRUN make\n"
                       "FROM build AS test\nRUN make test\n"
                       "FROM debian AS final\nCOPY --from=build /app /app\n";

StageSize stage(int index, qint64 base, qint64 own, bool ships, bool needed = true)
{
    StageSize size;
    size.stage = index;
    size.total = base + own;
    size.base = base;
    size.own = own;
    size.ships = ships;
    size.needed = needed;
    return size;
}

BuildResult result(const QList<StageSize>& sizes, int target)
{
    BuildResult built;
    built.outcome = BuildOutcome::Succeeded;
    built.target = target;
    built.sizes = sizes;
    return built;
}

QList<StageSize> threeStages()
{
    QList<StageSize> sizes{stage(0, 800'000'000, 12'345'678, false), stage(1, 812'345'678, 1, false, false),
                           stage(2, 120'000'000, 2'000'000, true)};
    sizes[0].milliseconds = 65'000;
    sizes[2].cached = true;
    sizes[2].layers = {{u"bookworm"_s, 120'000'000, -1}, {u"COPY /app /app # buildkit"_s, 2'000'000, 5}};
    return sizes;
}

} // namespace

class BuildSizesTest : public QObject {
    Q_OBJECT
private slots:
    void countsBytesOnce_data();
    void countsBytesOnce();
    void showsAndTellsExactly_data();
    void showsAndTellsExactly();
    void unfoldsIntoLayers();
    void comparesWithTheBuildBefore();
    void tellsOfBudgets();
    void goesToTheText();
    void exportsCsv();
    void exportsJson();
    void copiesAsText();
    void saysWhenTheTextHasChanged();
    void isASoundModel();
};

void BuildSizesTest::countsBytesOnce_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<StageSize>>("sizes");
    QTest::addColumn<int>("target");
    QTest::addColumn<qint64>("ships");
    QTest::addColumn<qint64>("leftBehind");

    const QString scratch = u"FROM golang AS build\nRUN make\nFROM scratch\nCOPY --from=build /a /a\n"_s;
    QTest::newRow("a builder on an image is left behind whole")
        << scratch << QList{stage(0, 800, 12, false), stage(1, 0, 14, true)} << 1 << 14LL << 812LL;
    QTest::newRow("two stages on one image leave it behind once")
        << u"FROM go AS a\nFROM go AS b\nFROM scratch\n"_s
        << QList{stage(0, 800, 1, false), stage(1, 800, 2, false), stage(2, 0, 5, true)} << 2 << 5LL << 803LL;
    QTest::newRow("a base that the target has too is not left behind")
        << u"FROM go AS a\nFROM go AS b\n"_s << QList{stage(0, 800, 1, false), stage(1, 800, 2, true)} << 1 << 802LL
        << 1LL;
    QTest::newRow("a stage FROM another adds only its own")
        << u"FROM go AS a\nFROM a AS b\nFROM scratch AS c\n"_s
        << QList{stage(0, 800, 10, false), stage(1, 810, 5, false), stage(2, 0, 1, true)} << 2 << 1LL << 815LL;
    QTest::newRow("a chain ships with its target")
        << u"FROM go AS a\nFROM a AS b\n"_s << QList{stage(0, 800, 10, true), stage(1, 810, 5, true)} << 1 << 815LL
        << 0LL;
    QTest::newRow("what the target does not need is not counted")
        << scratch << QList{stage(0, 800, 12, false, false), stage(1, 0, 14, true)} << 1 << 14LL << 0LL;
}

void BuildSizesTest::countsBytesOnce()
{
    QFETCH(QString, text);
    QFETCH(QList<StageSize>, sizes);
    QFETCH(int, target);
    QFETCH(qint64, ships);
    QFETCH(qint64, leftBehind);

    const Shipment sum = shipment(analyse(text.toStdString())->graph, sizes, target);
    QCOMPARE(sum.ships, ships);
    QCOMPARE(sum.leftBehind, leftBehind);
}

void BuildSizesTest::showsAndTellsExactly_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QVariant>("bytes");
    QTest::addColumn<QString>("spoken");

    const QVariant none;
    QTest::newRow("stage") << 0 << int(SizesModel::Stage) << u"build"_s << none << u"build"_s;
    QTest::newRow("total") << 0 << int(SizesModel::Total) << u"812 MB"_s << QVariant(812'345'678LL)
                           << u"812,345,678 bytes"_s;
    QTest::newRow("base") << 0 << int(SizesModel::Base) << u"800 MB"_s << QVariant(800'000'000LL)
                          << u"800,000,000 bytes"_s;
    QTest::newRow("own") << 0 << int(SizesModel::Own) << u"12.3 MB"_s << QVariant(12'345'678LL)
                         << u"12,345,678 bytes"_s;
    QTest::newRow("one byte") << 1 << int(SizesModel::Own) << u"1 B"_s << QVariant(1LL) << u"1 byte"_s;
    QTest::newRow("left behind") << 0 << int(SizesModel::Fate) << u"left behind"_s << none << u"left behind"_s;
    QTest::newRow("not needed") << 1 << int(SizesModel::Fate) << u"not needed"_s << none << u"not needed"_s;
    QTest::newRow("ships") << 2 << int(SizesModel::Fate) << u"ships"_s << none << u"ships"_s;
    QTest::newRow("time") << 0 << int(SizesModel::Time) << u"1 min 5 s"_s << none << u"1 min 5 s"_s;
    QTest::newRow("cached") << 2 << int(SizesModel::Cached) << u"cached"_s << none << u"cached"_s;
}

void BuildSizesTest::showsAndTellsExactly()
{
    QFETCH(int, row);
    QFETCH(int, column);
    QFETCH(QString, shown);
    QFETCH(QVariant, bytes);
    QFETCH(QString, spoken);

    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    SizesModel model;
    model.showResult(analyse(kText), result(threeStages(), 2));
    const QModelIndex index = model.index(row, column);
    QCOMPARE(index.data().toString(), shown);
    QCOMPARE(index.data(SizesModel::BytesRole), bytes);
    QCOMPARE(index.data(Qt::AccessibleTextRole).toString(), spoken);
}

void BuildSizesTest::unfoldsIntoLayers()
{
    SizesModel model;
    model.showResult(analyse(kText), result(threeStages(), 2));
    const QModelIndex final = model.index(2, 0);
    QCOMPARE(model.rowCount(final), 2);
    // A layer says the instruction as it is written, where it is one of the file's.
    QCOMPARE(model.index(0, SizesModel::Stage, final).data().toString(), u"bookworm"_s);
    QCOMPARE(model.index(1, SizesModel::Stage, final).data().toString(), u"COPY --from=build /app /app"_s);
    QCOMPARE(model.index(1, SizesModel::Total, final).data(SizesModel::BytesRole).toLongLong(), 2'000'000LL);
}

void BuildSizesTest::comparesWithTheBuildBefore()
{
    SizesPane pane;
    pane.showResult(analyse(kText), result({stage(2, 100, 50, true)}, 2));
    QVERIFY(pane.view().isColumnHidden(SizesModel::Change));
    pane.showResult(analyse(kText), result({stage(1, 100, 50, false), stage(2, 100, 20, true)}, 2));
    QVERIFY(!pane.view().isColumnHidden(SizesModel::Change));
    const SizesModel& model = pane.model();
    QCOMPARE(model.index(0, SizesModel::Change).data().toString(), QString());
    QCOMPARE(model.index(1, SizesModel::Change).data().toString(), u"−30 B"_s);
    QCOMPARE(model.index(1, SizesModel::Change).data(SizesModel::BytesRole).toLongLong(), -30LL);
}

void BuildSizesTest::tellsOfBudgets()
{
    SizesPane pane;
    const Theme& theme = Theme::lightTheme();
    pane.setTheme(theme);
    const std::string text =
        std::string("# stagelift: budget final <= 100 MB\n# stagelift: budget build <= 1 GB\n") + kText;
    pane.showResult(analyse(text), result(threeStages(), 2));
    const QModelIndex over = pane.model().index(2, SizesModel::Total);
    const QModelIndex within = pane.model().index(0, SizesModel::Total);
    QCOMPARE(over.data(Qt::ForegroundRole).value<QColor>(), theme.error);
    QVERIFY(within.data(Qt::ForegroundRole).value<QColor>() != theme.error);
    QVERIFY2(over.data(Qt::ToolTipRole).toString().endsWith(u"22 MB over the budget of 100 MB"_s),
             qPrintable(over.data(Qt::ToolTipRole).toString()));
    QCOMPARE(pane.summary().section(u" · "_s, 1), u"final is 22 MB over its budget"_s);
}

void BuildSizesTest::goesToTheText()
{
    SizesPane pane;
    const AnalysisPtr analysis = analyse(kText);
    pane.showResult(analysis, result(threeStages(), 2));
    QSignalSpy chosen(&pane, &SizesPane::spanChosen);
    emit pane.view().clicked(pane.model().index(1, 0));
    emit pane.view().clicked(pane.model().index(1, 0, pane.model().index(2, 0)));
    emit pane.view().clicked(pane.model().index(0, 0, pane.model().index(2, 0))); // of the base: nowhere in the file
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(analysis->source.at(chosen[0][0].value<Span>()), "FROM build AS test");
    QCOMPARE(analysis->source.at(chosen[1][0].value<Span>()), "COPY --from=build /app /app");
}

void BuildSizesTest::exportsCsv()
{
    QCOMPARE(sizesAsCsv(analyse(kText)->graph, threeStages()),
             "stage,total_bytes,base_bytes,own_bytes,copied_bytes,ships,needed,milliseconds,cached\r\n"
             "build,812345678,800000000,12345678,0,no,yes,65000,no\r\n"
             "test,812345679,812345678,1,0,no,no,0,no\r\n"
             "final,122000000,120000000,2000000,2000000,yes,yes,0,yes\r\n");
}

void BuildSizesTest::exportsJson()
{
    const auto object = QJsonDocument::fromJson(sizesAsJson(*analyse(kText), threeStages(), {2})).object();
    QCOMPARE(object[u"target"_s].toString(), u"final"_s);
    QCOMPARE(object[u"stages"_s][0][u"total"_s].toInteger(), 812'345'678LL);
    QCOMPARE(object[u"stages"_s][2][u"ships"_s].toBool(), true);
    QCOMPARE(object[u"stages"_s].toArray().size(), 3);
    QCOMPARE(object[u"stages"_s][2][u"layers"_s][1][u"bytes"_s].toInteger(), 2'000'000LL);
    const QJsonValue copy = object[u"stages"_s][2][u"copies"_s][0];
    QCOMPARE(copy[u"from"_s].toString(), u"build"_s);
    QCOMPARE(copy[u"paths"_s].toArray(), QJsonArray{u"/app"_s});
    QCOMPARE(copy[u"bytes"_s].toInteger(), 2'000'000LL);
    QCOMPARE(copy[u"lines"_s].toArray(), (QJsonArray{6, 6}));
}

void BuildSizesTest::copiesAsText()
{
    SizesPane pane;
    pane.showResult(analyse(kText), result(threeStages(), 2));
    pane.copy();
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0], u"build\t812 MB\t800 MB\t12.3 MB\tleft behind\t1 min 5 s\t"_s);
    pane.view().setCurrentIndex(pane.model().index(2, 0));
    pane.copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"final\t122 MB\t120 MB\t2 MB\tships\t\tcached"_s);
}

void BuildSizesTest::saysWhenTheTextHasChanged()
{
    SizesPane pane;
    QCOMPARE(pane.summary(), QString());
    pane.showResult(analyse(kText), result(threeStages(), 2));
    QCOMPARE(pane.summary(), u"final ships 122 MB, leaves 812 MB behind"_s);
    pane.setOutdated(true);
    QCOMPARE(pane.summary(), u"final ships 122 MB, leaves 812 MB behind — the text has changed since"_s);
}

void BuildSizesTest::isASoundModel()
{
    SizesModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.showResult(analyse(kText), result(threeStages(), 2));
    model.showResult(analyse(kText), result({stage(2, 1, 1, true)}, 2));
    QCOMPARE(model.rowCount(), 1);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

QTEST_MAIN(BuildSizesTest)
#include "build_sizes_test.moc"
