// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/run_problems.h"

#include "core/dockerfile/paths.h"
#include "core/engine/files/program_needs.h"
#include "core/engine/files/run_mends.h"
#include "core/stages/stage_origin.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <tuple>

namespace stagelift {

namespace {

using Id = ImageFiles::Id;

constexpr std::size_t kMostPrograms = 1000; // of a stage
constexpr unsigned kCanBeRun = 0111;

bool isCopy(const Analysis& analysis, int instruction)
{
    if (instruction < 0 || std::cmp_greater_equal(instruction, analysis.dockerfile.instructions.size()))
        return false;
    const Keyword keyword = analysis.dockerfile.instructions[static_cast<std::size_t>(instruction)].keyword;
    return keyword == Keyword::Copy || keyword == Keyword::Add;
}

/// On the way to it there is a link.
bool leadsOverALink(const ImageFiles& files, const std::string& path)
{
    for (std::size_t end = path.find('/', 1); end != std::string::npos; end = path.find('/', end + 1)) {
        const Id node = files.find(std::string_view(path).substr(0, end));
        if (node != ImageFiles::kNone && files.exists(node) && files.newest(node)->type == FileType::Link)
            return true;
    }
    return false;
}

class Examiner {
public:
    /// @param shift see KnownStage
    Examiner(const Analysis& analysis, int stage, const ImageFiles& files, int shift,
             const std::vector<std::string>& unknown)
        : m_analysis(analysis), m_stage(stage), m_files(files), m_shift(shift), m_unknown(unknown), m_finder(files)
    {
    }

    [[nodiscard]] std::vector<RunProblem> problems();

private:
    [[nodiscard]] int instructionOf(Id program) const
    {
        return m_files.layers().at(m_files.newest(program)->layer).instruction + m_shift;
    }
    [[nodiscard]] bool isToBeRun(Id node) const;
    [[nodiscard]] std::vector<MissingNeed> missingOf(Id program);
    [[nodiscard]] MissingNeed missing(const ProgramNeed& need, Id program, bool isInterpreter) const;
    void add(Id program, std::vector<MissingNeed> missing);

