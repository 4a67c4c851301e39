// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/confinement.h"
#include "core/engine/measure.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;

namespace {

/// "400 COPY a|0 ENV x" from the base up.
Layers layersFrom(const QString& text)
{
    Layers layers;
    for (const QString& entry : text.split(u'|', Qt::SkipEmptyParts))
        layers.append({.createdBy = entry.section(u' ', 1), .bytes = entry.section(u' ', 0, 0).toLongLong()});
    return layers;
}

QString described(const StageSize& size)
{
    QStringList tied;
    for (const LayerSize& layer : size.layers)
        tied << QString::number(layer.instruction);
    return u"%1: %2 = %3 + %4%5 [%6]"_s.arg(size.stage)
        .arg(size.total)
        .arg(size.base)
        .arg(size.own)
        .arg(size.ships ? u" ships"_s : QString(), tied.join(u' '));
}

} // namespace

class MeasureTest : public QObject {
    Q_OBJECT

private slots:
    void dividesTotalsIntoBaseAndOwn_data();
    void dividesTotalsIntoBaseAndOwn();
    void countsStagesBelowOff_data();
    void countsStagesBelowOff();
    void readsHistories_data();
    void readsHistories();
    void namesSizes_data();
    void namesSizes();
    void asksForLessWhereLessIsThere_data();
    void asksForLessWhereLessIsThere();
};

void MeasureTest::dividesTotalsIntoBaseAndOwn_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("layers"); // by stage
    QTest::addColumn<QStringList>("sizes");

    QTest::newRow("from scratch") << QByteArray("FROM scratch\nCOPY a /\nENV x=y\n") << QStringList{u"400 COPY|0 ENV"_s}
                                  << QStringList{u"0: 400 = 0 + 400 ships [1 2]"_s};
    QTest::newRow("on an image") << QByteArray("FROM alpine\nRUN a\nCMD b\n")
                                 << QStringList{u"7000 ADD rootfs|0 CMD sh|300 RUN a|0 CMD b"_s}
                                 << QStringList{u"0: 7300 = 7000 + 300 ships [-1 -1 1 2]"_s};
    QTest::newRow("nothing but an image") << QByteArray("FROM alpine\n") << QStringList{u"7000 ADD rootfs|0 CMD"_s}
                                          << QStringList{u"0: 7000 = 7000 + 0 ships [-1 -1]"_s};
    QTest::newRow("on a stage, which is left behind or ships")
        << QByteArray("FROM alpine AS a\nRUN a\nFROM a AS b\nRUN b\nFROM a\nCOPY --from=b /x /x\n")
        << QStringList{u"70 ADD|3 RUN"_s, u"70 ADD|3 RUN|5 RUN"_s, u"70 ADD|3 RUN|1 COPY"_s}
        << QStringList{u"0: 73 = 70 + 3 ships [-1 1]"_s, u"1: 78 = 73 + 5 [-1 1 3]"_s,
                       u"2: 74 = 73 + 1 ships [-1 1 5]"_s};
    QTest::newRow("ONBUILD, of which BuildKit keeps no history")
        << QByteArray("FROM alpine\nRUN a\nONBUILD RUN b\nUSER c\n") << QStringList{u"70 ADD|3 RUN|0 USER"_s}
        << QStringList{u"0: 73 = 70 + 3 ships [-1 1 3]"_s};
    QTest::newRow("ONBUILD, of which Podman does")
        << QByteArray("FROM alpine\nRUN a\nONBUILD RUN b\nUSER c\n")
        << QStringList{u"70 ADD|3 RUN|0 /bin/sh -c #(nop) ONBUILD RUN b|0 USER"_s}
        << QStringList{u"0: 73 = 70 + 3 ships [-1 1 2 3]"_s};
    QTest::newRow("less history than instructions")
        << QByteArray("FROM alpine\nRUN a\nRUN b\n") << QStringList{u"9 all"_s}
        << QStringList{u"0: 9 = 0 + 9 ships [2]"_s};
    QTest::newRow("no history at all") << QByteArray("FROM scratch\nONBUILD RUN a\n") << QStringList{QString()}
                                       << QStringList{u"0: 0 = 0 + 0 ships []"_s};
}

void MeasureTest::dividesTotalsIntoBaseAndOwn()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, layers);
    QFETCH(QStringList, sizes);

    const AnalysisPtr analysis = analyse(text.toStdString());
    QHash<int, MeasuredStage> measured;
    for (qsizetype i = 0; i < layers.size(); ++i)
        measured.insert(static_cast<int>(i), {u"image"_s, layersFrom(layers.at(i))});
    const StepBook steps(analysis, QStringList(layers.size()));
    QStringList seen;
    for (const StageSize& size : stageSizes(*analysis, measured, {analysis->graph.defaultTarget()}, steps, Redactor()))
        seen << described(size);
    QCOMPARE(seen, sizes);
}

