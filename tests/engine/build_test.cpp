// SPDX-License-Identifier: GPL-3.0-or-later
//
// Builds on real engines, measured against what the engines themselves say when asked by this test.

#include "core/engine/critical_path.h"
#include "engine/engine_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

/// A stage that can run things, one that makes something, one without a name, one that nobody needs, one that ships.
const QByteArray kFive = "# five stages\n"
                         "FROM scratch AS tools\n"                                   // 0
                         "COPY busybox /bin/busybox\n"                               // 1
                         "RUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n" // 2
                         "\n"
                         "FROM tools AS build\n"                                // 3
                         "ENV STAGE=build\n"                                    // 4
                         "COPY hello.txt /hello.txt\n"                          // 5
                         "RUN head -c 300000 /dev/zero > /out && echo $STAGE\n" // 6
                         "\n"
                         "FROM tools\n"                         // 7
                         "RUN head -c 50000 /dev/zero > /mid\n" // 8
                         "\n"
                         "FROM tools AS unused\n"                  // 9
                         "RUN head -c 70000 /dev/zero > /unused\n" // 10
                         "\n"
                         "FROM tools AS final\n"             // 11
                         "COPY --from=build /out /app/out\n" // 12
                         "COPY --from=2 /mid /app/mid\n"     // 13
                         "CMD [\"/bin/sh\"]\n";              // 14

/// Bytes of all layers of an image that the test has built with the engine's own command.
qint64 sumOfHistory(const Engine& engine, const QString& image)
{
    qint64 sum = 0;
    if (engine.id == u"docker") {
        for (const QByteArray& line :
             outputOf(engine.program, {u"history"_s, u"--human=false"_s, u"--format"_s, u"{{.Size}}"_s, image})
                 .split('\n'))
            sum += line.toLongLong();
    } else if (engine.id == u"podman") {
        const auto entries = QJsonDocument::fromJson(
            outputOf(engine.program, {u"history"_s, u"--human=false"_s, u"--format"_s, u"json"_s, image}));
        for (const auto& entry : entries.array())
            sum += entry["size"_L1].toInteger();
    } else { // what the layers weigh as files
        const QTemporaryDir folder;
        outputOf(engine.program, {u"push"_s, u"--disable-compression"_s, image, u"dir:"_s + folder.path()});
        QFile manifest(folder.filePath(u"manifest.json"_s));
        if (!manifest.open(QIODevice::ReadOnly))
            return -1;
        for (const auto& layer : QJsonDocument::fromJson(manifest.readAll())["layers"_L1].toArray())
            sum += QFileInfo(folder.filePath(layer["digest"_L1].toString().section(u':', 1))).size();
    }
    return sum;
}

/// Names of images, and working containers, as a person would see them.
QSet<QString> namesLeft(const Engine& engine)
{
    QByteArray names;
    if (engine.id == u"buildah") {
        names = outputOf(engine.program, {u"images"_s, u"--filter"_s, u"dangling=false"_s, u"--format"_s,
                                          u"{{.Name}}:{{.Tag}}"_s, u"--noheading"_s});
        names += outputOf(engine.program, {u"containers"_s, u"--noheading"_s, u"--quiet"_s});
    } else {
        names = outputOf(engine.program, {u"images"_s, u"--format"_s, u"{{.Repository}}:{{.Tag}}"_s});
    }
    QSet<QString> set;
    for (const QByteArray& name : names.split('\n'))
        // Untagged images are the build cache of Podman, Buildah and the classic builder.
        if (!name.isEmpty() && (engine.kind == EngineKind::DockerBuildx || !name.startsWith("<none>")))
            set.insert(QString::fromUtf8(name));
    return set;
}

QByteArray processesWith(const QByteArray& word)
{
    QByteArray found;
    for (const QString& pid : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        QFile file(u"/proc/%1/cmdline"_s.arg(pid));
        if (pid.toLongLong() > 0 && file.open(QIODevice::ReadOnly))
            if (QByteArray line = file.readAll(); line.contains(word))
                found += line.replace('\0', ' ') + '\n';
    }
    return found;
}

} // namespace

class BuildTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void measuresWhatTheTargetNeeds_data() { engineRows(); }
    void measuresWhatTheTargetNeeds();
    void measuresAllStages_data() { engineRows(); }
    void measuresAllStages();
    void buildsSeveralTargets_data() { engineRows(); }
    void buildsSeveralTargets();
    void tellsStepsByStageAndInstruction_data() { engineRows(); }
    void tellsStepsByStageAndInstruction();
    void tellsWhenStepsRan_data() { engineRows(); }
    void tellsWhenStepsRan();
    void comesFromTheCacheNextTime_data() { engineRows(); }
    void comesFromTheCacheNextTime();
    void doesEverythingAnewWhenAsked_data() { engineRows(); }
    void doesEverythingAnewWhenAsked();
    void buildsTheTextAtHand_data() { engineRows(); }
    void buildsTheTextAtHand();
    void passesArgumentsAndHidesSecrets_data() { engineRows(); }
    void passesArgumentsAndHidesSecrets();
    void buildsStagesThatShareAName_data() { engineRows(); }
    void buildsStagesThatShareAName();
    void keepsTheTagsAskedFor_data() { engineRows(); }
    void keepsTheTagsAskedFor();
    void saysWhatFailed_data() { engineRows(); }
    void saysWhatFailed();
    void saysWhichLineIsBroken_data() { engineRows(); }
    void saysWhichLineIsBroken();
    void stopsWithinTwoSeconds_data() { engineRows(); }
    void stopsWithinTwoSeconds();
    void maySimplyBeDeleted_data() { engineRows(); }
    void maySimplyBeDeleted();

private:
    static void engineRows();
    [[nodiscard]] std::optional<Engine> engineFor(const QString& id, EngineKind kind) const;
    [[nodiscard]] QString why(const QString& id) const;

    QList<Engine> m_engines;
    QTemporaryDir m_context;
};

#define FETCH_ENGINE()                                                                                                 \
    QFETCH(QString, id);                                                                                               \
    QFETCH(EngineKind, kind);                                                                                          \
    QFETCH(QString, buildx);                                                                                           \
    STAGELIFT_NEED(why(id));                                                                                           \
    Engine engine = *engineFor(id, kind);                                                                              \
    if (!buildx.isEmpty())                                                                                             \
    engine.buildx = buildx

void BuildTest::engineRows()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<EngineKind>("kind");
    QTest::addColumn<QString>("buildx"); // a version to pretend

    // Docker and the two that share Podman's store don't meet: CTest runs the one beside the other.
    const QString family = qEnvironmentVariable("STAGELIFT_TEST_ENGINES");
    if (family != "podman"_L1) {
        QTest::newRow("docker, buildx") << u"docker"_s << EngineKind::DockerBuildx << QString();
        QTest::newRow("docker, a buildx before rawjson") << u"docker"_s << EngineKind::DockerBuildx << u"0.12.1"_s;
        QTest::newRow("docker, BuildKit inside") << u"docker"_s << EngineKind::DockerBuildKit << QString();
        QTest::newRow("docker, classic") << u"docker"_s << EngineKind::DockerClassic << QString();
    }
    if (family != "docker"_L1) {
        QTest::newRow("podman") << u"podman"_s << EngineKind::Podman << QString();
        QTest::newRow("buildah") << u"buildah"_s << EngineKind::Buildah << QString();
    }
}

void BuildTest::initTestCase()
{
    m_engines = findEngines();
    QVERIFY(m_context.isValid());
    if (!busybox().isEmpty())
        QVERIFY(QFile::copy(busybox(), m_context.filePath(u"busybox"_s)));
    writeFile(m_context.filePath(u"hello.txt"_s), "hello\n");
}

QString BuildTest::why(const QString& id) const
{
    return busybox().isEmpty() ? u"busybox is not installed (package busybox-static)"_s : absence(m_engines, id);
}

