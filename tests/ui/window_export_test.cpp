// SPDX-License-Identifier: GPL-3.0-or-later
//
// The diagram's way out of the window: the dialog, the file, the clipboard; and the legend in it.

#include "ui/diagram/diagram_view.h"
#include "ui/diagram/menu_entries.h"
#include "ui/diagram/picture.h"
#include "ui/window/export_dialog.h"
#include "ui/window_fixture.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QMenu>
#include <QMimeData>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

constexpr auto kTwo = "FROM golang:1.25 AS build\nRUN go build -o /out/server .\n"
                      "FROM scratch AS final\nCOPY --from=build /out/server /server\n";

bool showsDiagram(Desk& desk)
{
    return desk.open(u"Dockerfile"_s, kTwo) &&
           QTest::qWaitFor([&] { return desk.tab().diagram().picture().nodes.size() == 3; });
}

} // namespace

class WindowExportTest : public QObject {
    Q_OBJECT
private slots:
    void writesEachFormat_data();
    void writesEachFormat();
    void saysWhatIsTooLarge();
    void saysWhatCannotBeWritten();
    void theDialogOffersWhatTheFormatHas();
    void copiesAsWhatIsChosen();
    void theLegendComesAndGoes();
    void theLegendMakesRoom();
    void escapeClosesTheLegend();
    void theLegendStaysInItsCorner();
};

void WindowExportTest::writesEachFormat_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("begins");
    QTest::newRow("svg") << u"svg"_s << QByteArray("<?xml");
    QTest::newRow("png") << u"png"_s << QByteArray("\x89PNG");
    QTest::newRow("pdf") << u"pdf"_s << QByteArray("%PDF-");
    QTest::newRow("dot") << u"dot"_s << QByteArray("digraph");
    QTest::newRow("mermaid") << u"mermaid"_s << QByteArray("flowchart");
}

void WindowExportTest::writesEachFormat()
{
    QFETCH(QString, format);
    QFETCH(QByteArray, begins);
    Desk desk;
    QVERIFY(showsDiagram(desk));
    desk.window().exportDiagramTo(desk.path(u"out"_s), {.format = format, .dark = true, .options = {.legend = true}});
    QVERIFY2(desk.onDisk(u"out"_s).startsWith(begins), desk.onDisk(u"out"_s).left(20).constData());
    QCOMPARE(desk.message(), QString());
}

void WindowExportTest::saysWhatIsTooLarge()
{
    Desk desk;
    QVERIFY(showsDiagram(desk));
    desk.window().exportDiagramTo(desk.path(u"out"_s), {.format = u"png"_s, .options = {.scale = 500}});
    QVERIFY2(desk.message().contains(u"too large for a PNG"_s), qPrintable(desk.message()));
    QCOMPARE(desk.onDisk(u"out"_s), "(no file)");
}

void WindowExportTest::saysWhatCannotBeWritten()
{
    Desk desk;
    QVERIFY(showsDiagram(desk));
    desk.window().exportDiagramTo(desk.path(u"no/such/folder"_s), {});
    QVERIFY2(desk.message().contains(u"can't be written"_s), qPrintable(desk.message()));
}

void WindowExportTest::theDialogOffersWhatTheFormatHas()
{
    Desk desk;
    QVERIFY(showsDiagram(desk));
    ExportDialog dialog(desk.tab().diagram().picture(), true, true);
    QCOMPARE(dialog.choice().format, u"svg"_s);
    QVERIFY2(dialog.choice().dark, "as shown");
    QVERIFY(dialog.choice().options.legend);
    auto* format = dialog.findChildren<QComboBox*>()[0];
    auto* colours = dialog.findChildren<QComboBox*>()[1];
    auto* scale = dialog.findChild<QDoubleSpinBox*>();
    auto* legend = dialog.findChild<QCheckBox*>();
    QVERIFY(!scale->isEnabled() && colours->isEnabled() && legend->isEnabled());
    format->setCurrentIndex(format->findData(u"png"_s));
    QVERIFY(scale->isEnabled());
    scale->setValue(8);
    colours->setCurrentIndex(1);
    QCOMPARE(dialog.choice().options.scale, 8.0);
    QVERIFY(!dialog.choice().dark);
    format->setCurrentIndex(format->findData(u"mermaid"_s));
    QVERIFY2(!scale->isEnabled() && !colours->isEnabled() && !legend->isEnabled(), "a text has none of it");
}

