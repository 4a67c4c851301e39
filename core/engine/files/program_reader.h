// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads what a program or a shared library needs while its content streams by: of an ELF file (System V ABI, chapters 4
// and 5), either byte order, 32 or 64 bits, what its program headers lead to, the names that its dynamic section points
// at, and the types of its sections; of a script its first line. Of a file of any size only its beginning and these
// tables are kept, each up to a bound. Nothing in a file is believed: what leads outside of it or past a bound is not
// told, and then the facts say that they are not complete.

#pragma once

#include "core/engine/files/program_facts.h"

#include <QByteArrayView>

#include <optional>
#include <string>

namespace stagelift {

class ProgramReader {
public:
    /// Another file; what is kept for the one before is used again.
    void begin();
    /// The next piece of its content. What is between two pieces is zero.
    void take(QByteArrayView bytes, qint64 offset);
    /// More of the file may tell more. False at once for what is no program.
    [[nodiscard]] bool wantsMore() const;
    /// Nothing of what is no program, or a broken one.
    /// @param fileSize in bytes
    [[nodiscard]] std::optional<ProgramFacts> facts(qint64 fileSize) const;

private:
    /// A part of the file that is kept as it comes by.
    struct Window {
        quint64 begin = 0;
        quint64 size = 0;
        std::string bytes = {};

        void take(std::string_view piece, quint64 offset);
        [[nodiscard]] quint64 end() const { return begin + size; }
        [[nodiscard]] bool isWhole() const { return bytes.size() == size; }
    };
    struct Segment {
        quint32 type = 0;
        quint64 offset = 0;
        quint64 address = 0;
        quint64 size = 0; // in the file
    };
    enum class Format : quint8 { Unknown, Elf, Script, Other };

    [[nodiscard]] static Format formatOf(std::string_view beginning, quint64 offset);
    void findTables();
    void readHeader();
    void readSegments(quint64 begin, quint64 count);
    void findStrings();
    [[nodiscard]] Window windowAt(quint64 begin, quint64 size, quint64 most) const;
    [[nodiscard]] quint64 number(std::string_view bytes, quint64 offset, unsigned size) const;
    [[nodiscard]] std::optional<std::string> stringAt(quint64 offset) const;
    template<typename Take>
    void forEachRow(Take take) const;
    [[nodiscard]] std::optional<ProgramFacts> elfFacts(quint64 fileSize) const;
    [[nodiscard]] bool readNeeds(ProgramFacts& facts) const;
    void readSections(ProgramFacts& facts, quint64 fileSize) const;

    Format m_format = Format::Unknown;
    Window m_beginning;
    quint64 m_seen = 0;
    bool m_is64Bit = false;
    bool m_isBigEndian = false;
    bool m_hasTables = false;  // the program headers have come by
    bool m_hasStrings = false; // it is known where the names are, or that they can't be told
    bool m_isBroken = false;   // the tables lead nowhere
    std::vector<Segment> m_segments;
    Window m_interpreter;
    Window m_dynamic;
    Window m_strings;
    Window m_sections;
    quint64 m_sectionSize = 0; // of an entry
};

} // namespace stagelift
