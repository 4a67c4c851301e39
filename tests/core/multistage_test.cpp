// SPDX-License-Identifier: GPL-3.0-or-later
//
// "Make this multi-stage". A Dockerfile of each toolchain with the text after, its reasons and its cautions in
// tests/data/multistage; they are written anew by STAGELIFT_UPDATE_GOLDEN=1 build/dev/bin/core_multistage_test: read
// the difference before it is committed. And what holds for every proposal, over those and over real files where the
// corpus is at hand.

#include "core/edit_outcome.h"
#include "core/multistage/multistage.h"
#include "core/reading.h"

#include <QDirIterator>
#include <QtTest>

#include <format>
#include <map>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

QDir examples()
{
    return QDir(QStringLiteral(STAGELIFT_SOURCE_DIR "/tests/data/multistage"));
}

std::string linesOf(LineRange lines)
{
    return lines.first == lines.last ? std::format("{}", lines.first) : std::format("{}-{}", lines.first, lines.last);
}

/// The text after, then why.
QByteArray shownWhole(const Analysis& before, const Proposal& proposal)
{
    std::string text = applied(before.source.bytes(), proposal.edits);
    text += std::format("\n=== {}\n", proposal.title);
    for (const Explanation& each : proposal.explanations)
        text += std::format("{}: {}\n", linesOf(each.lines), each.why);
    for (const std::string& caution : proposal.cautions)
        text += std::format("check: {}\n", caution);
    return QByteArray::fromStdString(text);
}

QString after(const Analysis& before, const std::expected<Proposal, Refusal>& proposal)
{
    return proposal ? QString::fromStdString(applied(before.source.bytes(), proposal->edits))
                    : u"refused: "_s + QString::fromStdString(proposal.error().reason);
}

std::map<std::string_view, int> findings(const Analysis& analysis)
{
    std::map<std::string_view, int> count;
    for (const Diagnostic& diagnostic : analysis.diagnostics)
        ++count[diagnostic.rule];
    return count;
}

/// What is wrong with the lines that are explained; "" where nothing is.
QString flawOfReasons(const Analysis& after, const Proposal& proposal)
{
    std::uint32_t last = 0;
    for (const Explanation& each : proposal.explanations) {
        if (each.why.empty() || each.lines.first <= last || each.lines.last < each.lines.first ||
            each.lines.last > after.source.lineCount())
            return u"the explanation of line %1 is out of place"_s.arg(each.lines.first);
        last = each.lines.last;
    }
    for (const Stage& stage : after.graph.stages) {
        for (std::size_t at = stage.firstInstruction + 1; at < stage.endInstruction && stage.index == 1; ++at) {
            const LineRange lines = after.dockerfile.instructions[at].lines;
            const auto explains = [&](const Explanation& each) { return each.lines.contains(lines.last); };
            if (std::ranges::none_of(proposal.explanations, explains))
                return u"line %1 is not explained"_s.arg(lines.last);
        }
    }
    return {};
}

/// What is wrong with a proposal; "" where all holds that has to.
QString flawOf(const Analysis& before, const Proposal& proposal)
{
    const std::string text = applied(before.source.bytes(), proposal.edits);
    if (applied(text, inverse(before.source.bytes(), proposal.edits)) != before.source.bytes())
        return u"its undo does not bring the text back"_s;
    const AnalysisPtr result = analyse(text);
    if (result->graph.stages.size() != 2)
        return u"it has %1 stages"_s.arg(result->graph.stages.size());
    if (!result->graph.problems.empty())
        return shown(result->graph.problems.front().message);
    if (result->graph.reachable(1).size() != 2 || result->graph.shipped(1).size() != 1)
        return u"the final stage does not take from the builder, or is built on it"_s;
    auto known = findings(*analyse(std::string(before.source.bytes())));
    for (const auto& [rule, count] : findings(*result)) {
        const bool isOfBoth = rule == "SecretsUsedInArgOrEnv" || rule == "FromPlatformFlagConstDisallowed";
        const bool isSaid = rule == "DevDependenciesInFinalStage" &&
                            std::ranges::any_of(proposal.cautions, [](const std::string& caution) {
                                return caution.starts_with("Development dependencies are kept");
                            });
        if (count > known[rule] && !(isOfBoth && known[rule] > 0) && !isSaid)
            return u"it brings in %1"_s.arg(shown(rule));
    }
    if (result->source.at(proposal.select) != result->graph.stages[1].baseWord.text)
        return u"the new base is not selected"_s;
    const bool isCrlf = before.source.lineEnding() == "\r\n";
    if (isCrlf && text.find('\n') != std::string::npos && text[text.find('\n') - 1] != '\r')
        return u"a line ends otherwise than the file's"_s;
    return flawOfReasons(*result, proposal);
}

} // namespace

