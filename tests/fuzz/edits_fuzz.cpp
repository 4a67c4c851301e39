// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every edit of any bytes does what the property tests ask of it: undone, it restores every byte; it brings no error
// in, and changes in the graph what it is to change and nothing else. Or it is refused with a reason.

#include "core/dockerfile/grammar.h"
#include "tests/core/edit_trials.h"
#include "tests/core/part_trials.h"
#include "tests/core/stage_trials.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

#include <array>
#include <optional>

using namespace stagelift;
using namespace stagelift::fuzz;
using namespace stagelift::test;

namespace {

/// Words that a person could type, and some that need quoting or can't be.
constexpr std::array kWords{"app", "/usr/bin/", "/a b", "$HOME", "Über", "0", "", "a\"b\\", "--from=x", "x\ny"};
/// Bases without variables: what those come to is for the resolver to say.
constexpr std::array kBases{"app", "scratch", "golang:1.22", "0", "", "a b", "Über", "localhost:5000/a/b@sha256:0"};

/// Names of images, and what a person may take for one.
constexpr std::array kImages{"app", "quite/new", "0", "", "a b", "Über", "localhost:5000/a/b"};
constexpr std::array kPlatforms{"linux/arm64", "linux/a b", "$BUILDPLATFORM", "linux", "", "a/b/c/d"};
constexpr std::array kFlags{"chown", "chmod", "link", "parents", "exclude", "checksum"};
constexpr std::array kValues{"1000:0", "0755", "0999", "u=rw", "true", "$U", "${U", "", "a b", "ü", "x\ny", "\"'"};

/// Picks what an operation is about.
class Dice {
public:
    Dice(FuzzedDataProvider& choices, const StageGraph& graph) : m_choices(choices), m_graph(graph) {}

