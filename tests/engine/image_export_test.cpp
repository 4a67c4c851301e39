// SPDX-License-Identifier: GPL-3.0-or-later
//
// The files of stages that real engines have built: which they are, what each layer did, what one of them holds; and
// that nothing is left behind, whatever becomes of the reading.

#include "core/engine/files/folder_tree.h"
#include "core/engine/files/stage_files.h"
#include "engine/engine_fixture.h"
#include "engine/image_fixture.h"

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

constexpr int kPatience = 120'000; // ms

const QByteArray kDockerfile = R"(FROM scratch AS tools
COPY busybox /bin/
RUN ["/bin/busybox", "ln", "-s", "busybox", "/bin/sh"]
FROM tools AS build
ENV SETTING=1
RUN mkdir /out /tmp2 && echo hello > /out/hello && ln /out/hello /out/again && head -c 5000 /dev/zero > /tmp2/waste
RUN rm -r /tmp2 && echo changed > /out/hello2 && chmod 755 /out/hello2
FROM scratch
COPY --from=build /out/hello /
)";

struct Outcome {
    ImageFilesPtr files;
    QString problem;
    int endings = 0;
};

Outcome readFiles(const BuildRequest& request, const std::function<void(FilesReading&)>& watch = {})
{
    Outcome outcome;
    FilesReading reading(request);
    QObject::connect(&reading, &FilesReading::done, &reading, [&](const ImageFilesPtr& files, const QString& problem) {
        outcome.files = files;
        outcome.problem = problem;
        ++outcome.endings;
    });
    if (watch)
        watch(reading);
    reading.start();
    (void)QTest::qWaitFor([&] { return outcome.endings > 0; }, kPatience);
    QTest::qWait(50); // a second ending would come now
    return outcome;
}

/// The engines of the test's row, Docker both with buildx and without.
std::optional<Engine> engineOf(const QString& row)
{
    const QString id = row.section(u' ', 0, 0);
    for (Engine engine : findEngines()) {
        if (engine.id != id || !engine.ready)
            continue;
        if (row.endsWith("without buildx"_L1)) {
            engine.kind = EngineKind::DockerClassic;
            engine.buildx.clear();
        }
        return engine;
    }
    return std::nullopt;
}

/// What a reading may leave behind in the engine: private names of this process in Docker, working containers in Podman
/// and Buildah, where an image has no name and stays as the cache.
QByteArray leftIn(const Engine& engine)
{
    if (engine.kind == EngineKind::Podman)
        return outputOf(engine.program, {u"ps"_s, u"-aq"_s, u"--external"_s});
    if (engine.kind == EngineKind::Buildah)
        return outputOf(engine.program, {u"containers"_s, u"-q"_s});
    const QString ours = u"reference=stagelift-*-%1-*"_s.arg(QCoreApplication::applicationPid());
    return outputOf(engine.program, {u"image"_s, u"ls"_s, u"-q"_s, u"--filter"_s, ours});
}

void addEngineRows()
{
    QTest::addColumn<QString>("row");
    for (const char* row : {"docker with buildx", "docker without buildx", "podman", "buildah"})
        QTest::newRow(row) << QString::fromLatin1(row);
}

/// One of each family is enough where what is tested is done by ours.
void addFamilyRows()
{
    QTest::addColumn<QString>("row");
    for (const char* row : {"docker with buildx", "podman"})
        QTest::newRow(row) << QString::fromLatin1(row);
}

} // namespace

class ImageExportTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void readsTheFilesOfAStage_data() { addEngineRows(); }
    void readsTheFilesOfAStage();
    void dividesWhatWasMeasured_data() { addFamilyRows(); }
    void dividesWhatWasMeasured();
    void savesAFile();
    void saysWhyAStageHasNone_data() { addFamilyRows(); }
    void saysWhyAStageHasNone();
    void stopsInTime_data() { addFamilyRows(); }
    void stopsInTime();
    void asksABuilderElsewhereForTheImageItself();
    void saysWhatAStrangeEngineDoes_data();
    void saysWhatAStrangeEngineDoes();

private:
    BuildRequest requestOf(const Engine& engine, const QByteArray& text, int stage) const
    {
        BuildRequest asked = request(engine, m_context.path(), text);
        asked.target = stage;
        return asked;
    }

    QTemporaryDir m_context;
};

#define STAGELIFT_ENGINE(row)                                                                                          \
    const std::optional<Engine> found = engineOf(row);                                                                 \
    STAGELIFT_NEED(found ? QString() : (row) + u" is not here"_s);                                                     \
    STAGELIFT_NEED(busybox().isEmpty() ? u"busybox is not installed"_s : QString());                                   \
    const Engine engine = *found

void ImageExportTest::initTestCase()
{
    if (!busybox().isEmpty())
        QVERIFY(QFile::copy(busybox(), m_context.filePath(u"busybox"_s)));
}

