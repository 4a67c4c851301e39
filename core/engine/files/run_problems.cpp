// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/run_problems.h"

#include "core/dockerfile/paths.h"
#include "core/engine/files/program_needs.h"

#include <algorithm>
#include <array>
#include <ranges>

namespace stagelift {

namespace {

using Id = ImageFiles::Id;

constexpr std::size_t kMostPrograms = 1000; // of a stage
constexpr unsigned kCanBeRun = 0111;

/// A COPY has brought it to be run. What packages of a language hold is for many machines at once.
bool isToBeRun(const Analysis& analysis, const ImageFiles& files, Id node)
{
    const ProgramFacts* facts = files.program(node);
    if (!facts || facts->kind == ProgramKind::Static || facts->kind == ProgramKind::Library)
        return false;
    const ImageFiles::Version& version = *files.newest(node);
    const ImageLayer& layer = files.layers().at(version.layer);
    if (!layer.isOwn || (version.mode & kCanBeRun) == 0)
        return false;
    const Keyword keyword = analysis.dockerfile.instructions.at(static_cast<std::size_t>(layer.instruction)).keyword;
    if (keyword != Keyword::Copy && keyword != Keyword::Add)
        return false;
    const std::string path = files.path(node);
    constexpr std::array<std::string_view, 5> kPackages{"/node_modules/", "/site-packages/", "/vendor/", "/share/",
                                                        "/.git/"};
    return std::ranges::none_of(kPackages, [&](std::string_view folder) { return path.contains(folder); });
}

class Examiner {
public:
    Examiner(const Analysis& analysis, int stage, const ImageFiles& files, const std::vector<std::string>& unknown)
        : m_analysis(analysis), m_stage(stage), m_files(files), m_unknown(unknown), m_finder(files)
    {
    }

    void examine(std::vector<RunProblem>& problems);

private:
    [[nodiscard]] std::vector<std::string> missingOf(Id program);
    void add(std::vector<RunProblem>& problems, Id program, std::vector<std::string> missing) const;

    const Analysis& m_analysis;
    int m_stage;
    const ImageFiles& m_files;
    const std::vector<std::string>& m_unknown;
    LibraryFinder m_finder;
};

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

/// What nobody knows may hold a library anywhere, and an interpreter in its own place.
std::vector<std::string> Examiner::missingOf(Id program)
{
    std::vector<std::string> missing;
    const ProgramNeeds needs = m_finder.needsOf(program);
    for (const ProgramNeed& need : needs.interpreters) {
        const auto mayHold = [&](const std::string& folder) {
            return folder == "/" || covers(folder, need.name) || leadsOverALink(m_files, need.name);
        };
        if (need.whereabouts == Whereabouts::Missing && std::ranges::none_of(m_unknown, mayHold))
            missing.push_back(need.name);
    }
    for (const ProgramNeed& need : needs.libraries)
        if (need.whereabouts == Whereabouts::Missing && m_unknown.empty())
            missing.push_back(need.name);
    return missing;
}

void Examiner::add(std::vector<RunProblem>& problems, Id program, std::vector<std::string> missing) const
{
    const int instruction = m_files.layers().at(m_files.newest(program)->layer).instruction;
    const bool isScript = m_files.program(program)->kind == ProgramKind::Script;
    const auto same = std::ranges::find_if(problems, [&](const RunProblem& each) {
        return each.stage == m_stage && each.instruction == instruction && each.missing == missing &&
               each.isScript == isScript;
    });
    if (same != problems.end())
        ++same->others;
    else
        problems.push_back({m_stage, instruction, m_files.path(program), 0, std::move(missing), isScript});
}

void Examiner::examine(std::vector<RunProblem>& problems)
{
    std::size_t count = 0;
    for (Id node = 1; node < m_files.count() && count < kMostPrograms; ++node) {
        if (!isToBeRun(m_analysis, m_files, node))
            continue;
        ++count;
        if (auto missing = missingOf(node); !missing.empty())
            add(problems, node, std::move(missing));
    }
}

} // namespace

std::vector<RunProblem> runProblems(const Analysis& analysis, const KnownFiles& known)
{
    std::vector<RunProblem> problems;
    for (const Stage& stage : std::views::reverse(analysis.graph.stages)) {
        if (const ImageFilesPtr files = known(stage.index))
            Examiner(analysis, stage.index, *files, {}).examine(problems);
        else if (const auto foreseen = foreseenFiles(analysis, stage.index, known))
            Examiner(analysis, stage.index, foreseen->files, foreseen->unknown).examine(problems);
    }
    return problems;
}

} // namespace stagelift
