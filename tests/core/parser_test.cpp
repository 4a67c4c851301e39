// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whole files: golden trees, errors in BuildKit's words, and that nothing breaks the reading.
//
// The trees in tests/data/dockerfile are written anew by STAGELIFT_UPDATE_GOLDEN=1 build/dev/bin/core_parser_test; look
// at the difference before it is committed.

#include "core/report/json.h"
#include "tests/core/reading.h"

#include <QTest>

#include <algorithm>

using namespace stagelift;
using namespace stagelift::test;
using namespace Qt::StringLiterals;

namespace {

const QDir& goldenFolder()
{
    static const QDir folder(QStringLiteral(STAGELIFT_SOURCE_DIR "/tests/data/dockerfile"));
    return folder;
}

/// One instruction a line, as in the file: easier to read in a difference.
QByteArray treeOf(const QString& name, const Dockerfile& dockerfile)
{
    QByteArray json = QByteArray::fromStdString(parseAsJson(name.toStdString(), dockerfile));
    json.replace("{\"keyword\"", "\n  {\"keyword\"");
    return json + "\n";
}

/// Spans stand inside of the text, in order, and no piece reaches out of its instruction.
QString whatIsWrong(const SourceText& source, const Dockerfile& dockerfile)
{
    const auto size = static_cast<std::uint32_t>(source.bytes().size());
    std::uint32_t last = 0;
    for (const Instruction& instruction : dockerfile.instructions) {
        const auto isInside = [&](Span span) {
            return instruction.span.begin <= span.begin && span.begin <= span.end && span.end <= instruction.span.end;
        };
        if (instruction.span.begin < last || instruction.span.end > size || instruction.span.empty())
            return u"an instruction at byte %1 overlaps or is empty"_s.arg(instruction.span.begin);
        last = instruction.span.end;
        const auto isWordInside = [&](const Word& word) { return isInside(word.span); };
        const auto isFlagInside = [&](const Flag& flag) {
            return isInside(flag.whole.span) && isInside(flag.value.span);
        };
        const auto isHeredocInside = [&](const Heredoc& heredoc) { return isInside(heredoc.contentSpan); };
        if (!isInside(instruction.keywordWord.span) || !std::ranges::all_of(instruction.args, isWordInside) ||
            !std::ranges::all_of(instruction.flags, isFlagInside) ||
            !std::ranges::all_of(instruction.heredocs, isHeredocInside))
            return u"a piece reaches out of the instruction at byte %1"_s.arg(instruction.span.begin);
        if (instruction.lines.first != source.lineAt(instruction.span.begin) ||
            instruction.lines.last < instruction.lines.first)
            return u"the instruction at byte %1 has other lines"_s.arg(instruction.span.begin);
    }
    return {};
}

} // namespace

class ParserTest : public QObject {
    Q_OBJECT
private slots:
    void agreesWithGolden_data();
    void agreesWithGolden();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void readsOnBehindAnError_data();
    void readsOnBehindAnError();
    void readsAnyBeginOfAFile_data();
    void readsAnyBeginOfAFile();
    void writesWhatIsNoTextByteByByte();
    void canBeMoved();
};

void ParserTest::agreesWithGolden_data()
{
    QTest::addColumn<QString>("file");
    const QStringList files = goldenFolder().entryList({u"*.Dockerfile"_s}, QDir::Files, QDir::Name);
    QVERIFY(!files.isEmpty());
    for (const QString& file : files)
        QTest::newRow(qPrintable(file)) << file;
}

void ParserTest::agreesWithGolden()
{
    QFETCH(QString, file);
    const Reading reading(bytesOf(goldenFolder().filePath(file)));
    const QString golden = goldenFolder().filePath(file.chopped(qstrlen(".Dockerfile")) + u".json"_s);
    const QByteArray tree = treeOf(file, reading.dockerfile);
    if (qEnvironmentVariableIsSet("STAGELIFT_UPDATE_GOLDEN")) {
        QFile out(golden);
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(tree) == tree.size());
    }
    QCOMPARE(QString::fromUtf8(tree), QString::fromUtf8(bytesOf(golden)));
}

void ParserTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("errors");

    const auto row = [](const char* name, const QByteArray& text, const QString& error) {
        QTest::newRow(name) << text << (error.isEmpty() ? QStringList() : QStringList{error});
    };
    row("nothing is wrong", "FROM a AS b\nRUN x\n", u""_s);
    row("an empty file", "", u"file with no instructions"_s);
    row("comments only", "# a\n\n# b\n", u"line 3: file with no instructions"_s);
    row("an unknown instruction", "FROM a\nQUUX b", u"line 2: unknown instruction: QUUX"_s);
    row("nearly one, but for a character nobody sees", "FROM a\n\xE2\x80\x8BUSER b",
        u"line 2: unknown instruction: \u200BUSER (did you mean USER?)"_s);
    row("nearly a known one", "FROM a\nRNU b", u"line 2: unknown instruction: RNU (did you mean RUN?)"_s);
    row("in lower case", "FROM a\nrnu b", u"line 2: unknown instruction: rnu (did you mean run?)"_s);
    row("ahead of FROM", "RUN a\nFROM b", u"line 1: no build stage in current context"_s);
    row("FROM alone", "FROM", u"line 1: FROM requires either one or three arguments"_s);
    row("FROM with two", "FROM a b", u"line 1: FROM requires either one or three arguments"_s);
    row("a number for a name", "FROM a AS 1b",
        u"line 1: invalid name for build stage: \"1b\", name can't start with a number or contain symbols"_s);
    row("COPY with one", "FROM a\nCOPY b",
        u"line 2: COPY requires at least two arguments, but only one was provided. Destination could not be determined"_s);
    row("ADD --from", "FROM a\nADD --from=b c d", u"line 2: unknown flag: --from"_s);
    row("nearly a flag", "FROM a\nRUN --mont=x y", u"line 2: unknown flag: --mont (did you mean mount?)"_s);
    row("a flag twice", "FROM a\nCOPY --from=a --from=b c d", u"line 2: duplicate flag specified: --from"_s);
    row("a flag without its value", "FROM a\nCOPY --from c d", u"line 2: missing a value on flag: --from"_s);
    row("a flag that is yes or no", "FROM a\nCOPY --link=maybe c d",
        u"line 2: expecting boolean value for flag --link, not: maybe"_s);
    row("a mount may stand twice", "FROM a\nRUN --mount=target=/b --mount=target=/c d", u""_s);
    row("a variable as a mount's source", "FROM a\nRUN --mount=type=bind,from=$B,target=/c d",
        u"line 2: 'from' doesn't support variable expansion, define alias stage instead"_s);
    row("ENV without a value", "FROM a\nENV b", u"line 2: ENV must have two arguments"_s);
    row("a pair without its sign", "FROM a\nENV b=1 c",
        u"line 2: Syntax error - can't find = in \"c\". Must be of the form: name=value"_s);
    row("ENV without anything", "FROM a\nENV", u"line 2: ENV requires at least one argument"_s);
    row("a pair without a name", "FROM a\nLABEL =b", u"line 2: LABEL names can not be blank"_s);
    row("numbers in JSON", "FROM a\nCMD [1]",
        u"line 2: when using JSON array syntax, arrays must be comprised of strings only"_s);
    row("SHELL in words", "FROM a\nSHELL b", u"line 2: SHELL requires the arguments to be in JSON form"_s);
    row("a health check of no kind", "FROM a\nHEALTHCHECK b", u"line 2: Unknown type \"B\" in HEALTHCHECK (try CMD)"_s);
    row("a health check without its command", "FROM a\nHEALTHCHECK CMD",
        u"line 2: Missing command after HEALTHCHECK CMD"_s);
    row("a health check of none with something", "FROM a\nHEALTHCHECK NONE b",
        u"line 2: HEALTHCHECK NONE takes no arguments"_s);
    row("no duration", "FROM a\nHEALTHCHECK --interval=5 CMD b", u"line 2: time: missing unit in duration \"5\""_s);
    const QByteArray tooLong(65536, 'x');
    row("a line too long", "FROM a\n# " + tooLong, u"line 1: dockerfile line greater than max allowed size of 65535"_s);
    row("with nothing above it", "# " + tooLong + "\nFROM a", u"file with no instructions"_s);
    row("in a heredoc", "FROM a\nRUN <<E\n" + tooLong + "\nE\n", u"line 2: unterminated heredoc"_s);
    row("a mount of nothing", "FROM a\nRUN --mount= b", u"line 2: failed to parse csv mounts: EOF"_s);
    row("the longest duration", "FROM a\nHEALTHCHECK --interval=2562047h47m16.854775807s CMD b", u""_s);
    row("a longer one", "FROM a\nHEALTHCHECK --interval=2562047h47m16.854775808s CMD b",
        u"line 2: time: invalid duration \"2562047h47m16.854775808s\""_s);
    row("a unit beyond ASCII", "FROM a\nHEALTHCHECK --interval=1\xC2\xB5s CMD b",
        u"line 2: time: unknown unit \"\\xc3\\x82\\xc2\\xb5s\" in duration \"1\\xc3\\x82\\xc2\\xb5s\""_s);
    row("too short a duration", "FROM a\nHEALTHCHECK --timeout=1ns CMD b",
        u"line 2: Interval \"timeout\" cannot be less than 1ms"_s);
    row("a trigger of a trigger", "FROM a\nONBUILD ONBUILD RUN b",
        u"line 2: Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed"_s);
    row("a FROM as a trigger", "FROM a\nONBUILD FROM b", u"line 2: FROM isn't allowed as an ONBUILD trigger"_s);
    row("an open heredoc", "FROM a\nRUN <<E\nb\n", u"line 2: unterminated heredoc"_s);
    row("a heredoc as a destination", "FROM a\nCOPY b <<E\nE\n",
        u"line 2: COPY cannot accept a heredoc as a destination"_s);
    row("a directive twice", "# escape=`\n# escape=`\nFROM a",
        u"line 1: only one escape parser directive can be used"_s);
    row("an escape of its own", "# escape=x\nFROM a", u"invalid escape token 'x' does not match ` or \\"_s);
}

void ParserTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, errors);
    QCOMPARE(errorsOf(Reading(text).dockerfile), errors);
}

void ParserTest::readsOnBehindAnError_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("keywords");
    QTest::addColumn<qsizetype>("errors");

    QTest::newRow("an unknown instruction") << "FROM a\nFOO\nUSER b"_ba << u"FROM  USER"_s << qsizetype(1);
    QTest::newRow("ENV half typed") << "FROM a\nENV b\nUSER b"_ba << u"FROM ENV USER"_s << qsizetype(1);
    QTest::newRow("an open heredoc leaves the next stage")
        << "FROM a\nRUN <<E\nx\nFROM b\nUSER c"_ba << u"FROM RUN FROM USER"_s << qsizetype(1);
    QTest::newRow("several at once: what hides the rest comes first")
        << "FROM a\nCOPY b\nENV c\n"_ba << u"FROM COPY ENV"_s << qsizetype(2);
}

void ParserTest::readsOnBehindAnError()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, keywords);
    QFETCH(qsizetype, errors);
    const Reading reading(text);
    QStringList found;
    for (const Instruction& instruction : reading.dockerfile.instructions)
        found << shown(keywordName(instruction.keyword));
    QCOMPARE(found.join(u' '), keywords);
    QCOMPARE(std::ssize(reading.dockerfile.errors), errors);
    const auto byPhase = [](const SyntaxError& error) { return error.phase; };
    QVERIFY(std::ranges::is_sorted(reading.dockerfile.errors, {}, byPhase));
}

void ParserTest::readsAnyBeginOfAFile_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto addFolder = [](const QDir& folder, qsizetype every) {
        const QStringList files = folder.entryList(QDir::Files, QDir::Name);
        for (qsizetype i = 0; i < files.size(); i += every)
            QTest::newRow(qPrintable(files[i]))
                << bytesOf(folder.filePath(files[i]))
                       .first(qMin<qsizetype>(QFile(folder.filePath(files[i])).size(), 1200));
    };
    addFolder(goldenFolder(), 1);
    if (corpus().exists()) {
        addFolder(QDir(corpus().filePath(u"files/real"_s)), 90);
        addFolder(QDir(corpus().filePath(u"files/testfiles"_s)), 4);
    }
}

/// A file grows while it is typed, and is shown all the while.
void ParserTest::readsAnyBeginOfAFile()
{
    QFETCH(QByteArray, text);
    for (qsizetype length = 0; length <= text.size(); ++length) {
        const Reading reading(text.first(length));
        const QString wrong = whatIsWrong(reading.source, reading.dockerfile);
        QVERIFY2(wrong.isEmpty(), qPrintable(u"of the first %1 bytes: %2"_s.arg(length).arg(wrong)));
        const StageGraph graph = resolve(reading.dockerfile);
        for (const Edge& edge : graph.edges)
            QVERIFY(edge.specSpan.end <= static_cast<std::uint32_t>(length));
    }
}

void ParserTest::writesWhatIsNoTextByteByByte()
{
    const Reading reading("FROM a\xE2\x80 b\n"_ba);
    const QString json = QString::fromStdString(parseAsJson("f", reading.dockerfile));
    QVERIFY2(json.contains(u"a\uFFFD\uFFFD\""_s), qPrintable(json));
}

void ParserTest::canBeMoved()
{
    const SourceText source(
        "FROM a\nRUN --mount=type='cache',target=/b c \\\n d\nCMD [\"\\u0041\"]\nRUN <<-E\n\tx\nE\n");
    Dockerfile first = parse(source);
    const QByteArray before = treeOf(u"x"_s, first);
    const Dockerfile second = std::move(first);
    QCOMPARE(treeOf(u"x"_s, second), before);
}

QTEST_GUILESS_MAIN(ParserTest)
#include "parser_test.moc"
