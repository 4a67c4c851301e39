// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window as people use it: files in tabs, one undo for text and diagram, targets, themes, and no unsaved text lost.

#include "ui/diagram/diagram_view.h"
#include "ui/diagram/walk.h"
#include "ui/document/disk_file.h"
#include "ui/theme/apply_theme.h"
#include "ui/window/problems_pane.h"
#include "ui/window/start.h"
#include "ui/window/toolbar.h"
#include "window_fixture.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

constexpr auto kText = "FROM golang AS build\nWORKDIR /src\nRUN go build -o /app .\n\n"
                       "FROM alpine AS tools\nRUN true\n\n"
                       "FROM scratch AS final\nCOPY etc /etc\nUSER 1000\n";

QStringList items(const QComboBox& combo)
{
    QStringList texts;
    for (int i = 0; i < combo.count(); ++i)
        texts << combo.itemText(i);
    return texts;
}

} // namespace

class WindowTest : public QObject {
    Q_OBJECT
private slots:
    void opensAFileOnce();
    void opensInTheEmptyTab();
    void showsProblemsAndGoesToThem();
    void fixesFromTheProblemsPane();
    void editsByDiagramInOneUndoStep();
    void renamesWhatTheDiagramHasSelected_data();
    void renamesWhatTheDiagramHasSelected();
    void staysWhereItIsWhenAFileCannotBeOpened();
    void restoresIntoTheTabOfTheFile();
    void refusesWithAReason();
    void refusesAnEditOfAnOlderText();
    void followsTheTarget();
    void selectsWhatTheDiagramChooses();
    void asksBeforeTextIsLost_data();
    void asksBeforeTextIsLost();
    void closesWithoutAQuestionWhenSaved();
    void takesFilesThatAreDropped();
    void remembersItsSession();
    void asksWhenBothSidesChanged();
};

void WindowTest::opensAFileOnce()
{
    Desk desk;
    QVERIFY(desk.open(u"one"_s, kText));
    QVERIFY(desk.open(u"two"_s, "FROM a\n"));
    QCOMPARE(desk.window().allTabs().size(), 2);
    QVERIFY(QFile::link(desk.path(u"one"_s), desk.path(u"link"_s)));
    QVERIFY(desk.window().openFile(desk.path(u"link"_s))); // the same file by another name
    QCOMPARE(desk.window().allTabs().size(), 2);
    QCOMPARE(desk.text(), kText);
}

void WindowTest::opensInTheEmptyTab()
{
    Desk desk;
    QCOMPARE(desk.window().allTabs().size(), 1);
    QVERIFY(desk.open(u"one"_s, kText));
    QCOMPARE(desk.window().allTabs().size(), 1);
    QVERIFY2(desk.window().windowTitle().startsWith(u"one[*]"_s), qPrintable(desk.window().windowTitle()));
    QVERIFY(!desk.window().isWindowModified());
    desk.type(u"#"_s);
    QVERIFY(desk.window().isWindowModified());
    desk.window().newFile();
    QVERIFY(!desk.window().isWindowModified());
    QVERIFY(desk.window().windowTitle().startsWith(u"Untitled"_s));
}

void WindowTest::showsProblemsAndGoesToThem()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, "FROM scratch AS x\nCOPPY a b\n"));
    QTreeView& view = desk.tab().problems().view();
    const auto first = [&view] { return view.model()->index(0, ProblemsModel::Problem).data().toString(); };
    QTRY_VERIFY2(first().contains(u"COPPY"_s), qPrintable(first()));
    QCOMPARE(view.model()->index(0, ProblemsModel::Line).data().toInt(), 2);
    emit view.clicked(view.model()->index(0, 0));
    int line = 0;
    int column = 0;
    desk.tab().editor().getCursorPosition(&line, &column);
    QCOMPARE(line, 1);
}

void WindowTest::fixesFromTheProblemsPane()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, "FROM scratch AS Build\nCOPY a /b\n"));
    ProblemsPane& pane = desk.tab().problems();
    int row = -1;
    QTRY_VERIFY([&] {
        for (int i = 0; i < pane.model().rowCount(); ++i)
            row = pane.model().diagnostic(i)->rule == "StageNameCasing" ? i : row;
        return row >= 0;
    }());
    QMenu menu;
    pane.fillMenu(menu, row);
    QVERIFY(!menu.actions().isEmpty());
    menu.actions().first()->trigger();
    QCOMPARE(desk.text(), "FROM scratch AS build\nCOPY a /b\n");
    desk.window().action(ActionId::Undo)->trigger();
    QCOMPARE(desk.text(), "FROM scratch AS Build\nCOPY a /b\n");
}

