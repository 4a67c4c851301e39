// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window says, without a window: actions, help, titles, status, colours, and what of a build still holds.

#include "core/checks/rules.h"
#include "ui/contrast.h"
#include "ui/theme/theme.h"
#include "ui/window/actions.h"
#include "ui/window/built_text.h"
#include "ui/window/help.h"
#include "ui/window/status.h"
#include "ui/window/tab_titles.h"

#include <QAction>
#include <QMenu>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

class WindowWordsTest : public QObject {
    Q_OBJECT
private slots:
    void hasEveryActionOnce();
    void hasNoKeyTwice();
    void tellsEveryKeyInTheHelp();
    void tellsEveryCheckInTheHelp();
    void namesTabs_data();
    void namesTabs();
    void tellsStages_data();
    void tellsStages();
    void findsTheTargetAgain_data();
    void findsTheTargetAgain();
    void findsTheBuiltLineAgain_data();
    void findsTheBuiltLineAgain();
    void isReadable_data();
    void isReadable();
};

void WindowWordsTest::hasEveryActionOnce()
{
    const Actions actions;
    QSet<ActionId> seen;
    for (const ActionRow& row : Actions::table()) {
        QVERIFY2(!seen.contains(row.id), row.text);
        seen.insert(row.id);
        QVERIFY2(!Actions::tip(row).isEmpty(), row.text);
        QMenu menu;
        actions.fill(menu, row.menu);
        QVERIFY2(menu.actions().contains(actions[row.id]), row.text);
    }
    QCOMPARE(seen.size(), static_cast<int>(ActionId::About) + 1);
}

void WindowWordsTest::hasNoKeyTwice()
{
    QHash<QKeySequence, QString> taken;
    for (const ActionRow& row : Actions::table()) {
        for (const QKeySequence& keys : Actions::shortcuts(row)) {
            QVERIFY2(!keys.isEmpty(), row.text);
            QVERIFY2(!taken.contains(keys), qPrintable(keys.toString() + u' ' + taken.value(keys)));
            taken.insert(keys, Actions::text(row));
        }
    }
}

void WindowWordsTest::tellsEveryKeyInTheHelp()
{
    const QString page = helpPage();
    for (const ActionRow& row : Actions::table()) {
        for (const QKeySequence& keys : Actions::shortcuts(row))
            QVERIFY2(page.contains(keys.toString(QKeySequence::NativeText).toHtmlEscaped()), row.text);
    }
}

void WindowWordsTest::tellsEveryCheckInTheHelp()
{
    const QString page = helpPage();
    for (const Rule& rule : rules())
        QVERIFY2(page.contains(QString::fromUtf8(rule.summary.data(), qsizetype(rule.summary.size())).toHtmlEscaped()),
                 rule.name.data());
}

void WindowWordsTest::namesTabs_data()
{
    QTest::addColumn<QStringList>("paths");
    QTest::addColumn<QStringList>("titles");

    QTest::newRow("one file") << QStringList{u"/src/Dockerfile"_s} << QStringList{u"Dockerfile"_s};
    QTest::newRow("never saved") << QStringList{QString()} << QStringList{u"Untitled"_s};
    QTest::newRow("two of a name") << QStringList{u"/src/a/Dockerfile"_s, u"/src/b/Dockerfile"_s}
                                   << QStringList{u"a/Dockerfile"_s, u"b/Dockerfile"_s};
    QTest::newRow("two of a name and a folder")
        << QStringList{u"/x/a/Dockerfile"_s, u"/y/a/Dockerfile"_s, u"/y/b/Makefile"_s}
        << QStringList{u"x/a/Dockerfile"_s, u"y/a/Dockerfile"_s, u"Makefile"_s};
}

void WindowWordsTest::namesTabs()
{
    QFETCH(QStringList, paths);
    QFETCH(QStringList, titles);
    QCOMPARE(tabTitles(paths), titles);
}

void WindowWordsTest::tellsStages_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("target");
    QTest::addColumn<QString>("said");

    QTest::newRow("none") << u"# empty\n"_s << -1 << u"No stages"_s;
    QTest::newRow("one") << u"FROM a AS x\n"_s << 0 << u"1 stage, target x"_s;
    QTest::newRow("two, the last unnamed") << u"FROM a AS x\nFROM b\n"_s << 1 << u"2 stages, target stage 1"_s;
}

void WindowWordsTest::tellsStages()
{
    QFETCH(QString, text);
    QFETCH(int, target);
    QFETCH(QString, said);
    QCOMPARE(stagesText(analyse(text.toStdString())->graph, target), said);
}