std::optional<Engine> BuildTest::engineFor(const QString& id, EngineKind kind) const
{
    for (Engine engine : m_engines) {
        if (engine.id != id)
            continue;
        engine.kind = kind;
        return engine;
    }
    return std::nullopt;
}

void BuildTest::measuresWhatTheTargetNeeds()
{
    FETCH_ENGINE();

    const QSet<QString> before = namesLeft(engine);
    const Finished build = finish(request(engine, m_context.path(), kFive));
    QVERIFY2(build.result.outcome == BuildOutcome::Succeeded, qPrintable(build.result.message + u'\n' + build.log));
    QCOMPARE(build.endings, 1);
    QCOMPARE(build.result.target, 4);
    QCOMPARE(namesLeft(engine), before);

    QList<int> stages;
    for (const StageSize& size : build.result.sizes)
        stages << size.stage;
    QCOMPARE(stages, (QList<int>{0, 1, 2, 4}));

    // The truth, by the engine's own command.
    QHash<int, qint64> truth;
    writeFile(m_context.filePath(u"Truth"_s), kFive);
    const QString dockerfile = m_context.filePath(u"Truth"_s);
    for (const auto& [stage, name] : {std::pair{0, u"tools"_s}, {1, u"build"_s}, {4, u"final"_s}}) {
        const QString tag = u"localhost/truth:%1"_s.arg(name);
        QStringList arguments{u"build"_s, u"-t"_s, tag, u"--target"_s, name, u"-f"_s, dockerfile, m_context.path()};
        if (engine.id != u"docker")
            arguments.insert(1, u"--layers"_s);
        outputOf(engine.program, arguments,
                 {engine.kind == EngineKind::DockerClassic ? u"DOCKER_BUILDKIT=0"_s : u"DOCKER_BUILDKIT=1"_s});
        truth.insert(stage, sumOfHistory(engine, tag));
        outputOf(engine.program, {engine.id == u"podman" ? u"untag"_s : u"rmi"_s, tag});
    }
    QVERIFY(truth.value(0) >= QFileInfo(busybox()).size());
    for (const auto [stage, bytes] : truth.asKeyValueRange())
        QCOMPARE(build.size(stage)->total, bytes);

    for (const StageSize& size : build.result.sizes) {
        const qint64 base = size.stage == 0 ? 0 : truth.value(0);
        QCOMPARE(size.base, base);
        QCOMPARE(size.own, size.total - base);
        QCOMPARE(size.ships, size.stage == 0 || size.stage == 4);
        QVERIFY(size.needed);
    }
    QVERIFY(build.size(2)->own >= 50000 && build.size(2)->own < 60000);
}

void BuildTest::measuresAllStages()
{
    FETCH_ENGINE();

    BuildRequest wish = request(engine, m_context.path(), kFive);
    wish.target = 1;
    wish.allStages = true;
    const Finished build = finish(wish);
    QVERIFY2(build.result.outcome == BuildOutcome::Succeeded, qPrintable(build.result.message + u'\n' + build.log));
    QCOMPARE(build.result.sizes.size(), 5);
    QStringList rows;
    for (const StageSize& size : build.result.sizes)
        rows << u"%1%2%3"_s.arg(size.stage)
                    .arg(size.needed ? u" needed"_s : QString(), size.ships ? u" ships"_s : QString());
    QCOMPARE(rows, (QStringList{u"0 needed ships"_s, u"1 needed ships"_s, u"2"_s, u"3"_s, u"4"_s}));
    QVERIFY(build.size(3)->own >= 70000);

    // Each layer is tied to the instruction that made it, those of the base to the base's.
    const StageSize built = *build.size(1);
    QStringList tied;
    for (const LayerSize& layer : built.layers)
        tied << QString::number(layer.instruction);
    QCOMPARE(tied, (QStringList{u"1"_s, u"2"_s, u"4"_s, u"5"_s, u"6"_s}));
    QVERIFY(built.layers.constLast().bytes >= 300000);
}

