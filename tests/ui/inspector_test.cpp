// SPDX-License-Identifier: GPL-3.0-or-later
//
// The panel beside the diagram, with real keys in a real window: what is typed into a field is in the text, as one step
// to undo; what can't be is said; what someone is typing is never lost.

#include "ui/inspector/resolution_card.h"
#include "ui/inspector_panel.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

class InspectorTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { holdStill(); }
    void showsWhatIsSelected_data();
    void showsWhatIsSelected();
    void changesTheText_data();
    void changesTheText();
    void saysWhatCantBe();
    void boxesSetFlags();
    void removesALine();
    void offersTheRemedy();
    void escTakesBackWhatIsTyped();
    void leavingAFieldHandsItOn();
    void staysWithTheStageWhoseTagIsADefault();
    void keepsWhatOneTypesWhileTheTextChanges();
    void anotherSelectionBeginsAnew();
    void worksOnATextThatIsNotShownYet();
    void staysWithTheMountThatWasChanged();
};

void InspectorTest::showsWhatIsSelected_data()
{
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("heading");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("meaning");

    QTest::newRow("a stage") << 1 << 0 << u"Stage build, line 1"_s << u"Name"_s << u"build"_s << u"image golang:1.25"_s;
    QTest::newRow("a stage without a name")
        << 3 << 0 << u"Stage 2, line 4"_s << u"Base"_s << u"scratch"_s << u"scratch, an image without a file"_s;
    QTest::newRow("a copy") << 4 << 0 << u"Copy in stage 2, line 5"_s << u"From"_s << u"build"_s
                            << u"stage build, line 1"_s;
    QTest::newRow("a mount") << 5 << 20 << u"Mount in stage 2, line 6"_s << u"Target"_s << u"/in"_s
                             << u"stage build, line 1"_s;
    QTest::newRow("the second mount") << 5 << 60 << u"Mount in stage 2, line 6"_s << u"Target"_s << u"/c"_s
                                      << u"stage tools, line 3"_s;
}

void InspectorTest::showsWhatIsSelected()
{
    QFETCH(int, line);
    QFETCH(int, column);
    QFETCH(QString, heading);
    QFETCH(QString, field);
    QFETCH(QString, value);
    QFETCH(QString, meaning);
    Panel panel;
    QVERIFY(panel.isOpen);
    panel.goTo(line, column);
    QTRY_COMPARE(panel.heading(), heading);
    QCOMPARE(panel.field(field).text(), value);
    QVERIFY2(panel.tab().inspector().card().text().contains(meaning),
             qPrintable(panel.tab().inspector().card().text()));
}

