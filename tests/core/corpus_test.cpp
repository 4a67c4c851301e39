// SPDX-License-Identifier: GPL-3.0-or-later
//
// Real Dockerfiles, and what BuildKit's own code says of each. The files lie beside the source; where they do not,
// there is nothing to compare.

#include "core/edits/analysis.h"
#include "core/report/json.h"
#include "tests/core/reading.h"

#include <QTest>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

using namespace stagelift;
using namespace stagelift::test;
using namespace Qt::StringLiterals;

namespace {

using Json = nlohmann::ordered_json;

/// Without what is empty, so that an absent field and an empty one are the same; and without the order of fields.
nlohmann::json tidied(const Json& value)
{
    if (value.is_array()) {
        nlohmann::json list = nlohmann::json::array();
        for (const Json& item : value)
            list.push_back(tidied(item));
        return list;
    }
    if (!value.is_object())
        return nlohmann::json(value);
    nlohmann::json object = nlohmann::json::object();
    for (const auto& [key, item] : value.items()) {
        const bool isNothing = item.is_null() || item == false || item == "" || (item.is_structured() && item.empty());
        if (!isNothing)
            object[key] = tidied(item);
    }
    return object;
}

Json fieldOf(const Json& value, const char* name)
{
    return value.contains(name) ? value[name] : Json();
}

bool isSameError(const Json& wanted, const Json& got)
{
    if (got.is_null() || wanted["msg"] != got["msg"])
        return false;
    const auto line = [](const Json& error) { return error.contains("lines") ? error["lines"][0][0].get<int>() : 0; };
    return line(wanted) == 0 || line(wanted) == line(got);
}

/// What the question is about: an instruction without what else BuildKit's own dump says of it.
Json instructionFrom(const Json& instruction)
{
    Json chosen = Json::object();
    for (const char* field : {"keyword", "lines", "flags", "args", "json"})
        chosen[field] = fieldOf(instruction, field);
    Json& heredocs = chosen["heredocs"] = Json::array();
    for (const Json& heredoc : fieldOf(instruction, "heredocs")) {
        Json one = Json::object();
        for (const char* field : {"name", "fd", "expand", "chomp", "content"})
            one[field] = fieldOf(heredoc, field);
        heredocs.push_back(std::move(one));
    }
    if (instruction.contains("child"))
        chosen["child"] = instructionFrom(instruction["child"]);
    return chosen;
}

nlohmann::json directivesFrom(const Json& tree)
{
    Json chosen = Json::object();
    chosen["directives"] = fieldOf(tree, "directives");
    return tidied(chosen);
}

nlohmann::json instructionsFrom(const Json& tree)
{
    Json list = Json::array();
    for (const Json& instruction : fieldOf(tree, "instructions"))
        list.push_back(instructionFrom(instruction));
    return tidied(list);
}

bool isSameTree(const Json& wanted, const Json& got)
{
    if (!wanted["ok"].get<bool>())
        return !got["ok"].get<bool>() && isSameError(wanted["error"], fieldOf(got, "error"));
    return got["ok"].get<bool>() && wanted["escape"] == got["escape"] &&
           directivesFrom(wanted) == directivesFrom(got) && instructionsFrom(wanted) == instructionsFrom(got);
}

std::multiset<std::string> edgesOf(const Json& graph)
{
    std::multiset<std::string> edges;
    for (const Json& edge : fieldOf(graph, "edges"))
        edges.insert(tidied({edge["from"], edge["to"], edge["via"], edge["lines"]}).dump());
    return edges;
}

bool isSameGraph(const Json& wanted, const Json& got)
{
    if (wanted.contains("error"))
        return isSameError(wanted["error"], fieldOf(got, "error"));
    return !got.contains("error") && tidied(wanted["stages"]) == tidied(got["stages"]) &&
           edgesOf(wanted) == edgesOf(got);
}

std::multiset<std::tuple<std::string, int, std::string>> findingsOf(const Json& list)
{
    std::multiset<std::tuple<std::string, int, std::string>> findings;
    for (const Json& one : list) {
        const bool isCheck = one.value("source", "buildkit") == "buildkit" && !one["rule"].get<std::string>().empty();
        if (isCheck)
            findings.emplace(one["rule"], one["lines"][0], one["msg"]);
    }
    return findings;
}

std::vector<std::pair<std::string, std::string>> buildArgumentsOf(const QString& path)
{
    std::vector<std::pair<std::string, std::string>> arguments;
    for (const QByteArray& line : bytesOf(path + u".buildargs"_s).split('\n')) {
        const qsizetype sign = line.indexOf('=');
        if (sign > 0)
            arguments.emplace_back(line.left(sign).toStdString(), line.mid(sign + 1).trimmed().toStdString());
    }
    return arguments;
}

} // namespace

class CorpusTest : public QObject {
    Q_OBJECT
private slots:
    void agrees_data();
    void agrees();
};

void CorpusTest::agrees_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<int>("files"); // that agree at least: a lower bound that only rises
    QTest::newRow("nothing beside the source") << QString() << 0;
    if (!corpus().exists(u"expected/parse.jsonl"_s))
        return;
    QTest::newRow("syntax trees") << u"parse"_s << 880;
    QTest::newRow("stages and edges") << u"graph"_s << 880;
    QTest::newRow("findings") << u"lint"_s << 736;
}

void CorpusTest::agrees()
{
    QFETCH(QString, question);
    QFETCH(int, files);
    if (question.isEmpty())
        return;
    std::ifstream expected(corpus().filePath(u"expected/%1.jsonl"_s.arg(question)).toStdString());
    int agreeing = 0;
    QStringList others;
    for (std::string line; std::getline(expected, line);) {
        const Json wanted = Json::parse(line);
        const QString name = QString::fromStdString(wanted["file"].get<std::string>());
        const QString path = corpus().filePath(u"files/"_s + name);
        const Reading reading(bytesOf(path));
        CheckOptions options;
        options.build.buildArgs = buildArgumentsOf(path);
        if (QFile::exists(path + u".dockerignore"_s))
            options.ignoreFile = bytesOf(path + u".dockerignore"_s).toStdString();
        const StageGraph graph = resolve(reading.dockerfile, options.build);
        bool isSame = true;
        if (question == "parse"_L1)
            isSame = isSameTree(wanted, Json::parse(parseAsJson("", reading.dockerfile)));
        else if (question == "graph"_L1)
            isSame = isSameGraph(wanted, Json::parse(graphAsJson("", graph)));
        else if (!wanted["ok"].get<bool>())
            continue; // BuildKit stopped at an error, we did not
        else
            isSame = findingsOf(wanted["warnings"]) ==
                     findingsOf(Json::parse(checkAsJson("", check(reading.dockerfile, graph, options)))["diagnostics"]);
        agreeing += isSame ? 1 : 0;
        if (!isSame)
            others << name;
    }
    QVERIFY2(agreeing >= files, qPrintable(u"%1 agree; these do not: %2"_s.arg(agreeing).arg(others.join(u", "_s))));
}

QTEST_GUILESS_MAIN(CorpusTest)
#include "corpus_test.moc"
