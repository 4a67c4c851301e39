// SPDX-License-Identifier: GPL-3.0-or-later
//
// What layers an image of Docker has: asked of the daemon itself where that is on this machine, of `docker` elsewhere,
// and counted off from what is built upon it. Each against `docker history` of an image that the test has built.

#include "core/engine/docker_api.h"
#include "core/engine/layer_reader.h"
#include "engine/engine_fixture.h"

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

/// A chain, of which a stage leaves a trigger to those upon it.
const QByteArray kChain = "FROM scratch AS tools\n"
                          "COPY busybox /bin/busybox\n"
                          "RUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n"
                          "\n"
                          "FROM tools AS more\n"
                          "RUN head -c 40000 /dev/zero > /more\n"
                          "ENV A=1\tB=2\n"
                          "\n"
                          "FROM more AS trigger\n"
                          "ONBUILD RUN head -c 30000 /dev/zero > /triggered\n"
                          "RUN head -c 20000 /dev/zero > /own\n"
                          "\n"
                          "FROM trigger AS last\n"
                          "RUN head -c 10000 /dev/zero > /last\n";

/// "30000 RUN x" from the base up.
QStringList linesOf(const Layers& layers)
{
    QStringList lines;
    for (const LayerSize& layer : layers)
        lines << u"%1 %2"_s.arg(layer.bytes).arg(layer.createdBy);
    return lines;
}

QStringList historyOf(const Engine& engine, const QString& image)
{
    QStringList lines;
    for (const QByteArray& line : outputOf(engine.program, {u"history"_s, u"--no-trunc"_s, u"--human=false"_s,
                                                            u"--format"_s, u"{{.Size}} {{.CreatedBy}}"_s, image})
                                      .split('\n'))
        if (!line.isEmpty())
            lines.prepend(QString::fromUtf8(line));
    return lines;
}

} // namespace

class LayerReaderTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void knowsSocketsOfThisMachine_data();
    void knowsSocketsOfThisMachine();
    void asksTheDaemon();
    void asksDockerWhereTheDaemonKnowsNothing();
    void asksDockerWhereNoDaemonListens();
    void countsChainsOff();

private:
    QString m_absence; // of Docker
    Engine m_docker;
    QTemporaryDir m_context;
};

void LayerReaderTest::initTestCase()
{
    const QList<Engine> engines = findEngines();
    m_absence = busybox().isEmpty() ? u"busybox is not installed"_s : absence(engines, u"docker"_s);
    if (!m_absence.isEmpty())
        return;
    m_docker = *std::ranges::find(engines, u"docker"_s, &Engine::id);
    QVERIFY(QFile::copy(busybox(), m_context.filePath(u"busybox"_s)));
    writeFile(m_context.filePath(u"Dockerfile"_s), kChain);
    for (const QString& stage : {u"tools"_s, u"more"_s, u"trigger"_s, u"last"_s})
        outputOf(m_docker.program,
                 {u"build"_s, u"--tag"_s, u"chain/truth:"_s + stage, u"--target"_s, stage, m_context.path()},
                 {u"DOCKER_BUILDKIT=1"_s});
}

void LayerReaderTest::cleanupTestCase()
{
    for (const QString& stage : {u"tools"_s, u"more"_s, u"trigger"_s, u"last"_s})
        if (m_absence.isEmpty())
            outputOf(m_docker.program, {u"rmi"_s, u"chain/truth:"_s + stage});
}

void LayerReaderTest::knowsSocketsOfThisMachine_data()
{
    QTest::addColumn<QString>("endpoint");
    QTest::addColumn<QString>("socket");

    QTest::newRow("usual") << u"unix:///var/run/docker.sock"_s << u"/var/run/docker.sock"_s;
    QTest::newRow("of a person") << u"unix:///run/user/1000/a b/docker.sock"_s << u"/run/user/1000/a b/docker.sock"_s;
    QTest::newRow("far away") << u"ssh://me@host"_s << QString();
    QTest::newRow("over TCP") << u"tcp://127.0.0.1:2375"_s << QString();
    QTest::newRow("of another system") << u"npipe:////./pipe/docker_engine"_s << QString();
    QTest::newRow("relative") << u"unix://docker.sock"_s << QString();
    QTest::newRow("nothing") << QString() << QString();
}

