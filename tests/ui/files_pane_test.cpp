// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pane of a stage's files: what it says before there are any, the tree by layer, size and words, what is dragged
// out of it, what is shown and saved of one file. A script stands in for the engine; the real ones are in tests/engine.

#include "engine/image_fixture.h"
#include "ui/artifacts/file_preview.h"
#include "ui/artifacts/files_model.h"
#include "ui/artifacts/files_pane.h"
#include "ui/artifacts/stage_reader.h"
#include "ui/build/placeholder.h"
#include "ui/diagram/carry.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;
using namespace stagelift::ui;

namespace {

constexpr auto kText =
    "FROM scratch AS build\nCOPY a /\nRUN make\nRUN clean\nFROM scratch\nCOPY --from=build /bin/app /\n";

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s can't be written", qPrintable(path));
}

/// Stands in for podman: it builds without doing anything, and its image is a file.
class Scripted {
public:
    explicit Scripted(const QByteArray& archive, const QByteArray& save = "cat \"$ARCHIVE\"")
    {
        write(m_folder.filePath(u"archive"_s), archive);
        const QString program = m_folder.filePath(u"podman"_s);
        write(program,
              "#!/bin/sh\nARCHIVE=" + m_folder.path().toUtf8() + "/archive\n[ $1 = build ] && exit 0\n" + save + '\n');
        QFile::setPermissions(program, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        m_request.engine.kind = EngineKind::Podman;
        m_request.engine.id = u"podman"_s;
        m_request.engine.program = program;
        m_request.engine.ready = true;
        m_request.context = m_folder.path();
        m_request.analysis = analyse(kText);
        m_request.target = 0;
    }

    [[nodiscard]] const BuildRequest& request() const { return m_request; }
    [[nodiscard]] QString file(const QString& name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
    BuildRequest m_request;
};

QByteArray threeLayers()
{
    return dockerArchive(QStringList{u"bin/ bin/app:2000,755 etc/ etc/conf:30 big:9000"_s,
                                     u"bin/ bin/app:5000,755 lib/ lib/a->b"_s, u".wh.big etc/ etc/extra:7"_s});
}

/// What a view shows, a word a row: "bin/app:5 kB", what is in a folder behind it.
QString shown(const FilesModel& model, const QModelIndex& parent = {})
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, FilesModel::Name, parent);
        const QString change = index.siblingAtColumn(FilesModel::Change).data().toString();
        QString text = index.data().toString() + u':' + index.siblingAtColumn(FilesModel::Size).data().toString();
        if (model.view().query().layer >= 0 && !change.isEmpty())
            text += u" "_s + change;
        const QString inside = shown(model, index);
        rows << (inside.isEmpty() ? text : text + u" ("_s + inside + u')');
    }
    return rows.join(u", "_s);
}

bool settled(FilesPane& pane)
{
    return QTest::qWaitFor([&] { return pane.reader().stageBeingRead() < 0 && !pane.isBusy(); }, 10'000);
}

QComboBox& box(FilesPane& pane, const QString& name)
{
    for (auto* each : pane.findChildren<QComboBox*>())
        if (each->accessibleName() == name)
            return *each;
    qFatal("there is no %s", qPrintable(name));
}

void choose(FilesPane& pane, const QString& name, int index)
{
    QComboBox& chosen = box(pane, name);
    chosen.setCurrentIndex(index);
    emit chosen.activated(index);
    QVERIFY(settled(pane));
}

QModelIndex find(const FilesModel& model, const std::string& path)
{
    return model.indexOf(model.view().files()->find(path));
}

} // namespace

class FilesPaneTest : public QObject {
    Q_OBJECT

private slots:
    void saysWhatToDo();
    void saysWhatWentWrong();
    void stopsAReading();
    void showsTheTree();
    void showsWhatALayerHasDone();
    void arrangesAndFilters_data();
    void arrangesAndFilters();
    void keepsFoldersOpen();
    void handsOutWhatCanBeCopied_data();
    void handsOutWhatCanBeCopied();
    void previewsAFile();
    void savesAFile();
    void followsTheStageInHand();
    void tellsTextFromOther_data();
    void tellsTextFromOther();
    void writesModes_data();
    void writesModes();
};

