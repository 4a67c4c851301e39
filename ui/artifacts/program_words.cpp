// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/artifacts/program_words.h"

#include "core/engine/build.h"
#include "core/engine/files/file_links.h"
#include "ui/diagram/words.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

/// What may lie in a folder of packages and is only of use while something is built.
constexpr std::array<const char*, 8> kBuildTools{"typescript", "webpack", "vite",   "esbuild",
                                                 "eslint",     "jest",    "vitest", "rollup"};

struct Words {
    Q_DECLARE_TR_FUNCTIONS(stagelift::ui::Programs)
};

QString kindText(ProgramKind kind)
{
    switch (kind) {
    case ProgramKind::Static:
        return Words::tr("static program");
    case ProgramKind::Dynamic:
        return Words::tr("dynamic program");
    case ProgramKind::Library:
        return Words::tr("library");
    case ProgramKind::Script:
        break;
    }
    return Words::tr("script");
}

qint64 sizeOf(const ImageFiles& files, ImageFiles::Id node)
{
    const ImageFiles::Id file = node == ImageFiles::kNone ? node : follow(files, files.path(node));
    return file == ImageFiles::kNone ? 0 : files.newest(file)->size;
}

QString needLine(const ImageFiles& files, const ProgramNeed& need, ImageFiles::Id program)
{
    const QString by =
        need.wantedBy == program ? QString() : Words::tr(", for %1").arg(toQt(files.name(need.wantedBy)));
    if (need.whereabouts == Whereabouts::Missing)
        return Words::tr("    %1 is missing: no file of this stage%2").arg(toQt(need.name), by);
    const QString path = toQt(files.path(need.file));
    const QString name = toQt(need.name) == path ? path : Words::tr("%1 at %2").arg(toQt(need.name), path);
    const QString line = u"    "_s + name + u", "_s + humanSize(sizeOf(files, need.file)) + by;
    return need.whereabouts == Whereabouts::Found
               ? line
               : line + Words::tr("; found there only if ld.so.conf or LD_LIBRARY_PATH says so");
}

/// The paragraphs of what it is started by and what it loads.
void addNeeds(QStringList& lines, const ImageFiles& files, ImageFiles::Id program, const ProgramNeeds& needs)
{
    qint64 bytes = files.newest(program)->size;
    const auto add = [&](const std::vector<ProgramNeed>& some) {
        for (const ProgramNeed& need : some) {
            lines << needLine(files, need, program);
            bytes += sizeOf(files, need.file);
        }
        lines << QString();
    };
    if (!needs.interpreters.empty()) {
        lines << Words::tr("It is started by");
        add(needs.interpreters);
    }
    if (!needs.libraries.empty()) {
        lines << (needs.libraries.size() == 1
                      ? Words::tr("It loads one library")
                      : Words::tr("It loads %1 libraries, in this order").arg(needs.libraries.size()));
        add(needs.libraries);
    }
    if (!needs.interpreters.empty() || !needs.libraries.empty())
        lines << Words::tr("With all of them it weighs %1.").arg(humanSize(bytes));
    if (!needs.isComplete)
        lines << Words::tr("One of these files could not be read to the end: there may be more.");
}

QString missingText(const CopyCandidate& candidate)
{
    QStringList names;
    for (const std::string& name : candidate.missing)
        names << toQt(name);
    return names.isEmpty() ? QString() : Words::tr("; this stage does not have %1").arg(names.join(u", "_s));
}

QString librariesText(qsizetype count)
{
    if (count == 0)
        return Words::tr("a program; loads no library");
    return count == 1 ? Words::tr("a program; loads one library")
                      : Words::tr("a program; loads %1 libraries").arg(count);
}

QString programText(const ImageFiles& files, const CopyCandidate& candidate)
{
    const ProgramFacts& facts = *files.program(candidate.node);
    QString text = facts.kind == ProgramKind::Static
                       ? Words::tr("a program that needs nothing else, not even a base image")
                       : librariesText(candidate.loads);
    if (facts.hasSymbols && facts.spare > 0)
        text += Words::tr("; not stripped: %1 are of use to debuggers only").arg(humanSize(facts.spare));
    return text + missingText(candidate);
}

