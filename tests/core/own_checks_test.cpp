// SPDX-License-Identifier: GPL-3.0-or-later
//
// Our own checks on several stages, each with what it finds and with what looks like it and is fine.

#include "core/edits/analysis.h"
#include "core/text/text_edit.h"
#include "tests/core/reading.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

using namespace stagelift;
using namespace stagelift::test;
using namespace Qt::StringLiterals;

namespace {

/// "2 Rule" for each of our own, "2 Rule?" for a hint.
QStringList ownFindings(const Diagnostics& diagnostics)
{
    QStringList list;
    for (const Diagnostic& diagnostic : diagnostics) {
        if (diagnostic.source == DiagnosticSource::Stagelift)
            list << u"%1 %2%3"_s.arg(diagnostic.lines.first)
                        .arg(shown(diagnostic.rule), diagnostic.severity == Severity::Hint ? u"?"_s : QString());
    }
    return list;
}

} // namespace

class OwnChecksTest : public QObject {
    Q_OBJECT
private slots:
    void finds_data();
    void finds();
    void mends_data();
    void mends();
    void mendsNothingElse_data();
    void mendsNothingElse();
    void takesNoStageOutThatIsCounted();
    void explainsItself_data();
    void explainsItself();
    void canBeSkipped();
    void isQuickOnManyStages_data();
    void isQuickOnManyStages();
};

static void row(const char* name, const QByteArray& text, const QString& findings = {})
{
    QTest::newRow(name) << text << (findings.isEmpty() ? QStringList() : findings.split(u", "_s));
}

static void stageRows()
{
    row("nearly a stage", "FROM a AS builder\nFROM b\nCOPY --from=buidler x /\n", u"3 MistypedStageName"_s);
    row("an image of another name", "FROM a AS builder\nFROM b\nCOPY --from=nginx x /\n");
    row("two letters that have changed places", "FROM a AS assets\nFROM b\nCOPY --from=assest x /\n",
        u"3 MistypedStageName"_s);
    row("two letters off", "FROM a AS test\nFROM b\nCOPY --from=rust x /\n");
    row("an official image one letter off", "FROM a AS nodes\nFROM b\nCOPY --from=node x /\n");
    row("nearly a stage below", "FROM a AS x\nCOPY --from=asset y /\nFROM b AS assets\n");
    row("a stage nobody can ask for", "FROM a\nFROM b\n", u"1 UnneededStage?"_s);
    row("all above it too", "FROM a\nFROM b\nCOPY --from=0 x /\nFROM c\n",
        u"1 UnneededStage?, 2 UnneededStage?, 3 StageByIndex?"_s);
    row("a name makes it a target", "FROM a AS x\nFROM b\n");
    row("a name that a later stage takes", "FROM a AS x\nFROM b AS x\n", u"1 UnneededStage?"_s);
    row("a base of one that is needed", "FROM a AS x\nFROM x AS x\n");
    row("an index", "FROM a AS x\nFROM b\nCOPY --from=0 x /\n", u"3 StageByIndex?"_s);
    row("an image called 0", "FROM a AS x\nFROM b\nRUN --mount=from=0,target=/m y\n");
    row("a whole root", "FROM debian AS x\nFROM alpine\nCOPY --from=x / /\n", u"3 CopyOfWholeRoot"_s);
    row("of an image", "FROM alpine\nCOPY --from=debian:12 . /\n", u"2 CopyOfWholeRoot"_s);
    row("to a folder of its own", "FROM debian AS x\nFROM alpine\nCOPY --from=x / /rootfs\n");
    row("of what holds only what was put there", "FROM scratch AS x\nCOPY y /\nFROM alpine\nCOPY --from=x / /\n");
    row("of an image of tools", "FROM alpine\nCOPY --from=tonistiigi/xx / /\n");
    row("an image made flat", "FROM debian AS x\nFROM scratch\nCOPY --from=x / /\n");
    row("a key", "FROM a AS x\nFROM b\nCOPY --from=x /root/.ssh/id_rsa /k\n", u"3 SecretCopiedBetweenStages"_s);
    row("a key in a stage that is left behind",
        "FROM a AS x\nFROM b AS y\nCOPY --from=x /root/.ssh /root/.ssh\nFROM c\nCOPY --from=y z /\n",
        u"3 SecretCopiedBetweenStages?"_s);
    row("a folder of credentials", "FROM a AS x\nFROM b\nCOPY --from=x /root/.aws/ /root/.aws/\n",
        u"3 SecretCopiedBetweenStages"_s);
    row("a public key", "FROM a AS x\nFROM b\nCOPY --from=x /root/.ssh/id_rsa.pub /k\n");
    row("from the context nothing is said", "FROM b\nCOPY .env /\n");
}

