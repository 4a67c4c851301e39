// SPDX-License-Identifier: GPL-3.0-or-later
//
// The command palette, with the keys that a person presses.

#include "ui/diagram/diagram_view.h"
#include "ui/diagram/menu_entries.h"
#include "ui/diagram/walk.h"
#include "ui/window/actions.h"
#include "ui/window/palette.h"
#include "ui/window/toolbar.h"
#include "ui/window_fixture.h"

#include <QAction>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

constexpr auto kTwo = "FROM golang:1.25 AS build\nRUN go build -o /out/server .\n"
                      "FROM scratch AS final\nCOPY --from=build /out/server /server\n";
constexpr int kInstant = 50; // ms

/// A window with a file in it and the palette open, once the diagram's commands are there too.
class PaletteDesk : public Desk {
public:
    explicit PaletteDesk(const QByteArray& text = kTwo)
    {
        open(u"Dockerfile"_s, text);
        static_cast<void>(QTest::qWaitFor([&] { return !tab().diagram().picture().nodes.empty(); }));
        window().activateWindow();
        static_cast<void>(QTest::qWaitForWindowActive(&window()));
        tab().editor().setFocus();
    }

    CommandPalette& palette() { return window().commandPalette(); }

    void openPalette()
    {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QCoreApplication::processEvents();
    }

    void type(const QString& text) { QTest::keyClicks(&palette().field(), text); }
    void key(Qt::Key key) { QTest::keyClick(&palette().field(), key); }

    [[nodiscard]] QStringList rows()
    {
        QStringList names;
        const QAbstractItemModel& model = *palette().list().model();
        for (int i = 0; i < model.rowCount(); ++i)
            names += model.index(i, 0).data().toString();
        return names;
    }
    [[nodiscard]] QString current() { return palette().list().currentIndex().data().toString(); }
};

} // namespace

class WindowPaletteTest : public QObject {
    Q_OBJECT
private slots:
    void opensOnItsKeys();
    void holdsEveryAction();
    void holdsWhatMenusAreFilledWith();
    void runsWhatIsFound_data();
    void runsWhatIsFound();
    void walksWithKeys();
    void escapeGivesTheFocusBack();
    void theKeysOpenAndClose();
    void whatCannotBeDoneStays();
    void offersTheSelectionsMenu();
    void aCommandWhoseFileHasChangedDoesNothing();
    void goesToAStage();
    void choosesATarget();
    void closesWhereOneClicksElsewhere();
    void isInstant_data();
    void isInstant();
    void saysWhereNothingIsFound();
};

void WindowPaletteTest::opensOnItsKeys()
{
    PaletteDesk desk;
    QVERIFY(!desk.palette().isVisible());
    desk.openPalette();
    QVERIFY(desk.palette().isVisible());
    QVERIFY(desk.palette().field().hasFocus());
    QVERIFY(!desk.current().isEmpty());
    const QRect place = desk.palette().geometry();
    QVERIFY2(std::abs(place.center().x() - desk.window().rect().center().x()) <= 1, "in the middle");
    QVERIFY2(desk.window().rect().contains(place), "within the window");
}

void WindowPaletteTest::holdsEveryAction()
{
    PaletteDesk desk;
    desk.openPalette();
    const QStringList rows = desk.rows();
    for (const ActionRow& row : Actions::table()) {
        const QAction* action = desk.window().action(row.id);
        if (action->menu() || !action->isVisible() || row.id == ActionId::CommandPalette)
            continue;
        const QString within = row.menu == MenuId::Diagram ? u"Diagram ▸ "_s : QString();
        QVERIFY2(rows.contains(within + plainText(action->text())), row.text);
    }
    QVERIFY2(!rows.contains(u"Command Palette…"_s), "it is open already");
}

void WindowPaletteTest::holdsWhatMenusAreFilledWith()
{
    PaletteDesk desk;
    desk.openPalette();
    const QStringList rows = desk.rows();
    QVERIFY2(rows.contains(u"Theme ▸ Dark"_s), qPrintable(rows.join(u'\n')));
    QVERIFY2(!rows.filter(u"Open Example ▸ "_s).isEmpty(), "the examples");
    QVERIFY2(rows.contains(u"Open Recent ▸ None yet"_s), "a menu that is filled when it opens");
    QVERIFY(rows.contains(u"Target: build"_s));
    QVERIFY(rows.contains(u"Go to Stage final"_s));
    QVERIFY(rows.contains(u"Diagram: Add Stage"_s));
}

