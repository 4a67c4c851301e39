// SPDX-License-Identifier: GPL-3.0-or-later
//
// The history of a file as a person sees it: its chart, its list, two builds side by side, and a text brought back.

#include "core/history/history_report.h"
#include "history/kept_builds.h"
#include "ui/build/placeholder.h"
#include "ui/build/sizes_pane.h"
#include "ui/build/timeline_plan.h"
#include "ui/history/builds_model.h"
#include "ui/history/chart_view.h"
#include "ui/history/comparison.h"
#include "ui/history/comparison_dialog.h"
#include "ui/history/history_pane.h"
#include "ui/window_fixture.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>
#include <QTextBrowser>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;
using stagelift::test::failedBuild;
using stagelift::test::keptBuild;
using stagelift::test::kText;

namespace {

const QByteArray kOlder = "FROM golang:1.21 AS build\nCOPY . /src\nRUN make\n"
                          "FROM scratch AS runtime\nCOPY --from=build /app /app\n";

/// Newest first: 16 MB, a failure, 14 MB.
QList<KeptBuild> threeBuilds()
{
    QList<KeptBuild> builds{keptBuild(2, 16'000'000), failedBuild(1), keptBuild(0, 14'000'000, kOlder)};
    builds[2].stages[1].cached = false;
    for (int i = 0; i < 3; ++i)
        builds[i].id = 3 - i;
    return builds;
}

/// "build 0:812,2:812 | runtime …": what the chart is made of.
QString told(const HistoryChart& chart)
{
    QStringList lines;
    for (const ChartLine& line : chart.lines) {
        QStringList points;
        for (const ChartPoint& point : line.points)
            points << u"%1:%2"_s.arg(point.build).arg(point.value);
        lines << line.stage + u' ' + points.join(u',');
    }
    return lines.join(u" | "_s);
}

/// A window that keeps a history in a folder of its own, with a file in it that was built three times.
class HistoryDesk {
public:
    HistoryDesk()
    {
        QStandardPaths::setTestModeEnabled(true);
        auto [store, notice] = HistoryStore::open(historyFolder());
        QList<KeptBuild> builds = threeBuilds();
        std::ranges::reverse(builds);
        write(kText);
        for (const KeptBuild& build : builds)
            if (!store->add(historyKey(file()), build, build.textHash == threeBuilds()[2].textHash ? kOlder : kText))
                qFatal("no build can be kept");
        Settings settings = Settings::forgetful();
        settings.setHistoryFolder(historyFolder());
        m_window = std::make_unique<MainWindow>(std::move(settings));
        m_window->resize(1200, 800);
        m_window->show();
        static_cast<void>(QTest::qWaitForWindowExposed(m_window.get()));
    }

    [[nodiscard]] QString historyFolder() const { return m_folder.filePath(u"history"_s); }
    [[nodiscard]] QString file() const { return m_folder.filePath(u"Dockerfile"_s); }
    void write(const QByteArray& bytes) const
    {
        QFile made(file());
        if (!made.open(QIODevice::WriteOnly) || made.write(bytes) != bytes.size())
            qFatal("the file can't be made");
    }

    /// Opens the file and waits for its history.
    bool open()
    {
        return m_window->openFile(file()) && QTest::qWaitFor([this] { return !pane().builds().isEmpty(); });
    }

    MainWindow& window() { return *m_window; }
    DocumentTab& tab() { return m_window->tab(); }
    HistoryPane& pane() { return tab().history(); }
    QByteArray text() { return QByteArray::fromStdString(tab().editor().bytes()); }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace

class HistoryTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

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

    void listsBuilds_data();
    void listsBuilds();
    void isASoundModel();
    void comparesStages();
    void comparesSettings_data();
    void comparesSettings();