static void finalStageRows()
{
    const QByteArray go = "FROM golang AS x\nFROM debian\nCOPY --from=x /app /\nCMD [\"/app\"]\n";
    row("nothing but the program", go);
    row("a compiler", go + "RUN apt-get install -y curl gcc\n", u"5 CompilerInFinalStage?"_s);
    row("a compiler that goes again", go + "RUN apt-get install gcc && make && apt-get purge -y gcc\n");
    row("built on one", "FROM golang AS x\nFROM golang:1.22\nCOPY --from=x /app /\nCMD [\"/app\"]\n",
        u"2 CompilerInFinalStage?"_s);
    row("an image to work in", "FROM golang AS x\nFROM golang AS dev\nCOPY --from=x /app /\nCMD [\"sh\"]\n");
    row("an image that runs nothing", "FROM golang AS x\nFROM golang\nCOPY --from=x /app /\n");
    row("a single stage", "FROM golang\nRUN apt-get update && apt-get install gcc\nCMD [\"/app\"]\n");
    row("package lists", go + "RUN apt-get update && apt-get install curl\n", u"5 PackageCacheInFinalStage?"_s);
    row("taken away", go + "RUN apt-get update && apt-get install curl && rm -rf /var/lib/apt/lists/*\n");
    row("with others", go + "RUN apt-get update; rm -rf /var/lib/{apt,dpkg}/ /var/lib/apt\n");
    row("a file beside the cache",
        "FROM a AS x\nFROM node\nCOPY --from=x /app /\n"
        "RUN --mount=type=secret,id=n,target=/root/.npmrc npm ci --omit=dev\n",
        u"4 PackageCacheInFinalStage?"_s);
    row("one of two",
        "FROM a AS x\nFROM python\nCOPY --from=x /app /\n"
        "RUN pip install --no-cache-dir y && pip install z\n",
        u"4 PackageCacheInFinalStage?"_s);
    row("an abbreviated option", "FROM a AS x\nFROM python\nCOPY --from=x /w /w\nRUN pip install --no-cache /w/*\n");
    row("a stage of tests", "FROM a AS x\nFROM debian AS unit-tests\nCOPY --from=x /app /\nRUN apt-get update\n");
    row("a name that only sounds like it",
        "FROM a AS x\nFROM debian AS latest\nCOPY --from=x /app /\nRUN apt-get update\n",
        u"4 PackageCacheInFinalStage?"_s);
    row("mounted over", go + "RUN --mount=type=cache,target=/var/lib/apt apt-get update\n");
    row("taken away too late", go + "RUN apt-get update\nRUN rm -rf /var/lib/apt/lists\n",
        u"5 PackageCacheInFinalStage?"_s);
    row("an index", "FROM a AS x\nFROM alpine\nCOPY --from=x /app /\nRUN apk add curl\n",
        u"4 PackageCacheInFinalStage?"_s);
    row("no index", "FROM a AS x\nFROM alpine\nCOPY --from=x /app /\nRUN apk add --no-cache curl\n");
    row("a package cache of pip", "FROM a AS x\nFROM python\nCOPY --from=x /app /\nRUN pip install y\n",
        u"4 PackageCacheInFinalStage?"_s);
    row("switched off", "FROM a AS x\nFROM python\nENV PIP_NO_CACHE_DIR=1\nCOPY --from=x /app /\nRUN pip install y\n");
    row("in a heredoc", go + "RUN <<EOF\nset -e\napt-get update\nEOF\n", u"5 PackageCacheInFinalStage?"_s);
    const QByteArray node = "FROM node AS x\nWORKDIR /app\nRUN npm ci\n";
    row("dev dependencies", node + "FROM node\nCOPY --from=x /app/node_modules /app/node_modules\n",
        u"5 DevDependenciesInFinalStage?"_s);
    row("the whole folder", node + "FROM node\nCOPY --from=x /app .\n", u"5 DevDependenciesInFinalStage?"_s);
    row("after another look", "FROM node AS x\nRUN yarn --production && yarn -v\nFROM node\n"
                              "COPY --from=x /app/node_modules /app/node_modules\n");
    row("a build is no install",
        node + "RUN npm run build -- --prod\nFROM node\n"
               "COPY --from=x /app/node_modules /app/node_modules\n",
        u"6 DevDependenciesInFinalStage?"_s);
    row("pruned", node + "RUN npm prune --omit=dev\nFROM node\nCOPY --from=x /app/node_modules /app/node_modules\n");
    row("what was built with them", node + "FROM node\nCOPY --from=x /app/dist /app/dist\n");
    row("installed where it is shipped",
        "FROM a AS x\nFROM node\nCOPY --from=x y /\nRUN --mount=type=cache,target=/root/.npm npm ci\n",
        u"4 DevDependenciesInFinalStage?"_s);
    row("production only", "FROM a AS x\nFROM node\nCOPY --from=x y /\n"
                           "RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev\n");
    row("as the environment says", "FROM a AS x\nFROM node\nENV NODE_ENV=production\nCOPY --from=x y /\n"
                                   "RUN --mount=type=cache,target=/root/.npm npm ci\n");
}

