// SPDX-License-Identifier: GPL-3.0-or-later
//
// The style of every byte, as a person would list it: a line of styles and quoted texts for each line of the file.
// Run with STAGELIFT_UPDATE_GOLDEN=1 to write the lists anew, and read the difference before it is committed.

#include "ui/contrast.h"
#include "ui/editor/editor.h"
#include "ui/editor/lexer.h"

#include <KSyntaxHighlighting/Theme>
#include <QDir>
#include <QMetaEnum>
#include <QTest>

using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray visible(QByteArray text)
{
    return text.replace('\r', "\\r").replace('\t', "\\t");
}

/// Styles of the whole text, after all of it was asked for.
QByteArray styles(Editor& editor)
{
    const auto styleNames = QMetaEnum::fromType<KSyntaxHighlighting::Theme::TextStyle>();
    const Scintilla sci(editor);
    sci(QsciScintillaBase::SCI_COLOURISE, 0, std::int64_t{-1});
    const std::string text = editor.bytes();
    QByteArray list;
    for (std::size_t at = 0; at < text.size();) {
        const auto style = static_cast<int>(sci(QsciScintillaBase::SCI_GETSTYLEAT, std::int64_t(at)));
        std::size_t end = at;
        while (end < text.size() && text[end] != '\n' &&
               sci(QsciScintillaBase::SCI_GETSTYLEAT, std::int64_t(end)) == style)
            ++end;
        const QByteArray span(text.data() + at, qsizetype(end - at));
        if (!span.isEmpty() && span != "\r")
            list += QByteArray(styleNames.valueToKey(style)) + " \"" + visible(span) + "\"  ";
        if (end < text.size() && text[end] == '\n') {
            list = list.trimmed() + '\n';
            ++end;
        }
        at = end;
    }
    return list;
}

const QString kData = QStringLiteral(STAGELIFT_SOURCE_DIR "/tests/data/syntax/");

} // namespace

class EditorHighlightTest : public QObject {
    Q_OBJECT

private slots:
    void looksAsListed_data();
    void looksAsListed();
    void typingStylesAsLoadingDoes_data();
    void typingStylesAsLoadingDoes();
    void agreesWithTheParserWhereAHeredocIsOpen_data();
    void agreesWithTheParserWhereAHeredocIsOpen();
    void keepsCountOfBytesThatAreNoText();
    void textCanBeReadOnItsGround_data();
    void textCanBeReadOnItsGround();
};

void EditorHighlightTest::looksAsListed_data()
{
    QTest::addColumn<QString>("file");
    for (const QString& name : QDir(kData).entryList({u"*.Dockerfile"_s}))
        QTest::newRow(qPrintable(name)) << kData + name;
}

void EditorHighlightTest::looksAsListed()
{
    QFETCH(QString, file);
    Editor editor;
    editor.load(contents(file).toStdString());
    const QByteArray seen = styles(editor);
    QFile golden(file + u".styles"_s);
    if (qEnvironmentVariableIsSet("STAGELIFT_UPDATE_GOLDEN")) {
        QVERIFY(golden.open(QIODevice::WriteOnly));
        golden.write(seen);
        return;
    }
    const QList<QByteArray> expected = contents(golden.fileName()).split('\n');
    const QList<QByteArray> found = seen.split('\n');
    for (qsizetype line = 0; line < std::min(expected.size(), found.size()); ++line)
        QCOMPARE(found[line], expected[line]);
    QCOMPARE(found.size(), expected.size());
}

void EditorHighlightTest::typingStylesAsLoadingDoes_data()
{
    QTest::addColumn<int>("position");
    QTest::addColumn<QByteArray>("typed");
    QTest::newRow("a quote opens and spoils its instruction only") << 30 << QByteArray("\"");
    QTest::newRow("a heredoc begins") << 38 << QByteArray(" <<EOF");
    QTest::newRow("a line is put in") << 13 << QByteArray("RUN x \\\n");
    QTest::newRow("the escape character changes") << 0 << QByteArray("# escape=`\n");
}