void WindowPaletteTest::runsWhatIsFound_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<ActionId>("action");

    QTest::newRow("a name") << u"sizes"_s << ActionId::ShowSizes;
    QTest::newRow("initials") << u"bl"_s << ActionId::ShowLog;
    QTest::newRow("a menu's name and a part") << u"view probl"_s << ActionId::ShowProblems;
    QTest::newRow("with a shift in it") << u"Next Pane"_s << ActionId::NextPane;
}

void WindowPaletteTest::runsWhatIsFound()
{
    QFETCH(QString, typed);
    QFETCH(ActionId, action);
    PaletteDesk desk;
    const QSignalSpy triggered(desk.window().action(action), &QAction::triggered);
    desk.openPalette();
    desk.type(typed);
    QCOMPARE(desk.current(), plainText(desk.window().action(action)->text()));
    desk.key(Qt::Key_Return);
    QCOMPARE(triggered.count(), 1);
    QVERIFY(!desk.palette().isVisible());
}

void WindowPaletteTest::walksWithKeys()
{
    PaletteDesk desk;
    desk.openPalette();
    const QStringList rows = desk.rows();
    QCOMPARE(desk.current(), rows[0]);
    desk.key(Qt::Key_Down);
    desk.key(Qt::Key_Down);
    QCOMPARE(desk.palette().list().currentIndex().row(), 2);
    desk.key(Qt::Key_Up);
    QCOMPARE(desk.palette().list().currentIndex().row(), 1);
    desk.key(Qt::Key_PageDown);
    QVERIFY(desk.palette().list().currentIndex().row() > 5);
    desk.key(Qt::Key_PageUp);
    QCOMPARE(desk.palette().list().currentIndex().row(), 1);
    desk.key(Qt::Key_Up);
    desk.key(Qt::Key_Up);
    QCOMPARE(desk.palette().list().currentIndex().row(), static_cast<int>(rows.size()) - 1);
    desk.key(Qt::Key_Down);
    QCOMPARE(desk.palette().list().currentIndex().row(), 0);
    desk.key(Qt::Key_Tab);
    QVERIFY2(desk.palette().field().hasFocus(), "Tab leads nowhere");
}

void WindowPaletteTest::escapeGivesTheFocusBack()
{
    PaletteDesk desk;
    for (QWidget* pane : std::initializer_list<QWidget*>{&desk.tab().editor(), &desk.tab().diagram()}) {
        pane->setFocus();
        desk.openPalette();
        QVERIFY(desk.palette().field().hasFocus());
        desk.key(Qt::Key_Escape);
        QVERIFY(!desk.palette().isVisible());
        QVERIFY(pane->hasFocus());
    }
    QCOMPARE(desk.text(), std::string(kTwo));
}

void WindowPaletteTest::theKeysOpenAndClose()
{
    PaletteDesk desk;
    desk.openPalette();
    desk.openPalette();
    QVERIFY(!desk.palette().isVisible());
    QVERIFY(desk.tab().editor().hasFocus());
}

void WindowPaletteTest::whatCannotBeDoneStays()
{
    PaletteDesk desk;
    desk.openPalette();
    desk.type(u"stop"_s);
    QCOMPARE(desk.current(), u"Stop"_s);
    const QModelIndex stop = desk.palette().list().currentIndex();
    QVERIFY(!stop.data(CommandModel::EnabledRole).toBool());
    QVERIFY(stop.data(Qt::AccessibleTextRole).toString().endsWith(u"unavailable now"_s));
    const QSignalSpy triggered(desk.window().action(ActionId::Stop), &QAction::triggered);
    desk.key(Qt::Key_Return);
    QCOMPARE(triggered.count(), 0);
    QVERIFY2(desk.palette().isVisible(), "something else can be typed");
}

void WindowPaletteTest::offersTheSelectionsMenu()
{
    PaletteDesk desk("FROM golang:1.25 AS build\nRUN go build -o /out/server .\nFROM scratch AS final\nUSER 1\n");
    desk.tab().diagram().select({.node = stageNode(0), .edge = {}});
    desk.openPalette();
    const QString copy = u"build: Copy Artifact ▸ /out/server to ▸ final"_s;
    QVERIFY2(desk.rows().contains(copy), qPrintable(desk.rows().join(u'\n')));
    desk.type(u"server final"_s);
    QCOMPARE(desk.current(), copy);
    desk.key(Qt::Key_Return);
    QTRY_VERIFY(desk.text().contains("COPY --from=build /out/server /out/server\nUSER 1"));
}

