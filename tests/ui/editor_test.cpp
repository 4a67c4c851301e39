// SPDX-License-Identifier: GPL-3.0-or-later
//
// The editor with real keys and clicks.

#include "ui/editor/gutter.h"
#include "ui/editor/scintilla_numbers.h"
#include "ui/editor_window.h"

#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QToolButton>

#include <time.h>

#include <algorithm>
#include <memory>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

/// What this thread has worked: other programs on the machine do not count.
std::int64_t milliseconds()
{
    timespec spent{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return spent.tv_sec * 1000 + spent.tv_nsec / 1'000'000;
}

const std::string kTwoStages = "FROM golang AS build\n"     // 0
                               "RUN make\n"                 // 21
                               "FROM scratch\n"             // 30
                               "COPY --from=build /a /a\n"; // 43; the name at 55

} // namespace

class EditorTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void typingIsUndoneAndRedone();
    void severalEditsAreOneUndoStep();
    void applyingTellsOfOneChange();
    void newLinesEndAsTheFileDoes();
    void clickOnTheMarkBuildsTheStage();
    void clickOnTheFoldHidesTheStage();
    void keysOnLines_data();
    void keysOnLines();
    void underlinesWhatIsWrong();
    void quickFixIsOneUndoStep();
    void explainsAtTheMouse();
    void goesToAStage();
    void ctrlClickGoesToAStage();
    void asksToRename();
    void marksTheUsesOfAStage();
    void selectsAllUses();
    void offersCompletionWhileTyping();
    void sizesStayWithTheirText();
    void aFailureIsShownBelowItsLine();
    void theLastLinesOfAFailureGoByEscape();
    void zooms();
    void caretMovesAreTold();
    void aLargeTextCanBeTyped();
};

