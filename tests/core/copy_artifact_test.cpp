// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edit_outcome.h"

#include <QRegularExpression>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

/// "/a | /b: 0 -> 1" copies both from stage 0 into stage 1; " as /c" gives the destination, " @4" the line.
CopyIntent intentFrom(const Analysis& analysis, const QString& gesture)
{
    static const QRegularExpression form(
        u"^(?<paths>.*): (?<source>\\S+) -> (?<target>\\d+)(?: as (?<place>.*?))?(?: @(?<line>\\d+))?$"_s);
    const auto match = form.match(gesture);
    CopyIntent intent;
    intent.source = nodeFrom(analysis, match.captured(u"source"_s));
    intent.target = match.captured(u"target"_s).toInt();
    for (const QString& path : match.captured(u"paths"_s).split(u" | "_s))
        intent.paths.push_back(path.toStdString());
    intent.destination = match.captured(u"place"_s).toStdString();
    if (match.hasCaptured(u"line"_s))
        intent.place = analysis.source.lineSpan(match.captured(u"line"_s).toUInt()).begin;
    return intent;
}

} // namespace

class CopyArtifactTest : public QObject {
    Q_OBJECT

private slots:
    void writesOneLine_data();
    void writesOneLine();
    void refuses_data();
    void refuses();
    void namesTheMend();
    void refusesAheadOfTheDrop_data();
    void refusesAheadOfTheDrop();
    void keepsRealNamesReal_data();
    void keepsRealNamesReal();
};

