// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every operation on one Dockerfile: on every stage, edge and instruction of it. What an operation takes beside, as the
// stage that a line is moved to, is tried out for each where there are few and picked by a seeded dice where many.

#pragma once

#include "core/edits/settings.h"
#include "tests/core/part_trials.h"
#include "tests/core/random_dockerfile.h"
#include "tests/core/stage_trials.h"

#include <format>
#include <map>
#include <string>
#include <vector>

namespace stagelift::test {

class EveryEdit {
public:
    EveryEdit(const std::string& text, unsigned seed)
        : m_before(analysisOf(text)), m_dice(seed), m_most(text.size() > kLarge ? kMost / 2 : kMost)
    {
    }

    std::string complaint; // what went wrong first; with the text
    int made = 0;
    int refused = 0;
    int remedies = 0;                       // of the refused
    std::map<std::string_view, int> madeBy; // those that changed something

    void tryAll()
    {
        const auto count = static_cast<int>(graph().stages.size());
        if (count == 0)
            return;
        judge(addStageTrial(*m_before, "busybox", "quite-new"));
        judge(nameIndicesTrial(*m_before));
        for (const int stage : some(count, m_most)) {
            tryOnStage(stage);
            tryOnWholeStage(stage);
            for (const int other : some(count, kOthers))
                tryOnPair(stage, other);
        }
        for (const int edge : some(static_cast<int>(graph().edges.size()), m_most))
            tryOnEdge(static_cast<std::size_t>(edge));
        for (const int index : some(static_cast<int>(m_before->dockerfile.instructions.size()), m_most))
            tryOnInstruction(static_cast<std::size_t>(index));
    }

private:
    static constexpr std::size_t kLarge = 3000; // bytes; a larger file takes longer to read each time
    static constexpr int kMost = 8;             // stages, edges, instructions of one file
    static constexpr int kOthers = 2;           // stages that one is tried with
    static constexpr int kPlaces = 2;           // places that a line is moved to

    [[nodiscard]] const StageGraph& graph() const { return m_before->graph; }

    /// All numbers below the limit; where they are more than `most`, so many of them.
    std::vector<int> some(int limit, int most)
    {
        std::vector<int> numbers;
        for (int number = 0; number < limit && limit <= most; ++number)
            numbers.push_back(number);
        while (limit > most && std::cmp_less(numbers.size(), most))
            numbers.push_back(m_dice.below(limit));
        return numbers;
    }

    void tryOnStage(int stage)
    {
        judge(renameTrial(*m_before, stage, "quite-new"));
        judge(moveTrial(*m_before, stage, m_dice.chance(2)));
        judge(removeStageTrial(*m_before, stage));
        judge(changeBaseTrial(*m_before, stage, "a:1"));
        judge(tagTrial(*m_before, stage, "9.9"));
        judge(imageTrial(*m_before, stage, "quay.io/quite/new"));
        judge(platformTrial(*m_before, stage, "linux/arm64"));
        judge(platformTrial(*m_before, stage, std::nullopt));
        judge(copyTrial(*m_before, {{NodeKind::Context, 0}, stage, {"x", "y z"}, "/new place/", {}}));
        judge(copyTrial(*m_before, {{}, stage, {"/x"}, "/y", {}, "quite/new:1"}));
        const Stage& owner = graph().stages.at(static_cast<std::size_t>(stage));
        if (owner.endInstruction - owner.firstInstruction > 2)
            judge(moveLinesTrial(*m_before, {owner.firstInstruction + 1, owner.endInstruction - 1},
                                 m_dice.below(static_cast<int>(graph().stages.size())), std::nullopt));
    }

