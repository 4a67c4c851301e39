// SPDX-License-Identifier: GPL-3.0-or-later
//
// The checks. Names, sentences and meanings of BuildKit's: linter/ruleset.go, dockerfile2llb/validations.go.

#pragma once

#include "core/checks/subject.h"

#include <span>
#include <string_view>

namespace stagelift {

struct Rule {
    std::string_view name;
    DiagnosticSource source = DiagnosticSource::BuildKit;
    Severity severity = Severity::Warning;
    std::string_view summary; // why, in one line
    std::string_view url;     // where BuildKit's documentation explains it; "" for our own
    void (*run)(const Subject&, Report&) = nullptr;
    bool isExperimental = false; // only where `# check=experimental=…` asks for it
};

[[nodiscard]] std::span<const Rule> rules();
/// nullptr where no check has that name, as for an error of the parser.
[[nodiscard]] const Rule* ruleNamed(std::string_view name);

// stage_names.cpp
void stageNameCasing(const Subject& subject, Report& report);
void fromAsCasing(const Subject& subject, Report& report);
void duplicateStageName(const Subject& subject, Report& report);
void reservedStageName(const Subject& subject, Report& report);

// base_images.cpp
void undefinedArgInFrom(const Subject& subject, Report& report);
void invalidDefaultArgInFrom(const Subject& subject, Report& report);
void invalidBaseImagePlatform(const Subject& subject, Report& report);
void redundantTargetPlatform(const Subject& subject, Report& report);
void fromPlatformFlagConstDisallowed(const Subject& subject, Report& report);

// writing.cpp
void noEmptyContinuation(const Subject& subject, Report& report);
void consistentInstructionCasing(const Subject& subject, Report& report);
void maintainerDeprecated(const Subject& subject, Report& report);
void legacyKeyValueFormat(const Subject& subject, Report& report);
void invalidDefinitionDescription(const Subject& subject, Report& report);

// commands.cpp
void jsonArgsRecommended(const Subject& subject, Report& report);
void multipleInstructionsDisallowed(const Subject& subject, Report& report);
void secretsUsedInArgOrEnv(const Subject& subject, Report& report);
void exposeProtoCasing(const Subject& subject, Report& report);
void exposeInvalidFormat(const Subject& subject, Report& report);

// variables.cpp
void undefinedVar(const Subject& subject, Report& report);
void workdirRelativePath(const Subject& subject, Report& report);

// ignored_files.cpp
void copyIgnoredFile(const Subject& subject, Report& report);

// stage_links.cpp
void mistypedStageName(const Subject& subject, Report& report);
void unneededStage(const Subject& subject, Report& report);
void stageByIndex(const Subject& subject, Report& report);
void copyOfWholeRoot(const Subject& subject, Report& report);
void secretCopiedBetweenStages(const Subject& subject, Report& report);

// size_budgets.cpp
void sizeBudget(const Subject& subject, Report& report);

// final_stage.cpp
void compilerInFinalStage(const Subject& subject, Report& report);
void devDependenciesInFinalStage(const Subject& subject, Report& report);

// package_caches.cpp
void packageCacheInFinalStage(const Subject& subject, Report& report);

// copied_binaries.cpp
void libcMismatch(const Subject& subject, Report& report);
void dynamicBinaryInScratch(const Subject& subject, Report& report);
void pythonVersionMismatch(const Subject& subject, Report& report);

// built_findings.cpp
void programCannotStart(const Subject& subject, Report& report);

} // namespace stagelift
