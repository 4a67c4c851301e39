// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/layer_entries.h"

namespace stagelift {

void LayerEntries::add(const TarEntry& entry)
{
    const auto keep = [this](std::string_view text) {
        const auto begin = static_cast<std::uint32_t>(m_text.size());
        m_text += text;
        return begin;
    };
    Entry kept{.size = entry.size, .mode = entry.mode, .type = entry.type};
    kept.path = keep(entry.path);
    kept.pathSize = static_cast<std::uint32_t>(entry.path.size());
    kept.link = keep(entry.link);
    kept.linkSize = static_cast<std::uint32_t>(entry.link.size());
    m_entries.push_back(kept);
}

void LayerEntries::describeLast(ProgramFacts facts)
{
    m_entries.back().program = static_cast<std::uint32_t>(m_programs.size());
    m_programs.push_back(std::move(facts));
}

} // namespace stagelift
