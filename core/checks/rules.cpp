// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/checks/rules.h"

#include <algorithm>
#include <array>

namespace stagelift {

namespace {

using enum DiagnosticSource;
using enum Severity;

constexpr std::array kRules{
    Rule{"StageNameCasing", BuildKit, Warning, "Stage names should be lowercase",
         "https://docs.docker.com/go/dockerfile/rule/stage-name-casing/", stageNameCasing},
    Rule{"FromAsCasing", BuildKit, Warning, "The 'as' keyword should match the case of the 'from' keyword",
         "https://docs.docker.com/go/dockerfile/rule/from-as-casing/", fromAsCasing},
    Rule{"NoEmptyContinuation", BuildKit, Warning, "Empty continuation lines will become errors in a future release",
         "https://docs.docker.com/go/dockerfile/rule/no-empty-continuation/", noEmptyContinuation},
    Rule{"ConsistentInstructionCasing", BuildKit, Warning,
         "All commands within the Dockerfile should use the same casing (either upper or lower)",
         "https://docs.docker.com/go/dockerfile/rule/consistent-instruction-casing/", consistentInstructionCasing},
    Rule{"DuplicateStageName", BuildKit, Warning, "Stage names should be unique",
         "https://docs.docker.com/go/dockerfile/rule/duplicate-stage-name/", duplicateStageName},
    Rule{"ReservedStageName", BuildKit, Warning, "Reserved words should not be used as stage names",
         "https://docs.docker.com/go/dockerfile/rule/reserved-stage-name/", reservedStageName},
    Rule{"JSONArgsRecommended", BuildKit, Warning,
         "JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior related to OS signals",
         "https://docs.docker.com/go/dockerfile/rule/json-args-recommended/", jsonArgsRecommended},
    Rule{"MaintainerDeprecated", BuildKit, Warning,
         "The MAINTAINER instruction is deprecated, use a label instead to define an image author",
         "https://docs.docker.com/go/dockerfile/rule/maintainer-deprecated/", maintainerDeprecated},
    Rule{"UndefinedArgInFrom", BuildKit, Warning, "FROM command must use declared ARGs",
         "https://docs.docker.com/go/dockerfile/rule/undefined-arg-in-from/", undefinedArgInFrom},
    Rule{"WorkdirRelativePath", BuildKit, Warning,
         "Relative workdir without an absolute workdir declared within the build can have unexpected results if the "
         "base image changes",
         "https://docs.docker.com/go/dockerfile/rule/workdir-relative-path/", workdirRelativePath},
    Rule{"UndefinedVar", BuildKit, Warning, "Variables should be defined before their use",
         "https://docs.docker.com/go/dockerfile/rule/undefined-var/", undefinedVar},
    Rule{"MultipleInstructionsDisallowed", BuildKit, Warning,
         "Multiple instructions of the same type should not be used in the same stage",
         "https://docs.docker.com/go/dockerfile/rule/multiple-instructions-disallowed/",
         multipleInstructionsDisallowed},
    Rule{"LegacyKeyValueFormat", BuildKit, Warning,
         "Legacy key/value format with whitespace separator should not be used",
         "https://docs.docker.com/go/dockerfile/rule/legacy-key-value-format/", legacyKeyValueFormat},
    Rule{"InvalidBaseImagePlatform", BuildKit, Warning, "Base image platform does not match expected target platform",
         "https://docs.docker.com/go/dockerfile/rule/invalid-base-image-platform/", invalidBaseImagePlatform},
    Rule{"RedundantTargetPlatform", BuildKit, Warning,
         "Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior",
         "https://docs.docker.com/go/dockerfile/rule/redundant-target-platform/", redundantTargetPlatform},
    Rule{"SecretsUsedInArgOrEnv", BuildKit, Warning, "Sensitive data should not be used in the ARG or ENV commands",
         "https://docs.docker.com/go/dockerfile/rule/secrets-used-in-arg-or-env/", secretsUsedInArgOrEnv},
    Rule{"InvalidDefaultArgInFrom", BuildKit, Warning,
         "Default value for global ARG results in an empty or invalid base image name",
         "https://docs.docker.com/go/dockerfile/rule/invalid-default-arg-in-from/", invalidDefaultArgInFrom},
    Rule{"FromPlatformFlagConstDisallowed", BuildKit, Warning, "FROM --platform flag should not use a constant value",
         "https://docs.docker.com/go/dockerfile/rule/from-platform-flag-const-disallowed/",
         fromPlatformFlagConstDisallowed},
    Rule{"CopyIgnoredFile", BuildKit, Warning, "Attempting to Copy file that is excluded by .dockerignore",
         "https://docs.docker.com/go/dockerfile/rule/copy-ignored-file/", copyIgnoredFile},
    Rule{"InvalidDefinitionDescription", BuildKit, Warning,
         "Comment for build stage or argument should follow the format: `# <arg/stage name> <description>`. If this is "
         "not intended to be a description comment, add an empty line or comment between the instruction and the "
         "comment.",
         "https://docs.docker.com/go/dockerfile/rule/invalid-definition-description/", invalidDefinitionDescription,
         true},
    Rule{"ExposeProtoCasing", BuildKit, Warning, "Protocol in EXPOSE instruction should be lowercase",
         "https://docs.docker.com/go/dockerfile/rule/expose-proto-casing/", exposeProtoCasing},
    Rule{"ExposeInvalidFormat", BuildKit, Warning,
         "IP address and host-port mapping should not be used in EXPOSE instruction. This will become an error in a "
         "future release",
         "https://docs.docker.com/go/dockerfile/rule/expose-invalid-format/", exposeInvalidFormat},
    Rule{"MistypedStageName", Stagelift, Warning, "A name that is nearly a stage's is pulled as an image", "",
         mistypedStageName},
    Rule{"ProgramCannotStart", Stagelift, Warning,
         "A program needs its interpreter and its libraries where it runs: seen in the files of the last build", "",
         programCannotStart},
    Rule{"LibcMismatch", Stagelift, Warning, "What was built for one C library can't run with another", "",
         libcMismatch},
    Rule{"DynamicBinaryInScratch", Stagelift, Warning,
         "A program that loads the C library can't run where there is none", "", dynamicBinaryInScratch},
    Rule{"PythonVersionMismatch", Stagelift, Warning,
         "Packages installed for one version of Python are not found by another", "", pythonVersionMismatch},
    Rule{"SecretCopiedBetweenStages", Stagelift, Warning, "A secret in a layer can be read by all who have the image",
         "", secretCopiedBetweenStages},
    Rule{"CopyOfWholeRoot", Stagelift, Warning, "Copying a whole root brings all that a stage should leave behind", "",
         copyOfWholeRoot},
    Rule{"SizeBudget", Stagelift, Warning, "A budget names a stage of the file and a size", "", sizeBudget},
    Rule{"UnneededStage", Stagelift, Hint, "A stage that no target needs is never built", "", unneededStage},
    Rule{"StageByIndex", Stagelift, Hint, "An index means another stage as soon as one is put in above it", "",
         stageByIndex},
    Rule{"CompilerInFinalStage", Stagelift, Hint, "A compiler is needed while building only", "", compilerInFinalStage},
    Rule{"PackageCacheInFinalStage", Stagelift, Hint, "What a package manager has fetched is not needed afterwards", "",
         packageCacheInFinalStage},
    Rule{"DevDependenciesInFinalStage", Stagelift, Hint, "Development dependencies are not needed at run time", "",
         devDependenciesInFinalStage},
};

} // namespace

std::span<const Rule> rules()
{
    return kRules;
}

const Rule* ruleNamed(std::string_view name)
{
    const auto* found = std::ranges::find(kRules, name, &Rule::name);
    return found == kRules.end() ? nullptr : found;
}

} // namespace stagelift
