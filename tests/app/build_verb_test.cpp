// SPDX-License-Identifier: GPL-3.0-or-later
//
// `stagelift build` as a script sees it: what it prints where, and its exit status.

#include "engine/engine_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

struct Ran {
    int status = -1;
    QString out;
    QString err;
};

/// What is built here goes into no history of the user's.
QProcessEnvironment environment()
{
    static const QTemporaryDir data;
    QProcessEnvironment made = QProcessEnvironment::systemEnvironment();
    made.insert(u"XDG_DATA_HOME"_s, data.path());
    return made;
}

Ran runVerb(const QStringList& arguments, const QString& folder, const QByteArray& input = {})
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setWorkingDirectory(folder);
    process.start(QStringLiteral(STAGELIFT_PROGRAM), arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(240000))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
            QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
}

Ran run(const QStringList& arguments, const QString& folder, const QByteArray& input = {})
{
    return runVerb(QStringList{u"build"_s} + arguments, folder, input);
}

const QByteArray kText = "FROM scratch AS builder\nCOPY big /big\nCOPY small /small\n"
                         "FROM scratch AS extra\nCOPY small /extra\n"
                         "FROM scratch AS site\nCOPY --from=builder /small /small\n";

} // namespace

class BuildVerbTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void printsATable_data() { engineRows(); }
    void printsATable();
    void printsJson_data() { engineRows(); }
    void printsJson();
    void buildsSeveralTargets_data() { engineRows(); }
    void buildsSeveralTargets();
    void readsStandardInput();
    void lendsWhatLiesElsewhere();
    void tellsItsOptions();
    void saysWhatFailed();
    void keepsAHistory();
    void checksSizes_data();
    void checksSizes();
    void refuses_data();
    void refuses();
    void stopsOnCtrlC();
    void checksWithWhatAnImageSays();

private:
    static void engineRows();
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString anyReady() const;

    QTemporaryDir m_folder;
    QList<Engine> m_engines;
};

void BuildVerbTest::engineRows()
{
    QTest::addColumn<QString>("id");
    for (const char* id : {"docker", "podman", "buildah"})
        QTest::newRow(id) << QString::fromLatin1(id);
}

QString BuildVerbTest::anyReady() const
{
    const bool any = std::ranges::any_of(m_engines, &Engine::ready);
    return any ? QString() : u"no engine is ready"_s;
}

void BuildVerbTest::initTestCase()
{
    m_engines = findEngines();
    writeFile(path(u"Dockerfile"_s), kText);
    writeFile(path(u"big"_s), QByteArray(500000, 'b'));
    writeFile(path(u"small"_s), QByteArray(2000, 's'));
}

void BuildVerbTest::printsATable()
{
    QFETCH(QString, id);
    STAGELIFT_NEED(absence(m_engines, id));

    const Ran ran = run({u"--engine"_s, id, path(u"Dockerfile"_s)}, u"/"_s);
    QVERIFY2(ran.status == 0, qPrintable(ran.err));
    const QStringList lines = ran.out.split(u'\n', Qt::SkipEmptyParts);
    QVERIFY2(lines.size() == 3, qPrintable(ran.out));
    static const QRegularExpression builder(u"^builder +scratch +50\\d kB +0 B +50\\d kB +left behind$"_s);
    static const QRegularExpression site(u"^site \\* +scratch +\\d.* +ships$"_s);
    QVERIFY2(builder.match(lines.at(1)).hasMatch(), qPrintable(ran.out));
    QVERIFY2(site.match(lines.at(2)).hasMatch(), qPrintable(ran.out));
    QVERIFY2(ran.err.contains(u"builder: COPY big /big"), qPrintable(ran.err));
    // Each change once: that more of the context has gone is none.
    QCOMPARE(ran.err.count(u"=> load build context\n"_s), id == "docker"_L1 ? 1 : 0);
}