class MultistageTest : public QObject {
    Q_OBJECT

private slots:
    void proposes_data();
    void proposes();
    void refuses_data();
    void refuses();
    void heedsWhatIsChosen_data();
    void heedsWhatIsChosen();
    void offersChoices();
    void keepsStyle_data();
    void keepsStyle();
    void holdsForRealFiles_data();
    void holdsForRealFiles();
};

void MultistageTest::proposes_data()
{
    QTest::addColumn<QString>("path");
    for (const QString& name : examples().entryList({u"*.Dockerfile"_s}))
        QTest::newRow(name.toUtf8().constData()) << examples().filePath(name);
    QVERIFY(examples().entryList({u"*.Dockerfile"_s}).size() >= 20);
}

void MultistageTest::proposes()
{
    QFETCH(QString, path);

    const auto before = analysisOf(bytesOf(path).toStdString());
    const auto proposal = makeMultiStage(*before);
    QVERIFY2(proposal, proposal ? "" : proposal.error().reason.c_str());
    const QByteArray said = shownWhole(*before, *proposal);
    const QString expected = path.chopped(10) + u"expected"_s;
    if (qEnvironmentVariableIsSet("STAGELIFT_UPDATE_GOLDEN")) {
        QFile file(expected);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(said) == said.size());
    }
    QCOMPARE(QString::fromUtf8(said), QString::fromUtf8(bytesOf(expected)));
    QCOMPARE(flawOf(*before, *proposal), QString());
}

void MultistageTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");

    QTest::newRow("two stages") << "FROM golang AS a\nRUN go build -o /x\nFROM scratch\nCOPY --from=a /x /x\n"
                                << "This Dockerfile has 2 stages already";
    QTest::newRow("arguments alone") << "ARG A=1\n" << "dockerfile contains no stages to build";
    QTest::newRow("an error") << "FROM golang\nRNU go build\n" << "unknown instruction: RNU";
    QTest::newRow("an image that an argument has to name") << "ARG BASE\nFROM $BASE\nRUN go build -o /x\nCMD [\"/x\"]\n"
                                                           << "base name ($BASE) should not be blank";
    QTest::newRow("scratch") << "FROM scratch\nCOPY x /x\nCMD [\"/x\"]\n" << "scratch is empty";
    QTest::newRow("a service with its configuration") << "FROM nginx\nCOPY nginx.conf /etc/nginx/nginx.conf\n"
                                                      << "Nothing would be left behind";
    QTest::newRow("packages and a service")
        << "FROM debian\nRUN apt-get update && apt-get install -y redis\nCMD [\"redis-server\"]\n"
        << "No RUN builds with a toolchain that is known here";
    QTest::newRow("triggers") << "FROM golang\nONBUILD COPY . .\nRUN go build -o /x\nCMD [\"/x\"]\n" << "ONBUILD";
    QTest::newRow("a base with triggers") << "FROM node:onbuild\nRUN npm install\nCMD [\"npm\", \"start\"]\n"
                                          << "ONBUILD";
    QTest::newRow("Windows") << "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN go build\nCMD [\"x\"]\n"
                             << "Only images for Linux";
    QTest::newRow("starts its build tool")
        << "FROM maven:3-jdk-11\nCOPY . .\nRUN mvn package\nCMD [\"mvn\", \"spring-boot:run\"]\n"
        << "The image starts mvn, which belongs to the builder";
    QTest::newRow("starts dotnet run")
        << "FROM mcr.microsoft.com/dotnet/sdk:8.0\nRUN dotnet build\nENTRYPOINT [\"dotnet\", \"run\"]\n"
        << "The image starts dotnet run";
    QTest::newRow("starts a development server") << "FROM node:20\nRUN npm ci\nCMD [\"npm\", \"run\", \"dev\"]\n"
                                                 << "The image starts npm run dev, which belongs to the builder";
    QTest::newRow("a list that is no JSON")
        << "FROM node:20\nRUN npm ci\nCMD [\"node\", \"server.js\"]]\n"
        << "Line 3 looks like a JSON list and is none: a shell is given it as it stands, with its brackets";
    QTest::newRow("a list in single quotes") << "FROM node:20\nRUN npm ci\nCMD ['node', 'server.js']\n"
                                             << "Line 3 looks like a JSON list and is none";
    QTest::newRow("an interpreter without a program")
        << "FROM buildpack-deps\nRUN ./configure && make install\nCMD [\"python3\"]\n"
        << "The image starts python3 with nothing to run: it is an image to work in";
    QTest::newRow("Java's compiler is asked for its version alone")
        << "FROM debian\nRUN tar xf /jdk.tgz -C /opt && javac --version\nCMD [\"jshell\"]\n"
        << "No RUN builds with a toolchain that is known here";
    QTest::newRow("a server for development") << "FROM node:20\nRUN npm ci\nCMD [\"npx\", \"vite\", \"--host\"]\n"
                                              << "The image starts npx vite, which";
    QTest::newRow("starts a tool that nobody knows the place of")
        << "FROM python:3.12\nRUN pipx install poetry && poetry install\nCMD [\"poetry\", \"run\", \"x\"]\n"
        << "The image starts poetry, and nobody can tell by the text where it lies";
    QTest::newRow("uv brings its own Python")
        << "FROM ghcr.io/astral-sh/uv:debian-slim\nWORKDIR /app\nCOPY . .\nRUN uv sync\nCMD [\"uv\", \"run\", \"x\"]\n"
        << "uv fetches Python into this image by itself";
    QTest::newRow("compilers for pip that go again") << "FROM python:3.12-alpine\nCOPY . /app\nRUN apk add --no-cache "
                                                        "--virtual .d gcc musl-dev && pip install /app && "
                                                        "apk del .d\nCMD [\"app\"]\n"
                                                     << "takes its compiler out again";
    QTest::newRow("a model is fetched nobody knows where")
        << "FROM python:3.12\nRUN pip install transformers\nRUN python -c \"import m; m.A.from_pretrained('x')\"\nCMD "
           "[\"python\", \"x.py\"]\n"
        << "Line 3 has a program fetch what it needs at run time";
    QTest::newRow("Python by packages that only a variable names")
        << "FROM alpine\nENV P=\"python2 build-base\"\nRUN apk add $P && easy_install pip && pip install x\nCMD "
           "[\"python\", \"/x.py\"]\n"
        << "Line 3 installs Python and calls pip in one RUN";
    QTest::newRow("a library beside the image's own compiler")
        << "FROM gcc:14\nRUN cd /tmp/codec && ./configure && make && make install\nCOPY main.c /\nRUN gcc /main.c -o "
           "/player -lcodec\nCMD [\"/player\"]\n"
        << "Something is installed into /usr/local, where the compiler of this image lies too";
    QTest::newRow("Rails in an image of a release that is given up")
        << "FROM ruby:2.5.1-stretch\nWORKDIR /app\nCOPY . .\nRUN bundle install\nCMD [\"bin/rails\", \"server\"]\n"
        << "The slim image of ruby:2.5.1-stretch lacks the libraries of databases";
    QTest::newRow("node_modules that a script may need")
        << "FROM php:8.3-fpm\nWORKDIR /app\nCOPY . .\nRUN composer install\nRUN npm ci && npm run build\nENTRYPOINT "
           "[\"./start.sh\"]\n"
        << "Line 5 installs packages of Node with development dependencies: nobody can tell";
    QTest::newRow("compiles and takes the compiler out again")
        << "FROM alpine\nRUN apk add --virtual .d gcc make && make install && apk del .d\nCMD [\"x\"]\n"
        << "takes its compiler out again";
    QTest::newRow("an image to work in") << "FROM golang\nRUN go install golang.org/x/tools/gopls@latest\n"
                                         << "it is an image to work in";
    QTest::newRow("nobody knows what comes out") << "FROM golang\nCOPY . .\nRUN make\nCMD [\"sh\"]\n"
                                                 << "Nobody can tell by the text what make leaves behind";
    QTest::newRow("something is unpacked beside") << "FROM python:3.12\nRUN curl -L https://x.example/t.tgz | tar xz "
                                                     "-C /opt/tool\nRUN pip install flask\nCMD [\"flask\"]\n"
                                                  << "Line 2 puts something into /opt/tool by tar";
    QTest::newRow("packages of another source") << "FROM node:20\nRUN echo deb https://x.example x > "
                                                   "/etc/apt/sources.list.d/x.list && apt-get update && apt-get "
                                                   "install -y tool\nRUN npm ci\nCMD [\"node\", \"x.js\"]\n"
                                                << "Line 2 adds a source of packages";
    QTest::newRow("Python and pip in one RUN") << "FROM debian\nRUN apt-get update && apt-get install -y python3-pip "
                                                  "&& if true; then pip3 install flask; fi\nCMD "
                                                  "[\"flask\"]\n"
                                               << "Line 2 installs Python and calls pip in one RUN";
}

