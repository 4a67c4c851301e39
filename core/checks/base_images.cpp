// SPDX-License-Identifier: GPL-3.0-or-later
//
// Checks on what stages are built FROM.

#include "core/checks/mends.h"
#include "core/checks/rules.h"
#include "core/stages/image_name.h"
#include "core/stages/platform.h"
#include "core/text/characters.h"
#include "core/text/nearest.h"

#include <algorithm>
#include <format>

namespace stagelift {

namespace {

constexpr std::string_view kTargetPlatform = "TARGETPLATFORM";

/// `name:$VERSION` with a version where the argument gives none; "" of what is written otherwise.
std::string withDefaultTag(std::string_view base)
{
    const std::size_t colon = base.rfind(":$");
    if (colon == std::string_view::npos || colon == 0)
        return {};
    std::string_view name = base.substr(colon + 2);
    if (name.starts_with('{') && name.ends_with('}'))
        name = name.substr(1, name.size() - 2);
    if (!isVariableName(name))
        return {};
    return std::format("{}:${{{}:-latest}}", base.substr(0, colon), name);
}

void reportUndefined(const Subject& subject, const Instruction& from, const Word& word, std::string& keyword,
                     Report& report)
{
    if (!word.text.contains('$'))
        return;
    const ShellText text = expand(word.text, subject.arguments.values, subject.dockerfile.escape);
    if (text.unmatched.empty())
        return;
    std::vector<std::string_view> known = subject.arguments.declared;
    std::ranges::copy(subject.arguments.values.names(), std::back_inserter(known));
    for (const std::string& name : text.unmatched) {
        if (std::ranges::find(known, name) != known.end())
            continue;
        const std::string meant = likeliest(name, known);
        auto finding =
            report.add(from, word.span, std::format("FROM argument '{}' is not declared{}", name, didYouMean(meant)));
        if (!meant.empty())
            finding.fix(std::format("Change it to {}", meant), renamedVariable(subject, word.span, name, meant));
        finding.fix(std::format("Declare {} above the first FROM", name),
                    declaredAbove(subject, subject.from(subject.graph.stages.front()), name, keyword));
    }
}

/// The flag with the blank behind it.
TextEdits withoutFlag(const Subject& subject, const Instruction& from, const Flag& flag)
{
    Span span = flag.whole.span;
    const std::uint32_t end = from.args.empty() ? span.end : from.args.front().span.begin;
    const std::string_view between = subject.dockerfile.source->at({span.end, end});
    const auto word = std::ranges::find_if_not(between, [](char c) { return c == ' ' || c == '\t'; });
    span.end += static_cast<std::uint32_t>(word - between.begin());
    return {{span, ""}};
}

} // namespace

void undefinedArgInFrom(const Subject& subject, Report& report)
{
    std::string keyword;
    for (const Stage& stage : subject.graph.stages) {
        const Instruction& from = subject.from(stage);
        if (!from.args.empty())
            reportUndefined(subject, from, from.args.front(), keyword, report);
        if (const Flag* platform = from.flag("platform"))
            reportUndefined(subject, from, platform->value, keyword, report);
    }
}

void invalidDefaultArgInFrom(const Subject& subject, Report& report)
{
    // Without build arguments the defaults are what holds.
    std::optional<GlobalArguments> others;
    if (!subject.options.build.buildArgs.empty())
        others = globalDefaults(subject.dockerfile, subject.options.build);
    const GlobalArguments& defaults = others ? *others : subject.arguments;
    if (defaults.problem)
        return;
    for (const Stage& stage : subject.graph.stages) {
        const Instruction& from = subject.from(stage);
        if (from.args.empty())
            continue;
        const Word& base = from.args.front();
        const ShellText name = expand(base.text, defaults.values, subject.dockerfile.escape);
        if (name.failed())
            return; // as BuildKit, which fails for it anyway
        if (!imageNameProblem(name.text))
            continue;
        auto finding =
            report.add(from, base.span,
                       std::format("Default value for ARG {} results in empty or invalid base image name", base.text));
        std::string mended = withDefaultTag(base.text);
        const ShellText after = expand(mended, defaults.values, subject.dockerfile.escape);
        if (!after.failed() && !imageNameProblem(after.text))
            finding.fix("Take the latest where none is given", {{base.span, std::move(mended)}});
    }
}

void invalidBaseImagePlatform(const Subject& subject, Report& report)
{
    if (!subject.options.imageConfig)
        return;
    for (const Stage& stage : subject.graph.stages) {
        if (stage.base.kind != NodeKind::Image)
            continue;
        const auto image = subject.image(stage);
        const std::string_view wanted = stage.platform.empty() ? subject.options.build.platform : stage.platform;
        const auto expected = parsePlatform(wanted);
        const auto actual = parsePlatform(image ? image->platform : "");
        if (!expected || !actual || (expected->os == actual->os && expected->architecture == actual->architecture))
            continue;
        report.add(subject.from(stage), stage.baseWord.span,
                   std::format("Base image {} was pulled with platform {}, expected {} for current build",
                               stage.baseName, quoted(actual->text()), quoted(expected->text())));
    }
}

void redundantTargetPlatform(const Subject& subject, Report& report)
{
    for (const Stage& stage : subject.graph.stages) {
        const Instruction& from = subject.from(stage);
        const Flag* flag = from.flag("platform");
        if (flag == nullptr)
            continue;
        const ShellText platform = expand(flag->value.text, subject.arguments.values, subject.dockerfile.escape);
        const bool isOnlyTarget = platform.matched.size() == 1 && platform.unmatched.empty() &&
                                  platform.matched.front() == kTargetPlatform &&
                                  platform.text == subject.arguments.values.find(kTargetPlatform);
        if (!isOnlyTarget)
            continue;
        report
            .add(from, flag->whole.span,
                 std::format("Setting platform to predefined {} in FROM is redundant as this is the default behavior",
                             flag->value.text))
            .fix("Take it out", withoutFlag(subject, from, *flag));
    }
}

void fromPlatformFlagConstDisallowed(const Subject& subject, Report& report)
{
    for (const Stage& stage : subject.graph.stages) {
        const Instruction& from = subject.from(stage);
        const Flag* flag = from.flag("platform");
        if (flag == nullptr || flag->value.text.empty())
            continue;
        const ShellText platform = expand(flag->value.text, subject.arguments.values, subject.dockerfile.escape);
        const auto parsed = parsePlatform(platform.text);
        if (!platform.matched.empty() || !platform.unmatched.empty() || !parsed)
            continue;
        // A name that tells the platform says that it is meant.
        if (stage.name.contains(parsed->os) || stage.name.contains(parsed->architecture))
            continue;
        report
            .add(from, flag->whole.span,
                 std::format("FROM --platform flag should not use constant value {}", quoted(platform.text)))
            .fix("Take it out", withoutFlag(subject, from, *flag));
    }
}

} // namespace stagelift