    void saysWhyThereIsNothing();
    void showsTheFilesHistory();
    void choosesInChartAndList();
    void drawsAStageByItself();
    void comparesTwoBuilds();
    void comparesWithTheBuildBefore();
    void bringsATextBackInOneStep();
    void bringsNoTextBackThatIsThere();
    void forgetsAfterAsking();
    void keepsWhatIsBuilt();
    void comparesSizesWithTheSessionBefore();
    void followsTheFilesName();
    void saysWhatIsWrongWithIt();
};

void HistoryTest::drawsALineAStage_data()
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

void HistoryTest::drawsALineAStage()
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

void HistoryTest::hasRoundTicks_data()
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

void HistoryTest::hasRoundTicks()
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

void HistoryTest::keepsLabelsApart_data()
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

void HistoryTest::keepsLabelsApart()
{
    QFETCH(QList<double>, wanted);
    QFETCH(QList<double>, places);
    const std::vector<double> found = spread({wanted.begin(), wanted.end()}, 10, 0, 50);
    QCOMPARE(QList<double>(found.begin(), found.end()), places);
}

void HistoryTest::hasRoomForAllTicks()
{
    // The ticks are 0 B, 500 MB and 1 GB: the highest is not the widest.
    ChartView view;
    view.resize(600, 140);
    view.showBuilds(threeBuilds());
    constexpr int kBesides = 18; // px: from the tick to the chart, and from there to the first point
    QVERIFY(view.placeOf(0, 0).x() >= kBesides + view.fontMetrics().horizontalAdvance(u"500 MB"_s));
}

void HistoryTest::tellsWhatAPointIs()
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

void HistoryTest::walksByKeys()
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

void HistoryTest::choosesByAClick()
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

void HistoryTest::staysAtItsBuild()
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

void HistoryTest::looksDifferentByTheme()
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

void HistoryTest::paintsManyBuildsSoon()
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

void HistoryTest::listsBuilds_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<QStringList>("shown"); // all but when

    const QString engine = u"docker 26.1.5 (default)"_s;
    QTest::newRow("larger than before") << 0 << QStringList{u"runtime"_s, u"succeeded"_s, u"16 MB"_s,
                                                            u"+2 MB"_s,   u"4.8 s"_s,     engine};
    QTest::newRow("failed") << 1 << QStringList{u"runtime"_s, u"failed at line 3"_s, {}, {}, u"4.8 s"_s, engine};
    QTest::newRow("the first") << 2 << QStringList{u"runtime"_s, u"succeeded"_s, u"14 MB"_s, {}, u"4.8 s"_s, engine};
}

void HistoryTest::listsBuilds()
{
    QFETCH(int, row);
    QFETCH(QStringList, shown);
    BuildsModel model;
    model.showBuilds(threeBuilds());
    QStringList found;
    for (int column = 1; column < model.columnCount(); ++column)
        found << model.index(row, column).data().toString();
    QCOMPARE(found, shown);
    QCOMPARE(model.index(row, 0).data().toString(), beginText(threeBuilds()[row]));
    QVERIFY(model.index(row, 0)
                .data(Qt::ToolTipRole)
                .toString()
                .endsWith(u"MODE=fast<br>NPM_TOKEN, whose value is not kept"_s));
}

void HistoryTest::isASoundModel()
{
    BuildsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.showBuilds(threeBuilds());
    model.setTheme(Theme::darkTheme());
    model.showBuilds({});
}

void HistoryTest::comparesStages()
{
    KeptBuild before = threeBuilds()[2];
    KeptBuild after = threeBuilds()[0];
    before.stages[0].label = u"compile"_s;
    const QList<StageDifference> stages = compareStages(before, after);
    QStringList told;
    for (const StageDifference& each : stages)
        told << u"%1: %2, %3"_s.arg(each.stage, sizeDifference(each.totalBefore, each.totalAfter),
                                    timeDifference(each.timeBefore, each.timeAfter));
    QCOMPARE(told, (QStringList{u"build: new, new"_s, u"runtime: +2 MB, none"_s, u"compile: gone, gone"_s}));
    QCOMPARE(sizeDifference(5000, 2000), u"−3 kB"_s);
    QCOMPARE(timeDifference(1500, 400), u"−1.1 s"_s);
}