void BuildTest::buildsSeveralTargets()
{
    FETCH_ENGINE();

    BuildRequest wish = request(engine, m_context.path(), kFive);
    wish.target = 3;
    wish.moreTargets = {1};
    const Finished build = finish(wish);
    QVERIFY2(build.result.outcome == BuildOutcome::Succeeded, qPrintable(build.result.message + u'\n' + build.log));
    QStringList rows;
    for (const StageSize& size : build.result.sizes)
        rows << u"%1%2%3"_s.arg(size.stage)
                    .arg(size.needed ? u" needed"_s : QString(), size.ships ? u" ships"_s : QString());
    QCOMPARE(rows, (QStringList{u"0 needed ships"_s, u"1 needed ships"_s, u"3 needed ships"_s}));
    QCOMPARE(build.result.target, 3);
    QCOMPARE(build.result.moreTargets, QList{1});
    QCOMPARE(build.log.count(u"By hand: "_s), 1);
    QVERIFY(build.log.section(u'\n', 0, 0).contains(u" && "_s));

    wish.tags = QStringList{u"stagelift-several:1"_s};
    QCOMPARE(finish(wish).result.message,
             u"A tag is the name of one image: build one target, or leave the tags away."_s);
}

void BuildTest::tellsStepsByStageAndInstruction()
{
    FETCH_ENGINE();

    const Finished build = finish(request(engine, m_context.path(), kFive));
    QVERIFY2(build.result.outcome == BuildOutcome::Succeeded, qPrintable(build.result.message));
    QHash<int, BuildStep> byInstruction;
    for (const BuildStep& step : build.steps) {
        QVERIFY2(step.state == StepState::Done || step.state == StepState::Cached, qPrintable(step.name));
        if (step.instruction >= 0)
            byInstruction.insert(step.instruction, step);
    }
    for (const auto& [instruction, stage] : {std::pair{1, 0}, {2, 0}, {5, 1}, {6, 1}, {8, 2}, {12, 4}, {13, 4}}) {
        QVERIFY2(byInstruction.contains(instruction), qPrintable(QString::number(instruction)));
        QCOMPARE(byInstruction.value(instruction).stage, stage);
    }
    QVERIFY(byInstruction.value(8).name.startsWith(u"RUN head -c 50000"));
    QVERIFY(build.log.contains(u"By hand: "));
}

