// SPDX-License-Identifier: GPL-3.0-or-later
//
// Checks on what stages take from each other, and on stages that nothing takes anything from.

#include "core/checks/image_traits.h"
#include "core/checks/mends.h"
#include "core/checks/rules.h"
#include "core/dockerfile/grammar.h"
#include "core/dockerfile/lines.h"
#include "core/dockerfile/paths.h"
#include "core/stages/stage_names.h"
#include "core/text/characters.h"
#include "core/text/nearest.h"

#include <algorithm>
#include <array>
#include <format>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace stagelift {

namespace {

/// A name is looked for in all of the file. Beyond so many, nobody mends one by one.
constexpr std::size_t kMostMended = 50;

/// Stages that some build can ask for, and all that these take from. An edge that leads to a later stage is broken, so
/// that one way up the file meets all of them.
std::vector<bool> neededStages(const StageGraph& graph)
{
    std::vector<bool> needed(graph.stages.size());
    std::unordered_set<std::string_view> names; // of those below: --target means the last
    for (std::size_t i = graph.stages.size(); i-- > 0;) {
        const Stage& stage = graph.stages[i];
        const bool isNamed = stage.isNamed() && names.insert(stage.name).second;
        needed[i] = isNamed || i + 1 == graph.stages.size();
    }
    for (const Edge& edge : graph.edges) {
        if (edge.from.kind == NodeKind::Stage && edge.broken)
            needed[static_cast<std::size_t>(edge.from.index)] = true;
    }
    for (auto edge = graph.edges.rbegin(); edge != graph.edges.rend(); ++edge) {
        if (edge->from.kind == NodeKind::Stage && needed[static_cast<std::size_t>(edge->to)])
            needed[static_cast<std::size_t>(edge->from.index)] = true;
    }
    return needed;
}

bool isWholeRoot(const Edge& edge)
{
    return std::ranges::any_of(edge.paths, [](const std::string& path) {
        return path.find_first_not_of("./") == std::string::npos && pathFrom("/", path) == "/";
    });
}

/// What a path says of a secret in it; "" where it says none.
std::string_view secretIn(std::string_view path)
{
    struct Secret {
        std::string_view ending;
        std::string_view what;
    };
    constexpr std::array kSecrets{
        Secret{"id_rsa", "an SSH key"},
        Secret{"id_ed25519", "an SSH key"},
        Secret{"id_ecdsa", "an SSH key"},
        Secret{".ssh", "SSH keys"},
        Secret{".netrc", "passwords"},
        Secret{".npmrc", "a registry's token"},
        Secret{".yarnrc.yml", "a registry's token"},
        Secret{".pypirc", "a registry's password"},
        Secret{".git-credentials", "passwords"},
        Secret{".aws", "credentials of AWS"},
        Secret{".aws/credentials", "credentials of AWS"},
        Secret{".azure", "credentials of Azure"},
        Secret{".config/gcloud", "credentials of Google Cloud"},
        Secret{".docker", "credentials of registries"},
        Secret{".docker/config.json", "credentials of registries"},
        Secret{".kube", "credentials of clusters"},
        Secret{".kube/config", "credentials of clusters"},
        Secret{".env", "settings"},
    };
    while (path.ends_with('/'))
        path.remove_suffix(1);
    const auto* found = std::ranges::find_if(kSecrets, [&](const Secret& secret) {
        const bool isEnd = path.ends_with(secret.ending);
        const std::string_view ahead = path.substr(0, path.size() - (isEnd ? secret.ending.size() : 0));
        return isEnd && (ahead.empty() || ahead.ends_with('/'));
    });
    return found == kSecrets.end() ? std::string_view() : found->what;
}

/// One letter more, less or other, or two that have changed places.
bool isOneSlipFrom(std::string_view name, std::string_view typed)
{
    const auto [left, right] = std::ranges::mismatch(name, typed);
    const std::string_view rest = name.substr(static_cast<std::size_t>(left - name.begin()));
    const std::string_view other = typed.substr(static_cast<std::size_t>(right - typed.begin()));
    if (rest.empty() || other.empty())
        return rest.size() + other.size() == 1;
    const bool isSwap = rest.size() > 1 && other.size() > 1 && rest[0] == other[1] && rest[1] == other[0] &&
                        rest.substr(2) == other.substr(2);
    return isSwap || rest.substr(1) == other || rest == other.substr(1) || rest.substr(1) == other.substr(1);
}

bool isKnownImage(std::string_view name)
{
    constexpr std::array<std::string_view, 12> kOthers{"busybox", "caddy",   "composer", "docker", "httpd",  "mysql",
                                                       "mariadb", "openjdk", "registry", "swift",  "tomcat", "traefik"};
    return traitsOf(name).libc != Libc::Unknown || std::ranges::contains(kOthers, name);
}

bool isIndex(std::string_view spec)
{
    return !spec.empty() && std::ranges::all_of(spec, isDigit);
}

/// A COPY counts stages, or would: taking one out changes what it means.
bool usesIndexes(const Subject& subject)
{
    const auto isByIndex = [](const Instruction& each) {
        const Instruction& acting = each.child ? *each.child : each;
        const Flag* from = acting.keyword == Keyword::Copy ? acting.flag("from") : nullptr;
        return from != nullptr && integerFrom(from->value.text).has_value();
    };
    return std::ranges::any_of(subject.dockerfile.instructions, isByIndex);
}

} // namespace