void HistoryTest::comparesSettings_data()
{
    QTest::addColumn<QList<KeptArgument>>("arguments"); // before it was MODE=fast and some NPM_TOKEN
    QTest::addColumn<QString>("engine");
    QTest::addColumn<QStringList>("sentences");

    const KeptArgument mode{u"MODE"_s, u"fast"_s};
    const KeptArgument token{u"NPM_TOKEN"_s, std::nullopt};
    QTest::newRow("nothing") << QList{mode, token} << u"docker"_s << QStringList();
    QTest::newRow("in another order") << QList{token, mode} << u"docker"_s << QStringList();
    QTest::newRow("another value") << QList{KeptArgument{u"MODE"_s, u"slow"_s}, token} << u"docker"_s
                                   << QStringList{u"MODE was fast, and is slow"_s};
    QTest::newRow("no value") << QList{KeptArgument{u"MODE"_s, u""_s}, token} << u"docker"_s
                              << QStringList{u"MODE was fast, and is empty"_s};
    QTest::newRow("one that is not set any more")
        << QList{mode} << u"docker"_s << QStringList{u"NPM_TOKEN was something that is not kept, and is not set"_s};
    QTest::newRow("one that is set now") << QList{mode, token, KeptArgument{u"A"_s, u"1"_s}} << u"docker"_s
                                         << QStringList{u"A is 1, and was not set"_s};
    QTest::newRow("another engine") << QList{mode, token} << u"podman"_s
                                    << QStringList{
                                           u"The engine was docker 26.1.5 (default), and is podman 26.1.5 (default)"_s};
}

void HistoryTest::comparesSettings()
{
    QFETCH(QList<KeptArgument>, arguments);
    QFETCH(QString, engine);
    QFETCH(QStringList, sentences);
    KeptBuild after = keptBuild(1, 1);
    after.arguments = arguments;
    after.engine = engine;
    QCOMPARE(compareSettings(keptBuild(0, 1), after), sentences);
}

void HistoryTest::saysWhyThereIsNothing()
{
    HistoryDesk desk;
    QVERIFY(desk.pane().isEmpty());
    QVERIFY2(desk.pane().placeholder().words().contains(u"This file has no name yet"_s),
             qPrintable(desk.pane().placeholder().words()));
    desk.window().action(ActionId::KeepHistory)->trigger();
    QVERIFY(desk.pane().placeholder().words().contains(u"Builds are not kept"_s));
    desk.window().action(ActionId::KeepHistory)->trigger();
    QTemporaryDir folder;
    QFile other(folder.filePath(u"Dockerfile"_s));
    QVERIFY(other.open(QIODevice::WriteOnly) && other.write("FROM scratch\n") > 0);
    other.close();
    QVERIFY(desk.window().openFile(other.fileName()));
    QVERIFY(desk.pane().placeholder().words().contains(u"No build of this file is kept yet"_s));
}

void HistoryTest::showsTheFilesHistory()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    desk.window().action(ActionId::ShowHistory)->trigger();
    QVERIFY(desk.pane().isVisible() && !desk.pane().isEmpty());
    QCOMPARE(desk.pane().builds().size(), 3);
    QCOMPARE(desk.pane().builds()[0].ships(), 16'000'000);
    QCOMPARE(told(desk.pane().chart().chart()), u"build 0:812000000,2:812000000 | runtime 0:14000000,2:16000000"_s);
    // What another program has built meanwhile is there as soon as somebody asks again.
    QVERIFY(HistoryStore::open(desk.historyFolder()).store->add(historyKey(desk.file()), keptBuild(5, 1), kText));
    desk.pane().reload();
    QTRY_COMPARE(desk.pane().builds().size(), 4);
}

void HistoryTest::choosesInChartAndList()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    desk.tab().showPane(ResultPane::History);
    emit desk.pane().chart().buildChosen(desk.pane().builds()[2].id);
    const QModelIndexList rows = desk.pane().view().selectionModel()->selectedRows();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0].row(), 2);
    // It stays selected where a newer one comes.
    QVERIFY(HistoryStore::open(desk.historyFolder()).store->add(historyKey(desk.file()), keptBuild(5, 1), kText));
    desk.pane().reload();
    QTRY_COMPARE(desk.pane().builds().size(), 4);
    const QModelIndexList after = desk.pane().view().selectionModel()->selectedRows();
    QCOMPARE(after.size(), 1);
    QCOMPARE(after[0].row(), 3);
}