void MeasureTest::countsStagesBelowOff_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QList<int>>("known");
    QTest::addColumn<QStringList>("layers"); // of those
    QTest::addColumn<QStringList>("sizes");

    QTest::newRow("a chain") << QByteArray("FROM alpine AS a\nRUN a\nFROM a AS b\nENV c=d\nRUN b\nFROM b\nRUN c\n")
                             << QList{2} << QStringList{u"70 ADD|0 CMD|3 RUN|0 ENV|5 RUN|1 RUN"_s}
                             << QStringList{u"0: 73 = 70 + 3 ships [-1 -1 1]"_s,
                                            u"1: 78 = 73 + 5 ships [-1 -1 1 3 4]"_s,
                                            u"2: 79 = 78 + 1 ships [-1 -1 1 3 4 6]"_s};
    QTest::newRow("two on one") << QByteArray(
                                       "FROM scratch AS a\nCOPY a /\nFROM a AS b\nRUN b\nFROM a\nCOPY --from=b /x /\n")
                                << QList{1, 2} << QStringList{u"4 COPY|5 RUN"_s, u"4 COPY|6 COPY"_s}
                                << QStringList{u"0: 4 = 0 + 4 ships [1]"_s, u"1: 9 = 4 + 5 [1 3]"_s,
                                               u"2: 10 = 4 + 6 ships [1 5]"_s};
    QTest::newRow("of no instruction") << QByteArray("FROM alpine AS a\nFROM a AS b\nFROM b\n") << QList{2}
                                       << QStringList{u"70 ADD|0 CMD"_s}
                                       << QStringList{u"0: 70 = 70 + 0 ships [-1 -1]"_s,
                                                      u"1: 70 = 70 + 0 ships [-1 -1]"_s,
                                                      u"2: 70 = 70 + 0 ships [-1 -1]"_s};
    QTest::newRow("below one that is known")
        << QByteArray("FROM alpine AS a\nRUN a\nFROM a AS b\nONBUILD RUN t\nFROM b\nRUN c\n") << QList{1, 2}
        << QStringList{u"70 ADD|3 RUN"_s, u"70 ADD|3 RUN|8 RUN|1 RUN"_s}
        << QStringList{u"0: 73 = 70 + 3 ships [-1 1]"_s, u"1: 73 = 73 + 0 ships [-1 1]"_s,
                       u"2: 82 = 73 + 9 ships [-1 1 -1 5]"_s};
    QTest::newRow("less history than instructions")
        << QByteArray("FROM alpine AS a\nRUN a\nFROM a\nRUN b\nRUN c\n") << QList{1} << QStringList{u"9 all"_s}
        << QStringList{u"0: 0 = 0 + 0 ships []"_s, u"1: 9 = 0 + 9 ships [4]"_s};
}

void MeasureTest::countsStagesBelowOff()
{
    QFETCH(QByteArray, text);
    QFETCH(QList<int>, known);
    QFETCH(QStringList, layers);
    QFETCH(QStringList, sizes);

    const AnalysisPtr analysis = analyse(text.toStdString());
    QHash<int, MeasuredStage> measured;
    for (qsizetype i = 0; i < known.size(); ++i)
        measured.insert(known.at(i), {u"image"_s, layersFrom(layers.at(i))});
    measureBelow(*analysis, measured);
    const StepBook steps(analysis, QStringList(measured.size()));
    QStringList seen;
    for (const StageSize& size : stageSizes(*analysis, measured, {analysis->graph.defaultTarget()}, steps, Redactor()))
        seen << described(size);
    QCOMPARE(seen, sizes);
}

