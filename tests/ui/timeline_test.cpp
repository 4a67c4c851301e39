// SPDX-License-Identifier: GPL-3.0-or-later
//
// The timeline of a build: bars stand where their times say, the critical path is told, a hand and keys lead to lines.

#include "ui/build/timeline.h"
#include "ui/build/timeline_view.h"
#include "ui/legibility.h"
#include "ui/theme/apply_theme.h"
#include "ui/window_fixture.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHelpEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

const auto kFile = "FROM golang AS build\n"        // 0
                   "COPY . .\n"                    // 1
                   "RUN make\n"                    // 2
                   "FROM golang AS lint\n"         // 3
                   "RUN lint\n"                    // 4
                   "FROM scratch\n"                // 5
                   "COPY --from=build /app /app\n" // 6
                   "COPY --from=lint /ok /ok\n";   // 7

BuildStep step(const QString& name, int stage, int instruction, StepState state, qint64 startedAt, qint64 endedAt,
               const QStringList& waitedFor = {})
{
    BuildStep made;
    made.id = name;
    made.name = name;
    made.stage = stage;
    made.instruction = instruction;
    made.state = state;
    made.startedAt = startedAt;
    made.endedAt = endedAt;
    made.waitedFor = waitedFor;
    return made;
}

/// Two stages at once, 10 s in all, of which the linter is not the reason.
QList<BuildStep> tenSeconds()
{
    using enum StepState;
    return {step(u"load build context"_s, -1, -1, Done, 0, 1000),
            step(u"FROM golang"_s, 0, 0, Cached, 500, 500),
            step(u"COPY . ."_s, 0, 1, Done, 1000, 2000, {u"FROM golang"_s, u"load build context"_s}),
            step(u"RUN make"_s, 0, 2, Done, 2000, 9000, {u"COPY . ."_s}),
            step(u"RUN lint"_s, 1, 4, Done, 1000, 4000, {u"FROM golang"_s}),
            step(u"COPY --from=build /app /app"_s, 2, 6, Done, 9000, 10000, {u"RUN make"_s}),
            step(u"COPY --from=lint /ok /ok"_s, 2, 7, Waiting, -1, -1)};
}

/// A timeline on the screen, with a build in it.
class Shown {
public:
    explicit Shown(const QList<BuildStep>& steps, const Theme& theme = Theme::lightTheme())
    {
        timeline.setTheme(theme);
        timeline.resize(1000, 300);
        timeline.start(analysis);
        for (const BuildStep& step : steps)
            timeline.showStep(step);
        timeline.show();
        static_cast<void>(QTest::qWaitForWindowExposed(&timeline));
    }

    TimelineView& view() { return timeline.view(); }
    [[nodiscard]] QRectF bar(const QString& id) { return view().barRect(id); }
    void click(const QString& id)
    {
        QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, bar(id).center().toPoint());
    }
    void keys(std::initializer_list<Qt::Key> keys)
    {
        for (const Qt::Key key : keys)
            QTest::keyClick(&view(), key);
    }
    [[nodiscard]] QString current()
    {
        const BuildStep* step = view().currentStep();
        return step ? step->name : QString();
    }
    void wheel(int angle, QPointF place, Qt::KeyboardModifiers modifiers)
    {
        QWheelEvent event(place, view().viewport()->mapToGlobal(place), {}, QPoint(0, angle), Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(view().viewport(), &event);
    }

    AnalysisPtr analysis = analyse(kFile);
    Timeline timeline;
};

} // namespace

class TimelineTest : public QObject {
    Q_OBJECT

private slots:
    void standsWhereTimesSay();
    void keepsStagesInLanes();
    void keepsStepsApart();
    void showsWhatIsShort();
    void saysTheCriticalPath_data();
    void saysTheCriticalPath();
    void goesToTheLine();
    void walksWithKeys();
    void saysWhatIsUnderTheHand_data();
    void saysWhatIsUnderTheHand();
    void zooms();
    void growsWhileItBuilds();
    void endsWithTheBuild();
    void beginsAnew();
    void ticksAreRound_data();
    void ticksAreRound();
    void canBeRead_data();
    void canBeRead();
    void isHeard();
    void isAPaneOfTheWindow();
    void paintsQuickly();
};

