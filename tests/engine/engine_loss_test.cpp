// SPDX-License-Identifier: GPL-3.0-or-later
//
// A real engine is taken away in the middle of a build: it ends soon, in one sentence that says what to do, and the
// next build goes on where it was.

#include "engine/daemon_fixture.h"
#include "engine/engine_fixture.h"

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

const QByteArray kSlow = "FROM scratch AS tools\n"
                         "COPY busybox /bin/busybox\n"
                         "RUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n"
                         "FROM tools AS slow\n"
                         "RUN echo under way; sleep 60\n";
const QByteArray kShort = QByteArray(kSlow).replace("sleep 60", "true");

} // namespace

class EngineLossTest : public QObject {
    Q_OBJECT

private slots:
    void theDaemonIsLost_data();
    void theDaemonIsLost();
    void podmanIsKilled_data();
    void podmanIsKilled();
    void aCredentialHelperHangs_data();
    void aCredentialHelperHangs();

private:
    [[nodiscard]] QString context();

    QTemporaryDir m_folder{engineFolder(u"loss"_s)};
};

QString EngineLossTest::context()
{
    const QString folder = m_folder.filePath(u"context"_s);
    QDir().mkpath(folder);
    QFile::copy(busybox(), folder + u"/busybox"_s);
    return folder;
}

/// Ends it as soon as the slow step is under way.
Finished finishAndLose(const BuildRequest& wish, const std::function<void()>& lose, QElapsedTimer& lost)
{
    return finish(wish, [&](Build& build) {
        QObject::connect(&build, &Build::logged, &build, [&](const QString&, const QString& text) {
            if (!text.contains(u"under way\n") || lost.isValid())
                return;
            lost.start();
            lose();
        });
    });
}

void EngineLossTest::theDaemonIsLost_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("killed") << SIGKILL;
    QTest::newRow("restarted") << SIGTERM;
}

void EngineLossTest::theDaemonIsLost()
{
    QFETCH(int, signal);
    const auto here = findEngines();
    STAGELIFT_NEED(absence(here, u"docker"_s));
    STAGELIFT_NEED(busybox().isEmpty() ? u"busybox is not installed (package busybox-static)"_s : QString());
    STAGELIFT_NEED(geteuid() == 0 ? QString() : u"dockerd needs root"_s);

    Daemon daemon(m_folder.path());
    QVERIFY(daemon.start());
    Engine engine = *std::ranges::find(here, u"docker"_s, &Engine::id);
    engine.at = QStringList{u"--host"_s, daemon.address()};
    QElapsedTimer lost;
    const Finished build = finishAndLose(request(engine, context(), kSlow), [&] { daemon.end(signal); }, lost);
    QVERIFY2(lost.isValid(), qPrintable(build.log));
    QCOMPARE(build.endings, 1);
    QCOMPARE(build.result.outcome, BuildOutcome::Failed);
    QCOMPARE(build.result.message,
             u"The docker daemon went away while it was building. Start it and build again: what was done "
             "is in its cache."_s);
    QVERIFY2(lost.elapsed() < 30000, qPrintable(QString::number(lost.elapsed())));

    QVERIFY(daemon.start());
    const Finished again = finish(request(engine, context(), kShort));
    QCOMPARE(again.result.message, QString());
    QCOMPARE(again.result.outcome, BuildOutcome::Succeeded);
    const auto copy = again.step(u"COPY busybox /bin/busybox"_s);
    QVERIFY(copy);
    QCOMPARE(copy->state, StepState::Cached);
}

void EngineLossTest::podmanIsKilled_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("podman") << u"podman"_s;
    QTest::newRow("buildah") << u"buildah"_s;
}

void EngineLossTest::podmanIsKilled()
{
    QFETCH(QString, id);
    const auto here = findEngines();
    STAGELIFT_NEED(absence(here, id));
    STAGELIFT_NEED(busybox().isEmpty() ? u"busybox is not installed (package busybox-static)"_s : QString());
    const Engine engine = *std::ranges::find(here, id, &Engine::id);
    QElapsedTimer lost;
    const Finished build = finishAndLose(
        request(engine, context(), kSlow),
        [&] { outputOf(u"pkill"_s, {u"-9"_s, u"-f"_s, u"^%1 build.*%2"_s.arg(engine.program, m_folder.path())}); },
        lost);
    QVERIFY2(lost.isValid(), qPrintable(build.log));
    QCOMPARE(build.endings, 1);
    QCOMPARE(build.result.outcome, BuildOutcome::Failed);
    QVERIFY2(build.result.message.contains(id + u" came to an unforeseen end"_s), qPrintable(build.result.message));
    QVERIFY2(lost.elapsed() < 5000, qPrintable(QString::number(lost.elapsed())));
    // The store is as it was: the next build works.
    const Finished again = finish(request(engine, context(), kShort));
    QCOMPARE(again.result.message, QString());
    QCOMPARE(again.result.outcome, BuildOutcome::Succeeded);
}

void EngineLossTest::aCredentialHelperHangs_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<EngineKind>("kind");
    QTest::newRow("docker") << u"docker"_s << EngineKind::DockerClassic; // it asks for all that there are, at once
    QTest::newRow("podman") << u"podman"_s << EngineKind::Podman;
    QTest::newRow("buildah") << u"buildah"_s << EngineKind::Buildah;
}

/// It waits for a person who is not there, and the engine waits for it.
void EngineLossTest::aCredentialHelperHangs()
{
    QFETCH(QString, id);
    QFETCH(EngineKind, kind);
    const auto here = findEngines();
    STAGELIFT_NEED(absence(here, id));
    Engine engine = *std::ranges::find(here, id, &Engine::id);
    engine.kind = kind;

    const QTemporaryDir folder;
    writeProgram(folder.filePath(u"docker-credential-asleep"_s), "sleep 60");
    writeFile(folder.filePath(u"config.json"_s), R"({"credHelpers": {"registry.test": "asleep"}})");
    const QByteArray path = qgetenv("PATH");
    const QByteArray config = qgetenv("DOCKER_CONFIG");
    const auto restore = qScopeGuard([&] {
        qputenv("PATH", path);
        qputenv("DOCKER_CONFIG", config);
    });
    qputenv("PATH", folder.path().toLocal8Bit() + ':' + path);
    qputenv("DOCKER_CONFIG", folder.path().toLocal8Bit());
    QElapsedTimer clock;
    clock.start();
    const Finished build = finish(request(engine, context(), "FROM registry.test/nothing:1\nCOPY a /\n"),
                                  [](Build& started) { started.setHelperPatience(std::chrono::seconds(1)); });
    QCOMPARE(build.result.outcome, BuildOutcome::Failed);
    QVERIFY2(build.result.message.startsWith(
                 u"%1 waits for the credential helper docker-credential-asleep, which does not answer"_s.arg(id)),
             qPrintable(build.result.message));
    QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
}

QTEST_GUILESS_MAIN(EngineLossTest)
#include "engine_loss_test.moc"
