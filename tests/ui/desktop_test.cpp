// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the desktop hears of a build, on a session bus of the test's own, where a service stands in for the desktop's
// notifications.

#include "engine/engine_fixture.h"
#include "ui/desktop/desktop_voice.h"
#include "ui/window/build_desk.h"
#include "ui/window/build_news.h"
#include "window_fixture.h"

#include <QAction>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QElapsedTimer>
#include <QProcess>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

BuildStep step(const QString& id, StepState state)
{
    BuildStep step;
    step.id = id;
    step.state = state;
    return step;
}

/// A session bus that ends with it. Nothing that is installed is on it.
class Bus {
public:
    Bus()
    {
        test::writeFile(m_folder.filePath(u"bus.conf"_s),
                        "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
                        "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n<busconfig>"
                        "<type>session</type><listen>unix:path=" +
                            m_folder.filePath(u"bus"_s).toUtf8() +
                            "</listen><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
                            "<allow own=\"*\"/><allow eavesdrop=\"true\"/></policy></busconfig>");
        m_daemon.start(u"dbus-daemon"_s, {u"--config-file"_s, m_folder.filePath(u"bus.conf"_s), u"--nofork"_s,
                                          u"--nopidfile"_s, u"--print-address"_s});
        if (m_daemon.waitForStarted() && m_daemon.waitForReadyRead(10000))
            m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
    }
    ~Bus()
    {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }
    Bus(const Bus&) = delete;
    Bus& operator=(const Bus&) = delete;

    [[nodiscard]] QString address() const { return m_address; }

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_address;
};

} // namespace

/// The desktop: takes notifications, and hears of progress.
class FakeDesktop : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    explicit FakeDesktop(const QString& address) : m_bus(QDBusConnection::connectToBus(address, u"desktop"_s))
    {
        m_bus.registerObject(u"/org/freedesktop/Notifications"_s, this,
                             QDBusConnection::ExportScriptableSlots | QDBusConnection::ExportScriptableSignals);
        m_bus.registerService(u"org.freedesktop.Notifications"_s);
        m_bus.connect({}, {}, u"com.canonical.Unity.LauncherEntry"_s, u"Update"_s, this,
                      SLOT(hearProgress(QString, QVariantMap)));
    }
    ~FakeDesktop() override { QDBusConnection::disconnectFromBus(u"desktop"_s); }

    QList<QStringList> notes; // summary, body, application, actions
    QList<uint> replaced;
    QString entry;
    QList<double> progress; // -1: hidden

    void click(uint id) { emit ActionInvoked(id, u"default"_s); }

signals:
    Q_SCRIPTABLE void ActionInvoked(uint id, const QString& action);

public slots:
    Q_SCRIPTABLE uint Notify(const QString& name, uint replaces, const QString& /*icon*/, const QString& summary,
                             const QString& body, const QStringList& actions, const QVariantMap& hints, int /*timeout*/)
    {
        notes << QStringList{summary, body, name + u' ' + hints.value(u"desktop-entry"_s).toString(),
                             actions.join(u'|')};
        replaced << replaces;
        return kNumber;
    }
    void hearProgress(const QString& application, const QVariantMap& properties)
    {
        entry = application;
        progress << (properties.value(u"progress-visible"_s).toBool() ? properties.value(u"progress"_s).toDouble()
                                                                      : -1);
    }

public:
    static constexpr uint kNumber = 7;

private:
    QDBusConnection m_bus;
};

class DesktopTest : public QObject {
    Q_OBJECT
private slots:
    void countsSteps();
    void saysWhatCameOfIt_data();
    void saysWhatCameOfIt();
    void saysNothingWithoutABus();
    void theDesktopHearsOfABuild();
    void aClickBringsTheWindowToTheFront();
    void nobodyListens();

private:
    std::unique_ptr<Bus> m_bus;
};