void unneededStage(const Subject& subject, Report& report)
{
    const std::vector<bool> needed = neededStages(subject.graph);
    std::vector<bool> gives(subject.graph.stages.size()); // something to a stage, be that needed or not
    for (const Edge& edge : subject.graph.edges) {
        if (edge.from.kind == NodeKind::Stage)
            gives[static_cast<std::size_t>(edge.from.index)] = true;
    }
    const bool hasIndexes = usesIndexes(subject);
    std::size_t mended = 0;
    for (const Stage& stage : subject.graph.stages) {
        const auto index = static_cast<std::size_t>(stage.index);
        if (needed[index])
            continue;
        auto finding = report.add(subject.from(stage), subject.from(stage).span,
                                  std::format("No target needs {}: nothing that is built takes from it, and {}",
                                              subject.graph.label(stageNode(stage.index)),
                                              stage.isNamed() ? "a later stage of its name hides it from --target"
                                                              : "without a name it can't be a target itself"));
        if (!gives[index] && !hasIndexes)
            finding.fix("Take the stage out", {removedLines(*subject.dockerfile.source, stage.span)});
        if (!stage.isNamed() && ++mended <= kMostMended) {
            const std::string name = suggestName(subject.graph, stage.index);
            finding.fix(std::format("Call it {}", name), namedStage(subject, stage, name));
        }
    }
}

void stageByIndex(const Subject& subject, Report& report)
{
    std::unordered_map<std::string_view, int> lastNamed;
    for (const Stage& stage : subject.graph.stages)
        lastNamed[stage.name] = stage.index;
    std::set<int> mended;
    for (const Edge& edge : subject.graph.edges) {
        if (edge.kind != EdgeKind::Copy || edge.from.kind != NodeKind::Stage || edge.broken || !isIndex(edge.spec))
            continue;
        const Stage& source = subject.graph.stages[static_cast<std::size_t>(edge.from.index)];
        auto finding = report.add(edge.lines, edge.specSpan,
                                  std::format("--from={} will mean another stage once one is added above it: name the "
                                              "stage, and say --from=NAME",
                                              edge.spec));
        if (isStageName(source.name) && lastNamed[source.name] == source.index)
            finding.fix(std::format("Say {}", source.name), {{edge.specSpan, source.name}});
        // One mend names the stage wherever its index stands.
        if (!source.isNamed() && mended.size() < kMostMended && mended.insert(source.index).second) {
            const std::string name = suggestName(subject.graph, source.index);
            finding.fix(std::format("Call the stage {}", name), namedStage(subject, source, name));
        }
    }
}

void copyOfWholeRoot(const Subject& subject, Report& report)
{
    for (const Edge& edge : subject.graph.edges) {
        if (edge.kind != EdgeKind::Copy || !isWholeRoot(edge) || pathFrom("/", edge.destination) != "/")
            continue;
        const ImageTraits source = edge.from.kind == NodeKind::Stage   ? subject.traits(edge.from.index)
                                   : edge.from.kind == NodeKind::Image ? traitsOf(edge.spec)
                                                                       : ImageTraits{.libc = Libc::None};
        // What is built on nothing, or on nobody knows what, may hold only what is wanted; copied into nothing, it is
        // an image made flat.
        if (libcName(source.libc).empty() || subject.traits(edge.to).libc == Libc::None ||
            subject.dockerfile.instructions[edge.instruction].flag("exclude") != nullptr)
            continue;
        report.add(edge.lines, edge.span,
                   std::format("All of {} is copied over {}, with its whole system: copy only the files you need",
                               subject.graph.label(edge.from), subject.graph.label(stageNode(edge.to))));
    }
}

void secretCopiedBetweenStages(const Subject& subject, Report& report)
{
    const std::vector<int> shipped = subject.graph.shipped(subject.graph.defaultTarget());
    for (const Edge& edge : subject.graph.edges) {
        if (edge.kind != EdgeKind::Copy || edge.from.kind != NodeKind::Stage)
            continue;
        for (const std::string& path : edge.paths) {
            const std::string_view what = secretIn(path);
            if (what.empty())
                continue;
            // What is left behind is in the cache of the builder still.
            const bool isShipped = std::ranges::binary_search(shipped, edge.to);
            report
                .add(edge.lines, edge.span,
                     std::format("{} may hold {}, which {} then in {}: use RUN --mount=type=secret where it is needed",
                                 path, what, what.ends_with('s') ? "are" : "is",
                                 isShipped ? "a layer that all who have the image can read" : "the build cache"))
                .hint(!isShipped);
        }
    }
}

/// BuildKit takes any name that is no stage's for an image's, without a word. Only a stage above can have been meant.
void mistypedStageName(const Subject& subject, Report& report)
{
    constexpr std::size_t kShortestName = 4; // anything is near to a shorter one
    for (const Edge& edge : subject.graph.edges) {
        const bool isBareName =
            edge.from.kind == NodeKind::Image && edge.spec.find_first_of(":/@$.") == std::string::npos;
        if (edge.kind == EdgeKind::Base || edge.isTrigger || !isBareName || isKnownImage(edge.spec))
            continue;
        const auto above = std::span(subject.graph.stages).first(static_cast<std::size_t>(edge.to));
        const std::string name = lowered(edge.spec);
        const auto meant = std::ranges::find_if(above, [&](const Stage& stage) {
            return stage.name.size() >= kShortestName && isOneSlipFrom(stage.name, name);
        });
        if (meant == above.end())
            continue;
        report
            .add(edge.lines, edge.specSpan,
                 std::format("No stage is called {}, so it is pulled as an image{}", quoted(edge.spec),
                             didYouMean(meant->name)))
            .fix(std::format("Change it to {}", meant->name), {{edge.specSpan, meant->name}});
    }
}

} // namespace stagelift
