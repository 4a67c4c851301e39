// SPDX-License-Identifier: GPL-3.0-or-later
//
// ELF files that are made up: headers, a dynamic section, names, and sections as far as a test asks for them; no code.

#pragma once

#include <QByteArray>
#include <QList>

namespace stagelift::test {

struct ElfPlan {
    QByteArray interpreter = {};
    QList<QByteArray> needed = {};
    QByteArray runPath = {};
    QByteArray rPath = {};
    bool is64Bit = true;
    bool isBigEndian = false;
    bool isShared = true;      // ET_DYN, else ET_EXEC
    bool isDynamic = true;     // it has a dynamic section
    bool isPie = false;        // DF_1_PIE
    unsigned machine = 62;     // x86-64
    int symbols = 0;           // bytes of a symbol table; 0: it was stripped
    qsizetype namesAt = 0;     // where the names are, at least; 0: where they fit
    bool namesAreAhead = true; // of the dynamic section, as linkers put them
    qsizetype size = 0;        // of the file, at least
};

class ElfWriter {
public:
    explicit ElfWriter(const ElfPlan& plan) : m_plan(plan) {}

    QByteArray write()
    {
        const bool hasInterpreter = !m_plan.interpreter.isEmpty();
        const int segments = 1 + (hasInterpreter ? 1 : 0) + (m_plan.isDynamic ? 1 : 0);
        const qsizetype header = wide() ? 64 : 52;
        const qsizetype segmentSize = wide() ? 56 : 32;
        const qsizetype interpreterAt = header + segments * segmentSize;
        const qsizetype free = interpreterAt + (hasInterpreter ? m_plan.interpreter.size() + 1 : 0);
        const QList<std::pair<quint64, quint64>> rows = tables();
        const qsizetype rowsSize = rows.size() * 2 * word();
        const qsizetype namesAt = std::max(m_plan.namesAreAhead ? free : free + rowsSize, m_plan.namesAt);
        const qsizetype rowsAt = m_plan.namesAreAhead ? namesAt + m_names.size() : free;
        const qsizetype symbolsAt = std::max(namesAt, rowsAt) + m_names.size() + rowsSize;
        const qsizetype sectionsAt = symbolsAt + 2 * m_plan.symbols;
        const qsizetype sectionSize = wide() ? 64 : 40;

        put(0, QByteArray("\x7f"
                          "ELF") +
                   char(wide() ? 2 : 1) + char(m_plan.isBigEndian ? 2 : 1) + '\x01');
        number(16, m_plan.isShared ? 3 : 2, 2);
        number(18, m_plan.machine, 2);
        number(24, 0x1000, word());
        number(wide() ? 32 : 28, quint64(header), word());
        number(wide() ? 40 : 32, m_plan.symbols > 0 ? quint64(sectionsAt) : 0, word());
        const qsizetype counts = wide() ? 54 : 42;
        number(counts, quint64(segmentSize), 2);
        number(counts + 2, quint64(segments), 2);
        number(counts + 4, quint64(sectionSize), 2);
        number(counts + 6, m_plan.symbols > 0 ? 3 : 0, 2);
        qsizetype at = header;
        segment(at, 1, 0, kAddress, sectionsAt);
        if (hasInterpreter)
            segment(at += segmentSize, 3, interpreterAt, kAddress + interpreterAt, m_plan.interpreter.size() + 1);
        if (m_plan.isDynamic)
            segment(at += segmentSize, 2, rowsAt, kAddress + rowsAt, rowsSize);
        put(interpreterAt, m_plan.interpreter);
        if (m_plan.isDynamic) {
            put(namesAt, m_names);
            for (qsizetype row = 0; row < rows.size(); ++row) {
                const bool isPlace = rows.at(row).first == 5;
                number(rowsAt + row * 2 * word(), rows.at(row).first, word());
                number(rowsAt + (row * 2 + 1) * word(), isPlace ? quint64(kAddress + namesAt) : rows.at(row).second,
                       word());
            }
        }
        if (m_plan.symbols > 0) {
            section(sectionsAt + sectionSize, 2, symbolsAt, m_plan.symbols, 2);
            section(sectionsAt + 2 * sectionSize, 3, symbolsAt + m_plan.symbols, m_plan.symbols, 0);
        }
        put(std::max(m_plan.size, m_bytes.size()) - 1, m_bytes.size() < m_plan.size ? "x" : m_bytes.last(1));
        return m_bytes;
    }

private:
    static constexpr qsizetype kAddress = 0x400000;