void MultistageTest::refuses()
{
    QFETCH(QString, text);
    QFETCH(QString, reason);

    const auto before = analysisOf(text);
    const auto proposal = makeMultiStage(*before);
    QVERIFY2(!proposal, qPrintable(after(*before, proposal)));
    QVERIFY2(proposal.error().reason.contains(reason.toStdString()), proposal.error().reason.c_str());
    const MultiStageChoices choices = multiStageChoices(*before);
    QVERIFY(choices.refusal);
    QCOMPARE(choices.refusal->reason, proposal.error().reason);
    QVERIFY(choices.bases.empty());
}

void MultistageTest::heedsWhatIsChosen_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("line"); // of the text after, or the reason of a refusal

    QTest::newRow("the base") << "base" << "alpine:3.20" << "FROM alpine:3.20";
    QTest::newRow("a base that can't be") << "base" << "Not A Name" << "FROM requires either one or three arguments";
    QTest::newRow("an artifact") << "artifact" << "/src/tool" << "COPY --from=build /src/tool /src/tool";
    QTest::newRow("an artifact with a blank") << "artifact" << "/a b" << "COPY --from=build [\"/a b\", \"/a b\"]";
    QTest::newRow("the builder's name") << "name" << "Compile" << "FROM golang:1.22 AS compile";
    QTest::newRow("a name that can't be") << "name" << "1x" << "invalid name for build stage";
    QTest::newRow("a user") << "user" << "app" << "USER app";
}

void MultistageTest::heedsWhatIsChosen()
{
    QFETCH(QString, what);
    QFETCH(QString, value);
    QFETCH(QString, line);

    const auto before = analysisOf(
        u"FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /shop\nCMD [\"/shop\"]\n"_s);
    MultiStageOptions options;
    if (what == "base"_L1)
        options.runtimeBase = value.toStdString();
    if (what == "artifact"_L1)
        options.artifacts = {value.toStdString()};
    if (what == "name"_L1)
        options.builderName = value.toStdString();
    if (what == "user"_L1)
        options.user = value.toStdString();
    const QString text = after(*before, makeMultiStage(*before, options));
    QVERIFY2(text.startsWith("refused"_L1) ? text.contains(line) : text.split(u'\n').contains(line), qPrintable(text));
}

