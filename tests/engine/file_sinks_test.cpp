// SPDX-License-Identifier: GPL-3.0-or-later
//
// One file out of an image archive: its beginning, or all of it into a new file on the disk, which is never another.

#include "core/engine/files/file_sinks.h"
#include "engine/image_fixture.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

class FileSinksTest : public QObject {
    Q_OBJECT

private slots:
    void extractsOneFile();
    void savesSafely();
};

void FileSinksTest::extractsOneFile()
{
    QByteArray content;
    for (int i = 0; i < 100'000; ++i)
        content += QByteArray::number(i);
    const QByteArray archive = dockerArchive(QList<QByteArray>{
        layerOf(u"a:1"_s),
        tarOf({{.path = "./b", .content = content}, {.path = "c", .content = "see"}}, ARCHIVE_FILTER_GZIP)});
    ReadingWatch watch;
    BeginningSink beginning(1000);
    QVERIFY(extractFile(sourceOf(archive), "layer-1.tar", "/b", beginning, watch));
    QCOMPARE(beginning.bytes(), content.first(1000));
    BeginningSink all(10'000'000);
    QVERIFY(extractFile(sourceOf(archive), "layer-1.tar", "/c", all, watch));
    QCOMPARE(all.bytes(), "see"_ba);
    QCOMPARE(extractFile(sourceOf(archive), "layer-1.tar", "/d", all, watch).error(), u"/d is no file there."_s);
    QCOMPARE(extractFile(sourceOf(archive), "layer-7.tar", "/b", all, watch).error(),
             u"The image has changed since its files were read. Read them again."_s);
}

void FileSinksTest::savesSafely()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"saved"_s);
    NewFileSink sink(path, true);
    QVERIFY(sink.take("abc", 0));
    QVERIFY(sink.take("f", 5)); // a hole ahead of it
    sink.finish(8);
    QVERIFY(!QFileInfo::exists(path)); // not before it is whole
    QCOMPARE(sink.commit(), QString());
    QFile saved(path);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QCOMPARE(saved.readAll(), QByteArray("abc\0\0f\0\0", 8));
    QVERIFY(saved.permissions().testFlag(QFile::ExeOwner));

    const QString link = folder.filePath(u"link"_s);
    QVERIFY(QFile::link(path, link));
    NewFileSink through(link, false);
    QCOMPARE(through.problem(),
             u"%1 is a link. Choose another name, so that nothing is written elsewhere."_s.arg(link));
    QVERIFY(!through.take("evil", 0));
    NewFileSink device(u"/dev/null"_s, false);
    QCOMPARE(device.problem(), u"/dev/null is no file."_s);
    NewFileSink nowhere(folder.filePath(u"no/such/folder"_s), false);
    QVERIFY(nowhere.problem().startsWith(folder.filePath(u"no/such/folder"_s)));
}

QTEST_GUILESS_MAIN(FileSinksTest)
#include "file_sinks_test.moc"
