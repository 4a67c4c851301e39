// SPDX-License-Identifier: GPL-3.0-or-later
//
// What one layer of an image holds, as its tar lists it: paths and what is said of them, without any content. A layer
// is read before it is known which place it has in the image, so it is kept until all of them are there.

#pragma once

#include "core/engine/files/tar_stream.h"

#include <string>
#include <vector>

namespace stagelift {

/// More files than any image has, so that one that is made to fill the memory does not.
inline constexpr std::size_t kMostFiles = 4'000'000;
/// Characters of all paths and link targets together.
inline constexpr std::size_t kMostText = 512'000'000;

class LayerEntries {
public:
    struct Entry {
        qint64 size = 0;
        std::uint32_t path = 0; // in the text
        std::uint32_t pathSize = 0;
        std::uint32_t link = 0;
        std::uint32_t linkSize = 0;
        quint16 mode = 0;
        FileType type = FileType::File;
    };

    void add(const TarEntry& entry);
    [[nodiscard]] const std::vector<Entry>& entries() const { return m_entries; }
    [[nodiscard]] std::string_view path(const Entry& entry) const { return text(entry.path, entry.pathSize); }
    [[nodiscard]] std::string_view link(const Entry& entry) const { return text(entry.link, entry.linkSize); }

private:
    [[nodiscard]] std::string_view text(std::uint32_t begin, std::uint32_t size) const
    {
        return std::string_view(m_text).substr(begin, size);
    }

    std::vector<Entry> m_entries;
    std::string m_text;
};

} // namespace stagelift