void ImageExportTest::readsTheFilesOfAStage()
{
    QFETCH(QString, row);
    STAGELIFT_ENGINE(row);
    const QByteArray before = leftIn(engine);
    QList<ImageExport::Phase> phases;
    const Outcome build = readFiles(requestOf(engine, kDockerfile, 1), [&](FilesReading& reading) {
        connect(&reading, &FilesReading::progressed, &reading, [&](ImageExport::Phase phase, qint64, qint64) {
            if (!phases.endsWith(phase))
                phases << phase;
        });
    });
    QCOMPARE(build.problem, QString());
    QCOMPARE(build.endings, 1);
    QCOMPARE(phases, (QList{ImageExport::Phase::Building, ImageExport::Phase::Reading}));
    const ImageFiles& files = *build.files;
    const qint64 size = QFileInfo(busybox()).size();

    // An engine may put empty folders of its own at the root; what the instructions made is there exactly.
    const QString tree = seen(files);
    for (const QString& word : {u"bin/busybox:%1"_s.arg(size), u"bin/sh->busybox"_s, u"out/hello2:8"_s})
        QVERIFY2(tree.split(u' ').contains(word), qPrintable(tree));
    QVERIFY2(tree.contains(u"out/again:6"_s) != tree.contains(u"out/hello:6"_s), qPrintable(tree)); // one file
    QVERIFY(!tree.contains(u"tmp2"_s));
    QCOMPARE(totalsOf(files).wasted, 5000);
    QCOMPARE(files.newest(files.find("out/hello2"))->mode, 0755);
    QList<int> instructions;
    for (const ImageLayer& layer : files.layers())
        instructions << layer.instruction;
    QCOMPARE(instructions, (QList{1, 2, 5, 6}));
    QCOMPARE(files.layers().at(2).bytes, 5006);

    // The content of one of them, over a hard link.
    FileFetch preview(requestOf(engine, kDockerfile, 1), *addressOf(files, files.find("out/again")));
    QSignalSpy previewed(&preview, &FileFetch::fetched);
    preview.startPreview(4);
    QVERIFY(previewed.wait(kPatience));
    QCOMPARE(previewed.at(0), (QVariantList{"hell"_ba, QString()}));
    QTRY_COMPARE_WITH_TIMEOUT(leftIn(engine), before, 5000);
}

/// Each layer that the engine says weighs something is one of those that were read, and its folders come to what the
/// engine says, to the byte.
void ImageExportTest::dividesWhatWasMeasured()
{
    QFETCH(QString, row);
    STAGELIFT_ENGINE(row);
    const BuildRequest request = requestOf(engine, kDockerfile, 1);
    const auto size = finish(request).size(1);
    QVERIFY(size);
    const Outcome read = readFiles(request);
    QCOMPARE(read.problem, QString());
    const QList<int> known = layersOf(*read.files, size->layers);
    QCOMPARE(known.size(), size->layers.size());
    FolderTree maker(std::make_shared<const LayerFolders>(read.files), {.least = 1, .leastOpen = 1}, 0);
    qint64 content = 0;
    for (qsizetype i = 0; i < known.size(); ++i) {
        const LayerSize& layer = size->layers.at(i);
        QVERIFY(known.at(i) >= 0 || layer.bytes == 0);
        if (layer.bytes == 0) // a link may count for nothing
            continue;
        QCOMPARE(read.files->layers().at(known.at(i)).instruction, layer.instruction);
        WeightTree tree;
        maker.fillLayer(tree, known.at(i), layer.bytes);
        QCOMPARE(tree.children.empty() ? layer.bytes : tree.total(), layer.bytes);
        content += read.files->layers().at(known.at(i)).bytes;
    }
    qint64 told = 0; // as they are stored, once each
    for (const LayerPart& part : maker.parts())
        told += part.kind == LayerPart::Kind::File ? part.bytes : 0;
    QCOMPARE(told, content);
    QCOMPARE_GT(told, QFileInfo(busybox()).size());
}

void ImageExportTest::savesAFile()
{
    STAGELIFT_ENGINE(u"buildah"_s);
    const BuildRequest request = requestOf(engine, kDockerfile, 0);
    const Outcome read = readFiles(request);
    QCOMPARE(read.problem, QString());
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"sh"_s);
    FileFetch saving(request, *addressOf(*read.files, read.files->find("bin/sh"))); // a link
    QSignalSpy saved(&saving, &FileFetch::fetched);
    saving.startSaving(path);
    QVERIFY(saved.wait(kPatience));
    QCOMPARE(saved.at(0).at(1).toString(), QString());
    QFile copy(path);
    QFile original(busybox());
    QVERIFY(copy.open(QIODevice::ReadOnly) && original.open(QIODevice::ReadOnly));
    QCOMPARE(copy.readAll(), original.readAll());
    QVERIFY(QFileInfo(path).isExecutable());
}

