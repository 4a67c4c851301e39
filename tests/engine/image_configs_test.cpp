// SPDX-License-Identifier: GPL-3.0-or-later
//
// What engines say of images that are here: read from recorded answers, and asked of real engines.

#include "core/edits/analysis.h"
#include "core/engine/image_configs.h"
#include "engine/engine_fixture.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

class ImageConfigsTest : public QObject {
    Q_OBJECT

private slots:
    void readsAnswers_data();
    void readsAnswers();
    void asksRealEngines_data();
    void asksRealEngines();
    void knowsNothingWithoutAnEngine();
    void waitsForTheEndOfAName();
    void passesOverACopyOfAnotherPlatform();
};

void ImageConfigsTest::readsAnswers_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("config");

    QTest::newRow("docker") << R"([{"Os":"linux","Architecture":"arm","Variant":"v7",
        "Config":{"Env":["PATH=/bin","EMPTY=","A=b=c"],"Shell":["/bin/bash","-c"]}}])"_ba
                            << u"linux/arm/v7 PATH=/bin EMPTY= A=b=c shell"_s;
    QTest::newRow("podman") << R"([{"Os":"linux","Architecture":"amd64","Config":{"Env":["PATH=/bin"]}}])"_ba
                            << u"linux/amd64 PATH=/bin"_s;
    QTest::newRow("an image that sets nothing")
        << R"([{"Os":"linux","Architecture":"amd64","Config":{"Env":null,"Shell":null}}])"_ba << u"linux/amd64"_s;
    QTest::newRow("buildah") << R"({"OCIv1":{"os":"linux","architecture":"amd64","config":{"Env":["PATH=/bin"]}},
        "Docker":{"config":{"Shell":["/bin/sh"]}}})"_ba
                             << u"linux/amd64 PATH=/bin shell"_s;
    QTest::newRow("nothing") << "[]"_ba << u"unknown"_s;
    QTest::newRow("no answer at all") << "Error: no such image"_ba << u"unknown"_s;
}

static QString shown(const std::optional<ImageConfig>& config)
{
    if (!config)
        return u"unknown"_s;
    QString text = QString::fromStdString(config->platform);
    for (const auto& [name, value] : config->environment)
        text += u' ' + QString::fromStdString(name) + u'=' + QString::fromStdString(value);
    return config->hasShell ? text + u" shell"_s : text;
}

void ImageConfigsTest::readsAnswers()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, config);
    QCOMPARE(shown(imageConfigFrom(json)), config);
}

void ImageConfigsTest::asksRealEngines_data()
{
    QTest::addColumn<QString>("id");
    for (const char* id : {"docker", "podman", "buildah"})
        QTest::newRow(id) << QString::fromLatin1(id);
}

void ImageConfigsTest::asksRealEngines()
{
    QFETCH(QString, id);
    const QList<Engine> engines = findEngines();
    if (const QString why = absence(engines, id); !why.isEmpty()) {
        QVERIFY2(!allRequired(), qPrintable(why));
        QSKIP(qPrintable(why));
    }
    const Engine engine = *std::ranges::find(engines, id, &Engine::id);
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"Dockerfile"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("FROM scratch\nENV SETTING=1\nCOPY Dockerfile /\n");
    file.close();
    const QString image = u"localhost/stagelift-image-configs:test"_s;
    outputOf(engine.program, {u"build"_s, u"-t"_s, image, folder.path()});

    ImageConfigs configs;
    QSignalSpy changes(&configs, &ImageConfigs::changed);
    configs.setEngine(engine);
    const std::string name = image.toStdString();
    configs.want({name, "localhost/stagelift-no-such-image", "no name at all:"});
    QTRY_VERIFY_WITH_TIMEOUT(!configs.isAsking(), 30'000);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(configs.known()->size(), std::size_t(1));

    // What it sets is no longer undefined, and what it does not set is certain to be.
    CheckOptions options;
    options.imageConfig = lookUpIn(configs.known());
    const AnalysisPtr analysis = analyse("FROM " + name + "\nCOPY $SETTING $OTHER\n", options);
    QCOMPARE(analysis->diagnostics.size(), std::size_t(1));
    QCOMPARE(analysis->diagnostics.front().message, "Usage of undefined variable '$OTHER'");
    QVERIFY(!analysis->diagnostics.front().provisional);
    outputOf(engine.program, {u"rmi"_s, image});
}

void ImageConfigsTest::knowsNothingWithoutAnEngine()
{
    ImageConfigs configs;
    QSignalSpy settled(&configs, &ImageConfigs::settled);
    configs.want({"debian"});
    QCOMPARE(settled.size(), 1);
    QVERIFY(configs.known()->empty());
}

void ImageConfigsTest::waitsForTheEndOfAName()
{
    const QTemporaryDir folder;
    const QString asked = folder.filePath(u"asked"_s);
    const Engine engine = scriptedEngine(folder.path(), EngineKind::DockerBuildx,
                                         "echo \"$3\" >> " + asked.toUtf8() + "\nexit 1", u"docker"_s);

    ImageConfigs configs;
    configs.setEngine(engine);
    QSignalSpy settled(&configs, &ImageConfigs::settled);
    for (const char* typed : {"gol", "golan", "golang"})
        configs.wantSoon(this, {typed});
    configs.wantSoon(&configs, {"debian"});
    QVERIFY(settled.wait());
    QTRY_VERIFY(!configs.isAsking());
    QFile list(asked);
    QVERIFY(list.open(QIODevice::ReadOnly));
    QByteArrayList names = list.readAll().trimmed().split('\n');
    std::ranges::sort(names);
    QCOMPARE(names, (QByteArrayList{"debian", "golang"}));
}

void ImageConfigsTest::passesOverACopyOfAnotherPlatform()
{
    KnownImages images;
    images["a"] = {.platform = "linux/arm64", .environment = {{"SET", "1"}}, .hasShell = false, .isLocalCopy = true};
    CheckOptions options;
    options.imageConfig = lookUpIn(std::make_shared<const KnownImages>(images));
    const AnalysisPtr other = analyse("FROM a\nCOPY $SET /\n", options);
    QCOMPARE(other->diagnostics.size(), std::size_t(1));
    QVERIFY(other->diagnostics.front().provisional);
    options.build.platform = "linux/arm64";
    QVERIFY(analyse("FROM a\nCOPY $SET /\n", options)->diagnostics.empty());
}

QTEST_GUILESS_MAIN(ImageConfigsTest)
#include "image_configs_test.moc"