static void binaryRows()
{
    const QByteArray go = "FROM golang:1.22 AS x\nRUN go build -o /out/app .\n";
    row("Go for glibc, run by musl", go + "FROM alpine\nCOPY --from=x /out/app /app\n", u"4 LibcMismatch?"_s);
    row("without cgo", "FROM golang:1.22 AS x\nENV CGO_ENABLED=0\nRUN go build -o /app .\nFROM alpine\n"
                       "COPY --from=x /app /app\n");
    row("without cgo, by the base",
        "FROM golang:1.22 AS b\nENV CGO_ENABLED 0\nFROM b AS x\nRUN go build -o /app .\n"
        "FROM alpine\nCOPY --from=x /app /app\n",
        u""_s);
    row("the same C library", go + "FROM debian\nCOPY --from=x /out/app /app\n");
    row("with a bridge", go + "FROM alpine\nRUN apk add --no-cache gcompat\nCOPY --from=x /out/app /app\n");
    row("another file", go + "FROM alpine\nCOPY --from=x /out/notes /app\n");
    row("Go in Alpine, which has no C", "FROM golang:1.22-alpine AS x\nRUN go build -o /app .\nFROM debian\n"
                                        "COPY --from=x /app /app\n");
    row("Go in Alpine, with C",
        "FROM golang:1.22-alpine AS x\nRUN apk add gcc musl-dev\nRUN go build -o /app .\n"
        "FROM debian\nCOPY --from=x /app /app\n",
        u"5 LibcMismatch?"_s);
    row("C for musl, run by glibc", "FROM alpine AS x\nRUN gcc -o /app app.c\nFROM debian\nCOPY --from=x /app /app\n",
        u"4 LibcMismatch"_s);
    row("C linked statically", "FROM alpine AS x\nRUN gcc -static -o /app app.c\nFROM debian\nCOPY --from=x /app /\n");
    row("Rust for glibc",
        "FROM rust:1 AS x\nRUN cargo build --release\nFROM alpine\n"
        "COPY --from=x /src/target/release/app /app\n",
        u"4 LibcMismatch"_s);
    row("Rust in Alpine is static", "FROM rust:1-alpine AS x\nRUN cargo build --release\nFROM debian\n"
                                    "COPY --from=x /src/target/release/app /app\n");
    row("a base nobody knows", "FROM corp/golang AS x\nRUN go build -o /app .\nFROM alpine\nCOPY --from=x /app /\n");
    row("a mirror",
        "FROM mirror.example.com/library/golang AS x\nRUN go build -o /app .\nFROM alpine\n"
        "COPY --from=x /app /\n",
        u"4 LibcMismatch?"_s);
    row("Go, installed",
        "FROM golang AS x\nRUN go install example.com/tool@latest\nFROM alpine\n"
        "COPY --from=x /go/bin/tool /bin/\n",
        u"4 LibcMismatch?"_s);
    row("by an argument of the file", "ARG CGO_ENABLED=0\nFROM golang AS x\nARG CGO_ENABLED\nRUN go build -o /app .\n"
                                      "FROM alpine\nCOPY --from=x /app /\n");
    row("no program of Linux", "FROM rust AS x\nRUN cargo build --release\nFROM nginx:alpine\n"
                               "COPY --from=x /t/release/site.wasm /srv/\n");
    row("into scratch", go + "FROM scratch\nCOPY --from=x /out/app /app\nCMD [\"/app\"]\n",
        u"4 DynamicBinaryInScratch?"_s);
    row("Rust into scratch",
        "FROM rust AS x\nRUN cargo build --release\nFROM scratch\n"
        "COPY --from=x /target/release/app /app\nENTRYPOINT [\"/app\"]\n",
        u"4 DynamicBinaryInScratch"_s);
    row("into an image for static ones",
        go + "FROM gcr.io/distroless/static-debian12\nCOPY --from=x /out/app /app\nCMD [\"/app\"]\n",
        u"4 DynamicBinaryInScratch?"_s);
    row("into scratch, only to take it out", go + "FROM scratch\nCOPY --from=x /out/app /app\n");
    row("into scratch, with its libraries",
        go + "FROM scratch\nCOPY --from=x /lib64/ld-linux-x86-64.so.2 /lib64/\nCOPY --from=x /out/app /app\n"
             "CMD [\"/app\"]\n");
    row("into scratch, linked statically", "FROM golang AS x\nRUN CGO_ENABLED=0 go build -o /app .\nFROM scratch\n"
                                           "COPY --from=x /app /app\nCMD [\"/app\"]\n");
}