void BuildVerbTest::printsJson()
{
    QFETCH(QString, id);
    STAGELIFT_NEED(absence(m_engines, id));

    const Ran ran = run({u"--engine"_s, id, u"--all-stages"_s, u"--target"_s, u"BUILDER"_s, u"--quiet"_s, u"--format"_s,
                         u"json"_s, u"Dockerfile"_s},
                        m_folder.path());
    QVERIFY2(ran.status == 0, qPrintable(ran.err));
    QCOMPARE(ran.err, QString());
    const QJsonObject json = QJsonDocument::fromJson(ran.out.toUtf8()).object();
    QCOMPARE(json["target"_L1].toString(), u"builder"_s);
    QVERIFY(json["engine"_L1].toString().startsWith(id));
    QStringList rows;
    for (const auto& stage : json["stages"_L1].toArray())
        rows << stage["name"_L1].toString() + (stage["ships"_L1].toBool() ? u" ships"_s : u""_s) +
                    (stage["needed"_L1].toBool() ? u" needed"_s : u""_s);
    QCOMPARE(rows, (QStringList{u"builder ships needed"_s, u"extra"_s, u"site"_s}));
    QCOMPARE(json["stages"_L1][0]["layers"_L1][0]["lines"_L1].toArray(), (QJsonArray{2, 2}));
    QVERIFY(json["stages"_L1][0]["layers"_L1][0]["bytes"_L1].toInteger() >= 500000);
}

void BuildVerbTest::buildsSeveralTargets()
{
    QFETCH(QString, id);
    STAGELIFT_NEED(absence(m_engines, id));

    const Ran ran = run({u"--engine"_s, id, u"--target"_s, u"extra"_s, u"--target"_s, u"builder"_s, u"--quiet"_s,
                         path(u"Dockerfile"_s)},
                        u"/"_s);
    QVERIFY2(ran.status == 0, qPrintable(ran.err));
    QStringList rows;
    for (const QString& line : ran.out.split(u'\n', Qt::SkipEmptyParts).sliced(1))
        rows << line.simplified().section(u' ', 0, 1) + u' ' + line.section(u' ', -1);
    QCOMPARE(rows, (QStringList{u"builder * ships"_s, u"extra * ships"_s}));
}

void BuildVerbTest::readsStandardInput()
{
    STAGELIFT_NEED(anyReady());
    const Ran ran = run({u"--context"_s, m_folder.path(), u"-"_s}, u"/"_s, kText);
    QVERIFY2(ran.status == 0, qPrintable(ran.err));
    QVERIFY(ran.out.contains(u"site *"));
}

void BuildVerbTest::lendsWhatLiesElsewhere()
{
    STAGELIFT_NEED(absence(m_engines, u"docker"_s));
    STAGELIFT_NEED(busybox().isEmpty() ? u"busybox is not installed (package busybox-static)"_s : QString());
    QVERIFY(QDir().mkpath(path(u"lent"_s)));
    QFile::remove(path(u"lent/busybox"_s));
    QVERIFY(QFile::copy(busybox(), path(u"lent/busybox"_s)));
    writeFile(path(u"lent/pass"_s), "correct horse\n");
    writeFile(path(u"Lends"_s),
              "FROM scratch\nCOPY --from=lent busybox /bin/sh\n"
              "RUN --mount=type=secret,id=pass while read x; do echo got $x; done < /run/secrets/pass\n");
    const QStringList arguments{u"--engine"_s, u"docker"_s,   u"--no-cache"_s,       u"--build-context"_s,
                                u"lent=."_s,   u"--secret"_s, u"id=pass,src=pass"_s, path(u"Lends"_s)};
    // Paths are those of the shell's folder, not of the file's.
    const Ran ran = run(arguments, path(u"lent"_s));
    QVERIFY2(ran.status == 0, qPrintable(ran.err));
    QVERIFY2(ran.err.contains(u"got ****"_s), qPrintable(ran.err));
    QVERIFY2(!ran.err.contains(u"correct horse"_s), qPrintable(ran.err));
    const Ran elsewhere = run(arguments, m_folder.path());
    QCOMPARE(elsewhere.status, 2);
    QVERIFY2(elsewhere.err.contains(u"The secret pass can't be read: there is no file "_s + path(u"pass"_s)),
             qPrintable(elsewhere.err));
}

