// SPDX-License-Identifier: GPL-3.0-or-later
//
// Real builds with what comes from beside the context: a secret, and a named context.

#include "core/engine/option_support.h"
#include "engine/engine_fixture.h"

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

class BuildInputsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void readsASecretAndHidesIt_data() { engineRows(); }
    void readsASecretAndHidesIt();
    void copiesFromANamedContext_data() { engineRows(); }
    void copiesFromANamedContext();
    void aContextGoesInPlaceOfAStage_data() { engineRows(); }
    void aContextGoesInPlaceOfAStage();
    void hasNoNetworkWhereNoneIsWanted_data() { engineRows(); }
    void hasNoNetworkWhereNoneIsWanted();

private:
    static void engineRows();
    [[nodiscard]] QString why(const QString& id) const;
    [[nodiscard]] Engine engineFor(const QString& id, EngineKind kind) const;
    [[nodiscard]] QString path(const QString& name) const { return m_context.filePath(name); }

    QList<Engine> m_engines;
    QTemporaryDir m_context;
};

namespace {

const QByteArray kTools = "FROM scratch AS tools\nCOPY busybox /bin/busybox\n"
                          "RUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n";

/// All that a person gets to see of a build.
QString allSeen(const Finished& build)
{
    QString seen = build.result.message + build.log;
    for (const BuildStep& step : build.steps)
        seen += step.name + step.error;
    for (const StageSize& size : build.result.sizes)
        for (const LayerSize& layer : size.layers)
            seen += layer.createdBy;
    return seen;
}

} // namespace

#define FETCH_ENGINE()                                                                                                 \
    QFETCH(QString, id);                                                                                               \
    QFETCH(EngineKind, kind);                                                                                          \
    STAGELIFT_NEED(why(id));                                                                                           \
    const Engine engine = engineFor(id, kind)

void BuildInputsTest::engineRows()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<EngineKind>("kind");
    QTest::newRow("docker, buildx") << u"docker"_s << EngineKind::DockerBuildx;
    QTest::newRow("docker, BuildKit inside") << u"docker"_s << EngineKind::DockerBuildKit;
    QTest::newRow("docker, classic") << u"docker"_s << EngineKind::DockerClassic;
    QTest::newRow("podman") << u"podman"_s << EngineKind::Podman;
    QTest::newRow("buildah") << u"buildah"_s << EngineKind::Buildah;
}

QString BuildInputsTest::why(const QString& id) const
{
    return busybox().isEmpty() ? u"busybox is not installed (package busybox-static)"_s : absence(m_engines, id);
}

Engine BuildInputsTest::engineFor(const QString& id, EngineKind kind) const
{
    Engine engine = *std::ranges::find(m_engines, id, &Engine::id);
    engine.kind = kind;
    return engine;
}

void BuildInputsTest::initTestCase()
{
    m_engines = findEngines();
    if (!busybox().isEmpty())
        QVERIFY(QFile::copy(busybox(), path(u"busybox"_s)));
    QVERIFY(QDir().mkpath(path(u"assets"_s)));
    writeFile(path(u"assets/logo"_s), QByteArray(30000, 'l'));
    writeFile(path(u"assets/secret"_s), "correct horse\n");
}

void BuildInputsTest::readsASecretAndHidesIt()
{
    FETCH_ENGINE();
    BuildRequest wish = request(engine, m_context.path(),
                                kTools + "RUN --mount=type=secret,id=pass --mount=type=secret,id=key "
                                         "test \"$(cat /run/secrets/pass)\" = 'correct'' horse' && "
                                         "cat /run/secrets/pass /run/secrets/key && echo read > /done\n");
    wish.extras.secrets = {{u"pass"_s, path(u"assets/secret"_s), {}}, {u"key"_s, {}, u"STAGELIFT_TEST_KEY"_s}};
    wish.noCache = true;
    qputenv("STAGELIFT_TEST_KEY", "battery staple");
    QString typed;
    const Finished build = finish(wish, [&typed](Build& started) { typed = started.commandLine(); });
    qunsetenv("STAGELIFT_TEST_KEY");
    if (const QString lack = lackOf(wish.extras, engine); !lack.isEmpty()) {
        QCOMPARE(build.result.outcome, BuildOutcome::NotStarted);
        QCOMPARE(build.result.message, lack);
        return;
    }
    QVERIFY2(build.result.outcome == BuildOutcome::Succeeded, qPrintable(build.result.message + build.log));
    QVERIFY2(build.log.contains(u"****"), qPrintable(build.log)); // it was printed, and is hidden
    const QString seen = allSeen(build) + typed;
    QVERIFY2(!seen.contains(u"correct horse"), qPrintable(seen));
    QVERIFY2(!seen.contains(u"battery staple"), qPrintable(seen));
    QVERIFY2(typed.contains(u"--secret id=key,env=STAGELIFT_TEST_KEY"_s), qPrintable(typed));
}

void BuildInputsTest::copiesFromANamedContext()
{
    FETCH_ENGINE();
    BuildRequest wish = request(engine, m_context.path(), "FROM scratch\nCOPY --from=assets logo /logo\n");
    wish.extras.contexts = {{u"assets"_s, path(u"assets"_s)}};
    const Finished build = finish(wish);
    if (const QString lack = lackOf(wish.extras, engine); !lack.isEmpty()) {
        QCOMPARE(build.result.message, lack);
        return;
    }
    QVERIFY2(build.result.outcome == BuildOutcome::Succeeded, qPrintable(build.result.message + build.log));
    QVERIFY(build.size(0)->total >= 30000);
}

/// As the diagram has it, which is resolved with the same names. Podman and Buildah build the stage all the same, and
/// then take the context.
void BuildInputsTest::aContextGoesInPlaceOfAStage()
{
    FETCH_ENGINE();
    BuildRequest wish = request(engine, m_context.path(), {});
    CheckOptions options;
    options.build.namedContexts = {"assets"};
    wish.analysis =
        analyse("FROM scratch AS assets\nCOPY busybox /logo\nFROM scratch\nCOPY --from=assets logo /\n", options);
    wish.extras.contexts = {{u"assets"_s, path(u"assets"_s)}};
    const Finished build = finish(wish);
    if (const QString lack = lackOf(wish.extras, engine); !lack.isEmpty())
        return;
    QVERIFY2(build.result.outcome == BuildOutcome::Succeeded, qPrintable(build.result.message + build.log));
    QVERIFY(build.size(1)->total >= 30000);
    QVERIFY2(build.size(1)->total < 40000, qPrintable(QString::number(build.size(1)->total))); // busybox is larger
}

void BuildInputsTest::hasNoNetworkWhereNoneIsWanted()
{
    FETCH_ENGINE();
    BuildRequest wish = request(engine, m_context.path(),
                                kTools + "RUN grep -c : /proc/net/dev > /n && cat /n && "
                                         "echo interfaces: $(cat /n)\n");
    wish.extras.network = BuildNetwork::None;
    wish.noCache = true;
    const Finished build = finish(wish);
    if (const QString lack = lackOf(wish.extras, engine); !lack.isEmpty()) {
        QCOMPARE(build.result.message, lack);
        return;
    }
    QVERIFY2(build.result.outcome == BuildOutcome::Succeeded, qPrintable(build.result.message + build.log));
    QVERIFY2(build.log.contains(u"interfaces: 1"_s), qPrintable(build.log)); // the loopback alone
}

QTEST_GUILESS_MAIN(BuildInputsTest)
#include "build_inputs_test.moc"
