// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/run_mends.h"

#include "core/dockerfile/lines.h"
#include "core/dockerfile/paths.h"
#include "core/edits/copy_words.h"
#include "core/edits/sequence.h"
#include "core/engine/files/file_links.h"
#include "core/engine/files/program_needs.h"
#include "core/stages/stage_origin.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift {

namespace {

using Id = ImageFiles::Id;

constexpr std::size_t kMostLines = 8; // more are better looked at as a whole: by another base image
constexpr std::size_t kMostTries = 8; // of a stage
constexpr Id kMostFiles = 50'000;     // of a stage that is put together for it

/// A program and its copy: of the same content where that is known, else of the same size.
bool areAlike(const ImageFiles& files, Id file, const ImageFiles& source, Id original)
{
    const ImageFiles::Version& one = *files.newest(file);
    const ImageFiles::Version& other = *source.newest(original);
    return source.program(original) && one.size == other.size &&
           (one.sum == 0 || other.sum == 0 || one.sum == other.sum);
}

/// Where a file of the stage was copied from: what was named itself, or what lies as deep in a folder that was.
Id originalOf(const Edge& copy, const ImageFiles& files, Id file, const ImageFiles& source)
{
    const std::string path = files.path(file);
    for (const std::string& written : copy.paths) {
        const std::string from = pathFrom("/", written);
        if (const Id named = follow(source, from); named != ImageFiles::kNone && areAlike(files, file, source, named))
            return named;
        for (std::size_t slash = path.rfind('/'); slash != std::string::npos;
             slash = slash == 0 ? std::string::npos : path.rfind('/', slash - 1)) {
            const Id inside = follow(source, (from == "/" ? std::string() : from) + path.substr(slash));
            if (inside != ImageFiles::kNone && areAlike(files, file, source, inside))
                return inside;
        }
    }
    return ImageFiles::kNone;
}

/// Looks after the problems of one COPY's stage.
class Mender {
public:
    Mender(const Analysis& analysis, const KnownFiles& known, const ImageFiles& files)
        : m_analysis(analysis), m_known(known), m_files(files)
    {
    }

    void lookAfter(RunProblem& problem);

private:
    struct Source {
        int stage = -1;
        ImageFilesPtr files;
        std::unique_ptr<LibraryFinder> finder;
    };

    Source& sourceOf(int stage);
    [[nodiscard]] std::vector<std::string> linesFor(const RunProblem& problem, const ImageFiles& source,
                                                    const ProgramNeeds& needs) const;
    [[nodiscard]] bool helps(const RunProblem& problem, const std::vector<std::string>& lines) const;

    const Analysis& m_analysis;
    const KnownFiles& m_known;
    const ImageFiles& m_files;
    Source m_source; // the last one: most copy from one
    std::size_t m_tries = 0;
};

Mender::Source& Mender::sourceOf(int stage)
{
    if (m_source.stage != stage) {
        m_source = {.stage = stage, .files = m_known(stage).files, .finder = nullptr};
        if (m_source.files)
            m_source.finder = std::make_unique<LibraryFinder>(*m_source.files);
    }
    return m_source;
}

/// A line for each file that is not there: each with its own name, whatever link it is found over.
std::vector<std::string> Mender::linesFor(const RunProblem& problem, const ImageFiles& source,
                                          const ProgramNeeds& needs) const
{
    const Instruction& copy = m_analysis.dockerfile.instructions.at(static_cast<std::size_t>(problem.instruction));
    const Flag* from = copy.flag("from");
    if (!from || !needs.isComplete)
        return {};
    const std::string head =
        std::format("{} --from={} ", inTheFilesCase(m_analysis.dockerfile, "COPY"), from->value.text);
    std::vector<std::string> lines;
    bool isWhole = true;
    const auto bring = [&](const ProgramNeed& need, const std::string& place) {
        isWhole = isWhole && need.whereabouts == Whereabouts::Found;
        if (!isWhole || follow(m_files, place) != ImageFiles::kNone)
            return;
        const std::array paths{source.path(need.file)};
        lines.push_back(head + edits::copyWords(paths, place, m_analysis.dockerfile.escape).text);
    };
    for (const ProgramNeed& need : needs.interpreters)
        bring(need, need.name);
    for (const ProgramNeed& need : needs.libraries)
        bring(need, need.whereabouts == Whereabouts::Found ? source.path(need.file) : std::string());
    const auto isPlain = [](const std::string& line) { return line.find_first_of("$*?[\\\"'") == std::string::npos; };
    return isWhole && lines.size() <= kMostLines && std::ranges::all_of(lines, isPlain) ? lines
                                                                                        : std::vector<std::string>();
}

/// With these lines, none of its programs lacks anything, whatever else there is that nobody knows.
bool Mender::helps(const RunProblem& problem, const std::vector<std::string>& lines) const
{
    const Instruction& copy = m_analysis.dockerfile.instructions.at(static_cast<std::size_t>(problem.instruction));
    std::string text;
    for (const std::string& line : lines)
        text.append(text.empty() ? std::string_view() : m_analysis.source.lineEnding()).append(line);
    const auto after =
        edited(m_analysis, {insertedLines(m_analysis.source, nextLine(m_analysis.source, copy.span.end), text)});
    if (after->dockerfile.instructions.size() != m_analysis.dockerfile.instructions.size() + lines.size())
        return false;
    auto foreseen = foreseenFiles(*after, problem.stage, m_known);
    if (!foreseen)
        return false;
    foreseen->unknown.clear(); // it may not be what makes them start
    return std::ranges::none_of(foreseenProblems(*after, problem.stage, *foreseen), [&](const RunProblem& still) {
        return still.instruction == problem.instruction &&
               std::ranges::any_of(still.programs, [&](const auto& program) {
                   return std::ranges::contains(problem.programs, program);
               });
    });
}

void Mender::lookAfter(RunProblem& problem)
{
    const Edge* copy = copyEdge(m_analysis.graph, static_cast<std::size_t>(problem.instruction));
    if (!copy || problem.source < 0)
        return;
    const Source& source = sourceOf(problem.source);
    if (!source.files)
        return;
    const Id original = originalOf(*copy, m_files, m_files.find(problem.programs.front()), *source.files);
    if (original == ImageFiles::kNone)
        return;
    const ProgramNeeds needs = source.finder->needsOf(original);
    for (MissingNeed& missing : problem.missing)
        for (const auto* some : {&needs.interpreters, &needs.libraries})
            for (const ProgramNeed& need : *some)
                if (need.name == missing.name && need.whereabouts == Whereabouts::Found)
                    missing.at = source.files->path(need.file);
    std::vector<std::string> lines = linesFor(problem, *source.files, needs);
    if (!lines.empty() && m_files.count() < kMostFiles && m_tries++ < kMostTries && helps(problem, lines))
        problem.mend = std::move(lines);
}

} // namespace

void lookForMends(const Analysis& analysis, const KnownFiles& known, const ImageFiles& files,
                  std::vector<RunProblem>& problems)
{
    Mender mender(analysis, known, files);
    for (RunProblem& problem : problems)
        mender.lookAfter(problem);
}

} // namespace stagelift