void EditorTest::typingIsUndoneAndRedone()
{
    Window window;
    QTest::keyClicks(&window.editor, u"FROM a"_s);
    QCOMPARE(window.editor.bytes(), "FROM a");
    QVERIFY(window.editor.isModified());
    QTest::keyClick(&window.editor, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(window.editor.bytes(), "");
    QVERIFY(!window.editor.isModified());
    QTest::keyClick(&window.editor, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(window.editor.bytes(), "FROM a");
}

void EditorTest::severalEditsAreOneUndoStep()
{
    const std::string before = "FROM a\r\n# \xFF\nRUN b";
    Window window(before);
    window.editor.apply(
        {{.span = {0, 4}, .text = "from"}, {.span = {8, 12}, .text = ""}, {.span = {17, 17}, .text = "!"}}, {0, 4});
    QCOMPARE(window.editor.bytes(), "from a\r\nRUN b!");
    QCOMPARE(window.selected(), "from");
    QTest::keyClick(&window.editor, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(window.editor.bytes(), before);
    QTest::keyClick(&window.editor, Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(window.editor.bytes(), "from a\r\nRUN b!");
}

void EditorTest::applyingTellsOfOneChange()
{
    Window window("FROM a\n");
    const QSignalSpy changed(&window.editor, &Editor::bufferChanged);
    window.editor.apply({{.span = {0, 1}, .text = "f"}, {.span = {2, 3}, .text = "o"}}, {0, 0});
    QCOMPARE(changed.size(), 1);
    window.editor.load("FROM b\n");
    QCOMPARE(changed.size(), 2);
}

void EditorTest::newLinesEndAsTheFileDoes()
{
    Window window("FROM a\r\nRUN b\n");
    window.caretTo(6);
    QTest::keyClick(&window.editor, Qt::Key_Return);
    QCOMPARE(window.editor.bytes(), "FROM a\r\n\r\nRUN b\n");
}

void EditorTest::clickOnTheMarkBuildsTheStage()
{
    Window window(kTwoStages);
    const QSignalSpy asked(&window.editor, &Editor::buildStageRequested);
    const Gutter& gutter = window.editor.gutter();
    const QPoint column = gutter.marginRect(kBuildMargin).center();
    QTest::mouseClick(window.editor.viewport(), Qt::LeftButton, {}, {column.x(), window.pointOf(21).y()});
    QCOMPARE(asked.size(), 0);
    QTest::mouseClick(window.editor.viewport(), Qt::LeftButton, {}, {column.x(), window.pointOf(30).y()});
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.front().front().toInt(), 1);
}

void EditorTest::clickOnTheFoldHidesTheStage()
{
    Window window(kTwoStages);
    const QPoint column = window.editor.gutter().marginRect(kFoldMargin).center();
    QTest::mouseClick(window.editor.viewport(), Qt::LeftButton, {}, {column.x(), window.pointOf(0).y()});
    QCOMPARE(window.sci(Sci::SCI_GETLINEVISIBLE, 1), 0);
    QCOMPARE(window.sci(Sci::SCI_GETLINEVISIBLE, 2), 1);
    window.editor.select({21, 24}); // shows what it selects
    QCOMPARE(window.sci(Sci::SCI_GETLINEVISIBLE, 1), 1);
}

void EditorTest::keysOnLines_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<Span>("selected");
    QTest::addColumn<QKeyCombination>("key");
    QTest::addColumn<QString>("after");
    const QKeyCombination comment = Qt::CTRL | Qt::Key_Slash;
    QTest::newRow("comment a line") << u"FROM a\nRUN b\n"_s << Span{9, 9} << comment << u"FROM a\n# RUN b\n"_s;
    QTest::newRow("comment behind its indent") << u"  RUN b\n"_s << Span{0, 0} << comment << u"  # RUN b\n"_s;
    QTest::newRow("uncomment") << u"# RUN b\n#x\n"_s << Span{0, 10} << comment << u"RUN b\nx\n"_s;
    QTest::newRow("a half commented block") << u"# a\nb\n"_s << Span{0, 6} << comment << u"# # a\n# b\n"_s;
    QTest::newRow("duplicate a line") << u"FROM a\nRUN b\n"_s << Span{1, 1} << QKeyCombination(Qt::CTRL | Qt::Key_D)
                                      << u"FROM a\nFROM a\nRUN b\n"_s;
    QTest::newRow("move a line down") << u"a\nb\nc\n"_s << Span{0, 0} << QKeyCombination(Qt::ALT | Qt::Key_Down)
                                      << u"b\na\nc\n"_s;
    QTest::newRow("move a line up") << u"a\nb\nc\n"_s << Span{4, 4} << QKeyCombination(Qt::ALT | Qt::Key_Up)
                                    << u"a\nc\nb\n"_s;
}

void EditorTest::keysOnLines()
{
    QFETCH(QString, before);
    QFETCH(Span, selected);
    QFETCH(QKeyCombination, key);
    QFETCH(QString, after);
    Window window(before.toStdString());
    window.editor.select(selected);
    QTest::keyClick(&window.editor, key.key(), key.keyboardModifiers());
    QCOMPARE(QString::fromStdString(window.editor.bytes()), after);
    window.editor.undo();
    QCOMPARE(QString::fromStdString(window.editor.bytes()), before);
}

void EditorTest::underlinesWhatIsWrong()
{
    Window window("FROM a\nFORM b\nUSER x\n");
    QVERIFY(window.marked(kErrorIndicator, 8));
    QVERIFY(!window.marked(kErrorIndicator, 1));
    window.editor.apply({{.span = {7, 13}, .text = "USER b"}}, {0, 0});
    window.settle();
    QVERIFY(!window.marked(kErrorIndicator, 8));
}

void EditorTest::quickFixIsOneUndoStep()
{
    const std::string before = "FROM a AS Build\nFROM b\nCOPY --from=Build /x /x\n";
    Window window(before);
    QVERIFY(window.marked(kWarningIndicator, 11));
    window.caretTo(11);
    QTest::keyClick(&window.editor, Qt::Key_Period, Qt::ControlModifier);
    auto* menu = window.editor.findChild<QMenu*>(u"quickFixes"_s);
    QVERIFY(menu && !menu->actions().isEmpty());
    menu->actions().front()->trigger();
    QVERIFY2(window.editor.bytes().starts_with("FROM a AS build\n"), window.editor.bytes().c_str());
    window.editor.undo();
    QCOMPARE(window.editor.bytes(), before);
}

void EditorTest::explainsAtTheMouse()
{
    Window window(kTwoStages);
    const QString stage = window.editor.explanationAt(56);
    QVERIFY2(stage.contains(u"build"_s) && stage.contains(u"golang"_s), qPrintable(stage));
    QVERIFY(window.editor.explanationAt(22).contains(u"RUN"_s));
    QVERIFY(window.editor.explanationAt(6).contains(u"image"_s));
    QVERIFY(window.editor.explanationAt(27).isEmpty());
}

void EditorTest::goesToAStage()
{
    Window window(kTwoStages);
    window.caretTo(57);
    QTest::keyClick(&window.editor, Qt::Key_F12);
    QCOMPARE(window.selected(), "build");
    QCOMPARE(window.editor.caret(), 20U);
}

void EditorTest::ctrlClickGoesToAStage()
{
    Window window(kTwoStages);
    QTest::mouseClick(window.editor.viewport(), Qt::LeftButton, Qt::ControlModifier, window.pointOf(57));
    QCOMPARE(window.editor.caret(), 20U);
}

void EditorTest::asksToRename()
{
    Window window(kTwoStages);
    const QSignalSpy asked(&window.editor, &Editor::renameRequested);
    window.caretTo(2);
    QTest::keyClick(&window.editor, Qt::Key_F2);
    QCOMPARE(asked.size(), 0);
    window.caretTo(60);
    QTest::keyClick(&window.editor, Qt::Key_F2);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.front().front().toInt(), 0);
}

void EditorTest::marksTheUsesOfAStage()
{
    Window window(kTwoStages);
    window.caretTo(16);
    QVERIFY(window.marked(kUseIndicator, 16));
    QVERIFY(window.marked(kUseIndicator, 56));
    window.caretTo(2);
    QVERIFY(!window.marked(kUseIndicator, 56));
}

void EditorTest::selectsAllUses()
{
    Window window(kTwoStages);
    window.caretTo(57);
    QTest::keyClick(&window.editor, Qt::Key_F12, Qt::ShiftModifier);
    QTest::keyClicks(&window.editor, u"go"_s);
    QCOMPARE(window.editor.bytes(), "FROM golang AS go\nRUN make\nFROM scratch\nCOPY --from=go /a /a\n");
}

void EditorTest::offersCompletionWhileTyping()
{
    Window window("FROM golang AS build\nFROM scratch\n");
    window.caretTo(34);
    QTest::keyClicks(&window.editor, u"COPY --from="_s);
    QVERIFY(QTest::qWaitFor([&] { return window.sci(Sci::SCI_AUTOCACTIVE) != 0; }));
    QTest::keyClick(&window.editor, Qt::Key_Return);
    QCOMPARE(window.editor.bytes(), "FROM golang AS build\nFROM scratch\nCOPY --from=build");
    QTest::keyClick(&window.editor, Qt::Key_Space, Qt::ControlModifier);
    QCOMPARE(window.sci(Sci::SCI_AUTOCACTIVE), 0); // there is nothing to add
}

void EditorTest::sizesStayWithTheirText()
{
    Window window("FROM a\nRUN b\nRUN c\n");
    const int before = window.editor.gutter().marginRect(kSizeMargin).width();
    window.editor.showLayerSizes({{1, 12'000'000}, {2, 5000}});
    QVERIFY(window.editor.gutter().marginRect(kSizeMargin).width() > before);
    QCOMPARE(window.editor.gutter().sizeOf(1), u"12 MB"_s);
    window.editor.apply({{.span = {0, 0}, .text = "# x\n"}}, {0, 0});
    window.settle();
    QCOMPARE(window.editor.gutter().sizeOf(2), u"12 MB"_s);
    window.editor.apply({{.span = {15, 16}, .text = "z"}}, {0, 0});
    window.settle();
    QCOMPARE(window.editor.gutter().sizeOf(2), QString());
    QCOMPARE(window.editor.gutter().sizeOf(3), u"5 kB"_s);
}

void EditorTest::aFailureIsShownBelowItsLine()
{
    Window window("FROM a\nRUN b \\\n c\nRUN d\n");
    window.editor.showFailure(1, u"exit code: 2\n"_s);
    QCOMPARE(window.sci(Sci::SCI_ANNOTATIONGETLINES, 2), 1);
    window.editor.clearFailure();
    QCOMPARE(window.sci(Sci::SCI_ANNOTATIONGETLINES, 2), 0);
}

void EditorTest::theLastLinesOfAFailureGoByEscape()
{
    Window window("FROM a\nRUN b \\\n c\nRUN d\n");
    window.editor.showFailure(1, u"exit code: 2"_s, {u"cc main.c"_s, u"main.c:1: nö"_s});
    QCOMPARE(window.sci(Sci::SCI_ANNOTATIONGETLINES, 2), 4); // what the engine said, our words, and two of the command
    QCOMPARE(window.editor.bytes(), std::string("FROM a\nRUN b \\\n c\nRUN d\n"));
    QCOMPARE(window.sci(Sci::SCI_MARKERGET, 1) & 1 << kFailedMarker, 1 << kFailedMarker);
    QTest::keyClick(&window.editor, Qt::Key_Escape);
    QCOMPARE(window.sci(Sci::SCI_ANNOTATIONGETLINES, 2), 0);
    QCOMPARE(window.sci(Sci::SCI_MARKERGET, 1) & 1 << kFailedMarker, 1 << kFailedMarker); // it has still failed
    QVERIFY(!window.editor.isUndoAvailable());
}

void EditorTest::zooms()
{
    Window window("RUN a\n");
    const auto height = window.sci(Sci::SCI_TEXTHEIGHT);
    QTest::keyClick(&window.editor, Qt::Key_Plus, Qt::ControlModifier);
    QTest::keyClick(&window.editor, Qt::Key_Plus, Qt::ControlModifier);
    QVERIFY(window.sci(Sci::SCI_TEXTHEIGHT) > height);
    QTest::keyClick(&window.editor, Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(window.sci(Sci::SCI_TEXTHEIGHT), height);
}

void EditorTest::caretMovesAreTold()
{
    Window window("FROM a\nRUN b\n");
    const QSignalSpy moved(&window.editor, &Editor::caretMoved);
    window.caretTo(9);
    QCOMPARE(moved.back().front().toUInt(), 9U);
    QTest::keyClick(&window.editor, Qt::Key_Home);
    QVERIFY(QTest::qWaitFor([&] { return moved.back().front().toUInt() == 7U; }));
}

void EditorTest::aLargeTextCanBeTyped()
{
    std::string text("FROM a\n");
    while (text.size() < 5'000'000)
        text += "RUN echo the quick brown fox && make \"$THING\"\n";
    Window window(text);
    std::int64_t worst = 0;
    for (const std::uint32_t place : {std::uint32_t{7}, std::uint32_t(text.size())}) {
        window.caretTo(place);
        window.editor.repaint();
        for (int key = 0; key < 5; ++key) {
            const std::int64_t before = milliseconds();
            QTest::keyClick(&window.editor, Qt::Key_X);
            window.editor.viewport()->repaint();
            worst = std::max(worst, milliseconds() - before);
        }
    }
#ifdef __OPTIMIZE__
    constexpr int kPatience = 50; // ms
#else
    constexpr int kPatience = 200; // unoptimised, and perhaps under a sanitizer
#endif
    QVERIFY2(worst < kPatience, qPrintable(u"the slowest key took %1 ms"_s.arg(worst)));
}

QTEST_MAIN(EditorTest)
#include "editor_test.moc"