void TimelineTest::standsWhereTimesSay()
{
    Shown shown(tenSeconds());
    shown.timeline.finish();
    const double perSecond = shown.view().xOf(1000) - shown.view().xOf(0);
    QVERIFY(perSecond > 70); // all of it fills the pane
    QVERIFY(shown.view().xOf(10000) <= shown.view().viewport()->width());
    for (const BuildStep& each : tenSeconds()) {
        const QRectF bar = shown.bar(each.id);
        if (each.startedAt < 0) {
            QVERIFY(bar.isNull());
            continue;
        }
        QVERIFY2(std::abs(bar.left() - shown.view().xOf(double(each.startedAt))) < 0.01, qPrintable(each.name));
        if (each.state != StepState::Cached)
            QVERIFY2(std::abs(bar.width() - perSecond * double(each.endedAt - each.startedAt) / 1000) < 0.01,
                     qPrintable(each.name));
    }
}

void TimelineTest::keepsStagesInLanes()
{
    Shown shown(tenSeconds());
    shown.timeline.finish();
    // Top down: the stages in the order of the file, and last what is of none.
    QVERIFY(shown.bar(u"RUN make"_s).bottom() < shown.bar(u"RUN lint"_s).top());
    QVERIFY(shown.bar(u"RUN lint"_s).bottom() < shown.bar(u"COPY --from=build /app /app"_s).top());
    QVERIFY(shown.bar(u"COPY --from=build /app /app"_s).bottom() < shown.bar(u"load build context"_s).top());
    QCOMPARE(shown.bar(u"COPY . ."_s).top(), shown.bar(u"RUN make"_s).top()); // one after the other: one row
}

void TimelineTest::keepsStepsApart()
{
    using enum StepState;
    Shown shown({step(u"a"_s, 0, 1, Done, 0, 4000), step(u"b"_s, 0, 2, Done, 1000, 5000),
                 step(u"c"_s, 0, 2, Done, 4000, 6000), step(u"d"_s, 1, 4, Done, 0, 6000)});
    shown.timeline.finish();
    QVERIFY(shown.bar(u"a"_s).bottom() < shown.bar(u"b"_s).top()); // at the same time: another row
    QCOMPARE(shown.bar(u"c"_s).top(), shown.bar(u"a"_s).top());    // free again
    QVERIFY(shown.bar(u"b"_s).bottom() < shown.bar(u"d"_s).top()); // and the next lane gives way

    // What waited for another is not apart from it, even if it is told a moment before that one's end.
    Shown chain({step(u"a"_s, 0, 1, Done, 0, 3000), step(u"b"_s, 0, 2, Done, 2950, 6000, {u"a"_s}),
                 step(u"c"_s, 0, 2, Done, 5950, 9000)});
    chain.timeline.finish();
    QCOMPARE(chain.bar(u"b"_s).top(), chain.bar(u"a"_s).top());
    QVERIFY(!chain.bar(u"b"_s).intersects(chain.bar(u"a"_s)));
    QVERIFY(chain.bar(u"c"_s).top() > chain.bar(u"b"_s).top());
}

void TimelineTest::showsWhatIsShort()
{
    using enum StepState;
    QList<BuildStep> steps{step(u"long"_s, 1, 4, Done, 0, 600000)};
    for (int i = 0; i < 4; ++i)
        steps << step(u"cached %1"_s.arg(i), 0, i, Cached, 5, 5);
    steps << step(u"after"_s, 0, 4, Done, 5, 300000);
    Shown shown(steps);
    shown.timeline.finish();
    // What follows at once stays in the row, gives way at its begin, and ends where it ended.
    QCOMPARE(shown.bar(u"cached 3"_s).top(), shown.bar(u"cached 0"_s).top());
    const QRectF after = shown.bar(u"after"_s);
    QCOMPARE(after.top(), shown.bar(u"cached 0"_s).top());
    QVERIFY(std::abs(after.right() - shown.view().xOf(300000)) < 0.01);
    for (int i = 0; i < 4; ++i) {
        const QRectF bar = shown.bar(u"cached %1"_s.arg(i));
        QVERIFY(bar.width() >= 5); // a hand can hit it
        QVERIFY(bar.left() - shown.view().xOf(5) < 40);
        for (int other = 0; other < i; ++other)
            QVERIFY(!bar.intersects(shown.bar(u"cached %1"_s.arg(other))));
        QVERIFY(!bar.intersects(after));
    }
}

