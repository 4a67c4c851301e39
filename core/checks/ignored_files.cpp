// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file that is copied from the build context must not be kept out of it.

#include "core/checks/ignore_patterns.h"
#include "core/checks/rules.h"
#include "core/checks/stage_walk.h"
#include "core/dockerfile/paths.h"
#include "core/text/characters.h"

#include <format>

namespace stagelift {

namespace {

bool isFromContext(const Instruction& instruction)
{
    if (instruction.keyword == Keyword::Add)
        return true;
    const Flag* from = instruction.flag("from");
    return instruction.keyword == Keyword::Copy && (from == nullptr || from->value.text.empty());
}

} // namespace

void copyIgnoredFile(const Subject& subject, Report& report)
{
    if (!subject.options.ignoreFile)
        return;
    const IgnorePatterns patterns(*subject.options.ignoreFile);
    // With exceptions it can't be told of a folder whether all of it is ignored.
    if (patterns.empty() || patterns.hasExceptions())
        return;
    walkStages(subject, [&](const Visit& visit) {
        if (!isFromContext(visit.instruction))
            return;
        for (std::size_t i = 0; i + 1 < visit.instruction.args.size(); ++i) {
            const Word& word = visit.instruction.args[i];
            if (word.text.contains("<<") || word.text.contains("://"))
                continue;
            const std::string path =
                cleanedPath(expand(word.text, visit.state.environment, subject.dockerfile.escape).text);
            const bool isRoot = path == "." || path == "/";
            if (isRoot ? !patterns.ignoresAll() || !patterns.matches(path) : !patterns.matches(path))
                continue;
            report.add(visit.from, word.span,
                       std::format("Attempting to {} file {} that is excluded by .dockerignore",
                                   visit.instruction.keyword == Keyword::Add ? "Add" : "Copy", quoted(path)));
        }
    });
}

} // namespace stagelift
