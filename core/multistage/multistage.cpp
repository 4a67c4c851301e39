// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/multistage.h"

#include "core/edits/names.h"
#include "core/multistage/draft_split.h"
#include "core/multistage/fates.h"
#include "core/stages/stage_names.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>
#include <map>

namespace stagelift {

namespace {

using namespace multistage;

std::optional<Refusal> refusalOfFile(const Analysis& before)
{
    const StageGraph& graph = before.graph;
    if (graph.stages.empty())
        return Refusal{"dockerfile contains no stages to build", "Begin with a FROM."};
    if (!graph.problems.empty()) {
        const bool isOpen = graph.stages.front().baseWord.text.contains('$');
        return Refusal{graph.problems.front().message,
                       isOpen ? "Give the ARG that names the image a value first." : "Mend the Dockerfile first."};
    }
    if (graph.stages.size() > 1)
        return Refusal{std::format("This Dockerfile has {} stages already", graph.stages.size()),
                       "Drag an artifact from one stage onto another, or split a stage on the diagram."};
    const Stage& stage = graph.stages.front();
    if (stage.base.kind == NodeKind::Scratch)
        return Refusal{"Nothing would be left behind: scratch is empty, and holds no tools", {}};
    const bool hasTriggers =
        std::ranges::contains(before.dockerfile.instructions, Keyword::Onbuild, &Instruction::keyword);
    if (hasTriggers || stage.baseName.contains("onbuild"))
        return Refusal{"ONBUILD instructions run in other builds: they can't be divided between two stages",
                       "Take the ONBUILD out first."};
    if (stage.baseName.contains("windows/") || stage.baseName.contains("nanoserver"))
        return Refusal{"Only images for Linux are known", {}};
    return std::nullopt;
}

Refusal unknownToolchain(const Reading& reading)
{
    if (std::ranges::none_of(reading.steps, [](const Step& step) { return step.keyword() == Keyword::Run; }))
        return {"Nothing would be left behind: the file runs nothing that builds", {}};
    return {"No RUN builds with a toolchain that is known here",
            "Known are Go, Rust, Java, .NET, Node, Python, PHP, Ruby, and C and C++ with make, CMake or a compiler."};
}

/// The name of the builder: the stage's own, the one asked for, else a free one.
std::expected<std::string, Refusal> builderName(const Analysis& before, const MultiStageOptions& options)
{
    const Stage& stage = before.graph.stages.front();
    if (stage.isNamed())
        return std::string(stage.writtenName);
    std::string wanted = lowered(options.builderName);
    if (wanted.empty())
        return freeStageName(before.graph, 0, "build");
    if (auto refusal = edits::refusalToName(before.graph, 0, wanted))
        return std::unexpected(std::move(*refusal));
    return wanted;
}

/// The first finding that the split would bring in: a rule that complains more often than before. What the file has
/// already, and both stages need, is found in both; and what is done on purpose is none.
std::optional<std::string> newFinding(const Analysis& before, const Analysis& after, bool shipsDevelopment)
{
    std::map<std::string_view, int> known;
    for (const Diagnostic& diagnostic : before.diagnostics)
        ++known[diagnostic.rule];
    std::map<std::string_view, int> found;
    for (const Diagnostic& diagnostic : after.diagnostics) {
        const std::string_view rule = diagnostic.rule;
        const bool isOfBoth = rule == "SecretsUsedInArgOrEnv" || rule == "FromPlatformFlagConstDisallowed";
        const bool isMeant = shipsDevelopment && rule == "DevDependenciesInFinalStage";
        if (++found[rule] > known[rule] && !(isOfBoth && known[rule] > 0) && !isMeant)
            return diagnostic.message;
    }
    return std::nullopt;
}

/// The text after is read as any other: it has to hold what it says. Both are read without the options of the day,
/// so that they are read alike.
std::optional<Refusal> objection(const Analysis& before, const Proposal& proposal, bool shipsDevelopment)
{
    TextEdits edits = proposal.edits;
    if (!normalise(edits))
        return Refusal{"The edits run into each other", "Please report this Dockerfile."};
    const AnalysisPtr plain = analyse(std::string(before.source.bytes()));
    const AnalysisPtr after = analyse(applied(before.source.bytes(), edits));
    for (const GraphProblem& problem : after->graph.problems) {
        if (!std::ranges::contains(plain->graph.problems, problem.message, &GraphProblem::message))
            return Refusal{problem.message, "Please report this Dockerfile."};
    }
    if (after->graph.stages.size() != 2)
        return Refusal{"The lines would be read as part of each other", "Please report this Dockerfile."};
    if (const auto finding = newFinding(*plain, *after, shipsDevelopment))
        return Refusal{std::format("The split would bring a problem in: {}", *finding), {}};
    return std::nullopt;
}

/// The lines below the new stage that were not touched are explained too.
void explainRest(const Reading& reading, const Plan& plan, Proposal& proposal)
{
    const SourceText after(applied(reading.analysis.source.bytes(), proposal.edits));
    std::uint32_t shift = 0;
    std::size_t next = 0;
    for (std::size_t at = 0; at < reading.steps.size(); ++at) {
        const Span span = reading.steps[at].instruction->span;
        while (next < proposal.edits.size() && proposal.edits[next].span.begin <= span.begin) {
            shift += static_cast<std::uint32_t>(proposal.edits[next].text.size()) - proposal.edits[next].span.size();
            ++next;
        }
        if (plan.fates[at] == Fate::Untouched)
            proposal.explanations.push_back({{after.lineAt(span.begin + shift), after.lineAt(span.end + shift)},
                                             "As it was: from here on the lines belong to the final stage"});
    }
    std::ranges::stable_sort(proposal.explanations, {}, [](const Explanation& each) { return each.lines.first; });
}

struct Ready {
    Reading reading;
    const Toolchain& toolchain;
    std::string builder;
    Plan plan;
};

std::expected<Ready, Refusal> ready(const Analysis& before, const MultiStageOptions& options)
{
    if (auto refusal = refusalOfFile(before))
        return std::unexpected(std::move(*refusal));
    if (auto refusal = options.runtimeBase.empty() ? std::nullopt : edits::refusalOfImage(options.runtimeBase))
        return std::unexpected(std::move(*refusal));
    auto builder = builderName(before, options);
    if (!builder)
        return std::unexpected(builder.error());
    Reading reading = readStage(before);
    const Toolchain* toolchain = toolchainOf(reading);
    if (toolchain == nullptr)
        return std::unexpected(unknownToolchain(reading));
    auto plan = planSplit(reading, *toolchain, options, *builder);
    if (!plan)
        return std::unexpected(plan.error());
    return Ready{std::move(reading), *toolchain, std::move(*builder), std::move(*plan)};
}

} // namespace

std::expected<Proposal, Refusal> makeMultiStage(const Analysis& before, const MultiStageOptions& options)
{
    auto split = ready(before, options);
    if (!split)
        return std::unexpected(split.error());
    Proposal proposal = draftOf(split->reading, split->plan, split->builder);
    if (auto refusal = objection(before, proposal, split->plan.shipsDevelopment))
        return std::unexpected(std::move(*refusal));
    proposal.title = std::format("{}, built in {} and shipped in {}", split->toolchain.title,
                                 before.graph.stages.front().baseName, split->plan.base);
    proposal.cautions = std::move(split->plan.cautions);
    explainRest(split->reading, split->plan, proposal);
    return proposal;
}

MultiStageChoices multiStageChoices(const Analysis& before)
{
    MultiStageChoices choices;
    auto split = ready(before, {});
    if (!split) {
        choices.refusal = split.error();
        return choices;
    }
    choices.toolchain = split->toolchain.title;
    choices.builderName = split->builder;
    choices.bases = split->plan.bases;
    const Step* user = split->reading.last(Keyword::User);
    choices.user = user != nullptr && !user->instruction->args.empty()
                       ? std::string(user->instruction->args.front().text)
                       : split->plan.user;
    for (const Product& product : split->plan.products)
        choices.artifacts.push_back({product.path, product.how, true});
    for (Product& product : everythingMade(split->reading)) {
        if (!std::ranges::contains(choices.artifacts, product.path, &ArtifactChoice::path))
            choices.artifacts.push_back({std::move(product.path), std::move(product.how), false});
    }
    return choices;
}

} // namespace stagelift