void InspectorTest::changesTheText_data()
{
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");

    const auto row = [](const char* name, int line, int column, const QString& field, const QString& typed,
                        const char* before, const char* after) {
        QTest::newRow(name) << line << column << field << typed << QByteArray(before) << QByteArray(after);
    };
    const auto* const copy = "FROM a AS build\nFROM b AS tools\nFROM c\nCOPY --from=build /x /y\n";
    row("a destination", 3, 0, u"Destination"_s, u"/z"_s, copy,
        "FROM a AS build\nFROM b AS tools\nFROM c\nCOPY --from=build /x /z\n");
    row("another stage", 3, 0, u"From"_s, u"tools"_s, copy,
        "FROM a AS build\nFROM b AS tools\nFROM c\nCOPY --from=tools /x /y\n");
    row("the build context", 3, 0, u"From"_s, u"build context"_s, copy,
        "FROM a AS build\nFROM b AS tools\nFROM c\nCOPY /x /y\n");
    row("a stage without a name, which is named", 3, 0, u"From"_s, u"stage 0"_s,
        "FROM alpine:3\nFROM b AS c\nFROM d\nCOPY --from=c /x /y\n",
        "FROM alpine:3 AS alpine\nFROM b AS c\nFROM d\nCOPY --from=alpine /x /y\n");
    row("a mount's target", 2, 10, u"Target"_s, u"/out"_s,
        "FROM a AS build\nFROM b\nRUN --mount=from=build,target=/in make\n",
        "FROM a AS build\nFROM b\nRUN --mount=from=build,target=/out make\n");
    row("a stage's name, everywhere", 0, 0, u"Name"_s, u"make"_s, copy,
        "FROM a AS make\nFROM b AS tools\nFROM c\nCOPY --from=make /x /y\n");
    row("a first name", 2, 0, u"Name"_s, u"final"_s, copy,
        "FROM a AS build\nFROM b AS tools\nFROM c AS final\nCOPY --from=build /x /y\n");
    row("a base that is a stage", 1, 0, u"Base"_s, u"build"_s, copy,
        "FROM a AS build\nFROM build AS tools\nFROM c\nCOPY --from=build /x /y\n");
    row("a base that is an image", 1, 0, u"Base"_s, u"alpine"_s, copy,
        "FROM a AS build\nFROM alpine AS tools\nFROM c\nCOPY --from=build /x /y\n");
    row("an image that is new", 3, 0, u"From"_s, u"nginx:1.27"_s, copy,
        "FROM a AS build\nFROM b AS tools\nFROM c\nCOPY --from=nginx:1.27 /x /y\n");
    row("a source", 3, 0, u"Source 1"_s, u"/src"_s, copy,
        "FROM a AS build\nFROM b AS tools\nFROM c\nCOPY --from=build /src /y\n");
    row("one more source", 1, 0, u"Source 2"_s, u"/z"_s, "FROM a\nCOPY /x /y/\n", "FROM a\nCOPY /x /z /y/\n");
    row("an owner", 1, 0, u"--chown"_s, u"1000:1000"_s, "FROM a\nCOPY x y\n", "FROM a\nCOPY --chown=1000:1000 x y\n");
    row("no owner", 1, 0, u"--chown"_s, u""_s, "FROM a\nCOPY --chown=me x y\n", "FROM a\nCOPY x y\n");
    row("a mode", 1, 0, u"--chmod"_s, u"755"_s, "FROM a\nCOPY --link x y\n", "FROM a\nCOPY --link --chmod=755 x y\n");
    row("what is left out", 1, 0, u"--exclude 1"_s, u"*.md"_s, "FROM a\nCOPY . .\n",
        "FROM a\nCOPY --exclude=*.md . .\n");
    row("a tag", 0, 0, u"Tag"_s, u"3.20"_s, "FROM alpine:3 AS a\n", "FROM alpine:3.20 AS a\n");
    row("a tag in a default", 1, 0, u"Tag"_s, u"3.20"_s, "ARG BASE=alpine:3\nFROM $BASE AS a\n",
        "ARG BASE=alpine:3.20\nFROM $BASE AS a\n");
    row("an image, whose tag stays", 0, 0, u"Base"_s, u"me/alpine"_s, "FROM alpine:3 AS a\n",
        "FROM me/alpine:3 AS a\n");
    row("a platform", 0, 0, u"Platform"_s, u"linux/arm64"_s, "FROM alpine\n", "FROM --platform=linux/arm64 alpine\n");
    row("line endings stay", 1, 0, u"Destination"_s, u"/z"_s, "FROM a\r\nCOPY x /y\r\n", "FROM a\r\nCOPY x /z\r\n");
}

void InspectorTest::changesTheText()
{
    QFETCH(int, line);
    QFETCH(int, column);
    QFETCH(QString, field);
    QFETCH(QString, typed);
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    Panel panel(before);
    panel.goTo(line, column);
    QTRY_VERIFY(panel.named<QLineEdit>(field));
    panel.enter(field, typed);
    QCOMPARE(QByteArray::fromStdString(panel.text()), after);
    if (typed != "stage 0"_L1) // it has a name now
        QCOMPARE(panel.field(field).text(), typed);
    QVERIFY(panel.field(field).hasFocus());
    panel.tab().editor().undo();
    QCOMPARE(QByteArray::fromStdString(panel.text()), before);
}

