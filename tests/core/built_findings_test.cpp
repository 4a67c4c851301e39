// SPDX-License-Identifier: GPL-3.0-or-later
//
// What was seen in the files of a build, among the findings of the text as it is now: as long as the words it is about
// are the same, and no longer.

#include "core/edits/analysis.h"
#include "core/stages/stage_origin.h"
#include "findings.h"

#include <QtTest>

using namespace stagelift;
using namespace stagelift::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kText = "FROM golang AS build\nRUN go build -o /out/app .\nFROM scratch\n"
                       "  COPY --from=build /out/app /\nENTRYPOINT [\"/app\"]\n";
constexpr auto kCopy = "COPY --from=build /out/app /";

/// Seen of kText.
BuiltFinding finding(const std::string& message = "/app can't start")
{
    const AnalysisPtr seen = analyse(kText);
    return {.instruction = kCopy,
            .turn = 0,
            .origin = originOf(seen->dockerfile, seen->graph, 0),
            .message = message,
            .mend = "Copy what it needs",
            .lines = {"COPY --from=build /a /a", "COPY --from=build /b /b"}};
}

AnalysisPtr analysed(const std::string& text, const std::vector<BuiltFinding>& built)
{
    CheckOptions options;
    options.built = built;
    return analyse(text, options);
}

QStringList seenIn(const Analysis& analysis)
{
    QStringList list = findingsOf(analysis.diagnostics);
    return list.filter(u"ProgramCannotStart"_s);
}

} // namespace

class BuiltFindingsTest : public QObject {
    Q_OBJECT

private slots:
    void standsAtItsInstruction_data();
    void standsAtItsInstruction();
    void standsAtItsTurn();
    void takesThePlaceOfAGuess();
    void isMended_data();
    void isMended();
};

void BuiltFindingsTest::standsAtItsInstruction_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line"); // 0 where it is not told any more

    const QByteArray text = kText;
    const auto with = [&text](const char* one, const char* other) { return QByteArray(text).replace(one, other); };
    QTest::newRow("as it was built") << text << 4;
    QTest::newRow("lines above") << "# hello\n\n" + text << 6;
    QTest::newRow("a stage above") << "FROM alpine AS tools\nRUN true\n" + text << 6;
    QTest::newRow("lines below") << text + "USER 1\n" << 4;
    QTest::newRow("a comment in the stage that it comes from") << with("RUN go", "# it is\nRUN go") << 5;
    QTest::newRow("another line of the stage") << with("ENTRYPOINT [\"/app\"]", "CMD [\"/app\"]") << 4;
    QTest::newRow("the line itself has changed") << with("/out/app /", "/out/app /bin/") << 0;
    QTest::newRow("the line is gone") << with(kCopy, "") << 0;
    QTest::newRow("it is built otherwise") << with("RUN go", "RUN CGO_ENABLED=0 go") << 0;
    QTest::newRow("on another image") << with("FROM golang", "FROM rust") << 0;
    QTest::newRow("another stage has that name") << with("FROM scratch", "FROM rust AS build\nFROM scratch") << 0;
    QTest::newRow("silenced for the line") << with("  COPY", "# check=skip=ProgramCannotStart\n  COPY") << 0;
    QTest::newRow("silenced for the file") << "# check=skip=ProgramCannotStart\n" + text << 0;
}

void BuiltFindingsTest::standsAtItsInstruction()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    const QStringList expected =
        line == 0 ? QStringList() : QStringList{u"%1 ProgramCannotStart: /app can't start"_s.arg(line)};
    const AnalysisPtr analysis = analysed(text.toStdString(), {finding()});
    QCOMPARE(seenIn(*analysis), expected);
    for (const Diagnostic& diagnostic : analysis->diagnostics)
        if (diagnostic.rule == "ProgramCannotStart") {
            QCOMPARE(shown(analysis->source.at(diagnostic.span)), shown(std::string_view(kCopy)));
            QVERIFY(diagnostic.source == DiagnosticSource::Stagelift && diagnostic.severity == Severity::Warning);
        }
    QVERIFY(seenIn(*analyse(text.toStdString())).isEmpty());
}

void BuiltFindingsTest::standsAtItsTurn()
{
    const std::string twice = std::string(kText) + "FROM alpine\n" + kCopy + "\n";
    BuiltFinding second = finding();
    second.turn = 1;
    QCOMPARE(seenIn(*analysed(twice, {second})), QStringList(u"7 ProgramCannotStart: /app can't start"_s));
    QVERIFY(seenIn(*analysed(kText, {second})).isEmpty());
}

/// What a look at the text only supposes is not said beside what was seen.
void BuiltFindingsTest::takesThePlaceOfAGuess()
{
    const auto guesses = [](const Analysis& analysis) {
        return findingsOf(analysis.diagnostics).filter(u"DynamicBinaryInScratch"_s).size();
    };
    QCOMPARE(guesses(*analyse(kText)), 1);
    QCOMPARE(guesses(*analysed(kText, {finding()})), 0);
    const std::string changed = std::string(kText).replace(std::string(kText).find("-o"), 2, "-x -o");
    QCOMPARE(guesses(*analysed(changed, {finding()})), 1);
}

void BuiltFindingsTest::isMended_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("after");
    const QByteArray text = kText;
    const QByteArray below = "  COPY --from=build /a /a\n  COPY --from=build /b /b\n";
    QTest::newRow("right below, indented like it") << text << QByteArray(text).replace("ENTRY", below + "ENTRY");
    const QByteArray cut = text.left(text.indexOf("\nENTRY"));
    QTest::newRow("at the end of a text without a line ending") << cut << cut + "\n" + below.chopped(1);
    QTest::newRow("with the file's own line endings")
        << QByteArray(text).replace("\n", "\r\n")
        << QByteArray(text).replace("ENTRY", below + "ENTRY").replace("\n", "\r\n");
}

void BuiltFindingsTest::isMended()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, after);
    const AnalysisPtr analysis = analysed(text.toStdString(), {finding()});
    const auto found = std::ranges::find(analysis->diagnostics, "ProgramCannotStart", &Diagnostic::rule);
    QVERIFY(found != analysis->diagnostics.end());
    QCOMPARE(found->fixes.size(), std::size_t{1});
    QCOMPARE(found->fixes.front().title, "Copy what it needs");
    QCOMPARE(QByteArray::fromStdString(applied(text.toStdString(), found->fixes.front().edits)), after);

    BuiltFinding only = finding();
    only.lines.clear();
    const AnalysisPtr without = analysed(text.toStdString(), {only});
    const auto told = std::ranges::find(without->diagnostics, "ProgramCannotStart", &Diagnostic::rule);
    QVERIFY(told != without->diagnostics.end() && told->fixes.empty());
}

QTEST_APPLESS_MAIN(BuiltFindingsTest)
#include "built_findings_test.moc"