void MeasureTest::readsHistories_data()
{
    QTest::addColumn<EngineKind>("kind");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("layers");

    const QByteArray docker = R"({"CreatedBy":"RUN make # buildkit","ID":"sha256:1","Size":"300000"}
{"CreatedBy":"COPY . . # buildkit","ID":"<missing>","Size":"6"}
)";
    QTest::newRow("docker") << EngineKind::DockerBuildx << docker
                            << u"6 COPY . . # buildkit|300000 RUN make # buildkit"_s;
    const QByteArray daemon = R"([{"Id":"sha256:1","CreatedBy":"RUN\tmake # buildkit","Size":300000,"Tags":null},
{"Id":"<missing>","CreatedBy":"COPY . . # buildkit","Size":6}]
)";
    QTest::newRow("docker's daemon") << EngineKind::DockerBuildx << daemon
                                     << u"6 COPY . . # buildkit|300000 RUN make # buildkit"_s;
    QTest::newRow("docker's daemon, an empty image") << EngineKind::DockerBuildx << QByteArray("[]\n") << QString();
    QTest::newRow("docker's daemon, garbage")
        << EngineKind::DockerBuildx << QByteArray(R"([{"Size":"x"}])") << u"not understood"_s;
    QTest::newRow("docker's daemon, half of it")
        << EngineKind::DockerBuildx << QByteArray(R"([{"Size":1)") << u"not understood"_s;
    QTest::newRow("docker, an empty image") << EngineKind::DockerClassic << QByteArray() << QString();
    QTest::newRow("docker, rounded for people after all")
        << EngineKind::DockerBuildx << QByteArray(R"({"Size":"1.2MB"})") << u"not understood"_s;
    QTest::newRow("podman") << EngineKind::Podman
                            << QByteArray(R"([{"CreatedBy":"RUN","size":302080},{"CreatedBy":"COPY","size":2560}])")
                            << u"2560 COPY|302080 RUN"_s;
    QTest::newRow("podman, garbage") << EngineKind::Podman << QByteArray("Error: no") << u"not understood"_s;
    QTest::newRow("buildah") << EngineKind::Buildah
                             << QByteArray(
                                    R"({"Config":"{\"history\":[{\"created_by\":\"COPY\"},{\"created_by\":\"ENV\",)"
                                    R"(\"empty_layer\":true},{\"created_by\":\"RUN\"}]}",)"
                                    R"("Manifest":"{\"layers\":[{\"size\":10},{\"size\":20}]}"})")
                             << u"10 COPY|0 ENV|20 RUN"_s;
    QTest::newRow("buildah, a flattened image")
        << EngineKind::Buildah
        << QByteArray(R"({"Config":"{\"os\":\"linux\"}","Manifest":"{\"layers\":[{\"size\":10}]}"})") << u"10 "_s;
    QTest::newRow("buildah, a pulled image that nothing was built on")
        << EngineKind::Buildah
        << QByteArray(
               R"({"Config":"{\"rootfs\":{\"diff_ids\":[\"sha256:7\",\"sha256:8\"]},\"history\":[{\"created_by\":)"
               R"(\"ADD\"},{\"created_by\":\"RUN\"}]}",)"
               R"("Manifest":"{\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\",)"
               R"(\"size\":10},{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\",\"size\":20}]}"})")
        << u"7777 ADD|20 RUN"_s;
    QTest::newRow("buildah, garbage") << EngineKind::Buildah << QByteArray("{}") << u"not understood"_s;
}

void MeasureTest::readsHistories()
{
    QFETCH(EngineKind, kind);
    QFETCH(QByteArray, answer);
    QFETCH(QString, layers);

    const QTemporaryDir store;
    QFile known(store.filePath(u"layers.json"_s));
    QVERIFY(known.open(QIODevice::WriteOnly));
    known.write(R"([{"diff-digest":"sha256:7","diff-size":7777}])");
    known.close();
    Engine engine;
    engine.store = store.path();
    const auto read = buildStrategy(kind).layers(engine, answer);
    QStringList seen;
    for (const LayerSize& layer : read.value_or(Layers()))
        seen << u"%1 %2"_s.arg(layer.bytes).arg(layer.createdBy);
    QCOMPARE(read ? seen.join(u'|') : u"not understood"_s, layers);
}

void MeasureTest::namesSizes_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("text");

    QTest::newRow("none") << qint64(0) << u"0 B"_s;
    QTest::newRow("bytes") << qint64(97) << u"97 B"_s;
    QTest::newRow("the last of bytes") << qint64(999) << u"999 B"_s;
    QTest::newRow("the first of kilobytes") << qint64(1000) << u"1 kB"_s;
    QTest::newRow("no thousand of anything") << qint64(999'600) << u"1 MB"_s;
    QTest::newRow("megabytes") << qint64(812'345'678) << u"812 MB"_s;
    QTest::newRow("gigabytes") << qint64(1'240'000'000) << u"1.24 GB"_s;
    QTest::newRow("less than before") << qint64(-2'500'000) << u"-2.5 MB"_s;
    QTest::newRow("the largest") << std::numeric_limits<qint64>::max() << u"9.22 EB"_s;
}

void MeasureTest::namesSizes()
{
    QFETCH(qint64, bytes);
    QFETCH(QString, text);
    QCOMPARE(humanSize(bytes), text);
}

void MeasureTest::asksForLessWhereLessIsThere_data()
{
    QTest::addColumn<Surroundings>("surroundings");
    QTest::addColumn<QString>("options");

    constexpr std::uint64_t plenty = 1048576;
    QTest::newRow("an ordinary user") << Surroundings{false, false, false, false, 1024, 1024} << QString();
    QTest::newRow("a real root") << Surroundings{true, false, true, false, 1024, 1024} << QString();
    QTest::newRow("a user in a container")
        << Surroundings{false, true, false, false, 1024, 1024} << u"--isolation chroot"_s;
    QTest::newRow("root in a container, its limits cut")
        << Surroundings{true, true, false, false, 20000, plenty} << u"--isolation chroot --ulimit nofile=20000:20000"_s;
    QTest::newRow("a weak root that has chosen for itself")
        << Surroundings{true, true, false, true, plenty, 500} << u"--ulimit nproc=500:500"_s;
}

void MeasureTest::asksForLessWhereLessIsThere()
{
    QFETCH(Surroundings, surroundings);
    QFETCH(QString, options);
    QCOMPARE(confinementOptions(surroundings).join(u' '), options);
}

QTEST_GUILESS_MAIN(MeasureTest)
#include "measure_test.moc"
