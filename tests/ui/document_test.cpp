// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/document/document.h"
#include "ui/editor/editor.h"

#include <QFile>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <memory>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

struct Open {
    Open() { QObject::connect(&editor, &Editor::bufferChanged, &document, &Document::bufferChanged); }
    void type(const std::string& text) { editor.apply({{.span = {0, 0}, .text = text}}, {0, 0}); }

    Editor editor;
    Document document{editor};
};

void writeTo(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray contentsOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(unreadable)");
}

mode_t modeOf(const QString& path)
{
    struct stat info{};
    ::stat(QFile::encodeName(path).constData(), &info);
    return info.st_mode & 07777;
}

} // namespace

class DocumentTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void keepsEveryByte_data();
    void keepsEveryByte();
    void refusesWithAReason_data();
    void refusesWithAReason();
    void whatCannotBeOpenedLeavesTheTextAlone();
    void opensALargeFile();
    void savesThroughALinkAndKeepsTheMode();
    void savesInPlaceWhatHasASecondName();
    void aReadOnlyFileIsNotWrittenAndNothingIsLost();
    void savesUnderAnotherName();
    void cannotSaveIntoAMissingFolder();
    void followsAChangeOnTheDisk();
    void asksWhenBothChanged();
    void doesNotOverwriteUnasked();
    void aVanishedFileCountsAsModified();
    void offersUnsavedTextAfterACrash();
    void nothingIsOfferedAfterAnOrderlyEnd();

private:
    [[nodiscard]] QString at(const QString& name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void DocumentTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
}

void DocumentTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    for (const RecoveredFile& old : recoverable())
        discard(old);
}

void DocumentTest::keepsEveryByte_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QByteArray all("FROM a\n");
    for (int byte = 1; byte < 256; ++byte)
        all += static_cast<char>(byte);
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("every byte but NUL") << all;
    QTest::newRow("no line end at the end") << QByteArray("FROM a\nRUN b");
    QTest::newRow("CRLF") << QByteArray("FROM a\r\nRUN b\r\n");
    QTest::newRow("mixed line ends") << QByteArray("FROM a\r\nRUN b\nRUN c\rRUN d\n");
    QTest::newRow("a byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                     "FROM a\n");
    QTest::newRow("Latin-1") << QByteArray("# caf\xE9\nFROM a\n");
    QTest::newRow("overlong and surrogates") << QByteArray("# \xC0\x80 \xED\xA0\x80 \xF5\x80\x80\x80\n");
    QTest::newRow("cut off in a character") << QByteArray("# \xF0\x9F\x98");
    QTest::newRow("NUL far down") << QByteArray(9000, '#') + QByteArray("\0\n", 2);
    QTest::newRow("tabs and blanks at the end") << QByteArray("RUN a \t \n\t\n");
}

void DocumentTest::keepsEveryByte()
{
    QFETCH(QByteArray, bytes);
    writeTo(at(u"Dockerfile"_s), bytes);
    Open open;
    QVERIFY(open.document.load(at(u"Dockerfile"_s)));
    QVERIFY(!open.document.isModified());
    QVERIFY(open.document.saveAs(at(u"copy"_s)));
    QCOMPARE(contentsOf(at(u"copy"_s)), bytes);
    open.type("# x\n");
    QVERIFY(open.document.isModified());
    QVERIFY(open.document.save());
    QVERIFY(contentsOf(at(u"copy"_s)) != bytes);
    open.editor.undo();
    QVERIFY(open.document.save());
    QCOMPARE(contentsOf(at(u"copy"_s)), bytes);
}

void DocumentTest::refusesWithAReason_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("reason");
    QTest::newRow("missing") << u"nothing"_s << u"there is no such file"_s;
    QTest::newRow("a folder") << u"folder"_s << u"is a folder"_s;
    QTest::newRow("binary") << u"binary"_s << u"is not a text file"_s;
    QTest::newRow("UTF-16") << u"utf16"_s << u"UTF-16"_s;
    QTest::newRow("too large") << u"large"_s << u"too large"_s;
    QTest::newRow("a dangling link") << u"dangling"_s << u"which is not there"_s;
    QTest::newRow("a pipe") << u"pipe"_s << u"is a device or a pipe"_s;
}

