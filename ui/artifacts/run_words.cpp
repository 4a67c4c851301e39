// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/artifacts/run_words.h"

#include "core/dockerfile/paths.h"
#include "core/stages/stage_origin.h"
#include "ui/diagram/words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <span>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr qsizetype kMostNamed = 3; // in a sentence; the list has all

struct Words {
    Q_DECLARE_TR_FUNCTIONS(stagelift::ui::RunProblems)
};

const Instruction& copyOf(const Analysis& analysis, const RunProblem& problem)
{
    return analysis.dockerfile.instructions.at(static_cast<std::size_t>(problem.instruction));
}

QString stageText(const Analysis& analysis, int stage)
{
    return toQt(analysis.graph.label(stageNode(stage)));
}

/// It has nothing that it was not given by a COPY.
bool isFromScratch(const Analysis& analysis, int stage)
{
    NodeRef base = stageNode(stage);
    while (base.kind == NodeKind::Stage && base.index >= 0) {
        const NodeRef below = analysis.graph.stages.at(static_cast<std::size_t>(base.index)).base;
        if (below.kind == NodeKind::Stage && below.index >= base.index)
            return false; // which BuildKit would refuse
        base = below;
    }
    return base.kind == NodeKind::Scratch;
}

QStringList missingNames(const RunProblem& problem)
{
    QStringList names;
    for (const MissingNeed& missing : problem.missing)
        names << toQt(missing.name);
    return names;
}

QString interpreterRemedy(const Analysis& analysis, const RunProblem& problem, const MissingNeed& interpreter)
{
    const QString stage = stageText(analysis, problem.stage);
    if (problem.isScript)
        return Words::tr("Build %1 FROM an image that has %2.").arg(stage, toQt(interpreter.name));
    const QString libc = lastPart(interpreter.name).starts_with("ld-musl-") ? u"musl"_s : u"glibc"_s;
    return isFromScratch(analysis, problem.stage)
               ? Words::tr("Link it statically, or build %1 FROM an image with %2.").arg(stage, libc)
               : Words::tr("It wants %2: link it statically, or build it on the kind of image that %1 is.")
                     .arg(stage, libc);
}

QString libraryRemedy(const Analysis& analysis, const RunProblem& problem)
{
    const MissingNeed& first = problem.missing.front();
    if (!first.at.empty())
        return Words::tr("%1 has %2 at %3: copy it along.")
            .arg(stageText(analysis, problem.source), toQt(first.name), toQt(first.at));
    return isFromScratch(analysis, problem.stage)
               ? Words::tr("Link it statically, or copy along what it loads.")
               : Words::tr("Install what has it in %1, or copy it along.").arg(stageText(analysis, problem.stage));
}

BuiltFinding findingOf(const Analysis& analysis, const RunProblem& problem)
{
    const auto written = [&](const Instruction& each) { return analysis.source.at(each.span); };
    const Instruction& copy = copyOf(analysis, problem);
    const auto above = std::span(analysis.dockerfile.instructions).first(static_cast<std::size_t>(problem.instruction));
    return {.instruction = std::string(written(copy)),
            .turn = static_cast<std::size_t>(
                std::ranges::count_if(above, [&](const auto& each) { return written(each) == written(copy); })),
            .origin = originOf(analysis.dockerfile, analysis.graph, problem.source),
            .message = Words::tr("As last built, %1").arg(runProblemText(analysis, problem)).toStdString(),
            .mend =
                problem.mend.empty()
                    ? std::string()
                    : Words::tr("Copy what it needs from %1").arg(stageText(analysis, problem.source)).toStdString(),
            .lines = problem.mend};
}

} // namespace

QString missingText(const RunProblem& problem)
{
    QStringList words;
    for (const MissingNeed& missing : problem.missing) {
        const QString name =
            missing.isInterpreter ? Words::tr("interpreter %1").arg(toQt(missing.name)) : toQt(missing.name);
        words << (missing.wantedBy.empty() ? name : Words::tr("%1, for %2").arg(name, toQt(missing.wantedBy)));
    }
    return words.join(u"; "_s);
}

QString remedyText(const Analysis& analysis, const RunProblem& problem)
{
    const auto interpreter = std::ranges::find(problem.missing, true, &MissingNeed::isInterpreter);
    return interpreter != problem.missing.end() ? interpreterRemedy(analysis, problem, *interpreter)
                                                : libraryRemedy(analysis, problem);
}

QString runProblemText(const Analysis& analysis, const RunProblem& problem)
{
    const QString first = toQt(problem.programs.front());
    const std::size_t others = problem.programs.size() - 1;
    const QString programs = others == 0 ? first : Words::tr("%1 and %2 more").arg(first).arg(others);
    QStringList missing = missingNames(problem);
    if (missing.size() > kMostNamed) {
        const qsizetype more = missing.size() - kMostNamed + 1;
        missing = missing.first(kMostNamed - 1) << Words::tr("%1 more").arg(more);
    }
    return Words::tr("%1 can't start in %2, which does not have %3. %4")
        .arg(programs, stageText(analysis, problem.stage), missing.join(u", "_s), remedyText(analysis, problem));
}

std::vector<BuiltFinding> builtFindings(const Analysis& analysis, const std::vector<RunProblem>& problems)
{
    std::vector<BuiltFinding> findings;
    findings.reserve(problems.size());
    for (const RunProblem& problem : problems)
        findings.push_back(findingOf(analysis, problem));
    return findings;
}

} // namespace stagelift::ui
