// SPDX-License-Identifier: GPL-3.0-or-later
//
// What it costs to know the size of every stage: a file of six stages with parallel work, built for real by docker with
// buildx, cold (nothing cached) and warm (all of it). Beside our own build, from click to last size: a plain `docker
// build` of the last stage, a bare bake of all six, and six builds in turn. They take turns, so that what slows the
// machine slows all of them. Run below tests/with-engines; without docker it says so.

#include "core/engine/build.h"
#include "engine/scripted_engine.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

using namespace Qt::StringLiterals;
using namespace stagelift;

namespace {

constexpr int kColdTimes = 5;
constexpr int kWarmTimes = 15;

const QByteArray kSix = R"(FROM scratch AS tools
COPY busybox /bin/busybox
RUN ["/bin/busybox", "--install", "-s", "/bin"]

FROM tools AS one
RUN sleep 1.5; head -c 20000000 /dev/urandom > /one

FROM tools AS two
RUN sleep 2; head -c 10000000 /dev/urandom > /two

FROM tools AS three
RUN sleep 1; head -c 5000000 /dev/urandom > /three

FROM tools AS app
COPY --from=one /one /app/one
COPY --from=two /two /app/two
RUN sleep 1; cat /app/one /app/two > /app/both

FROM tools AS final
COPY --from=app /app/both /app
COPY --from=three /three /app3
)";

/// A folder to build in, and the engine that does.
struct Scene {
    Engine engine;
    QString context;
    BuildRequest request;
};

/// Where it can't be measured here.
[[noreturn]] void skip(const char* why)
{
    std::printf("builds/skipped 1 %s\n", why);
    std::exit(0); // NOLINT(concurrency-mt-unsafe): there is but one thread
}

[[noreturn]] void fail(const char* why)
{
    std::fprintf(stderr, "builds_bench: %s\n", why);
    std::exit(1); // NOLINT(concurrency-mt-unsafe): likewise
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        fail("can't write");
}

void run(const Scene& scene, const QStringList& arguments)
{
    QProcess process;
    process.setWorkingDirectory(scene.context);
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(scene.engine.program, arguments);
    if (!process.waitForFinished(-1) || process.exitCode() != 0)
        fail("docker failed");
}

void plainBuild(const Scene& scene)
{
    run(scene, {u"buildx"_s, u"build"_s, u"--load"_s, u"--tag"_s, u"bench-plain"_s, u"."_s});
}

void bareBake(const Scene& scene)
{
    QStringList arguments{u"buildx"_s, u"bake"_s, u"--file"_s, u"bake.json"_s};
    for (const Stage& stage : scene.request.analysis->graph.stages)
        arguments << QString::fromStdString(stage.name);
    run(scene, arguments);
}

/// @returns what bareBake() reads
QByteArray bakeFile(const Analysis& analysis)
{
    QJsonObject targets;
    for (const Stage& stage : analysis.graph.stages) {
        const QString name = QString::fromStdString(stage.name);
        targets.insert(name, QJsonObject{{u"context"_s, u"."_s},
                                         {u"target"_s, name},
                                         {u"output"_s, QJsonArray{u"type=docker"_s}},
                                         {u"tags"_s, QJsonArray{u"bench-bake-"_s + name}}});
    }
    return QJsonDocument(QJsonObject{{u"target"_s, targets}}).toJson();
}

void buildInTurn(const Scene& scene)
{
    for (const Stage& stage : scene.request.analysis->graph.stages) {
        const QString name = QString::fromStdString(stage.name);
        run(scene, {u"buildx"_s, u"build"_s, u"--load"_s, u"--target"_s, name, u"--tag"_s, u"bench-"_s + name, u"."_s});
    }
}

void ourBuild(const Scene& scene)
{
    Build build(scene.request);
    QEventLoop loop;
    BuildResult result;
    QObject::connect(&build, &Build::done, &loop, [&](const BuildResult& done) {
        result = done;
        loop.quit();
    });
    build.start();
    loop.exec();
    if (result.sizes.size() != qsizetype(scene.request.analysis->graph.stages.size()))
        fail("our build failed");
}

double median(std::vector<double> times)
{
    std::ranges::sort(times);
    return times[times.size() / 2];
}

/// A way to build, and how long it took, in seconds.
struct Way {
    int place; // in what is printed
    const char* name;
    void (*build)(const Scene& scene);
    std::vector<double> cold = {};
    std::vector<double> warm = {};
};

double timed(const Scene& scene, const Way& way)
{
    QElapsedTimer clock;
    clock.start();
    way.build(scene);
    return static_cast<double>(clock.nsecsElapsed()) / 1e9;
}

void compare(const Scene& scene)
{
    std::vector<Way> ways{
        {0, "plain", plainBuild}, {1, "bake", bareBake}, {2, "ours", ourBuild}, {3, "in-turn", buildInTurn}};
    const auto rounds = [&ways](int times, const std::function<void(Way&)>& work) {
        for (int i = 0; i < times; ++i) {
            std::ranges::for_each(ways, work);
            std::ranges::rotate(ways, ways.begin() + 1); // nobody always comes after the same
        }
        std::ranges::sort(ways, {}, &Way::place);
    };
    rounds(kColdTimes, [&scene](Way& way) {
        run(scene, {u"builder"_s, u"prune"_s, u"--all"_s, u"--force"_s});
        way.cold.push_back(timed(scene, way));
    });
    rounds(kWarmTimes, [&scene](Way& way) { way.warm.push_back(timed(scene, way)); });
    for (const Way& way : ways) {
        std::printf("builds/%s/cold %.2f s\n", way.name, median(way.cold));
        std::printf("builds/%s/cold-over-plain %.2f times\n", way.name, median(way.cold) / median(ways[0].cold));
        std::printf("builds/%s/warm %.2f s\n", way.name, median(way.warm));
    }
}

Engine dockerWithBuildx()
{
    EngineFinder finder;
    QEventLoop loop;
    Engine found;
    QObject::connect(&finder, &EngineFinder::found, &loop, [&](const QList<Engine>& engines) {
        const auto docker = std::ranges::find_if(
            engines, [](const Engine& engine) { return engine.ready && engine.kind == EngineKind::DockerBuildx; });
        if (docker != engines.end())
            found = *docker;
        loop.quit();
    });
    finder.find();
    loop.exec();
    return found;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    // It forgets all that docker has cached.
    if (!qEnvironmentVariableIsSet("STAGELIFT_OWN_DOCKER"))
        skip("docker-is-not-ours");
    const QTemporaryDir folder;
    Scene scene{.engine = dockerWithBuildx(), .context = folder.path(), .request = {}};
    if (!scene.engine.ready)
        skip("no-docker-with-buildx");
    scene.request.engine = scene.engine;
    scene.request.context = scene.context;
    scene.request.file = folder.filePath(u"Dockerfile"_s);
    scene.request.analysis = analyse(kSix.toStdString());
    if (!QFile::copy(test::busybox(), folder.filePath(u"busybox"_s)))
        skip("no-busybox");
    write(scene.request.file, kSix);
    write(folder.filePath(u"bake.json"_s), bakeFile(*scene.request.analysis));
    compare(scene);
}
