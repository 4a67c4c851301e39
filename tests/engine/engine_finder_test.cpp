// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/engine_probe.h"
#include "engine/engine_fixture.h"

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

Answer good(const QByteArray& output)
{
    return {.ok = true, .output = output, .errors = {}, .problem = {}};
}

Answer bad(const QString& problem, const QByteArray& output = {})
{
    return {.ok = false, .output = output, .errors = problem.toUtf8(), .problem = problem};
}

QByteArray dockerVersion(const QByteArray& client, const QByteArray& server)
{
    return R"({"Client":{"Version":")" + client + R"(","Context":"default"},"Server":)" +
           (server.isEmpty() ? QByteArray("null") : R"({"Version":")" + server + R"("})") + "}";
}

const char* const kBuildx = "github.com/docker/buildx 0.13.1+ds1 0.13.1+ds1-3\n";

} // namespace

class EngineFinderTest : public QObject {
    Q_OBJECT

private slots:
    void judgesByTheAnswers_data();
    void judgesByTheAnswers();
    void putsTheBestFirst();
    void findsWhatIsOnPath_data();
    void findsWhatIsOnPath();
    void givesUpASearchForANewOne();
    void findsTheRealOnes_data();
    void findsTheRealOnes();
    void saysThatADaemonIsAway();
};