void BuildTest::tellsWhenStepsRan()
{
    FETCH_ENGINE();

    // What no cache holds; two stages that need nothing of each other.
    const QByteArray nonce = QByteArray::number(QRandomGenerator::global()->generate64());
    const Finished build = finish(request(engine, m_context.path(),
                                          "FROM scratch AS tools\n"                                   // 0
                                          "COPY busybox /bin/busybox\n"                               // 1
                                          "RUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n" // 2
                                          "FROM tools AS left\n"                                      // 3
                                          "RUN sleep 2; echo " +
                                              nonce +
                                              " > /left\n"            // 4
                                              "FROM tools AS right\n" // 5
                                              "RUN sleep 2; echo " +
                                              nonce +
                                              " > /right\n"                     // 6
                                              "FROM tools\n"                    // 7
                                              "COPY --from=left /left /\n"      // 8
                                              "COPY --from=right /right /\n")); // 9
    QVERIFY2(build.result.outcome == BuildOutcome::Succeeded, qPrintable(build.result.message + build.log));

    constexpr qint64 kSlack = 100; // ms by which one line of an engine may come later than another
    QHash<int, BuildStep> byInstruction;
    QStringList all;
    for (const BuildStep& step : build.steps) {
        all << u"%1 %2-%3"_s.arg(step.name).arg(step.startedAt).arg(step.endedAt);
        QVERIFY2(step.startedAt >= -1 && step.endedAt >= step.startedAt, qPrintable(all.constLast()));
        QVERIFY2(step.endedAt <= build.result.milliseconds + kSlack, qPrintable(all.constLast()));
        if (step.state == StepState::Cached)
            QCOMPARE(step.endedAt, step.startedAt);
        if (step.instruction >= 0)
            byInstruction.insert(step.instruction, step);
    }
    const QByteArray times = all.join(u'\n').toUtf8();
    const BuildStep left = byInstruction.value(4);
    const BuildStep right = byInstruction.value(6);
    for (const BuildStep& nap : {left, right}) {
        QVERIFY2(nap.startedAt >= 0 && nap.endedAt - nap.startedAt >= 1900, times);
        QVERIFY2(nap.endedAt - nap.startedAt <= build.result.milliseconds, times);
        QStringList waited = nap.waitedFor; // for the stage below, where its FROM is no step in between
        for (const QString& before : nap.waitedFor)
            waited << build.steps.value(before).waitedFor;
        QVERIFY2(waited.contains(byInstruction.value(2).id), times);
    }
    const bool overlap = left.startedAt < right.endedAt && right.startedAt < left.endedAt;
    const bool isBuildKit = engine.kind == EngineKind::DockerBuildx || engine.kind == EngineKind::DockerBuildKit;
    QVERIFY2(overlap == isBuildKit, times);
    const BuildStep copy = byInstruction.value(9);
    QVERIFY2(copy.waitedFor.contains(right.id), times);
    QVERIFY2(engine.kind == EngineKind::Podman || engine.kind == EngineKind::Buildah || // which open it before
                 copy.startedAt >= right.endedAt - kSlack,
             times);

    const CriticalPath path = criticalPath(build.steps.values(), build.result.milliseconds);
    QVERIFY2(path.milliseconds >= 1900 && path.milliseconds <= path.total, times);
    QVERIFY2(path.total <= build.result.milliseconds + kSlack, times);
    const QList<BuildStep> steps = build.steps.values();
    QVERIFY2(std::ranges::any_of(path.steps,
                                 [&](int step) { return steps[step].id == left.id || steps[step].id == right.id; }),
             times);
}

void BuildTest::comesFromTheCacheNextTime()
{
    FETCH_ENGINE();

    const BuildRequest wish = request(engine, m_context.path(), kFive);
    const Finished first = finish(wish);
    const Finished second = finish(wish);
    QVERIFY2(second.result.outcome == BuildOutcome::Succeeded, qPrintable(second.result.message));
    QStringList steps;
    for (const BuildStep& step : second.steps)
        steps << u"stage %1, %2: %3"_s.arg(step.stage).arg(step.name).arg(std::to_underlying(step.state));
    for (const StageSize& size : second.result.sizes) {
        QCOMPARE(size.total, first.size(size.stage)->total);
        // The classic builder says of a COPY --from that it is cached, too; all do.
        QVERIFY2(size.cached, qPrintable(u"%1\n%2"_s.arg(size.stage).arg(steps.join(u'\n'))));
    }
}

void BuildTest::doesEverythingAnewWhenAsked()
{
    FETCH_ENGINE();

    BuildRequest wish = request(engine, m_context.path(),
                                "FROM scratch AS tools\nCOPY busybox /bin/busybox\n"
                                "RUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n"
                                "FROM tools\nRUN head -c 40000 /dev/zero > /new\n");
    QCOMPARE(finish(wish).result.outcome, BuildOutcome::Succeeded);
    wish.noCache = true;
    const Finished build = finish(wish);
    QVERIFY2(build.result.outcome == BuildOutcome::Succeeded, qPrintable(build.result.message + build.log));
    QVERIFY(!build.size(0)->cached);
    QVERIFY(!build.size(1)->cached);
    QVERIFY(build.size(1)->milliseconds > 0);
}

