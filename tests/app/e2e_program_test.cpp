// SPDX-License-Identifier: GPL-3.0-or-later
//
// The program itself on a real display: it opens a file, is typed into, saves and ends; and says what is wrong where it
// can't open a window.

#include "e2e_desk.h"

#include <QFile>
#include <QStandardPaths>
#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace stagelift;

class E2eProgramTest : public QObject {
    Q_OBJECT
private slots:
    void typesSavesAndEnds();
    void saysThatThereIsNoDisplay();
    void refusesAnUnknownOption();
    void drawsAPicture_data();
    void drawsAPicture();
    void drawsTheTarget();

private:
    static QProcess& run(QProcess& process, const QStringList& arguments, bool display);
};

QProcess& E2eProgramTest::run(QProcess& process, const QStringList& arguments, bool display)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QString::fromLatin1(variable));
    if (display)
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(STAGELIFT_PROGRAM), arguments);
    process.waitForFinished(60'000);
    return process;
}

void E2eProgramTest::typesSavesAndEnds()
{
    E2eDesk desk;
    if (QStandardPaths::findExecutable(u"xdotool"_s).isEmpty() || !desk.startScreen()) {
        if (everythingIsRequired())
            QFAIL("Xvfb and xdotool are not installed");
        QSKIP("Xvfb and xdotool are not installed");
    }
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"Dockerfile"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.write("FROM scratch\r\nCOPY a /a\r\n");
    file.close();

    desk.start(QStringLiteral(STAGELIFT_PROGRAM), {file.fileName()});
    desk.focusWindow("Dockerfile.*Stagelift");
    desk.key("ctrl+End");
    desk.type(u"USER 1000"_s);
    desk.key("Return");
    desk.key("ctrl+s");
    const auto saved = [&file] {
        const bool open = file.open(QIODevice::ReadOnly);
        const QByteArray bytes = open ? file.readAll() : QByteArray();
        file.close();
        return bytes;
    };
    QTRY_COMPARE_WITH_TIMEOUT(saved(), "FROM scratch\r\nCOPY a /a\r\nUSER 1000\r\n", E2eDesk::kPatience);
    desk.key("ctrl+q");
    QVERIFY(desk.program().waitForFinished(E2eDesk::kPatience));
    QCOMPARE(desk.program().exitStatus(), QProcess::NormalExit);
    QCOMPARE(desk.program().exitCode(), 0);
}

void E2eProgramTest::saysThatThereIsNoDisplay()
{
    QProcess process;
    QCOMPARE(run(process, {}, false).exitCode(), 2);
    QVERIFY(process.readAllStandardError().contains("there is no display"));
}

void E2eProgramTest::refusesAnUnknownOption()
{
    QProcess process;
    QCOMPARE(run(process, {u"--colour"_s}, true).exitCode(), 2);
    QVERIFY(process.readAllStandardError().contains("there is no option --colour"));
}

void E2eProgramTest::drawsAPicture_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("says");

    QTest::newRow("light") << QStringList{} << 0 << QString();
    QTest::newRow("dark, twice as fine") << QStringList{u"--theme"_s, u"dark"_s, u"--scale"_s, u"2"_s} << 0
                                         << QString();
    QTest::newRow("no such theme") << QStringList{u"--theme"_s, u"pink"_s} << 2 << u"--theme takes light or dark"_s;
    QTest::newRow("no such size") << QStringList{u"--size"_s, u"big"_s} << 2 << u"--size takes"_s;
    QTest::newRow("no such scale") << QStringList{u"--scale"_s, u"0"_s} << 2 << u"--scale takes"_s;
    QTest::newRow("no such target") << QStringList{u"--target"_s, u"nowhere"_s} << 2 << u"has no stage nowhere"_s;
    QTest::newRow("no such option") << QStringList{u"--frame"_s} << 2 << u"frame"_s;
}

void E2eProgramTest::drawsAPicture()
{
    QFETCH(QStringList, options);
    QFETCH(int, status);
    QFETCH(QString, says);

    const QTemporaryDir folder;
    const QString picture = folder.filePath(u"window.png"_s);
    const QString example = QStringLiteral(STAGELIFT_SOURCE_DIR) + u"/resources/examples/no-registry.Dockerfile"_s;
    QProcess process;
    run(process, QStringList{u"screenshot"_s, example, u"-o"_s, picture, u"--size=900x600"_s} + options, false);
    const QByteArray error = process.readAllStandardError();
    QVERIFY2(process.exitCode() == status, error.constData());
    QVERIFY2(error.contains(says.toUtf8()), error.constData());
    QFile file(picture);
    QCOMPARE(file.exists(), status == 0);
    if (status != 0)
        return;
    // Width and height stand in a PNG's header.
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray header = file.read(24);
    const auto number = [&](int at) { return qFromBigEndian<quint32>(header.constData() + at); };
    const quint32 scale = options.contains(u"--scale"_s) ? 2 : 1;
    QCOMPARE(number(16), 900 * scale);
    QCOMPARE(number(20), 600 * scale);
}

void E2eProgramTest::drawsTheTarget()
{
    const QString example = QStringLiteral(STAGELIFT_SOURCE_DIR) + u"/resources/examples/no-registry.Dockerfile"_s;
    const auto drawn = [&example](const QStringList& options) {
        QProcess process;
        run(process, QStringList{u"screenshot"_s, example, u"-o"_s, u"-"_s, u"--size=900x600"_s} + options, false);
        return process.readAllStandardOutput();
    };
    const QByteArray picture = drawn({});
    QVERIFY(picture == drawn({u"--target"_s, u"site"_s}));
    QVERIFY(picture != drawn({u"--target"_s, u"builder"_s}));
}

QTEST_GUILESS_MAIN(E2eProgramTest)
#include "e2e_program_test.moc"
