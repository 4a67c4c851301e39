// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/test_stages.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace stagelift {

namespace {

using namespace std::string_view_literals;

constexpr std::array kWords{"check"sv,    "checks"sv, "coverage"sv,  "e2e"sv,       "lint"sv,     "linter"sv,
                            "linters"sv,  "lints"sv,  "test"sv,      "tests"sv,     "unittest"sv, "unittests"sv,
                            "validate"sv, "vet"sv,    "smoketest"sv, "smoketests"sv};

/// What tests: a program with one of its words behind it, or whatever is behind it.
struct TestCommand {
    std::string_view program;
    std::string_view word; // "" for any
};

constexpr std::array kCommands{
    TestCommand{"ansible-lint", ""},  TestCommand{"bats", ""},
    TestCommand{"bazel", "test"},     TestCommand{"bun", "test"},
    TestCommand{"cargo", "clippy"},   TestCommand{"cargo", "test"},
    TestCommand{"composer", "test"},  TestCommand{"ctest", ""},
    TestCommand{"cypress", "run"},    TestCommand{"deno", "lint"},
    TestCommand{"deno", "test"},      TestCommand{"dotnet", "test"},
    TestCommand{"eslint", ""},        TestCommand{"flake8", ""},
    TestCommand{"go", "test"},        TestCommand{"go", "vet"},
    TestCommand{"golangci-lint", ""}, TestCommand{"gotestsum", ""},
    TestCommand{"gradle", "check"},   TestCommand{"gradle", "test"},
    TestCommand{"gradlew", "check"},  TestCommand{"gradlew", "test"},
    TestCommand{"hadolint", ""},      TestCommand{"jest", ""},
    TestCommand{"make", "check"},     TestCommand{"make", "lint"},
    TestCommand{"make", "test"},      TestCommand{"mix", "test"},
    TestCommand{"mvn", "test"},       TestCommand{"mvn", "verify"},
    TestCommand{"mvnw", "test"},      TestCommand{"mypy", ""},
    TestCommand{"npm", "lint"},       TestCommand{"npm", "test"},
    TestCommand{"phpunit", ""},       TestCommand{"playwright", "test"},
    TestCommand{"pnpm", "lint"},      TestCommand{"pnpm", "test"},
    TestCommand{"pylint", ""},        TestCommand{"pytest", ""},
    TestCommand{"python", "pytest"},  TestCommand{"python", "unittest"},
    TestCommand{"python3", "pytest"}, TestCommand{"python3", "unittest"},
    TestCommand{"rspec", ""},         TestCommand{"ruff", "check"},
    TestCommand{"shellcheck", ""},    TestCommand{"staticcheck", ""},
    TestCommand{"swift", "test"},     TestCommand{"tox", ""},
    TestCommand{"vitest", ""},        TestCommand{"yarn", "lint"},
    TestCommand{"yarn", "test"},
};

/// What only starts another program, and the words by which it does.
constexpr std::array kStarters{"bundle"sv, "env"sv,  "exec"sv, "npx"sv, "pipenv"sv,  "poetry"sv,
                               "run"sv,    "sudo"sv, "time"sv, "uv"sv,  "xvfb-run"sv};

/// Calls `take` with each piece of `text` between the characters of `dividers`.
template<typename Take>
void forPieces(std::string_view text, std::string_view dividers, Take take)
{
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find_first_of(dividers, begin), text.size());
        if (end > begin)
            take(text.substr(begin, end - begin));
        begin = end + 1;
    }
}

bool nameSaysTest(std::string_view name)
{
    bool says = false;
    forPieces(name, "-_./", [&](std::string_view word) { says = says || std::ranges::contains(kWords, word); });
    return says;
}

/// A word for the command's: "test" of "test", and of "run test:unit".
bool isWord(std::string_view piece, std::string_view word)
{
    return piece == word || (piece.starts_with(word) && piece.substr(word.size()).starts_with(':'));
}

/// The commands of a script, as far as words tell: a program is the first that is no variable and no starter.
class CommandReader {
public:
    void read(std::string_view script)
    {
        forPieces(script, ";&|()\n\r", [this](std::string_view command) { readCommand(command); });
    }

    void readCommand(std::string_view command)
    {
        std::string_view program;
        forPieces(command, " \t\\\"'", [&](std::string_view word) {
            if (program.empty()) {
                if (word.find('=') == std::string_view::npos && !word.starts_with('-') &&
                    !std::ranges::contains(kStarters, word))
                    program = word.substr(word.rfind('/') + 1);
                take(program, {});
            } else {
                take(program, word);
            }
        });
    }

    [[nodiscard]] bool tests() const { return m_tests; }

private:
    void take(std::string_view program, std::string_view word)
    {
        m_tests = m_tests || std::ranges::any_of(kCommands, [&](const TestCommand& each) {
                      return each.program == program && (each.word.empty() || isWord(word, each.word));
                  });
    }

    bool m_tests = false;
};

bool doesTest(const Instruction& instruction)
{
    CommandReader reader;
    if (instruction.json) {
        std::string line;
        for (const Word& word : instruction.args)
            line.append(word.text).append(" ");
        reader.read(line);
        return reader.tests();
    }
    for (const Word& word : instruction.args)
        reader.read(word.text);
    for (const Heredoc& heredoc : instruction.heredocs)
        reader.read(heredoc.content);
    return reader.tests();
}

bool endsInTest(const Dockerfile& dockerfile, const Stage& stage)
{
    for (std::size_t i = stage.endInstruction; i > stage.firstInstruction; --i) {
        const Instruction& instruction = dockerfile.instructions[i - 1];
        if (instruction.keyword == Keyword::Run || instruction.keyword == Keyword::Cmd ||
            instruction.keyword == Keyword::Entrypoint)
            return doesTest(instruction);
    }
    return false;
}

/// Which stages another stage takes something from.
std::vector<bool> usedByStages(const StageGraph& graph)
{
    std::vector<bool> used(graph.stages.size());
    for (const Edge& edge : graph.edges)
        if (edge.from.kind == NodeKind::Stage && edge.from.index != edge.to)
            used[static_cast<std::size_t>(edge.from.index)] = true;
    return used;
}

} // namespace

bool looksLikeTest(const Dockerfile& dockerfile, const StageGraph& graph, int stage)
{
    const Stage& looked = graph.stages[static_cast<std::size_t>(stage)];
    return nameSaysTest(looked.name) || endsInTest(dockerfile, looked);
}

std::vector<std::vector<int>> neededByTestsOnly(const Dockerfile& dockerfile, const StageGraph& graph, int target)
{
    std::vector<std::vector<int>> tests(graph.stages.size());
    std::vector<bool> settled(graph.stages.size()); // needed by the target, or by what is no test
    if (target < 0 || static_cast<std::size_t>(target) >= graph.stages.size())
        return tests;
    for (const int needed : graph.reachable(target))
        settled[static_cast<std::size_t>(needed)] = true;
    const std::vector<bool> used = usedByStages(graph);
    for (const Stage& sink : graph.stages) {
        if (used[static_cast<std::size_t>(sink.index)] || sink.index == target)
            continue;
        const bool isTest = looksLikeTest(dockerfile, graph, sink.index);
        for (const int needed : graph.reachable(sink.index)) {
            const auto at = static_cast<std::size_t>(needed);
            if (!isTest)
                settled[at] = true;
            else if (needed != sink.index)
                tests[at].push_back(sink.index);
        }
    }
    for (std::size_t i = 0; i < tests.size(); ++i)
        if (settled[i])
            tests[i].clear();
    return tests;
}

} // namespace stagelift
