// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is kept of a build, and how the history reads: as a table, as CSV and as JSON.

#include "core/engine/build_workspace.h"
#include "core/history/history_report.h"
#include "core/history/kept_build.h"
#include "history/kept_builds.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

LayerSize layer(qint64 bytes, int instruction, const QString& createdBy = {})
{
    return {.createdBy = createdBy, .bytes = bytes, .instruction = instruction};
}

BuildRequest requestFor(const QByteArray& text)
{
    BuildRequest request;
    request.engine.id = u"docker"_s;
    request.engine.version = u"26.1.5"_s;
    request.engine.where = u"default"_s;
    request.analysis = analyse(text.toStdString());
    request.file = u"/src/Dockerfile"_s;
    return request;
}

BuildResult resultOf(BuildOutcome outcome)
{
    BuildResult result;
    result.outcome = outcome;
    result.milliseconds = 4800;
    return result;
}

const QDateTime kBegun(QDate(2026, 5, 1), QTime(12, 0), QTimeZone::UTC);

} // namespace

class HistoryReportTest : public QObject {
    Q_OBJECT
private slots:
    void keepsWhatWasMeasured();
    void keepsNoSecret();
    void masksNoSingleCharacter();
    void keepsWhyItFailed();
    void keepsTheTextAlone_data();
    void keepsTheTextAlone();
    void keepsOnlyBuildsOfFiles_data();
    void keepsOnlyBuildsOfFiles();
    void knowsAFileByItsPlace();
    void comparesWithTheSameTarget();
    void knowsTheNewestTotals();
    void printsATable();
    void printsCsv();
    void printsJson();
};

void HistoryReportTest::keepsWhatWasMeasured()
{
    BuildRequest request = requestFor(kText);
    request.platform = u"linux/arm64"_s;
    request.engine.id = u"docker@prod"_s; // a context's; `where` says so, too
    BuildResult result = resultOf(BuildOutcome::Succeeded);
    // The stages as an engine measures them; what the base brought belongs to no instruction.
    StageSize build{.stage = 0,
                    .image = {},
                    .total = 812,
                    .base = 800,
                    .own = 12,
                    .needed = true,
                    .milliseconds = 4000,
                    .layers = {}};
    build.layers = {layer(800, -1), layer(2, 1), layer(4, 2), layer(6, 2)};
    StageSize runtime{
        .stage = 1, .image = {}, .total = 14, .own = 14, .ships = true, .needed = true, .cached = true, .layers = {}};
    runtime.layers = {layer(14, 4)};
    result.sizes = {build, runtime};

    const KeptBuild kept = keptBuild(request, result, kBegun.toOffsetFromUtc(7200));
    QCOMPARE(kept.begun.timeSpec(), Qt::UTC);
    QCOMPARE(kept.begun, kBegun);
    QCOMPARE(kept.target, u"runtime"_s);
    QCOMPARE(kept.engineLabel(), u"docker 26.1.5 (default)"_s);
    QCOMPARE(kept.platform, u"linux/arm64"_s);
    QCOMPARE(kept.milliseconds, 4800);
    QCOMPARE(kept.stages.size(), 2);
    QCOMPARE(kept.stages[0], (KeptStage{.index = 0,
                                        .label = u"build"_s,
                                        .from = u"golang:1.22"_s,
                                        .total = 812,
                                        .base = 800,
                                        .own = 12,
                                        .milliseconds = 4000,
                                        .needed = true,
                                        .instructions = {{2, 2, 2}, {3, 3, 10}}}));
    QCOMPARE(kept.ships(), 14);
    QVERIFY(kept.stages[1].cached && kept.stages[1].ships);

    request.moreTargets = {0};
    QCOMPARE(keptBuild(request, result, kBegun).target, u"build, runtime"_s);
    QCOMPARE(keptBuild(request, result, kBegun).ships(), std::nullopt);
}