void DocumentTest::refusesWithAReason()
{
    QFETCH(QString, name);
    QFETCH(QString, reason);
    QDir(m_folder->path()).mkdir(u"folder"_s);
    writeTo(at(u"binary"_s), QByteArray("\x7F"
                                        "ELF\0\0",
                                        6));
    writeTo(at(u"utf16"_s), QByteArray("\xFF\xFE"
                                       "F\0R\0",
                                       6));
    writeTo(at(u"large"_s), "FROM a\n");
    QVERIFY(QFile::resize(at(u"large"_s), kLargestFile + 1));
    QVERIFY(QFile::link(at(u"elsewhere"_s), at(u"dangling"_s)));
    QCOMPARE(::mkfifo(QFile::encodeName(at(u"pipe"_s)).constData(), 0600), 0);

    Open open;
    const auto loaded = open.document.load(at(name));
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().contains(reason), qPrintable(loaded.error()));
    QVERIFY2(loaded.error().contains(at(name)), "the sentence names the file");
}

void DocumentTest::whatCannotBeOpenedLeavesTheTextAlone()
{
    writeTo(at(u"Dockerfile"_s), "FROM a\n");
    Open open;
    QVERIFY(open.document.load(at(u"Dockerfile"_s)));
    open.type("# mine\n");
    QVERIFY(!open.document.load(at(u"nothing"_s)));
    QCOMPARE(open.editor.bytes(), "# mine\nFROM a\n");
    QCOMPARE(open.document.path(), at(u"Dockerfile"_s));
    QVERIFY(open.document.isModified());
}

void DocumentTest::opensALargeFile()
{
    const QByteArray line("RUN echo the quick brown fox jumps over the lazy dog\n");
    writeTo(at(u"Dockerfile"_s), "FROM a\n" + line.repeated(5'000'000 / line.size()));
    Open open;
    const std::clock_t before = std::clock(); // of work: other programs on the machine do not count
    QVERIFY(open.document.load(at(u"Dockerfile"_s)));
    const auto spent = (std::clock() - before) * 1000 / CLOCKS_PER_SEC;
    QVERIFY2(spent < 1000, qPrintable(u"%1 ms"_s.arg(spent)));
    QCOMPARE(open.editor.bytes().size(), std::size_t(QFileInfo(at(u"Dockerfile"_s)).size()));
}

void DocumentTest::savesThroughALinkAndKeepsTheMode()
{
    writeTo(at(u"real"_s), "FROM a\n");
    QVERIFY(QFile::link(at(u"real"_s), at(u"Dockerfile"_s)));
    ::chmod(QFile::encodeName(at(u"real"_s)).constData(), 0751);
    Open open;
    QVERIFY(open.document.load(at(u"Dockerfile"_s)));
    open.type("# x\n");
    QVERIFY(open.document.save());
    QVERIFY(QFileInfo(at(u"Dockerfile"_s)).isSymLink());
    QCOMPARE(contentsOf(at(u"real"_s)), QByteArray("# x\nFROM a\n"));
    QCOMPARE(modeOf(at(u"real"_s)), mode_t(0751));
    QCOMPARE(open.document.path(), at(u"Dockerfile"_s));
}

void DocumentTest::savesInPlaceWhatHasASecondName()
{
    writeTo(at(u"Dockerfile"_s), "FROM a\nRUN long\n");
    QCOMPARE(::link(QFile::encodeName(at(u"Dockerfile"_s)).constData(), QFile::encodeName(at(u"other"_s)).constData()),
             0);
    Open open;
    QVERIFY(open.document.load(at(u"Dockerfile"_s)));
    open.editor.apply({{.span = {0, 16}, .text = "FROM b\n"}}, {0, 0});
    QVERIFY(open.document.save());
    QCOMPARE(contentsOf(at(u"other"_s)), QByteArray("FROM b\n"));
    QVERIFY(QDir(privateFolder(u"backups"_s)).isEmpty());
}