void HistoryTest::drawsAStageByItself()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    QComboBox& stages = desk.pane().stages();
    QStringList offered;
    for (int i = 0; i < stages.count(); ++i)
        offered << stages.itemText(i);
    QCOMPARE(offered, (QStringList{u"All stages"_s, u"build"_s, u"runtime"_s}));
    stages.setCurrentIndex(2);
    QCOMPARE(told(desk.pane().chart().chart()), u"runtime 0:14000000,2:16000000"_s);
    QVERIFY(HistoryStore::open(desk.historyFolder()).store->add(historyKey(desk.file()), keptBuild(5, 1), kText));
    desk.pane().reload();
    QTRY_COMPARE(told(desk.pane().chart().chart()), u"runtime 0:14000000,2:16000000,3:1"_s); // still alone
    stages.setCurrentIndex(0);
    QCOMPARE(desk.pane().chart().chart().lines.size(), 2U);
}

void HistoryTest::comparesTwoBuilds()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    desk.pane().view().selectAll();
    desk.pane().compare();
    QTest::qWait(50);
    QVERIFY(!desk.pane().comparison()); // three are no two
    desk.pane().view().selectRow(0);
    desk.pane().view().selectionModel()->select(desk.pane().view().model()->index(2, 0),
                                                QItemSelectionModel::Select | QItemSelectionModel::Rows);
    desk.pane().compare();
    QTRY_VERIFY(desk.pane().comparison());
    ComparisonDialog& dialog = *desk.pane().comparison();
    QCOMPARE(dialog.words().section(u'\n', 0, 0), beginText(threeBuilds()[2]) + u" → "_s + beginText(threeBuilds()[0]));
    QStringList row;
    for (int column = 0; column < dialog.table().columnCount(); ++column)
        row << dialog.table().item(1, column)->text();
    QCOMPARE(row, (QStringList{u"runtime"_s, u"14 MB"_s, u"16 MB"_s, u"+2 MB"_s, u"+2 MB"_s, u"100 ms"_s, u"cached"_s,
                               u"none"_s}));
    const QString page = dialog.page().toPlainText();
    QVERIFY2(page.contains(u"−\nFROM golang:1.21 AS build"_s) && page.contains(u"+\nFROM golang:1.22 AS build"_s),
             qPrintable(page));
    QVERIFY(!page.contains(u"−\nRUN make"_s));
    // It follows the theme as long as it is open.
    for (const Theme* theme : {&Theme::darkTheme(), &Theme::lightTheme()}) {
        desk.tab().setTheme(*theme);
        QCOMPARE(dialog.table().item(1, 3)->foreground().color(), theme->warning);
        QVERIFY(dialog.page().toHtml().contains(theme->text.name()));
    }
}

void HistoryTest::comparesWithTheBuildBefore()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    desk.pane().view().selectRow(0);
    desk.pane().compare();
    QTRY_VERIFY(desk.pane().comparison());
    QCOMPARE(desk.pane().comparison()->page().toPlainText(), u"Both were built from the same text."_s);
    QCOMPARE(desk.pane().comparison()->table().item(0, 3)->text(), u"new"_s); // that one failed
    desk.pane().comparison()->close();
    QTRY_VERIFY(!desk.pane().comparison());
    desk.pane().view().selectRow(2); // there is none before the first
    desk.pane().compare();
    QTest::qWait(50);
    QVERIFY(!desk.pane().comparison());
}

void HistoryTest::bringsATextBackInOneStep()
{
    HistoryDesk desk;
    const QByteArray now = QByteArray(kText).replace("RUN make\n", "RUN make all\nRUN strip /app\n") + "# mine\n";
    desk.write(now);
    QVERIFY(desk.open());
    desk.pane().view().selectRow(2);
    desk.pane().bringBack();
    QTRY_COMPARE(desk.text(), kOlder);
    QVERIFY(desk.tab().document().isModified());
    QVERIFY2(desk.tab().messages().text().contains(u"undo brings yours back"_s),
             qPrintable(desk.tab().messages().text()));
    QCOMPARE(QApplication::activeModalWidget(), nullptr); // nothing was asked
    desk.tab().editor().undo();
    QCOMPARE(desk.text(), now);
    QVERIFY(!desk.tab().editor().isUndoAvailable());
    desk.tab().editor().redo();
    QCOMPARE(desk.text(), kOlder);
}