void HistoryReportTest::keepsNoSecret()
{
    BuildRequest request = requestFor("ARG NPM_TOKEN\nFROM scratch\nARG NPM_TOKEN\nRUN login $NPM_TOKEN\n");
    request.buildArgs = {{u"MODE"_s, u"fast"_s},
                         {u"NPM_TOKEN"_s, u"hunter2"_s},
                         {u"INDEX"_s, u"https://me:hunter3@pypi.example/simple"_s}};
    QTemporaryDir folder;
    QFile pass(folder.filePath(u"pass"_s));
    QVERIFY(pass.open(QIODevice::WriteOnly) && pass.write("hunter4\n") > 0);
    pass.close();
    request.extras.secrets = {{.id = u"pass"_s, .file = pass.fileName(), .variable = {}}};
    BuildResult result = resultOf(BuildOutcome::Failed);
    result.failedInstruction = 3;
    result.message = u"Line 4, RUN login hunter2 https://me:hunter3@pypi.example/simple hunter4: exit code: 1\nmore"_s;
    StageSize size{.stage = 0, .image = {}, .total = 1, .own = 1, .layers = {}};
    size.layers = {layer(1, 3, u"RUN |1 NPM_TOKEN=hunter2 login"_s)};
    result.sizes = {size};

    const KeptBuild kept = keptBuild(request, result, kBegun);
    QCOMPARE(kept.arguments,
             (QList<KeptArgument>{{u"MODE"_s, u"fast"_s}, {u"NPM_TOKEN"_s, std::nullopt}, {u"INDEX"_s, std::nullopt}}));
    QCOMPARE(kept.message, u"Line 4, RUN login **** **** ****: exit code: 1"_s);
    // And nothing of it is on the disk.
    const auto opened = HistoryStore::open(folder.filePath(u"history"_s));
    QVERIFY(opened.store->add(u"/src/Dockerfile"_s, kept, builtText(request)));
    for (const QString& name : QDir(folder.filePath(u"history"_s)).entryList(QDir::Files)) {
        QFile file(folder.filePath(u"history/"_s + name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("hunter"), qPrintable(name));
    }
}

void HistoryReportTest::masksNoSingleCharacter()
{
    BuildRequest request = requestFor(kText);
    request.buildArgs = {{u"DB_KEY"_s, u"1"_s},
                         {u"MODE"_s, u"fast"_s},
                         {u"INDEX"_s, u"https://me:hunter3@pypi.example/simple"_s},
                         {u"GH"_s, u"ghp_abcdef"_s}};
    QCOMPARE(secretValues(request), (QStringList{u"https://me:hunter3@pypi.example/simple"_s, u"ghp_abcdef"_s}));
    BuildResult result = resultOf(BuildOutcome::Succeeded);
    result.sizes = {{.stage = 0, .image = {}, .total = 1, .own = 1, .layers = {}}};
    const KeptBuild kept = keptBuild(request, result, kBegun);
    QCOMPARE(kept.stages[0].from, u"golang:1.22"_s);
    QCOMPARE(kept.arguments[0], (KeptArgument{u"DB_KEY"_s, std::nullopt}));
}

void HistoryReportTest::keepsWhyItFailed()
{
    BuildResult result = resultOf(BuildOutcome::Failed);
    result.failedInstruction = 2;
    result.message = u"Line 3, RUN make: exit code: 2\nmake: *** No targets.\n"_s;
    const KeptBuild kept = keptBuild(requestFor(kText), result, kBegun);
    QCOMPARE(kept.outcome, BuildOutcome::Failed);
    QCOMPARE(kept.failedLine, 3);
    QCOMPARE(kept.message, u"Line 3, RUN make: exit code: 2"_s);
    QCOMPARE(kept.ships(), std::nullopt);
    QCOMPARE(keptBuild(requestFor(kText), resultOf(BuildOutcome::Stopped), kBegun).message, QString());
}

void HistoryReportTest::keepsTheTextAlone_data()
{
    QTest::addColumn<QByteArray>("built");
    QTest::addColumn<QByteArray>("kept");

    QTest::newRow("as it is") << "FROM a\r\n# \xc3\xa9\n"_ba << "FROM a\r\n# \xc3\xa9\n"_ba;
    QTest::newRow("a byte order mark belongs to the file") << "\xEF\xBB\xBF"
                                                              "FROM a\n"_ba
                                                           << "FROM a\n"_ba;
}

void HistoryReportTest::keepsTheTextAlone()
{
    QFETCH(QByteArray, built);
    QFETCH(QByteArray, kept);
    QCOMPARE(builtText(requestFor(built)), kept);
    QCOMPARE(keptBuild(requestFor(built), resultOf(BuildOutcome::Succeeded), kBegun).textHash,
             QCryptographicHash::hash(kept, QCryptographicHash::Sha256));
}

void HistoryReportTest::keepsOnlyBuildsOfFiles_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<BuildOutcome>("outcome");
    QTest::addColumn<bool>("kept");

    QTest::newRow("succeeded") << u"/src/Dockerfile"_s << BuildOutcome::Succeeded << true;
    QTest::newRow("failed") << u"/src/Dockerfile"_s << BuildOutcome::Failed << true;
    QTest::newRow("stopped") << u"/src/Dockerfile"_s << BuildOutcome::Stopped << true;
    QTest::newRow("never started") << u"/src/Dockerfile"_s << BuildOutcome::NotStarted << false;
    QTest::newRow("a text without a name") << QString() << BuildOutcome::Succeeded << false;
    QTest::newRow("what lies in the program") << u":/examples/x/Dockerfile"_s << BuildOutcome::Succeeded << false;
}

void HistoryReportTest::keepsOnlyBuildsOfFiles()
{
    QFETCH(QString, file);
    QFETCH(BuildOutcome, outcome);
    QFETCH(bool, kept);
    BuildRequest request = requestFor(kText);
    request.file = file;
    QCOMPARE(isKept(request, resultOf(outcome)), kept);
}

