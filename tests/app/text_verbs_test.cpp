// SPDX-License-Identifier: GPL-3.0-or-later
//
// parse, graph, check, split and screenshot as a script sees them, without a display and without an engine: a row a
// command.

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 120'000; // ms; a debug program under sanitizers reads 5 MB

const QByteArray kGood = "FROM golang:1.22 AS build\nCOPY . /src\nFROM scratch\nCOPY --from=build /app /app\n";
const QByteArray kPng = "\x89PNG\r\n\x1a\n";
const QByteArray kPdf = "%PDF-1.";
const QByteArray kNothing; // of standard output: it is empty; of OUT: there is none

struct File {
    const char* name;
    QByteArray bytes;
};

QList<File> files()
{
    return {
        {"good", kGood},
        {"single", "FROM golang:1.22\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\nCMD [\"/app\"]\n"},
        {"broken", "FROM a AS b\nRNU make\n"},
        {"untidy", "FROM scratch as Upper\nCOPY a /a\n"},
        {"binary", QByteArray("\x7f"
                              "ELF\0\0FROM\0\n\0",
                              14)},
        {"latin1", "FROM scratch\nLABEL a=caf\xe9\n"},
        {"empty", ""},
        {"no-from", "# nothing yet\nARG A=1\n"},
        {"terminal", "FROM a\x1b[31m\nRUN \x1b]0;title\x07 \xc2\x9b"
                     "1m\nRNU\x1b[2J\nCOPY [\"a\\nb\", \"/c\"]\n"},
        {"large",
         "FROM scratch AS all\n" + QByteArray("COPY a-file-with-a-rather-long-name /folder/\n").repeated(120'000)},
        {"ignored/Dockerfile", "FROM scratch\nCOPY secret /secret\n"},
        {"ignored/.dockerignore", "secret\n"},
    };
}

} // namespace

class TextVerbsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void answers_data();
    void answers();

private:
    QTemporaryDir m_folder;
};