QString nodePackagesText(const ImageFiles& files, const CopyCandidate& candidate)
{
    for (const char* tool : kBuildTools)
        if (childNamed(files, candidate.node, tool) != ImageFiles::kNone)
            return Words::tr("what Node loads, tools of the build among it (%1): npm ci --omit=dev leaves them out")
                .arg(QLatin1StringView(tool));
    return Words::tr("what Node loads");
}

QString usesText(const ImageFiles& files, const CopyCandidate& candidate)
{
    const QString first = toQt(files.path(candidate.usedBy));
    return candidate.uses == 1 ? first : Words::tr("%1 and %2 more").arg(first).arg(candidate.uses - 1);
}

} // namespace

QString programSummary(const ProgramFacts& facts)
{
    QStringList parts{kindText(facts.kind)};
    if (facts.kind == ProgramKind::Script)
        return Words::tr("script for %1")
            .arg(toQt(facts.interpreter + (facts.argument.empty() ? "" : " ") + facts.argument));
    if (const std::string_view machine = machineName(facts.machine); !machine.empty())
        parts << toQt(machine);
    if (facts.hasSymbols)
        parts << Words::tr("not stripped");
    return parts.join(u", "_s);
}

QString programReport(const ImageFiles& files, ImageFiles::Id program)
{
    program = follow(files, files.path(program));
    const ProgramFacts* facts = program == ImageFiles::kNone ? nullptr : files.program(program);
    if (!facts)
        return {};
    const ProgramNeeds needs = LibraryFinder(files).needsOf(program);
    QStringList lines;
    if (facts->kind == ProgramKind::Static)
        lines << Words::tr("It needs no other file to run: not even a base image.");
    else if (needs.interpreters.empty() && needs.libraries.empty() && needs.isComplete)
        lines << Words::tr("It needs no other file.");
    addNeeds(lines, files, program, needs);
    if (facts->hasSymbols && facts->spare > 0)
        lines << Words::tr("It was not stripped: %1 are symbols and notes for debuggers. strip takes them out, as does "
                           "go build -ldflags=\"-s -w\".")
                     .arg(humanSize(facts->spare));
    return lines.join(u'\n');
}

QString candidateText(const ImageFiles& files, const CopyCandidate& candidate)
{
    switch (candidate.kind) {
    case CandidateKind::Program:
        return programText(files, candidate);
    case CandidateKind::VirtualEnvironment:
        return Words::tr("a virtual environment of Python; needs the same Python at the same place");
    case CandidateKind::WebSite:
        return Words::tr("a web site, for any web server");
    case CandidateKind::Bundle:
        return Words::tr("what was built of the package.json beside it");
    case CandidateKind::Archive:
        return Words::tr("a Java archive; needs a Java runtime");
    case CandidateKind::DotNet:
        return Words::tr("a published .NET program");
    case CandidateKind::Release:
        return Words::tr("a release of Erlang or Elixir");
    case CandidateKind::NodePackages:
        return nodePackagesText(files, candidate);
    case CandidateKind::PythonPackages:
        return Words::tr("packages of Python; need the same version of it");
    case CandidateKind::PhpPackages:
        return Words::tr("packages of PHP");
    case CandidateKind::Script:
        return programSummary(*files.program(candidate.node)) + missingText(candidate);
    case CandidateKind::Library:
        return Words::tr("loaded by %1").arg(usesText(files, candidate));
    case CandidateKind::BaseLibrary:
        return Words::tr("loaded by %1; of the base image").arg(usesText(files, candidate));
    case CandidateKind::Interpreter:
        break;
    }
    return Words::tr("starts %1; has to be at %2").arg(usesText(files, candidate), toQt(candidate.destination));
}

} // namespace stagelift::ui