void HistoryReportTest::knowsAFileByItsPlace()
{
    QTemporaryDir folder;
    const QString real = QFileInfo(folder.path()).canonicalFilePath() + u"/Dockerfile"_s;
    QFile file(real);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(QFile::link(real, folder.filePath(u"link"_s)));
    QCOMPARE(historyKey(folder.filePath(u"link"_s)), real);
    QCOMPARE(historyKey(folder.filePath(u"nowhere/../Dockerfile"_s)), real);
    QVERIFY(file.remove()); // and its history can still be asked for
    QCOMPARE(historyKey(real), real);
}

void HistoryReportTest::comparesWithTheSameTarget()
{
    QList<KeptBuild> builds{keptBuild(4, 14), failedBuild(3), keptBuild(2, 99), keptBuild(1, 10)};
    builds[2].target = u"build"_s; // 812 MB
    QCOMPARE(shipsMore(builds, 0), 4);
    QCOMPARE(shipsMore(builds, 1), std::nullopt); // it measured nothing
    QCOMPARE(shipsMore(builds, 2), std::nullopt); // the first of its target
    QCOMPARE(shipsMore(builds, 3), std::nullopt); // the first
}

void HistoryReportTest::knowsTheNewestTotals()
{
    QList<KeptBuild> builds{failedBuild(3), keptBuild(2, 14), keptBuild(1, 10)};
    builds[2].stages[0].label = u"compile"_s; // as it was called then
    QCOMPARE(newestTotals(builds),
             (QHash<QString, qint64>{{u"build"_s, 812'000'000}, {u"runtime"_s, 14}, {u"compile"_s, 812'000'000}}));
    QVERIFY(newestTotals({}).isEmpty());
}

void HistoryReportTest::printsATable()
{
    QList<KeptBuild> builds{keptBuild(2, 12'500'000), failedBuild(1), keptBuild(0, 14'000'000)};
    builds[2].engine = u"podman"_s;
    builds[2].version = u"5.4"_s;
    builds[2].where.clear();
    QCOMPARE(QString::fromUtf8(historyAsText(builds, QTimeZone::fromSecondsAheadOfUtc(7200))),
             u"WHEN                 TARGET   OUTCOME             SHIPS   CHANGE   TIME  ENGINE\n"
             "2026-05-01 14:02:00  runtime  succeeded         12.5 MB  −1.5 MB  4.8 s  docker 26.1.5 (default)\n"
             "2026-05-01 14:01:00  runtime  failed at line 3                    4.8 s  docker 26.1.5 (default)\n"
             "2026-05-01 14:00:00  runtime  succeeded           14 MB           4.8 s  podman 5.4\n"_s);
}

void HistoryReportTest::printsCsv()
{
    const KeptBuild build = keptBuild(0, 14);
    const QString hash = QString::fromLatin1(build.textHash.toHex());
    const QString csv = QString::fromUtf8(historyAsCsv({failedBuild(1), build}));
    const QString head = u",docker 26.1.5 (default),,"_s + hash;
    QCOMPARE(csv.split(u"\r\n"_s),
             (QStringList{u"time,target,outcome,build_milliseconds,engine,platform,text_sha256,stage,total_bytes,"
                          "base_bytes,own_bytes,stage_milliseconds,cached,ships,needed"_s,
                          u"2026-05-01T12:01:00.000Z,runtime,failed,4800"_s + head + u",,,,,,,,"_s,
                          u"2026-05-01T12:00:00.000Z,runtime,succeeded,4800"_s + head +
                              u",build,812000000,800000000,12000000,4000,no,no,yes"_s,
                          u"2026-05-01T12:00:00.000Z,runtime,succeeded,4800"_s + head +
                              u",runtime,14,0,14,100,yes,yes,yes"_s,
                          QString()}));
}

void HistoryReportTest::printsJson()
{
    const QByteArray bytes = historyAsJson(u"/src/Dockerfile"_s, {failedBuild(1), keptBuild(0, 14)});
    QCOMPARE(bytes.count('\n'), 1);
    const QJsonObject json = QJsonDocument::fromJson(bytes).object();
    QCOMPARE(json["file"_L1].toString(), u"/src/Dockerfile"_s);
    const QJsonValue failed = json["builds"_L1][0];
    QCOMPARE(failed["error"_L1]["line"_L1].toInt(), 3);
    QCOMPARE(failed["stages"_L1].toArray().size(), 0);
    const QJsonValue good = json["builds"_L1][1];
    QVERIFY(good["error"_L1].isUndefined());
    QCOMPARE(good["time"_L1].toString(), u"2026-05-01T12:00:00.000Z"_s);
    QCOMPARE(good["arguments"_L1][0]["value"_L1].toString(), u"fast"_s);
    QVERIFY(good["arguments"_L1][1]["value"_L1].isNull());
    QCOMPARE(good["stages"_L1][0]["total"_L1].toInteger(), 812'000'000);
    QCOMPARE(good["stages"_L1][0]["instructions"_L1][1]["lines"_L1].toArray(), (QJsonArray{3, 3}));
    QCOMPARE(good["stages"_L1][0]["instructions"_L1][1]["bytes"_L1].toInteger(), 10'000'000);
}

QTEST_GUILESS_MAIN(HistoryReportTest)
#include "history_report_test.moc"