    void tryOnWholeStage(int stage)
    {
        judge(removeWithUsesTrial(*m_before, stage));
        judge(duplicateTrial(*m_before, stage, m_dice.chance(2) ? "" : "quite-new"));
        judge(inlineTrial(*m_before, stage));
        SplitIntent intent{stage, {}, {"/new", "/new place/f.txt", "/new place/g.txt", "here"}, "quite-new"};
        const Stage& split = graph().stages.at(static_cast<std::size_t>(stage));
        for (std::size_t index = split.firstInstruction + 1; index < split.endInstruction; ++index) {
            if (m_dice.chance(2) && edits::partOf(m_before->dockerfile.instructions[index]) != edits::Part::Describe)
                intent.instructions.push_back(index);
        }
        if (m_dice.chance(2))
            intent.survivors.pop_back();
        judge(splitTrial(*m_before, intent));
    }

    void tryOnPair(int stage, int other)
    {
        const Trial copy = copyTrial(*m_before, {stageNode(stage), other, {"/new file"}, "/new place", {}});
        judge(copy);
        if (copy.outcome && stage >= other)
            complain(copy.what, "from a stage that is not above");
        judge(moveToTrial(*m_before, stage, m_dice.chance(4) ? static_cast<int>(graph().stages.size()) : other));
        const std::string& name = graph().stages.at(static_cast<std::size_t>(other)).name;
        if (!name.empty())
            judge(changeBaseTrial(*m_before, stage, name));
    }

    void tryOnEdge(std::size_t edge)
    {
        judge(removeEdgeTrial(*m_before, edge));
        judge(destinationTrial(*m_before, edge, "/quite/new/"));
        judge(retargetTrial(*m_before, edge, {NodeKind::Context, 0}));
        judge(toImageTrial(*m_before, edge, "quite/new:1"));
        for (const int stage : some(static_cast<int>(graph().stages.size()), 2)) {
            judge(retargetTrial(*m_before, edge, stageNode(stage)));
            judge(moveEdgeTrial(*m_before, edge, stage));
        }
        if (copyFlags(*m_before, edge).empty())
            return;
        judge(flagTrial(*m_before, edge, "chown", "1000:$GROUP"));
        judge(flagTrial(*m_before, edge, "chmod", "0640"));
        judge(flagTrial(*m_before, edge, "chmod", "0999"));
        judge(flagTrial(*m_before, edge, "link", "true"));
        judge(flagTrial(*m_before, edge, "link", std::nullopt));
        judge(flagTrial(*m_before, edge, "parents", "true"));
        judge(excludesTrial(*m_before, edge, {"*.md", "a b"}));
        std::vector<std::string> paths = graph().edges.at(edge).paths;
        paths.emplace_back("new");
        judge(sourcesTrial(*m_before, edge, paths));
        paths.front() = "a b";
        judge(sourcesTrial(*m_before, edge, paths));
        judge(sourcesTrial(*m_before, edge, {"new"}));
    }

    void tryOnInstruction(std::size_t index)
    {
        const auto count = static_cast<int>(graph().stages.size());
        for (const int stage : some(count, 2))
            judge(moveLinesTrial(*m_before, {index}, stage, std::nullopt));
        const int owner = graph().stageAt(m_before->dockerfile.instructions.at(index).span.begin);
        const std::vector<InstructionPlace> places = instructionPlaces(*m_before, owner);
        for (const int place : some(static_cast<int>(places.size()), kPlaces))
            judge(moveLinesTrial(*m_before, {index}, owner, places.at(static_cast<std::size_t>(place)).offset));
    }

    void judge(const Trial& trial)
    {
        ++(trial.outcome ? made : refused);
        madeBy[trial.what] += trial.outcome && !trial.outcome->edits.empty() ? 1 : 0;
        if (const std::string wrong = flaw(*m_before, trial); !wrong.empty())
            complain(trial.what, wrong);
        if (trial.outcome || !trial.outcome.error().remedy)
            return;
        ++remedies;
        if (const std::string wrong = flawOfRemedy(*m_before, *trial.outcome.error().remedy); !wrong.empty())
            complain(trial.what, wrong);
    }

    void complain(std::string_view what, std::string_view detail)
    {
        if (complaint.empty())
            complaint = std::format("{}: {}\n{}", what, detail, m_before->source.bytes());
    }

    std::unique_ptr<Analysis> m_before;
    RandomDockerfile m_dice;
    int m_most = 0;
};

} // namespace stagelift::test
