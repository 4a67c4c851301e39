// SPDX-License-Identifier: GPL-3.0-or-later
//
// What each option adds to what is run and to what is shown, engine by engine.

#include "core/engine/build_workspace.h"
#include "core/engine/option_support.h"
#include "engine/engine_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

/// One that the target is made of, and the target.
const QByteArray kTwo = "FROM scratch AS base\nCOPY a /\nFROM scratch\nCOPY --from=base b /\n";

BuildExtras made(void (*set)(BuildExtras&))
{
    BuildExtras extras;
    set(extras);
    return extras;
}

const QHash<QString, BuildExtras>& options()
{
    static const QHash<QString, BuildExtras> all{
        {u"pull"_s, made([](BuildExtras& to) { to.pull = true; })},
        {u"no network"_s, made([](BuildExtras& to) { to.network = BuildNetwork::None; })},
        {u"host network"_s, made([](BuildExtras& to) { to.network = BuildNetwork::Host; })},
        {u"contexts"_s, made([](BuildExtras& to) {
             to.contexts = {{u"assets"_s, u"/src/${x}"_s}, {u"alpine"_s, u"docker-image://a:1"_s}};
         })},
        {u"secrets"_s,
         made([](BuildExtras& to) { to.secrets = {{u"npm"_s, u"/home/a,b"_s, {}}, {u"key"_s, {}, u"API_KEY"_s}}; })},
        {u"ssh"_s, made([](BuildExtras& to) { to.ssh = {{u"default"_s, {}}, {u"git"_s, u"/id"_s}}; })},
        {u"cache from"_s, made([](BuildExtras& to) { to.cacheFrom = QStringList{u"r/a"_s, u"r/b"_s}; })},
        {u"cache to"_s, made([](BuildExtras& to) { to.cacheTo = QStringList{u"r/c"_s}; })},
    };
    return all;
}

const QList<std::pair<QString, EngineKind>>& kinds()
{
    static const QList<std::pair<QString, EngineKind>> all{{u"buildx"_s, EngineKind::DockerBuildx},
                                                           {u"buildkit"_s, EngineKind::DockerBuildKit},
                                                           {u"classic"_s, EngineKind::DockerClassic},
                                                           {u"podman"_s, EngineKind::Podman},
                                                           {u"buildah"_s, EngineKind::Buildah}};
    return all;
}

/// The words that `with` has more than `without`, in their order.
QString added(const QStringList& without, const QStringList& with)
{
    QStringList left = without;
    QStringList words;
    for (const QString& word : with)
        if (!left.removeOne(word))
            words << word;
    return words.join(u' ');
}

/// "base pull=true": each target of a bake and its keys, as JSON.
QStringList bakeWords(const Command& command)
{
    QStringList words;
    const QJsonObject targets = QJsonDocument::fromJson(command.input)["target"_L1].toObject();
    for (auto target = targets.begin(); target != targets.end(); ++target) {
        const QJsonObject keys = target->toObject();
        for (auto key = keys.begin(); key != keys.end(); ++key) {
            const QByteArray value = QJsonDocument(QJsonArray{key.value()}).toJson(QJsonDocument::Compact);
            words << u"%1.%2=%3"_s.arg(target.key(), key.key(), QString::fromUtf8(value.sliced(1).chopped(1)));
        }
    }
    return words;
}

QStringList wordsOf(const BuildRun& run)
{
    return run.command.arguments + bakeWords(run.command);
}

} // namespace

class BuildPlanTest : public QObject {
    Q_OBJECT

private slots:
    void whatAnOptionAdds_data();
    void whatAnOptionAdds();
    void exportsTheTopsOfChains_data();
    void exportsTheTopsOfChains();
    void severalTargetsAreOneBuild_data();
    void severalTargetsAreOneBuild();
    void oldBakesKnowNoNetwork();
    void theCacheIsWrittenOnce();
    void whatAnEngineLacks_data();
    void whatAnEngineLacks();
    void leavesNoPairOut();
    void whenAStageIsLoaded_data();
    void whenAStageIsLoaded();

private:
    [[nodiscard]] static BuildRequest wish(EngineKind kind);
};

BuildRequest BuildPlanTest::wish(EngineKind kind)
{
    Engine engine;
    engine.kind = kind;
    engine.id = u"engine"_s;
    engine.program = u"/usr/bin/engine"_s;
    engine.buildx = u"0.30.0"_s;
    engine.ready = true;
    BuildRequest asked = request(engine, u"/src"_s, kTwo);
    asked.file = u"/src/Dockerfile"_s;
    return asked;
}

