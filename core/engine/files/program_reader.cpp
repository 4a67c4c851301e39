// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/program_reader.h"

#include <algorithm>
#include <limits>

namespace stagelift {

namespace {

constexpr quint64 kBeginning = 8 * 1024 * 1024;   // bytes: names of symbols and libraries most often come ahead of code
constexpr quint64 kLargestTable = 256 * 1024;     // bytes
constexpr quint64 kMostStrings = 4 * 1024 * 1024; // bytes
constexpr std::size_t kMostNames = 500;           // libraries, and folders, of one file
constexpr quint64 kLongestName = 4096;            // bytes
constexpr quint64 kMostSegments = 200;
constexpr std::string_view kElfMagic = "\x7f"
                                       "ELF";
constexpr std::string_view kScriptMagic = "#!";

// elf.h
constexpr quint64 kExecutable = 2;
constexpr quint64 kShared = 3;
constexpr quint32 kLoad = 1;
constexpr quint32 kDynamic = 2;
constexpr quint32 kInterpreter = 3;
constexpr quint64 kNoMore = 0;
constexpr quint64 kNeeded = 1;
constexpr quint64 kStrings = 5;
constexpr quint64 kStringsSize = 10;
constexpr quint64 kRPath = 15;
constexpr quint64 kRunPath = 29;
constexpr quint64 kFlags1 = 0x6ffffffb;
constexpr quint64 kIsProgram = 0x08000000; // DF_1_PIE
constexpr quint64 kProgramBits = 1;
constexpr quint64 kSymbols = 2;
constexpr quint64 kIsLoaded = 2; // SHF_ALLOC

/// Where the fields of a header are.
struct Fields {
    quint64 headerSize;
    unsigned word; // bytes of an address
    quint64 entry;
    quint64 segments;
    quint64 sections;
    quint64 segmentSize; // its place; the count is two behind, then the size of a section's header and their count
    quint64 segmentHeader;
    quint64 sectionHeader;
    quint64 segmentOffset; // inside of a segment's header
    quint64 segmentAddress;
    quint64 segmentBytes;
    quint64 sectionFlags; // inside of a section's header
    quint64 sectionBytes;
    quint64 sectionLink;
};

constexpr Fields k32{52, 4, 24, 28, 32, 42, 32, 40, 4, 8, 16, 8, 20, 24};
constexpr Fields k64{64, 8, 24, 32, 40, 54, 56, 64, 8, 16, 32, 8, 32, 40};

const Fields& fieldsOf(bool is64Bit)
{
    return is64Bit ? k64 : k32;
}

std::vector<std::string> foldersIn(std::string_view paths)
{
    std::vector<std::string> folders;
    while (!paths.empty() && folders.size() < kMostNames) {
        const std::size_t end = std::min(paths.find(':'), paths.size());
        if (end > 0)
            folders.emplace_back(paths.substr(0, end));
        paths.remove_prefix(std::min(end + 1, paths.size()));
    }
    return folders;
}

} // namespace

void ProgramReader::Window::take(std::string_view piece, quint64 offset)
{
    const quint64 next = begin + bytes.size();
    if (isWhole() || offset + piece.size() <= next)
        return;
    if (offset > next) // a hole
        bytes.append(std::min(offset, end()) - next, '\0');
    const quint64 from = begin + bytes.size();
    if (from >= offset && !isWhole())
        bytes.append(piece.substr(from - offset, size - bytes.size()));
}

void ProgramReader::begin()
{
    std::string kept = std::move(m_beginning.bytes);
    kept.clear();
    *this = {};
    m_beginning = {.begin = 0, .size = kBeginning, .bytes = std::move(kept)};
}

void ProgramReader::take(QByteArrayView bytes, qint64 offset)
{
    const std::string_view piece(bytes.data(), static_cast<std::size_t>(bytes.size()));
    const auto from = static_cast<quint64>(std::max<qint64>(offset, 0));
    if (m_format == Format::Unknown && m_beginning.bytes.empty())
        m_format = formatOf(piece, from); // most files are no programs: nothing of them is copied
    if (m_format == Format::Other || piece.empty())
        return;
    if (!m_hasStrings) {
        m_beginning.take(piece, from);
        if (m_format == Format::Unknown)
            m_format = formatOf(m_beginning.bytes, 0);
        if (m_format == Format::Elf && !m_hasTables)
            findTables();
    }
    for (Window* window : {&m_interpreter, &m_dynamic, &m_sections, &m_strings})
        window->take(piece, from);
    m_seen = std::max(m_seen, from + piece.size());
    if (m_hasTables && !m_hasStrings && m_dynamic.isWhole()) {
        findStrings();
        m_strings.take(piece, from);
    }
}

/// @param beginning what is known of it
ProgramReader::Format ProgramReader::formatOf(std::string_view beginning, quint64 offset)
{
    if (offset > 0)
        return Format::Other;
    if (beginning.starts_with(kElfMagic))
        return Format::Elf;
    if (beginning.starts_with(kScriptMagic))
        return Format::Script;
    const bool isOpen = kElfMagic.starts_with(beginning) || kScriptMagic.starts_with(beginning);
    return isOpen ? Format::Unknown : Format::Other;
}

bool ProgramReader::wantsMore() const
{
    switch (m_format) {
    case Format::Unknown:
        return true;
    case Format::Script:
        return m_beginning.bytes.size() < kLongestFirstLine && !m_beginning.bytes.contains('\n');
    case Format::Other:
        return false;
    case Format::Elf:
        break;
    }
    if (m_isBroken)
        return false;
    if (!m_hasTables)
        return !m_beginning.isWhole();
    const auto isAhead = [this](const Window& window) { return window.size > 0 && m_seen < window.end(); };
    return isAhead(m_interpreter) || isAhead(m_dynamic) || isAhead(m_strings) || isAhead(m_sections);
}

/// A number of the file in its own byte order; 0 outside of what is there.
quint64 ProgramReader::number(std::string_view bytes, quint64 offset, unsigned size) const
{
    if (offset > bytes.size() || bytes.size() - offset < size)
        return 0;
    quint64 number = 0;
    for (unsigned i = 0; i < size; ++i)
        number = number << 8U | static_cast<unsigned char>(bytes[offset + (m_isBigEndian ? i : size - 1 - i)]);
    return number;
}

/// What of it has come by already is in the beginning. None of what is larger than such a table is.
ProgramReader::Window ProgramReader::windowAt(quint64 begin, quint64 size, quint64 most) const
{
    if (size > most || begin > static_cast<quint64>(std::numeric_limits<qint64>::max()) - most)
        return {};
    Window window{.begin = begin, .size = size};
    if (begin < m_beginning.bytes.size())
        window.bytes = m_beginning.bytes.substr(begin, size);
    return window;
}

/// Once the program headers are there, which is soon, it is known where the tables will come by.
void ProgramReader::findTables()
{
    constexpr std::size_t kIdentity = 6;
    const std::string_view known = m_beginning.bytes;
    if (known.size() < kIdentity)
        return;
    const auto isOneOfTwo = [](char c) { return c == 1 || c == 2; };
    if (!isOneOfTwo(known[4]) || !isOneOfTwo(known[5])) {
        m_isBroken = true;
        return;
    }
    m_is64Bit = known[4] == 2;
    m_isBigEndian = known[5] == 2;
    if (known.size() >= fieldsOf(m_is64Bit).headerSize)
        readHeader();
}

void ProgramReader::readHeader()
{
    const Fields& fields = fieldsOf(m_is64Bit);
    const auto at = [&](quint64 offset, unsigned size) { return number(m_beginning.bytes, offset, size); };
    const quint64 type = at(16, 2);
    const quint64 segments = at(fields.segments, fields.word);
    const quint64 size = at(fields.segmentSize, 2);
    const quint64 count = at(fields.segmentSize + 2, 2);
    m_sectionSize = at(fields.segmentSize + 4, 2);
    const bool isProgram = type == kExecutable || type == kShared;
    if (!isProgram || size != fields.segmentHeader || count == 0 || count > kMostSegments ||
        segments > kBeginning - count * size) {
        m_isBroken = true;
        return;
    }
    if (segments + count * size > m_beginning.bytes.size())
        return; // not yet
    m_hasTables = true;
    readSegments(segments, count);
    if (m_sectionSize == fields.sectionHeader)
        m_sections =
            windowAt(at(fields.sections, fields.word), m_sectionSize * at(fields.segmentSize + 6, 2), kLargestTable);
}

void ProgramReader::readSegments(quint64 begin, quint64 count)
{
    const Fields& fields = fieldsOf(m_is64Bit);
    for (quint64 i = 0; i < count; ++i) {
        const quint64 header = begin + i * fields.segmentHeader;
        const auto at = [&](quint64 offset, unsigned size) { return number(m_beginning.bytes, header + offset, size); };
        const Segment segment{static_cast<quint32>(at(0, 4)), at(fields.segmentOffset, fields.word),
                              at(fields.segmentAddress, fields.word), at(fields.segmentBytes, fields.word)};
        m_segments.push_back(segment);
        if (segment.type != kInterpreter && segment.type != kDynamic)
            continue;
        // Without content it is the file of a debugger, which belongs to a program.
        Window& window = segment.type == kDynamic ? m_dynamic : m_interpreter;
        window = windowAt(segment.offset, segment.size, segment.type == kDynamic ? kLargestTable : kLongestName);
        m_isBroken = m_isBroken || window.size == 0;
    }
    m_hasStrings = m_dynamic.size == 0;
}

/// Calls `take(tag, value)` for each row of the dynamic section.
template<typename Take>
void ProgramReader::forEachRow(Take take) const
{
    const unsigned word = fieldsOf(m_is64Bit).word;
    for (quint64 at = 0; at + 2 * word <= m_dynamic.bytes.size(); at += 2 * word) {
        const quint64 tag = number(m_dynamic.bytes, at, word);
        if (tag == kNoMore)
            return;
        take(tag, number(m_dynamic.bytes, at + word, word));
    }
}

/// Its address is told as a process would see it; where that lies in the file, the segments that are loaded tell.
void ProgramReader::findStrings()
{
    m_hasStrings = true;
    quint64 address = 0;
    quint64 size = kMostStrings;
    forEachRow([&](quint64 tag, quint64 value) {
        if (tag == kStrings)
            address = value;
        else if (tag == kStringsSize)
            size = value;
    });
    for (const Segment& segment : m_segments) {
        if (segment.type != kLoad || address < segment.address || address - segment.address >= segment.size)
            continue;
        const quint64 inside = address - segment.address;
        if (segment.offset > static_cast<quint64>(std::numeric_limits<qint64>::max()) - inside)
            return;
        const quint64 begin = segment.offset + inside;
        // What went by between the beginning and the table is lost.
        const quint64 reach = begin < m_dynamic.end() && m_dynamic.end() > kBeginning
                                  ? kBeginning - std::min(begin, kBeginning)
                                  : kMostStrings;
        m_strings = windowAt(begin, std::min({size, segment.size - inside, kMostStrings, reach}), kMostStrings);
        return;
    }
}

std::optional<std::string> ProgramReader::stringAt(quint64 offset) const
{
    if (offset >= m_strings.bytes.size())
        return std::nullopt;
    const std::string_view text = std::string_view(m_strings.bytes).substr(offset, kLongestName);
    const std::size_t end = text.find('\0');
    if (end == std::string_view::npos || end == 0)
        return std::nullopt;
    return std::string(text.substr(0, end));
}

/// @returns whether it is a program that is loaded like a library: "static-pie"
bool ProgramReader::readNeeds(ProgramFacts& facts) const
{
    bool isProgram = false;
    facts.isComplete = m_dynamic.isWhole();
    std::vector<std::string> ownPaths;
    std::vector<std::string> widePaths;
    forEachRow([&](quint64 tag, quint64 value) {
        if (tag == kFlags1)
            isProgram = (value & kIsProgram) != 0;
        if (tag != kNeeded && tag != kRPath && tag != kRunPath)
            return;
        const auto name = stringAt(value);
        if (!name || (tag == kNeeded && facts.needed.size() == kMostNames))
            facts.isComplete = false;
        else if (tag == kNeeded)
            facts.needed.push_back(*name);
        else
            (tag == kRunPath ? ownPaths : widePaths) = foldersIn(*name);
    });
    facts.searchesForOthers = ownPaths.empty() && !widePaths.empty(); // a RUNPATH makes an RPATH void
    facts.searchPaths = std::move(ownPaths.empty() ? widePaths : ownPaths);
    return isProgram;
}

/// What a process does not load: symbols with their names, and what is for debuggers.
void ProgramReader::readSections(ProgramFacts& facts, quint64 fileSize) const
{
    if (!m_sections.isWhole() || m_sectionSize == 0)
        return;
    const Fields& fields = fieldsOf(m_is64Bit);
    const quint64 count = m_sections.size / m_sectionSize;
    const auto at = [&](quint64 section, quint64 offset, unsigned size) {
        return number(m_sections.bytes, section * m_sectionSize + offset, size);
    };
    quint64 spare = 0;
    const auto add = [&](quint64 section) {
        spare += std::min(at(section, fields.sectionBytes, fields.word), fileSize - std::min(spare, fileSize));
    };
    for (quint64 section = 0; section < count; ++section) {
        const quint64 type = at(section, 4, 4);
        const bool isLoaded = (at(section, fields.sectionFlags, fields.word) & kIsLoaded) != 0;
        if (type == kProgramBits && !isLoaded)
            add(section);
        if (type != kSymbols)
            continue;
        facts.hasSymbols = true;
        add(section);
        if (const quint64 names = at(section, fields.sectionLink, 4); names < count)
            add(names);
    }
    facts.spare = static_cast<qint64>(spare);
}

std::optional<ProgramFacts> ProgramReader::elfFacts(quint64 fileSize) const
{
    if (m_isBroken || !m_hasTables)
        return std::nullopt;
    const Fields& fields = fieldsOf(m_is64Bit);
    ProgramFacts facts{.machine = static_cast<quint16>(number(m_beginning.bytes, 18, 2)), .is64Bit = m_is64Bit};
    const bool isProgram = readNeeds(facts);
    const bool isFixed = number(m_beginning.bytes, 16, 2) == kExecutable;
    const bool startsItself = m_dynamic.size == 0 && number(m_beginning.bytes, fields.entry, fields.word) != 0;
    if (m_interpreter.size > 0) {
        const std::string_view name = m_interpreter.bytes;
        facts.interpreter = name.substr(0, name.find('\0'));
        facts.isComplete = facts.isComplete && m_interpreter.isWhole() && facts.interpreter.starts_with('/');
        facts.kind = ProgramKind::Dynamic;
    } else {
        facts.kind = isFixed || isProgram || startsItself ? ProgramKind::Static : ProgramKind::Library;
    }
    readSections(facts, fileSize);
    return facts;
}

std::optional<ProgramFacts> ProgramReader::facts(qint64 fileSize) const
{
    switch (m_format) {
    case Format::Elf:
        return elfFacts(static_cast<quint64>(std::max<qint64>(fileSize, 0)));
    case Format::Script:
        return scriptFacts(m_beginning.bytes);
    case Format::Unknown:
    case Format::Other:
        break;
    }
    return std::nullopt;
}

} // namespace stagelift
