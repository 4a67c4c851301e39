// SPDX-License-Identifier: GPL-3.0-or-later
//
// Programs in the pane of a stage's files: what could be copied, what a program needs, and what can't start where it
// was copied to. How that is found out is in tests/engine/programs_test.cpp.

#include "engine/elf_fixture.h"
#include "files_fixture.h"
#include "ui/artifacts/file_preview.h"
#include "ui/artifacts/run_notice.h"
#include "ui/artifacts/run_problem_list.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;
using namespace stagelift::ui;

namespace {

/// Three layers: the base, libraries, and a program that needs one of them, and one that is not there.
QByteArray withPrograms(const QByteArray& app = program({"liba.so.1", "libgone.so.2"}))
{
    const QByteArray libraries = tarOf({{.path = "lib64/ld-linux-x86-64.so.2", .content = library(), .mode = 0755},
                                        {.path = "usr/lib/liba.so.1", .content = library()}});
    const QByteArray programs = tarOf({{.path = "bin/app", .content = app, .mode = 0755},
                                       {.path = "bin/run", .content = "#!/bin/sh\nexec app\n", .mode = 0755}});
    return dockerArchive(QList<QByteArray>{layerOf(u"etc/conf:9"_s), libraries, programs});
}

QStringList rows(const FilesModel& model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row, FilesModel::Name);
        rows << index.data().toString() + u": "_s + index.siblingAtColumn(FilesModel::Why).data().toString();
    }
    return rows;
}

constexpr int kCopyable = 3; // among the arrangements

} // namespace

class FilesProgramsTest : public QObject {
    Q_OBJECT

private slots:
    void showsWhatCouldBeCopied();
    void sendsAnInterpreterToItsPlace();
    void saysWhereThereIsNothing();
    void saysWhatAProgramNeeds();
    void showsAScriptAsText();
    void saysWhatCannotStart();
    void saysWhatHelps_data();
    void saysWhatHelps();
    void goesToTheCopy();
    void showsAllThatCannotStart();
    void followsTheText();
};

void FilesProgramsTest::showsWhatCouldBeCopied()
{
    ReadPane read(withPrograms());
    FilesPane& pane = read.pane;
    QAbstractItemModelTester tester(&pane.model());
    choose(pane, u"Arrangement"_s, kCopyable);
    const QStringList expected{
        u"/bin/app: a program; loads 2 libraries; this stage does not have libgone.so.2"_s,
        u"/bin/run: script for /bin/sh; this stage does not have /bin/sh"_s,
        u"/usr/lib/liba.so.1: loaded by /bin/app"_s,
        u"/lib64/ld-linux-x86-64.so.2: starts /bin/app; has to be at /lib64/ld-linux-x86-64.so.2"_s};
    QCOMPARE(rows(pane.model()), expected);
    QVERIFY(!pane.view().isColumnHidden(FilesModel::Why));
    QVERIFY(pane.view().isColumnHidden(FilesModel::Layer));
    QVERIFY(pane.model().mimeData({pane.model().index(0, FilesModel::Name)}));

    pane.findChild<QLineEdit*>()->setText(u"usr/"_s);
    QTest::qWait(200); // a person has stopped typing
    QVERIFY(settled(pane));
    QCOMPARE(rows(pane.model()), expected.sliced(2, 1));
    choose(pane, u"Arrangement"_s, 0);
    QVERIFY(pane.view().isColumnHidden(FilesModel::Why));
    QVERIFY(!pane.view().isColumnHidden(FilesModel::Layer));
}