void BuildTest::buildsTheTextAtHand()
{
    FETCH_ENGINE();

    // On disk stands something else, and an ignore file that only counts beside it.
    const QTemporaryDir context;
    writeFile(context.filePath(u"app.Dockerfile"_s), "FROM scratch\nCOPY nothing /\n");
    writeFile(context.filePath(u"app.Dockerfile.dockerignore"_s), "big\n");
    writeFile(context.filePath(u"big"_s), QByteArray(400000, 'b'));
    writeFile(context.filePath(u"small"_s), QByteArray(1000, 's'));
    BuildRequest wish = request(engine, context.path(), "FROM scratch\nCOPY . /all/\n");
    wish.file = context.filePath(u"app.Dockerfile"_s);
    const Finished build = finish(wish);
    QVERIFY2(build.result.outcome == BuildOutcome::Succeeded, qPrintable(build.result.message + build.log));
    QCOMPARE(build.result.sizes.size(), 1);
    QVERIFY(build.size(0)->total >= 1000);
    if (engine.kind != EngineKind::DockerClassic) // which knows .dockerignore only
        QVERIFY2(build.size(0)->total < 400000, qPrintable(QString::number(build.size(0)->total)));
}

void BuildTest::passesArgumentsAndHidesSecrets()
{
    FETCH_ENGINE();

    BuildRequest wish = request(engine, m_context.path(),
                                "FROM scratch\nCOPY busybox /bin/busybox\n"
                                "RUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n"
                                "ARG PLAIN\nARG API_TOKEN\n"
                                "RUN test \"$PLAIN\" = 'a ${b} %{c} \"d\"' && echo \"<$API_TOKEN>\"\n");
    wish.buildArgs = {{u"PLAIN"_s, u"a ${b} %{c} \"d\""_s}, {u"API_TOKEN"_s, u"hunter2hunter2"_s}};
    wish.noCache = true;
    QStringList shown;
    const Finished build = finish(wish, [&shown](Build& started) { shown << started.commandLine(); });
    QVERIFY2(build.result.outcome == BuildOutcome::Succeeded, qPrintable(build.result.message + build.log));
    QVERIFY2(build.log.contains(u"<****>"), qPrintable(build.log));
    QVERIFY(shown.constFirst().contains(u"--build-arg API_TOKEN "));

    shown << build.log;
    for (const BuildStep& step : build.steps)
        shown << step.name;
    const StageSize built = *build.size(0);
    for (const LayerSize& layer : built.layers)
        shown << layer.createdBy;
    for (const QString& text : shown)
        QVERIFY2(!text.contains(u"hunter2"), qPrintable(text));
}

void BuildTest::buildsStagesThatShareAName()
{
    FETCH_ENGINE();

    const Finished build = finish(request(engine, m_context.path(),
                                          "FROM scratch AS a\nCOPY busybox /one\n"
                                          "FROM a AS b\nCOPY hello.txt /two\n"
                                          "FROM scratch AS a\nCOPY --from=b /two /two\n"
                                          "FROM a\nCOPY hello.txt /three\n"));
    QVERIFY2(build.result.outcome == BuildOutcome::Succeeded, qPrintable(build.result.message + build.log));
    QCOMPARE(build.result.sizes.size(), 4);
    QVERIFY(build.size(0)->total >= QFileInfo(busybox()).size());
    QCOMPARE(build.size(1)->base, build.size(0)->total);
    QVERIFY(build.size(2)->total < 10000);
    QCOMPARE(build.size(3)->base, build.size(2)->total);
}

void BuildTest::keepsTheTagsAskedFor()
{
    FETCH_ENGINE();

    BuildRequest wish =
        request(engine, m_context.path(), "FROM scratch AS one\nCOPY hello.txt /\nFROM one\nCOPY hello.txt /b\n");
    wish.tags = {u"localhost/asked:for"_s};
    const Finished build = finish(wish);
    QVERIFY2(build.result.outcome == BuildOutcome::Succeeded, qPrintable(build.result.message + build.log));
    QVERIFY(namesLeft(engine).contains(u"localhost/asked:for"_s));
    QCOMPARE(sumOfHistory(engine, u"localhost/asked:for"_s), build.size(1)->total);
    outputOf(engine.program, {u"rmi"_s, u"localhost/asked:for"_s});
}