void WindowTest::editsByDiagramInOneUndoStep()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, kText));
    const AnalysisPtr analysis = desk.tab().document().analysis();
    const auto outcome = copyArtifact(
        *analysis,
        {.source = stageNode(0), .target = 2, .paths = {"/app"}, .destination = "/app", .place = std::nullopt});
    QVERIFY(outcome);
    emit desk.tab().diagram().edited(*outcome, analysis->revision);
    const std::string after = desk.text();
    QVERIFY2(after.find("COPY etc /etc\nCOPY --from=build /app /app\nUSER 1000\n") != std::string::npos, after.c_str());
    QVERIFY(desk.window().action(ActionId::Undo)->isEnabled());
    desk.window().action(ActionId::Undo)->trigger();
    QCOMPARE(desk.text(), kText);
    QVERIFY(!desk.window().action(ActionId::Undo)->isEnabled());
    QVERIFY(!desk.tab().document().isModified());
    desk.window().action(ActionId::Redo)->trigger();
    QCOMPARE(desk.text(), after);
}

void WindowTest::renamesWhatTheDiagramHasSelected_data()
{
    QTest::addColumn<bool>("byKey");
    QTest::newRow("by F2") << true;
    QTest::newRow("by the menu") << false;
}

void WindowTest::renamesWhatTheDiagramHasSelected()
{
    QFETCH(bool, byKey);
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, kText));
    DiagramView& diagram = desk.tab().diagram();
    QTRY_COMPARE(desk.tab().shown()->graph.stages.size(), 3U);
    diagram.select(Selection{.node = stageNode(1), .edge = {}});
    diagram.setFocus();
    QTRY_VERIFY(diagram.hasFocus());
    if (byKey)
        QTest::keyClick(&diagram, Qt::Key_F2);
    else
        desk.window().action(ActionId::RenameStage)->trigger();
    auto* field = diagram.findChild<QLineEdit*>(u"diagramField"_s);
    QVERIFY(field && field->isVisible());
    QTest::keyClicks(field, u"kit"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY2(desk.text().contains("FROM alpine AS kit\n"), desk.text().c_str());
}

void WindowTest::staysWhereItIsWhenAFileCannotBeOpened()
{
    Desk desk;
    for (const QString& name : {u"one"_s, u"two"_s, u"three"_s})
        QVERIFY(desk.open(name, kText));
    QVERIFY(desk.open(u"one"_s, kText));
    QVERIFY(!desk.window().openFile(desk.path(u"four"_s)));
    QCOMPARE(desk.window().allTabs().size(), 3);
    QCOMPARE(desk.tab().document().title(), u"one"_s);
    QVERIFY2(desk.message().contains(u"four"_s), qPrintable(desk.message()));
}

void WindowTest::restoresIntoTheTabOfTheFile()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, "FROM a\n"));
    const QString copy = privateFolder(u"recovery"_s) + u"/window.text"_s;
    QFile kept(copy);
    QVERIFY(kept.open(QIODevice::WriteOnly));
    kept.write(R"({"path":")" + desk.path(u"Dockerfile"_s).toUtf8() + R"(","title":"Dockerfile"})" + "\nFROM b\n");
    kept.close();
    QVERIFY(!desk.window().openFile(desk.path(u"missing"_s)));
    const QString first = desk.message();
    desk.window().offerRecovered();
    QCOMPARE(desk.message(), first); // it is read first
    auto* close = desk.tab().messages().findChild<QToolButton*>();
    QVERIFY(close);
    close->click();
    QVERIFY2(desk.message().contains(u"did not end well"_s), qPrintable(desk.message()));
    for (auto* button : desk.tab().messages().findChildren<QPushButton*>())
        if (button->text() == "Restore"_L1)
            button->click();
    QCOMPARE(desk.window().allTabs().size(), 1);
    QCOMPARE(desk.text(), "FROM b\n");
    QVERIFY(desk.tab().document().isModified());
    QVERIFY(QFile::exists(copy));
}

void WindowTest::refusesWithAReason()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, kText));
    emit desk.tab().diagram().refused({.reason = "circular dependency detected on stage: a", .mend = "Move it up."});
    QCOMPARE(desk.message(), u"circular dependency detected on stage: a\nMove it up."_s);
    QCOMPARE(desk.text(), kText);
}

void WindowTest::refusesAnEditOfAnOlderText()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, kText));
    const AnalysisPtr old = desk.tab().document().analysis();
    desk.type(u"#"_s);
    const std::string now = desk.text();
    emit desk.tab().diagram().edited({.edits = {{.span = {0, 4}, .text = "FORM"}}, .select = {}}, old->revision);
    QCOMPARE(desk.text(), now);
    QVERIFY2(desk.message().contains(u"nothing was done"_s), qPrintable(desk.message()));
}

void WindowTest::followsTheTarget()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, kText));
    QComboBox& targets = desk.window().toolbar().targets();
    QTRY_COMPARE(items(targets), (QStringList{u"build"_s, u"tools"_s, u"final"_s}));
    QCOMPARE(targets.currentText(), u"final"_s);
    targets.setCurrentIndex(1);
    emit targets.activated(1);
    QCOMPARE(desk.tab().target(), 1);
    QCOMPARE(desk.tab().diagram().target(), 1);
    const auto* status = desk.window().findChild<QLabel*>(u"status.stages"_s);
    QCOMPARE(status->text(), u"3 stages, target tools"_s);
    // A stage above it comes: the target stays the one of that name.
    desk.type(u"FROM scratch AS zero\n"_s);
    QTRY_COMPARE(desk.tab().target(), 2);
    QCOMPARE(targets.currentText(), u"tools"_s);
    // It is chosen in the diagram as well.
    emit desk.tab().diagram().targetChosen(0);
    QCOMPARE(targets.currentText(), u"zero"_s);
}