void CopyArtifactTest::writesOneLine_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("gesture");
    QTest::addColumn<QString>("after");

    const QString build = u"FROM go AS build\nRUN make\n"_s;
    const QString line = u"COPY --from=build /src/app «/src/app»\n"_s;
    const QString gesture = u"/src/app: 0 -> 1"_s;

    // Where it goes.
    QTest::newRow("behind the last COPY, ahead of USER")
        << build + u"FROM scratch\nCOPY etc /etc\nUSER 1000\n"_s << gesture
        << build + u"FROM scratch\nCOPY etc /etc\n"_s + line + u"USER 1000\n"_s;
    QTest::newRow("behind a COPY that stands behind USER")
        << build + u"FROM a\nUSER 1000\nCOPY etc /etc\nCMD app\n"_s << gesture
        << build + u"FROM a\nUSER 1000\nCOPY etc /etc\n"_s + line + u"CMD app\n"_s;
    QTest::newRow("behind the last ADD") << build + u"FROM a\nCOPY x /x\nADD y /y\nRUN z\n"_s << gesture
                                         << build + u"FROM a\nCOPY x /x\nADD y /y\n"_s + line + u"RUN z\n"_s;
    QTest::newRow("behind WORKDIR where nothing is copied")
        << build + u"FROM a\nWORKDIR /app\nRUN z\nCMD app\n"_s << gesture
        << build + u"FROM a\nWORKDIR /app\n"_s + line + u"RUN z\nCMD app\n"_s;
    QTest::newRow("at the end of work, ahead of all that only describes")
        << build +
               u"FROM a\nRUN z\nLABEL a=b\nEXPOSE 80\nVOLUME /v\nSTOPSIGNAL 9\nHEALTHCHECK NONE\nUSER 1\nENTRYPOINT [\"x\"]\nCMD y\n"_s
        << gesture
        << build + u"FROM a\nRUN z\n"_s + line +
               u"LABEL a=b\nEXPOSE 80\nVOLUME /v\nSTOPSIGNAL 9\nHEALTHCHECK NONE\nUSER 1\nENTRYPOINT [\"x\"]\nCMD y\n"_s;
    QTest::newRow("into a stage that has only its FROM")
        << build + u"FROM scratch\n"_s << gesture << build + u"FROM scratch\n"_s + line;
    QTest::newRow("behind a COPY over several lines")
        << build + u"FROM a\nCOPY x \\\n  # why\n  /x\nCMD y\n"_s << gesture
        << build + u"FROM a\nCOPY x \\\n  # why\n  /x\n"_s + line + u"CMD y\n"_s;
    QTest::newRow("behind a heredoc") << build + u"FROM a\nCOPY <<EOF /x\nCMD no\nEOF\nCMD y\n"_s << gesture
                                      << build + u"FROM a\nCOPY <<EOF /x\nCMD no\nEOF\n"_s + line + u"CMD y\n"_s;
    QTest::newRow("behind a heredoc that ends the file")
        << build + u"FROM a\nRUN <<EOF\nx\nEOF"_s << gesture
        << build + u"FROM a\nRUN <<EOF\nx\nEOF\nCOPY --from=build /src/app «/src/app»"_s;
    QTest::newRow("the comments of the next stage stay above it")
        << build + u"FROM a AS mid\nRUN z\n\n# the last one\nFROM b\n"_s << gesture
        << build + u"FROM a AS mid\nRUN z\n"_s + line + u"\n# the last one\nFROM b\n"_s;
    QTest::newRow("a comment stays above the USER it speaks of")
        << build + u"FROM a\nCOPY x /x\n# not root\nUSER 1\n"_s << gesture
        << build + u"FROM a\nCOPY x /x\n"_s + line + u"# not root\nUSER 1\n"_s;
    QTest::newRow("where it is dropped") << build + u"FROM a\nCOPY x /x\nRUN z\nCMD y\n"_s << "/src/app: 0 -> 1 @6"
                                         << build + u"FROM a\nCOPY x /x\nRUN z\n"_s + line + u"CMD y\n"_s;
    QTest::newRow("dropped into a heredoc: above it")
        << build + u"FROM a\nRUN <<EOF\nx\nEOF\nCMD y\n"_s << "/src/app: 0 -> 1 @5"
        << build + u"FROM a\n"_s + line + u"RUN <<EOF\nx\nEOF\nCMD y\n"_s;
    QTest::newRow("dropped on FROM: below it")
        << build + u"FROM a\nCMD y\n"_s << "/src/app: 0 -> 1 @3" << build + u"FROM a\n"_s + line + u"CMD y\n"_s;
    QTest::newRow("dropped into another stage: at the end of its own")
        << build + u"FROM a\nCMD y\n# last\nFROM b\nRUN z\n"_s << "/src/app: 0 -> 1 @7"
        << build + u"FROM a\nCMD y\n"_s + line + u"# last\nFROM b\nRUN z\n"_s;

    // How it is written.
    QTest::newRow("no line ending at the end of the file")
        << "FROM go AS build\nFROM scratch" << gesture
        << "FROM go AS build\nFROM scratch\nCOPY --from=build /src/app «/src/app»";
    QTest::newRow("behind a byte order mark")
        << "\uFEFFFROM go AS build\nFROM a\nCMD y\n"
        << gesture << "\uFEFFFROM go AS build\nFROM a\nCOPY --from=build /src/app «/src/app»\nCMD y\n";
    QTest::newRow("behind a byte order mark, into the first stage")
        << "\uFEFF  FROM a"
        << "src: context -> 0" << "\uFEFF  FROM a\n  COPY src «./»";
    QTest::newRow("CRLF stays CRLF")
        << "FROM go AS build\r\nFROM a\r\nCMD y\r\n"
        << gesture << "FROM go AS build\r\nFROM a\r\nCOPY --from=build /src/app «/src/app»\r\nCMD y\r\n";
    QTest::newRow("CRLF, and no line ending at the end")
        << "FROM go AS build\r\nFROM a" << gesture
        << "FROM go AS build\r\nFROM a\r\nCOPY --from=build /src/app «/src/app»";
    QTest::newRow("a file in lower case")
        << "from go as build\nfrom a\ncmd y\n"
        << gesture << "from go as build\nfrom a\ncopy --from=build /src/app «/src/app»\ncmd y\n";
    QTest::newRow("indented as its neighbours")
        << "FROM go AS build\n    RUN make\nFROM a\n    RUN z\n    CMD y\n"
        << gesture
        << "FROM go AS build\n    RUN make\nFROM a\n    RUN z\n    COPY --from=build /src/app «/src/app»\n    CMD y\n";
    QTest::newRow("a blank in the path: JSON form")
        << build + u"FROM a\n"_s << "/my app: 0 -> 1"
        << build + u"FROM a\nCOPY --from=build [\"/my app\", \"«/my app»\"]\n"_s;
    QTest::newRow("a blank in the destination: JSON form")
        << build + u"FROM a\n"_s << "/app: 0 -> 1 as /my \"app\""
        << build + u"FROM a\nCOPY --from=build [\"/app\", \"«/my \\\"app\\\"»\"]\n"_s;
    QTest::newRow("another destination") << build + u"FROM a\n"_s << "/src/app: 0 -> 1 as /usr/bin/app"
                                         << build + u"FROM a\nCOPY --from=build /src/app «/usr/bin/app»\n"_s;
    QTest::newRow("several go into a folder") << build + u"FROM a\n"_s << "/out/a | /out/b: 0 -> 1"
                                              << build + u"FROM a\nCOPY --from=build /out/a /out/b «/out/»\n"_s;
    QTest::newRow("several into a folder without a slash")
        << build + u"FROM a\n"_s << "/out/a | /lib/b: 0 -> 1 as /app"
        << build + u"FROM a\nCOPY --from=build /out/a /lib/b «/app/»\n"_s;
    QTest::newRow("a pattern goes into its folder")
        << build + u"FROM a\n"_s << "/src/target/*.jar: 0 -> 1"
        << build + u"FROM a\nCOPY --from=build /src/target/*.jar «/src/target/»\n"_s;
    QTest::newRow("backtick as escape character")
        << "# escape=`\nFROM go AS build\nFROM a\nRUN x `\n  y\n"
        << "C:\\app\\: 0 -> 1"
        << "# escape=`\nFROM go AS build\nFROM a\nRUN x `\n  y\nCOPY --from=build C:\\app\\ «C:\\app\\»\n";

    // Where it comes from.
    QTest::newRow("from the build context") << "FROM a\nRUN z\n"
                                            << "src: context -> 0" << "FROM a\nRUN z\nCOPY src «./»\n";
    QTest::newRow("from an image")
        << "FROM a\nCOPY --from=nginx:1 /x /x\n"
        << "/etc/nginx: nginx:1 -> 0"
        << "FROM a\nCOPY --from=nginx:1 /x /x\nCOPY --from=nginx:1 /etc/nginx «/etc/nginx»\n";
    QTest::newRow("the name as it is written") << "FROM go AS Build\nFROM a\n"
                                               << "/app: 0 -> 1"
                                               << "FROM go AS Build\nFROM a\nCOPY --from=Build /app «/app»\n";
    QTest::newRow("an unnamed stage is named in the same step")
        << "FROM golang:1.22\nFROM a\n"
        << "/app: 0 -> 1"
        << "FROM golang:1.22 AS golang\nFROM a\nCOPY --from=golang /app «/app»\n";
    QTest::newRow("its index becomes its name")
        << "FROM golang:1.22\nFROM a\nCOPY --from=0 /x /x\n"
        << "/app: 0 -> 1"
        << "FROM golang:1.22 AS golang\nFROM a\nCOPY --from=golang /x /x\nCOPY --from=golang /app «/app»\n";
    QTest::newRow("its name is one that nothing else goes by")
        << "FROM golang\nFROM golang AS test\nFROM a\n"
        << "/app: 0 -> 2"
        << "FROM golang AS golang-2\nFROM golang AS test\nFROM a\nCOPY --from=golang-2 /app «/app»\n";
    QTest::newRow("the last of two stages of one name")
        << "FROM a AS x\nFROM b AS x\nFROM c\n"
        << "/app: 1 -> 2"
        << "FROM a AS x\nFROM b AS x\nFROM c\nCOPY --from=x /app «/app»\n";
    QTest::newRow("a stage that is called as an image")
        << "FROM nginx AS nginx\nFROM a\n"
        << "/app: 0 -> 1"
        << "FROM nginx AS nginx\nFROM a\nCOPY --from=nginx /app «/app»\n";
    QTest::newRow("in a file that has other errors")
        << "FROM go AS build\nRUNN x\nFROM a\n"
        << "/app: 0 -> 1"
        << "FROM go AS build\nRUNN x\nFROM a\nCOPY --from=build /app «/app»\n";
}