void InspectorTest::saysWhatCantBe()
{
    Panel panel;
    panel.goTo(0);
    panel.type(u"Name"_s, u"Not a name"_s);
    QVERIFY2(panel.objection(u"Name"_s).contains(u"invalid name for build stage"_s),
             qPrintable(panel.objection(u"Name"_s)));
    QTest::keyClick(&panel.field(u"Name"_s), Qt::Key_Return);
    QCOMPARE(panel.text(), std::string(kTwo));
    QCOMPARE(panel.field(u"Name"_s).text(), u"Not a name"_s);
    QTest::keyClick(&panel.field(u"Name"_s), Qt::Key_Tab); // leaving it keeps it and does nothing
    QCOMPARE(panel.text(), std::string(kTwo));
    QCOMPARE(panel.field(u"Name"_s).text(), u"Not a name"_s);
    panel.type(u"Name"_s, u"compile"_s);
    QCOMPARE(panel.objection(u"Name"_s), QString());
    QTest::keyClick(&panel.field(u"Name"_s), Qt::Key_Return);
    QVERIFY(panel.text().starts_with("FROM golang:1.25 AS compile\n"));
}

void InspectorTest::boxesSetFlags()
{
    Panel panel("FROM a\nCOPY x y\n");
    panel.goTo(1);
    QTRY_VERIFY(panel.named<QCheckBox>(u"--link"_s));
    QTest::keyClick(panel.named<QCheckBox>(u"--link"_s), Qt::Key_Space);
    QCOMPARE(panel.text(), std::string("FROM a\nCOPY --link x y\n"));
    QTRY_VERIFY(panel.isDrawn());
    QVERIFY(panel.named<QCheckBox>(u"--link"_s)->isChecked());
    QTest::keyClick(panel.named<QCheckBox>(u"--link"_s), Qt::Key_Space);
    QCOMPARE(panel.text(), std::string("FROM a\nCOPY x y\n"));
}

void InspectorTest::removesALine()
{
    Panel panel("FROM a\nCOPY x y /to/\n");
    panel.goTo(1);
    QTRY_VERIFY(panel.named<QToolButton>(u"Remove x"_s));
    QTest::mouseClick(panel.named<QToolButton>(u"Remove x"_s), Qt::LeftButton);
    QCOMPARE(panel.text(), std::string("FROM a\nCOPY y /to/\n"));
    QTRY_COMPARE(panel.field(u"Source 1"_s).text(), u"y"_s);
    QTRY_VERIFY(!panel.named<QLineEdit>(u"Source 3"_s));
    panel.type(u"Source 1"_s, {}); // the last one can't go
    QVERIFY(!panel.objection(u"Source 1"_s).isEmpty());
}

void InspectorTest::offersTheRemedy()
{
    Panel panel("FROM a\nCOPY x /to\n");
    panel.goTo(1);
    QTRY_VERIFY(panel.named<QLineEdit>(u"Source 2"_s));
    panel.type(u"Source 2"_s, u"y"_s);
    QVERIFY(!panel.objection(u"Source 2"_s).isEmpty());
    auto* whole = qobject_cast<PropertyField*>(panel.field(u"Source 2"_s).parentWidget());
    QVERIFY(whole->remedyButton().isVisible());
    const QWidget* content = panel.tab().inspector().widget();
    QTRY_VERIFY2(content->width() <= panel.tab().inspector().viewport()->width(), "nothing is cut at the right");
    QTest::mouseClick(&whole->remedyButton(), Qt::LeftButton);
    QCOMPARE(panel.text(), std::string("FROM a\nCOPY x y /to/\n"));
    QTRY_COMPARE(panel.field(u"Source 2"_s).text(), u"y"_s);
    QCOMPARE(panel.objection(u"Source 2"_s), QString());
    panel.tab().editor().undo();
    QCOMPARE(panel.text(), std::string("FROM a\nCOPY x /to\n"));
}

void InspectorTest::escTakesBackWhatIsTyped()
{
    Panel panel;
    panel.goTo(4);
    panel.type(u"Destination"_s, u"/elsewhere"_s);
    QTest::keyClick(&panel.field(u"Destination"_s), Qt::Key_Escape);
    QCOMPARE(panel.field(u"Destination"_s).text(), u"/app"_s);
    QTest::keyClick(&panel.field(u"Destination"_s), Qt::Key_Tab);
    QCOMPARE(panel.text(), std::string(kTwo));
}