void FilesPaneTest::saysWhatToDo()
{
    const Scripted engine(threeLayers());
    FilesPane pane;
    pane.show();
    pane.setAdvice(u"No container engine was found"_s, u"Install one."_s, u"Look Again"_s);
    QCOMPARE(pane.placeholder().words(), u"No container engine was found\nInstall one."_s);
    QSignalSpy taken(&pane, &FilesPane::adviceTaken);
    pane.placeholder().findChild<QPushButton*>()->click();
    QCOMPARE(taken.size(), 1);

    pane.setBuild(engine.request());
    QVERIFY(pane.placeholder().words().startsWith(u"The files of build were not read yet\n"_s));
    QCOMPARE(pane.placeholder().findChild<QPushButton*>()->text(), u"Read Files"_s);
    pane.placeholder().findChild<QPushButton*>()->click();
    QVERIFY(pane.placeholder().words().startsWith(u"Reading the files of build\n"_s));
    QVERIFY(settled(pane));
    QVERIFY(!pane.placeholder().isVisible());
    QVERIFY(pane.view().isVisible());
}

void FilesPaneTest::saysWhatWentWrong()
{
    const Scripted engine(threeLayers(), "echo 'Error: layer not known' >&2; exit 1");
    FilesPane pane;
    pane.setBuild(engine.request());
    pane.readOrStop();
    QVERIFY(settled(pane));
    QCOMPARE(pane.placeholder().words(), u"The files of build could not be read\nlayer not known"_s);
    QCOMPARE(pane.placeholder().findChild<QPushButton*>()->text(), u"Try Again"_s);
}

void FilesPaneTest::stopsAReading()
{
    const Scripted engine(threeLayers(), "head -c 3000 \"$ARCHIVE\"; sleep 60");
    FilesPane pane;
    pane.setBuild(engine.request());
    pane.readOrStop();
    QVERIFY(QTest::qWaitFor([&] { return pane.reader().phase() == ImageExport::Phase::Reading; }));
    QElapsedTimer clock;
    clock.start();
    pane.readOrStop();
    QVERIFY(clock.elapsed() < 50);
    QVERIFY(settled(pane));
    QVERIFY(clock.elapsed() < 4000);
    QCOMPARE(pane.placeholder().words(), u"The files of build could not be read\nStopped."_s);
}

void FilesPaneTest::showsTheTree()
{
    const Scripted engine(threeLayers());
    FilesPane pane;
    QAbstractItemModelTester tester(&pane.model());
    pane.setBuild(engine.request());
    pane.readOrStop();
    QVERIFY(settled(pane));
    QCOMPARE(shown(pane.model()), u"bin:5 kB (app:5 kB), etc:37 B (conf:30 B, extra:7 B), lib:0 B (a → b:)"_s);
    QCOMPARE(pane.summary(),
             u"4 files, 5.04 kB · 11 kB wasted: stored in a layer, and replaced or hidden by a later one"_s);
    const QModelIndex app = find(pane.model(), "bin/app");
    QCOMPARE(app.siblingAtColumn(FilesModel::Mode).data().toString(), u"rwxr-xr-x"_s);
    QVERIFY(app.data(Qt::ToolTipRole).toString().contains(u"2,000 bytes"_s));
    QVERIFY(pane.view().isExpanded(app.parent())); // so few are shown at once
}