static void pythonRows()
{
    const QByteArray pip = "FROM python:3.11 AS x\nRUN pip install --prefix=/install y\n";
    row("another Python", pip + "FROM python:3.12-slim\nCOPY --from=x /install /usr/local\n",
        u"4 PythonVersionMismatch"_s);
    row("the same", pip + "FROM python:3.11-slim\nCOPY --from=x /install /usr/local\n");
    row("a version that is not told", pip + "FROM python:3\nCOPY --from=x /install /usr/local\n");
    row("by an argument",
        "ARG V=3.12\nFROM python:3.11 AS x\nRUN python -m venv /venv\nFROM python:$V\n"
        "COPY --from=x /venv /venv\n",
        u"5 PythonVersionMismatch"_s);
    row("by the folder",
        "FROM debian AS x\nFROM python:3.12\n"
        "COPY --from=x /usr/lib/python3.11/site-packages /usr/lib/python3.12/site-packages\n",
        u"3 PythonVersionMismatch"_s);
    row("another C library", pip + "FROM python:3.11-alpine\nCOPY --from=x /install /usr/local\n", u"4 LibcMismatch"_s);
    row("in a folder of it", pip + "FROM python:3.12\nCOPY --from=x /install/lib/ /usr/local/lib/\n",
        u"4 PythonVersionMismatch"_s);
    row("of one user",
        "FROM python:3.11 AS x\nRUN pip install --user y\nFROM python:3.12\n"
        "COPY --from=x /root/.local /root/.local\n",
        u"4 PythonVersionMismatch"_s);
    row("by uv",
        "FROM ghcr.io/astral-sh/uv:python3.13-bookworm AS x\nWORKDIR /app\nRUN uv sync\nFROM python:3.12\n"
        "COPY --from=x /app/.venv /app/.venv\n",
        u"5 PythonVersionMismatch"_s);
    row("other files", pip + "FROM python:3.12\nCOPY --from=x /src /src\n");
}

