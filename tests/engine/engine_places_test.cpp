// SPDX-License-Identifier: GPL-3.0-or-later
//
// Docker contexts, buildx builders and Podman connections: listed without being asked, asked when they are chosen, and
// built at.

#include "core/engine/engine_places.h"
#include "core/engine/engine_probe.h"
#include "engine/engine_fixture.h"

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

const QByteArray kOne = "FROM scratch\nCOPY hello.txt /\n";

Answer said(const QByteArray& output)
{
    return {.ok = true, .output = output, .errors = {}, .problem = {}};
}

/// "docker@prod (prod) ssh://me@host --context prod"
QStringList linesOf(const QList<Engine>& places)
{
    QStringList lines;
    for (const Engine& place : places) {
        QString line = u"%1 %2 %3 %4"_s.arg(place.id, place.label(), place.address, place.at.join(u' '));
        if (!place.builder.isEmpty())
            line += u"--builder %1 %2"_s.arg(place.builder, place.driver);
        lines << line.simplified();
    }
    return lines;
}

Engine local(EngineKind kind, const QString& id)
{
    Engine engine;
    engine.kind = kind;
    engine.id = id;
    engine.program = u"/usr/bin/"_s + id;
    engine.version = u"26.1.5"_s;
    engine.ready = true;
    return engine;
}

Engine askedAt(const Engine& place)
{
    EngineFinder finder;
    QSignalSpy spy(&finder, &EngineFinder::answered);
    finder.ask(place);
    if (spy.isEmpty() && !spy.wait(30000))
        return {};
    return spy.at(0).at(0).value<Engine>();
}

std::optional<Engine> placeCalled(const QString& id)
{
    for (const Engine& engine : findEngines())
        if (engine.id == id)
            return engine;
    return std::nullopt;
}

} // namespace

class EnginePlacesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void listsPlaces_data();
    void listsPlaces();
    void knowsWhereTheDaemonListens();
    void readsWhatBuildxKeeps();
    void asksAtThePlace();
    void namesThePlaceInEveryCommand_data();
    void namesThePlaceInEveryCommand();
    void buildsInADockerContext();
    void saysThatAContextIsAway();
    void buildsWithAChosenBuilder();
    void buildsOverAPodmanConnection();

private:
    void buildsAt(const QString& id);

    QTemporaryDir m_folder; // also DOCKER_CONFIG: a person's own contexts stay as they are
};

void EnginePlacesTest::initTestCase()
{
    writeFile(m_folder.filePath(u"config.json"_s), "{}");
    writeFile(m_folder.filePath(u"hello.txt"_s), "hello\n");
    const QString plugins = qEnvironmentVariable("DOCKER_CONFIG", QDir::homePath() + u"/.docker"_s) + u"/cli-plugins"_s;
    if (QFileInfo::exists(plugins))
        QFile::link(plugins, m_folder.filePath(u"cli-plugins"_s));
    qputenv("DOCKER_CONFIG", m_folder.path().toLocal8Bit());
    qputenv("XDG_CONFIG_HOME", m_folder.filePath(u"xdg"_s).toLocal8Bit()); // of Podman's connections
}

void EnginePlacesTest::listsPlaces_data()
{
    QTest::addColumn<Engine>("engine");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QStringList>("places");

    Engine docker = local(EngineKind::DockerBuildx, u"docker"_s);
    docker.driver = u"docker"_s;
    docker.currentBuilder = u"default"_s;
    const QByteArray contexts =
        R"({"Name":"default","Current":true,"DockerEndpoint":"unix:///var/run/docker.sock"}
{"Name":"prod","Current":false,"DockerEndpoint":"ssh://me@host"}
)";
    QTest::newRow("a context") << docker << contexts
                               << QStringList{
                                      u"docker@prod docker (prod) ssh://me@host --context prod"_s,
                                      u"docker/mine docker (default, builder mine) tcp://b:1 --builder mine remote"_s};
    docker.currentBuilder = u"mine"_s;
    docker.driver = u"remote"_s;
    QTest::newRow("another builder is the current one")
        << docker << contexts
        << QStringList{u"docker@prod docker (prod) ssh://me@host --context prod"_s,
                       u"docker/default docker (default, builder default) --builder default docker"_s};
    docker.kind = EngineKind::DockerClassic;
    QTest::newRow("no buildx, no builders")
        << docker << contexts << QStringList{u"docker@prod docker (prod) ssh://me@host --context prod"_s};
    QTest::newRow("nothing that makes sense") << docker << QByteArray("hello\n{}\n[1]\n\xff") << QStringList{};
    QTest::newRow("connections")
        << local(EngineKind::Podman, u"podman"_s)
        << QByteArray(R"([{"Name":"vm","URI":"ssh://core@localhost:1/run/podman.sock","Default":true}])")
        << QStringList{u"podman@vm podman (vm) ssh://core@localhost:1/run/podman.sock --connection vm"_s};
    QTest::newRow("no connections") << local(EngineKind::Podman, u"podman"_s) << QByteArray("[]\n") << QStringList{};
}