void CopyArtifactTest::writesOneLine()
{
    QFETCH(QString, before);
    QFETCH(QString, gesture);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    QCOMPARE(shown(*analysis, copyArtifact(*analysis, intentFrom(*analysis, gesture))), after);
}

void CopyArtifactTest::refuses_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("gesture");
    QTest::addColumn<QString>("reason");

    QTest::newRow("from a later stage")
        << "FROM x AS a\nFROM y AS b\n"
        << "/m: 1 -> 0"
        << "cannot copy from stage \"b\", it needs to be defined before current stage \"a\"";
    QTest::newRow("from itself") << "FROM x AS a\nFROM y AS b\n"
                                 << "/m: 1 -> 1" << "circular dependency detected on stage: b";
    QTest::newRow("round in a circle") << "FROM x AS a\nFROM y AS b\nCOPY --from=a /m /m\n"
                                       << "/m: 1 -> 0"
                                       << "circular dependency detected on stage: a";
    QTest::newRow("round in a circle over a FROM")
        << "FROM x AS a\nFROM a AS b\n"
        << "/m: 1 -> 0"
        << "cannot copy from stage \"b\", it needs to be defined before current stage \"a\"";
    QTest::newRow("the first of two stages of one name") << "FROM a AS x\nFROM b AS x\nFROM c\n"
                                                         << "/m: 0 -> 2"
                                                         << "Duplicate stage name \"x\", stage names should be unique";
    QTest::newRow("an image that a stage is called by")
        << "FROM nginx AS nginx\nFROM a\n"
        << "/m: nginx -> 1"
        << "The line would take from stage \"nginx\" instead of the image \"nginx\"";
    QTest::newRow("from scratch") << "FROM scratch\nFROM a\n"
                                  << "/m: scratch -> 1" << "scratch is empty: there is nothing to take from it";
    QTest::newRow("nothing")
        << "FROM a AS x\nFROM b\n"
        << ": 0 -> 1"
        << "COPY requires at least two arguments, but only one was provided. Destination could not be determined";
    QTest::newRow("into a stage that is gone") << "FROM a AS x\n" << "/m: 0 -> 4" << "This stage is no longer there";
    QTest::newRow("from a stage that is gone") << "FROM a AS x\n" << "/m: 7 -> 0" << "This stage is no longer there";
    QTest::newRow("behind a line that never ends") << "FROM a AS x\nFROM b\nRUN y \\\n"
                                                   << "/m: 0 -> 1"
                                                   << "The new line would be read as part of the line above it";
}

