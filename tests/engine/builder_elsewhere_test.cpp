// SPDX-License-Identifier: GPL-3.0-or-later
//
// A builder that is no engine, as on a cluster: the images it makes are measured as they go by, and none is loaded.
// Here it is the BuildKit inside a second Docker daemon, which speaks to buildx's remote driver once a bridge has asked
// the daemon for it.

#include "core/engine/build_plan.h"
#include "core/engine/files/stage_files.h"
#include "core/engine/stage_image.h"
#include "engine/daemon_fixture.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

/// Whoever connects to it speaks to the daemon's BuildKit. It has a thread of its own: a test may wait for docker.
class Bridge : public QThread {
public:
    Bridge(QString path, QString daemon) : m_path(std::move(path)), m_daemon(std::move(daemon)) { start(); }
    ~Bridge() override
    {
        quit();
        wait();
    }

protected:
    void run() override
    {
        QLocalServer server;
        QObject::connect(&server, &QLocalServer::newConnection, &server, [&server, this] {
            while (QLocalSocket* client = server.nextPendingConnection())
                join(client);
        });
        if (!server.listen(m_path))
            qFatal("%s", qPrintable(server.errorString()));
        exec();
    }

private:
    void join(QLocalSocket* client) const
    {
        auto* daemon = new QLocalSocket(client);
        daemon->connectToServer(m_daemon);
        daemon->write("POST /grpc HTTP/1.1\r\nHost: docker\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n");
        const auto answered = std::make_shared<bool>(false);
        const auto toDaemon = [=] {
            if (*answered)
                daemon->write(client->readAll());
        };
        QObject::connect(daemon, &QLocalSocket::readyRead, client, [=] {
            if (!*answered) {
                const qsizetype end = daemon->peek(4096).indexOf("\r\n\r\n");
                if (end < 0)
                    return;
                daemon->skip(end + 4);
                *answered = true;
                toDaemon();
            }
            client->write(daemon->readAll());
        });
        QObject::connect(client, &QLocalSocket::readyRead, daemon, toDaemon);
        QObject::connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
        QObject::connect(daemon, &QLocalSocket::disconnected, client, &QLocalSocket::disconnectFromServer);
    }

    QString m_path;
    QString m_daemon;
};

/// Links of both kinds, files that are replaced, deleted and hidden, folders, entries without a layer.
const QByteArray kText =
    "FROM scratch AS tools\n"
    "COPY busybox /bin/busybox\n"
    "RUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n"
    "ENV A=1\n"
    "FROM tools AS build\n"
    "WORKDIR /srv/app\n"
    "RUN head -c 300000 /dev/urandom > out && ln out twin && ln -s out link && mkdir deep && echo 1 > deep/one\n"
    "RUN rm -r deep && echo 2 > out && echo 3 >> twin && chmod 700 /bin/busybox\n"
    "FROM scratch AS final\n"
    "COPY --from=build /srv/app /app/\n"
    "CMD [\"/app/out\"]\n";

qint64 sumOfHistory(const QString& image)
{
    qint64 sum = 0;
    for (const QByteArray& line :
         outputOf(u"docker"_s, {u"history"_s, u"--human=false"_s, u"--format"_s, u"{{.Size}}"_s, image}).split('\n'))
        sum += line.toLongLong();
    return sum;
}

} // namespace

class BuilderElsewhereTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void measuresTheSameAsDocker_data();
    void measuresTheSameAsDocker();
    void loadsWhatIsToHaveAName();
    void needsNoDaemonHere();
    void saysWhatFailed();
    void stopsWithinTwoSeconds();
    void readsTheFilesOfAStage();
    void measuresInTheStoreOfContainerd();
    void loadsAStageThatIsToRun();
    void cleanupTestCase();

private:
    [[nodiscard]] BuildRequest asked(const QByteArray& text) const;
    [[nodiscard]] static QByteArrayList imagesHere();

    QTemporaryDir m_folder{engineFolder(u"elsewhere"_s)};
    std::unique_ptr<Daemon> m_daemon;
    std::unique_ptr<Bridge> m_bridge;
    Engine m_builder;
};

