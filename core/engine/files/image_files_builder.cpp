// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/image_files_builder.h"

#include <optional>
#include <utility>

namespace stagelift {

namespace {

// What Linux takes (limits.h).
constexpr std::size_t kLongestName = 255;
constexpr std::size_t kLongestPath = 4096;

constexpr std::size_t kMostNodes = 2 * kMostFiles;
constexpr std::size_t kMostLooks = 200'000'000; // a second or two
constexpr std::uint16_t kFolderMode = 0755;
constexpr std::string_view kHides = ".wh.";
constexpr std::string_view kHidesAll = ".wh..wh..opq";
constexpr std::string_view kKeptByAufs = ".wh..wh."; // its own book-keeping, of no layer

struct SplitPath {
    std::string_view folder;
    std::string_view name;
};

SplitPath split(std::string_view path)
{
    while (path.ends_with('/'))
        path.remove_suffix(1);
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos)
        return {{}, path};
    return {path.substr(0, slash), path.substr(slash + 1)};
}

/// The names of a path, "." left out; nothing where a file system would not take it, or where it leads out of the root.
std::optional<std::vector<std::string_view>> namesOf(std::string_view path)
{
    if (path.size() > kLongestPath)
        return std::nullopt;
    std::vector<std::string_view> names;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        const std::string_view name = path.substr(0, end);
        path.remove_prefix(std::min(end + 1, path.size()));
        if (name == ".." || name.size() > kLongestName)
            return std::nullopt;
        if (!name.empty() && name != ".")
            names.push_back(name);
    }
    return names;
}

} // namespace

std::size_t ImageFilesBuilder::KeyHash::operator()(const Key& key) const
{
    constexpr std::size_t kGolden = 0x9e3779b97f4a7c15ULL;
    return std::hash<std::string_view>()(key.name) ^ (key.parent * kGolden);
}

ImageFilesBuilder::ImageFilesBuilder()
    : m_files(std::make_unique<ImageFiles>()), m_index(0, KeyHash{m_files.get()}, KeyEqual{m_files.get()})
{
    m_files->m_nodes.emplace_back();
}

bool ImageFilesBuilder::add(const LayerEntries& layer, const ManifestLayer& described)
{
    m_entries += layer.entries().size();
    if (m_entries > kMostFiles || m_files->m_layers.size() > std::numeric_limits<quint16>::max())
        return false;
    m_layer = static_cast<quint16>(m_files->m_layers.size());
    m_files->m_layers.append({.blob = described.blob, .createdBy = described.createdBy});
    m_files->m_knowsAllPrograms = m_files->m_knowsAllPrograms && layer.knowsAllPrograms();
    // What hides is of the layers below, wherever it stands in its own.
    for (const LayerEntries::Entry& entry : layer.entries())
        hideByMark(layer, entry);
    for (const LayerEntries::Entry& entry : layer.entries())
        put(layer, entry);
    return m_looks < kMostLooks && m_files->m_nodes.size() <= kMostNodes && m_files->m_text.size() <= kMostText;
}

ImageFiles ImageFilesBuilder::take(QList<HistoryEntry> history)
{
    m_index.clear();
    m_files->m_history = std::move(history);
    m_files->m_totals = totalsOf(*m_files);
    return std::move(*m_files);
}

ImageFilesBuilder::Id ImageFilesBuilder::knownChild(Id parent, std::string_view name) const
{
    const auto found = m_index.find(Key{parent, name});
    return found == m_index.end() ? ImageFiles::kNone : *found;
}

ImageFilesBuilder::Id ImageFilesBuilder::known(std::string_view path) const
{
    const auto names = namesOf(path);
    if (!names)
        return ImageFiles::kNone;
    Id at = ImageFiles::kRoot;
    for (const std::string_view name : *names)
        at = at == ImageFiles::kNone ? at : knownChild(at, name);
    return at;
}

ImageFilesBuilder::Id ImageFilesBuilder::child(Id parent, std::string_view name)
{
    if (const Id node = knownChild(parent, name); node != ImageFiles::kNone)
        return node;
    auto& nodes = m_files->m_nodes;
    if (nodes.size() > kMostNodes)
        return ImageFiles::kNone;
    const auto node = static_cast<Id>(nodes.size());
    nodes.push_back({.parent = parent,
                     .nextSibling = nodes[parent].firstChild,
                     .name = static_cast<Id>(m_files->m_text.size()),
                     .nameSize = static_cast<Id>(name.size())});
    nodes[parent].firstChild = node;
    m_files->m_text += name;
    m_index.insert(node);
    return node;
}

ImageFilesBuilder::Id ImageFilesBuilder::nodeAt(std::string_view path)
{
    const auto names = namesOf(path);
    if (!names)
        return ImageFiles::kNone;
    Id at = ImageFiles::kRoot;
    for (const std::string_view name : *names) {
        at = child(at, name);
        if (at == ImageFiles::kNone)
            break;
    }
    return at;
}

void ImageFilesBuilder::hideByMark(const LayerEntries& layer, const LayerEntries::Entry& entry)
{
    const auto [folder, name] = split(layer.path(entry));
    if (!name.starts_with(kHides))
        return;
    // What no layer has needs no node either: there is nothing to hide.
    const Id parent = known(folder);
    if (parent == ImageFiles::kNone)
        return;
    if (name == kHidesAll) {
        hideContents(parent);
    } else if (!name.starts_with(kKeptByAufs)) {
        if (const Id node = knownChild(parent, name.substr(kHides.size())); node != ImageFiles::kNone)
            hide(node);
    }
}