void BuildPlanTest::whatAnOptionAdds_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("engine");
    QTest::addColumn<QString>("target"); // in the run that builds the target
    QTest::addColumn<QString>("base");   // in the one that names the stage below, from the cache by then
    QTest::addColumn<QString>("typed");

    const auto row = [](const char* option, const char* engines, const QString& target, const QString& base,
                        const QString& typed) {
        for (const QString& engine : QString::fromLatin1(engines).split(u' '))
            QTest::addRow("%s, %s", option, qPrintable(engine))
                << QString::fromLatin1(option) << engine << target << base << typed;
    };
    const QString contexts = u"--build-context assets=/src/${x} --build-context alpine=docker-image://a:1"_s;
    const QString secrets = u"--secret id=npm,\"src=/home/a,b\" --secret id=key,env=API_KEY"_s;

    row("pull", "buildx", u"stage1.pull=true"_s, u"stage0.pull=true"_s, u"--pull"_s);
    row("pull", "buildkit", u"--pull"_s, u"--pull"_s, u"--pull"_s);
    row("pull", "classic", u"--pull"_s, QString(), u"--pull"_s);
    row("pull", "podman buildah", u"--pull=always"_s, QString(), u"--pull=always"_s);
    row("no network", "buildx", u"stage1.network=\"none\""_s, u"stage0.network=\"none\""_s, u"--network none"_s);
    row("no network", "buildkit classic podman buildah", u"--network none"_s, u"--network none"_s, u"--network none"_s);
    row("host network", "buildx", u"stage1.network=\"host\""_s, u"--allow=network.host stage0.network=\"host\""_s,
        u"--network host"_s);
    row("host network", "buildkit classic podman buildah", u"--network host"_s, u"--network host"_s,
        u"--network host"_s);
    const QString bakeContexts = u".contexts={\"alpine\":\"docker-image://a:1\",\"assets\":\"/src/$${x}\"}"_s;
    row("contexts", "buildx", u"stage1"_s + bakeContexts, u"stage0"_s + bakeContexts, contexts);
    row("contexts", "podman buildah", contexts, contexts, contexts);
    const QString bakeSecrets = u".secret=[\"id=npm,\\\"src=/home/a,b\\\"\",\"id=key,env=API_KEY\"]"_s;
    row("secrets", "buildx", u"stage1"_s + bakeSecrets, u"stage0"_s + bakeSecrets, secrets);
    row("secrets", "buildkit podman buildah", secrets, secrets, secrets);
    row("ssh", "buildx", u"stage1.ssh=[\"default\",\"git=/id\"]"_s, u"stage0.ssh=[\"default\",\"git=/id\"]"_s,
        u"--ssh default --ssh git=/id"_s);
    row("ssh", "buildkit podman buildah", u"--ssh default --ssh git=/id"_s, u"--ssh default --ssh git=/id"_s,
        u"--ssh default --ssh git=/id"_s);
    const QString caches = u"--cache-from r/a --cache-from r/b"_s;
    row("cache from", "buildx", u"stage1.cache-from=[\"r/a\",\"r/b\"]"_s, u"stage0.cache-from=[\"r/a\",\"r/b\"]"_s,
        caches);
    row("cache from", "buildkit", caches, caches, caches);
    row("cache from", "classic podman buildah", caches, QString(), caches);
    row("cache to", "buildx", u"stage1.cache-to=[\"r/c\"]"_s, QString(), u"--cache-to r/c"_s);
    row("cache to", "podman buildah", u"--cache-to r/c"_s, QString(), u"--cache-to r/c"_s);
}