void InspectorTest::leavingAFieldHandsItOn()
{
    Panel panel;
    panel.goTo(0);
    panel.type(u"Name"_s, u"compile"_s);
    QTest::keyClick(&panel.field(u"Name"_s), Qt::Key_Tab);
    QVERIFY(panel.text().starts_with("FROM golang:1.25 AS compile\n"));
    QVERIFY(panel.text().contains("COPY --from=compile /src/app /app\n"));
}

/// What grows ahead of the first FROM moves all offsets: for a moment the caret is one of a text that is not drawn yet.
void InspectorTest::staysWithTheStageWhoseTagIsADefault()
{
    Panel panel("ARG BASE=alpine\nFROM golang AS build\nRUN x\nFROM ${BASE} AS final\nCOPY --from=build /a /a\n");
    panel.goTo(3);
    QCOMPARE(panel.heading(), u"Stage final, line 4"_s);
    panel.type(u"Tag"_s, u"3.20.3-with-a-long-name"_s);
    QTest::keyClick(&panel.field(u"Tag"_s), Qt::Key_Return);
    QVERIFY(panel.text().starts_with("ARG BASE=alpine:3.20.3-with-a-long-name\n"));
    QTRY_VERIFY(panel.isDrawn());
    QCOMPARE(panel.heading(), u"Stage final, line 4"_s);
}

void InspectorTest::keepsWhatOneTypesWhileTheTextChanges()
{
    Panel panel;
    panel.goTo(4);
    panel.type(u"Destination"_s, u"/opt"_s);
    panel.tab().editor().insertAt(u"# a comment\n"_s, 0, 0);
    QTRY_VERIFY(panel.isDrawn());
    QCOMPARE(panel.heading(), u"Copy in stage 2, line 6"_s);
    QCOMPARE(panel.field(u"Destination"_s).text(), u"/opt"_s);
    QTest::keyClicks(&panel.field(u"Destination"_s), u"/app"_s);
    QTest::keyClick(&panel.field(u"Destination"_s), Qt::Key_Return);
    QVERIFY2(panel.text().contains("COPY --from=build /src/app /opt/app\n"), panel.text().c_str());
}

void InspectorTest::anotherSelectionBeginsAnew()
{
    Panel panel;
    panel.goTo(0);
    panel.type(u"Name"_s, u"Not a name"_s);
    panel.goTo(2);
    QTRY_COMPARE(panel.field(u"Name"_s).text(), u"tools"_s);
    QCOMPARE(panel.objection(u"Name"_s), QString());
    panel.goTo(0);
    QTRY_COMPARE(panel.field(u"Name"_s).text(), u"build"_s);
}

void InspectorTest::worksOnATextThatIsNotShownYet()
{
    Panel panel;
    panel.goTo(4);
    panel.type(u"Destination"_s, u"/opt"_s);
    panel.tab().editor().insertAt(u"# a comment\n"_s, 0, 0);
    QVERIFY2(!panel.isDrawn(), "nothing was analysed in between");
    QTest::keyClick(&panel.field(u"Destination"_s), Qt::Key_Return);
    QVERIFY2(panel.text().contains("COPY --from=build /src/app /opt\n"), panel.text().c_str());
    QCOMPARE(panel.message(), QString());

    QTRY_VERIFY(panel.isDrawn());
    panel.type(u"Destination"_s, u"/late"_s);
    panel.tab().editor().setSelection(5, 0, 6, 0);
    panel.tab().editor().removeSelectedText(); // the COPY itself goes
    QTest::keyClick(&panel.field(u"Destination"_s), Qt::Key_Return);
    QVERIFY2(!panel.text().contains("/late"), panel.text().c_str());
}

void InspectorTest::staysWithTheMountThatWasChanged()
{
    Panel panel;
    panel.goTo(5, 60);
    QTRY_COMPARE(panel.field(u"Target"_s).text(), u"/c"_s);
    panel.enter(u"Target"_s, u"/cache"_s);
    QVERIFY(panel.text().contains("from=tools,target=/cache true"));
    QCOMPARE(panel.field(u"Target"_s).text(), u"/cache"_s);
    panel.enter(u"Target"_s, u"/store"_s);
    QVERIFY(panel.text().contains("from=build,target=/in --mount=type=cache,from=tools,target=/store true"));
}

QTEST_MAIN(InspectorTest)
#include "inspector_test.moc"
