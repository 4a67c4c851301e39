// SPDX-License-Identifier: GPL-3.0-or-later
//
// From a build to a line of the file, over the files that the stage really has: built, read, dragged onto a stage and
// onto the text, copied by the menu, completed in the text; and what can't start where it was copied to, told at its
// line. A script stands in for Buildah.

#include "engine/elf_fixture.h"
#include "engine/image_fixture.h"
#include "ui/artifacts/files_model.h"
#include "ui/artifacts/files_pane.h"
#include "ui/artifacts/run_notice.h"
#include "ui/artifacts/stage_reader.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/picture.h"
#include "ui/diagram/walk.h"
#include "ui/editor/scintilla.h"
#include "ui/editor/scintilla_numbers.h"
#include "ui/window/build_desk.h"
#include "ui/window/problems_pane.h"
#include "window_fixture.h"

#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QTabWidget>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;
using namespace stagelift::ui;

namespace {

constexpr auto kText = "FROM scratch AS build\nCOPY a /\nFROM scratch AS site\nUSER 1\n";

/// Its image is the file beside it. It fails while there is another.
constexpr auto kBuildah =
    "PATH=/usr/bin:/bin\n"
    "case \"$1\" in\n"
    "build) [ -e \"$0.broken\" ] && { echo 'Error: out of order' >&2; exit 1; }\n"
    "while [ $# -gt 0 ]; do\n"
    "    [ \"$1\" = --iidfile ] && printf sha256:abc > \"$2\"\n"
    "    shift\n"
    "done ;;\n"
    "inspect) echo '{\"Config\":\"{\\\"history\\\":[]}\",\"Manifest\":\"{\\\"layers\\\":[]}\"}' ;;\n"
    "push) cat \"$0.archive\" ;;\n"
    "*) echo buildah version 1.39.3 ;;\n"
    "esac\n";

/// A window in which the file was built.
class Built {
public:
    explicit Built(const QByteArray& text = kText,
                   const QByteArray& archive = dockerArchive(QStringList{u"etc/ etc/conf:30 srv/ srv/app:2000,755"_s}))
    {
        m_path.add(u"buildah"_s, kBuildah);
        writeFile(m_path.file(u"buildah.archive"_s), archive);
        BuildDesk& builds = desk.window().buildDesk();
        builds.controller().findEngines();
        const bool isOpen = desk.open(u"Dockerfile"_s, text) &&
                            QTest::qWaitFor([&] { return builds.controller().engine().has_value(); });
        if (!isOpen)
            qFatal("no engine");
        builds.build(desk.tab());
        if (!QTest::qWaitFor([&] { return files().reader().analysis() != nullptr; }, 20'000))
            qFatal("no build");
        desk.tab().showPane(ResultPane::Files);
    }

    FilesPane& files() { return desk.tab().files(); }
    /// The caret goes to the stage that is built first, and its files are read.
    bool readBuildStage()
    {
        desk.tab().editor().setFocus();
        desk.tab().editor().select({24, 24});
        return QTest::qWaitFor([&] { return files().stage() == 0; }) && read();
    }
    std::optional<ArtifactDrag> drag(const std::string& path)
    {
        return files().model().dragOf({files().model().indexOf(files().reader().files(0)->find(path))});
    }

    [[nodiscard]] BuildRequest request() { return desk.window().buildDesk().request(); }

    /// @returns whether it has failed, as it should.
    bool buildInVain()
    {
        writeFile(m_path.file(u"buildah.broken"_s), {});
        std::optional<BuildOutcome> outcome;
        BuildDesk& builds = desk.window().buildDesk();
        QObject::connect(&builds, &BuildDesk::finished, &desk.tab(),
                         [&outcome](const BuildResult& result) { outcome = result.outcome; });
        builds.build(desk.tab());
        const bool isOver = QTest::qWaitFor([&] { return outcome.has_value(); }, 20'000);
        QObject::disconnect(&builds, &BuildDesk::finished, &desk.tab(), nullptr);
        return isOver && outcome == BuildOutcome::Failed;
    }
    /// Waits until all of the window is about the text as it is.
    bool isAnalysed()
    {
        return QTest::qWaitFor([this] {
            const AnalysisPtr& drawn = desk.tab().diagram().picture().analysis;
            return drawn && drawn->source.bytes() == desk.text();
        });
    }

    Desk desk;

private:
    bool read()
    {
        files().readOrStop();
        return QTest::qWaitFor([&] { return files().reader().files(0) && !files().isBusy(); }, 20'000);
    }

    OnlyOnPath m_path;
};

} // namespace

class WindowFilesTest : public QObject {
    Q_OBJECT

private slots:
    void dropsAFileOnAStage();
    void dropsFilesOnTheText_data();
    void dropsFilesOnTheText();
    void copiesAFileByItsMenu();
    void refusesWhatBuildKitWould();
    void completesPathsThatAreThere_data();
    void completesPathsThatAreThere();
    void staysAtTheStagesThatWereRead();
    void tellsWhatCannotStartAtItsLine();
    void mendsWhatCannotStart();
    void goesFromTheStripToTheLine();
};

void WindowFilesTest::dropsAFileOnAStage()
{
    Built built;
    QVERIFY(built.readBuildStage());
    const FilesModel& model = built.files().model();
    const QModelIndex app = model.indexOf(built.files().reader().files(0)->find("srv/app"));
    QVERIFY(app.flags().testFlag(Qt::ItemIsDragEnabled));
    const std::unique_ptr<QMimeData> mime(model.mimeData({app}));
    QVERIFY(mime);

    DiagramView& diagram = built.desk.tab().diagram();
    diagram.fit();
    const Picture& picture = diagram.picture();
    const auto node = static_cast<std::size_t>(picture.nodeOf(stageNode(1)));
    const QPoint place = diagram.mapFromScene(picture.nodes[node].rect.center());
    QDragEnterEvent enter(place, Qt::CopyAction, mime.get(), Qt::LeftButton, {});
    QApplication::sendEvent(diagram.viewport(), &enter);
    QDragMoveEvent move(place, Qt::CopyAction, mime.get(), Qt::LeftButton, {});
    QApplication::sendEvent(diagram.viewport(), &move);
    QVERIFY(move.isAccepted());
    QDropEvent drop(place, Qt::CopyAction, mime.get(), Qt::LeftButton, {});
    QApplication::sendEvent(diagram.viewport(), &drop);
    QTRY_COMPARE(built.desk.text(), "FROM scratch AS build\nCOPY a /\nFROM scratch AS site\n"
                                    "COPY --from=build /srv/app /srv/app\nUSER 1\n");
}

void WindowFilesTest::dropsFilesOnTheText_data()
{
    QTest::addColumn<QStringList>("paths");
    QTest::addColumn<QByteArray>("at"); // it is dropped on the upper half of that line
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("a file") << QStringList{u"srv/app"_s} << "USER 1"_ba
                            << "COPY --from=build /srv/app /srv/app\n"_ba;
    QTest::newRow("a folder") << QStringList{u"etc"_s} << "USER 1"_ba << "COPY --from=build /etc /etc\n"_ba;
    QTest::newRow("two files") << QStringList{u"srv/app"_s, u"etc/conf"_s} << "USER 1"_ba
                               << "COPY --from=build /srv/app /etc/conf /\n"_ba;
    QTest::newRow("not into its own stage") << QStringList{u"srv/app"_s} << "COPY a"_ba << QByteArray();
}

void WindowFilesTest::dropsFilesOnTheText()
{
    QFETCH(QStringList, paths);
    QFETCH(QByteArray, at);
    QFETCH(QByteArray, line);
    Built built;
    QVERIFY(built.readBuildStage());
    const FilesModel& model = built.files().model();
    QModelIndexList rows;
    for (const QString& path : paths)
        rows << model.indexOf(built.files().reader().files(0)->find(path.toStdString()));
    const std::unique_ptr<QMimeData> mime(model.mimeData(rows));
    QVERIFY(mime);

    Editor& editor = built.desk.tab().editor();
    const Scintilla sci(editor);
    const QByteArray text = kText;
    const auto y = sci(QsciScintillaBase::SCI_POINTYFROMPOSITION, 0, std::int64_t{text.indexOf(at)});
    const QPoint place(200, static_cast<int>(y) + 2);
    QDragEnterEvent enter(place, Qt::CopyAction, mime.get(), Qt::LeftButton, {});
    QApplication::sendEvent(editor.viewport(), &enter);
    QVERIFY(enter.isAccepted());
    QDragMoveEvent move(place, Qt::CopyAction, mime.get(), Qt::LeftButton, {});
    QApplication::sendEvent(editor.viewport(), &move);
    QCOMPARE(move.isAccepted(), !line.isEmpty());
    QDropEvent drop(place, Qt::CopyAction, mime.get(), Qt::LeftButton, {});
    QApplication::sendEvent(editor.viewport(), &drop);
    QCOMPARE(built.desk.text(), (line.isEmpty() ? text : QByteArray(text).replace(at, line + at)).toStdString());
    if (line.isEmpty()) {
        QTRY_VERIFY(!built.desk.message().isEmpty());
        return;
    }
    QVERIFY(editor.hasFocus()); // its destination is typed over
    QVERIFY2(line.contains(' ' +
                           QByteArray::fromStdString(
                               built.desk.text().substr(editor.selection().begin, editor.selection().size())) +
                           '\n'),
             built.desk.text().c_str());
    editor.undo();
    QCOMPARE(built.desk.text(), kText); // one step
}

void WindowFilesTest::copiesAFileByItsMenu()
{
    Built built;
    QVERIFY(built.readBuildStage());
    const auto drag = built.drag("etc");
    QVERIFY(drag);
    emit built.files().copyRequested(*drag, 1);
    QTRY_COMPARE(built.desk.text(), "FROM scratch AS build\nCOPY a /\nFROM scratch AS site\n"
                                    "COPY --from=build /etc /etc\nUSER 1\n");
    built.desk.tab().editor().undo();
    QCOMPARE(built.desk.text(), kText); // one step
}

void WindowFilesTest::refusesWhatBuildKitWould()
{
    Built built;
    QVERIFY(built.readBuildStage());
    auto drag = built.drag("etc/conf");
    QVERIFY(drag);
    emit built.files().copyRequested(*drag, 0); // into itself
    QTRY_VERIFY(!built.desk.message().isEmpty());
    QCOMPARE(built.desk.text(), kText);
}

void WindowFilesTest::completesPathsThatAreThere_data()
{
    QTest::addColumn<bool>("fails");
    QTest::newRow("after a build") << false;
    QTest::newRow("after another, which has failed") << true;
}

void WindowFilesTest::completesPathsThatAreThere()
{
    QFETCH(bool, fails);
    Built built;
    QVERIFY(built.readBuildStage());
    QVERIFY(!fails || built.buildInVain());
    Editor& editor = built.desk.tab().editor();
    editor.append(u"COPY --from=build /srv/"_s);
    QVERIFY(built.isAnalysed());
    editor.setCursorPosition(4, 23);
    editor.setFocus();
    const Scintilla sci(editor);
    QTest::keyClick(&editor, Qt::Key_A);
    QTRY_VERIFY(sci(QsciScintillaBase::SCI_AUTOCACTIVE) != 0);
    QTest::keyClick(&editor, Qt::Key_Tab);
    QTRY_VERIFY2(built.desk.text().ends_with("COPY --from=build /srv/app"), built.desk.text().c_str());
}

/// A build that has failed has other stages: nothing of theirs can be read, and those that can are not theirs.
void WindowFilesTest::staysAtTheStagesThatWereRead()
{
    Built built;
    QVERIFY(built.readBuildStage());
    Editor& editor = built.desk.tab().editor();
    editor.insertAt(u"FROM scratch AS extra\n"_s, 0, 0);
    QVERIFY(built.isAnalysed());
    QVERIFY(built.buildInVain());
    editor.setFocus();
    QSignalSpy moved(&built.desk.tab(), &DocumentTab::caretMoved);
    editor.select({50, 50}); // in the second stage, which was the first
    QTRY_VERIFY(!moved.isEmpty());
    QCOMPARE(built.files().stage(), 0);
}

namespace {

constexpr auto kRunText = "FROM scratch AS build\nCOPY a /\nFROM scratch AS site\n"
                          "COPY --from=build /srv/app /app\nENTRYPOINT [\"/app\"]\n";
constexpr auto kCopy = "COPY --from=build /srv/app /app";

QByteArray withProgram()
{
    return dockerArchive(
        QList<QByteArray>{tarOf({{.path = "lib64/ld-linux-x86-64.so.2", .content = library(), .mode = 0755},
                                 {.path = "usr/lib/liba.so.1", .content = library()},
                                 {.path = "srv/app", .content = program({"liba.so.1"}), .mode = 0755}})});
}

/// The problems of that kind, as "4: message".
QStringList startProblems(Built& built)
{
    const ProblemsModel& model = built.desk.tab().problems().model();
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row)
        if (model.diagnostic(row)->rule == "ProgramCannotStart")
            rows << u"%1: %2"_s.arg(model.diagnostic(row)->lines.first)
                        .arg(QString::fromStdString(model.diagnostic(row)->message));
    return rows;
}

bool isUnderlined(Built& built, std::size_t offset)
{
    const Scintilla sci(built.desk.tab().editor());
    return sci(QsciScintillaBase::SCI_INDICATORVALUEAT, kWarningIndicator, static_cast<std::int64_t>(offset)) != 0;
}

} // namespace

void WindowFilesTest::tellsWhatCannotStartAtItsLine()
{
    Built built(kRunText, withProgram());
    QVERIFY(startProblems(built).isEmpty()); // nothing was read yet
    QVERIFY(built.readBuildStage());
    QTRY_COMPARE(startProblems(built),
                 QStringList(u"4: As last built, /app can't start in site, which does not have "
                             "/lib64/ld-linux-x86-64.so.2, liba.so.1. Link it statically, or build site FROM an image "
                             "with glibc."_s));
    const std::size_t copy = std::string_view(kRunText).find(kCopy);
    QVERIFY(isUnderlined(built, copy) && isUnderlined(built, copy + 20) && !isUnderlined(built, copy - 2));
    QVERIFY(
        built.desk.tab().editor().explanationAt(static_cast<std::uint32_t>(copy)).contains(u"can't start in site"_s));

    built.desk.type(u"# hello\n"_s);
    QTRY_VERIFY(!startProblems(built).isEmpty() && startProblems(built).front().startsWith(u"5: "_s));
    Editor& editor = built.desk.tab().editor();
    editor.setCursorPosition(4, 31); // behind the COPY
    QTest::keyClick(&editor, Qt::Key_2);
    QTRY_VERIFY(built.isAnalysed() && !built.files().isBusy());
    QTRY_VERIFY(startProblems(built).size() == 1 && startProblems(built).front().contains(u"/app2 can't start"_s));
    editor.setCursorPosition(2, 6); // what the builder copies
    QTest::keyClick(&editor, Qt::Key_X);
    QTRY_VERIFY(startProblems(built).isEmpty()); // it is another program by now
    editor.undo();
    QTRY_VERIFY(startProblems(built).size() == 1);
    built.files().setBuild(built.request());
    QTRY_VERIFY(startProblems(built).isEmpty()); // of the new images, nothing was read
}

void WindowFilesTest::mendsWhatCannotStart()
{
    Built built(kRunText, withProgram());
    QVERIFY(built.readBuildStage());
    QTRY_COMPARE(startProblems(built).size(), 1);
    Editor& editor = built.desk.tab().editor();
    editor.setFocus();
    editor.setCursorPosition(3, 2);
    editor.showQuickFixes();
    auto* menu = editor.findChild<QMenu*>(u"quickFixes"_s);
    QVERIFY(menu);
    QCOMPARE(menu->actions().constFirst()->text(), u"Copy what it needs from build"_s);
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    const std::string mended = std::string(kCopy) +
                               "\nCOPY --from=build /lib64/ld-linux-x86-64.so.2 /lib64/ld-linux-x86-64.so.2"
                               "\nCOPY --from=build /usr/lib/liba.so.1 /usr/lib/liba.so.1\nENTRYPOINT";
    QTRY_VERIFY2(built.desk.text().contains(mended), built.desk.text().c_str());
    QTRY_VERIFY(startProblems(built).isEmpty());
    QTRY_VERIFY(built.files().notice().isHidden());
    editor.undo();
    QCOMPARE(built.desk.text(), kRunText); // one step
    QTRY_COMPARE(startProblems(built).size(), 1);
}

void WindowFilesTest::goesFromTheStripToTheLine()
{
    Built built(kRunText, withProgram());
    QVERIFY(built.readBuildStage());
    DocumentTab& tab = built.desk.tab();
    QTRY_VERIFY(built.files().notice().isVisible());
    tab.editor().insertAt(u"# hello\n"_s, 0, 0);
    QVERIFY(built.isAnalysed()); // the strip may be of the text before still
    NoticeLine& line = built.files().notice().line();
    line.setFocus();
    QTest::keyClick(&line, Qt::Key_Return);
    QVERIFY(tab.editor().hasFocus());
    QCOMPARE(built.desk.text().substr(tab.editor().selection().begin, tab.editor().selection().size()), kCopy);
    QCOMPARE(tab.stageInHand(), 1);
    const Selection selected = tab.diagram().selection(); // the stage, or what comes into it
    QVERIFY(selected.edge || selected.node == stageNode(1));
}

QTEST_MAIN(WindowFilesTest)
#include "window_files_test.moc"
