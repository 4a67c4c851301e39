// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is said of a stage's files row by row, and what of them can be copied.

#include "files_fixture.h"
#include "ui/artifacts/file_preview.h"
#include "ui/diagram/carry.h"

#include <QMimeData>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;
using namespace stagelift::ui;

class FilesModelTest : public QObject {
    Q_OBJECT

private slots:
    void handsOutWhatCanBeCopied_data();
    void handsOutWhatCanBeCopied();
    void namesLayers_data();
    void namesLayers();
    void tellsTextFromOther_data();
    void tellsTextFromOther();
    void writesModes_data();
    void writesModes();
};

void FilesModelTest::handsOutWhatCanBeCopied_data()
{
    QTest::addColumn<QStringList>("paths");
    QTest::addColumn<QString>("line"); // that a drop on the last stage writes; "" where nothing can be dragged

    QTest::newRow("a file") << QStringList{u"etc/conf"_s} << u"COPY --from=build /etc/conf /etc/conf"_s;
    QTest::newRow("a folder") << QStringList{u"lib"_s} << u"COPY --from=build /lib /lib"_s;
    QTest::newRow("two files") << QStringList{u"etc/conf"_s, u"etc/extra"_s}
                               << u"COPY --from=build /etc/conf /etc/extra /etc/"_s;
    QTest::newRow("a name that is a pattern")
        << QStringList{u"odd/[id].js"_s} << u"COPY --from=build /odd/[[]id].js /odd/[id].js"_s;
    QTest::newRow("a hidden file") << QStringList{u"gone"_s} << QString();
    QTest::newRow("a folder among files") << QStringList{u"etc/conf"_s, u"lib"_s} << QString();
}

void FilesModelTest::handsOutWhatCanBeCopied()
{
    QFETCH(QStringList, paths);
    QFETCH(QString, line);
    ReadingWatch watch;
    const QByteArray archive = dockerArchive(
        QStringList{u"etc/ etc/conf:3 etc/extra:7 lib/ lib/a:1 gone:4 odd/ odd/[id].js:4"_s, u".wh.gone"_s});
    auto read = readImage(sourceOf(archive), watch);
    QVERIFY(read);
    const auto files = std::make_shared<const ImageFiles>(std::move(*read));
    const AnalysisPtr analysis = analyse("FROM scratch AS build\nRUN make\nFROM scratch\n");
    FilesModel model;
    const bool isHidden = paths.constFirst() == u"gone"_s;
    model.show(FileView(files, {.layer = isHidden ? 1 : -1}), analysis, 0);
    QModelIndexList rows;
    for (const QString& path : paths)
        rows << find(model, path.toStdString());
    QVERIFY(!rows.contains(QModelIndex()));
    const std::unique_ptr<QMimeData> mime(model.mimeData(rows));
    const auto drag = dragFrom(mime.get());
    QCOMPARE(drag.has_value(), !line.isEmpty());
    if (!drag)
        return;
    const auto outcome = dropped(*drag, *analysis, 1);
    QVERIFY2(outcome, outcome ? "" : outcome.error().reason.c_str());
    QCOMPARE(lineWritten(*outcome, *analysis), line);
}

void FilesModelTest::namesLayers_data()
{
    QTest::addColumn<int>("instruction");
    QTest::addColumn<QString>("createdBy");
    QTest::addColumn<QString>("label");

    QTest::newRow("as it is written, whatever the engine says")
        << 1 << u"RUN |1 A=b /bin/sh -c make all # buildkit"_s << u"line 2: RUN make \\ all"_s;
    QTest::newRow("of the base, by BuildKit")
        << -1 << u"RUN /bin/sh -c apt-get update # buildkit"_s << u"base: RUN apt-get update"_s;
    QTest::newRow("of the base, by Docker of old")
        << -1 << u"/bin/sh -c #(nop)  CMD [\"bash\"]"_s << u"base: CMD [\"bash\"]"_s;
    QTest::newRow("of the base, without a word") << -1 << QString() << u"layer 1"_s;
    QTest::newRow("more than a list can show") << -1 << QString(80, u'x') << u"base: "_s + QString(59, u'x') + u'…';
}

void FilesModelTest::namesLayers()
{
    QFETCH(int, instruction);
    QFETCH(QString, createdBy);
    ImageLayer layer;
    layer.createdBy = createdBy;
    layer.instruction = instruction;
    ImageFiles files;
    files.layers() << layer;
    QTEST(layerLabel(files, *analyse("FROM debian\nRUN make \\\n  all\n"), 0), "label");
}

void FilesModelTest::tellsTextFromOther_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isText");

    QTest::newRow("nothing") << QByteArray() << true;
    QTest::newRow("lines") << "a\r\n\tb\n"_ba << true;
    QTest::newRow("UTF-8 that is cut in a character") << "Gr\xc3\xbc\xc3"_ba << true;
    QTest::newRow("Latin-1") << "Gr\xfc\xdf"_ba << false;
    QTest::newRow("a zero") << QByteArray("a\0b", 3) << false;
    QTest::newRow("what would draw on a terminal") << "\x1b[2Jboo"_ba << false;
}

void FilesModelTest::tellsTextFromOther()
{
    QFETCH(QByteArray, bytes);
    QTEST(textOfFile(bytes).has_value(), "isText");
}

void FilesModelTest::writesModes_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<QString>("text");
    QTest::newRow("a program") << 0755 << u"rwxr-xr-x"_s;
    QTest::newRow("nobody's") << 0 << u"---------"_s;
    QTest::newRow("setuid") << 04755 << u"rwsr-xr-x"_s;
    QTest::newRow("setgid without x") << 02640 << u"rw-r-S---"_s;
    QTest::newRow("sticky") << 01777 << u"rwxrwxrwt"_s;
}

void FilesModelTest::writesModes()
{
    QFETCH(int, mode);
    QTEST(modeText(static_cast<quint16>(mode)), "text");
}

QTEST_MAIN(FilesModelTest)
#include "files_model_test.moc"
