// SPDX-License-Identifier: GPL-3.0-or-later
//
// The chart of a file's history: its lines, ticks and labels, and how a person walks along it.

#include "history/kept_builds.h"
#include "history_chart_text.h"
#include "ui/build/timeline_plan.h"
#include "ui/history/chart_plan.h"
#include "ui/history/chart_view.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;
using stagelift::test::failedBuild;
using stagelift::test::keptBuild;
using stagelift::test::threeBuilds;

class HistoryChartTest : public QObject {
    Q_OBJECT
private slots:
    void drawsALineAStage_data();
    void drawsALineAStage();
    void hasRoundTicks_data();
    void hasRoundTicks();
    void keepsLabelsApart_data();
    void keepsLabelsApart();
    void hasRoomForAllTicks();
    void tellsWhatAPointIs();
    void walksByKeys();
    void choosesByAClick();
    void staysAtItsBuild();
    void looksDifferentByTheme();
    void paintsManyBuildsSoon();
};

void HistoryChartTest::drawsALineAStage_data()
{
    QTest::addColumn<QList<KeptBuild>>("builds");
    QTest::addColumn<HistoryMetric>("metric");
    QTest::addColumn<QString>("stage");
    QTest::addColumn<QString>("lines");

    const QString size = u"build 0:812000000,2:812000000 | runtime 0:14000000,2:16000000"_s;
    QTest::newRow("none") << QList<KeptBuild>() << HistoryMetric::Size << QString() << QString();
    QTest::newRow("sizes, over a failure") << threeBuilds() << HistoryMetric::Size << QString() << size;
    QTest::newRow("times, without what came from the cache")
        << threeBuilds() << HistoryMetric::Time << QString() << u"build 0:4000,2:4000 | runtime 0:100"_s;
    QTest::newRow("a stage by itself") << threeBuilds() << HistoryMetric::Size << u"runtime"_s
                                       << u"runtime 0:14000000,2:16000000"_s;
    QList<KeptBuild> renamed = threeBuilds();
    renamed[2].stages[0].label = u"compile"_s;
    QTest::newRow("a stage that is gone comes last") << renamed << HistoryMetric::Size << QString()
                                                     << u"build 2:812000000 | runtime 0:14000000,2:16000000 | "
                                                        "compile 0:812000000"_s;
}

void HistoryChartTest::drawsALineAStage()
{
    QFETCH(QList<KeptBuild>, builds);
    QFETCH(HistoryMetric, metric);
    QFETCH(QString, stage);
    QFETCH(QString, lines);
    const HistoryChart chart = planHistory(builds, metric, stage);
    QCOMPARE(told(chart), lines);
    QCOMPARE(chart.builds, builds.size());
    QCOMPARE(chart.failed, builds.isEmpty() ? std::vector<int>() : std::vector<int>{1});
}