void WindowExportTest::copiesAsWhatIsChosen()
{
    Desk desk;
    QVERIFY(showsDiagram(desk));
    QStringList names;
    for (const MenuEntry& entry : entriesOf(*desk.window().action(ActionId::CopyDiagramAs)->menu())) {
        names += entry.text.section(u',', 0, 0);
        entry.action->trigger();
    }
    QCOMPARE(names, (QStringList{u"SVG"_s, u"PNG"_s, u"DOT"_s, u"Mermaid"_s}));
    QVERIFY2(QGuiApplication::clipboard()->text().startsWith(u"flowchart"_s), "the last of them");
    desk.window().action(ActionId::CopyDiagram)->trigger();
    QVERIFY(QGuiApplication::clipboard()->mimeData()->hasImage());
}

void WindowExportTest::theLegendComesAndGoes()
{
    Desk desk;
    QVERIFY(showsDiagram(desk));
    desk.window().resize(1600, 1000);
    QVERIFY(!desk.tab().diagram().findChild<QWidget*>(u"diagramLegend"_s));
    desk.window().action(ActionId::ShowLegend)->trigger();
    auto* legend = desk.tab().diagram().findChild<QWidget*>(u"diagramLegend"_s);
    QVERIFY(legend && legend->isVisible());
    const QRect room = desk.tab().diagram().viewport()->rect();
    QVERIFY(room.contains(legend->geometry()));
    QVERIFY2(legend->geometry().bottom() > room.bottom() - 20 && legend->x() < 20, "at the bottom left");
    desk.window().newFile();
    QVERIFY2(desk.tab().diagram().findChild<QWidget*>(u"diagramLegend"_s), "in every file");
    desk.window().action(ActionId::ShowLegend)->trigger();
    QVERIFY(legend->isHidden());
}

void WindowExportTest::theLegendMakesRoom()
{
    DiagramView view;
    view.resize(900, 700);
    view.show();
    view.showLegend(true);
    auto* legend = view.findChild<QWidget*>(u"diagramLegend"_s);
    QVERIFY(legend->isVisible());
    view.resize(300, 700);
    QVERIFY2(!legend->isVisible(), "the diagram goes first");
    view.resize(900, 700);
    QVERIFY(legend->isVisible());
}

void WindowExportTest::escapeClosesTheLegend()
{
    Desk desk;
    QVERIFY(showsDiagram(desk));
    desk.window().resize(1600, 1000);
    QAction* action = desk.window().action(ActionId::ShowLegend);
    action->trigger();
    auto* legend = desk.tab().diagram().findChild<QWidget*>(u"diagramLegend"_s);
    QVERIFY(legend && legend->isVisible() && action->isChecked());
    desk.tab().diagram().setFocus();
    QTest::keyClick(&desk.tab().diagram(), Qt::Key_Escape);
    QVERIFY(legend->isHidden());
    QVERIFY2(!action->isChecked(), "the menu knows");
    action->trigger();
    QVERIFY(legend->isVisible());
}

void WindowExportTest::theLegendStaysInItsCorner()
{
    Desk desk;
    QVERIFY(showsDiagram(desk));
    desk.window().resize(1600, 1000);
    desk.window().action(ActionId::ShowLegend)->trigger();
    auto* legend = desk.tab().diagram().findChild<QWidget*>(u"diagramLegend"_s);
    const QRect place = legend->geometry();
    for (int i = 0; i < 6; ++i)
        desk.tab().diagram().zoomBy(1.5);
    desk.tab().diagram().panBy({40, 30});
    QCOMPARE(legend->geometry(), place);
}

QTEST_MAIN(WindowExportTest)
#include "window_export_test.moc"