/// In Debian it lies elsewhere, and is found over a link.
void FilesProgramsTest::sendsAnInterpreterToItsPlace()
{
    const QByteArray layer = tarOf({{.path = "usr/lib64/ld-linux-x86-64.so.2", .content = library(), .mode = 0755},
                                    {.path = "lib64", .link = "usr/lib64", .type = AE_IFLNK},
                                    {.path = "app", .content = program({}), .mode = 0755}});
    ReadPane read(dockerArchive(QList<QByteArray>{layerOf(u"x:1"_s), layerOf(u"y:1"_s), layer}));
    choose(read.pane, u"Arrangement"_s, kCopyable);
    const QModelIndex loader = find(read.pane.model(), "usr/lib64/ld-linux-x86-64.so.2");
    const auto drag = read.pane.model().dragOf({loader});
    QVERIFY(drag);
    QCOMPARE(drag->paths, std::vector<std::string>{"/usr/lib64/ld-linux-x86-64.so.2"});
    QCOMPARE(drag->destination, "/lib64/ld-linux-x86-64.so.2");
    const auto other = read.pane.model().dragOf({find(read.pane.model(), "app")});
    QVERIFY(other);
    QCOMPARE(other->destination, std::string()); // to its own place
}

void FilesProgramsTest::saysWhereThereIsNothing()
{
    ReadPane read(dockerArchive(QStringList{u"etc/conf:9"_s}));
    choose(read.pane, u"Arrangement"_s, kCopyable);
    QCOMPARE(read.pane.summary(),
             u"Nothing that another stage might want was found in what this stage has added itself."_s);
}

void FilesProgramsTest::saysWhatAProgramNeeds()
{
    ReadPane read(withPrograms(elf({.interpreter = kGlibc, .needed = {"liba.so.1", "libgone.so.2"}, .symbols = 500})));
    FilesPane& pane = read.pane;
    pane.view().setCurrentIndex(find(pane.model(), "bin/app"));
    pane.previewSelected();
    QTRY_COMPARE(pane.preview().headline(), u"/bin/app: dynamic program, x86-64, not stripped"_s);
    const QStringList lines = pane.preview().text().split(u'\n');
    QCOMPARE(lines.value(0), u"It is started by"_s);
    QVERIFY2(lines.value(1).startsWith(u"    /lib64/ld-linux-x86-64.so.2, "_s), qPrintable(lines.value(1)));
    QCOMPARE(lines.value(3), u"It loads 2 libraries, in this order"_s);
    QVERIFY2(lines.value(4).startsWith(u"    liba.so.1 at /usr/lib/liba.so.1, "_s), qPrintable(lines.value(4)));
    QCOMPARE(lines.value(5), u"    libgone.so.2 is missing: no file of this stage"_s);
    QVERIFY(lines.constLast().startsWith(u"It was not stripped: 1 kB are symbols"_s));

    pane.view().setCurrentIndex(find(pane.model(), "usr/lib/liba.so.1"));
    pane.previewSelected();
    QTRY_COMPARE(pane.preview().text(), u"It needs no other file."_s);
}

/// What it needs is one entry of the menu further.
void FilesProgramsTest::showsAScriptAsText()
{
    ReadPane read(withPrograms());
    FilesPane& pane = read.pane;
    pane.view().setCurrentIndex(find(pane.model(), "bin/run"));
    pane.previewSelected();
    QTRY_COMPARE(pane.preview().text(), u"#!/bin/sh\nexec app\n"_s);
    pane.explainSelected();
    QTRY_COMPARE(pane.preview().headline(), u"/bin/run: script for /bin/sh"_s);
    QTRY_COMPARE(pane.preview().text(), u"It is started by\n    /bin/sh is missing: no file of this stage\n\n"
                                        "With all of them it weighs 19 B."_s);
}

/// The second stage copies /bin/app, and nothing else, from the first into an empty image.
void FilesProgramsTest::saysWhatCannotStart()
{
    ReadPane read(withPrograms());
    QVERIFY(read.pane.notice().isVisibleTo(&read.pane));
    QCOMPARE(read.pane.notice().text(),
             u"/app can't start in stage 1, which does not have /lib64/ld-linux-x86-64.so.2, liba.so.1, "
             "libgone.so.2. Link it statically, or build stage 1 FROM an image with glibc."_s);
    read.pane.setBuild(read.engine.request());
    QVERIFY(settled(read.pane));
    QVERIFY(!read.pane.notice().isVisibleTo(&read.pane)); // of the new build, nothing is known yet

    ReadPane fixed(withPrograms(elf({.isShared = false, .isDynamic = false})));
    QVERIFY(!fixed.pane.notice().isVisibleTo(&fixed.pane));
}