void DocumentTest::aReadOnlyFileIsNotWrittenAndNothingIsLost()
{
    writeTo(at(u"Dockerfile"_s), "FROM a\n");
    ::chmod(QFile::encodeName(at(u"Dockerfile"_s)).constData(), 0444);
    Open open;
    QVERIFY(open.document.load(at(u"Dockerfile"_s)));
    QVERIFY(open.document.isReadOnly());
    open.type("# x\n");
    const auto saved = open.document.save();
    QVERIFY(!saved);
    QVERIFY2(saved.error().contains(u"read-only"_s), qPrintable(saved.error()));
    QVERIFY(saved.error().contains(at(u"Dockerfile"_s)));
    QVERIFY(open.document.isModified());
    QCOMPARE(contentsOf(at(u"Dockerfile"_s)), QByteArray("FROM a\n"));
    QVERIFY(open.document.saveAs(at(u"copy"_s)));
    QCOMPARE(contentsOf(at(u"copy"_s)), QByteArray("# x\nFROM a\n"));
}

void DocumentTest::savesUnderAnotherName()
{
    Open open;
    QCOMPARE(open.document.title(), u"Untitled"_s);
    QVERIFY(!open.document.save());
    open.type("FROM a\n");
    const QSignalSpy moved(&open.document, &Document::pathChanged);
    QVERIFY(open.document.saveAs(at(u"new.Dockerfile"_s)));
    QCOMPARE(moved.size(), 1);
    QCOMPARE(open.document.title(), u"new.Dockerfile"_s);
    QVERIFY(!open.document.isModified());
}

void DocumentTest::cannotSaveIntoAMissingFolder()
{
    Open open;
    open.type("FROM a\n");
    const auto saved = open.document.saveAs(at(u"no/such/Dockerfile"_s));
    QVERIFY(!saved);
    QVERIFY2(saved.error().contains(u"is not there"_s), qPrintable(saved.error()));
    QVERIFY(open.document.isModified());
}

void DocumentTest::followsAChangeOnTheDisk()
{
    writeTo(at(u"Dockerfile"_s), "FROM a\nRUN b\n");
    Open open;
    QVERIFY(open.document.load(at(u"Dockerfile"_s)));
    open.editor.select({9, 9});
    const QSignalSpy reloaded(&open.document, &Document::reloaded);
    writeTo(at(u"Dockerfile"_s), "FROM a\nRUN b\nRUN c\n");
    QVERIFY(QTest::qWaitFor([&] { return reloaded.size() == 1; }));
    QCOMPARE(open.editor.bytes(), "FROM a\nRUN b\nRUN c\n");
    QVERIFY(!open.document.isModified());
    // Another editor puts a new file in its place.
    writeTo(at(u"new"_s), "FROM z\n");
    QCOMPARE(::rename(QFile::encodeName(at(u"new"_s)).constData(), QFile::encodeName(at(u"Dockerfile"_s)).constData()),
             0);
    QVERIFY(QTest::qWaitFor([&] { return reloaded.size() == 2; }));
    QCOMPARE(open.editor.bytes(), "FROM z\n");
    writeTo(at(u"Dockerfile"_s), "FROM y\n");
    QVERIFY(QTest::qWaitFor([&] { return reloaded.size() == 3; }));
    open.editor.undo();
    QCOMPARE(open.editor.bytes(), "FROM z\n");
}

void DocumentTest::asksWhenBothChanged()
{
    writeTo(at(u"Dockerfile"_s), "FROM a\n");
    Open open;
    QVERIFY(open.document.load(at(u"Dockerfile"_s)));
    open.type("# mine\n");
    const QSignalSpy asked(&open.document, &Document::fileChangedOnDisk);
    writeTo(at(u"Dockerfile"_s), "FROM theirs\n");
    QVERIFY(QTest::qWaitFor([&] { return asked.size() == 1; }));
    QCOMPARE(open.editor.bytes(), "# mine\nFROM a\n");
    QVERIFY(!open.document.save());
    QCOMPARE(contentsOf(at(u"Dockerfile"_s)), QByteArray("FROM theirs\n"));
    open.document.keepMine();
    QVERIFY(open.document.save());
    QCOMPARE(contentsOf(at(u"Dockerfile"_s)), QByteArray("# mine\nFROM a\n"));
}