void DesktopTest::countsSteps()
{
    BuildShare share;
    QCOMPARE(share.take(step(u"a"_s, StepState::Waiting)), 0.0);
    QCOMPARE(share.take(step(u"b"_s, StepState::Running)), 0.0);
    QCOMPARE(share.take(step(u"a"_s, StepState::Cached)), 0.5);
    QCOMPARE(share.take(step(u"c"_s, StepState::Waiting)), 0.5); // one more is known: it does not go back
    QCOMPARE(share.take(step(u"d"_s, StepState::Waiting)), 0.5);
    QCOMPARE(share.take(step(u"b"_s, StepState::Done)), 0.5);
    QCOMPARE(share.take(step(u"c"_s, StepState::Failed)), 0.75);
    QCOMPARE(share.take(step(u"d"_s, StepState::Stopped)), 1.0);
}

void DesktopTest::saysWhatCameOfIt_data()
{
    QTest::addColumn<BuildOutcome>("outcome");
    QTest::addColumn<QList<int>>("more");
    QTest::addColumn<QString>("said");

    QTest::newRow("built") << BuildOutcome::Succeeded << QList<int>{} << u"Built runtime in 12 s: 24.1 MB|"_s;
    QTest::newRow("two built") << BuildOutcome::Succeeded << QList{0}
                               << u"Built build, runtime in 12 s: 812 MB, 24.1 MB|"_s;
    QTest::newRow("failed") << BuildOutcome::Failed << QList<int>{}
                            << u"The build of runtime failed|Line 2, RUN make: exit code: 2"_s;
    QTest::newRow("not started") << BuildOutcome::NotStarted << QList<int>{}
                                 << u"The build of runtime failed|Line 2, RUN make: exit code: 2"_s;
    QTest::newRow("stopped") << BuildOutcome::Stopped << QList<int>{} << u"|"_s;
}

void DesktopTest::saysWhatCameOfIt()
{
    QFETCH(BuildOutcome, outcome);
    QFETCH(QList<int>, more);
    QFETCH(QString, said);
    BuildRequest request;
    request.analysis = analyse("FROM a AS build\nRUN make\nFROM scratch AS runtime\n");
    request.moreTargets = more;
    BuildResult result;
    result.outcome = outcome;
    result.milliseconds = 12'000;
    if (outcome == BuildOutcome::Succeeded)
        result.sizes = {StageSize{.stage = 0, .image = {}, .total = 812'000'000, .layers = {}},
                        StageSize{.stage = 1, .image = {}, .total = 24'100'000, .layers = {}}};
    else
        result.message = u"Line 2, RUN make: exit code: 2"_s;
    const BuildEnd end = endOf(request, result);
    QCOMPARE(end.summary + u'|' + end.body, said);
}

void DesktopTest::saysNothingWithoutABus()
{
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    qunsetenv("XDG_RUNTIME_DIR");
    DesktopVoice voice;
    QElapsedTimer clock;
    clock.start();
    voice.showProgress(0.5);
    voice.notify(u"Built"_s, {});
    QVERIFY(clock.elapsed() < 50);
}