void EngineFinderTest::judgesByTheAnswers_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QList<Answer>>("answers");
    QTest::addColumn<QString>("label");
    QTest::addColumn<int>("kind"); // -1: it is none
    QTest::addColumn<QString>("problem");

    const Answer noBuildx = bad(u"docker: 'buildx' is not a docker command."_s);
    const QString away =
        u"Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?"_s;
    QTest::newRow("docker with buildx") << u"docker"_s
                                        << QList{good(dockerVersion("26.1.5+dfsg1", "26.1.5+dfsg1")), good(kBuildx),
                                                 good("Name: default\nDriver: docker\n")}
                                        << u"docker 26.1.5 (default)"_s << int(EngineKind::DockerBuildx) << QString();
    QTest::newRow("docker with a builder in a container")
        << u"docker"_s
        << QList{good(dockerVersion("27.3.1", "27.3.1")), good("github.com/docker/buildx v0.17.1 257815a"),
                 good("Name:          cross\nDriver:        docker-container\n")}
        << u"docker 27.3.1 (default, builder cross)"_s << int(EngineKind::DockerBuildx) << QString();
    const QByteArray far = "Name: far\nDriver: remote\n\nNodes:\nName: far0\nEndpoint: tcp://far:1234\n";
    QTest::newRow("a builder elsewhere needs no daemon here")
        << u"docker"_s << QList{bad(away, dockerVersion("26.1.5", {})), good(kBuildx), good(far)}
        << u"docker 26.1.5 (default, builder far)"_s << int(EngineKind::DockerBuildx) << QString();
    QTest::newRow("a builder elsewhere that can't be reached")
        << u"docker"_s
        << QList{good(dockerVersion("26.1.5", "26.1.5")), good(kBuildx), good(far + "Error: lost its way\n")}
        << u"docker 26.1.5 (default, builder far)"_s << int(EngineKind::DockerBuildx) << u"lost its way"_s;
    QTest::newRow("docker 20.10") << u"docker"_s
                                  << QList{good(dockerVersion("20.10.24", "20.10.24")), noBuildx, noBuildx}
                                  << u"docker 20.10.24 (default)"_s << int(EngineKind::DockerBuildKit) << QString();
    QTest::newRow("docker 26 without buildx")
        << u"docker"_s << QList{good(dockerVersion("26.1.5", "26.1.5")), noBuildx, noBuildx}
        << u"docker 26.1.5 (default)"_s << int(EngineKind::DockerClassic) << QString();
    QTest::newRow("docker 17") << u"docker"_s
                               << QList{good(dockerVersion("17.12.1-ce", "17.12.1-ce")), noBuildx, noBuildx}
                               << u"docker 17.12.1 (default)"_s << int(EngineKind::DockerClassic) << QString();
    QTest::newRow("docker without its daemon")
        << u"docker"_s << QList{bad(away, dockerVersion("26.1.5", {})), good(kBuildx), bad(away)}
        << u"docker 26.1.5 (default)"_s << int(EngineKind::DockerBuildx) << away;
    const QString podmansSocket = u"Cannot connect to the Docker daemon at unix:///run/user/1000/podman/podman.sock."_s;
    QTest::newRow("docker on a socket of Podman's that is down")
        << u"docker"_s << QList{bad(podmansSocket, dockerVersion("26.1.5", {})), good(kBuildx), bad(podmansSocket)}
        << u"docker 26.1.5 (default)"_s << int(EngineKind::DockerBuildx) << podmansSocket;
    QTest::newRow("docker that says nothing")
        << u"docker"_s << QList{bad(u"docker does not answer."_s), noBuildx, noBuildx} << u"docker (default)"_s
        << int(EngineKind::DockerClassic) << u"docker does not answer."_s;
    QTest::newRow("docker that says something else")
        << u"docker"_s << QList{good("hello"), noBuildx, noBuildx} << u"docker (default)"_s
        << int(EngineKind::DockerClassic) << u"docker answers with something unheard of."_s;
    QTest::newRow("podman under docker's name")
        << u"docker"_s
        << QList{good(R"({"Client":{"Version":"5.4.2","BuildOrigin":"Debian"}})"), good("buildah 1.39.3"), noBuildx}
        << QString() << -1 << QString();
    QTest::newRow("podman") << u"podman"_s
                            << QList{good(R"({"host":{"serviceIsRemote":false},"version":{"Version":"5.4.2"}})"),
                                     good("podman version 5.4.2")}
                            << u"podman 5.4.2"_s << int(EngineKind::Podman) << QString();
    QTest::newRow("podman of another machine")
        << u"podman"_s
        << QList{good(R"({"host":{"serviceIsRemote":true},"version":{"Version":"5.4.2"}})"),
                 good("podman version 5.4.2")}
        << u"podman 5.4.2 (remote)"_s << int(EngineKind::Podman) << QString();
    QTest::newRow("podman that can't open its store")
        << u"podman"_s << QList{bad(u"no subuid ranges found"_s), good("podman version 4.3.1")} << u"podman 4.3.1"_s
        << int(EngineKind::Podman) << u"no subuid ranges found"_s;
    QTest::newRow("buildah") << u"buildah"_s
                             << QList{good("{}"), good("buildah version 1.39.3 (image-spec 1.1.0, runtime-spec 1.2.0)")}
                             << u"buildah 1.39.3"_s << int(EngineKind::Buildah) << QString();
}

void EngineFinderTest::judgesByTheAnswers()
{
    QFETCH(QString, id);
    QFETCH(QList<Answer>, answers);
    QFETCH(QString, label);
    QFETCH(int, kind);
    QFETCH(QString, problem);

    const auto probe = std::ranges::find(engineProbes(), id, &EngineProbe::id);
    QCOMPARE(answers.size(), probe->questions.size());
    const auto engine = probe->judge(u"/usr/bin/"_s + id, answers);
    QCOMPARE(engine ? int(engine->kind) : -1, kind);
    if (!engine)
        return;
    QCOMPARE(engine->label(), label);
    QCOMPARE(engine->problem, problem);
    QCOMPARE(engine->ready, problem.isEmpty());
    QCOMPARE(engine->mend.isEmpty(), engine->ready);
}

void EngineFinderTest::putsTheBestFirst()
{
    QList<Engine> engines;
    for (const auto& [kind, ready] : {std::pair{EngineKind::Buildah, true},
                                      {EngineKind::DockerBuildx, false},
                                      {EngineKind::DockerClassic, true},
                                      {EngineKind::Podman, true}}) {
        Engine engine;
        engine.kind = kind;
        engine.ready = ready;
        engines << engine;
    }
    sortEngines(engines);
    QList<EngineKind> order;
    for (const Engine& engine : engines)
        order << engine.kind;
    QCOMPARE(order,
             (QList{EngineKind::Podman, EngineKind::Buildah, EngineKind::DockerClassic, EngineKind::DockerBuildx}));
}

