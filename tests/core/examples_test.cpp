// SPDX-License-Identifier: GPL-3.0-or-later
//
// The examples teach: each parses without a problem, has its sources beside it, and shows its pattern in the graph.

#include "core/dockerfile/parser.h"
#include "core/stages/stage_graph.h"

#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace stagelift;
namespace fs = std::filesystem;

namespace {

const fs::path kExamples = fs::path(STAGELIFT_SOURCE_DIR) / "resources" / "examples";

using Names = std::vector<const char*>;

struct Pattern {
    const char* example;
    Names edges;   // as `drawn` writes them
    Names needed;  // by a build of the last stage
    Names shipped; // the stages whose files are in its image
};

const std::vector<Pattern>& patterns()
{
    static const std::vector<Pattern> table{
        {"python-prefix",
         {"python:3.13 => builder", "python:3.13-slim => stage 1", "builder -> stage 1: /install"},
         {"builder", "stage 1"},
         {"stage 1"}},
        {"python-venv",
         {"python:3.13 => builder", "python:3.13-slim => runtime", "builder -> runtime: /opt/venv"},
         {"builder", "runtime"},
         {"runtime"}},
        {"go-scratch",
         {"golang:1.25-alpine => build", "scratch => stage 1", "build -> stage 1: /etc/ssl/certs/ca-certificates.crt",
          "build -> stage 1: /out/server"},
         {"build", "stage 1"},
         {"stage 1"}},
        {"node-production",
         {"node:24 => build", "node:24-slim => runtime", "build -> runtime: /app/package.json",
          "build -> runtime: /app/node_modules", "build -> runtime: /app/dist"},
         {"build", "runtime"},
         {"runtime"}},
        {"test-chain",
         {"node:24-slim => base", "base => deps", "deps => test", "base => runtime",
          "deps -> runtime: /app/node_modules"},
         {"base", "deps", "runtime"},
         {"base", "runtime"}},
        {"dev-runtime",
         {"python:3.13-slim => base", "base => deps", "deps => dev", "base => runtime", "deps -> runtime: /opt/venv"},
         {"base", "deps", "runtime"},
         {"base", "runtime"}},
        {"ci-test",
         {"golang:1.25-alpine => builder", "builder => test", "scratch => runtime", "test -> runtime: /out/roman"},
         {"builder", "test", "runtime"},
         {"runtime"}},
        {"no-registry",
         {"scratch => builder", "scratch => site", "builder -> site: /site/pages"},
         {"builder", "site"},
         {"site"}},
    };
    return table;
}

QStringList list(const Names& names)
{
    QStringList strings;
    for (const char* name : names)
        strings << QString::fromUtf8(name);
    return strings;
}

std::string contentsOf(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream contents;
    contents << stream.rdbuf();
    return contents.str();
}

/// Each edge between nodes as "from -> to: what is copied", "from => to" for a FROM; the context's COPY lines left out.
QStringList drawn(const StageGraph& graph)
{
    QStringList lines;
    for (const Edge& edge : graph.edges) {
        if (edge.from.kind == NodeKind::Context)
            continue;
        QString line = QString::fromStdString(graph.label(edge.from));
        line += edge.kind == EdgeKind::Base ? QStringLiteral(" => ") : QStringLiteral(" -> ");
        line += QString::fromStdString(graph.label(stageNode(edge.to)));
        for (const std::string& path : edge.paths)
            line += QStringLiteral(": ") + QString::fromStdString(path);
        lines << line;
    }
    return lines;
}

QStringList namesOf(const StageGraph& graph, const std::vector<int>& stages)
{
    QStringList names;
    for (const int stage : stages)
        names << QString::fromStdString(graph.label(stageNode(stage)));
    return names;
}

/// Does a path of a COPY from the context exist beside the Dockerfile? The last part may be a pattern.
bool isThere(std::string path)
{
    const fs::path whole = kExamples / path;
    if (path.find('*') == std::string::npos)
        return fs::exists(whole);
    const std::string suffix = whole.filename().string().substr(1);
    return std::ranges::any_of(fs::directory_iterator(whole.parent_path()), [&](const fs::directory_entry& entry) {
        return entry.path().filename().string().ends_with(suffix);
    });
}

} // namespace

class ExamplesTest : public QObject {
    Q_OBJECT

private slots:
    void showsItsPattern_data();
    void showsItsPattern();
    void parsesAndHasItsSources_data();
    void parsesAndHasItsSources();
    void everyExampleHasAPattern();
};

void ExamplesTest::showsItsPattern_data()
{
    QTest::addColumn<QStringList>("edges");
    QTest::addColumn<QStringList>("needed");
    QTest::addColumn<QStringList>("shipped");
    for (const Pattern& pattern : patterns())
        QTest::newRow(pattern.example) << list(pattern.edges) << list(pattern.needed) << list(pattern.shipped);
}

void ExamplesTest::showsItsPattern()
{
    QFETCH(QStringList, edges);
    QFETCH(QStringList, needed);
    QFETCH(QStringList, shipped);

    const SourceText source(contentsOf(kExamples / (std::string(QTest::currentDataTag()) + ".Dockerfile")));
    const Dockerfile dockerfile = parse(source);
    const StageGraph graph = resolve(dockerfile);
    QCOMPARE(drawn(graph), edges);
    QCOMPARE(namesOf(graph, graph.reachable(graph.defaultTarget())), needed);
    QCOMPARE(namesOf(graph, graph.shipped(graph.defaultTarget())), shipped);
}

void ExamplesTest::parsesAndHasItsSources_data()
{
    QTest::addColumn<QString>("file");
    for (const fs::directory_entry& entry : fs::directory_iterator(kExamples)) {
        if (entry.path().extension() == ".Dockerfile")
            QTest::newRow(entry.path().stem().c_str()) << QString::fromStdString(entry.path().string());
    }
}

void ExamplesTest::parsesAndHasItsSources()
{
    QFETCH(QString, file);

    const std::string text = contentsOf(file.toStdString());
    QVERIFY2(text.starts_with("# "), "an example begins with a comment that teaches its pattern");
    const SourceText source(text);
    const Dockerfile dockerfile = parse(source);
    QVERIFY2(dockerfile.errors.empty(), dockerfile.errors.empty() ? "" : dockerfile.errors.front().message.c_str());
    const StageGraph graph = resolve(dockerfile);
    QVERIFY2(graph.problems.empty(), graph.problems.empty() ? "" : graph.problems.front().message.c_str());

    bool anyFromContext = false;
    for (const Edge& edge : graph.edges) {
        if (edge.from.kind != NodeKind::Context)
            continue;
        for (const std::string& path : edge.paths) {
            anyFromContext = true;
            QVERIFY2(isThere(path), path.c_str());
        }
    }
    QVERIFY(anyFromContext);
}

void ExamplesTest::everyExampleHasAPattern()
{
    QStringList files;
    for (const fs::directory_entry& entry : fs::directory_iterator(kExamples)) {
        if (!entry.is_directory())
            files << QString::fromStdString(entry.path().filename().string());
    }
    QStringList tested;
    for (const Pattern& pattern : patterns())
        tested << QString::fromUtf8(pattern.example) + QStringLiteral(".Dockerfile");
    files.sort();
    tested.sort();
    QCOMPARE(files, tested);
}

QTEST_APPLESS_MAIN(ExamplesTest)
#include "examples_test.moc"