void OwnChecksTest::finds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("findings");
    stageRows();
    finalStageRows();
    binaryRows();
    pythonRows();
}

void OwnChecksTest::finds()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, findings);
    QCOMPARE(ownFindings(analyse(text.toStdString())->diagnostics), findings);
}

void OwnChecksTest::mends_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");

    QTest::newRow("nearly a stage") << "FROM a AS builder\nFROM b\nCOPY --from=buidler x /\n"_ba
                                    << "FROM a AS builder\nFROM b\nCOPY --from=builder x /\n"_ba;
    QTest::newRow("an index") << "FROM a AS x\nFROM b\nCOPY --from=0 x /\n"_ba
                              << "FROM a AS x\nFROM b\nCOPY --from=x x /\n"_ba;
    QTest::newRow("an index of what has no name")
        << "from go:1\nFROM b\nCOPY --from=0 x /\nCOPY --from=0 y /\n"_ba
        << "from go:1 as go\nFROM b\nCOPY --from=go x /\nCOPY --from=go y /\n"_ba;
    QTest::newRow("a stage nobody can ask for") << "FROM a\nRUN x\nFROM b\n"_ba << "FROM b\n"_ba;
    QTest::newRow("two calls") << "FROM a AS x\nFROM b\nCOPY --from=x y /\nRUN apk add z && \\\n  apk add w\n"_ba
                               << "FROM a AS x\nFROM b\nCOPY --from=x y /\nRUN apk add --no-cache z && \\\n  apk add "
                                  "--no-cache w\n"_ba;
    QTest::newRow("another programme's cache")
        << "FROM a AS x\nFROM b\nCOPY --from=x y /\nRUN microdnf install -y z\n"_ba
        << "FROM a AS x\nFROM b\nCOPY --from=x y /\nRUN microdnf install -y z && microdnf clean all\n"_ba;
    QTest::newRow("package lists")
        << "FROM a AS x\nFROM b\nCOPY --from=x y /\nRUN apt-get update \\\n && apt-get install z\n"_ba
        << "FROM a AS x\nFROM b\nCOPY --from=x y /\nRUN apt-get update \\\n && apt-get install z && rm -rf /var/lib/apt/lists/*\n"_ba;
    QTest::newRow("an index of packages") << "FROM a AS x\nFROM b\nCOPY --from=x y /\nRUN apk add z\n"_ba
                                          << "FROM a AS x\nFROM b\nCOPY --from=x y /\nRUN apk add --no-cache z\n"_ba;
}

void OwnChecksTest::mends()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const AnalysisPtr analysis = analyse(before.toStdString());
    const auto& found = analysis->diagnostics;
    const auto finding = std::ranges::find_if(found, [](const Diagnostic& diagnostic) {
        return diagnostic.source == DiagnosticSource::Stagelift && !diagnostic.fixes.empty();
    });
    QVERIFY(finding != found.end());
    const std::string mended = applied(before.toStdString(), finding->fixes.front().edits);
    QCOMPARE(QByteArray::fromStdString(mended), after);
    QCOMPARE(ownFindings(analyse(mended)->diagnostics), QStringList());
}

void OwnChecksTest::mendsNothingElse_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("lists that the next line needs") << "RUN apt-get update"_ba;
    QTest::newRow("a comment behind it") << "RUN apt-get update && apt-get install z # now"_ba;
    QTest::newRow("an operator behind it") << "RUN apt-get update; apt-get install z;"_ba;
}