void DocumentTest::doesNotOverwriteUnasked()
{
    writeTo(at(u"Dockerfile"_s), "FROM a\n");
    Open open;
    QVERIFY(open.document.load(at(u"Dockerfile"_s)));
    open.type("# mine\n");
    writeTo(at(u"Dockerfile"_s), "FROM theirs\n"); // and no time for the watch to notice
    const QSignalSpy asked(&open.document, &Document::fileChangedOnDisk);
    QVERIFY(!open.document.save());
    QCOMPARE(asked.size(), 1);
    QVERIFY(open.document.reload());
    QCOMPARE(open.editor.bytes(), "FROM theirs\n");
    open.editor.undo();
    QCOMPARE(open.editor.bytes(), "# mine\nFROM a\n");
}

void DocumentTest::aVanishedFileCountsAsModified()
{
    writeTo(at(u"Dockerfile"_s), "FROM a\n");
    Open open;
    QVERIFY(open.document.load(at(u"Dockerfile"_s)));
    const QSignalSpy gone(&open.document, &Document::fileGone);
    QVERIFY(QFile::remove(at(u"Dockerfile"_s)));
    QVERIFY(QTest::qWaitFor([&] { return gone.size() == 1; }));
    QVERIFY(open.document.isModified());
    QCOMPARE(open.editor.bytes(), "FROM a\n");
    QVERIFY(open.document.save());
    QVERIFY(!open.document.isModified());
    QCOMPARE(contentsOf(at(u"Dockerfile"_s)), QByteArray("FROM a\n"));
}

void DocumentTest::offersUnsavedTextAfterACrash()
{
    writeTo(at(u"Dockerfile"_s), "FROM a\n");
    const pid_t child = ::fork();
    if (child == 0) {
        // A second process, which ends as kill -9 would end it, while it still holds the text.
        const std::string copy = privateFolder(u"recovery"_s).toStdString() + "/crash.text";
        QFile file(QString::fromStdString(copy));
        (void)file.open(QIODevice::WriteOnly);
        file.write(R"({"path":")" + at(u"Dockerfile"_s).toUtf8() + R"(","title":"Dockerfile"})" + "\n# \xFF\nFROM a\n");
        file.close();
        QLockFile lock(QString::fromStdString(copy + ".lock"));
        lock.tryLock(0);
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    const QList<RecoveredFile> found = recoverable();
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.front().title, u"Dockerfile"_s);
    Open open;
    QVERIFY(open.document.restore(found.front()));
    QCOMPARE(open.editor.bytes(), "# \xFF\nFROM a\n");
    QCOMPARE(open.document.path(), at(u"Dockerfile"_s));
    QVERIFY(open.document.isModified());
    QVERIFY2(recoverable().isEmpty(), "it is in use again");
    QVERIFY2(QFile::exists(found.front().copy), "a crash right now loses nothing");
    open.editor.undo();
    QCOMPARE(open.editor.bytes(), "FROM a\n");
    QTRY_VERIFY(!QFile::exists(found.front().copy));
}

void DocumentTest::nothingIsOfferedAfterAnOrderlyEnd()
{
    const QDir folder(privateFolder(u"recovery"_s));
    {
        Open open;
        open.type("FROM a\n");
        QVERIFY(QTest::qWaitFor([&] { return folder.entryList({u"*.text"_s}).size() == 1; }, 2000));
        QCOMPARE(contentsOf(folder.filePath(folder.entryList({u"*.text"_s}).front())).split('\n').value(1),
                 QByteArray("FROM a"));
        QVERIFY2(recoverable().isEmpty(), "the text of a running program is not offered");
        QVERIFY(open.document.saveAs(at(u"Dockerfile"_s)));
        QCOMPARE(folder.entryList({u"*.text"_s}).size(), 0);
        open.type("# x\n");
        QVERIFY(QTest::qWaitFor([&] { return folder.entryList({u"*.text"_s}).size() == 1; }, 2000));
    }
    QCOMPARE(folder.entryList({u"*.text"_s}).size(), 0);
}

QTEST_MAIN(DocumentTest)
#include "document_test.moc"
