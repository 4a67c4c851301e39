// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files that are not what one hopes for, and engines that do not answer: each is a clear message, nothing is lost, and
// the window goes on.

#include "flood.h"
#include "ui/build/build_log.h"
#include "ui/build/placeholder.h"
#include "ui/editor/scintilla.h"
#include "ui/window/build_desk.h"
#include "ui/window/problems_pane.h"
#include "window_fixture.h"

#include <QAction>
#include <QElapsedTimer>
#include <QLabel>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

constexpr auto kGood = "FROM golang AS build\nRUN make\n\nFROM scratch\nCOPY --from=build /a /a\n";

} // namespace

class WindowBadInputTest : public QObject {
    Q_OBJECT
private slots:
    void saysWhyAFileDoesNotOpen_data();
    void saysWhyAFileDoesNotOpen();
    void keepsEveryByte_data();
    void keepsEveryByte();
    void showsAnEmptyFile();
    void tellsOfAFileWithoutFrom();
    void opensALargeFile();
    void completesInAFolderOfManyFiles();
    void keepsTheTextOfAFileThatDisappears();
    void doesNotLoseAReadOnlyFilesText();
    void saysWhatToInstallWithoutAnEngine();
    void saysThatAnEngineIsNotRunning();
};

void WindowBadInputTest::saysWhyAFileDoesNotOpen_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("says");

    QTest::newRow("a missing file") << u"missing"_s << u"no such file"_s;
    QTest::newRow("a folder") << u"folder"_s << u"folder"_s;
    QTest::newRow("a binary") << u"binary"_s << u"not a text file"_s;
    QTest::newRow("a device") << u"/dev/null"_s << u"/dev/null"_s;
}

void WindowBadInputTest::saysWhyAFileDoesNotOpen()
{
    QFETCH(QString, kind);
    QFETCH(QString, says);

    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, kGood));
    const QString path = kind.startsWith(u'/') ? kind : desk.path(kind);
    if (kind == "folder"_L1)
        QVERIFY(QDir().mkpath(path));
    if (kind == "binary"_L1)
        desk.file(kind, QByteArray("\x7f"
                                   "ELF\x02\x01\x01\0\0\0\0\xff\xfe FROM",
                                   19));
    QVERIFY(!desk.window().openFile(path));
    QVERIFY2(desk.message().contains(says), qPrintable(desk.message()));
    QVERIFY2(desk.message().contains(path.section(u'/', -1)), qPrintable(desk.message()));
    // What was open is in front, as it was.
    QCOMPARE(desk.window().allTabs().size(), 1);
    QCOMPARE(desk.text(), kGood);
    QVERIFY(!desk.tab().document().isModified());
}

void WindowBadInputTest::keepsEveryByte_data()
{
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("invalid UTF-8") << QByteArray("# caf\xe9 \xff\xc3\x28\nFROM a\n");
    QTest::newRow("UTF-8") << QByteArray("# café 😀\nFROM a\n");
    QTest::newRow("a byte order mark") << QByteArray("\xef\xbb\xbf"
                                                     "FROM a\n");
    QTest::newRow("CRLF") << QByteArray("FROM a\r\nRUN x\r\n");
    QTest::newRow("mixed line endings") << QByteArray("FROM a\r\nRUN x\nRUN y\r\n");
    QTest::newRow("no line ending at the end") << QByteArray("FROM a\nRUN x");
}

void WindowBadInputTest::keepsEveryByte()
{
    QFETCH(QByteArray, bytes);
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, bytes));
    desk.type(u"#"_s);
    QVERIFY(desk.tab().document().isModified());
    desk.window().action(ActionId::Save)->trigger();
    const qsizetype mark = bytes.startsWith("\xef\xbb\xbf") ? 3 : 0;
    QCOMPARE(desk.onDisk(u"Dockerfile"_s), bytes.first(mark) + '#' + bytes.sliced(mark));
    desk.window().action(ActionId::Undo)->trigger();
    desk.window().action(ActionId::Save)->trigger();
    QCOMPARE(desk.onDisk(u"Dockerfile"_s), bytes);
}

void WindowBadInputTest::showsAnEmptyFile()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, {}));
    QCOMPARE(desk.tab().target(), -1);
    QVERIFY(!desk.window().action(ActionId::Build)->isEnabled());
    desk.type(u"FROM scratch"_s);
    QTRY_COMPARE(desk.tab().target(), 0);
    QVERIFY(desk.window().action(ActionId::Build)->isEnabled());
}

void WindowBadInputTest::tellsOfAFileWithoutFrom()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, "RUN make\nCOPY a b\n"));
    const ProblemsModel& problems = desk.tab().problems().model();
    const auto first = [&problems] { return problems.diagnostic(0) ? problems.diagnostic(0)->message : std::string(); };
    QTRY_COMPARE(first(), "no build stage in current context");
    QCOMPARE(problems.diagnostic(0)->severity, Severity::Error);
}

void WindowBadInputTest::opensALargeFile()
{
    QByteArray large("FROM scratch AS first\n");
    for (int i = 0; large.size() < 5'000'000; ++i)
        large +=
            "COPY some/file-" + QByteArray::number(i) + " /a/place/that/is/not/short/" + QByteArray::number(i) + '\n';
    large += "FROM scratch AS last\nCOPY --from=first /a /b\n";
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, large));
    QCOMPARE(desk.text().size(), static_cast<std::size_t>(large.size()));
    QTRY_COMPARE_WITH_TIMEOUT(desk.tab().target(), 1, 60'000);
    desk.type(u"#"_s);
    desk.window().action(ActionId::Save)->trigger();
    QCOMPARE(desk.onDisk(u"Dockerfile"_s), '#' + large);
}