void HistoryChartTest::hasRoundTicks_data()
{
    QTest::addColumn<QList<qint64>>("values"); // of a line each, if `alone` is false
    QTest::addColumn<bool>("alone");
    QTest::addColumn<HistoryMetric>("metric");
    QTest::addColumn<ChartAxis>("axis");

    const auto size = HistoryMetric::Size;
    const auto time = HistoryMetric::Time;
    QTest::newRow("from nothing to a round size")
        << QList<qint64>{14'000'000, 812'000'000} << false << size << ChartAxis{0, 1'000'000'000, 500'000'000};
    QTest::newRow("a line alone, near itself")
        << QList<qint64>{14'100'000, 14'700'000} << true << size << ChartAxis{14'000'000, 14'800'000, 200'000};
    QTest::newRow("a line that does not move") << QList<qint64>{500, 500} << true << size << ChartAxis{499, 501, 1};
    QTest::newRow("a large one that does not move")
        << QList<qint64>{812'000'000, 812'000'000} << true << size << ChartAxis{810'000'000, 820'000'000, 10'000'000};
    QTest::newRow("just below a gigabyte")
        << QList<qint64>{999'900'000, 999'900'000} << true << size << ChartAxis{990'000'000, 1'000'000'000, 10'000'000};
    QTest::newRow("empty images") << QList<qint64>{0, 0} << true << size << ChartAxis{0, 1, 1};
    QTest::newRow("seconds") << QList<qint64>{100, 4000} << false << time << ChartAxis{0, 4000, 2000};
    QTest::newRow("minutes") << QList<qint64>{1000, 125'000} << false << time << ChartAxis{0, 180'000, 60'000};
}

void HistoryChartTest::hasRoundTicks()
{
    QFETCH(QList<qint64>, values);
    QFETCH(bool, alone);
    QFETCH(HistoryMetric, metric);
    QFETCH(ChartAxis, axis);
    HistoryChart chart;
    for (int at = 0; at < values.size(); ++at) {
        if (at == 0 || !alone)
            chart.lines.emplace_back();
        chart.lines.back().points.push_back({at, values[at]});
    }
    const ChartAxis found = axisOf(chart, metric, 3);
    QVERIFY2(found == axis, qPrintable(u"%1 to %2 by %3"_s.arg(found.low).arg(found.high).arg(found.step)));
    QSet<QString> texts; // no two ticks read the same
    qsizetype ticks = 0;
    for (qint64 value = found.low; value <= found.high; value += found.step, ++ticks)
        texts << (metric == HistoryMetric::Size ? humanSize(value) : tickText(value));
    QCOMPARE(texts.size(), ticks);
}

void HistoryChartTest::keepsLabelsApart_data()
{
    QTest::addColumn<QList<double>>("wanted");
    QTest::addColumn<QList<double>>("places"); // between 0 and 50, 10 high

    QTest::newRow("far from each other") << QList<double>{5, 30} << QList<double>{5, 30};
    QTest::newRow("on each other") << QList<double>{20, 20, 20} << QList<double>{20, 30, 40};
    QTest::newRow("too low") << QList<double>{48, 44} << QList<double>{40, 30};
    QTest::newRow("too high") << QList<double>{-5} << QList<double>{0};
    QTest::newRow("more than there is room for")
        << QList<double>{0, 0, 0, 0, 0, 0} << QList<double>{0, 10, 20, 30, 40, -1};
}

void HistoryChartTest::keepsLabelsApart()
{
    QFETCH(QList<double>, wanted);
    QFETCH(QList<double>, places);
    const std::vector<double> found = spread({wanted.begin(), wanted.end()}, 10, 0, 50);
    QCOMPARE(QList<double>(found.begin(), found.end()), places);
}

void HistoryChartTest::hasRoomForAllTicks()
{
    // The ticks are 0 B, 500 MB and 1 GB: the highest is not the widest.
    ChartView view;
    view.resize(600, 140);
    view.showBuilds(threeBuilds());
    constexpr int kBesides = 18; // px: from the tick to the chart, and from there to the first point
    QVERIFY(view.placeOf(0, 0).x() >= kBesides + view.fontMetrics().horizontalAdvance(u"500 MB"_s));
}

void HistoryChartTest::tellsWhatAPointIs()
{
    ChartView view;
    view.resize(600, 300);
    view.showBuilds(threeBuilds());
    const QString newest = beginText(threeBuilds()[0]);
    QCOMPARE(view.hintAt(view.placeOf(1, 2)),
             newest + u", docker 26.1.5 (default)\nruntime, ships\n16 MB, +2 MB\nfrom the cache"_s);
    QCOMPARE(view.hintAt(view.placeOf(0, 2)).section(u'\n', 1), u"build\n812 MB, as before\n4.0 s"_s);
    QCOMPARE(view.hintAt(view.placeOf(1, 0)).section(u'\n', 1), u"runtime, ships\n14 MB\n100 ms"_s);
    // Between the lines, and where nothing was measured, the build speaks for itself.
    const QPointF middle((view.placeOf(0, 0).x() + view.placeOf(0, 2).x()) / 2, view.placeOf(0, 0).y());
    QVERIFY2(view.hintAt(middle).endsWith(u"Line 3, RUN make: exit code: 2\nruntime, after 4.8 s"_s),
             qPrintable(view.hintAt(middle)));
    QCOMPARE(view.hintAt({-5, -5}), QString());
    QList<KeptBuild> builds = threeBuilds();
    builds[1].outcome = BuildOutcome::Stopped;
    builds[1].message.clear();
    view.showBuilds(builds);
    QCOMPARE(view.hintAt(middle).section(u'\n', 1), u"stopped\nruntime, after 4.8 s"_s);
    builds[1].outcome = BuildOutcome::Succeeded; // and nothing of it was measured
    view.showBuilds(builds);
    QCOMPARE(view.hintAt(middle).section(u'\n', 1), u"runtime built in 4.8 s"_s);
    view.showBuilds({});
    QCOMPARE(view.hintAt({300, 150}), QString());
}

void HistoryChartTest::walksByKeys()
{
    ChartView view;
    view.resize(600, 300);
    view.showBuilds(threeBuilds());
    QSignalSpy chosen(&view, &ChartView::buildChosen);
    const auto said = [&](Qt::Key key) {
        QTest::keyClick(&view, key);
        return view.accessibleDescription();
    };
    QVERIFY(view.accessibleDescription().startsWith(u"How each stage's size"_s));
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(chosen.size(), 0); // at no build yet
    QVERIFY(said(Qt::Key_Right).startsWith(beginText(threeBuilds()[0])));
    QVERIFY(said(Qt::Key_Up).contains(u"runtime, ships, 16 MB, +2 MB"_s)); // from below
    QVERIFY(said(Qt::Key_Up).contains(u"build, 812 MB"_s));
    QVERIFY(said(Qt::Key_Up).contains(u"build, 812 MB"_s));
    QVERIFY(said(Qt::Key_Left).contains(u"RUN make: exit code: 2"_s));
    QVERIFY(said(Qt::Key_Left).contains(u"build, 812 MB"_s)); // still at that stage
    QVERIFY(said(Qt::Key_Down).contains(u"runtime, ships, 14 MB"_s));
    QTest::keyClick(&view, Qt::Key_Enter);
    QCOMPARE(chosen.takeFirst().constFirst().toLongLong(), 1);
    QVERIFY(said(Qt::Key_End).startsWith(beginText(threeBuilds()[0])));
    QVERIFY(said(Qt::Key_Home).startsWith(beginText(threeBuilds()[2])));
}

void HistoryChartTest::choosesByAClick()
{
    ChartView view;
    view.resize(600, 300);
    view.showBuilds(threeBuilds());
    QSignalSpy chosen(&view, &ChartView::buildChosen);
    QTest::mouseClick(&view, Qt::LeftButton, {}, view.placeOf(0, 0).toPoint());
    QCOMPARE(chosen.takeFirst().constFirst().toLongLong(), 1);
    QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(1, 1));
    QCOMPARE(chosen.size(), 0);
}

void HistoryChartTest::staysAtItsBuild()
{
    ChartView view;
    view.resize(600, 300);
    view.showBuilds(threeBuilds());
    QTest::keyClick(&view, Qt::Key_End);
    KeptBuild newer = keptBuild(9, 1);
    newer.id = 9;
    view.showBuilds(QList{newer} + threeBuilds());
    QVERIFY(view.accessibleDescription().startsWith(beginText(threeBuilds()[0])));
}

void HistoryChartTest::looksDifferentByTheme()
{
    ChartView view;
    view.resize(600, 300);
    view.showBuilds(threeBuilds());
    QList<QImage> pictures;
    for (const Theme* theme : {&Theme::lightTheme(), &Theme::darkTheme()}) {
        view.setTheme(*theme);
        pictures << view.grab().toImage();
        // The line of a stage has its hue: it is level between the two builds that have it.
        const QPoint on = ((view.placeOf(0, 0) + view.placeOf(0, 2)) / 2).toPoint();
        QSet<QRgb> seen;
        for (int x = on.x() - 12; x < on.x() + 12; ++x)
            for (int y = on.y() - 1; y <= on.y() + 1; ++y)
                seen.insert(pictures.constLast().pixel(x, y));
        QVERIFY(seen.contains(theme->stageHue(0).rgb()));
        QCOMPARE(pictures.constLast().pixelColor(1, 1), theme->palette.color(QPalette::Base));
    }
    view.setMarked({1});
    QVERIFY(view.grab().toImage() != pictures[1]);
}

void HistoryChartTest::paintsManyBuildsSoon()
{
    QList<KeptBuild> builds;
    for (int i = 0; i < 200; ++i) {
        KeptBuild build = keptBuild(200 - i, 1000 * i);
        for (int stage = 2; stage < 12; ++stage)
            build.stages << KeptStage{.index = stage, .label = u"stage %1"_s.arg(stage), .from = {}, .total = 100 * i};
        builds << build;
    }
    ChartView view;
    view.resize(800, 300);
    QElapsedTimer clock;
    clock.start();
    view.showBuilds(builds);
    static_cast<void>(view.grab());
    QVERIFY2(clock.elapsed() < 400, qPrintable(QString::number(clock.elapsed()))); // a debug program
}

QTEST_MAIN(HistoryChartTest)
#include "history_chart_test.moc"