void FilesPaneTest::showsWhatALayerHasDone()
{
    const Scripted engine(threeLayers());
    FilesPane pane;
    pane.setBuild(engine.request());
    pane.readOrStop();
    QVERIFY(settled(pane));
    choose(pane, u"Layer"_s, 2);
    QCOMPARE(shown(pane.model()), u"bin:5 kB (app:5 kB changed), lib:0 B added (a → b: added)"_s);
    choose(pane, u"Layer"_s, 3);
    QCOMPARE(shown(pane.model()), u"etc:7 B (extra:7 B added), big:9 kB hidden"_s);
    QVERIFY(pane.summary().endsWith(u"this layer: 1 added, 0 changed, 1 hidden"_s));
    QVERIFY(!pane.view().isColumnHidden(FilesModel::Change));
    QCOMPARE(box(pane, u"Layer"_s).itemText(3), u"line 3: RUN 2"_s);
}

void FilesPaneTest::arrangesAndFilters_data()
{
    QTest::addColumn<int>("arrangement");
    QTest::addColumn<QString>("needle");
    QTest::addColumn<bool>("byName");
    QTest::addColumn<QString>("rows");

    QTest::newRow("by name, folders first")
        << 0 << QString() << true << u"bin:5 kB (app:5 kB), etc:37 B (conf:30 B, extra:7 B), lib:0 B (a → b:)"_s;
    QTest::newRow("the largest files") << 1 << QString() << false << u"/bin/app:5 kB, /etc/conf:30 B, /etc/extra:7 B"_s;
    QTest::newRow("the largest files, by name") << 1 << u"E"_s << true << u"/etc/conf:30 B, /etc/extra:7 B"_s;
    QTest::newRow("what is wasted") << 2 << QString() << false << u"/big:9 kB, /bin/app:2 kB"_s;
    QTest::newRow("a word in a name") << 0 << u"APP"_s << false << u"bin:5 kB (app:5 kB)"_s;
    QTest::newRow("a folder's name, and all that is in it")
        << 0 << u"etc"_s << false << u"etc:37 B (conf:30 B, extra:7 B)"_s;
    QTest::newRow("a path") << 0 << u"c/ex"_s << false << u"etc:7 B (extra:7 B)"_s;
    QTest::newRow("nothing of that name") << 0 << u"nothing"_s << false << QString();
}

void FilesPaneTest::arrangesAndFilters()
{
    QFETCH(int, arrangement);
    QFETCH(QString, needle);
    QFETCH(bool, byName);
    const Scripted engine(threeLayers());
    FilesPane pane;
    QAbstractItemModelTester tester(&pane.model());
    pane.setBuild(engine.request());
    pane.readOrStop();
    QVERIFY(settled(pane));
    pane.findChild<QLineEdit*>()->setText(needle);
    if (byName)
        emit pane.view().header()->sectionClicked(FilesModel::Name);
    QTest::qWait(200); // a person has stopped typing
    choose(pane, u"Arrangement"_s, arrangement);
    QTEST(shown(pane.model()), "rows");
}

void FilesPaneTest::keepsFoldersOpen()
{
    const Scripted engine(threeLayers());
    FilesPane pane;
    pane.setBuild(engine.request());
    pane.readOrStop();
    QVERIFY(settled(pane));
    pane.view().collapseAll();
    pane.view().expand(find(pane.model(), "etc"));
    pane.view().setCurrentIndex(find(pane.model(), "etc/extra"));
    emit pane.view().header()->sectionClicked(FilesModel::Name);
    QVERIFY(settled(pane));
    QVERIFY(pane.view().isExpanded(find(pane.model(), "etc")));
    QVERIFY(!pane.view().isExpanded(find(pane.model(), "bin")));
    QCOMPARE(pane.view().currentIndex(), find(pane.model(), "etc/extra"));
}

void FilesPaneTest::handsOutWhatCanBeCopied_data()
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

void FilesPaneTest::handsOutWhatCanBeCopied()
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

