// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pane of a stage's files: what it says before there are any, the tree by layer, size and words, what is dragged
// out of it, what is shown of one file. A script stands in for the engine; the real ones are in tests/engine.

#include "files_fixture.h"
#include "ui/artifacts/file_preview.h"
#include "ui/build/placeholder.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;
using namespace stagelift::ui;

namespace {

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
    void previewsAFile();
    void offersStagesToCopyInto_data();
    void offersStagesToCopyInto();
    void followsTheStageInHand();
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
    ReadPane read;
    FilesPane& pane = read.pane;
    choose(pane, u"Layer"_s, 2);
    QCOMPARE(shown(pane.model()), u"bin:5 kB (app:5 kB changed), lib:0 B added (a → b: added)"_s);
    choose(pane, u"Layer"_s, 3);
    QCOMPARE(shown(pane.model()), u"etc:7 B (extra:7 B added), big:9 kB hidden"_s);
    QVERIFY(pane.summary().endsWith(u"this layer: 1 added, 0 changed, 1 hidden"_s));
    QVERIFY(!pane.view().isColumnHidden(FilesModel::Change));
    QCOMPARE(box(pane, u"Layer"_s).itemText(3), u"line 3: RUN make"_s);
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
    ReadPane read;
    FilesPane& pane = read.pane;
    pane.view().collapseAll();
    pane.view().expand(find(pane.model(), "etc"));
    pane.view().setCurrentIndex(find(pane.model(), "etc/extra"));
    emit pane.view().header()->sectionClicked(FilesModel::Name);
    QVERIFY(settled(pane));
    QVERIFY(pane.view().isExpanded(find(pane.model(), "etc")));
    QVERIFY(!pane.view().isExpanded(find(pane.model(), "bin")));
    QCOMPARE(pane.view().currentIndex(), find(pane.model(), "etc/extra"));
}

void FilesPaneTest::previewsAFile()
{
    const QByteArray layer = tarOf({{.path = "text", .content = "Grüße\n"},
                                    {.path = "program",
                                     .content = QByteArray("\x7f"
                                                           "ELF\0\1",
                                                           6)},
                                    {.path = "long", .content = QByteArray(300'000, 'l')}});
    ReadPane read(dockerArchive(QList<QByteArray>{layer}));
    FilesPane& pane = read.pane;
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

void FilesPaneTest::offersStagesToCopyInto_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<QByteArray>("now"); // the text that is copied into
    QTest::addColumn<QStringList>("stages");

    QTest::newRow("from a stage with a name") << 0 << QByteArray(kFilesText) << QStringList{u"stage 1"_s};
    QTest::newRow("from a stage without one") << 1 << QByteArray(kFilesText) << QStringList{u"build"_s};
    QTest::newRow("the text has changed: a stage goes by its name")
        << 0 << "FROM scratch AS first\n"_ba + kFilesText << QStringList{u"first"_s, u"stage 2"_s};
}

void FilesPaneTest::offersStagesToCopyInto()
{
    QFETCH(int, from);
    QFETCH(QByteArray, now);
    ReadPane read;
    FilesPane& pane = read.pane;
    pane.resize(900, 500);
    pane.show();
    choose(pane, u"Stage"_s, from);
    if (!pane.reader().files(from))
        pane.readOrStop();
    QVERIFY(settled(pane));
    pane.setCurrent(analyse(now.toStdString(), {}, now == kFilesText ? 0 : 1));
    pane.view().setCurrentIndex(find(pane.model(), "bin/app")); // as a right click does
    emit pane.view().customContextMenuRequested(pane.view().visualRect(find(pane.model(), "bin/app")).center());
    auto* menu = pane.findChild<QMenu*>(Qt::FindDirectChildrenOnly);
    QVERIFY(menu);
    QStringList stages;
    for (const QAction* action : menu->findChild<QMenu*>()->actions())
        stages << action->text();
    menu->close();
    QTEST(stages, "stages");
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
    QVERIFY(pane.placeholder().words().startsWith(u"The files of stage 1 were not read yet\n"_s));
    pane.followStage(0);
    QVERIFY(settled(pane));
    QVERIFY(shown(pane.model()).startsWith(u"bin:5 kB"_s)); // it is still known
    pane.setBuild(engine.request());
    QVERIFY(pane.placeholder().words().startsWith(u"The files of build were not read yet"_s)); // of another build
}

QTEST_MAIN(FilesPaneTest)
#include "files_pane_test.moc"
