// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/rows.h"

#include <algorithm>
#include <utility>

namespace stagelift::ui {

RowId rowId(const PictureNode& node, std::size_t row)
{
    const PictureRow& drawn = node.rows[row];
    return {.node = node.ref, .kind = drawn.kind, .path = drawn.path, .instruction = drawn.instruction};
}

std::optional<RowPlace> placeOf(const Picture& picture, const RowId& row)
{
    const int index = picture.nodeOf(row.node);
    if (index < 0)
        return std::nullopt;
    const PictureNode& node = picture.nodes[static_cast<std::size_t>(index)];
    for (std::size_t i = 0; i < node.rows.size(); ++i)
        if (rowId(node, i) == row)
            return RowPlace{.node = index, .row = static_cast<int>(i)};
    return std::nullopt;
}

void RowChoice::clear()
{
    m_rows.clear();
    m_anchor.reset();
    m_active.reset();
}

void RowChoice::choose(RowId row)
{
    m_rows = {row};
    m_anchor = row;
    m_active = std::move(row);
}

void RowChoice::toggle(RowId row)
{
    const bool fits = row.kind == RowKind::Artifact && !m_rows.empty() && m_rows.front().kind == RowKind::Artifact &&
                      m_rows.front().node == row.node;
    if (!fits) {
        choose(std::move(row));
        return;
    }
    if (std::erase(m_rows, row) == 0)
        m_rows.push_back(row);
    m_anchor = row;
    m_active = std::move(row);
}

void RowChoice::extendTo(const PictureNode& node, const RowId& row)
{
    if (row.kind != RowKind::Artifact || !m_anchor || m_anchor->node != row.node ||
        m_anchor->kind != RowKind::Artifact) {
        choose(row);
        return;
    }
    m_rows.clear();
    bool inside = false;
    for (std::size_t i = 0; i < node.rows.size(); ++i) {
        const RowId each = rowId(node, i);
        const bool isEnd = each == *m_anchor || each == row;
        if (each.kind == RowKind::Artifact && (inside || isEnd))
            m_rows.push_back(each);
        if (isEnd && *m_anchor != row)
            inside = !inside;
    }
    m_active = row;
}

bool RowChoice::contains(const RowId& row) const
{
    return std::ranges::contains(m_rows, row);
}

std::vector<std::string> RowChoice::paths(const PictureNode& node) const
{
    std::vector<std::string> paths;
    for (std::size_t i = 0; i < node.rows.size(); ++i)
        if (node.rows[i].kind == RowKind::Artifact && contains(rowId(node, i)))
            paths.push_back(node.rows[i].path);
    return paths;
}

std::vector<RowPlace> RowChoice::places(const Picture& picture) const
{
    std::vector<RowPlace> places;
    for (const RowId& row : m_rows)
        if (const auto place = placeOf(picture, row))
            places.push_back(*place);
    return places;
}

void RowChoice::carry(const Picture& picture, std::optional<NodeRef> now)
{
    const auto follow = [&](RowId& row) {
        // An instruction has no name to be known by: who moves one says where it is.
        if (!now || row.kind != RowKind::Artifact)
            return false;
        row.node = *now;
        return placeOf(picture, row).has_value();
    };
    std::erase_if(m_rows, [&](RowId& row) { return !follow(row); });
    for (std::optional<RowId>* each : {&m_anchor, &m_active})
        if (*each && !follow(**each))
            each->reset();
}

} // namespace stagelift::ui