void TimelineTest::saysTheCriticalPath_data()
{
    QTest::addColumn<QList<BuildStep>>("steps");
    QTest::addColumn<QString>("sentence");

    using enum StepState;
    QTest::newRow("the longest steps of it, in the order of time")
        << tenSeconds()
        << u"Critical path 10.0 s of 10.0 s: load build context → build › COPY . . → build › RUN make → …"_s;
    QTest::newRow("one step") << QList{step(u"RUN lint"_s, 1, 4, Done, 0, 72000)}
                              << u"Critical path 1 min 12 s of 1 min 12 s: lint › RUN lint"_s;
    QTest::newRow("an unnamed stage") << QList{step(u"COPY --from=build /app /app"_s, 2, 6, Done, 0, 300)}
                                      << u"Critical path 300 ms of 300 ms: stage 2 › COPY --from=build /app /app"_s;
    QTest::newRow("a step with a long name")
        << QList{step(u"RUN "_s + QString(300, u'x'), 1, 4, Done, 0, 12300)}
        << u"Critical path 12.3 s of 12.3 s: "_s + (u"lint › RUN "_s + QString(300, u'x')).left(48) + u'…';
    QTest::newRow("all from the cache") << QList{step(u"RUN make"_s, 0, 2, Cached, 5, 5)}
                                        << u"No step took any time."_s;
    QTest::newRow("nothing has begun") << QList<BuildStep>{} << u"No step took any time."_s;
}

void TimelineTest::saysTheCriticalPath()
{
    QFETCH(QList<BuildStep>, steps);
    QFETCH(QString, sentence);

    Shown shown(steps);
    shown.timeline.finish();
    QCOMPARE(shown.timeline.sentence(), sentence);
    QCOMPARE(shown.timeline.accessibleDescription(), sentence);
}

void TimelineTest::goesToTheLine()
{
    Shown shown(tenSeconds());
    shown.timeline.finish();
    QSignalSpy chosen(&shown.timeline, &Timeline::spanChosen);
    shown.click(u"RUN make"_s);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(shown.analysis->source.at(chosen[0][0].value<Span>()), "RUN make");
    shown.click(u"load build context"_s); // stands nowhere in the file
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(shown.current(), u"load build context"_s);
    // Where there is no bar, and where the button comes up elsewhere than it went down, nothing is meant.
    QTest::mouseClick(shown.view().viewport(), Qt::LeftButton, {},
                      QPoint(int(shown.view().xOf(6000)), int(shown.bar(u"RUN lint"_s).center().y())));
    QTest::mousePress(shown.view().viewport(), Qt::LeftButton, {}, shown.bar(u"RUN make"_s).center().toPoint());
    QTest::mouseRelease(shown.view().viewport(), Qt::LeftButton, {}, shown.bar(u"RUN lint"_s).center().toPoint());
    QCOMPARE(chosen.size(), 1);
}

void TimelineTest::walksWithKeys()
{
    Shown shown(tenSeconds());
    shown.timeline.finish();
    QSignalSpy chosen(&shown.timeline, &Timeline::spanChosen);
    shown.view().setFocus();
    QCOMPARE(shown.current(), QString());
    shown.keys({Qt::Key_Right});
    QCOMPARE(shown.current(), u"load build context"_s); // the first of all
    shown.keys({Qt::Key_Up});
    QCOMPARE(shown.current(), u"COPY --from=build /app /app"_s); // the lane above
    shown.keys({Qt::Key_Up, Qt::Key_Up});
    QCOMPARE(shown.current(), u"RUN make"_s); // of the stage on top, what ran at the linter's middle
    shown.keys({Qt::Key_Up});
    QCOMPARE(shown.current(), u"RUN make"_s); // there is none above
    shown.keys({Qt::Key_Left});
    QCOMPARE(shown.current(), u"COPY . ."_s);
    QVERIFY(chosen.isEmpty()); // so far it was only looked at
    shown.keys({Qt::Key_Return});
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(shown.analysis->source.at(chosen[0][0].value<Span>()), "COPY . .");
    shown.keys({Qt::Key_Left, Qt::Key_Left});
    QCOMPARE(shown.current(), u"FROM golang"_s); // the first of its stage
    shown.keys({Qt::Key_Down});
    QCOMPARE(shown.current(), u"RUN lint"_s);
    shown.keys({Qt::Key_End});
    QCOMPARE(shown.current(), u"COPY --from=build /app /app"_s);
    shown.keys({Qt::Key_Home});
    QCOMPARE(shown.current(), u"load build context"_s);
    shown.keys({Qt::Key_Enter});
    QCOMPARE(chosen.size(), 1); // which stands nowhere
}