void BuildPlanTest::whatAnOptionAdds()
{
    QFETCH(QString, option);
    QFETCH(QString, engine);
    QFETCH(QString, target);
    QFETCH(QString, base);
    QFETCH(QString, typed);

    const auto kind = std::ranges::find(kinds(), engine, &std::pair<QString, EngineKind>::first)->second;
    const BuildRequest plain = wish(kind);
    BuildRequest asked = plain;
    asked.extras = options().value(option);
    QVERIFY(asked.extras != BuildExtras{});
    qputenv("BUILDAH_ISOLATION", "oci"); // a chroot has no network of its own
    QCOMPARE(lackOf(asked.extras, asked.engine), QString());

    Workspace workspace;
    QCOMPARE(workspace.prepare(plain), QString());
    const BuildStrategy& strategy = buildStrategy(kind);
    const QList<BuildRun> without = strategy.plan(workspace.task(plain)).runs;
    const QList<BuildRun> with = strategy.plan(workspace.task(asked)).runs;
    QStringList more;
    for (qsizetype run = 0; run < with.size(); ++run)
        more << added(wordsOf(without[run]), wordsOf(with[run]));
    if (kind == EngineKind::DockerBuildx) // one run for both, in the order of the names
        QCOMPARE(more, (QStringList{(base + u' ' + target).trimmed()}));
    else
        QCOMPARE(more, (QStringList{target, base}));
    QCOMPARE(added(strategy.typed(plain, {}).arguments, strategy.typed(asked, {}).arguments), typed);
}

void BuildPlanTest::exportsTheTopsOfChains_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QList<int>>("targets");
    QTest::addColumn<QList<int>>("exported");

    const std::string chain = "FROM a AS one\nFROM one AS two\nFROM two AS three\n";
    QTest::newRow("a chain") << chain << QList{2} << QList{2};
    QTest::newRow("no longer than it is needed") << chain << QList{1} << QList{1};
    QTest::newRow("each target") << chain << QList{2, 0} << QList{0, 2};
    QTest::newRow("each branch") << std::string("FROM a AS x\nFROM x AS y\nFROM x\nCOPY --from=y /y /\n") << QList{2}
                                 << QList{1, 2};
    QTest::newRow("a branch that is not built")
        << std::string("FROM a AS x\nFROM x AS y\nFROM x\n") << QList{2} << QList{2};
    QTest::newRow("copied from only") << std::string("FROM a AS x\nFROM b\nCOPY --from=x /x /\n") << QList{1}
                                      << QList{0, 1};
    QTest::newRow("who leaves triggers") << std::string("FROM a AS x\nFROM x AS y\nONBUILD RUN t\nFROM y\n") << QList{2}
                                         << QList{1, 2};
}

void BuildPlanTest::exportsTheTopsOfChains()
{
    QFETCH(std::string, text);
    QFETCH(QList<int>, targets);
    QFETCH(QList<int>, exported);

    BuildRequest asked = wish(EngineKind::DockerBuildx);
    asked.analysis = analyse(text);
    asked.target = targets.takeFirst();
    asked.moreTargets = targets;
    Workspace workspace;
    QCOMPARE(workspace.prepare(asked), QString());
    const BuildTask task = workspace.task(asked);
    QCOMPARE(task.exported, exported);
    QStringList images;
    for (const int stage : exported)
        images << task.tag + u':' + QString::number(stage);
    QCOMPARE(QSet<QString>(images.begin(), images.end()), [](const QStringList& tags) {
        return QSet<QString>(tags.begin(), tags.end());
    }(buildStrategy(EngineKind::DockerBuildx).plan(task).privateTags));

    // It may have taken the place of a stage.
    asked.extras.contexts = {{u"one"_s, u"docker-image://a"_s}};
    QCOMPARE(workspace.task(asked).exported, workspace.measured());
}

/// Before buildx 0.17 bake knows no networks: there the stages are built one by one.
void BuildPlanTest::severalTargetsAreOneBuild_data()
{
    QTest::addColumn<EngineKind>("kind");
    QTest::addColumn<QStringList>("targets"); // of each run; a bake has several
    QTest::addColumn<QString>("typed");

    QTest::newRow("buildx") << EngineKind::DockerBuildx << QStringList{u"stage1 stage3"_s}
                            << u"engine buildx build --file /src/Dockerfile --target a /src && "
                               "engine buildx build --file /src/Dockerfile /src"_s;
    QTest::newRow("podman") << EngineKind::Podman << QStringList{u""_s, u"a"_s, u"base"_s}
                            << u"engine build --layers --file /src/Dockerfile --target a /src && "
                               "engine build --layers --file /src/Dockerfile /src"_s;
}