void EditorHighlightTest::typingStylesAsLoadingDoes()
{
    QFETCH(int, position);
    QFETCH(QByteArray, typed);
    const std::string before = "FROM debian\nUSER a\nRUN cat a b > c\nCOPY x y\nEOF\nRUN a \\\n b\nENV A=b\n";
    Editor editor;
    editor.load(before);
    (void)styles(editor);
    const auto place = static_cast<std::uint32_t>(position);
    editor.apply({{.span = {place, place}, .text = typed.toStdString()}}, {place, place});
    Editor fresh;
    fresh.load(editor.bytes());
    QCOMPARE(styles(editor), styles(fresh));
    editor.undo();
    Editor old;
    old.load(before);
    QCOMPARE(styles(editor), styles(old));
}

void EditorHighlightTest::agreesWithTheParserWhereAHeredocIsOpen_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("last"); // of the lines after, how one looks
    const QByteArray open = "FROM debian\nRUN <<EOF\nmake\nCOPY a b\nUSER c\n";
    const QByteArray closed = "FROM debian\nRUN <<EOF\nmake\nEOF\nCOPY a b\nUSER c\n";
    const QByteArray user = "Keyword \"USER\"  Normal \" c\"";
    QTest::newRow("a heredoc is being typed")
        << QByteArray("FROM debian\nRUN x\nmake\nCOPY a b\nUSER c\n") << open << user;
    QTest::newRow("its last line is typed") << open << closed << user;
    QTest::newRow("and taken out") << closed << open << user;
    QTest::newRow("nothing goes on behind it")
        << open << QByteArray("FROM debian\nRUN <<EOF\nmake\nCOPY\nUSER\n") << QByteArray();
    QTest::newRow("lines come above it") << open << "ARG A\nARG B\n" + open << user;
    QTest::newRow("the keyword is mistyped") << open << QByteArray(open).replace("RUN", "RNU") << user;
}

/// Colours, parser and diagram go on at the same line.
void EditorHighlightTest::agreesWithTheParserWhereAHeredocIsOpen()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QByteArray, last);
    const auto show = [](Editor& editor) {
        editor.showAnalysis(stagelift::analyse(editor.bytes()));
        return styles(editor);
    };
    Editor editor;
    editor.load(before.toStdString());
    const QByteArray seen = show(editor);
    editor.apply({{.span = {0, static_cast<std::uint32_t>(before.size())}, .text = after.toStdString()}}, {0, 0});
    Editor fresh;
    fresh.load(after.toStdString());
    const QByteArray changed = show(editor);
    QCOMPARE(changed, show(fresh));
    if (!last.isEmpty())
        QVERIFY2(changed.contains(last), changed.constData());
    else
        QVERIFY2(!changed.contains("Keyword \"USER\""), changed.constData());
    editor.undo();
    QCOMPARE(show(editor), seen);
}

void EditorHighlightTest::keepsCountOfBytesThatAreNoText()
{
    Editor editor;
    editor.load("ENV A=\xC3\xA9\xFF\xF0\x9F\x98\x80 B=c\nUSER x\n");
    const QByteArray seen = styles(editor);
    QVERIFY2(seen.contains("Variable \"B\""), seen.constData());
    QVERIFY2(seen.contains("Keyword \"USER\""), seen.constData());
}

void EditorHighlightTest::textCanBeReadOnItsGround_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void EditorHighlightTest::textCanBeReadOnItsGround()
{
    QFETCH(bool, dark);
    Editor editor;
    const Theme& theme = dark ? Theme::darkTheme() : Theme::lightTheme();
    editor.setTheme(theme);
    const Scintilla sci(editor);
    const QColor ground = theme.palette.color(QPalette::Base);
    const auto line = sci(QsciScintillaBase::SCI_GETCARETLINEBACK);
    const QColor marked(int(line & 0xFF), int(line >> 8 & 0xFF), int(line >> 16 & 0xFF));
    QVERIFY(marked != ground);
    for (int style = 0; style <= KSyntaxHighlighting::Theme::Others; ++style) {
        const auto bgr = sci(QsciScintillaBase::SCI_STYLEGETFORE, style);
        const QColor colour(int(bgr & 0xFF), int(bgr >> 8 & 0xFF), int(bgr >> 16 & 0xFF));
        const double ratio = std::min(contrast(colour, ground), contrast(colour, marked));
        QVERIFY2(ratio >= kReadable, qPrintable(u"style %1 has %2"_s.arg(style).arg(ratio)));
    }
}

QTEST_MAIN(EditorHighlightTest)
#include "editor_highlight_test.moc"