void ImageExportTest::saysWhyAStageHasNone()
{
    QFETCH(QString, row);
    STAGELIFT_ENGINE(row);
    const Outcome outcome = readFiles(requestOf(engine, "FROM scratch\nCOPY nothing-there /\n", 0));
    QVERIFY(!outcome.files);
    static const QRegularExpression sentence(u"^The stage can't be built: .*(nothing-there|no such file).*$"_s);
    QVERIFY2(sentence.match(outcome.problem).hasMatch(), qPrintable(outcome.problem));
}

void ImageExportTest::stopsInTime()
{
    QFETCH(QString, row);
    STAGELIFT_ENGINE(row);
    const QByteArray slow = kDockerfile + "FROM tools\nRUN echo " + row.toUtf8() + " && sleep 60\n";
    const QByteArray before = leftIn(engine);
    QElapsedTimer clock;
    const Outcome outcome = readFiles(requestOf(engine, slow, 3), [&](FilesReading& reading) {
        QTimer::singleShot(700, &reading, [&] {
            clock.start();
            reading.stop();
        });
    });
    QCOMPARE(outcome.problem, u"Stopped."_s);
    QCOMPARE(outcome.endings, 1);
    QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
    QTRY_COMPARE_WITH_TIMEOUT(leftIn(engine), before, 5000);
}

/// A builder that is no engine can't be had here: what it is asked is written down by a script.
void ImageExportTest::asksABuilderElsewhereForTheImageItself()
{
    const QTemporaryDir folder;
    writeFile(folder.filePath(u"archive"_s), dockerArchive(QStringList{u"a:9000"_s}));
    const QByteArray here = folder.path().toUtf8();
    Engine engine = scriptedEngine(folder.path(), EngineKind::DockerBuildx,
                                   "echo \"$*\" >> " + here + "/asked\ncat " + here + "/archive", u"docker"_s);
    engine.id = u"docker/far"_s;
    engine.builder = u"far"_s;
    engine.driver = u"remote"_s;
    BuildRequest asked = requestOf(engine, "FROM scratch AS one\nCOPY a /\nFROM one\n", 0);
    asked.tags = QStringList{u"mine"_s};
    asked.noCache = true;
    const Outcome outcome = readFiles(asked);
    QCOMPARE(outcome.problem, QString());
    QCOMPARE(seen(*outcome.files), u"a:9000"_s);
    QFile list(folder.filePath(u"asked"_s));
    QVERIFY(list.open(QIODevice::ReadOnly));
    static const QRegularExpression line(u"^buildx build --builder far --file \\S+/Dockerfile --target one "
                                         "--output type=docker,dest=- --progress=plain %1\n$"_s.arg(m_context.path()));
    const QString commands = QString::fromUtf8(list.readAll());
    QVERIFY2(line.match(commands).hasMatch(), qPrintable(commands));
}

void ImageExportTest::saysWhatAStrangeEngineDoes_data()
{
    QTest::addColumn<QByteArray>("save"); // what its `save` does
    QTest::addColumn<QString>("problem");

    QTest::newRow("it fails") << "echo 'Error: layer not known' >&2; exit 1"_ba << u"layer not known"_s;
    QTest::newRow("it fails half-way") << "head -c 3000 \"$ARCHIVE\"; echo 'Error: connection lost' >&2; exit 1"_ba
                                       << u"connection lost"_s;
    QTest::newRow("it ends half-way and calls that well")
        << "head -c 3000 \"$ARCHIVE\""_ba << u"The archive can't be read: Truncated tar archive*"_s;
    QTest::newRow("it prints garbage for ever")
        << "cat /dev/zero"_ba << u"What the engine has written is no image archive."_s;
    QTest::newRow("it is killed") << "head -c 3000 \"$ARCHIVE\"; kill -9 $$"_ba
                                  << u"podman came to an unforeseen end: Process crashed"_s;
    QTest::newRow("it is well") << "cat \"$ARCHIVE\""_ba << QString();
}

/// Stands in for podman: it builds without doing anything.
void ImageExportTest::saysWhatAStrangeEngineDoes()
{
    QFETCH(QByteArray, save);
    QFETCH(QString, problem);
    const QTemporaryDir folder;
    writeFile(folder.filePath(u"archive"_s), dockerArchive(QStringList{u"a:9000"_s}));
    const Engine engine = scriptedEngine(
        folder.path(), EngineKind::Podman,
        "ARCHIVE=" + folder.path().toUtf8() + "/archive\n[ $1 = build ] && exit 0\n" + save, u"podman"_s);
    const Outcome outcome = readFiles(requestOf(engine, "FROM scratch\nCOPY a /\n", 0));
    QCOMPARE(outcome.endings, 1);
    if (problem.endsWith(u'*'))
        QVERIFY2(outcome.problem.startsWith(problem.chopped(1)), qPrintable(outcome.problem));
    else
        QCOMPARE(outcome.problem, problem);
    QCOMPARE(outcome.files != nullptr, problem.isEmpty());
}

QTEST_GUILESS_MAIN(ImageExportTest)
#include "image_export_test.moc"
