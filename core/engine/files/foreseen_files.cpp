// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/artifacts/stage_scope.h"
#include "core/dockerfile/paths.h"
#include "core/engine/files/file_links.h"
#include "core/engine/files/image_files_builder.h"
#include "core/engine/files/run_problems.h"
#include "core/stages/stage_origin.h"

#include <algorithm>
#include <set>

namespace stagelift {

namespace {

using Id = ImageFiles::Id;

/// Lays COPY upon COPY, as BuildKit does (dockerfile2llb/convert.go: dispatchCopy). What depends on more than is known
/// here is given up.
class Foreseer {
public:
    Foreseer(const Analysis& analysis, int stage, const KnownFiles& known)
        : m_analysis(analysis), m_stage(stage), m_known(known)
    {
    }

    std::optional<ForeseenFiles> foresee();

private:
    bool take(const Instruction& instruction, const StageScope& scope);
    bool takeCopy(const Instruction& copy, std::size_t index, const StageScope& scope);
    bool putSource(const ImageFiles& files, const std::string& source, const std::string& destination, bool isFolder);
    bool put(const ImageFiles& files, Id node, const std::string& path);
    void putFolder(const std::string& path);
    [[nodiscard]] bool isPlain(const Instruction& copy) const;

    const Analysis& m_analysis;
    int m_stage;
    const KnownFiles& m_known;
    ImageFilesBuilder m_builder;
    LayerEntries m_layer;
    QList<int> m_instructions; // by layer
    std::set<std::string> m_folders{"/"};
    std::set<std::string> m_links;
    std::vector<std::string> m_unknown;
};

/// Without flags that change what is copied, and without variables, which an argument of the build may change.
bool Foreseer::isPlain(const Instruction& copy) const
{
    const auto isFit = [](const Flag& flag) {
        return flag.name == "from" || flag.name == "chown" || flag.name == "chmod" || flag.name == "link";
    };
    return std::ranges::all_of(copy.flags, isFit) && std::ranges::none_of(copy.args, [](const Word& word) {
               return word.text.find_first_of("$*?[\\\"'") != std::string_view::npos;
           });
}

void Foreseer::putFolder(const std::string& path)
{
    for (std::size_t end = path.find('/', 1); end != std::string::npos; end = path.find('/', end + 1))
        m_folders.insert(path.substr(0, end));
    m_folders.insert(path);
}

/// A file or a link as it is, and a folder with all that is in it.
/// @returns false where it can't be told what happens
bool Foreseer::put(const ImageFiles& files, Id node, const std::string& path)
{
    const ImageFiles::Version* version = files.newest(node);
    const bool isFolder = !version || version->type == FileType::Folder;
    if (isFolder) {
        if (m_links.contains(path))
            return false;
        putFolder(path);
        m_layer.add(
            {.path = path, .link = {}, .mode = version ? version->mode : quint16{0755}, .type = FileType::Folder});
        for (Id child = files.firstChild(node); child != ImageFiles::kNone; child = files.nextSibling(child))
            if (files.exists(child) &&
                !put(files, child, (path == "/" ? std::string() : path) + '/' + std::string(files.name(child))))
                return false;
        return true;
    }
    if (version->type == FileType::Link)
        m_links.insert(path);
    const bool isLinked = version->type == FileType::HardLink; // to a file that may not come along
    m_layer.add({.path = path,
                 .link = isLinked ? std::string_view() : files.linkOf(*version),
                 .size = version->size,
                 .mode = version->mode,
                 .type = isLinked ? FileType::File : version->type});
    if (const ProgramFacts* facts = files.program(*version))
        m_layer.describeLast(*facts);
    return true;
}

/// @returns false where it can't be told what happens
bool Foreseer::putSource(const ImageFiles& files, const std::string& source, const std::string& destination,
                         bool isFolder)
{
    const Id node = follow(files, source);
    if (node == ImageFiles::kNone)
        return false;
    const ImageFiles::Version* version = files.newest(node);
    const bool spreads = !version || version->type == FileType::Folder;
    const std::string above = destination == "/" ? std::string() : destination;
    const std::string path = spreads || !isFolder ? destination : above + '/' + std::string(lastPart(source));
    for (const std::string& link : m_links) // it may lead anywhere
        if (path == link || path.starts_with(link + '/'))
            return false;
    if (!spreads && m_folders.contains(path))
        return false;
    putFolder(pathFrom(path, ".."));
    return put(files, node, path);
}

bool Foreseer::takeCopy(const Instruction& copy, std::size_t index, const StageScope& scope)
{
    if (copy.args.size() < 2 || copy.args.back().text.contains('$'))
        return false;
    const std::string written(copy.args.back().text);
    const std::string destination = pathFrom(scope.folder, written);
    const int from = copiedStage(m_analysis.graph, index);
    const ImageFilesPtr files = from >= 0 ? m_known(from).files : nullptr;
    if (!files || !isPlain(copy) || !copy.heredocs.empty()) {
        m_unknown.push_back(destination);
        return true;
    }
    const bool isFolder = written.ends_with('/') || written == "." || written.ends_with("/.") || copy.args.size() > 2 ||
                          m_folders.contains(destination);
    for (std::size_t i = 0; i + 1 < copy.args.size(); ++i)
        if (!putSource(*files, pathFrom("/", copy.args[i].text), destination, isFolder))
            return false;
    m_instructions.append(static_cast<int>(index));
    return m_builder.add(std::exchange(m_layer, {}), {});
}

bool Foreseer::take(const Instruction& instruction, const StageScope& scope)
{
    switch (instruction.keyword) {
    case Keyword::Run: // it may make anything
    case Keyword::Unknown:
        return false;
    case Keyword::Workdir:
        if (instruction.args.empty() || instruction.args.front().text.contains('$'))
            return false;
        putFolder(pathFrom(scope.folder, instruction.args.front().text));
        return true;
    case Keyword::Add:
    case Keyword::Copy: {
        const auto index = static_cast<std::size_t>(&instruction - m_analysis.dockerfile.instructions.data());
        return takeCopy(instruction, index, scope);
    }
    default:
        return true;
    }
}

std::optional<ForeseenFiles> Foreseer::foresee()
{
    const Stage& stage = m_analysis.graph.stages.at(static_cast<std::size_t>(m_stage));
    if (stage.base.kind != NodeKind::Scratch)
        return std::nullopt;
    bool isKnown = true;
    walkStage(m_analysis.dockerfile, m_analysis.graph, m_stage,
              [&](const Instruction& instruction, const StageScope& scope) {
                  isKnown = isKnown && take(instruction, scope);
              });
    if (!isKnown)
        return std::nullopt;
    ForeseenFiles foreseen{.files = m_builder.take({}), .unknown = std::move(m_unknown)};
    for (int layer = 0; layer < m_instructions.size(); ++layer) {
        foreseen.files.layers()[layer].instruction = m_instructions.at(layer);
        foreseen.files.layers()[layer].isOwn = true;
    }
    return foreseen;
}

} // namespace

std::optional<ForeseenFiles> foreseenFiles(const Analysis& analysis, int stage, const KnownFiles& known)
{
    return Foreseer(analysis, stage, known).foresee();
}

} // namespace stagelift