void BuildVerbTest::tellsItsOptions()
{
    const Ran ran = run({u"--help"_s}, m_folder.path());
    QCOMPARE(ran.status, 0);
    for (const char* option :
         {"--pull", "--network", "--build-context", "--secret", "--ssh", "--cache-from", "--cache-to", "--no-history"})
        QVERIFY2(ran.out.contains(QString::fromLatin1(option)), option);
}

void BuildVerbTest::saysWhatFailed()
{
    STAGELIFT_NEED(anyReady());
    writeFile(path(u"Broken"_s), "FROM scratch\nCOPY small /\nCOPY nothing /\n");
    const Ran ran = run({u"--format"_s, u"json"_s, path(u"Broken"_s)}, u"/"_s);
    QCOMPARE(ran.status, 1);
    QVERIFY2(ran.err.contains(u"nothing"), qPrintable(ran.err));
    const QJsonObject json = QJsonDocument::fromJson(ran.out.toUtf8()).object();
    QVERIFY2(json["error"_L1]["msg"_L1].toString().contains(u"nothing"), qPrintable(ran.out));
}

void BuildVerbTest::keepsAHistory()
{
    STAGELIFT_NEED(anyReady());
    const QString file = path(u"Kept"_s);
    const QStringList build{u"--quiet"_s, u"--build-arg"_s, u"NPM_TOKEN=hunter2"_s, u"--build-arg"_s, u"MODE=a"_s};
    writeFile(file, kText);
    QCOMPARE(run(build + QStringList{file}, u"/"_s).status, 0);
    writeFile(file, "FROM scratch AS builder\nCOPY small /small\nFROM scratch AS site\nCOPY --from=builder /no /\n");
    QCOMPARE(run(build + QStringList{file}, u"/"_s).status, 1);
    writeFile(file, kText + "COPY big /big\n");
    QCOMPARE(run(build + QStringList{file}, u"/"_s).status, 0);
    QCOMPARE(run(build + QStringList{u"--no-history"_s, file}, u"/"_s).status, 0);

    QVERIFY(QFile::link(file, path(u"Link"_s)));
    const Ran told = runVerb({u"history"_s, u"Link"_s}, m_folder.path());
    QVERIFY2(told.status == 0 && told.err.isEmpty(), qPrintable(told.err));
    const QStringList lines = told.out.split(u'\n', Qt::SkipEmptyParts);
    QVERIFY2(lines.size() == 4, qPrintable(told.out));
    QVERIFY2(lines.at(1).contains(u"succeeded"_s) && lines.at(1).contains(u"+50"_s), qPrintable(told.out));
    QVERIFY2(lines.at(2).contains(u"failed at line 4"_s), qPrintable(told.out));

    const Ran json = runVerb({u"history"_s, u"--format"_s, u"json"_s, file}, u"/"_s);
    QVERIFY(!json.out.contains(u"hunter2"_s));
    const QJsonArray builds = QJsonDocument::fromJson(json.out.toUtf8()).object()["builds"_L1].toArray();
    QCOMPARE(builds.size(), 3);
    QCOMPARE(builds[0]["arguments"_L1][1]["value"_L1].toString(), u"a"_s);
    QVERIFY(builds[0]["arguments"_L1][0]["value"_L1].isNull());
    const QJsonValue site = builds[0]["stages"_L1][1];
    QCOMPARE(site["name"_L1].toString(), u"site"_s);
    QVERIFY(site["total"_L1].toInteger() >= 502'000);
    QCOMPARE(site["instructions"_L1][1]["lines"_L1].toArray(), (QJsonArray{8, 8}));

    QCOMPARE(runVerb({u"history"_s, u"--forget"_s, file}, u"/"_s).status, 0);
    QVERIFY(runVerb({u"history"_s, file}, u"/"_s).out.startsWith(u"No build of "_s));
}

void BuildVerbTest::checksSizes_data()
{
    QTest::addColumn<QByteArray>("budget");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("row");

    QTest::newRow("within") << QByteArray("# stagelift: budget site <= 1 MB\n") << 0 << QString() << u"ships"_s;
    QTest::newRow("over") << QByteArray("# stagelift: budget site <= 1 kB\n") << 1 << u"over its budget of 1 kB"_s
                          << u"over its 1 kB"_s;
    QTest::newRow("a stage that is left behind")
        << QByteArray("# stagelift: budget builder <= 500 kB\n") << 1 << u"builder is 50"_s << u"over its 500 kB"_s;
    QTest::newRow("one that was not built")
        << QByteArray("# stagelift: budget extra <= 1 MB\n") << 1 << u"line 1: extra was not built"_s << u"ships"_s;
    QTest::newRow("one that can't be read")
        << QByteArray("# stagelift: budget site <= small\n") << 1 << u"line 1: \"small\" is no size"_s << u"ships"_s;
    QTest::newRow("none") << QByteArray() << 1 << u"sets no budget"_s << u"ships"_s;
}

void BuildVerbTest::checksSizes()
{
    STAGELIFT_NEED(anyReady());
    QFETCH(QByteArray, budget);
    QFETCH(int, status);
    QFETCH(QString, sentence);
    QFETCH(QString, row);
    writeFile(path(u"Budget"_s), budget + kText);
    const Ran ran = run({u"--quiet"_s, u"--check-size"_s, path(u"Budget"_s)}, u"/"_s);
    QVERIFY2(ran.status == status, qPrintable(ran.err));
    QVERIFY2(ran.err.contains(sentence) && ran.err.isEmpty() == sentence.isEmpty(), qPrintable(ran.err));
    QVERIFY2(ran.out.contains(row), qPrintable(ran.out));
    // Nobody asked: it is told, but no fault.
    QCOMPARE(run({u"--quiet"_s, path(u"Budget"_s)}, u"/"_s).status, 0);
}

void BuildVerbTest::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("no file") << QStringList{} << QByteArray() << 2 << u"build takes one Dockerfile"_s;
    QTest::newRow("two files") << QStringList{u"a"_s, u"b"_s} << QByteArray() << 2 << u"build takes one Dockerfile"_s;
    QTest::newRow("a file that is not there")
        << QStringList{u"/no/such/file"_s} << QByteArray() << 2 << u"/no/such/file: there is no such file"_s;
    QTest::newRow("a folder") << QStringList{u"/tmp"_s} << QByteArray() << 2 << u"/tmp is a folder"_s;
    QTest::newRow("an option nobody knows")
        << QStringList{u"--sideways"_s, u"-"_s} << QByteArray() << 2 << u"sideways"_s;
    QTest::newRow("a format nobody knows") << QStringList{u"--format"_s, u"xml"_s, u"-"_s} << QByteArray() << 2
                                           << u"--format takes text or json, not xml"_s;
    QTest::newRow("no context") << QStringList{u"--context"_s, u"/no/such/folder"_s, u"-"_s} << QByteArray() << 2
                                << u"the build context /no/such/folder is no folder"_s;
    QTest::newRow("an engine nobody knows") << QStringList{u"--engine"_s, u"diesel"_s, u"-"_s}
                                            << QByteArray("FROM scratch\nCOPY a /\n") << 2 << u"engine"_s;
    const QString secret = u"A secret is id=NAME,src=FILE or id=NAME,env=VARIABLE"_s;
    QTest::newRow("a secret that is typed")
        << QStringList{u"--secret"_s, u"id=a,value=hunter2"_s, u"-"_s} << QByteArray() << 2 << secret;
    QTest::newRow("a network nobody knows") << QStringList{u"--network"_s, u"bridge"_s, u"-"_s} << QByteArray() << 2
                                            << u"The network is default, none or host, not \"bridge\"."_s;
    QTest::newRow("a context without a value") << QStringList{u"--build-context"_s, u"a"_s, u"-"_s} << QByteArray() << 2
                                               << u"A named context is NAME=FOLDER"_s;
    QTest::newRow("SSH without a key") << QStringList{u"--ssh"_s, u"a"_s, u"-"_s} << QByteArray() << 2
                                       << u"SSH is default"_s;
    QTest::newRow("a cache's credentials")
        << QStringList{u"--cache-to"_s, u"type=s3,secret_access_key=x"_s, u"-"_s} << QByteArray() << 2
        << u"A cache takes its credentials from the environment"_s;
    QTest::newRow("no FROM") << QStringList{u"-"_s} << QByteArray("# empty\n") << 1 << u"no FROM"_s;
    QTest::newRow("no such target") << QStringList{u"--target"_s, u"nowhere"_s, u"-"_s} << QByteArray("FROM scratch\n")
                                    << 2 << u"target stage \"nowhere\" could not be found"_s;
    QTest::newRow("one of two targets is not there")
        << QStringList{u"--target"_s, u"a"_s, u"--target"_s, u"b"_s, u"-"_s} << QByteArray("FROM scratch AS a\n") << 2
        << u"target stage \"b\" could not be found"_s;
}