namespace {

/// The first stage as it was built, and another one behind it.
AnalysisPtr withLast(const std::string& last)
{
    return analyse("FROM scratch AS build\nCOPY a /\nRUN make\nRUN clean\n" + last);
}

constexpr auto kBoth = "FROM scratch AS final\nCOPY --from=build /bin /bin\n";

} // namespace

void FilesProgramsTest::saysWhatHelps_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QString>("last");
    QTest::addColumn<QString>("sentence"); // behind "/app can't start in final, which does not have "

    const QString scratch = u"FROM scratch AS final\nCOPY --from=build /bin/app /\n"_s;
    const QString loader = u"COPY --from=build /lib64/ld-linux-x86-64.so.2 /lib64/ld-linux-x86-64.so.2\n"_s;
    QTest::newRow("a loader of glibc") << program({}) << scratch
                                       << u"/lib64/ld-linux-x86-64.so.2. Link it statically, or build final "
                                          "FROM an image with glibc."_s;
    QTest::newRow("a loader of musl") << elf({.interpreter = kMusl}) << scratch
                                      << u"/lib/ld-musl-x86_64.so.1. Link it statically, or build final FROM "
                                         "an image with musl."_s;
    QTest::newRow("a script") << "#!/bin/bash\n"_ba << scratch
                              << u"/bin/bash. Build final FROM an image that has /bin/bash."_s;
    QTest::newRow("a library that the builder has")
        << program({"liba.so.1"}) << scratch + loader
        << u"liba.so.1. build has liba.so.1 at /usr/lib/liba.so.1: copy it along."_s;
    QTest::newRow("a library that nobody has") << program({"libgone.so.2"}) << scratch + loader
                                               << u"libgone.so.2. Link it statically, or copy along what it loads."_s;
    QTest::newRow("not of a stage on a stage that was not read")
        << program({}) << u"FROM scratch AS none\nFROM none AS final\nCOPY --from=build /bin/app /\n"_s << QString();
    QTest::newRow("many")
        << program({"libb.so", "libc.so", "libd.so"}) << scratch
        << u"/lib64/ld-linux-x86-64.so.2, libb.so, 2 more. Link it statically, or build final FROM an "
           "image with glibc."_s;
}

void FilesProgramsTest::saysWhatHelps()
{
    QFETCH(QByteArray, program);
    QFETCH(QString, last);
    QFETCH(QString, sentence);
    ReadPane read(withPrograms(program));
    read.pane.setCurrent(withLast(last.toStdString()));
    QVERIFY(settled(read.pane));
    QCOMPARE(read.pane.notice().text(),
             sentence.isEmpty() ? QString() : u"/app can't start in final, which does not have "_s + sentence);
}

/// By a click, by Enter, and by the space bar.
void FilesProgramsTest::goesToTheCopy()
{
    ReadPane read(withPrograms());
    FilesPane& pane = read.pane;
    pane.resize(900, 300);
    pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&pane));
    QList<QString> gone;
    connect(&pane, &FilesPane::copyChosen, &pane,
            [&gone](const AnalysisPtr& analysis, Span span) { gone << QString::fromUtf8(analysis->source.at(span)); });
    NoticeLine& line = pane.notice().line();
    QTest::mouseClick(&line, Qt::LeftButton, {}, line.rect().center());
    line.setFocus();
    QVERIFY(line.hasFocus());
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space})
        QTest::keyClick(&line, key);
    QCOMPARE(gone, QList<QString>(4, u"COPY --from=build /bin/app /"_s));
}

