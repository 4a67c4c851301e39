// SPDX-License-Identifier: GPL-3.0-or-later
//
// The whole way once, by pointer and keys on a real display, with a real engine: open a Dockerfile, drag an artifact
// onto the final stage, see the line, take it back and make it again, pick a target, build, read the sizes, save.

#include "e2e_desk.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

using namespace Qt::StringLiterals;
using namespace stagelift;

namespace {

constexpr int kBuildPatience = 120'000; // ms

bool copyTree(const QString& from, const QString& to)
{
    QDirIterator entries(from, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QString source = entries.next();
        const QString target = to + u'/' + QDir(from).relativeFilePath(source);
        if (!QDir().mkpath(QFileInfo(target).absolutePath()) || !QFile::copy(source, target))
            return false;
        QFile::setPermissions(target, QFile::permissions(target) | QFile::WriteOwner);
    }
    return true;
}

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

QByteArray run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(kBuildPatience) || process.exitCode() != 0)
        qFatal("%s %s: %s", qPrintable(program), qPrintable(arguments.join(u' ')),
               process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}

/// What the engine itself says that a target's image weighs: the sum of its layers.
qint64 sumOfHistory(const QString& engine, const QString& file, const QString& target)
{
    const QString program = engine == "docker"_L1 ? engine : u"podman"_s;
    const QString tag = u"stagelift-e2e-%1:%2"_s.arg(target).arg(QCoreApplication::applicationPid());
    QStringList build{u"build"_s, u"--target"_s, target, u"--tag"_s,
                      tag,        u"--file"_s,   file,   QFileInfo(file).absolutePath()};
    if (program == "podman"_L1)
        build.insert(1, u"--isolation=chroot"_s);
    run(program, build);
    const QByteArray history =
        run(program, {u"history"_s, u"--no-trunc"_s, u"--human=false"_s, u"--format"_s, u"{{.Size}}"_s, tag});
    run(program, {u"rmi"_s, tag});
    qint64 sum = 0;
    for (const QByteArray& line : history.split('\n'))
        sum += line.trimmed().toLongLong();
    return sum;
}

} // namespace

class E2eWindowTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void dragsUndoesBuildsAndSaves();

private:
    void dragTheStyleSheet(E2eDesk& desk, const QByteArray& before);
    void undoAndRedo(E2eDesk& desk, const QByteArray& before);
    void chooseTarget(E2eDesk& desk, const QString& name);
    void buildAndCompare(E2eDesk& desk);

    QTemporaryDir m_folder;
    QString m_file;
    QByteArray m_after;
};