void BuilderElsewhereTest::initTestCase()
{
    STAGELIFT_NEED(absence(findEngines(), u"docker"_s));
    STAGELIFT_NEED(busybox().isEmpty() ? u"busybox is not installed (package busybox-static)"_s : QString());
    STAGELIFT_NEED(geteuid() == 0 ? QString() : u"dockerd needs root"_s);

    QDir().mkpath(m_folder.filePath(u"context"_s));
    QFile::copy(busybox(), m_folder.filePath(u"context/busybox"_s));
    writeFile(m_folder.filePath(u"context/Dockerfile"_s), kText);
    // Only with this store does a daemon's BuildKit write images to its client.
    writeFile(m_folder.filePath(u"daemon.json"_s), R"({"features": {"containerd-snapshotter": true}})");
    m_daemon =
        std::make_unique<Daemon>(m_folder.path(), QStringList{u"--config-file"_s, m_folder.filePath(u"daemon.json"_s)});
    QVERIFY(m_daemon->start());
    const QString path = m_folder.filePath(u"buildkit.sock"_s);
    m_bridge = std::make_unique<Bridge>(path, m_folder.filePath(u"docker.sock"_s));
    outputOf(u"docker"_s,
             {u"buildx"_s, u"create"_s, u"--name"_s, u"elsewhere"_s, u"--driver"_s, u"remote"_s, u"unix://"_s + path});
    for (const Engine& place : findEngines())
        if (place.id == "docker/elsewhere"_L1)
            m_builder = place;
    EngineFinder finder;
    QSignalSpy answered(&finder, &EngineFinder::answered);
    finder.ask(m_builder);
    QVERIFY(answered.wait(30000));
    m_builder = answered.at(0).at(0).value<Engine>();
    QVERIFY2(m_builder.ready, qPrintable(m_builder.problem));
    QCOMPARE(m_builder.driver, u"remote"_s);
}

void BuilderElsewhereTest::cleanupTestCase()
{
    outputOf(u"docker"_s, {u"buildx"_s, u"rm"_s, u"elsewhere"_s});
}

BuildRequest BuilderElsewhereTest::asked(const QByteArray& text) const
{
    return request(m_builder, m_folder.filePath(u"context"_s), text);
}

/// In the engine here, with names and without.
QByteArrayList BuilderElsewhereTest::imagesHere()
{
    QByteArrayList images =
        outputOf(u"docker"_s, {u"image"_s, u"ls"_s, u"--all"_s, u"--format"_s, u"{{.ID}} {{.Repository}}:{{.Tag}}"_s})
            .split('\n');
    std::ranges::sort(images);
    return images;
}

void BuilderElsewhereTest::measuresTheSameAsDocker_data()
{
    QTest::addColumn<QString>("driver");
    QTest::newRow("compressed") << u"remote"_s;
    QTest::newRow("as it is") << u"docker-container"_s; // the builder is the same, what it is asked for is not
}