void WindowWordsTest::findsTheTargetAgain_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("index");
    QTest::addColumn<int>("countBefore");
    QTest::addColumn<int>("found");

    const QString three = u"FROM a AS x\nFROM a AS y\nFROM a AS z\n"_s;
    QTest::newRow("by its name, wherever it stands now") << three << u"y"_s << 0 << 2 << 1;
    QTest::newRow("renamed: by its place") << three << u"old"_s << 1 << 3 << 1;
    QTest::newRow("gone: the default") << three << u"old"_s << 1 << 4 << 2;
    QTest::newRow("unnamed: by its place") << three << QString() << 0 << 3 << 0;
    QTest::newRow("no stage left") << u"# empty\n"_s << u"x"_s << 0 << 1 << -1;
}

void WindowWordsTest::findsTheTargetAgain()
{
    QFETCH(QString, text);
    QFETCH(QString, name);
    QFETCH(int, index);
    QFETCH(int, countBefore);
    QFETCH(int, found);
    const AnalysisPtr analysis = analyse(text.toStdString());
    QCOMPARE(targetAgain(analysis->graph, name, index, static_cast<std::size_t>(countBefore)), found);
}

void WindowWordsTest::findsTheBuiltLineAgain_data()
{
    QTest::addColumn<QString>("now");
    QTest::addColumn<int>("line"); // 0: gone

    QTest::newRow("nothing changed") << u"FROM a\nRUN x\nRUN y\nRUN x\n"_s << 4;
    QTest::newRow("a line above") << u"# new\nFROM a\nRUN x\nRUN y\nRUN x\n"_s << 5;
    QTest::newRow("the first of the two is gone") << u"FROM a\nRUN y\nRUN x\n"_s << 0;
    QTest::newRow("changed itself") << u"FROM a\nRUN x\nRUN y\nRUN z\n"_s << 0;
}

void WindowWordsTest::findsTheBuiltLineAgain()
{
    QFETCH(QString, now);
    QFETCH(int, line);
    const AnalysisPtr built = analyse("FROM a\nRUN x\nRUN y\nRUN x\n");
    const AnalysisPtr today = analyse(now.toStdString());
    const auto span = spanNow(*built, *today, built->dockerfile.instructions[3].span);
    QCOMPARE(span ? static_cast<int>(today->source.lineAt(span->begin)) : 0, line);
}

void WindowWordsTest::isReadable_data()
{
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("ground");

    for (const Theme* theme : {&Theme::lightTheme(), &Theme::darkTheme()}) {
        const char* name = theme->dark ? "dark" : "light";
        const auto row = [&](const char* what, const QColor& text, const QColor& ground) {
            QTest::addRow("%s: %s", name, what) << text << ground;
        };
        const auto role = [&](QPalette::ColorRole which) { return theme->palette.color(which); };
        row("text in a field", role(QPalette::Text), role(QPalette::Base));
        row("text in every other row", role(QPalette::Text), role(QPalette::AlternateBase));
        row("text in the window", role(QPalette::WindowText), role(QPalette::Window));
        row("text on a button", role(QPalette::ButtonText), role(QPalette::Button));
        row("a hint in an empty field", role(QPalette::PlaceholderText), role(QPalette::Base));
        row("selected text", role(QPalette::HighlightedText), role(QPalette::Highlight));
        row("a link", role(QPalette::Link), role(QPalette::Base));
        row("a tooltip", role(QPalette::ToolTipText), role(QPalette::ToolTipBase));
        row("a node", theme->text, theme->node);
        row("a node's second line", theme->textQuiet, theme->node);
        row("a quiet node", theme->text, theme->nodeQuiet);
        row("a quiet node's second line", theme->textQuiet, theme->nodeQuiet);
        row("an edge's label", theme->edgeText, theme->canvas);
        row("quiet text in a table", theme->textQuiet, role(QPalette::Base));
        row("an error in a table", theme->error, role(QPalette::Base));
        row("an error in the window", theme->error, role(QPalette::Window));
        row("a warning in a table", theme->warning, role(QPalette::Base));
        row("what ships, in a table", theme->success, role(QPalette::Base));
    }
}

void WindowWordsTest::isReadable()
{
    QFETCH(QColor, text);
    QFETCH(QColor, ground);
    const double ratio = contrast(text, ground);
    QVERIFY2(ratio >= 4.5, qPrintable(u"%1 on %2: %3"_s.arg(text.name(), ground.name()).arg(ratio)));
}

QTEST_MAIN(WindowWordsTest)
#include "window_words_test.moc"
