// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is said of any bytes, with any ignore file behind a line of dashes and any base images: it stands in the text
// and in order, and each fix can be undone, brings no error in and leaves less to say of its rule.

#include "core/checks/rules.h"
#include "core/edits/analysis.h"
#include "core/report/json.h"
#include "core/report/text.h"
#include "tests/core/span_properties.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

#include <format>
using namespace stagelift;
using namespace stagelift::fuzz;
using namespace stagelift::test;

namespace {

/// Images that are known or not, by their names, with an environment and a SHELL or none.
std::optional<ImageConfig> configOf(std::string_view image, std::size_t salt)
{
    const std::size_t kind = (std::hash<std::string_view>()(image) + salt) % 4;
    if (kind == 0)
        return std::nullopt;
    ImageConfig config;
    config.platform = kind == 1 ? "linux/arm64" : "linux/amd64";
    config.hasShell = kind == 2;
    config.environment = {{"PATH", "/bin"}, {"HOME", ""}};
    if (kind == 3)
        config.environment.clear();
    return config;
}

CheckOptions optionsFrom(FuzzedDataProvider& choices, std::string_view ignoreFile)
{
    CheckOptions options;
    options.own = choices.ConsumeBool();
    if (choices.ConsumeBool())
        options.ignoreFile = std::string(ignoreFile);
    if (choices.ConsumeBool())
        options.build.buildArgs = {{"VERSION", "1"}, {"A", ""}, {"B", "b c"}};
    if (choices.ConsumeBool())
        options.build.platform = "linux/arm64";
    if (choices.ConsumeBool()) {
        const auto salt = choices.ConsumeIntegral<std::uint8_t>();
        options.imageConfig = [salt](std::string_view image) { return configOf(image, salt); };
    }
    return options;
}

void requireInText(const Diagnostic& diagnostic, const SourceText& source)
{
    require(!diagnostic.message.empty(), "a finding says what it is");
    require(isWithin(diagnostic.span, wholeOf(source)), "a finding stands in the text");
    require(areLinesOf(diagnostic.lines, source), "a finding has lines of the text");
    require(diagnostic.rule.empty() || std::ranges::contains(rules(), diagnostic.rule, &Rule::name),
            "a finding is of a rule");
}

std::size_t countOf(const Analysis& analysis, std::string_view rule)
{
    return static_cast<std::size_t>(std::ranges::count(analysis.diagnostics, rule, &Diagnostic::rule));
}

void requireMended(const Analysis& before, const Diagnostic& finding, const Fix& fix, const CheckOptions& options)
{
    require(!fix.title.empty() && !fix.edits.empty(), "a fix does something, and says what");
    const AnalysisPtr after = analyse(appliedUndoably(before.source.bytes(), fix.edits), options);
    const auto saying = [&](std::string_view what) {
        return std::format("{}: '{}' {}:\n{}", finding.rule, fix.title, what, after->source.bytes());
    };
    require(after->source.bytes() != before.source.bytes(), saying("changes nothing"));
    require(after->dockerfile.errors.size() <= before.dockerfile.errors.size(), saying("brings an error in"));
    // Behind a heredoc that is open, what is an instruction is told by its letters.
    const bool takesOut = fix.title == "Take the stage out";
    require(!before.dockerfile.resumed.empty() ||
                after->graph.stages.size() + (takesOut ? 1 : 0) == before.graph.stages.size(),
            saying("changes the stages"));
    // A file with errors is read as well as it goes: a heredoc that is never closed takes in what is put behind it.
    require(!before.dockerfile.errors.empty() || countOf(*after, finding.rule) < countOf(before, finding.rule),
            saying("mends nothing"));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    constexpr std::size_t kMostFixes = 8; // that are tried: many findings are of one kind
    Input input(bytes, size);
    const auto [text, ignoreFile] = halves(input.text);
    const CheckOptions options = optionsFrom(input.choices, ignoreFile);
    const AnalysisPtr analysis = analyse(std::string(text), options);
    const auto order = [](const Diagnostic& each) { return std::pair(each.lines.first, each.severity); };
    require(std::ranges::is_sorted(analysis->diagnostics, {}, order), "findings stand in order");
    std::size_t tried = 0;
    for (const Diagnostic& diagnostic : analysis->diagnostics) {
        requireInText(diagnostic, analysis->source);
        for (const Fix& fix : diagnostic.fixes) {
            if (tried++ < kMostFixes)
                requireMended(*analysis, diagnostic, fix, options);
        }
    }
    requireForTerminal(checkAsText("f", analysis->diagnostics));
    (void)checkAsJson("f", analysis->diagnostics);
    return 0;
}