void EnginePlacesTest::listsPlaces()
{
    QFETCH(Engine, engine);
    QFETCH(QByteArray, answer);

    const QList<BuilderFile> builders{{.name = u"mine"_s, .driver = u"remote"_s, .endpoint = u"tcp://b:1"_s}};
    const QList<Engine> places = engine.kind == EngineKind::Podman ? podmanPlaces(engine, said(answer))
                                                                   : dockerPlaces(engine, said(answer), builders);
    QTEST(linesOf(places), "places");
    for (const Engine& place : places)
        QVERIFY(!place.asked && !place.ready);
}

void EnginePlacesTest::knowsWhereTheDaemonListens()
{
    const Answer contexts = said(R"({"Name":"prod","Current":false,"DockerEndpoint":"unix:///prod.sock"}
{"Name":"here","Current":true,"DockerEndpoint":"unix:///here.sock"}
)");
    Engine docker = local(EngineKind::DockerBuildx, u"docker"_s);
    docker.socket = dockerSocket(contexts);
    QCOMPARE(docker.socket, u"/here.sock"_s);
    QCOMPARE(dockerSocket(said(R"({"Name":"here","Current":true,"DockerEndpoint":"ssh://me@host"})")), QString());
    QCOMPARE(dockerSocket(said("{}")), QString());

    // Of another context it is that one's; a builder's images come to the daemon of the current one.
    const QList<Engine> places =
        dockerPlaces(docker, contexts, {{.name = u"mine"_s, .driver = u"remote"_s, .endpoint = u"tcp://b:1"_s}});
    QStringList sockets;
    for (const Engine& place : places)
        sockets << judgePlace(place, {said("{}"), said({}), said({})}).socket;
    QCOMPARE(sockets, (QStringList{u"/prod.sock"_s, u"/here.sock"_s}));

    // Podman has a socket too, but what it says there of layers is not what it says itself.
    const Answer connections = said(R"([{"Name":"here","URI":"unix:///run/podman/podman.sock"}])");
    QCOMPARE(podmanPlaces(local(EngineKind::Podman, u"podman"_s), connections).constFirst().socket, QString());
}

void EnginePlacesTest::readsWhatBuildxKeeps()
{
    STAGELIFT_NEED(absence(findEngines(), u"docker"_s));
    outputOf(u"docker"_s, {u"buildx"_s, u"create"_s, u"--name"_s, u"far"_s, u"--driver"_s, u"remote"_s,
                           u"tcp://no.such.host:1234"_s});
    const QList<BuilderFile> builders = buildersIn(buildersFolder());
    QCOMPARE(builders.size(), 1);
    QCOMPARE(builders.constFirst().name, u"far"_s);
    QCOMPARE(builders.constFirst().driver, u"remote"_s);
    QCOMPARE(builders.constFirst().endpoint, u"tcp://no.such.host:1234"_s);
    const auto place = placeCalled(u"docker/far"_s);
    QVERIFY(place && !place->asked);
    outputOf(u"docker"_s, {u"buildx"_s, u"rm"_s, u"far"_s});
}

void EnginePlacesTest::asksAtThePlace()
{
    Engine place = local(EngineKind::Podman, u"podman@vm"_s);
    place.at = QStringList{u"--connection"_s, u"vm"_s};
    place.where = u"vm"_s;
    place.asked = false;
    place.program = m_folder.filePath(u"podman"_s);
    writeProgram(place.program, "[ \"$1 $2\" = '--connection vm' ] || exit 1\n"
                                "echo '{\"host\":{\"serviceIsRemote\":true},\"version\":{\"Version\":\"5.4.2\"}}'");
    const Engine engine = askedAt(place);
    QVERIFY(engine.asked);
    QVERIFY2(engine.ready, qPrintable(engine.problem));
    QCOMPARE(engine.label(), u"podman 5.4.2 (vm)"_s);
    QCOMPARE(engine.id, u"podman@vm"_s);
}

void EnginePlacesTest::namesThePlaceInEveryCommand_data()
{
    QTest::addColumn<EngineKind>("kind");
    QTest::addColumn<QString>("begin");

    QTest::newRow("buildx") << EngineKind::DockerBuildx << u"docker --context prod buildx build --builder mine "_s;
    QTest::newRow("BuildKit") << EngineKind::DockerBuildKit << u"DOCKER_BUILDKIT=1 docker --context prod build "_s;
    QTest::newRow("classic") << EngineKind::DockerClassic << u"DOCKER_BUILDKIT=0 docker --context prod build "_s;
    QTest::newRow("podman") << EngineKind::Podman << u"docker --context prod build "_s;
}

void EnginePlacesTest::namesThePlaceInEveryCommand()
{
    QFETCH(EngineKind, kind);
    QFETCH(QString, begin);

    Engine engine = local(kind, u"docker"_s);
    engine.at = QStringList{u"--context"_s, u"prod"_s};
    engine.builder = u"mine"_s;
    const Build build(request(engine, m_folder.path(), kOne));
    QVERIFY2(build.commandLine().startsWith(begin), qPrintable(build.commandLine()));
}

void EnginePlacesTest::buildsAt(const QString& id)
{
    const auto place = placeCalled(id);
    QVERIFY(place);
    QVERIFY(!place->asked);
    const Engine engine = askedAt(*place);
    QVERIFY2(engine.ready, qPrintable(engine.problem));
    const Finished build = finish(request(engine, m_folder.path(), kOne));
    QCOMPARE(build.result.message, QString());
    QCOMPARE(build.result.outcome, BuildOutcome::Succeeded);
    QVERIFY(build.size(0));
    QVERIFY(build.size(0)->own >= 6); // "hello\n", and maybe what the archive puts around it
}

void EnginePlacesTest::buildsInADockerContext()
{
    STAGELIFT_NEED(absence(findEngines(), u"docker"_s));
    const QString host = qEnvironmentVariable("DOCKER_HOST", u"unix:///var/run/docker.sock"_s);
    outputOf(u"docker"_s, {u"context"_s, u"create"_s, u"near"_s, u"--docker"_s, u"host="_s + host});
    buildsAt(u"docker@near"_s);
}

void EnginePlacesTest::saysThatAContextIsAway()
{
    STAGELIFT_NEED(absence(findEngines(), u"docker"_s));
    outputOf(u"docker"_s, {u"context"_s, u"create"_s, u"away"_s, u"--docker"_s, u"host=unix:///no/such/docker.sock"_s});
    const auto place = placeCalled(u"docker@away"_s);
    QVERIFY(place);
    const Engine engine = askedAt(*place);
    QVERIFY(engine.asked && !engine.ready);
    QVERIFY2(engine.problem.contains(u"/no/such/docker.sock"), qPrintable(engine.problem));
    QVERIFY2(engine.mend.contains(u"docker --context away info"), qPrintable(engine.mend));
}

/// The daemon's own, by name, while another is the current one.
void EnginePlacesTest::buildsWithAChosenBuilder()
{
    STAGELIFT_NEED(absence(findEngines(), u"docker"_s));
    outputOf(u"docker"_s, {u"buildx"_s, u"create"_s, u"--use"_s, u"--name"_s, u"far"_s, u"--driver"_s, u"remote"_s,
                           u"tcp://no.such.host:1234"_s});
    buildsAt(u"docker/default"_s);
    outputOf(u"docker"_s, {u"buildx"_s, u"rm"_s, u"far"_s});
}

void EnginePlacesTest::buildsOverAPodmanConnection()
{
    STAGELIFT_NEED(absence(findEngines(), u"podman"_s));
    const QString address = u"unix://"_s + m_folder.filePath(u"podman.sock"_s);
    QProcess service;
    service.start(u"podman"_s, {u"system"_s, u"service"_s, u"--time"_s, u"0"_s, address});
    outputOf(u"podman"_s, {u"system"_s, u"connection"_s, u"add"_s, u"near"_s, address});
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(m_folder.filePath(u"podman.sock"_s)), 10000);
    buildsAt(u"podman@near"_s);
    service.terminate();
    QVERIFY(service.waitForFinished(10000));
}

QTEST_GUILESS_MAIN(EnginePlacesTest)
#include "engine_places_test.moc"