void WindowPaletteTest::aCommandWhoseFileHasChangedDoesNothing()
{
    PaletteDesk desk;
    desk.tab().diagram().select({.node = stageNode(1), .edge = {}});
    desk.openPalette();
    desk.type(u"final remove"_s);
    QCOMPARE(desk.current(), u"final: Remove Stage"_s);
    const auto before = desk.tab().shown();
    desk.window().showText("# a line above\n");
    QTRY_VERIFY(desk.tab().shown() != before);
    const std::string text = desk.text();
    desk.key(Qt::Key_Return);
    QTest::qWait(50);
    QCOMPARE(desk.text(), text);
}

void WindowPaletteTest::goesToAStage()
{
    PaletteDesk desk;
    desk.openPalette();
    desk.type(u"stage final"_s);
    QCOMPARE(desk.current(), u"Go to Stage final"_s);
    desk.key(Qt::Key_Return);
    QVERIFY(desk.tab().editor().hasFocus());
    int line = 0;
    int column = 0;
    desk.tab().editor().getCursorPosition(&line, &column);
    QCOMPARE(line, 2);
    QCOMPARE(desk.tab().diagram().selection().node, std::optional(stageNode(1)));
}

void WindowPaletteTest::choosesATarget()
{
    PaletteDesk desk;
    QCOMPARE(desk.tab().target(), 1);
    desk.openPalette();
    desk.type(u"target build"_s);
    QCOMPARE(desk.current(), u"Target: build"_s);
    desk.key(Qt::Key_Return);
    QCOMPARE(desk.tab().target(), 0);
    QCOMPARE(desk.window().toolbar().targets().currentIndex(), 0);
}

void WindowPaletteTest::closesWhereOneClicksElsewhere()
{
    PaletteDesk desk;
    desk.openPalette();
    QTest::mouseClick(desk.tab().diagram().viewport(), Qt::LeftButton, {}, {5, 5});
    desk.tab().diagram().setFocus(Qt::MouseFocusReason);
    QVERIFY(!desk.palette().isVisible());
}

void WindowPaletteTest::saysWhereNothingIsFound()
{
    PaletteDesk desk;
    desk.openPalette();
    desk.type(u"qqq"_s);
    QVERIFY(desk.rows().isEmpty());
    QVERIFY(!desk.palette().list().isVisible());
    QVERIFY(desk.palette().findChild<QLabel*>()->isVisible());
    desk.key(Qt::Key_Down);
    desk.key(Qt::Key_Return);
    QVERIFY2(desk.palette().isVisible(), "there is nothing to run");
}

void WindowPaletteTest::isInstant_data()
{
    QTest::addColumn<int>("stages");
    QTest::newRow("a usual file") << 3;
    QTest::newRow("as many as the diagram tries each action on") << 150;
    QTest::newRow("as many as any file that we know") << 263;
}

void WindowPaletteTest::isInstant()
{
    QFETCH(int, stages);
    QByteArray text;
    for (int i = 0; i < stages; ++i)
        text += i == 0 ? QByteArray("FROM alpine:3 AS s0\nRUN make /out/app\n")
                       : "FROM s" + QByteArray::number(i - 1) + " AS s" + QByteArray::number(i) +
                             "\nCOPY --from=s0 /out/app /app\nRUN gcc -o /out/tool x.c\n";
    PaletteDesk desk(text);
    desk.tab().diagram().select({.node = stageNode(stages / 2), .edge = {}});
#ifdef NDEBUG
    constexpr int kPatience = kInstant;
#else
    constexpr int kPatience = 20 * kInstant; // not optimised, and perhaps watched
#endif
    QElapsedTimer timer;
    timer.start();
    desk.openPalette();
    const qint64 opened = timer.restart();
    QVERIFY(desk.rows().size() > 2 * stages);
    desk.type(u"s"_s);
    const qint64 typed = timer.elapsed();
    qInfo("opened in %lld ms with %lld commands, a letter takes %lld ms", opened,
          static_cast<long long>(desk.rows().size()), typed);
    QVERIFY2(opened < kPatience, qPrintable(QString::number(opened)));
    QVERIFY2(typed < kPatience, qPrintable(QString::number(typed)));
}

QTEST_MAIN(WindowPaletteTest)
#include "window_palette_test.moc"