void ImageFilesBuilder::put(const LayerEntries& layer, const LayerEntries::Entry& entry)
{
    if (split(layer.path(entry)).name.starts_with(kHides))
        return;
    const Id node = nodeAt(layer.path(entry));
    if (node == ImageFiles::kNone) {
        ++m_files->m_ignored;
        return;
    }
    putFoldersAbove(node);
    ImageFiles::Version version{
        .size = entry.size, .sum = entry.sum, .layer = m_layer, .mode = entry.mode, .type = entry.type};
    if (entry.linkSize > 0 && entry.linkSize <= kLongestPath) {
        version.link = static_cast<Id>(m_files->m_text.size());
        version.linkSize = entry.linkSize;
        m_files->m_text += layer.link(entry);
    }
    version.program = programOf(layer, entry);
    addVersion(node, version);
    ImageLayer& now = m_files->m_layers.back();
    now.bytes += entry.size;
}

/// Of a hard link, that of the file in the same layer that it was linked with.
ImageFilesBuilder::Id ImageFilesBuilder::programOf(const LayerEntries& layer, const LayerEntries::Entry& entry)
{
    if (entry.type == FileType::HardLink) {
        const Id node = known(layer.link(entry));
        const ImageFiles::Version* linked = node == ImageFiles::kNone ? nullptr : m_files->newest(node);
        return linked && linked->layer == m_layer ? linked->program : ImageFiles::kNone;
    }
    const ProgramFacts* facts = layer.program(entry);
    if (!facts)
        return ImageFiles::kNone;
    m_files->m_programs.push_back(*facts);
    return static_cast<Id>(m_files->m_programs.size() - 1);
}

/// Some tools leave out the folders that a layer's files are in.
void ImageFilesBuilder::putFoldersAbove(Id node)
{
    for (Id at = m_files->parent(node); at != ImageFiles::kNone && at != ImageFiles::kRoot; at = m_files->parent(at)) {
        if (m_files->exists(at))
            return;
        addVersion(at, {.layer = m_layer, .mode = kFolderMode, .type = FileType::Folder});
    }
}

void ImageFilesBuilder::addVersion(Id node, ImageFiles::Version version)
{
    const bool wasThere = m_files->exists(node);
    if (wasThere && m_files->newest(node)->type == FileType::Folder) {
        // A folder is listed again in each layer that has something in it.
        if (version.type == FileType::Folder && version.mode == m_files->newest(node)->mode)
            return;
        if (version.type != FileType::Folder)
            hideContents(node);
    }
    version.node = node;
    Id& newest = m_files->m_nodes[node].newest;
    if (newest != ImageFiles::kNone && m_files->m_versions[newest].layer == m_layer) {
        putInstead(m_files->m_versions[newest], version);
        return;
    }
    ImageLayer& layer = m_files->m_layers.back();
    version.before = newest;
    version.change = wasThere ? FileChange::Changed : FileChange::Added;
    ++(wasThere ? layer.changed : layer.added);
    newest = static_cast<Id>(m_files->m_versions.size());
    m_files->m_versions.push_back(version);
}

/// This layer has hidden it and puts it there anew, or it lists it twice.
void ImageFilesBuilder::putInstead(ImageFiles::Version& last, ImageFiles::Version version)
{
    const ImageFiles::Version* before = m_files->before(last);
    version.before = last.before;
    version.change = !before || before->change == FileChange::Hidden ? FileChange::Added : FileChange::Changed;
    if (last.change == FileChange::Hidden) {
        ImageLayer& layer = m_files->m_layers.back();
        --layer.hidden;
        ++(version.change == FileChange::Added ? layer.added : layer.changed);
    }
    last = version;
}

void ImageFilesBuilder::hide(Id node)
{
    if (hideAlone(node))
        hideContents(node);
}

bool ImageFilesBuilder::hideAlone(Id node)
{
    const Id newest = m_files->m_nodes[node].newest;
    if (newest == ImageFiles::kNone)
        return false;
    ImageFiles::Version hidden = m_files->m_versions[newest];
    if (hidden.change == FileChange::Hidden)
        return false;
    if (hidden.layer == m_layer) {
        takeBack(node);
        return true;
    }
    hidden.before = newest;
    hidden.layer = m_layer;
    hidden.change = FileChange::Hidden;
    m_files->m_nodes[node].newest = static_cast<Id>(m_files->m_versions.size());
    m_files->m_versions.push_back(hidden);
    ++m_files->m_layers.back().hidden;
    return true;
}

/// A folder was replaced by something else in the very layer that has put files into it.
void ImageFilesBuilder::takeBack(Id node)
{
    Id& newest = m_files->m_nodes[node].newest;
    ImageFiles::Version& version = m_files->m_versions[newest];
    ImageLayer& layer = m_files->m_layers.back();
    --(version.change == FileChange::Added ? layer.added : layer.changed);
    const ImageFiles::Version* before = m_files->before(version);
    if (!before || before->change == FileChange::Hidden) {
        newest = version.before;
        return;
    }
    version.size = before->size;
    version.sum = before->sum;
    version.type = before->type;
    version.program = before->program;
    version.change = FileChange::Hidden;
    ++layer.hidden;
}

/// Without recursion, for a path may be thousands of folders deep. In what is hidden already all is hidden. An archive
/// that is made to take long may ask for it a million times: the looks are counted.
void ImageFilesBuilder::hideContents(Id node)
{
    std::vector<Id> open{node};
    while (!open.empty()) {
        const Id folder = open.back();
        open.pop_back();
        for (Id at = m_files->firstChild(folder); at != ImageFiles::kNone && m_looks < kMostLooks;
             at = m_files->nextSibling(at), ++m_looks)
            if (hideAlone(at))
                open.push_back(at);
    }
}

} // namespace stagelift
