// SPDX-License-Identifier: GPL-3.0-or-later
//
// From a build to a line of the file, over the files that the stage really has: built, read, dragged onto a stage,
// copied by the menu, completed in the text. A script stands in for Buildah.

#include "engine/image_fixture.h"
#include "ui/artifacts/files_model.h"
#include "ui/artifacts/files_pane.h"
#include "ui/artifacts/stage_reader.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/picture.h"
#include "ui/editor/scintilla.h"
#include "ui/window/build_desk.h"
#include "window_fixture.h"

#include <QDropEvent>
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
    Built()
    {
        m_path.add(u"buildah"_s, kBuildah);
        writeFile(m_path.file(u"buildah.archive"_s),
                  dockerArchive(QStringList{u"etc/ etc/conf:30 srv/ srv/app:2000,755"_s}));
        BuildDesk& builds = desk.window().buildDesk();
        builds.controller().findEngines();
        const bool isOpen = desk.open(u"Dockerfile"_s, kText) &&
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
    void copiesAFileByItsMenu();
    void refusesWhatBuildKitWould();
    void completesPathsThatAreThere_data();
    void completesPathsThatAreThere();
    void staysAtTheStagesThatWereRead();
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

QTEST_MAIN(WindowFilesTest)
#include "window_files_test.moc"
