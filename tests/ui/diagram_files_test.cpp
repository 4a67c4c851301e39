// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files from the desktop, dropped on a stage, and artifacts dropped on the text.

#include "ui/diagram/file_drag.h"
#include "ui/diagram_hand.h"
#include "ui/document/document.h"
#include "ui/editor/editor.h"
#include "ui/editor/scintilla.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kText = "FROM golang AS build\nRUN go build -o /out/app .\n\n# what ships\nFROM alpine AS final\n"
                       "RUN true && \\\n    true\nUSER 1000\n";

/// context/{main.go, a b, [x].txt, assets/logo.svg}, and beside it a file that is outside.
class Folder {
public:
    Folder()
    {
        QDir(m_dir.path()).mkpath(u"context/assets"_s);
        for (const QString& name : {u"context/main.go"_s, u"context/a b"_s, u"context/[x].txt"_s,
                                    u"context/assets/logo.svg"_s, u"outside.txt"_s})
            QFile(m_dir.filePath(name)).open(QIODevice::WriteOnly);
        QFile::link(m_dir.filePath(u"context"_s), m_dir.filePath(u"link"_s));
    }
    [[nodiscard]] QString path(const QString& name) const { return m_dir.filePath(name); }

private:
    QTemporaryDir m_dir;
};

QMimeData* mimeOfFiles(const QList<QUrl>& files, QMimeData& mime)
{
    mime.setUrls(files);
    return &mime;
}

} // namespace

class DiagramFilesTest : public QObject {
    Q_OBJECT

private slots:
    void filesAreCopiedFromTheContext_data();
    void filesAreCopiedFromTheContext();
    void filesThatAreNotThereAreRefused_data();
    void filesThatAreNotThereAreRefused();
    void besideTheStagesFilesAreOpened();
    void onTheTextItIsALine_data();
    void onTheTextItIsALine();
    void onTheTextItSaysWhyNot();
};

void DiagramFilesTest::filesAreCopiedFromTheContext_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QString>("line");
    QTest::newRow("one") << QStringList{u"context/main.go"_s} << u"COPY main.go ./"_s;
    QTest::newRow("two") << QStringList{u"context/main.go"_s, u"context/assets/logo.svg"_s}
                         << u"COPY main.go assets/logo.svg ./"_s;
    QTest::newRow("a folder, into one of its name") << QStringList{u"context/assets"_s} << u"COPY assets ./assets/"_s;
    QTest::newRow("the context itself") << QStringList{u"context"_s} << u"COPY . ./"_s;
    QTest::newRow("a blank") << QStringList{u"context/a b"_s} << u"COPY [\"a b\", \"./\"]"_s;
    QTest::newRow("what would be a pattern") << QStringList{u"context/[x].txt"_s} << u"COPY [[]x].txt ./"_s;
    QTest::newRow("through a link") << QStringList{u"link/main.go"_s} << u"COPY main.go ./"_s;
}

void DiagramFilesTest::filesAreCopiedFromTheContext()
{
    QFETCH(QStringList, files);
    QFETCH(QString, line);
    const Folder folder;
    DiagramDesk desk(kText);
    desk.view().setContextFolder(folder.path(u"context"_s));
    QList<QUrl> urls;
    for (const QString& file : files)
        urls += QUrl::fromLocalFile(folder.path(file));
    QMimeData mime;
    mimeOfFiles(urls, mime);
    QVERIFY(dragOver(desk, mime, desk.onTitle(u"final"_s)));
    QCOMPARE(desk.bubble(), line);
    dropOn(desk, mime, desk.onTitle(u"final"_s));
    QVERIFY2(desk.text().contains("\n" + line.toStdString() + "\nUSER"), desk.text().c_str());
    QCOMPARE(desk.edits(), 1);
    QVERIFY(desk.opened().isEmpty());
}

void DiagramFilesTest::filesThatAreNotThereAreRefused_data()
{
    QTest::addColumn<QString>("context"); // "" where there is none
    QTest::addColumn<QString>("url");     // "" for the file that lies outside
    QTest::addColumn<QString>("reason");
    QTest::newRow("outside the context") << u"context"_s << QString() << u"outside.txt\": not found"_s;
    QTest::newRow("no context yet") << QString() << QString() << u"no build context yet"_s;
    QTest::newRow("from the network") << u"context"_s << u"https://example.org/a"_s << u"not on this computer"_s;
}

void DiagramFilesTest::filesThatAreNotThereAreRefused()
{
    QFETCH(QString, context);
    QFETCH(QString, url);
    QFETCH(QString, reason);
    const Folder folder;
    DiagramDesk desk(kText);
    desk.view().setContextFolder(context.isEmpty() ? QString() : folder.path(context));
    QMimeData mime;
    mimeOfFiles({url.isEmpty() ? QUrl::fromLocalFile(folder.path(u"outside.txt"_s)) : QUrl(url)}, mime);
    QVERIFY(!dragOver(desk, mime, desk.onTitle(u"final"_s)));
    QVERIFY2(desk.bubble().section(u'\n', 0, 0).contains(reason), qPrintable(desk.bubble()));
    QVERIFY2(desk.bubble().contains(u'\n'), "and what to do about it");
    dropOn(desk, mime, desk.onTitle(u"final"_s));
    QCOMPARE(desk.text(), std::string(kText));
}

void DiagramFilesTest::besideTheStagesFilesAreOpened()
{
    const Folder folder;
    DiagramDesk desk(kText);
    const QList<QUrl> files{QUrl::fromLocalFile(folder.path(u"outside.txt"_s))};
    QMimeData mime;
    mimeOfFiles(files, mime);
    QVERIFY(dragOver(desk, mime, QPoint(3, 3)));
    dropOn(desk, mime, QPoint(3, 3));
    QCOMPARE(desk.opened(), files);
    QCOMPARE(desk.text(), std::string(kText));
}