void HistoryTest::bringsNoTextBackThatIsThere()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    desk.pane().view().selectRow(0);
    desk.pane().bringBack();
    QTRY_VERIFY(desk.tab().messages().text().startsWith(u"The text is the one that was built on"_s));
    QCOMPARE(desk.text(), kText);
    QVERIFY(!desk.tab().editor().isUndoAvailable());
}

void HistoryTest::forgetsAfterAsking()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    {
        const Answer no(QMessageBox::Cancel);
        desk.pane().forget();
        QCOMPARE(no.asked(), 1);
    }
    desk.pane().reload();
    QTest::qWait(50);
    QCOMPARE(desk.pane().builds().size(), 3);
    const Answer yes(QMessageBox::Discard);
    desk.pane().forget();
    QTRY_VERIFY(desk.pane().isEmpty());
    QCOMPARE(HistoryStore::open(desk.historyFolder()).store->builds(historyKey(desk.file()))->size(), 0);
    QCOMPARE(desk.text(), kText);
}

void HistoryTest::keepsWhatIsBuilt()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    BuildRequest request;
    request.engine.id = u"podman"_s;
    request.analysis = desk.tab().document().analysis();
    request.file = desk.file();
    BuildResult result;
    result.outcome = BuildOutcome::Stopped;
    desk.window().buildDesk().history().add(request, result, QDateTime::currentDateTimeUtc());
    QTRY_COMPARE(desk.pane().builds().size(), 4);
    QCOMPARE(desk.pane().builds()[0].outcome, BuildOutcome::Stopped);
    desk.window().action(ActionId::KeepHistory)->setChecked(false);
    desk.window().buildDesk().history().add(request, result, QDateTime::currentDateTimeUtc());
    desk.pane().reload();
    QTest::qWait(100);
    QCOMPARE(desk.pane().builds().size(), 4);
}

void HistoryTest::comparesSizesWithTheSessionBefore()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    BuildResult result;
    result.outcome = BuildOutcome::Succeeded;
    result.target = 1;
    result.sizes = {
        {.stage = 1, .image = {}, .total = 15'500'000, .own = 15'500'000, .ships = true, .needed = true, .layers = {}}};
    desk.tab().startBuild(desk.tab().document().analysis(), 1, u"docker"_s, u"docker build"_s);
    desk.tab().finishBuild(result);
    const auto change = [&] { return desk.tab().sizes().model().index(0, SizesModel::Change).data().toString(); };
    QCOMPARE(change(), u"−500 kB"_s);
    QVERIFY(!desk.tab().sizes().view().isColumnHidden(SizesModel::Change));
    // What is not kept is the build before all the same.
    desk.window().action(ActionId::KeepHistory)->setChecked(false);
    for (const auto& [total, more] : {std::pair{15'700'000, u"+200 kB"_s}, std::pair{15'600'000, u"−100 kB"_s}}) {
        result.sizes[0].total = total;
        desk.tab().startBuild(desk.tab().document().analysis(), 1, u"docker"_s, u"docker build"_s);
        desk.tab().finishBuild(result);
        QCOMPARE(change(), more);
    }
}

void HistoryTest::followsTheFilesName()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    QSignalSpy loaded(&desk.window().buildDesk().history(), &History::loaded);
    QVERIFY(desk.tab().saveAs(desk.file() + u".new"_s));
    QTRY_VERIFY(!loaded.isEmpty() && loaded.constLast()[0] == historyKey(desk.file() + u".new"_s));
    QVERIFY(desk.pane().isEmpty()); // a history of its own
    QVERIFY(desk.tab().saveAs(desk.file()));
    QTRY_COMPARE(desk.pane().builds().size(), 3);
}

void HistoryTest::saysWhatIsWrongWithIt()
{
    HistoryDesk desk;
    QFile database(desk.historyFolder() + u"/builds.sqlite"_s);
    QVERIFY(database.open(QIODevice::WriteOnly | QIODevice::Truncate) && database.write("no database at all\n") > 0);
    database.close();
    QVERIFY(desk.window().openFile(desk.file()));
    QTRY_VERIFY2(desk.tab().messages().text().contains(u"The history of builds was damaged."_s),
                 qPrintable(desk.tab().messages().text()));
    QCOMPARE(desk.text(), kText); // and all else works
}

QTEST_MAIN(HistoryTest)
#include "history_test.moc"