    [[nodiscard]] bool wide() const { return m_plan.is64Bit; }
    [[nodiscard]] int word() const { return wide() ? 8 : 4; }

    void put(qsizetype at, const QByteArray& bytes)
    {
        if (m_bytes.size() < at + bytes.size())
            m_bytes.append(at + bytes.size() - m_bytes.size(), '\0');
        m_bytes.replace(at, bytes.size(), bytes);
    }

    void number(qsizetype at, quint64 value, int size)
    {
        QByteArray bytes;
        for (int i = 0; i < size; ++i)
            bytes.insert(m_plan.isBigEndian ? 0 : bytes.size(), static_cast<char>(value >> (8 * i)));
        put(at, bytes);
    }

    void segment(qsizetype at, quint64 type, qsizetype offset, qsizetype address, qsizetype size)
    {
        number(at, type, 4);
        number(at + (wide() ? 8 : 4), quint64(offset), word());
        number(at + (wide() ? 16 : 8), quint64(address), word());
        number(at + (wide() ? 32 : 16), quint64(size), word());
        number(at + (wide() ? 48 : 28), 0, word());
    }

    void section(qsizetype at, quint64 type, qsizetype offset, qsizetype size, quint64 link)
    {
        number(at + 4, type, 4);
        number(at + (wide() ? 24 : 16), quint64(offset), word());
        number(at + (wide() ? 32 : 20), quint64(size), word());
        number(at + (wide() ? 40 : 24), link, 4);
        number(at + (wide() ? 56 : 36), 0, word());
    }

    quint64 name(const QByteArray& text)
    {
        const auto at = quint64(m_names.size());
        m_names += text + '\0';
        return at;
    }

    QList<std::pair<quint64, quint64>> tables()
    {
        QList<std::pair<quint64, quint64>> rows;
        m_names = QByteArray(1, '\0');
        for (const QByteArray& library : m_plan.needed)
            rows << std::pair(quint64(1), name(library));
        if (!m_plan.rPath.isEmpty())
            rows << std::pair(quint64(15), name(m_plan.rPath));
        if (!m_plan.runPath.isEmpty())
            rows << std::pair(quint64(29), name(m_plan.runPath));
        rows << std::pair(quint64(5), quint64(0)) << std::pair(quint64(10), quint64(m_names.size()));
        if (m_plan.isPie)
            rows << std::pair(quint64(0x6ffffffb), quint64(0x08000000));
        return rows << std::pair(quint64(0), quint64(0));
    }

    ElfPlan m_plan;
    QByteArray m_names;
    QByteArray m_bytes;
};

inline QByteArray elf(const ElfPlan& plan)
{
    return ElfWriter(plan).write();
}

inline constexpr auto kGlibc = "/lib64/ld-linux-x86-64.so.2";
inline constexpr auto kMusl = "/lib/ld-musl-x86_64.so.1";

/// A program of glibc that needs these.
inline QByteArray program(const QList<QByteArray>& needed, const QByteArray& runPath = {})
{
    return elf({.interpreter = kGlibc, .needed = needed, .runPath = runPath});
}

inline QByteArray library(const QList<QByteArray>& needed = {}, const QByteArray& rPath = {})
{
    return elf({.needed = needed, .rPath = rPath});
}

} // namespace stagelift::test