void BuildVerbTest::refuses()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, text);
    QFETCH(int, status);
    QFETCH(QString, sentence);

    const Ran ran = run(arguments, m_folder.path(), text);
    QCOMPARE(ran.status, status);
    QVERIFY2(ran.err.contains(sentence), qPrintable(ran.err));
    QCOMPARE(ran.out, QString());
}

void BuildVerbTest::stopsOnCtrlC()
{
    STAGELIFT_NEED(anyReady());
    STAGELIFT_NEED(busybox().isEmpty() ? u"busybox is not installed (package busybox-static)"_s : QString());

    if (!QFile::exists(path(u"busybox"_s)))
        QVERIFY(QFile::copy(busybox(), path(u"busybox"_s)));
    writeFile(path(u"Slow"_s),
              "FROM scratch\nCOPY busybox /bin/busybox\n"
              "RUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\nRUN echo as''leep; sleep 1000\n");
    QProcess process;
    process.setProcessEnvironment(environment());
    process.start(QStringLiteral(STAGELIFT_PROGRAM), {u"build"_s, path(u"Slow"_s)});
    process.setReadChannel(QProcess::StandardError);
    QByteArray log;
    while (!log.contains("\nasleep") && process.waitForReadyRead(60000))
        log += process.readAllStandardError();
    QVERIFY2(log.contains("\nasleep"), log.constData());
    QElapsedTimer clock;
    clock.start();
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(10000));
    QVERIFY2(clock.elapsed() < 2500, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 130);
}