void FilesProgramsTest::showsAllThatCannotStart()
{
    ReadPane read(withPrograms());
    FilesPane& pane = read.pane;
    pane.setCurrent(withLast(kBoth));
    QVERIFY(settled(pane));
    pane.resize(900, 300);
    pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&pane));
    QToolButton& all = pane.notice().all();
    QCOMPARE(all.text(), u"Show All (2)"_s);
    pane.notice().line().setFocus();
    QTest::keyClick(&pane.notice().line(), Qt::Key_Tab);
    QVERIFY(all.hasFocus());
    QTest::keyClick(&all, Qt::Key_Space);

    RunProblemList& list = pane.problems();
    QVERIFY(list.isVisible() && list.hasFocus());
    QVERIFY(!pane.view().isVisible() && !box(pane, u"Stage"_s).isVisible());
    QCOMPARE(&pane.front(), &list);
    QCOMPARE(all.text(), u"Show Files"_s);
    QStringList rows;
    for (int row = 0; row < list.topLevelItemCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < RunProblemList::kColumns; ++column)
            cells << list.topLevelItem(row)->text(column);
        rows << cells.join(u" | "_s);
    }
    const QStringList expected{
        u"6 | /bin/app | final | interpreter /lib64/ld-linux-x86-64.so.2; liba.so.1; libgone.so.2 | Link it "
        "statically, or build final FROM an image with glibc."_s,
        u"6 | /bin/run | final | interpreter /bin/sh | Build final FROM an image that has /bin/sh."_s};
    QCOMPARE(rows, expected);

    QSignalSpy chosen(&pane, &FilesPane::copyChosen);
    QTest::keyClick(&list, Qt::Key_Down);
    QTest::keyClick(&list, Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.visualItemRect(list.topLevelItem(0)).center());
    QCOMPARE(chosen.size(), 2);
    QTest::keyClick(&list, Qt::Key_Escape);
    QVERIFY(!list.isVisible() && pane.view().isVisible() && pane.view().hasFocus());
    QCOMPARE(all.text(), u"Show All (2)"_s);
}

/// What was read holds for the stages that are as they were built, and for no other.
void FilesProgramsTest::followsTheText()
{
    ReadPane read(withPrograms(program({"liba.so.1"})));
    FilesPane& pane = read.pane;
    std::vector<BuiltFinding> found;
    connect(&pane, &FilesPane::runProblemsFound, &pane, [&found](const auto& findings) { found = findings; });
    const auto change = [&](const AnalysisPtr& analysis) {
        pane.setCurrent(analysis);
        return settled(pane);
    };
    const std::string copy = "FROM scratch AS final\nCOPY --from=build /bin/app /\n";
    QVERIFY(change(withLast(copy)));
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found.front().instruction, "COPY --from=build /bin/app /");
    QVERIFY2(found.front().message.starts_with("As last built, /app can't start in final, "),
             found.front().message.c_str());
    QCOMPARE(found.front().mend, "Copy what it needs from build");
    QCOMPARE(found.front().lines.size(), std::size_t{2});

    std::string mended = copy;
    for (const std::string& line : found.front().lines)
        mended += line + '\n';
    QVERIFY(change(withLast(mended)));
    QVERIFY(found.empty() && !pane.notice().isVisibleTo(&pane));
    QVERIFY(change(withLast("# below\n" + copy)));
    QCOMPARE(found.size(), std::size_t{1});
    pane.notice().all().click();
    QVERIFY(pane.notice().isOpen());
    QVERIFY(change(analyse("FROM scratch AS build\nCOPY other /\nRUN make\nRUN clean\n" + copy)));
    QVERIFY(found.empty() && !pane.notice().isOpen());
    QVERIFY(pane.view().isVisibleTo(&pane)); // and no empty list
    QVERIFY(change(withLast(copy)));
    QCOMPARE(found.size(), std::size_t{1});
    CheckOptions options;
    options.build.buildArgs.emplace_back("V", "1");
    QVERIFY(change(analyse(std::string(withLast(copy)->source.bytes()), options)));
    QVERIFY(found.empty());
}

QTEST_MAIN(FilesProgramsTest)
#include "files_programs_test.moc"
