// SPDX-License-Identifier: GPL-3.0-or-later
//
// What it costs to know the size of every stage: a file of six stages with parallel work, built for real by docker with
// buildx, cold (nothing cached) and warm (all of it). Beside our own build, from click to last size: a plain `docker
// build` of the last stage, and six of them in turn. Run below tests/with-engines; without docker it says so.

#include "core/engine/build.h"
#include "engine/scripted_engine.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
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

/// @returns seconds, the median of `times`; ahead of each, outside of what is timed, comes `prepare`
double timed(int times, const std::function<void()>& prepare, const std::function<void()>& work)
{
    std::vector<double> seconds;
    for (int i = 0; i < times; ++i) {
        prepare();
        QElapsedTimer clock;
        clock.start();
        work();
        seconds.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e9);
    }
    return median(seconds);
}

void compare(const Scene& scene)
{
    struct Way {
        const char* name;
        void (*build)(const Scene& scene);
    };
    constexpr Way kWays[]{{"plain", plainBuild}, {"ours", ourBuild}, {"in-turn", buildInTurn}};
    const auto forgetAll = [&] { run(scene, {u"builder"_s, u"prune"_s, u"--all"_s, u"--force"_s}); };
    double plainCold = 0;
    for (const Way& way : kWays) {
        const auto build = [&] { way.build(scene); };
        const double cold = timed(kColdTimes, forgetAll, build);
        const double warm = timed(kWarmTimes, [] {}, build);
        if (plainCold == 0)
            plainCold = cold;
        std::printf("builds/%s/cold %.2f s\n", way.name, cold);
        std::printf("builds/%s/cold-over-plain %.2f times\n", way.name, cold / plainCold);
        std::printf("builds/%s/warm %.2f s\n", way.name, warm);
        std::fflush(stdout);
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
    QFile dockerfile(folder.filePath(u"Dockerfile"_s));
    if (!QFile::copy(test::busybox(), folder.filePath(u"busybox"_s)) || !dockerfile.open(QIODevice::WriteOnly) ||
        dockerfile.write(kSix) != kSix.size())
        skip("no-busybox");
    dockerfile.close();
    scene.request.engine = scene.engine;
    scene.request.context = scene.context;
    scene.request.file = dockerfile.fileName();
    scene.request.analysis = analyse(kSix.toStdString());
    compare(scene);
}
