// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/file_view.h"

#include <algorithm>
#include <cstdlib>

namespace stagelift {

namespace {

constexpr std::size_t kLongestList = 1000; // of the largest files: nobody reads further

} // namespace

FileView::FileView(ImageFilesPtr files, FileQuery query)
    : m_files(std::move(files)),
      m_query(std::move(query)),
      m_sizes(m_files->count()),
      m_begins(m_files->count()),
      m_counts(m_files->count()),
      m_rows(m_files->count())
{
    if (m_query.arrangement == FileArrangement::Copyable) {
        lineUpCandidates();
        return;
    }
    std::vector<bool> chosen(m_files->count());
    choose(chosen);
    sumUp(chosen);
    isFlat() ? lineUpFlat(chosen) : lineUp(chosen);
}

std::span<const FileView::Id> FileView::children(Id node) const
{
    if (node >= m_begins.size() || (isFlat() && node != ImageFiles::kRoot))
        return {};
    return std::span(m_order).subspan(m_begins[node], m_counts[node]);
}

const ImageFiles::Version* FileView::version(Id node) const
{
    if (m_query.layer >= 0)
        return m_files->inLayer(node, m_query.layer);
    return m_files->newest(node);
}

qint64 FileView::ownSize(Id node) const
{
    if (compares())
        return differenceOf(*m_files, node);
    if (m_query.arrangement == FileArrangement::Wasted)
        return m_files->wasted(node);
    const ImageFiles::Version* shown = version(node);
    return shown && shown->change != FileChange::Hidden ? shown->size : 0;
}

bool FileView::isFolder(Id node) const
{
    const ImageFiles::Version* shown = version(node);
    return !shown || shown->type == FileType::Folder;
}

/// Those that the query is about, without the folders above them. Parents come ahead of what is in them, so one pass is
/// enough to know what lies in a folder that is meant.
void FileView::choose(std::vector<bool>& chosen)
{
    const bool byPath = m_query.needle.contains(u'/');
    std::vector<bool> found(m_files->count(), m_query.needle.isEmpty());
    for (Id node = 1; node < m_files->count(); ++node) {
        if (!found[node]) {
            const QString text =
                byPath ? QString::fromUtf8(m_files->path(node)) : QString::fromUtf8(m_files->name(node));
            found[node] = found[m_files->parent(node)] || text.contains(m_query.needle, Qt::CaseInsensitive);
        }
        if (!found[node])
            continue;
        if (m_query.arrangement == FileArrangement::Wasted)
            chosen[node] = m_files->wasted(node) > 0;
        else if (m_query.layer >= 0)
            chosen[node] = m_files->inLayer(node, m_query.layer) != nullptr;
        else
            chosen[node] = m_files->exists(node);
        if (m_query.arrangement == FileArrangement::Largest)
            chosen[node] = chosen[node] && !isFolder(node) && ownSize(node) != 0;
        m_count += chosen[node] ? 1 : 0;
    }
}

void FileView::sumUp(const std::vector<bool>& chosen)
{
    for (Id node = m_files->count(); node-- > 0;) {
        if (chosen[node])
            m_sizes[node] += ownSize(node);
        if (node != ImageFiles::kRoot)
            m_sizes[parent(node)] += m_sizes[node];
    }
}

bool FileView::comesFirst(Id a, Id b) const
{
    if (m_query.order == FileOrder::BySize && std::abs(m_sizes[a]) != std::abs(m_sizes[b]))
        return std::abs(m_sizes[a]) > std::abs(m_sizes[b]);
    if (isFlat())
        return m_files->path(a) < m_files->path(b);
    if (isFolder(a) != isFolder(b))
        return isFolder(a);
    return m_files->name(a) < m_files->name(b);
}

void FileView::lineUp(const std::vector<bool>& chosen)
{
    std::vector<bool> shown = chosen;
    for (Id node = m_files->count(); node-- > 1;)
        if (shown[node])
            shown[m_files->parent(node)] = true;
    for (Id node = 0; node < m_files->count(); ++node) {
        m_begins[node] = static_cast<Id>(m_order.size());
        if (!shown[node])
            continue;
        for (Id child = m_files->firstChild(node); child != ImageFiles::kNone; child = m_files->nextSibling(child))
            if (shown[child])
                m_order.push_back(child);
        m_counts[node] = static_cast<Id>(m_order.size()) - m_begins[node];
        const auto begin = m_order.begin() + m_begins[node];
        std::sort(begin, m_order.end(), [this](Id a, Id b) { return comesFirst(a, b); });
        for (Id row = 0; row < m_counts[node]; ++row)
            m_rows[*(begin + row)] = row;
    }
}

void FileView::lineUpFlat(const std::vector<bool>& chosen)
{
    for (Id node = 1; node < m_files->count(); ++node)
        if (chosen[node])
            m_order.push_back(node);
    // The largest are shown, in whichever order.
    std::ranges::sort(m_order, [this](Id a, Id b) {
        const qint64 first = std::abs(m_sizes[a]);
        const qint64 second = std::abs(m_sizes[b]);
        return first != second ? first > second : a < b;
    });
    m_order.resize(std::min(m_order.size(), kLongestList));
    std::ranges::sort(m_order, [this](Id a, Id b) { return comesFirst(a, b); });
    m_counts[ImageFiles::kRoot] = static_cast<Id>(m_order.size());
    for (Id row = 0; row < m_order.size(); ++row)
        m_rows[m_order[row]] = row;
}

/// Whether the words and the layer of the query are about it.
bool FileView::isWanted(Id node) const
{
    if (m_query.layer >= 0 && !m_files->inLayer(node, m_query.layer))
        return false;
    return QString::fromUtf8(m_files->path(node)).contains(m_query.needle, Qt::CaseInsensitive);
}

void FileView::lineUpCandidates()
{
    m_sizes = contentSizes(*m_files);
    m_candidates = candidatesOf(*m_files);
    std::erase_if(m_candidates, [this](const CopyCandidate& each) { return !isWanted(each.node); });
    if (m_query.order == FileOrder::ByName) {
        std::ranges::sort(m_candidates, [this](const CopyCandidate& a, const CopyCandidate& b) {
            return a.kind != b.kind ? a.kind < b.kind : m_files->path(a.node) < m_files->path(b.node);
        });
    }
    for (const CopyCandidate& each : m_candidates) {
        m_rows[each.node] = static_cast<Id>(m_order.size());
        m_order.push_back(each.node);
    }
    m_counts[ImageFiles::kRoot] = static_cast<Id>(m_order.size());
    m_count = static_cast<qint64>(m_order.size());
}

const CopyCandidate* FileView::candidate(Id node) const
{
    const std::size_t row = node < m_rows.size() ? m_rows[node] : 0;
    return row < m_candidates.size() && m_candidates[row].node == node ? &m_candidates[row] : nullptr;
}

} // namespace stagelift