void WindowTest::selectsWhatTheDiagramChooses()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, kText));
    QTRY_COMPARE(desk.tab().target(), 2);
    const Span span = desk.tab().shown()->graph.stages[1].nameSpan;
    emit desk.tab().diagram().spanChosen(span);
    QCOMPARE(desk.tab().editor().selection(), span);
}

void WindowTest::asksBeforeTextIsLost_data()
{
    QTest::addColumn<int>("button");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<QString>("onDisk");

    QTest::newRow("save") << int(QMessageBox::Save) << true << u"#FROM a\n"_s;
    QTest::newRow("discard") << int(QMessageBox::Discard) << true << u"FROM a\n"_s;
    QTest::newRow("cancel") << int(QMessageBox::Cancel) << false << u"FROM a\n"_s;
}

void WindowTest::asksBeforeTextIsLost()
{
    QFETCH(int, button);
    QFETCH(bool, closes);
    QFETCH(QString, onDisk);

    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, "FROM a\n"));
    desk.type(u"#"_s);
    const Answer answer(static_cast<QMessageBox::StandardButton>(button));
    QCOMPARE(desk.window().close(), closes);
    QCOMPARE(answer.asked(), 1);
    QCOMPARE(desk.onDisk(u"Dockerfile"_s), onDisk.toUtf8());
    QCOMPARE(desk.text(), "#FROM a\n");
}

void WindowTest::closesWithoutAQuestionWhenSaved()
{
    Desk desk;
    QVERIFY(desk.open(u"one"_s, kText));
    QVERIFY(desk.open(u"two"_s, "FROM a\n"));
    const Answer answer(QMessageBox::Cancel);
    desk.window().action(ActionId::Close)->trigger();
    QCOMPARE(desk.window().allTabs().size(), 1);
    QCOMPARE(desk.text(), kText);
    desk.window().action(ActionId::Close)->trigger(); // the last one leaves an empty one
    QCOMPARE(desk.window().allTabs().size(), 1);
    QCOMPARE(desk.text(), "");
    QVERIFY(desk.window().close());
    QCOMPARE(answer.asked(), 0);
}

void WindowTest::takesFilesThatAreDropped()
{
    Desk desk;
    QMimeData mime;
    mime.setUrls(
        {QUrl::fromLocalFile(desk.file(u"a b"_s, kText)), QUrl::fromLocalFile(desk.file(u"two"_s, "FROM a\n"))});
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&desk.window(), &enter);
    QVERIFY(enter.isAccepted());
    QApplication::sendEvent(&desk.window(), &drop);
    QCOMPARE(desk.window().allTabs().size(), 2);
    QCOMPARE(desk.text(), "FROM a\n");
}

void WindowTest::remembersItsSession()
{
    const QTemporaryDir folder;
    const QString store = folder.filePath(u"settings.ini"_s);
    for (const char* name : {"one", "two"}) {
        QFile file(folder.filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(name);
    }
    {
        MainWindow window(Settings::inFile(store));
        QVERIFY(window.openFile(folder.filePath(u"one"_s)));
        QVERIFY(window.openFile(folder.filePath(u"two"_s)));
        QVERIFY(window.openFile(folder.filePath(u"one"_s)));
        QVERIFY(window.close());
    }
    MainWindow window(Settings::inFile(store));
    window.restoreSession();
    QCOMPARE(window.allTabs().size(), 2);
    QCOMPARE(window.tab().editor().bytes(), "one");
    QVERIFY(QFile::remove(folder.filePath(u"one"_s)));
    MainWindow later(Settings::inFile(store));
    later.restoreSession();
    QCOMPARE(later.allTabs().size(), 1);
    QCOMPARE(later.tab().editor().bytes(), "two");
}

void WindowTest::asksWhenBothSidesChanged()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, "FROM a\n"));
    desk.type(u"#"_s);
    desk.file(u"Dockerfile"_s, "FROM other\n");
    QTRY_VERIFY2(desk.message().contains(u"Another program has changed"_s), qPrintable(desk.message()));
    QCOMPARE(desk.text(), "#FROM a\n");
    desk.window().action(ActionId::Save)->trigger(); // asks again, overwrites nothing
    QCOMPARE(desk.onDisk(u"Dockerfile"_s), "FROM other\n");
    QVERIFY(desk.tab().messages().isQuestion());
    for (auto* button : desk.tab().messages().findChildren<QPushButton*>()) {
        if (button->isVisible() && button->text() == "Load Theirs"_L1)
            button->click();
    }
    QCOMPARE(desk.text(), "FROM other\n");
    desk.window().action(ActionId::Undo)->trigger();
    QCOMPARE(desk.text(), "#FROM a\n");
}

QTEST_MAIN(WindowTest)
#include "window_test.moc"