void MultistageTest::offersChoices()
{
    const auto before = analysisOf(u"FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /shop\n"
                                   "RUN cp -r docs /docs\nCMD [\"/shop\"]\n"_s);
    const MultiStageChoices choices = multiStageChoices(*before);
    QVERIFY(!choices.refusal);
    QCOMPARE(choices.toolchain, "A Go program");
    QCOMPARE(choices.builderName, "build");
    QCOMPARE(choices.bases.front().image, "gcr.io/distroless/static-debian12:nonroot");
    QVERIFY(std::ranges::contains(choices.bases, "scratch", &BaseChoice::image));
    for (const BaseChoice& base : choices.bases)
        QVERIFY(!base.why.empty());
    QCOMPARE(choices.artifacts.size(), 2U);
    QCOMPARE(choices.artifacts[0].path, "/shop");
    QVERIFY(choices.artifacts[0].isProposed);
    QCOMPARE(choices.artifacts[1].path, "/docs");
    QVERIFY(!choices.artifacts[1].isProposed);
}

void MultistageTest::keepsStyle_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("expected");

    QTest::newRow("what is moved takes its comment along")
        << "FROM golang\n# Where it listens\nEXPOSE 8080\n# Built\nRUN CGO_ENABLED=0 go build -o /a\nCMD [\"/a\"]\n"
        << "FROM golang AS build\n# Built\nRUN CGO_ENABLED=0 go build -o /a\n\nFROM "
           "gcr.io/distroless/static-debian12:nonroot\nCOPY --from=build /a /a\n# Where it listens\nEXPOSE 8080\nCMD "
           "[\"/a\"]\n";
    QTest::newRow("another escape, and a heredoc")
        << "# escape=`\nFROM golang\nRUN <<EOF\nexport CGO_ENABLED=0\ngo build -o /a\nEOF\nCMD [\"/a\"]\n"
        << "# escape=`\nFROM golang AS build\nRUN <<EOF\nexport CGO_ENABLED=0\ngo build -o /a\nEOF\n\nFROM "
           "gcr.io/distroless/static-debian12:nonroot\nCOPY --from=build /a /a\nCMD [\"/a\"]\n";
    QTest::newRow("a platform holds for both")
        << "FROM --platform=linux/arm64 golang\nRUN CGO_ENABLED=0 go build -o /a\nCMD [\"/a\"]\n"
        << "FROM --platform=linux/arm64 golang AS build\nRUN CGO_ENABLED=0 go build -o /a\n\nFROM "
           "--platform=linux/arm64 "
           "gcr.io/distroless/static-debian12:nonroot\nCOPY --from=build /a /a\nCMD [\"/a\"]\n";
    QTest::newRow("an argument that both name")
        << "FROM golang\nARG OUT=/a\nRUN CGO_ENABLED=0 go build -o /a\nLABEL out=$OUT\nCMD [\"/a\"]\n"
        << "FROM golang AS build\nARG OUT=/a\nRUN CGO_ENABLED=0 go build -o /a\n\nFROM "
           "gcr.io/distroless/static-debian12:nonroot\nARG OUT=/a\nCOPY --from=build /a /a\nLABEL out=$OUT\nCMD "
           "[\"/a\"]\n";
    QTest::newRow("a mode that the builder has set comes along")
        << "FROM python:3.12-slim\nCOPY start.sh /start.sh\nRUN chmod +x /start.sh\nRUN pip install flask\nENTRYPOINT "
           "[\"/start.sh\"]\n"
        << "FROM python:3.12-slim AS build\nCOPY start.sh /start.sh\nRUN chmod +x /start.sh\nRUN python -m venv "
           "/opt/venv\nENV VIRTUAL_ENV=/opt/venv PATH=/opt/venv/bin:$PATH\nRUN pip install flask\n\nFROM "
           "python:3.12-slim\nCOPY --from=build /opt/venv /opt/venv\nCOPY --from=build /start.sh /start.sh\nENV "
           "VIRTUAL_ENV=/opt/venv PATH=/opt/venv/bin:$PATH\nENTRYPOINT [\"/start.sh\"]\n";
    QTest::newRow("nothing is changed that is not there")
        << "FROM golang\nADD wait.sh /wait.sh\nRUN chmod +x /wait.sh\nRUN CGO_ENABLED=0 go build -o /a\nCMD [\"/a\"]\n"
        << "FROM golang AS build\nADD wait.sh /wait.sh\nRUN chmod +x /wait.sh\nRUN CGO_ENABLED=0 go build -o "
           "/a\n\nFROM "
           "gcr.io/distroless/static-debian12:nonroot\nCOPY --from=build /a /a\nCMD [\"/a\"]\n";
    QTest::newRow("no folder is taken that the builder has not")
        << "FROM python:3.12-slim\nRUN pip install poetry\nCOPY pyproject.toml ./\nRUN poetry install\nCOPY . "
           "/app\nWORKDIR "
           "/app\nCMD [\"python\", \"main.py\"]\n"
        << "FROM python:3.12-slim AS build\nRUN python -m venv /opt/venv\nENV VIRTUAL_ENV=/opt/venv "
           "PATH=/opt/venv/bin:$PATH\nRUN pip install poetry\nCOPY pyproject.toml ./\nRUN poetry install\n\nFROM "
           "python:3.12-slim\nCOPY --from=build /opt/venv /opt/venv\nENV VIRTUAL_ENV=/opt/venv "
           "PATH=/opt/venv/bin:$PATH\nCOPY . /app\nWORKDIR /app\nUSER 65532\nCMD [\"python\", \"main.py\"]\n";
    QTest::newRow("no line ending at the end")
        << "FROM golang\nCMD [\"/a\"]\nRUN CGO_ENABLED=0 go build -o /a"
        << "FROM golang AS build\nRUN CGO_ENABLED=0 go build -o /a\n\nFROM "
           "gcr.io/distroless/static-debian12:nonroot\nCOPY --from=build /a /a\nCMD [\"/a\"]";
    QTest::newRow("a name that something else has")
        << "FROM golang\nCOPY --from=build /x /x\nRUN CGO_ENABLED=0 go build -o /a\nCMD [\"/a\"]\n"
        << "FROM golang AS build-2\nCOPY --from=build /x /x\nRUN CGO_ENABLED=0 go build -o /a\n\nFROM "
           "gcr.io/distroless/static-debian12:nonroot\nCOPY --from=build-2 /a /a\nCOPY --from=build /x /x\nCMD "
           "[\"/a\"]\n";
}