void FilesPaneTest::previewsAFile()
{
    const QByteArray layer = tarOf({{.path = "text", .content = "Grüße\n"},
                                    {.path = "program",
                                     .content = QByteArray("\x7f"
                                                           "ELF\0\1",
                                                           6)},
                                    {.path = "long", .content = QByteArray(300'000, 'l')}});
    const Scripted engine(dockerArchive(QList<QByteArray>{layer}));
    FilesPane pane;
    pane.setBuild(engine.request());
    pane.readOrStop();
    QVERIFY(settled(pane));
    QSignalSpy previewed(&pane.reader(), &StageReader::previewed);
    const auto look = [&](const char* path) {
        pane.view().setCurrentIndex(find(pane.model(), path));
        pane.previewSelected();
        QVERIFY(previewed.wait());
    };
    look("text");
    QCOMPARE(pane.preview().headline(), u"/text: 8 B"_s);
    QCOMPARE(pane.preview().text(), u"Grüße\n"_s);
    look("program");
    QCOMPARE(pane.preview().headline(), u"/program: 6 B, no text"_s);
    QCOMPARE(pane.preview().text(), QString());
    look("long");
    QCOMPARE(pane.preview().headline(), u"/long: the first 262 kB of 300 kB"_s);
    QCOMPARE(pane.preview().text().size(), 262'144);
}

void FilesPaneTest::savesAFile()
{
    const Scripted engine(threeLayers());
    FilesPane pane;
    pane.setBuild(engine.request());
    pane.readOrStop();
    QVERIFY(settled(pane));
    QSignalSpy saved(&pane.reader(), &StageReader::saved);
    const QString path = engine.file(u"saved"_s);
    pane.reader().save(0, pane.reader().files(0)->find("bin/app"), path);
    QVERIFY(saved.wait());
    QCOMPARE(saved.takeFirst(), (QVariantList{path, QString()}));
    QCOMPARE(QFileInfo(path).size(), 5000);

    QSignalSpy failed(&pane, &FilesPane::failed);
    pane.reader().save(0, pane.reader().files(0)->find("etc"), path);
    QCOMPARE(failed.takeFirst().constFirst().toString(), u"Only files have a content."_s);
}

void FilesPaneTest::followsTheStageInHand()
{
    const Scripted engine(threeLayers());
    FilesPane pane;
    pane.followStage(1); // nothing was built yet
    QCOMPARE(pane.stage(), -1);
    pane.setBuild(engine.request());
    QCOMPARE(pane.stage(), 0);
    pane.readOrStop();
    pane.followStage(1); // not while one is read
    QCOMPARE(pane.stage(), 0);
    QVERIFY(settled(pane));
    pane.followStage(1);
    QCOMPARE(pane.stage(), 1);
    QVERIFY(pane.placeholder().words().startsWith(u"The files of stage 1 were not read yet"_s) ||
            pane.placeholder().words().startsWith(u"The files of stage 2 were not read yet"_s));
    pane.followStage(0);
    QVERIFY(settled(pane));
    QVERIFY(shown(pane.model()).startsWith(u"bin:5 kB"_s)); // it is still known
    pane.setBuild(engine.request());
    QVERIFY(pane.placeholder().words().startsWith(u"The files of build were not read yet"_s)); // of another build
}

void FilesPaneTest::tellsTextFromOther_data()
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

void FilesPaneTest::tellsTextFromOther()
{
    QFETCH(QByteArray, bytes);
    QTEST(textOfFile(bytes).has_value(), "isText");
}

void FilesPaneTest::writesModes_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<QString>("text");
    QTest::newRow("a program") << 0755 << u"rwxr-xr-x"_s;
    QTest::newRow("nobody's") << 0 << u"---------"_s;
    QTest::newRow("setuid") << 04755 << u"rwsr-xr-x"_s;
    QTest::newRow("setgid without x") << 02640 << u"rw-r-S---"_s;
    QTest::newRow("sticky") << 01777 << u"rwxrwxrwt"_s;
}

void FilesPaneTest::writesModes()
{
    QFETCH(int, mode);
    QTEST(modeText(static_cast<quint16>(mode)), "text");
}

QTEST_MAIN(FilesPaneTest)
#include "files_pane_test.moc"
