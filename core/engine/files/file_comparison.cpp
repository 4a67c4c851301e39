// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/file_comparison.h"

#include "core/engine/files/image_files_builder.h"

#include <unordered_map>
#include <utility>

namespace stagelift {

namespace {

using Id = ImageFiles::Id;

/// What a container reads there: of a hard link, of the file it was linked with.
const ImageFiles::Version& contentOf(const ImageFiles& files, Id node)
{
    const ImageFiles::Version& version = *files.newest(node);
    if (version.type != FileType::HardLink)
        return version;
    const Id file = files.find(files.linkOf(version));
    const ImageFiles::Version* linked = file == ImageFiles::kNone ? nullptr : files.newest(file);
    return linked && linked->type == FileType::File ? *linked : version;
}

bool isFolder(const ImageFiles& files, Id node)
{
    return node == ImageFiles::kRoot || files.newest(node)->type == FileType::Folder;
}

/// Walks both trees side by side.
class Comparer {
public:
    Comparer(const ImageFiles& before, const ImageFiles& after) : m_before(before), m_after(after) {}

    FileComparison compare(const QString& nameBefore, const QString& nameAfter);

private:
    struct Pair {
        Id before = ImageFiles::kNone; // kNone: it is only in the other
        Id after = ImageFiles::kNone;
    };

    void compareFolders(Pair folders);
    void compareNodes(Pair nodes);
    void addAll(const ImageFiles& files, LayerEntries& layer);
    static void add(const ImageFiles& files, Id node, LayerEntries& layer);
    [[nodiscard]] bool areAlike(Pair nodes);

    const ImageFiles& m_before;
    const ImageFiles& m_after;
    LayerEntries m_differences;
    std::vector<Pair> m_open;
    qint64 m_unsure = 0;
};

/// A hard link as the file that it is: what it was linked with may be elsewhere in the other.
void Comparer::add(const ImageFiles& files, Id node, LayerEntries& layer)
{
    const ImageFiles::Version& version = *files.newest(node);
    const ImageFiles::Version& content = contentOf(files, node);
    const std::string path = files.path(node);
    layer.add({.path = path,
               .link = version.type == FileType::Link ? files.linkOf(version) : std::string_view(),
               .size = content.size,
               .mode = version.mode,
               .type = version.type == FileType::HardLink ? FileType::File : version.type});
}

void Comparer::addAll(const ImageFiles& files, LayerEntries& layer)
{
    for (Id node = 1; node < files.count(); ++node)
        if (files.exists(node))
            add(files, node, layer);
}

bool Comparer::areAlike(Pair nodes)
{
    const ImageFiles::Version& before = *m_before.newest(nodes.before);
    const ImageFiles::Version& after = *m_after.newest(nodes.after);
    const ImageFiles::Version& was = contentOf(m_before, nodes.before);
    const ImageFiles::Version& is = contentOf(m_after, nodes.after);
    if (was.type != is.type || was.size != is.size)
        return false;
    if (is.type == FileType::Link)
        return m_before.linkOf(before) == m_after.linkOf(after);
    if (before.mode != after.mode)
        return false;
    if (is.type != FileType::File || is.size == 0 || was.sum == is.sum)
        return true;
    if (was.sum != 0 && is.sum != 0)
        return false;
    ++m_unsure;
    return true;
}

void Comparer::compareNodes(Pair nodes)
{
    if (nodes.after == ImageFiles::kNone) { // with all that is in it
        const std::string path =
            m_before.path(m_before.parent(nodes.before)) + "/.wh." + std::string(m_before.name(nodes.before));
        m_differences.add({.path = path, .link = {}});
        return;
    }
    const bool wasThere = nodes.before != ImageFiles::kNone;
    if (!wasThere || !areAlike(nodes))
        add(m_after, nodes.after, m_differences);
    if (isFolder(m_after, nodes.after))
        m_open.push_back({.before = wasThere && isFolder(m_before, nodes.before) ? nodes.before : ImageFiles::kNone,
                          .after = nodes.after});
}

void Comparer::compareFolders(Pair folders)
{
    std::unordered_map<std::string_view, Id> known;
    if (folders.before != ImageFiles::kNone) {
        for (Id child = m_before.firstChild(folders.before); child != ImageFiles::kNone;
             child = m_before.nextSibling(child))
            if (m_before.exists(child))
                known.emplace(m_before.name(child), child);
    }
    for (Id child = m_after.firstChild(folders.after); child != ImageFiles::kNone; child = m_after.nextSibling(child)) {
        if (!m_after.exists(child))
            continue;
        const auto found = known.find(m_after.name(child));
        compareNodes({.before = found == known.end() ? ImageFiles::kNone : found->second, .after = child});
        if (found != known.end())
            known.erase(found);
    }
    for (const auto& [name, child] : known)
        compareNodes({.before = child, .after = ImageFiles::kNone});
}

ComparedTotals totalsOfComparison(const ImageFiles& files)
{
    ComparedTotals totals;
    for (Id node = 1; node < files.count(); ++node) {
        const ImageFiles::Version* version = files.inLayer(node, kDifferences);
        const ImageFiles::Version* was = version ? files.before(*version) : nullptr;
        const bool wasFile = was && was->type != FileType::Folder;
        const bool isFile = version && version->type != FileType::Folder && version->change != FileChange::Hidden;
        const qint64 difference = differenceOf(files, node);
        if (wasFile && isFile) {
            ++totals.changed;
            totals.grownBytes += difference;
        } else if (isFile) {
            ++totals.added;
            totals.addedBytes += difference;
        } else if (wasFile) {
            ++totals.removed;
            totals.removedBytes -= difference;
        } else if (version && was && version->change == FileChange::Changed) {
            ++totals.changed; // the mode of a folder
        }
    }
    return totals;
}

FileComparison Comparer::compare(const QString& nameBefore, const QString& nameAfter)
{
    LayerEntries all;
    addAll(m_before, all);
    m_open.push_back({.before = ImageFiles::kRoot, .after = ImageFiles::kRoot});
    while (!m_open.empty()) {
        const Pair next = m_open.back();
        m_open.pop_back();
        compareFolders(next);
    }
    ImageFilesBuilder builder;
    if (!builder.add(std::exchange(all, {}), {.blob = {}, .createdBy = nameBefore}) ||
        !builder.add(std::exchange(m_differences, {}), {.blob = {}, .createdBy = nameAfter}))
        return {};
    auto files = std::make_shared<const ImageFiles>(builder.take({}));
    const ComparedTotals totals = totalsOfComparison(*files);
    return {.files = std::move(files), .totals = totals, .unsure = m_unsure};
}

} // namespace

FileComparison compareFiles(const ImageFiles& before, const QString& nameBefore, const ImageFiles& after,
                            const QString& nameAfter)
{
    return Comparer(before, after).compare(nameBefore, nameAfter);
}

/// Layers of an image come from an archive.
bool isComparison(const ImageFiles& files)
{
    return files.layers().size() == kDifferences + 1 && files.layers().constLast().blob.empty();
}

qint64 differenceOf(const ImageFiles& comparison, ImageFiles::Id node)
{
    const ImageFiles::Version* version = comparison.inLayer(node, kDifferences);
    if (!version)
        return 0;
    const ImageFiles::Version* was = comparison.before(*version);
    return (version->change == FileChange::Hidden ? 0 : version->size) - (was ? was->size : 0);
}

} // namespace stagelift