/// Two targets on one base; a fourth stage that neither needs.
void BuildPlanTest::severalTargetsAreOneBuild()
{
    QFETCH(EngineKind, kind);
    QFETCH(QStringList, targets);
    QFETCH(QString, typed);
    BuildRequest asked = wish(kind);
    asked.analysis = analyse("FROM scratch AS base\nFROM base AS a\nFROM base AS unused\nFROM base AS b\n");
    asked.target = 3;
    asked.moreTargets = {1, 3, 1};
    QCOMPARE(targetsOf(asked), (QList{1, 3}));
    QCOMPARE(targetLabel(asked.analysis->graph, targetsOf(asked)), u"a, b"_s);
    QCOMPARE(typedCommandLine(asked), typed);

    Workspace workspace;
    QCOMPARE(workspace.prepare(asked), QString());
    QCOMPARE(workspace.measured(), (QList{0, 1, 3}));
    QStringList found;
    for (const BuildRun& run : buildStrategy(kind).plan(workspace.task(asked)).runs) {
        const qsizetype at = run.command.arguments.indexOf(u"--target"_s);
        const QJsonObject bake = QJsonDocument::fromJson(run.command.input)["target"_L1].toObject();
        found << (bake.isEmpty() ? (at < 0 ? QString() : run.command.arguments.at(at + 1)) : bake.keys().join(u' '));
    }
    QCOMPARE(found, targets);

    QCOMPARE(refusalOfTargets(asked), QString());
    asked.tags = QStringList{u"web:1"_s};
    QCOMPARE(refusalOfTargets(asked), u"A tag is the name of one image: build one target, or leave the tags away."_s);
    asked.moreTargets.clear();
    QCOMPARE(refusalOfTargets(asked), QString());
}

void BuildPlanTest::oldBakesKnowNoNetwork()
{
    for (const auto& [version, how] : {std::pair{u"0.16.2"_s, u"build build"_s}, {u"0.17.0"_s, u"bake"_s}}) {
        BuildRequest asked = wish(EngineKind::DockerBuildx);
        asked.engine.buildx = version;
        asked.extras.network = BuildNetwork::Host;
        Workspace workspace;
        QCOMPARE(workspace.prepare(asked), QString());
        const QList<BuildRun> runs = buildStrategy(asked.engine.kind).plan(workspace.task(asked)).runs;
        QStringList seen;
        for (const BuildRun& run : runs)
            seen << run.command.arguments.at(1);
        QCOMPARE(seen.join(u' '), how);
        QCOMPARE(wordsOf(runs[0]).contains(u"--allow=network.host"_s), how == "bake"_L1);
        QCOMPARE(wordsOf(runs[0]).contains(u"--load"_s), how != "bake"_L1);
        QCOMPARE(wordsOf(runs[0]).join(u' ').count(u"host"_s), how == "bake"_L1 ? 3 : 1);
    }
}

void BuildPlanTest::theCacheIsWrittenOnce()
{
    for (const auto& [name, kind] : kinds()) {
        BuildRequest asked = wish(kind);
        asked.extras.cacheTo = QStringList{u"r/c"_s};
        asked.noCache = true; // with buildx a run of its own
        if (!lackOf(asked.extras, asked.engine).isEmpty())
            continue;
        Workspace workspace;
        QCOMPARE(workspace.prepare(asked), QString());
        qsizetype times = 0;
        for (const BuildRun& run : buildStrategy(kind).plan(workspace.task(asked)).runs)
            times += wordsOf(run).filter(u"r/c"_s).size();
        QVERIFY2(times == 1, qPrintable(name));
    }
}

void BuildPlanTest::whatAnEngineLacks_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("engine");
    QTest::addColumn<QString>("sentence");

    const QString end = u": build without, or with docker's buildx."_s;
    const QString classic = u"The classic builder of docker 1 knows no "_s;
    const QString buildKit = u"docker 1 without buildx knows no "_s;
    const auto row = [&](const char* option, const char* engine, const QString& sentence) {
        QTest::addRow("%s, %s", option, engine) << QString::fromLatin1(option) << QString::fromLatin1(engine)
                                                << (sentence.isEmpty() ? QString() : sentence + end);
    };
    row("contexts", "classic", classic + u"named contexts (--build-context)"_s);
    row("contexts", "buildkit", buildKit + u"named contexts (--build-context)"_s);
    row("secrets", "classic", classic + u"secrets (--secret)"_s);
    row("ssh", "classic", classic + u"SSH forwarding (--ssh)"_s);
    row("cache to", "classic", classic + u"cache to write to (--cache-to)"_s);
    row("cache to", "buildkit", buildKit + u"cache to write to (--cache-to)"_s);
    row("cache from a folder", "classic", classic + u"cache but an image (--cache-from)"_s);
    row("cache from a folder", "buildkit", buildKit + u"cache but an image (--cache-from)"_s);
    row("cache from a folder", "podman", u"podman 1 knows no cache but an image (--cache-from)"_s);
    row("cache from a folder", "buildah", u"buildah 1 knows no cache but an image (--cache-from)"_s);
    row("cache from a folder", "buildx", {});
    const QString chroot =
        u" isolates its steps with chroot here, which leaves them this machine's network (--network none)."_s;
    for (const char* engine : {"podman", "buildah"})
        QTest::addRow("no network in a chroot, %s", engine)
            << u"no network"_s << QString::fromLatin1(engine) << QString::fromLatin1(engine) + u" 1"_s + chroot;
    row("cache to a folder", "podman", u"podman 1 knows no cache but an image (--cache-to)"_s);
    row("cache to a folder", "buildx", {});
}