void TimelineTest::saysWhatIsUnderTheHand_data()
{
    QTest::addColumn<BuildStep>("what");
    QTest::addColumn<QString>("hint");

    using enum StepState;
    QTest::newRow("done") << step(u"RUN make"_s, 0, 2, Done, 2000, 9000)
                          << u"build › RUN make\nbegan at 2.0 s, took 7.0 s\non the critical path"_s;
    BuildStep bad = step(u"RUN make <all>"_s, 0, 2, Failed, 2000, 2500);
    bad.error = u"exit code: 2"_s;
    QTest::newRow("failed") << bad
                            << u"build › RUN make <all>\nbegan at 2.0 s, failed after 500 ms\n"
                               "on the critical path\nexit code: 2"_s;
    QTest::newRow("cached") << step(u"RUN make"_s, 0, 2, Cached, 2000, 2000)
                            << u"build › RUN make\nat 2.0 s, from the cache"_s;
    QTest::newRow("called off")
        << step(u"RUN make"_s, 0, 2, Stopped, 2000, 9000)
        << u"build › RUN make\nbegan at 2.0 s, was called off after 7.0 s\non the critical path"_s;
}

void TimelineTest::saysWhatIsUnderTheHand()
{
    QFETCH(BuildStep, what);
    QFETCH(QString, hint);

    Shown shown({what});
    shown.timeline.finish();
    const QPointF place = shown.bar(what.id).center();
    QCOMPARE(shown.view().hintAt(place), hint);
    QCOMPARE(shown.view().hintAt(QPointF(2, 2)), QString());
    QHelpEvent help(QEvent::ToolTip, place.toPoint(), shown.view().viewport()->mapToGlobal(place.toPoint()));
    QApplication::sendEvent(shown.view().viewport(), &help);
    QTRY_VERIFY(QToolTip::text().startsWith(hint.section(u'\n', 0, 0).toHtmlEscaped()));
    QToolTip::hideText();
}

void TimelineTest::zooms()
{
    Shown shown(tenSeconds());
    shown.timeline.finish();
    QCOMPARE(shown.view().zoom(), 1.0);
    QCOMPARE(shown.view().horizontalScrollBar()->maximum(), 0); // all is in sight
    const QPointF place = shown.bar(u"RUN make"_s).center();
    const double width = shown.bar(u"RUN make"_s).width();
    shown.wheel(120, place, Qt::NoModifier);
    QCOMPARE(shown.view().zoom(), 1.0);
    shown.wheel(240, place, Qt::ControlModifier);
    QVERIFY(shown.view().zoom() > 1.5);
    QCOMPARE(shown.bar(u"RUN make"_s).width(), width * shown.view().zoom());
    // The same moment is under the hand.
    QVERIFY(std::abs(shown.bar(u"RUN make"_s).center().x() - place.x()) < 1.5);
    QVERIFY(shown.view().horizontalScrollBar()->maximum() > 0);
    shown.keys({Qt::Key_End}); // what the keys go to comes into sight
    QVERIFY(shown.bar(u"COPY --from=build /app /app"_s).right() <= shown.view().viewport()->width());
    shown.wheel(-12000, place, Qt::ControlModifier);
    QCOMPARE(shown.view().zoom(), 1.0);
    for (int i = 0; i < 100; ++i)
        shown.wheel(1200, place, Qt::ControlModifier);
    QVERIFY(shown.view().xOf(1) - shown.view().xOf(0) < 21); // a ms is no wider than this
}

