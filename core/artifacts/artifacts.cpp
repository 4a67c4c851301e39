// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/artifacts/artifacts.h"

#include "core/artifacts/folders.h"
#include "core/artifacts/recognisers.h"
#include "core/artifacts/stage_scope.h"
#include "core/dockerfile/copy_source.h"
#include "core/dockerfile/paths.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>
#include <ranges>
#include <span>
#include <unordered_set>

namespace stagelift {

namespace {

/// In the order they were added, no path twice.
struct Artifacts {
    std::vector<Artifact> list;
    std::unordered_set<std::string> paths;
};

void add(Artifacts& artifacts, Artifact artifact)
{
    if (artifacts.paths.insert(artifact.path).second) {
        artifacts.list.push_back(std::move(artifact));
        return;
    }
    std::ranges::find(artifacts.list, artifact.path, &Artifact::path)->folder |= artifact.folder;
}

/// What other stages take from this one already. A relative path of a COPY --from begins at the root.
void addWhatIsTaken(Artifacts& artifacts, const StageGraph& graph, int stage)
{
    for (const Edge& edge : graph.edges) {
        if (edge.from != stageNode(stage) || edge.kind == EdgeKind::Base || edge.to == stage)
            continue;
        const std::string taker = graph.label(stageNode(edge.to));
        const std::string_view how = edge.kind == EdgeKind::Mount ? "mounted" : "copied";
        for (const std::string& path : edge.paths) {
            std::string place = pathFrom("/", path);
            if (place != "/")
                add(artifacts,
                    {std::move(place), std::format("{} by {}", how, taker), edge.span, true, path.ends_with('/')});
        }
    }
}

struct Made {
    Artifact artifact;
    Origin origin = Origin::Made;
};

void addWhatRuns(std::vector<Made>& made, const Instruction& run, const StageScope& scope)
{
    for (const ShellCommand& command : commandsOf(run, scope)) {
        for (const std::string& gone : removedBy(command))
            std::erase_if(made, [&](const Made& one) { return covers(gone, one.artifact.path); });
        for (Output& output : outputsOf(command))
            made.push_back(
                {{std::move(output.path), std::string(output.reason), run.span, false, output.folder}, output.origin});
    }
}

struct CopySource {
    std::string path; // "" where all that is known is that it is a folder
    bool isFile = false;
};

/// ADD unpacks an archive and a repository; of another address it takes the file, which its query does not name.
CopySource added(CopySource source)
{
    switch (sourceKind(source.path)) {
    case SourceKind::Git:
        return {};
    case SourceKind::Url:
        return {source.path.substr(0, source.path.find_first_of("?#")), true};
    case SourceKind::Local:
        break;
    }
    return isArchiveName(source.path) ? CopySource{} : std::move(source);
}

CopySource sourceFrom(const Instruction& copy, const Word& word, const StageScope& scope)
{
    const auto isIt = [&](const Heredoc& heredoc) { return word.text.ends_with(heredoc.name); };
    if (const auto heredoc = std::ranges::find_if(copy.heredocs, isIt); heredoc != copy.heredocs.end())
        return {std::string(heredoc->name), true};
    CopySource source{expand(word.text, scope.values).text, false};
    source.isFile = looksLikeAFile(source.path);
    return copy.keyword == Keyword::Add ? added(std::move(source)) : source;
}

/// Where a source ends up. A folder is copied by its contents, so that only a file keeps its name below a destination
/// that ends with a slash.
std::string placeOf(const CopySource& source, std::string_view destination, const StageScope& scope)
{
    std::string place = pathFrom(scope.folder, destination);
    const bool isFolder = destination.ends_with('/') || destination == "." || destination.ends_with("/.");
    const bool isProgramme = !source.path.empty() && lastPart(place).ends_with("bin") &&
                             lastPart(source.path).find_first_of("*?[.") == std::string_view::npos &&
                             !source.path.ends_with('/');
    return isFolder && (source.isFile || isProgramme) ? pathFrom(place, lastPart(source.path)) : place;
}

void addWhatIsCopied(Artifacts& artifacts, const Instruction& copy, const StageScope& scope)
{
    if (copy.args.size() < 2)
        return;
    const std::string destination = expand(copy.args.back().text, scope.values).text;
    const std::string reason = std::format("{}{}", keywordName(copy.keyword), copy.flag("from") ? " --from" : "");
    for (const Word& word : std::span(copy.args).first(copy.args.size() - 1)) {
        const CopySource source = sourceFrom(copy, word, scope);
        std::string place = placeOf(source, destination, scope);
        // A folder is copied by its contents, so that where it ends up is one.
        const bool isFolder = source.path.empty() || source.path.ends_with('/') ||
                              (!copy.flag("from") && !source.isFile && isFolderOfContext(source.path));
        if (place != "/")
            add(artifacts, {std::move(place), reason, copy.span, true, isFolder});
    }
}

bool isOfAccounts(const Artifact& artifact)
{
    return artifact.path == "/etc/passwd" || artifact.path == "/etc/group";
}

/// "app" of `USER app:app`, but no number, and nothing that every image knows.
bool isName(std::string_view user)
{
    user = user.substr(0, user.find(':'));
    return !user.empty() && user != "root" && !std::ranges::all_of(user, isDigit);
}

bool namesUser(const Instruction& instruction)
{
    const Flag* owner = instruction.flag("chown");
    const bool isUser = instruction.keyword == Keyword::User && !instruction.args.empty();
    return (isUser && isName(instruction.args.front().text)) || (owner != nullptr && isName(owner->value.text));
}

/// A stage below names a user and makes none: it may want the accounts of this one.
bool areAccountsWanted(const Dockerfile& dockerfile, const StageGraph& graph, int stage)
{
    return std::ranges::any_of(graph.stages, [&](const Stage& other) {
        bool isNamed = false;
        std::vector<Made> made;
        walkStage(dockerfile, graph, other.index, [&](const Instruction& instruction, const StageScope& scope) {
            isNamed = isNamed || namesUser(instruction);
            if (instruction.keyword == Keyword::Run)
                addWhatRuns(made, instruction, scope);
        });
        const bool makes = std::ranges::any_of(made, [](const Made& one) { return isOfAccounts(one.artifact); });
        return other.index > stage && isNamed && !makes;
    });
}

/// Leaves out accounts that nobody below asks for, and what Go has fetched to build from.
void leaveOutNoise(std::vector<Made>& made, const Dockerfile& dockerfile, const StageGraph& graph, int stage)
{
    const auto isOfAccount = [](const Made& one) { return isOfAccounts(one.artifact); };
    if (std::ranges::any_of(made, isOfAccount) && !areAccountsWanted(dockerfile, graph, stage))
        std::erase_if(made, isOfAccount);
    const bool isBuilt =
        std::ranges::any_of(made, [](const Made& one) { return one.artifact.reason.starts_with("go build"); });
    std::erase_if(made, [&](const Made& one) { return isBuilt && one.artifact.reason == "go mod download"; });
}

void addWhatIsMade(Artifacts& found, const Dockerfile& dockerfile, const StageGraph& graph, int stage)
{
    std::vector<Made> made;
    Artifacts copied;
    walkStage(dockerfile, graph, stage, [&](const Instruction& instruction, const StageScope& scope) {
        if (instruction.keyword == Keyword::Run)
            addWhatRuns(made, instruction, scope);
        else if (instruction.keyword == Keyword::Copy || instruction.keyword == Keyword::Add)
            addWhatIsCopied(copied, instruction, scope);
    });
    leaveOutNoise(made, dockerfile, graph, stage);
    // What came from elsewhere is less likely wanted than what was made here or was put here by a COPY, which is
    // certain.
    std::ranges::stable_sort(made, {}, &Made::origin);
    const auto fetched = std::ranges::find_if(made, [](const Made& one) { return one.origin > Origin::Put; });
    for (Made& one : std::ranges::subrange(made.begin(), fetched))
        add(found, std::move(one.artifact));
    for (Artifact& artifact : copied.list)
        add(found, std::move(artifact));
    for (Made& one : std::ranges::subrange(fetched, made.end()))
        add(found, std::move(one.artifact));
}

bool isThere(const StageGraph& graph, int stage)
{
    return stage >= 0 && std::cmp_less(stage, graph.stages.size());
}

} // namespace

std::vector<Artifact> ArtifactFinder::artifacts(int stage)
{
    Artifacts found;
    if (!isThere(m_graph, stage))
        return {};
    addWhatIsTaken(found, m_graph, stage);
    for (const Artifact& artifact : foreseen(stage))
        add(found, artifact);
    markFolders(found.list, m_dockerfile, m_graph, stage);
    for (Artifact& artifact : found.list)
        artifact.folder = artifact.folder || isCopiedFolder(artifact, stage);
    return std::move(found.list);
}

const std::vector<Artifact>& ArtifactFinder::foreseen(int stage)
{
    std::optional<std::vector<Artifact>>& kept = m_foreseen[static_cast<std::size_t>(stage)];
    if (!kept) {
        kept = foreseenArtifacts(m_dockerfile, m_graph, stage);
        markFolders(*kept, m_dockerfile, m_graph, stage);
    }
    return *kept;
}

/// What a COPY takes from another stage is what it is there.
bool ArtifactFinder::isCopiedFolder(const Artifact& artifact, int stage)
{
    if (looksLikeAFile(artifact.path))
        return false;
    return std::ranges::any_of(m_graph.edges, [&](const Edge& edge) {
        if (edge.to != stage || edge.span != artifact.span || edge.from.kind != NodeKind::Stage ||
            edge.from.index >= stage)
            return false;
        return std::ranges::any_of(foreseen(edge.from.index), [&](const Artifact& other) {
            const auto isIt = [&](const std::string& path) { return pathFrom("/", path) == other.path; };
            return other.folder && std::ranges::any_of(edge.paths, isIt) &&
                   (edge.paths.size() == 1 || lastPart(other.path) == lastPart(artifact.path));
        });
    });
}

std::vector<Artifact> artifacts(const Dockerfile& dockerfile, const StageGraph& graph, int stage)
{
    return ArtifactFinder(dockerfile, graph).artifacts(stage);
}

std::vector<Artifact> foreseenArtifacts(const Dockerfile& dockerfile, const StageGraph& graph, int stage)
{
    Artifacts found;
    // A stage that makes nothing of its own has what its base made: `FROM tool-linux AS tool`.
    while (isThere(graph, stage) && found.list.empty()) {
        addWhatIsMade(found, dockerfile, graph, stage);
        const NodeRef base = graph.stages[stage].base;
        stage = base.kind == NodeKind::Stage && base.index < stage ? base.index : -1;
    }
    return std::move(found.list);
}

} // namespace stagelift