void BuildPlanTest::whatAnEngineLacks()
{
    QFETCH(QString, option);
    QFETCH(QString, engine);
    QFETCH(QString, sentence);

    BuildExtras extras = options().value(option);
    if (option == "cache from a folder"_L1)
        extras.cacheFrom = QStringList{u"type=local,src=/c"_s};
    if (option == "cache to a folder"_L1)
        extras.cacheTo = QStringList{u"type=local,dest=/c"_s};
    QVERIFY(extras != BuildExtras{});
    BuildRequest asked = wish(std::ranges::find(kinds(), engine, &std::pair<QString, EngineKind>::first)->second);
    asked.engine.id = engine == "podman"_L1 || engine == "buildah"_L1 ? engine : u"docker"_s;
    asked.engine.version = u"1"_s;
    asked.extras = extras;
    qputenv("BUILDAH_ISOLATION", "chroot");
    QCOMPARE(lackOf(extras, asked.engine), sentence);
    if (!sentence.isEmpty()) { // and nothing is tried
        asked.context = u"/"_s;
        const Finished build = finish(asked);
        QCOMPARE(build.result.outcome, BuildOutcome::NotStarted);
        QCOMPARE(build.result.message, sentence);
    }
}

void BuildPlanTest::leavesNoPairOut()
{
    qputenv("BUILDAH_ISOLATION", "oci");
    int pairs = 0;
    for (const auto& [name, kind] : kinds()) {
        for (const auto [option, extras] : options().asKeyValueRange()) {
            BuildRequest asked = wish(kind);
            asked.extras = extras;
            const bool lacks = !lackOf(extras, asked.engine).isEmpty();
            pairs += lacks ? 0 : 1;
        }
    }
    QCOMPARE(pairs, 34); // as many as whatAnOptionAdds has rows: 5 engines, 8 options, and 6 that are lacking
}

void BuildPlanTest::whenAStageIsLoaded_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<QList<int>>("stages");
    QTest::addColumn<bool>("inBake");
    QTest::addColumn<int>("loaded");

    const QList<int> three{0, 1, 3};
    QTest::newRow("by the engine") << u"[stage3] exporting to image"_s << three << true << 3;
    QTest::newRow("by a builder") << u"[stage1] importing to docker"_s << three << true << 1;
    QTest::newRow("not yet") << u"[stage1] exporting to docker image format"_s << three << true << -1;
    QTest::newRow("another stage") << u"[stage2] exporting to image"_s << three << true << -1;
    QTest::newRow("no stage") << u"[default] exporting to image"_s << three << true << -1;
    QTest::newRow("an instruction") << u"[stage1 one 1/1] RUN exporting to image"_s << three << true << -1;
    QTest::newRow("the only one") << u"exporting to image"_s << QList<int>{2} << false << 2;
    QTest::newRow("one of several runs") << u"exporting to image"_s << three << false << -1;
}

void BuildPlanTest::whenAStageIsLoaded()
{
    QFETCH(QString, step);
    QFETCH(QList<int>, stages);
    QFETCH(bool, inBake);

    BuildPlan plan;
    for (const int stage : stages)
        plan.images.insert(stage, u"name"_s);
    QTEST(stageLoaded(step, plan, inBake), "loaded");
}

QTEST_GUILESS_MAIN(BuildPlanTest)
#include "build_plan_test.moc"