/// Half a million would take as long: no more are looked at than anybody could choose from.
void WindowBadInputTest::completesInAFolderOfManyFiles()
{
    constexpr double kLongestWork = 50; // ms
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, "FROM a\nCOPY many"));
    QVERIFY(QDir(desk.path({})).mkdir(u"many"_s));
    for (int i = 0; i < 20'000; ++i)
        desk.file(u"many/file%1"_s.arg(i), {});
    Editor& editor = desk.tab().editor();
    const Scintilla sci(editor);
    editor.setFocus();
    editor.setCursorPosition(1, 9);
    const Pulse pulse;
    QTest::keyClick(&editor, Qt::Key_Slash);
    QTRY_VERIFY(sci(QsciScintillaBase::SCI_AUTOCACTIVE) != 0);
#ifndef __SANITIZE_ADDRESS__
    QVERIFY2(pulse.worstWork() < kLongestWork, qPrintable(QString::number(pulse.worstWork())));
#endif
    QTest::keyClick(&editor, Qt::Key_Tab);
    QTRY_VERIFY2(desk.text().starts_with("FROM a\nCOPY many/file"), desk.text().c_str());
}

void WindowBadInputTest::keepsTheTextOfAFileThatDisappears()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, kGood));
    QVERIFY(QFile::remove(desk.path(u"Dockerfile"_s)));
    QTRY_VERIFY2(desk.message().contains(u"not on the disk any more"_s), qPrintable(desk.message()));
    QCOMPARE(desk.text(), kGood);
    QVERIFY2(desk.tab().document().isModified(), "closing would lose it, so it counts as unsaved");
    desk.window().action(ActionId::Save)->trigger();
    QCOMPARE(desk.onDisk(u"Dockerfile"_s), kGood);
    QCOMPARE(desk.message(), QString());
}

void WindowBadInputTest::doesNotLoseAReadOnlyFilesText()
{
    Desk desk;
    const QString path = desk.file(u"Dockerfile"_s, kGood);
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther));
    QVERIFY(QFile::setPermissions(desk.path({}), QFile::ReadOwner | QFile::ExeOwner | QFile::ReadGroup |
                                                     QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther));
    const AsNobody nobody;
    QVERIFY(desk.window().openFile(path));
    QVERIFY2(desk.message().contains(u"read-only"_s), qPrintable(desk.message()));
    desk.type(u"#"_s);
    desk.window().action(ActionId::Save)->trigger();
    QVERIFY2(desk.message().contains(u"Dockerfile"_s), qPrintable(desk.message()));
    QVERIFY2(desk.message().contains(u"Nothing is lost"_s), qPrintable(desk.message()));
    QVERIFY(desk.tab().document().isModified());
    QCOMPARE(desk.text(), std::string("#") + kGood);
    QCOMPARE(desk.onDisk(u"Dockerfile"_s), kGood);
}

void WindowBadInputTest::saysWhatToInstallWithoutAnEngine()
{
    const OnlyOnPath nothing;
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, kGood));
    desk.window().buildDesk().controller().findEngines();
    QTRY_VERIFY(!desk.window().buildDesk().controller().isSearching());
    QVERIFY2(desk.tab().log().placeholder().words().contains(u"No container engine was found"_s),
             qPrintable(desk.tab().log().placeholder().words()));
    QVERIFY(desk.tab().log().placeholder().words().contains(u"buildah"_s));
    desk.window().action(ActionId::Build)->trigger(); // shows it; builds nothing
    QVERIFY(desk.tab().log().placeholder().isVisible());
    QVERIFY(!desk.window().buildDesk().controller().isRunning());
}

void WindowBadInputTest::saysThatAnEngineIsNotRunning()
{
    OnlyOnPath path;
    path.add(u"docker"_s, "[ \"$1\" = buildx ] && { echo 'github.com/docker/buildx 0.13.1'; exit 0; }\n"
                          "echo 'Cannot connect to the Docker daemon at unix:///run/nowhere.sock. "
                          "Is the docker daemon running?' >&2\nexit 1\n");
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, kGood));
    BuildController& controller = desk.window().buildDesk().controller();
    controller.findEngines();
    QTRY_VERIFY_WITH_TIMEOUT(!controller.isSearching(), 20'000);
    QVERIFY(controller.engine());
    QVERIFY(!controller.engine()->ready);
    QVERIFY(!controller.engine()->problem.isEmpty());
    QVERIFY2(desk.tab().log().placeholder().words().contains(controller.engine()->problem),
             qPrintable(desk.tab().log().placeholder().words()));
    const auto* status = desk.window().findChild<QLabel*>(u"status.engine"_s);
    QCOMPARE(status->text(), u"docker is not ready"_s);
    desk.window().action(ActionId::Build)->trigger();
    QVERIFY(!controller.isRunning());
    QVERIFY2(desk.message().contains(controller.engine()->problem), qPrintable(desk.message()));
    QCOMPARE(desk.text(), kGood);
}

QTEST_MAIN(WindowBadInputTest)
#include "window_bad_input_test.moc"