void TextVerbsTest::initTestCase()
{
    QDir folder(m_folder.path());
    QVERIFY(folder.mkdir(u"ignored"_s));
    for (const File& each : files()) {
        QFile file(folder.filePath(QString::fromLatin1(each.name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(each.bytes) == each.bytes.size());
    }
}

void TextVerbsTest::answers_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("out");     // standard output holds it
    QTest::addColumn<QByteArray>("error");   // standard error holds it
    QTest::addColumn<QByteArray>("written"); // the file OUT begins with it

    // The name of a row is the command, in a folder with the files above; `>` is the shell's.
    const auto row = [](const char* command, int status, const QByteArray& out, const QByteArray& error = {},
                        const QByteArray& written = {}) {
        QTest::newRow(command) << QByteArray() << status << out << error << written;
    };
    const auto piped = [](const char* command, const QByteArray& input, int status, const QByteArray& out,
                          const QByteArray& error = {}) {
        QTest::newRow(command) << input << status << out << error << QByteArray();
    };

    row("parse good", 0, "good\n        1  FROM        golang:1.22 AS build\n");
    row("parse --format json good", 0, R"({"file":"good","ok":true,)");
    row("graph good", 0, "   1 * stage 1  from scratch (line 3-4)\n      copies /app from build to /app (line 4)\n");
    row("graph --target BUILD good", 0, "   0 * build");
    row("graph --format text good", 0, "   0   build    from golang:1.22 (line 1-2)");
    row("graph --format json good", 0, R"("base":{"kind":"image","image":"golang:1.22"})");
    row("graph --format json --layout good", 0, R"("layout":{"nodes":[)");
    row("graph --format dot good", 0, "stage0 -> stage1 [label=\"/app\"];");
    row("graph --format mermaid good", 0, "stage0 -->|\"/app\"| stage1");
    row("graph --format svg good", 0, "<svg ");
    row("graph --format png good", 0, kPng);
    row("graph --format pdf good", 0, kPdf);
    row("graph -o OUT good", 0, kNothing, {}, "good\n   0   build");
    row("graph -o OUT --format json good", 0, kNothing, {}, R"({"file":"good",)");
    row("graph -o OUT --format dot good", 0, kNothing, {}, "digraph ");
    row("graph -o OUT --format mermaid good", 0, kNothing, {}, "flowchart LR\n");
    row("graph -o OUT --format svg good", 0, kNothing, {}, "<?xml ");
    row("graph -o OUT --format png --scale 1.5 --theme dark good", 0, kNothing, {}, kPng);
    row("graph -o OUT --format pdf good", 0, kNothing, {}, kPdf);
    row("graph -o - good", 0, "good\n   0   build");
    row("check good", 0, kNothing);
    row("check --format json good", 0, R"({"file":"good",)");
    row("screenshot good -o OUT", 0, kNothing, {}, kPng);
    row("screenshot good --line 2 --target build --pane problems -o -", 0, kPng);
    row("screenshot good --inspector --build-arg BASE=alpine -o -", 0, kPng);

    const QByteArray split = "FROM golang:1.22 AS build\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n\nFROM ";
    row("split single", 0, split + "gcr.io/distroless/static-debian12:nonroot\nCOPY --from=build /app /app\nCMD ",
        "#   line 1: The builder: it has the tools, and is left behind\n");
    row("split --base alpine:3.20 single", 0, split + "alpine:3.20\n", "# Check: COPY brings the whole build context");
    row("split --format diff single", 0,
        "--- a/single\n+++ b/single\n@@ -1,4 +1,7 @@\n-FROM golang:1.22\n+FROM golang:1.22 AS build\n COPY . .\n",
        "# A Go");
    row("split -o OUT single", 0, kNothing, "# A Go program, built in golang:1.22 and shipped in gcr.io/", split);
    row("split good", 1, kNothing, "good: This Dockerfile has 2 stages already");
    row("split -o OUT good", 1, kNothing, "good: This Dockerfile has 2 stages already");
    row("split broken", 1, kNothing, "broken: dockerfile parse error on line 2: unknown instruction: RNU");
    row("split single good", 2, kNothing, "split takes one FILE");
    row("split --base NO single", 1, kNothing, "single: failed to parse stage name \"NO\"");
    row("split single > /dev/full", 2, kNothing, "standard output can't be written");
    piped("split --build-arg B=golang -", "ARG B\nFROM $B\nRUN CGO_ENABLED=0 go build -o /a\nCMD [\"/a\"]\n", 0,
          "FROM $B AS build\n", "# A Go");

    piped("parse -", kGood, 0, "-\n        1  FROM");
    piped("graph -", kGood, 0, "   0   build");
    piped("check -", "FROM scratch\nRNU a\n", 1, "-:2: error: dockerfile parse error on line 2: unknown instruction");
    piped("graph --build-arg V=3 -", "ARG V\nFROM a:$V\n", 0, "from a:3");
    piped("graph --format json --build-context b=. -", "FROM b\n", 0, R"("context":"b")");
    piped("graph --build-context b -", "FROM b\n", 2, kNothing, "A named context is NAME=FOLDER");
    piped("screenshot - --target build -o -", kGood, 0, kPng);
    piped("screenshot - --target nowhere -o -", kGood, 2, kNothing, "- has no stage nowhere");

    row("parse good broken", 1, "good\n        1  FROM");
    row("graph broken good", 1, "\ngood\n   0   build");
    row("graph good missing untidy", 2, "\nuntidy\n   0 * upper", "missing: there is no such file");
    row("graph -o OUT good untidy", 0, kNothing, {}, "good\n   0   build");
    row("graph -o OUT good missing", 2, kNothing, "missing: there is no such file");
    row("graph --format png good untidy", 2, kNothing, "a picture is drawn of one file at a time");

    row("parse broken", 1, "broken:2: error: dockerfile parse error on line 2: unknown instruction: RNU");
    row("graph broken", 1, "broken:2: error: dockerfile parse error on line 2: unknown instruction: RNU");
    row("graph --format json broken", 1, "unknown instruction: RNU");
    row("graph -o OUT broken", 1, kNothing, {}, "broken\n   0 * b");
    row("check untidy", 1, "untidy:1: warning: Stage name 'Upper' should be lowercase [StageNameCasing]\n");
    row("check --format json untidy", 1, "\"StageNameCasing\"");
    row("check ignored/Dockerfile", 1, "[CopyIgnoredFile]");
    row("check --context . ignored/Dockerfile", 0, kNothing);

    row("parse missing", 2, kNothing, "missing: there is no such file");
    row("graph ignored", 2, kNothing, "ignored is a folder; name a Dockerfile in it");
    row("check missing", 2, kNothing, "missing: there is no such file");
    row("screenshot missing -o OUT", 2, kNothing, "missing: there is no such file");
    row("screenshot ignored -o OUT", 2, kNothing, "ignored is a folder; name a Dockerfile in it");
    row("screenshot binary -o OUT", 1, kNothing, "is not a text file");
    row("parse binary", 1, R"(unknown instruction: \x7fELF\x00\x00FROM\x00)");
    row("graph --format svg binary", 1, "<svg ");
    row("check binary", 1, "binary:");
    row("parse latin1", 0, R"(a caf\xe9 =)");
    row("graph latin1", 0, "   0 * stage 0");
    row("screenshot latin1 -o OUT", 0, kNothing, {}, kPng);
    row("parse empty", 1, "empty: error: file with no instructions");
    row("graph --format png empty", 1, kPng);
    row("check empty", 1, "empty: error: the Dockerfile cannot be empty");
    row("screenshot empty -o OUT", 0, kNothing, {}, kPng);
    row("parse no-from", 0, "        2  ARG         A=1\n");
    row("graph no-from", 1, "no-from: error: dockerfile contains no stages to build");
    row("check no-from", 1, "no-from: error: dockerfile contains no stages to build");
    piped("parse --format text -", "FROM a\nRUN " + QByteArray(98, 'x') + "é: half a character is none\n", 0, "x…\n");
    row("parse large", 0, "\n   120001  COPY ");
    row("graph large", 0, " from context to /folder/ (line 120001)\n");
    row("check --buildkit-only large", 0, kNothing);
    row("parse terminal", 1, R"(RUN         \x1b]0;title\x07 \xc2\x9b1m)");
    row("graph terminal", 1, R"(copies a\x0ab from context to /c)");
    row("check terminal", 1, R"(unknown instruction: RNU\x1b[2J)");

    row("frobnicate good", 2, kNothing, "there is neither a verb nor a file frobnicate. See: stagelift --help");
    row("parse", 2, kNothing, "name a Dockerfile, or - for standard input");
    row("parse --format dot good", 2, kNothing, "--format takes text or json, not dot");
    row("graph --format bmp good", 2, kNothing, "--format takes text, json, dot, mermaid, svg, png or pdf, not bmp");
    row("graph --target nowhere good", 2, kNothing, "good: target stage \"nowhere\" could not be found");
    row("graph --target", 2, kNothing, "Missing value after '--target'. See: stagelift graph --help");
    row("graph --theme pink good", 2, kNothing, "--theme takes light or dark, not pink");
    row("graph --scale none good", 2, kNothing, "--scale takes a number above 0, not none");
    row("graph --build-arg =x good", 2, kNothing, "--build-arg takes KEY=VALUE, or KEY alone, not \"=x\"");
    row("check --build-arg= good", 2, kNothing, "--build-arg takes KEY=VALUE, or KEY alone, not \"\"");
    row("check --sideways good", 2, kNothing, "Unknown option 'sideways'. See: stagelift check --help");
    row("check --context missing good", 2, kNothing, "the build context missing is no folder");
    row("check --context good good", 2, kNothing, "the build context good is no folder");
    row("screenshot good", 2, kNothing, "screenshot needs -o OUT. See: stagelift screenshot --help");
    row("screenshot good untidy -o OUT", 2, kNothing, "screenshot takes one FILE");
    row("screenshot good -o OUT.jpg", 2, kNothing, "-o takes a name that ends in .png, or -, not OUT.jpg");
    row("screenshot good -o OUT --line abc", 2, kNothing, "--line takes a number from 1 up, not abc");
    row("screenshot good -o OUT --line 0", 2, kNothing, "--line takes a number from 1 up, not 0");
    row("screenshot good -o OUT --pane left", 2, kNothing,
        "--pane takes problems, log, sizes, treemap, timeline, files, copyable or history, not left");

    row("history good", 0, "No build of good is kept.\n");
    row("history never-built", 0, "No build of never-built is kept.\n");
    row("history --format csv good", 0, "time,target,outcome,build_milliseconds,engine,");
    row("history --format json good", 0, R"({"builds":[],"file":)");
    row("history --forget good", 0, kNothing);
    row("history", 2, kNothing, "history takes one FILE");
    row("history good single", 2, kNothing, "history takes one FILE");
    row("history -", 2, kNothing, "history takes one FILE: what has no name has no history");
    row("history --format xml good", 2, kNothing, "--format takes text, csv or json, not xml");
    row("history good > /dev/full", 2, kNothing, "standard output can't be written");

    row("graph good -o missing/OUT", 2, kNothing, "missing/OUT can't be written: No such file or directory");
    row("graph good -o ignored", 2, kNothing, "ignored can't be written: ");
    row("graph good -o /dev/full", 2, kNothing, "/dev/full can't be written: No space left on device");
    row("screenshot good -o /dev/full", 2, kNothing, "/dev/full can't be written: No space left on device");
    row("parse good > /dev/full", 2, kNothing, "standard output can't be written");
    row("check untidy > /dev/full", 2, kNothing, "standard output can't be written");
    row("graph --format png good > /dev/full", 2, kNothing, "standard output can't be written");
    row("graph --help > /dev/full", 2, kNothing, "standard output can't be written");
    row("--help > /dev/full", 2, kNothing, "standard output can't be written");

    row("--help", 0, "130 a build was stopped by Ctrl+C");
    row("--version", 0, "stagelift ");
    row("parse --help", 0, "Usage: stagelift parse [OPTIONS] FILE...\n");
    row("graph --help", 0, "Usage: stagelift graph [OPTIONS] FILE...\n");
    row("check --help", 0, "Usage: stagelift check [OPTIONS] FILE...\n");
    row("split --help", 0, "Usage: stagelift split [OPTIONS] FILE\n");
    row("build --help", 0, "Usage: stagelift build [OPTIONS] FILE\n");
    row("history --help", 0, "Usage: stagelift history [OPTIONS] FILE\n");
    row("screenshot --help", 0, "Usage: stagelift screenshot [OPTIONS] -o OUT FILE\n");
}

void TextVerbsTest::answers()
{
    QFETCH(QByteArray, input);
    QFETCH(int, status);
    QFETCH(QByteArray, out);
    QFETCH(QByteArray, error);
    QFETCH(QByteArray, written);

    QProcess process;
    QStringList arguments = QString::fromLatin1(QTest::currentDataTag()).split(u' ');
    if (const auto redirection = arguments.indexOf(u">"_s); redirection >= 0) {
        process.setStandardOutputFile(arguments.at(redirection + 1));
        arguments.resize(redirection);
    }
    QProcessEnvironment environment;
    environment.insert(u"HOME"_s, m_folder.path());
    environment.insert(u"LANG"_s, u"C.UTF-8"_s);
    environment.insert(u"PATH"_s, m_folder.path()); // where no engine is
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(m_folder.path());
    process.start(QStringLiteral(STAGELIFT_PROGRAM), arguments);
    process.write(input);
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(kPatience));

    const QByteArray said = process.readAllStandardOutput();
    const QByteArray complaint = process.readAllStandardError();
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QVERIFY2(process.exitCode() == status, complaint + said.left(2000));
    QVERIFY2(out.isEmpty() ? said.isEmpty() : said.contains(out), said.left(2000));
    const bool isMarked = complaint.startsWith("stagelift: ") || complaint.startsWith("# "); // a comment of split
    QVERIFY2(error.isEmpty() ? complaint.isEmpty() : isMarked, complaint);
    QVERIFY2(complaint.contains(error), complaint);
    const bool isPicture = said.startsWith(kPng) || said.startsWith(kPdf);
    QVERIFY2(isPicture || !said.contains('\x1b'), "a terminal would obey it");
    QFile file(QDir(m_folder.path()).filePath(u"OUT"_s));
    QCOMPARE(file.exists(), !written.isEmpty());
    if (!file.exists())
        return;
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().startsWith(written));
    QVERIFY(file.remove());
}

QTEST_GUILESS_MAIN(TextVerbsTest)
#include "text_verbs_test.moc"