    const Analysis& m_analysis;
    int m_stage;
    const ImageFiles& m_files;
    int m_shift;
    const std::vector<std::string>& m_unknown;
    LibraryFinder m_finder;
    std::vector<RunProblem> m_problems;
};

/// A COPY has brought it to be run. What packages of a language hold is for many machines at once.
bool Examiner::isToBeRun(Id node) const
{
    const ProgramFacts* facts = m_files.program(node);
    if (!facts || facts->kind == ProgramKind::Static || facts->kind == ProgramKind::Library)
        return false;
    const ImageFiles::Version& version = *m_files.newest(node);
    if (!m_files.layers().at(version.layer).isOwn || (version.mode & kCanBeRun) == 0)
        return false;
    if (!isCopy(m_analysis, instructionOf(node)))
        return false;
    const std::string path = m_files.path(node);
    constexpr std::array<std::string_view, 5> kPackages{"/node_modules/", "/site-packages/", "/vendor/", "/share/",
                                                        "/.git/"};
    return std::ranges::none_of(kPackages, [&](std::string_view folder) { return path.contains(folder); });
}

MissingNeed Examiner::missing(const ProgramNeed& need, Id program, bool isInterpreter) const
{
    const bool isItself = need.wantedBy == program || need.wantedBy == ImageFiles::kNone;
    return {.name = need.name,
            .wantedBy = isItself ? std::string() : m_files.path(need.wantedBy),
            .at = {},
            .isInterpreter = isInterpreter};
}

/// What nobody knows may hold a library anywhere, and an interpreter in its own place.
std::vector<MissingNeed> Examiner::missingOf(Id program)
{
    std::vector<MissingNeed> lacking;
    const ProgramNeeds needs = m_finder.needsOf(program);
    for (const ProgramNeed& need : needs.interpreters) {
        const auto mayHold = [&](const std::string& folder) {
            return folder == "/" || covers(folder, need.name) || leadsOverALink(m_files, need.name);
        };
        if (need.whereabouts == Whereabouts::Missing && std::ranges::none_of(m_unknown, mayHold))
            lacking.push_back(missing(need, program, true));
    }
    for (const ProgramNeed& need : needs.libraries)
        if (need.whereabouts == Whereabouts::Missing && m_unknown.empty())
            lacking.push_back(missing(need, program, false));
    return lacking;
}

void Examiner::add(Id program, std::vector<MissingNeed> missing)
{
    const int instruction = instructionOf(program);
    const bool isScript = m_files.program(program)->kind == ProgramKind::Script;
    const auto same = std::ranges::find_if(m_problems, [&](const RunProblem& each) {
        return each.instruction == instruction && each.missing == missing && each.isScript == isScript;
    });
    if (same != m_problems.end())
        same->programs.push_back(m_files.path(program));
    else
        m_problems.push_back({.stage = m_stage,
                              .instruction = instruction,
                              .source = copiedStage(m_analysis.graph, static_cast<std::size_t>(instruction)),
                              .programs = {m_files.path(program)},
                              .missing = std::move(missing),
                              .isScript = isScript,
                              .mend = {}});
}

std::vector<RunProblem> Examiner::problems()
{
    std::size_t count = 0;
    for (Id node = 1; node < m_files.count() && count < kMostPrograms; ++node) {
        if (!isToBeRun(node))
            continue;
        ++count;
        if (auto lacking = missingOf(node); !lacking.empty())
            add(node, std::move(lacking));
    }
    for (RunProblem& problem : m_problems)
        std::ranges::sort(problem.programs);
    std::ranges::sort(m_problems, {},
                      [](const RunProblem& each) { return std::tie(each.instruction, each.programs.front()); });
    return std::move(m_problems);
}

} // namespace

std::vector<RunProblem> foreseenProblems(const Analysis& analysis, int stage, const ForeseenFiles& foreseen)
{
    return Examiner(analysis, stage, foreseen.files, 0, foreseen.unknown).problems();
}

std::vector<RunProblem> runProblems(const Analysis& analysis, const KnownFiles& known)
{
    std::vector<RunProblem> problems;
    for (const Stage& stage : std::views::reverse(analysis.graph.stages)) {
        const KnownStage read = known(stage.index);
        const auto foreseen = read.files ? std::nullopt : foreseenFiles(analysis, stage.index, known);
        if (!read.files && !foreseen)
            continue;
        std::vector<RunProblem> some = read.files
                                           ? Examiner(analysis, stage.index, *read.files, read.shift, {}).problems()
                                           : foreseenProblems(analysis, stage.index, *foreseen);
        lookForMends(analysis, known, read.files ? *read.files : foreseen->files, some);
        std::ranges::move(some, std::back_inserter(problems));
    }
    return problems;
}

std::vector<int> stagesBuiltAs(const Analysis& built, int stage, const Analysis& now)
{
    if (built.build != now.build)
        return {};
    const auto fromOf = [](const Analysis& analysis, const Stage& each) {
        return analysis.source.at(analysis.dockerfile.instructions[each.firstInstruction].span);
    };
    const Stage& wanted = built.graph.stages.at(static_cast<std::size_t>(stage));
    const std::string origin = originOf(built.dockerfile, built.graph, stage);
    std::vector<int> stages;
    for (const Stage& each : now.graph.stages) {
        const bool isLike =
            each.endInstruction - each.firstInstruction == wanted.endInstruction - wanted.firstInstruction &&
            fromOf(now, each) == fromOf(built, wanted);
        if (isLike && originOf(now.dockerfile, now.graph, each.index) == origin)
            stages.push_back(each.index);
    }
    return stages;
}

} // namespace stagelift