void CopyArtifactTest::refuses()
{
    QFETCH(QString, before);
    QFETCH(QString, gesture);
    QFETCH(QString, reason);

    const auto analysis = analysisOf(before);
    QCOMPARE(shown(*analysis, copyArtifact(*analysis, intentFrom(*analysis, gesture))), u"refused: "_s + reason);
}

void CopyArtifactTest::namesTheMend()
{
    const auto mendOf = [](const QString& text) {
        const auto analysis = analysisOf(text);
        const auto outcome = copyArtifact(*analysis, intentFrom(*analysis, u"/m: 1 -> 0"_s));
        return outcome ? u"none is needed"_s : QString::fromStdString(outcome.error().mend);
    };
    QCOMPARE(mendOf(u"FROM x AS a\nFROM y AS b\n"_s), u"Move b above a"_s);
    QCOMPARE(mendOf(u"FROM x AS a\nFROM a AS b\n"_s), u"\"b\" needs \"a\" itself, so no order of the two will do."_s);
}

void CopyArtifactTest::refusesAheadOfTheDrop_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<int>("target");
    QTest::addColumn<QString>("reason");

    QTest::newRow("an earlier stage is welcome") << "0" << 2 << "";
    QTest::newRow("an unnamed one too") << "1" << 2 << "";
    QTest::newRow("the context everywhere") << "context" << 0 << "";
    QTest::newRow("an image everywhere") << "golang" << 2 << "";
    QTest::newRow("a later stage is not")
        << "2" << 0 << "cannot copy from stage \"last\", it needs to be defined before current stage \"build\"";
    QTest::newRow("a later stage into an unnamed one")
        << "2" << 1 << "cannot copy from stage \"last\", it needs to be defined before current stage \"stage-1\"";
    QTest::newRow("an unnamed stage into itself") << "1" << 1 << "circular dependency detected on stage: stage-1";
}

void CopyArtifactTest::refusesAheadOfTheDrop()
{
    QFETCH(QString, source);
    QFETCH(int, target);
    QFETCH(QString, reason);

    const auto analysis = analysisOf(u"FROM golang AS build\nFROM alpine:3\nFROM scratch AS last\n"_s);
    const auto refusal = refusalToCopy(*analysis, nodeFrom(*analysis, source), target);
    QCOMPARE(refusal ? QString::fromStdString(refusal->reason) : QString(), reason);
}

void CopyArtifactTest::keepsRealNamesReal_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("after");

    QTest::newRow("a route of a web site") << "/app/[id].tsx" << "COPY --from=x /app/[[]id].tsx «/app/[id].tsx»\n";
    QTest::newRow("stars and marks") << "/a*b?" << "COPY --from=x /a[*]b[?] «/a*b?»\n";
    QTest::newRow("a dollar sign") << "/a$b" << "COPY --from=x /a\\$b «/a\\$b»\n";
    QTest::newRow("an apostrophe") << "/it's" << "COPY --from=x /it\\'s «/it\\'s»\n";
    QTest::newRow("an apostrophe and a blank")
        << "/it's it" << "COPY --from=x [\"/it\\\\'s it\", \"«/it\\\\'s it»\"]\n";
    QTest::newRow("what looks like a flag") << "--x" << "COPY --from=x [\"--x\", \"«--x»\"]\n";
    QTest::newRow("arrows within a name") << "/a<<b" << "COPY --from=x /a<<b «/a<<b»\n";
    QTest::newRow("other scripts") << "/größe/日本" << "COPY --from=x /größe/日本 «/größe/日本»\n";
}

void CopyArtifactTest::keepsRealNamesReal()
{
    QFETCH(QString, name);
    QFETCH(QString, after);

    const QString head = u"FROM a AS x\nFROM b\n"_s;
    const auto analysis = analysisOf(head);
    const CopyIntent intent{stageNode(0), 1, {literalPath(name.toStdString())}, {}, {}};
    QCOMPARE(shown(*analysis, copyArtifact(*analysis, intent)), head + after);
}

QTEST_GUILESS_MAIN(CopyArtifactTest)
#include "copy_artifact_test.moc"