void OwnChecksTest::mendsNothingElse()
{
    QFETCH(QByteArray, line);
    const AnalysisPtr analysis =
        analyse("FROM a AS x\nFROM b\nCOPY --from=x y /\n" + line.toStdString() + "\nRUN apt-get install w\n");
    QCOMPARE(ownFindings(analysis->diagnostics), QStringList{u"4 PackageCacheInFinalStage?"_s});
    QVERIFY(analysis->diagnostics.front().fixes.empty());
}

void OwnChecksTest::takesNoStageOutThatIsCounted()
{
    // Were the first stage gone, the index would mean another.
    const AnalysisPtr analysis = analyse("FROM a\nFROM b\nFROM c\nCOPY --from=1 x /\n");
    QCOMPARE(ownFindings(analysis->diagnostics), (QStringList{u"1 UnneededStage?"_s, u"4 StageByIndex?"_s}));
    QCOMPARE(analysis->diagnostics.front().fixes.size(), std::size_t(1));
    QCOMPARE(analysis->diagnostics.front().fixes.front().title, "Call it a");
}

void OwnChecksTest::explainsItself_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("Go") << "FROM golang AS x\nRUN go build -o /app .\nFROM alpine AS run\nCOPY --from=x /app /\n"_ba
                        << u"/app may need glibc, but run has musl: build it with CGO_ENABLED=0"_s;
    QTest::newRow("Rust") << "FROM rust AS x\nRUN cargo build -r\nFROM scratch AS run\n"
                             "COPY --from=x target/release/app /\nCMD [\"/app\"]\n"_ba
                          << u"target/release/app needs glibc, which run does not have: build it for a target that "
                             "ends in -musl"_s;
    QTest::newRow("Python")
        << "FROM python:3.11 AS x\nRUN python -m venv /v\nFROM python:3.12 AS run\n"
           "COPY --from=x /v /v\n"_ba
        << u"/v was installed for Python 3.11, but run has Python 3.12, which won't find it: use one version "
           "for both"_s;
    QTest::newRow("a secret")
        << "FROM a AS x\nFROM b\nCOPY --from=x /root/.netrc /root/\n"_ba
        << u"/root/.netrc may hold passwords, which are then in a layer that all who have the image can "
           "read: use RUN --mount=type=secret where it is needed"_s;
}

void OwnChecksTest::explainsItself()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, sentence);
    const AnalysisPtr analysis = analyse(text.toStdString());
    QCOMPARE(analysis->diagnostics.size(), std::size_t(1));
    QCOMPARE(shown(analysis->diagnostics.front().message), sentence);
}

void OwnChecksTest::canBeSkipped()
{
    const std::string text =
        "# check=skip=UnneededStage\nFROM a\nFROM b\nFROM c\n# check=skip=StageByIndex\nCOPY --from=1 x /\n";
    QCOMPARE(ownFindings(analyse(text)->diagnostics), QStringList());
}

void OwnChecksTest::isQuickOnManyStages_data()
{
    constexpr int kMany = 10'000;
    QByteArray indexes("FROM a\n");
    QByteArray unnamed;
    for (int i = 0; i < kMany; ++i) {
        indexes += "FROM b\nCOPY --from=0 x /\n";
        unnamed += "FROM go" + QByteArray::number(i) + '\n';
    }
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("one index in all") << indexes;
    QTest::newRow("all without a name") << unnamed;
}

void OwnChecksTest::isQuickOnManyStages()
{
    // A square of their number would take a minute and gigabytes.
    constexpr qint64 kPatience = 10'000; // ms
    QFETCH(QByteArray, text);
    QElapsedTimer clock;
    clock.start();
    QVERIFY(!analyse(text.toStdString())->diagnostics.empty());
    QVERIFY2(clock.elapsed() < kPatience, qPrintable(QString::number(clock.elapsed())));
}

QTEST_GUILESS_MAIN(OwnChecksTest)
#include "own_checks_test.moc"