void EngineFinderTest::findsWhatIsOnPath_data()
{
    QTest::addColumn<QHash<QString, QByteArray>>("programs");
    QTest::addColumn<QStringList>("found");

    QTest::newRow("nothing") << QHash<QString, QByteArray>{} << QStringList{};
    QTest::newRow("a Buildah") << QHash<QString, QByteArray>{{u"buildah"_s, "echo buildah version 1.39.3"}}
                               << QStringList{u"buildah 1.39.3 ready"_s};
    QTest::newRow("a broken Podman and a Buildah")
        << QHash<QString, QByteArray>{{u"podman"_s, "echo Error: broken >&2; exit 125"},
                                      {u"buildah"_s, "echo buildah version 1.39.3"}}
        << QStringList{u"buildah 1.39.3 ready"_s, u"podman broken"_s};
}

void EngineFinderTest::findsWhatIsOnPath()
{
    using Programs = QHash<QString, QByteArray>;
    QFETCH(Programs, programs);
    QFETCH(QStringList, found);

    const QTemporaryDir folder;
    for (const auto [name, script] : programs.asKeyValueRange())
        writeProgram(folder.filePath(name), script);
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", folder.path().toLocal8Bit());
    const QList<Engine> engines = findEngines();
    qputenv("PATH", path);
    QStringList seen;
    for (const Engine& engine : engines)
        seen << engine.label() + u' ' + (engine.ready ? u"ready"_s : engine.problem);
    QCOMPARE(seen, found);
}

void EngineFinderTest::givesUpASearchForANewOne()
{
    EngineFinder finder;
    QSignalSpy spy(&finder, &EngineFinder::found);
    finder.find();
    finder.find();
    QVERIFY(spy.wait(30000));
    QTest::qWait(200);
    QCOMPARE(spy.size(), 1);
}

void EngineFinderTest::findsTheRealOnes_data()
{
    QTest::addColumn<QString>("id");
    for (const char* id : {"docker", "podman", "buildah"})
        QTest::newRow(id) << QString::fromLatin1(id);
}

void EngineFinderTest::findsTheRealOnes()
{
    QFETCH(QString, id);
    const QList<Engine> engines = findEngines();
    STAGELIFT_NEED(absence(engines, id));
    const auto engine = std::ranges::find(engines, id, &Engine::id);
    QVERIFY(QFileInfo(engine->program).isAbsolute());
    // The engine's own word, asked for in another way.
    const QByteArray said = outputOf(engine->program, {u"--version"_s});
    QVERIFY2(said.contains(engine->version.toLatin1()), said.constData());
}

void EngineFinderTest::saysThatADaemonIsAway()
{
    STAGELIFT_NEED(QStandardPaths::findExecutable(u"docker"_s).isEmpty() ? u"docker is not installed"_s : QString());
    const QByteArray host = qgetenv("DOCKER_HOST");
    qputenv("DOCKER_HOST", "unix:///no/such/docker.sock");
    const QList<Engine> engines = findEngines();
    host.isEmpty() ? qunsetenv("DOCKER_HOST") : qputenv("DOCKER_HOST", host);
    const auto engine = std::ranges::find(engines, u"docker"_s, &Engine::id);
    QVERIFY(engine != engines.end());
    QVERIFY(!engine->ready);
    QVERIFY2(engine->problem.contains(u"Cannot connect to the Docker daemon"), qPrintable(engine->problem));
    QVERIFY2(engine->mend.contains(u"/no/such/docker.sock"), qPrintable(engine->mend));
}

QTEST_GUILESS_MAIN(EngineFinderTest)
#include "engine_finder_test.moc"