namespace {

/// An editor wired to its document, and a drag over it.
struct TextDesk {
    TextDesk()
    {
        QObject::connect(&editor, &Editor::bufferChanged, &document, &Document::bufferChanged);
        QObject::connect(&document, &Document::analysed, &editor, &Editor::showAnalysis);
        QObject::connect(&editor, &Editor::edited, [this](const EditResult& result, std::uint64_t revision) {
            taken = document.apply(result, revision);
        });
        QObject::connect(&editor, &Editor::refused, [this](const Refusal& refusal) { refused = refusal; });
        editor.resize(700, 500);
        editor.show();
        (void)QTest::qWaitForWindowExposed(&editor);
        editor.load(kText);
        editor.showAnalysis(document.analysis());
    }

    /// `lower` is the lower half of the line.
    [[nodiscard]] QPoint pointAt(const char* text, bool lower) const
    {
        const auto offset = static_cast<std::int64_t>(editor.bytes().find(text));
        const Scintilla sci(editor);
        const auto y = sci(QsciScintillaBase::SCI_POINTYFROMPOSITION, 0, offset);
        const auto height = sci(QsciScintillaBase::SCI_TEXTHEIGHT, 0);
        return {120, static_cast<int>(y + (lower ? height - 2 : 2))};
    }

    bool dragOver(const QMimeData& mime, QPoint place)
    {
        QDragEnterEvent enter(place, Qt::CopyAction, &mime, Qt::LeftButton, {});
        QApplication::sendEvent(editor.viewport(), &enter);
        QDragMoveEvent move(place, Qt::CopyAction, &mime, Qt::LeftButton, {});
        QApplication::sendEvent(editor.viewport(), &move);
        return enter.isAccepted() && move.isAccepted();
    }
    void drop(const QMimeData& mime, QPoint place)
    {
        QDropEvent event(place, Qt::CopyAction, &mime, Qt::LeftButton, {});
        QApplication::sendEvent(editor.viewport(), &event);
    }
    [[nodiscard]] QString bubble() const
    {
        const auto* bubble = editor.findChild<QWidget*>(u"diagramBubble"_s);
        return bubble && bubble->isVisible() ? bubble->accessibleName() : QString();
    }

    Editor editor;
    Document document{editor};
    bool taken = false;
    std::optional<Refusal> refused;
};

} // namespace

void DiagramFilesTest::onTheTextItIsALine_data()
{
    QTest::addColumn<QByteArray>("line"); // that it is dropped on
    QTest::addColumn<bool>("lower");
    QTest::addColumn<QStringList>("paths");
    QTest::addColumn<QByteArray>("written");
    const QStringList app{u"/out/app"_s};
    const QByteArray copy = "COPY --from=build /out/app /out/app\n";
    QTest::newRow("above a line") << "USER 1000"_ba << false << app << copy + "USER 1000\n";
    QTest::newRow("below a line") << "USER 1000"_ba << true << app << "USER 1000\n" + copy;
    QTest::newRow("not within an instruction") << "    true"_ba << false << app << copy + "RUN true && \\\n";
    QTest::newRow("below the FROM") << "FROM alpine"_ba << true << app << "AS final\n" + copy;
    QTest::newRow("several are one line") << "USER 1000"_ba << false << QStringList{u"/out/app"_s, u"/out/b"_s}
                                          << "COPY --from=build /out/app /out/b /out/\nUSER 1000\n"_ba;
}

void DiagramFilesTest::onTheTextItIsALine()
{
    QFETCH(QByteArray, line);
    QFETCH(bool, lower);
    QFETCH(QStringList, paths);
    QFETCH(QByteArray, written);
    TextDesk desk;
    std::vector<std::string> list;
    for (const QString& path : paths)
        list.push_back(path.toStdString());
    const auto mime = mimeOf(artifactDrag(*desk.document.analysis(), stageNode(0), list));
    const QPoint place = desk.pointAt(line.constData(), lower);
    QVERIFY(desk.dragOver(*mime, place));
    QVERIFY2(desk.bubble().startsWith(u"COPY --from=build "_s), qPrintable(desk.bubble()));
    desk.drop(*mime, place);
    QVERIFY(desk.taken);
    QCOMPARE(desk.bubble(), QString());
    const std::string text = desk.editor.bytes();
    QVERIFY2(text.contains(written.toStdString()), text.c_str());
    desk.editor.undo();
    QCOMPARE(desk.editor.bytes(), std::string(kText));
}

void DiagramFilesTest::onTheTextItSaysWhyNot()
{
    TextDesk desk;
    const auto mime = mimeOf(artifactDrag(*desk.document.analysis(), stageNode(1), {"/etc"}));
    const QPoint place = desk.pointAt("RUN go build", true);
    QVERIFY(!desk.dragOver(*mime, place));
    QVERIFY2(desk.bubble().contains(u"cannot copy from stage \"final\""_s), qPrintable(desk.bubble()));
    desk.drop(*mime, place);
    QVERIFY(desk.refused);
    QCOMPARE(desk.editor.bytes(), std::string(kText));

    QVERIFY(!desk.dragOver(*mime, desk.pointAt("FROM golang", false)));
    QVERIFY2(desk.bubble().startsWith(u"no build stage in current context"_s), qPrintable(desk.bubble()));
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(new StillStyle);
    DiagramFilesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diagram_files_test.moc"
