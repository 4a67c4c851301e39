// SPDX-License-Identifier: GPL-3.0-or-later
//
// What holds for every edit of any bytes: it stands in the text, can be undone byte for byte, and brings no parse error
// in; or it is refused with a reason. The last bytes of the input choose the operation, the others are the text.

#include "core/edits/edits.h"
#include "tests/fuzz/require.h"

#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <array>

using namespace stagelift;
using fuzz::require;

namespace {

constexpr std::size_t kChoices = 12; // bytes at the end of the input

/// Words that a person could type, and some that need quoting or can't be.
constexpr std::array kWords{"app", "/usr/bin/", "/a b", "$HOME", "Über", "0", "", "a\"b\\", "--from=x", "x\ny"};

/// Picks what an operation is about; one too many, to be refused.
class Dice {
public:
    Dice(FuzzedDataProvider& data, const Analysis& before) : m_data(data), m_graph(before.graph) {}

    int stage() { return m_data.ConsumeIntegralInRange<int>(0, static_cast<int>(m_graph.stages.size())); }
    std::size_t edge() { return m_data.ConsumeIntegralInRange<std::size_t>(0, m_graph.edges.size()); }
    std::string word() { return m_data.PickValueInArray(kWords); }
    bool coin() { return m_data.ConsumeBool(); }
    NodeRef node()
    {
        if (coin())
            return stageNode(stage());
        return coin() ? NodeRef{NodeKind::Context, 0} : NodeRef{NodeKind::Image, 0};
    }

private:
    FuzzedDataProvider& m_data;
    const StageGraph& m_graph;
};

using Operation = EditOutcome (*)(const Analysis& before, Dice& dice);

EditOutcome copy(const Analysis& before, Dice& dice)
{
    const NodeRef source = dice.node();
    const int target = dice.stage();
    const std::string path = dice.word();
    return copyArtifact(before, {source, target, {path}, dice.word(), {}});
}

EditOutcome retarget(const Analysis& before, Dice& dice)
{
    const std::size_t edge = dice.edge();
    return retargetSource(before, edge, dice.node());
}

EditOutcome moveCopy(const Analysis& before, Dice& dice)
{
    const std::size_t edge = dice.edge();
    return retargetCopy(before, edge, dice.stage());
}

EditOutcome destination(const Analysis& before, Dice& dice)
{
    const std::size_t edge = dice.edge();
    return changeDestination(before, edge, dice.word());
}

EditOutcome base(const Analysis& before, Dice& dice)
{
    const int stage = dice.stage();
    return changeBase(before, stage, dice.word());
}

EditOutcome rename(const Analysis& before, Dice& dice)
{
    const int stage = dice.stage();
    return dice.coin() ? renameStage(before, stage, dice.word()) : nameStage(before, stage, dice.word());
}

EditOutcome add(const Analysis& before, Dice& dice)
{
    const std::string base = dice.word();
    return addStage(before, base, dice.word());
}

EditOutcome move(const Analysis& before, Dice& dice)
{
    const int stage = dice.stage();
    return moveStage(before, stage, dice.coin());
}

constexpr std::array<Operation, 10> kOperations{
    copy,
    retarget,
    moveCopy,
    destination,
    base,
    rename,
    add,
    move,
    [](const Analysis& before, Dice& dice) { return removeCopy(before, dice.edge()); },
    [](const Analysis& before, Dice& dice) { return removeStage(before, dice.stage()); },
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::size_t length = size - std::min(size, kChoices);
    FuzzedDataProvider data(bytes + length, size - length);
    const AnalysisPtr before = analyse(std::string(bytes, bytes + length));
    Dice dice(data, *before);
    const EditOutcome outcome = data.PickValueInArray(kOperations)(*before, dice);
    if (!outcome) {
        require(!outcome.error().reason.empty(), "a refusal has a reason");
        return 0;
    }
    const std::string text = fuzz::appliedUndoably(before->source.bytes(), outcome->edits);
    require(outcome->select.begin <= outcome->select.end && outcome->select.end <= text.size(),
            "what is selected is in the text");
    require(analyse(text)->dockerfile.errors.size() <= before->dockerfile.errors.size(), "no parse error comes in");
    return 0;
}
