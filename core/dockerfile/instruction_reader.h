// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes one logical line apart: keyword, flags, and arguments in the way of its keyword. Rules: BuildKit,
// parser/split_command.go and parser/line_parsers.go.

#pragma once

#include "core/dockerfile/json_array.h"
#include "core/dockerfile/logical_line.h"

#include <optional>

namespace stagelift {

class InstructionReader {
public:
    InstructionReader(std::deque<std::string>& store) : m_store(store) {}

    /// The instruction that the line holds; its lines, its heredocs and its span's end are the caller's to fill in.
    [[nodiscard]] Instruction read(const LogicalLine& line, char escape);

    /// Why the last instruction's arguments could not be read, in BuildKit's words; empty where they could.
    [[nodiscard]] const std::string& error() const { return m_error; }
    /// What of them could not; empty where all of the instruction is meant.
    [[nodiscard]] Span errorSpan() const { return m_errorSpan; }

private:
    struct Range {
        std::size_t begin = 0;
        std::size_t end = 0;
        [[nodiscard]] bool empty() const { return begin == end; }
    };

    Instruction readIn(Range range);
    /// Returns where the arguments begin.
    std::size_t readFlags(Instruction& instruction, Range range);
    std::size_t readFlag(Instruction& instruction, Range range);
    void addFlag(Instruction& instruction, Range range, std::optional<std::size_t> equals, std::string_view text);

    void readArguments(Instruction& instruction, Range range);
    void readWords(Instruction& instruction, Range range);
    void readWhole(Instruction& instruction, Range range);
    void readPairs(Instruction& instruction, Range range);
    void readLegacyPair(Instruction& instruction, Range range);
    void readDefinitions(Instruction& instruction, Range range);
    void readHealthcheck(Instruction& instruction, Range range);
    void readTrigger(Instruction& instruction, Range range);
    bool readJson(Instruction& instruction, Range range);

    [[nodiscard]] std::vector<Range> quotedWords(Range range) const;
    [[nodiscard]] Range quotedWord(std::size_t& at, std::size_t end) const;
    [[nodiscard]] Range trimmedRange(Range range) const;
    [[nodiscard]] std::string_view textOf(Range range) const
    {
        return m_text.substr(range.begin, range.end - range.begin);
    }
    [[nodiscard]] Word wordOf(Range range) const { return m_line->word(range.begin, range.end); }

    std::deque<std::string>& m_store;
    const LogicalLine* m_line = nullptr;
    std::string_view m_text;
    char m_escape = '\\';
    std::string m_error;
    Span m_errorSpan;
    std::vector<JsonString> m_strings;
};

} // namespace stagelift