void TimelineTest::growsWhileItBuilds()
{
    using enum StepState;
    Shown shown(
        {step(u"COPY . ."_s, 0, 1, Done, 0, 1000), step(u"RUN make"_s, 0, 2, Running, 1000, -1, {u"COPY . ."_s})});
    const auto share = [&shown] { return shown.bar(u"RUN make"_s).width() / shown.bar(u"COPY . ."_s).width(); };
    QTRY_VERIFY(share() > 0.2); // 200 ms of the one to 1 s of the other
    const double before = share();
    QTRY_VERIFY(share() > before + 0.2);
    QVERIFY2(shown.timeline.sentence().startsWith(u"So far: Critical path "), qPrintable(shown.timeline.sentence()));
    QVERIFY(shown.timeline.sentence().endsWith(u": build › COPY . . → build › RUN make"_s));

    // No oftener than ten times a second, however much is told.
    int painted = 0;
    class Counter : public QObject {
    public:
        explicit Counter(int& count) : m_count(count) {}
        bool eventFilter(QObject*, QEvent* event) override
        {
            m_count += event->type() == QEvent::Paint ? 1 : 0;
            return false;
        }

    private:
        int& m_count;
    } counter(painted);
    shown.view().viewport()->installEventFilter(&counter);
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; timer.elapsed() < 500; ++i) {
        shown.timeline.showStep(step(u"step %1"_s.arg(i), 1, 4, Done, 0, 100));
        QTest::qWait(2);
    }
    QVERIFY2(painted >= 1 && painted <= 2 + timer.elapsed() / 100, qPrintable(QString::number(painted)));
}

void TimelineTest::endsWithTheBuild()
{
    using enum StepState;
    Shown shown({step(u"COPY . ."_s, 0, 1, Done, 0, 1000), step(u"RUN make"_s, 0, 2, Running, 1000, -1)});
    QTest::qWait(250);
    shown.timeline.showStep(step(u"RUN make"_s, 0, 2, Failed, 1000, 1500));
    shown.timeline.finish();
    const QRectF bar = shown.bar(u"RUN make"_s);
    QVERIFY(std::abs(bar.right() - shown.view().xOf(1500)) < 0.01); // what our clock was ahead by is forgotten
    QTest::qWait(250);
    QCOMPARE(shown.bar(u"RUN make"_s), bar);
}

void TimelineTest::beginsAnew()
{
    Shown shown(tenSeconds());
    shown.timeline.finish();
    shown.click(u"RUN make"_s);
    shown.view().zoomBy(3);
    shown.timeline.start(shown.analysis);
    QVERIFY(shown.bar(u"RUN make"_s).isNull());
    QCOMPARE(shown.current(), QString());
    QCOMPARE(shown.view().zoom(), 1.0);
    QCOMPARE(shown.timeline.sentence(), u"Building…"_s);
    shown.keys({Qt::Key_Right, Qt::Key_Return}); // there is nothing to go to
    shown.timeline.finish();
}

void TimelineTest::ticksAreRound_data()
{
    QTest::addColumn<double>("seconds"); // in 1000 px
    QTest::addColumn<QString>("ticks");

    QTest::newRow("a tenth of a second") << 0.1 << u"0, 0.01 s, 0.02 s"_s;
    QTest::newRow("a second") << 1.0 << u"0, 0.1 s, 0.2 s"_s;
    QTest::newRow("half a minute") << 30.0 << u"0, 5 s, 10 s"_s;
    QTest::newRow("three minutes") << 180.0 << u"0, 30 s, 1 min"_s;
    QTest::newRow("ten minutes") << 600.0 << u"0, 1 min, 2 min"_s;
    QTest::newRow("an hour and a half") << 5400.0 << u"0, 10 min, 20 min"_s;
    QTest::newRow("a year") << 3.0e7 << u"0, 76800 min, 153600 min"_s;
}

void TimelineTest::ticksAreRound()
{
    QFETCH(double, seconds);
    QFETCH(QString, ticks);

    const qint64 distance = tickDistance(1000 / (seconds * 1000), 90);
    QCOMPARE(QStringList({tickText(0), tickText(distance), tickText(2 * distance)}).join(u", "_s), ticks);
}