void BuilderElsewhereTest::measuresTheSameAsDocker()
{
    QFETCH(QString, driver);
    const QByteArrayList before = imagesHere();
    BuildRequest wish = asked(kText);
    wish.engine.driver = driver;
    const Finished build = finish(wish);
    QCOMPARE(build.result.message, QString());
    QCOMPARE(build.result.sizes.size(), 3);
    QCOMPARE(imagesHere(), before);

    const QStringList names{u"tools"_s, u"build"_s, u"final"_s};
    for (const StageSize& size : build.result.sizes) {
        const QString name = u"elsewhere-truth:"_s + names.at(size.stage);
        outputOf(u"docker"_s,
                 {u"buildx"_s, u"build"_s, u"--builder"_s, u"elsewhere"_s, u"--load"_s, u"--tag"_s, name, u"--target"_s,
                  names.at(size.stage), wish.context},
                 {u"BUILDX_NO_DEFAULT_ATTESTATIONS=1"_s});
        QCOMPARE(size.total, sumOfHistory(name));
        outputOf(u"docker"_s, {u"image"_s, u"rm"_s, name});
        QVERIFY(size.image.isEmpty());
    }
    QCOMPARE(build.size(1)->base, build.size(0)->total);
    QCOMPARE(build.size(2)->base, 0);
    QVERIFY(build.size(1)->own > 300'000);
    QVERIFY(build.step(u"load build context"_s)->transferred > 0);
}

void BuilderElsewhereTest::loadsWhatIsToHaveAName()
{
    BuildRequest wish = asked(kText);
    wish.tags = QStringList{u"elsewhere:named"_s};
    const Finished build = finish(wish);
    QCOMPARE(build.result.message, QString());
    QCOMPARE(build.size(2)->image, u"elsewhere:named"_s);
    QCOMPARE(build.size(2)->total, sumOfHistory(u"elsewhere:named"_s));
    QVERIFY(build.size(0)->total > build.size(2)->total);
    outputOf(u"docker"_s, {u"image"_s, u"rm"_s, u"elsewhere:named"_s});
}

/// A laptop that has nothing but the client.
void BuilderElsewhereTest::needsNoDaemonHere()
{
    const QByteArray host = qgetenv("DOCKER_HOST");
    const auto restore = qScopeGuard([&] { qputenv("DOCKER_HOST", host); });
    qputenv("DOCKER_HOST", "unix:///no/such/docker.sock");
    Engine place = m_builder;
    place.asked = place.ready = false;
    EngineFinder finder;
    QSignalSpy answered(&finder, &EngineFinder::answered);
    finder.ask(place);
    QVERIFY(answered.wait(30000));
    BuildRequest wish = asked(kText);
    wish.engine = answered.at(0).at(0).value<Engine>();
    QVERIFY2(wish.engine.ready, qPrintable(wish.engine.problem));
    const Finished build = finish(wish);
    QCOMPARE(build.result.message, QString());
    QCOMPARE(build.result.sizes.size(), 3);
}

void BuilderElsewhereTest::saysWhatFailed()
{
    const Finished build = finish(asked(kText + "FROM tools\nRUN echo no >&2; exit 3\n"));
    QCOMPARE(build.result.outcome, BuildOutcome::Failed);
    QVERIFY2(build.result.message.startsWith(u"Line 13, RUN echo no"), qPrintable(build.result.message));
}

void BuilderElsewhereTest::stopsWithinTwoSeconds()
{
    QElapsedTimer stopping;
    const Finished build = finish(asked(kText + "FROM tools\nRUN echo under way; sleep 60\n"), [&](Build& running) {
        connect(&running, &Build::logged, &running, [&](const QString&, const QString& text) {
            if (text.contains(u"under way\n") && !stopping.isValid()) {
                stopping.start();
                running.stop();
            }
        });
    });
    QCOMPARE(build.result.outcome, BuildOutcome::Stopped);
    QVERIFY2(stopping.elapsed() < 2000, qPrintable(QString::number(stopping.elapsed())));
}

void BuilderElsewhereTest::readsTheFilesOfAStage()
{
    BuildRequest wish = asked(kText);
    wish.target = 1;
    FilesReading reading(wish);
    QSignalSpy done(&reading, &FilesReading::done);
    reading.start();
    QVERIFY(done.wait(30000));
    QCOMPARE(done.at(0).at(1).toString(), QString());
    const auto files = done.at(0).at(0).value<ImageFilesPtr>();
    QVERIFY(files->exists(files->find("/srv/app/twin")));
    QVERIFY(!files->exists(files->find("/srv/app/deep/one")));
}

/// The same daemon as an engine: what it keeps images in is not what the other has.
void BuilderElsewhereTest::measuresInTheStoreOfContainerd()
{
    const QByteArray host = qgetenv("DOCKER_HOST");
    const auto restore = qScopeGuard([&] { qputenv("DOCKER_HOST", host); });
    qputenv("DOCKER_HOST", m_daemon->address().toLocal8Bit());
    const auto engines = findEngines();
    STAGELIFT_NEED(absence(engines, u"docker"_s));
    BuildRequest wish = asked(kText);
    wish.engine = *std::ranges::find(engines, u"docker"_s, &Engine::id);
    const Finished build = finish(wish);
    QCOMPARE(build.result.message, QString());
    QCOMPARE(build.result.sizes.size(), 3);
    const QStringList names{u"tools"_s, u"build"_s, u"final"_s};
    for (const StageSize& size : build.result.sizes) {
        const QString name = u"elsewhere-store:"_s + names.at(size.stage);
        outputOf(u"docker"_s, {u"build"_s, u"--tag"_s, name, u"--target"_s, names.at(size.stage), wish.context});
        QCOMPARE(size.total, sumOfHistory(name));
        outputOf(u"docker"_s, {u"image"_s, u"rm"_s, name});
    }
    QCOMPARE(imagesHere(), QByteArrayList{QByteArray()}); // no name is left
}

void BuilderElsewhereTest::loadsAStageThatIsToRun()
{
    const QByteArrayList before = imagesHere();
    BuildRequest wish = asked(kText);
    wish.target = 1;
    StageImage stage(wish);
    QSignalSpy ready(&stage, &StageImage::ready);
    stage.start();
    QVERIFY(ready.wait(30000));
    const QString image = ready.at(0).at(0).toString();
    QCOMPARE(outputOf(u"docker"_s, {u"run"_s, u"--rm"_s, image, u"/bin/busybox"_s, u"cat"_s, u"out"_s}), "2\n");
    outputOf(u"docker"_s, forgetCommand(m_builder, ready.at(0).at(1).toStringList()).arguments);
    QCOMPARE(imagesHere(), before);
}

QTEST_GUILESS_MAIN(BuilderElsewhereTest)
#include "builder_elsewhere_test.moc"
