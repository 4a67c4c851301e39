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

/// Its image is the file beside it.
constexpr auto kBuildah =
    "#!/bin/sh\n"
    "PATH=/usr/bin:/bin\n"
    "case \"$1\" in\n"
    "build) while [ $# -gt 0 ]; do\n"
    "    [ \"$1\" = --iidfile ] && printf sha256:abc > \"$2\"\n"
    "    shift\n"
    "done ;;\n"
    "inspect) echo '{\"Config\":\"{\\\"history\\\":[]}\",\"Manifest\":\"{\\\"layers\\\":[]}\"}' ;;\n"
    "push) cat \"$0.archive\" ;;\n"
    "*) echo buildah version 1.39.3 ;;\n"
    "esac\n";

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s can't be written", qPrintable(path));
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

/// A window in which the file was built.
class Built {
public:
    Built() : m_path(qgetenv("PATH"))
    {
        write(m_folder.filePath(u"buildah"_s), kBuildah);
        write(m_folder.filePath(u"buildah.archive"_s),
              dockerArchive(QStringList{u"etc/ etc/conf:30 srv/ srv/app:2000,755"_s}));
        qputenv("PATH", m_folder.path().toLocal8Bit());
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
    ~Built() { qputenv("PATH", m_path); }
    Built(const Built&) = delete;
    Built& operator=(const Built&) = delete;

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

    Desk desk;

private:
    bool read()
    {
        files().readOrStop();
        return QTest::qWaitFor([&] { return files().reader().files(0) && !files().isBusy(); }, 20'000);
    }

    QByteArray m_path;
    QTemporaryDir m_folder;
};

} // namespace

class WindowFilesTest : public QObject {
    Q_OBJECT

private slots:
    void dropsAFileOnAStage();
    void copiesAFileByItsMenu();
    void refusesWhatBuildKitWould();
    void completesPathsThatAreThere();
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

void WindowFilesTest::completesPathsThatAreThere()
{
    Built built;
    QVERIFY(built.readBuildStage());
    Editor& editor = built.desk.tab().editor();
    editor.append(u"COPY --from=build /srv/"_s);
    QTest::qWait(300); // it is analysed
    editor.setCursorPosition(4, 23);
    editor.setFocus();
    const Scintilla sci(editor);
    QTest::keyClick(&editor, Qt::Key_A);
    QTRY_VERIFY(sci(QsciScintillaBase::SCI_AUTOCACTIVE) != 0);
    QTest::keyClick(&editor, Qt::Key_Tab);
    QTRY_VERIFY2(built.desk.text().ends_with("COPY --from=build /srv/app"), built.desk.text().c_str());
}

QTEST_MAIN(WindowFilesTest)
#include "window_files_test.moc"
