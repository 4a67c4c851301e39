// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is seen of the editor: selected text can be read, the find bar stands free, the menu is for where one clicked.

#include "ui/contrast.h"
#include "ui/editor/editor.h"
#include "ui/editor/find_bar.h"
#include "ui/editor/scintilla_numbers.h"

#include <QContextMenuEvent>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QTest>
#include <QTimer>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kText = "FROM golang:1.25 AS build\nRUN echo \"$HOME\" # no comment\n# a comment\n";

std::unique_ptr<Editor> shown(const std::string& text)
{
    auto editor = std::make_unique<Editor>();
    editor->resize(500, 300);
    editor->show();
    editor->activateWindow();
    editor->setFocus();
    (void)QTest::qWaitForWindowExposed(editor.get());
    editor->load(text);
    return editor;
}

QPoint pointOf(const Editor& editor, std::uint32_t offset)
{
    const Scintilla sci(editor);
    return {int(sci(QsciScintillaBase::SCI_POINTXFROMPOSITION, 0, std::int64_t{offset})),
            int(sci(QsciScintillaBase::SCI_POINTYFROMPOSITION, 0, std::int64_t{offset}))};
}

/// Of the pixel that stands out most to the ground in the middle of the row, in the letters between two offsets.
double bestContrast(Editor& editor, std::uint32_t begin, std::uint32_t end)
{
    const QImage image = editor.viewport()->grab().toImage();
    const QPoint from = pointOf(editor, begin);
    const int height = int(Scintilla(editor)(QsciScintillaBase::SCI_TEXTHEIGHT));
    const QColor ground = image.pixelColor(from.x() + 1, from.y() + 1);
    double best = 1;
    for (int x = from.x(); x < pointOf(editor, end).x(); ++x)
        for (int y = from.y() + 2; y < from.y() + height - 2; ++y)
            best = std::max(best, contrast(image.pixelColor(x, y), ground));
    return best;
}

} // namespace

class EditorLookTest : public QObject {
    Q_OBJECT

private slots:
    void selectedTextCanBeRead_data();
    void selectedTextCanBeRead();
    void theFindBarStandsFree_data();
    void theFindBarStandsFree();
    void theMenuIsForThePlaceOfTheClick();
};

void EditorLookTest::selectedTextCanBeRead_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("byKey");
    for (const bool dark : {false, true}) {
        const char* theme = dark ? "dark" : "light";
        QTest::addRow("%s, by Ctrl+A", theme) << dark << true;
        QTest::addRow("%s, by a click in the diagram", theme) << dark << false;
    }
}

void EditorLookTest::selectedTextCanBeRead()
{
    QFETCH(bool, dark);
    QFETCH(bool, byKey);
    const auto editor = shown(kText);
    editor->setTheme(dark ? Theme::darkTheme() : Theme::lightTheme());
    editor->zoomIn(8); // strokes wider than a pixel have their colour whole
    const auto length = static_cast<std::uint32_t>(editor->bytes().size());
    const QColor plain = editor->viewport()->grab().toImage().pixelColor(pointOf(*editor, 4) + QPoint(2, 1));
    if (byKey)
        QTest::keyClick(editor.get(), Qt::Key_A, Qt::ControlModifier);
    else
        editor->select({0, length});
    QCOMPARE(editor->selection(), (Span{0, length}));
    const QColor ground = editor->viewport()->grab().toImage().pixelColor(pointOf(*editor, 4) + QPoint(2, 1));
    QVERIFY2(contrast(plain, ground) > 1.1, "the selection can be seen");
    for (const auto& [begin, end] : {std::pair{0U, 4U}, {5U, 16U}, {17U, 19U}, {26U, 29U}, {36U, 41U}, {57U, 66U}}) {
        const double ratio = bestContrast(*editor, begin, end);
        QVERIFY2(ratio >= kReadable, qPrintable(u"bytes %1 to %2 have %3"_s.arg(begin).arg(end).arg(ratio)));
    }
}

void EditorLookTest::theFindBarStandsFree_data()
{
    QTest::addColumn<bool>("withReplace");
    QTest::addColumn<QString>("field");
    QTest::newRow("find") << false << u"findPattern"_s;
    QTest::newRow("find, of both") << true << u"findPattern"_s;
    QTest::newRow("replace") << true << u"findReplacement"_s;
}

void EditorLookTest::theFindBarStandsFree()
{
    QFETCH(bool, withReplace);
    QFETCH(QString, field);
    const auto editor = shown("RUN " + std::string(300, 'x') + '\n');
    (void)editor->grab(); // the width of the longest line is known once it is drawn
    QTRY_VERIFY2(editor->horizontalScrollBar()->isVisible(), "the line is wider than the pane");
    withReplace ? editor->showReplace() : editor->showFind();
    auto* line = editor->findChild<QLineEdit*>(field);
    QVERIFY(line);
    for (const QPoint corner : {line->rect().topLeft(), line->rect().center(), line->rect().bottomLeft()}) {
        const QPoint place = line->mapTo(editor.get(), corner);
        QCOMPARE(editor->childAt(place), line);
        QVERIFY2(!editor->viewport()->geometry().contains(place), "it hides no text");
    }
}

void EditorLookTest::theMenuIsForThePlaceOfTheClick()
{
    const auto editor = shown("FROM a AS one\nFROM b AS two\n");
    const auto rightClick = [&](std::uint32_t offset) {
        QTimer::singleShot(50, [] {
            if (QWidget* menu = QApplication::activePopupWidget())
                menu->close();
        });
        const QPoint place = pointOf(*editor, offset) + QPoint(2, 4);
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, editor->viewport()->mapToGlobal(place));
        QApplication::sendEvent(editor->viewport(), &event);
    };
    editor->select({0, 0});
    rightClick(25);
    QCOMPARE(editor->caret(), 25U);
    editor->select({14, 18});
    rightClick(16);
    QCOMPARE(editor->selection(), (Span{14, 18}));
    rightClick(2);
    QCOMPARE(editor->selection(), (Span{2, 2}));
}

QTEST_MAIN(EditorLookTest)
#include "editor_look_test.moc"