void MultistageTest::keepsStyle()
{
    QFETCH(QString, before);
    QFETCH(QString, expected);

    const auto analysis = analysisOf(before);
    const auto proposal = makeMultiStage(*analysis);
    QCOMPARE(after(*analysis, proposal), expected);
    QCOMPARE(flawOf(*analysis, *proposal), QString());
}

void MultistageTest::holdsForRealFiles_data()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("our examples") << QStringLiteral(STAGELIFT_SOURCE_DIR "/resources/examples");
    for (const auto* const folder : {"real", "literals", "lint", "testfiles", "probes"}) {
        const QString path = corpus().filePath(u"files/"_s + QLatin1String(folder));
        if (QDir(path).exists())
            QTest::newRow(folder) << path;
    }
}

void MultistageTest::holdsForRealFiles()
{
    QFETCH(QString, folder);

    int proposed = 0;
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const auto before = analysisOf(bytesOf(path).toStdString());
        const auto proposal = makeMultiStage(*before);
        if (!proposal) {
            QVERIFY2(!proposal.error().reason.empty() && !proposal.error().mend.contains("report"),
                     qPrintable(path + u": "_s + shown(proposal.error().reason)));
            QVERIFY2(!proposal.error().reason.contains("bring a problem in"),
                     qPrintable(path + u": "_s + shown(proposal.error().reason)));
            continue;
        }
        ++proposed;
        const QString flaw = flawOf(*before, *proposal);
        QVERIFY2(flaw.isEmpty(), qPrintable(path + u": "_s + flaw + u'\n' + after(*before, proposal)));
    }
    qInfo("%d proposals", proposed);
}

QTEST_GUILESS_MAIN(MultistageTest)
#include "multistage_test.moc"