void BuildVerbTest::checksWithWhatAnImageSays()
{
    STAGELIFT_NEED(absence(m_engines, u"docker"_s));
    const QString image = u"stagelift-check-inspect:test"_s;
    writeFile(path(u"Base"_s), "FROM scratch\nENV SETTING=1\nCOPY small /\n");
    const Ran built = run({u"--engine"_s, u"docker"_s, u"--tag"_s, image, path(u"Base"_s)}, m_folder.path());
    QCOMPARE(built.status, 0);

    writeFile(path(u"Uses"_s), "FROM " + image.toUtf8() + "\nCOPY small $SETTING\nCOPY small $OTHER\n");
    QCOMPARE(runVerb({u"check"_s, path(u"Uses"_s)}, m_folder.path()).out.count(u"[UndefinedVar]"_s), 2);
    const Ran certain = runVerb({u"check"_s, u"--inspect"_s, path(u"Uses"_s)}, m_folder.path());
    QCOMPARE(certain.status, 1);
    QVERIFY2(certain.out.endsWith(u":3: warning: Usage of undefined variable '$OTHER' [UndefinedVar]\n"_s),
             qPrintable(certain.out));
    QCOMPARE(certain.out.count(u'\n'), 1);
    outputOf(u"docker"_s, {u"rmi"_s, image});
}

QTEST_GUILESS_MAIN(BuildVerbTest)
#include "build_verb_test.moc"
