// SPDX-License-Identifier: GPL-3.0-or-later
//
// What one layer of an image holds, as its tar lists it: paths and what is said of them, without any content. A layer
// is read before it is known which place it has in the image, so it is kept until all of them are there.

#pragma once

#include "core/engine/files/program_facts.h"
#include "core/engine/files/tar_stream.h"

#include <string>
#include <vector>

namespace stagelift {

/// More files than any image has, so that one that is made to fill the memory does not.
inline constexpr std::size_t kMostFiles = 4'000'000;
/// Characters of all paths and link targets together.
inline constexpr std::size_t kMostText = 512'000'000;
/// Programs that are looked into, and characters of all that they name.
inline constexpr std::size_t kMostPrograms = 200'000;
inline constexpr std::size_t kMostProgramText = 32'000'000;

class LayerEntries {
public:
    struct Entry {
        qint64 size = 0;
        quint64 sum = 0;        // of the content, see content_sum.h
        std::uint32_t path = 0; // in the text
        std::uint32_t pathSize = 0;
        std::uint32_t link = 0;
        std::uint32_t linkSize = 0;
        std::uint32_t program = UINT32_MAX; // in the programs
        quint16 mode = 0;
        FileType type = FileType::File;
    };

    void add(const TarEntry& entry);
    /// Of the content of the file that was added last.
    void setLastSum(quint64 sum) { m_entries.back().sum = sum; }
    /// The file that was added last is a program, or a library.
    void describeLast(ProgramFacts facts);
    /// There were too many programs to be looked into all.
    void leaveOutPrograms() { m_knowsAllPrograms = false; }
    [[nodiscard]] bool knowsAllPrograms() const { return m_knowsAllPrograms; }
    [[nodiscard]] const ProgramFacts* program(const Entry& entry) const
    {
        return entry.program < m_programs.size() ? &m_programs[entry.program] : nullptr;
    }
    [[nodiscard]] const std::vector<Entry>& entries() const { return m_entries; }
    [[nodiscard]] std::string_view path(const Entry& entry) const { return text(entry.path, entry.pathSize); }
    [[nodiscard]] std::string_view link(const Entry& entry) const { return text(entry.link, entry.linkSize); }

private:
    [[nodiscard]] std::string_view text(std::uint32_t begin, std::uint32_t size) const
    {
        return std::string_view(m_text).substr(begin, size);
    }

    std::vector<Entry> m_entries;
    std::vector<ProgramFacts> m_programs;
    bool m_knowsAllPrograms = true;
    std::string m_text;
};

} // namespace stagelift