void TimelineTest::canBeRead_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TimelineTest::canBeRead()
{
    QFETCH(bool, dark);
    const Theme& theme = dark ? Theme::darkTheme() : Theme::lightTheme();
    applyTheme(theme);
    QList<BuildStep> steps;
    for (const StepState state :
         {StepState::Running, StepState::Cached, StepState::Done, StepState::Failed, StepState::Stopped})
        for (int stage = 0; stage < 3; ++stage)
            steps << step(u"RUN step %1 of %2"_s.arg(int(state)).arg(stage), stage, stage, state,
                          qint64(int(state)) * 5000, qint64(int(state) + 1) * 5000);
    Shown shown(steps, theme);
    shown.timeline.resize(1200, 500);
    shown.timeline.finish();
    NotedImage image(shown.timeline.size());
    shown.timeline.render(&image);
    QStringList texts;
    for (const DrawnText& text : image.texts()) {
        texts << text.text;
        QVERIFY2(text.ratio() >= kReadable, qPrintable(u"%1: %2"_s.arg(text.text).arg(text.ratio())));
    }
    for (const QString& wanted : {u"Critical path"_s, u"RUN step"_s, u"lint"_s, u"5 s"_s})
        QVERIFY2(!texts.filter(wanted).isEmpty(), qPrintable(wanted + u": "_s + texts.join(u'\n')));
    applyTheme(Theme::lightTheme());
}

void TimelineTest::isHeard()
{
    Shown shown(tenSeconds());
    QCOMPARE(shown.timeline.accessibleName(), u"Timeline"_s);
    QCOMPARE(shown.view().accessibleName(), u"Timeline"_s);
    QVERIFY(!shown.view().accessibleDescription().isEmpty());
    shown.timeline.finish();
    QVERIFY(shown.timeline.accessibleDescription().startsWith(u"Critical path 10.0 s"));
    shown.view().setFocus();
    shown.keys({Qt::Key_Home});
    QCOMPARE(shown.view().accessibleDescription(), u"load build context, began at 0 ms, took 1.0 s"_s);
}

void TimelineTest::isAPaneOfTheWindow()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, kFile));
    QTRY_COMPARE(desk.tab().shown()->graph.stages.size(), 3U);
    desk.tab().startBuild(desk.tab().shown(), 2, u"Docker"_s, u"docker build ."_s);
    for (const BuildStep& each : tenSeconds())
        desk.tab().showStep(each);
    BuildResult result;
    result.outcome = BuildOutcome::Stopped;
    desk.tab().finishBuild(result);
    TimelineView& view = desk.tab().timeline().view();
    QVERIFY(!view.isVisible());
    QTest::keyClick(&desk.window(), Qt::Key_4, Qt::AltModifier);
    QTRY_VERIFY(view.isVisible());
    QVERIFY(desk.tab().timeline().sentence().startsWith(u"Critical path 10.0 s"));

    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.barRect(u"RUN make"_s).center().toPoint());
    QCOMPARE(desk.tab().editor().selectedText(), u"RUN make"_s);
    desk.tab().editor().setFocus();
    for (int i = 0; i < 3 && !view.hasFocus(); ++i)
        desk.tab().focusPane(1);
    QVERIFY(view.hasFocus());
    desk.window().action(ActionId::ZoomIn)->trigger();
    QVERIFY(view.zoom() > 1);
    desk.window().action(ActionId::ZoomOut)->trigger();
    QCOMPARE(view.zoom(), 1.0);
}

void TimelineTest::paintsQuickly()
{
    QList<BuildStep> steps;
    constexpr int kSteps = 500;
    for (int i = 0; i < kSteps; ++i)
        steps << step(u"RUN step %1"_s.arg(i), i % 3, i % 8, StepState::Done, i / 3 * 1000, (i / 3 + 1) * 1000,
                      i < 3 ? QStringList() : QStringList{u"RUN step %1"_s.arg(i - 3)});
    Shown shown(steps);
    shown.timeline.resize(1600, 300);
    shown.timeline.finish();
    qint64 best = std::numeric_limits<qint64>::max();
    for (int run = 0; run < 20; ++run) {
        QImage image(shown.view().viewport()->size(), QImage::Format_ARGB32_Premultiplied);
        QElapsedTimer timer;
        timer.start();
        shown.view().viewport()->render(&image, {}, {}, {});
        best = std::min(best, timer.nsecsElapsed());
    }
    qInfo("%d steps: %.2f ms", kSteps, double(best) / 1e6);
#ifdef __SANITIZE_ADDRESS__
    constexpr double kMost = 80; // ms
#else
    constexpr double kMost = 8; // ms
#endif
    QVERIFY2(double(best) / 1e6 < kMost, qPrintable(QString::number(double(best) / 1e6)));
}

QTEST_MAIN(TimelineTest)
#include "timeline_test.moc"