    [[nodiscard]] int stage()
    {
        return m_choices.ConsumeIntegralInRange<int>(0, static_cast<int>(m_graph.stages.size()) - 1);
    }
    [[nodiscard]] std::size_t edge()
    {
        return m_choices.ConsumeIntegralInRange<std::size_t>(0, m_graph.edges.size() - 1);
    }
    [[nodiscard]] std::size_t instruction(const Dockerfile& dockerfile)
    {
        return m_choices.ConsumeIntegralInRange<std::size_t>(0, dockerfile.instructions.size() - 1);
    }
    [[nodiscard]] std::uint32_t offset(const SourceText& source)
    {
        return m_choices.ConsumeIntegralInRange<std::uint32_t>(0, static_cast<std::uint32_t>(source.bytes().size()));
    }
    template<std::size_t Count>
    [[nodiscard]] std::string one(const std::array<const char*, Count>& of)
    {
        return m_choices.PickValueInArray(of);
    }
    [[nodiscard]] std::string word() { return m_choices.PickValueInArray(kWords); }
    /// A stage, or the place behind the last.
    [[nodiscard]] int place()
    {
        return m_choices.ConsumeIntegralInRange<int>(0, static_cast<int>(m_graph.stages.size()));
    }
    [[nodiscard]] bool coin() { return m_choices.ConsumeBool(); }
    /// Now and then the name of a stage.
    [[nodiscard]] std::string base()
    {
        const std::string& name = m_graph.stages[stage()].name; // of a broken file it may hold anything
        return coin() && isStageName(name) ? name : std::string(m_choices.PickValueInArray(kBases));
    }
    [[nodiscard]] NodeRef node()
    {
        if (coin())
            return stageNode(stage());
        if (m_graph.images.empty() || coin())
            return {NodeKind::Context, 0};
        const auto last = static_cast<int>(m_graph.images.size()) - 1;
        return {NodeKind::Image, m_choices.ConsumeIntegralInRange<int>(0, last)};
    }

private:
    FuzzedDataProvider& m_choices;
    const StageGraph& m_graph;
};

using OnStages = Trial (*)(const Analysis& before, Dice& dice);
using OnEdge = Trial (*)(const Analysis& before, Dice& dice, std::size_t edge);

Trial copy(const Analysis& before, Dice& dice)
{
    CopyIntent intent{dice.node(), dice.stage(), {dice.word()}, dice.word(), std::nullopt};
    if (intent.destination.empty()) // else it says itself where
        intent.destination = "/";
    if (dice.coin())
        intent.paths.push_back("b"), intent.destination = "/c/";
    if (dice.coin())
        intent.place = before.graph.stages[intent.target].span.end;
    return copyTrial(before, intent);
}

Trial split(const Analysis& before, Dice& dice)
{
    SplitIntent intent{dice.stage(), {}, {dice.word()}, dice.word()};
    const Stage& stage = before.graph.stages[intent.stage];
    for (std::size_t index = stage.firstInstruction + 1; index < stage.endInstruction; ++index) {
        if (dice.coin())
            intent.instructions.push_back(index);
    }
    if (dice.coin())
        intent.survivors.insert(intent.survivors.end(), {"/b c/d.txt", "/b c/e.txt"});
    if (dice.coin())
        intent.survivors.erase(intent.survivors.begin());
    return splitTrial(before, intent);
}

Trial copyFromImage(const Analysis& before, Dice& dice)
{
    CopyIntent intent{{}, dice.stage(), {dice.word()}, "/c/", std::nullopt, dice.one(kImages)};
    if (dice.coin())
        intent.place = dice.offset(before.source);
    if (intent.image.empty()) // then a node is meant
        intent.image = "new";
    return copyTrial(before, intent);
}

Trial moveLines(const Analysis& before, Dice& dice)
{
    std::vector<std::size_t> instructions{dice.instruction(before.dockerfile)};
    while (dice.coin() && instructions.size() < before.dockerfile.instructions.size())
        instructions.push_back(dice.instruction(before.dockerfile));
    const int stage = dice.stage();
    return moveLinesTrial(before, instructions, stage,
                          dice.coin() ? std::optional(dice.offset(before.source)) : std::nullopt);
}

Trial platform(const Analysis& before, Dice& dice)
{
    const int stage = dice.stage();
    return platformTrial(before, stage, dice.coin() ? std::optional(dice.one(kPlatforms)) : std::nullopt);
}

Trial sources(const Analysis& before, Dice& dice, std::size_t edge)
{
    std::vector<std::string> paths = before.graph.edges[edge].paths;
    if (paths.empty() || dice.coin())
        paths.push_back(dice.word());
    if (dice.coin())
        paths.front() = dice.word();
    if (dice.coin())
        paths.insert(paths.begin(), dice.word());
    return sourcesTrial(before, edge, paths);
}

Trial flagOf(const Analysis& before, Dice& dice, std::size_t edge)
{
    const std::string flag = dice.one(kFlags);
    return flagTrial(before, edge, flag, dice.coin() ? std::optional(dice.one(kValues)) : std::nullopt);
}

constexpr std::array<OnStages, 17> kOnStages{
    copy,
    split,
    copyFromImage,
    moveLines,
    platform,
    [](const Analysis& before, Dice& dice) { return tagTrial(before, dice.stage(), dice.word()); },
    [](const Analysis& before, Dice& dice) { return imageTrial(before, dice.stage(), dice.one(kImages)); },
    [](const Analysis& before, Dice& dice) { return removeWithUsesTrial(before, dice.stage()); },
    [](const Analysis& before, Dice& dice) { return moveToTrial(before, dice.stage(), dice.place()); },
    [](const Analysis& before, Dice& dice) { return duplicateTrial(before, dice.stage(), dice.word()); },
    [](const Analysis& before, Dice& /*dice*/) { return nameIndicesTrial(before); },
    [](const Analysis& before, Dice& dice) { return inlineTrial(before, dice.stage()); },
    [](const Analysis& before, Dice& dice) { return renameTrial(before, dice.stage(), dice.word()); },
    [](const Analysis& before, Dice& dice) { return moveTrial(before, dice.stage(), dice.coin()); },
    [](const Analysis& before, Dice& dice) { return removeStageTrial(before, dice.stage()); },
    [](const Analysis& before, Dice& dice) { return addStageTrial(before, dice.base(), dice.word()); },
    [](const Analysis& before, Dice& dice) { return changeBaseTrial(before, dice.stage(), dice.base()); },
};

constexpr std::array<OnEdge, 8> kOnEdges{
    sources,
    flagOf,
    [](const Analysis& before, Dice& dice, std::size_t edge) {
        return excludesTrial(before, edge, {dice.one(kValues), dice.one(kValues)});
    },
    [](const Analysis& before, Dice& dice, std::size_t edge) { return toImageTrial(before, edge, dice.one(kImages)); },
    [](const Analysis& before, Dice& /*dice*/, std::size_t edge) { return removeEdgeTrial(before, edge); },
    [](const Analysis& before, Dice& dice, std::size_t edge) { return retargetTrial(before, edge, dice.node()); },
    [](const Analysis& before, Dice& dice, std::size_t edge) { return moveEdgeTrial(before, edge, dice.stage()); },
    [](const Analysis& before, Dice& dice, std::size_t edge) { return destinationTrial(before, edge, dice.word()); },
};

/// Two mounts of the build context at one place in one RUN, which no build takes: the first stands for both.
bool hasTwin(const Analysis& before, std::size_t index)
{
    const Edge& edge = before.graph.edges[index];
    const auto isTwin = [&](const Edge& other) {
        return other.to == edge.to && edits::shareWords(before, edge, other);
    };
    return std::ranges::count_if(before.graph.edges, isTwin) > 1;
}

/// An index that nothing has yet means something once stages or images come in ahead of it: no edge before, one after.
bool hasLooseIndex(const Analysis& before)
{
    return std::ranges::any_of(before.graph.problems, [](const GraphProblem& problem) {
        return problem.message.starts_with("invalid stage index");
    });
}

/// Each of the operations with the same chance; without edges, each that needs none.
std::optional<Trial> tried(const Analysis& before, FuzzedDataProvider& choices)
{
    Dice dice(choices, before.graph);
    const std::size_t count = kOnStages.size() + (before.graph.edges.empty() ? 0 : kOnEdges.size());
    const auto operation = choices.ConsumeIntegralInRange<std::size_t>(0, count - 1);
    if (operation < kOnStages.size())
        return kOnStages[operation](before, dice);
    const std::size_t edge = dice.edge();
    return hasTwin(before, edge) ? std::nullopt
                                 : std::optional(kOnEdges[operation - kOnStages.size()](before, dice, edge));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    Input input(bytes, size);
    const auto before = analysisOf(std::string(input.text));
    if (before->graph.stages.empty() || hasLooseIndex(*before))
        return 0;
    if (const auto trial = tried(*before, input.choices)) {
        const std::string wrong = flaw(*before, *trial);
        require(wrong.empty(), std::format("{}: {}", trial->what, wrong));
        if (!trial->outcome && trial->outcome.error().remedy) {
            const std::string flawed = flawOfRemedy(*before, *trial->outcome.error().remedy);
            require(flawed.empty(), std::format("{}: {}", trial->what, flawed));
        }
    }
    return 0;
}