void LayerReaderTest::knowsSocketsOfThisMachine()
{
    QFETCH(QString, endpoint);
    QTEST(socketOf(endpoint), "socket");
}

void LayerReaderTest::asksTheDaemon()
{
    STAGELIFT_NEED(m_absence);
    // The finder has learned where it listens, from the context or from DOCKER_HOST.
    QVERIFY2(QFileInfo(m_docker.socket).isAbsolute(), qPrintable(m_docker.socket));

    QObject here;
    std::optional<Answer> answer;
    DockerApi api(m_docker.socket);
    api.askHistory(u"chain/truth:more"_s, &here, [&answer](const Answer& heard) { answer = heard; });
    QVERIFY(QTest::qWaitFor([&answer] { return answer.has_value(); }));
    QVERIFY2(answer->ok, qPrintable(answer->problem));
    const auto layers = buildStrategy(m_docker.kind).layers(m_docker, answer->output);
    QVERIFY(layers.has_value());
    QCOMPARE(layers->size(), 4);
    QCOMPARE(linesOf(*layers), historyOf(m_docker, u"chain/truth:more"_s));
}

void LayerReaderTest::asksDockerWhereTheDaemonKnowsNothing()
{
    STAGELIFT_NEED(m_absence);
    std::optional<QString> problem;
    LayerReader reader(m_docker, [&problem](const QString& ended) { problem = ended; });
    reader.finish({{0, u"chain/truth:gone"_s}});
    QVERIFY(QTest::qWaitFor([&problem] { return problem.has_value(); }));
    QVERIFY2(problem->contains(u"No such image: chain/truth:gone"_s), qPrintable(*problem));

    // It has built at the context that is the current one by now.
    Engine docker = m_docker;
    docker.program = m_context.filePath(u"docker"_s);
    writeProgram(docker.program, "echo '{\"CreatedBy\":\"COPY a\",\"Size\":\"7\"}'\n");
    problem.reset();
    LayerReader other(docker, [&problem](const QString& ended) { problem = ended; });
    other.finish({{0, u"chain/truth:elsewhere"_s}});
    QVERIFY(QTest::qWaitFor([&problem] { return problem.has_value(); }));
    QCOMPARE(*problem, QString());
    QCOMPARE(linesOf(other.measured().value(0).layers), QStringList{u"7 COPY a"_s});
}

void LayerReaderTest::asksDockerWhereNoDaemonListens()
{
    STAGELIFT_NEED(m_absence);
    Engine docker = m_docker;
    docker.socket = m_context.filePath(u"no.sock"_s);
    std::optional<QString> problem;
    LayerReader reader(docker, [&problem](const QString& ended) { problem = ended; });
    reader.finish({{0, u"chain/truth:tools"_s}});
    QVERIFY(QTest::qWaitFor([&problem] { return problem.has_value(); }));
    QCOMPARE(*problem, QString());
    QCOMPARE(linesOf(reader.measured().value(0).layers), historyOf(m_docker, u"chain/truth:tools"_s));
}

void LayerReaderTest::countsChainsOff()
{
    STAGELIFT_NEED(m_absence);
    const Finished build = finish(request(m_docker, m_context.path(), kChain));
    QVERIFY2(build.result.outcome == BuildOutcome::Succeeded, qPrintable(build.result.message + u'\n' + build.log));
    QCOMPARE(build.result.sizes.size(), 4);
    const QStringList names{u"tools"_s, u"more"_s, u"trigger"_s, u"last"_s};
    qint64 below = 0;
    for (const StageSize& size : build.result.sizes) {
        QCOMPARE(linesOf(size.layers), historyOf(m_docker, u"chain/truth:"_s + names.at(size.stage)));
        QCOMPARE(size.base, below);
        below = size.total;
    }
    // What the trigger left is the last stage's own: it ran there.
    QVERIFY(build.size(3)->own >= 40000);
}

QTEST_GUILESS_MAIN(LayerReaderTest)
#include "layer_reader_test.moc"