/// A build of a window that is not in front, with a script for an engine.
void DesktopTest::theDesktopHearsOfABuild()
{
    STAGELIFT_NEED(QStandardPaths::findExecutable(u"dbus-daemon"_s).isEmpty() ? u"dbus-daemon is not installed"_s
                                                                              : QString());
    m_bus = std::make_unique<Bus>();
    QVERIFY(!m_bus->address().isEmpty());
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus->address().toUtf8());
    FakeDesktop desktop(m_bus->address());
    Desk desk;
    OnlyOnPath path;
    path.add(u"podman"_s, "PATH=/usr/bin:/bin\n"
                          "case \"$*\" in\n"
                          "build*) [ -e \"$0.broken\" ] && { echo 'Error: no <such> base' >&2; exit 1; }\n"
                          "    echo '[1/1] STEP 1/2: FROM scratch'; echo '[1/1] STEP 2/2: COPY a /' ;;\n"
                          "history*) echo '[{\"CreatedBy\":\"COPY a /\",\"size\":24100000}]' ;;\n"
                          "*) echo podman version 5.4.2 ;;\n"
                          "esac\n");
    BuildController& controller = desk.window().buildDesk().controller();
    controller.findEngines();
    QVERIFY(desk.open(u"Dockerfile"_s, "FROM scratch AS runtime\nCOPY a /\n"));
    QTRY_VERIFY(controller.engine() && controller.engine()->program == path.file(u"podman"_s));
    controller.chooseEngine(u"podman"_s);
    Engine engine = *controller.engine();

    // What the engine answers of itself is not the matter here.
    engine.ready = engine.asked = true;
    BuildRequest request;
    request.engine = engine;
    request.analysis = desk.tab().shown();
    request.context = desk.path({});
    QWidget other; // in front
    other.show();
    other.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&other));
    BuildNews news(controller, desk.window());
    BuildResult result;
    connect(&controller, &BuildController::done, this, [&](const BuildResult& ended) { result = ended; });
    QSignalSpy done(&controller, &BuildController::done);
    QVERIFY(controller.start(request));
    QVERIFY(done.wait(10000));
    news.tellEnd(request, result);
    QTRY_COMPARE(desktop.notes.size(), 1);
    QVERIFY2(desktop.notes.at(0).at(0).startsWith(u"Built runtime in "_s), qPrintable(desktop.notes.at(0).at(0)));
    QVERIFY(desktop.notes.at(0).at(0).endsWith(u": 24.1 MB"_s));
    QCOMPARE(desktop.notes.at(0).sliced(2), (QStringList{u"Stagelift stagelift"_s, u"default|Show"_s}));
    QCOMPARE(desktop.entry, u"application://stagelift.desktop"_s);
    QTRY_VERIFY(!desktop.progress.isEmpty() && desktop.progress.last() == -1);
    QCOMPARE(desktop.progress.first(), 0.0);
    QVERIFY(desktop.progress.contains(1.0));

    QTest::qWait(50); // its number comes back
    result.outcome = BuildOutcome::Failed;
    result.message = u"no <such> base"_s;
    news.tellEnd(request, result);
    QTRY_COMPARE(desktop.notes.size(), 2);
    QCOMPARE(desktop.notes.at(1).first(2), (QStringList{u"The build of runtime failed"_s, u"no &lt;such&gt; base"_s}));
    QCOMPARE(desktop.replaced.at(1), FakeDesktop::kNumber);

    news.setNotifying(false);
    news.tellEnd(request, result);
    news.setNotifying(true);
    desk.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&desk.window()));
    news.tellEnd(request, result);
    QTest::qWait(200);
    QCOMPARE(desktop.notes.size(), 2);
}

void DesktopTest::aClickBringsTheWindowToTheFront()
{
    STAGELIFT_NEED(!m_bus ? u"dbus-daemon is not installed"_s : QString());
    FakeDesktop desktop(m_bus->address());
    DesktopVoice voice;
    QSignalSpy activated(&voice, &DesktopVoice::activated);
    voice.notify(u"Built"_s, {});
    QTRY_COMPARE(desktop.notes.size(), 1);
    QTest::qWait(50);                        // its number comes back
    desktop.click(FakeDesktop::kNumber + 1); // another program's
    desktop.click(FakeDesktop::kNumber);
    QTRY_COMPARE(activated.size(), 1);
    QTest::qWait(50);
    QCOMPARE(activated.size(), 1);

    Desk desk;
    BuildNews news(desk.window().buildDesk().controller(), desk.window());
    QWidget other;
    other.show();
    other.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&other));
    desk.window().showMinimized();
    BuildRequest request;
    request.analysis = analyse("FROM scratch\n");
    news.tellEnd(request, {});
    QTRY_COMPARE(desktop.notes.size(), 2);
    QTest::qWait(50);
    desktop.click(FakeDesktop::kNumber);
    QTRY_VERIFY(!desk.window().isMinimized());
    QVERIFY(QTest::qWaitForWindowActive(&desk.window()));
}

void DesktopTest::nobodyListens()
{
    STAGELIFT_NEED(!m_bus ? u"dbus-daemon is not installed"_s : QString());
    DesktopVoice voice;
    QElapsedTimer clock;
    clock.start();
    voice.showProgress(0.5);
    voice.notify(u"Built"_s, {});
    QVERIFY(clock.elapsed() < 50);
    m_bus.reset(); // and then the bus goes, too
    voice.notify(u"Built"_s, {});
    QTest::qWait(100);
    voice.showProgress(1);
}

QTEST_MAIN(DesktopTest)
#include "desktop_test.moc"