void E2eWindowTest::initTestCase()
{
    if (const QString tool = E2eDesk::missingTool(); !tool.isEmpty()) {
        if (everythingIsRequired())
            QFAIL(qPrintable(tool + u" is not installed"_s));
        QSKIP(qPrintable(tool + u" is not installed"_s));
    }
    const QString examples = QStringLiteral(STAGELIFT_SOURCE_DIR) + u"/resources/examples"_s;
    m_file = m_folder.filePath(u"no-registry.Dockerfile"_s);
    QVERIFY(QFile::copy(examples + u"/no-registry.Dockerfile"_s, m_file));
    QVERIFY(QFile::setPermissions(m_file, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
    QVERIFY(copyTree(examples + u"/no-registry"_s, m_folder.filePath(u"no-registry"_s)));
}

void E2eWindowTest::dragsUndoesBuildsAndSaves()
{
    const QByteArray before = bytesOf(m_file);
    E2eDesk desk;
    QVERIFY(desk.startScreen());
    QVERIFY(desk.startWindow({m_file}));
    QTRY_COMPARE_WITH_TIMEOUT(desk.text(), before, E2eDesk::kPatience);
    desk.focusWindow("Stagelift");

    dragTheStyleSheet(desk, before);
    if (QTest::currentTestFailed())
        return;
    undoAndRedo(desk, before);
    if (QTest::currentTestFailed())
        return;
    chooseTarget(desk, u"builder"_s);
    chooseTarget(desk, u"site"_s);
    if (QTest::currentTestFailed())
        return;

    desk.key("ctrl+s");
    QTRY_COMPARE(bytesOf(m_file), m_after);
    QVERIFY(QFile::permissions(m_file).testFlags(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
    QVERIFY(!desk.ask("text")[u"modified"_s].toBool());
    buildAndCompare(desk);
}

void E2eWindowTest::dragTheStyleSheet(E2eDesk& desk, const QByteArray& before)
{
    const QPoint artifact = desk.find("artifact", u"builder"_s, u"/site/style.css"_s);
    const QPoint site = desk.find("node", u"site"_s);
    QVERIFY2(artifact.x() >= 0 && site.x() >= 0, "both are on the screen");
    desk.drag(artifact, site);

    // One line is there, behind the COPY and ahead of USER, and nothing else has changed.
    const QByteArray line = "COPY --from=builder /site/style.css /site/style.css\n";
    const QByteArray anchor = "COPY --from=builder /site/pages /www\n";
    const qsizetype place = before.indexOf(anchor) + anchor.size();
    m_after = before.first(place) + line + before.sliced(place);
    QTRY_COMPARE_WITH_TIMEOUT(desk.text(), m_after, E2eDesk::kPatience);
    QVERIFY(desk.ask("text")[u"modified"_s].toBool());
    desk.key("Escape"); // the destination stands ready to be typed over; it is kept
    QCOMPARE(desk.text(), m_after);
}

void E2eWindowTest::undoAndRedo(E2eDesk& desk, const QByteArray& before)
{
    desk.click(desk.find("button", u"Undo"_s));
    QTRY_COMPARE(desk.text(), before);
    QVERIFY2(!desk.ask("text")[u"modified"_s].toBool(), "one step took all of it back");
    desk.click(desk.find("button", u"Redo"_s));
    QTRY_COMPARE(desk.text(), m_after);
}

void E2eWindowTest::chooseTarget(E2eDesk& desk, const QString& name)
{
    desk.click(desk.find("targetCombo"));
    const QPoint item = desk.find("target", name);
    QVERIFY2(item.x() >= 0, "the list of targets is open");
    QThread::msleep(300); // a list that has just opened takes a click for the one that opened it
    desk.click(item);
    QTRY_COMPARE(desk.ask("targetCombo")[u"text"_s].toString(), name);
}

void E2eWindowTest::buildAndCompare(E2eDesk& desk)
{
    QTRY_VERIFY_WITH_TIMEOUT(!desk.ask("engine")[u"searching"_s].toBool(), E2eDesk::kPatience);
    const QJsonObject engine = desk.ask("engine");
    if (!engine[u"ready"_s].toBool()) {
        const QString why = u"no engine is ready: %1"_s.arg(engine[u"problem"_s].toString());
        if (everythingIsRequired())
            QFAIL(qPrintable(why));
        QSKIP(qPrintable(why));
    }
    desk.click(desk.find("button", u"Build"_s));
    QTRY_VERIFY_WITH_TIMEOUT(desk.ask("built")[u"rows"_s].toArray().size() == 2 ||
                                 !desk.ask("built")[u"message"_s].toString().isEmpty(),
                             kBuildPatience);
    const QJsonObject built = desk.ask("built");
    QCOMPARE(built[u"message"_s].toString(), QString());
    QVERIFY(built[u"shown"_s].toBool());
    for (const QString& target : {u"builder"_s, u"site"_s}) {
        const QJsonObject row = built[u"rows"_s][target == "site"_L1 ? 1 : 0].toObject();
        QCOMPARE(row[u"stage"_s].toString(), target);
        QCOMPARE(row[u"total"_s].toInteger(), sumOfHistory(engine[u"id"_s].toString(), m_file, target));
        QCOMPARE(row[u"base"_s].toInteger(), 0);
        QCOMPARE(row[u"fate"_s].toString(), target == "site"_L1 ? u"ships"_s : u"left behind"_s);
    }
    QVERIFY2(built[u"summary"_s].toString().startsWith(u"site ships "_s), qPrintable(built[u"summary"_s].toString()));
}

QTEST_GUILESS_MAIN(E2eWindowTest)
#include "e2e_window_test.moc"