void BuildTest::saysWhatFailed()
{
    FETCH_ENGINE();

    const QSet<QString> before = namesLeft(engine);
    const Finished build = finish(request(engine, m_context.path(),
                                          "FROM scratch AS tools\nCOPY busybox /bin/busybox\n"
                                          "RUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n"
                                          "FROM tools\nRUN echo so far && \\\n    exit 3\n"));
    QCOMPARE(build.endings, 1);
    QCOMPARE(build.result.outcome, BuildOutcome::Failed);
    QCOMPARE(build.result.failedInstruction, 4);
    QVERIFY2(build.result.message.startsWith(u"Line 5, RUN echo so far"), qPrintable(build.result.message));
    QVERIFY2(build.result.message.contains(u'3'), qPrintable(build.result.message));
    QVERIFY(build.result.sizes.isEmpty());
    QVERIFY2(build.log.contains(u"so far"), qPrintable(build.log));
    QCOMPARE(namesLeft(engine), before);
    int failed = 0;
    for (const BuildStep& step : build.steps) {
        QVERIFY(step.state != StepState::Running && step.state != StepState::Waiting);
        failed += step.state == StepState::Failed ? 1 : 0;
    }
    QCOMPARE(failed, 1);
}

void BuildTest::saysWhichLineIsBroken()
{
    FETCH_ENGINE();

    const Finished build = finish(request(engine, m_context.path(), "FROM scratch\nCOPY no-such-file /\n"));
    QCOMPARE(build.result.outcome, BuildOutcome::Failed);
    QVERIFY2(build.result.message.contains(u"no-such-file"), qPrintable(build.result.message));
}

void BuildTest::stopsWithinTwoSeconds()
{
    FETCH_ENGINE();

    const QSet<QString> before = namesLeft(engine);
    // A number that no other process has in its arguments.
    const QByteArray nap = QByteArray::number(900000 + QRandomGenerator::global()->bounded(100000));
    QElapsedTimer sinceStop;
    const Finished build = finish(
        request(engine, m_context.path(),
                "FROM scratch\nCOPY busybox /bin/busybox\nRUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n"
                "RUN echo asleep; sleep " +
                    nap + "\n"),
        [&sinceStop](Build& started) {
            QObject::connect(&started, &Build::logged, &started,
                             [&started, &sinceStop](const QString&, const QString& text) {
                                 if (text.contains(u"asleep") && !text.contains(u"echo") && !sinceStop.isValid()) {
                                     sinceStop.start();
                                     started.stop();
                                 }
                             });
        });
    QVERIFY2(sinceStop.isValid(), qPrintable(build.log));
    QVERIFY2(sinceStop.elapsed() < 2050, qPrintable(QString::number(sinceStop.elapsed())));
    QCOMPARE(build.result.outcome, BuildOutcome::Stopped);
    QCOMPARE(build.endings, 1);
    // The daemon is told through a connection that breaks: its processes end a moment later.
    QTRY_COMPARE_WITH_TIMEOUT(processesWith(nap), QByteArray(), 5000);
    QCOMPARE(namesLeft(engine), before);
}

void BuildTest::maySimplyBeDeleted()
{
    FETCH_ENGINE();

    const QByteArray nap = QByteArray::number(800000 + QRandomGenerator::global()->bounded(100000));
    bool asleep = false;
    auto build = std::make_unique<Build>(
        request(engine, m_context.path(),
                "FROM scratch\nCOPY busybox /bin/busybox\nRUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n"
                "RUN echo asleep; sleep " +
                    nap + "\n"));
    connect(build.get(), &Build::logged, this, [&asleep](const QString&, const QString& text) {
        asleep = asleep || (text.contains(u"asleep") && !text.contains(u"echo"));
    });
    build->start();
    QTRY_VERIFY_WITH_TIMEOUT(asleep, 60000);
    build.reset();
    QTRY_COMPARE_WITH_TIMEOUT(processesWith(nap), QByteArray(), 5000);
    if (engine.id == u"buildah") // a killed Buildah leaves its working container
        outputOf(engine.program, {u"rm"_s, u"--all"_s});
}

QTEST_GUILESS_MAIN(BuildTest)
#include "build_test.moc"
