// SPDX-License-Identifier: GPL-3.0-or-later
//
// A Dockerfile as BuildKit reads it, tied to the bytes it was read from.
//
// Every piece carries its span, so that what is written can be edited in place; its `text` is what BuildKit makes of it
// (continuation lines joined, escapes kept). Texts are views: into the source wherever the bytes stand there in one
// piece, else into the Dockerfile's own store of joined lines. Nothing is copied per word.
//
// A broken file is a Dockerfile too. What could not be read is in `errors`; all that could is in `instructions`.

#pragma once

#include "core/text/source_text.h"
#include "core/text/span.h"

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift {

enum class Keyword : std::uint8_t {
    Unknown,
    Add,
    Arg,
    Cmd,
    Copy,
    Entrypoint,
    Env,
    Expose,
    From,
    Healthcheck,
    Label,
    Maintainer,
    Onbuild,
    Run,
    Shell,
    StopSignal,
    User,
    Volume,
    Workdir,
};

/// The keyword in capitals, "" for Unknown.
[[nodiscard]] std::string_view keywordName(Keyword keyword);

/// A piece of an instruction.
struct Word {
    std::string_view text;
    Span span; // from its first byte to its last; joined lines in between included; of a JSON string without its quotes
};

/// `--name=value`, or `--name` alone.
struct Flag {
    Word whole;            // "--from=build"
    std::string_view name; // "from"
    Word value;            // "build", the span with its quotes; an empty span at the flag's end where there is none
    bool hasValue = false;
};

struct Heredoc {
    std::string_view name;
    std::uint32_t fd = 0;
    bool expand = true;       // the word was not quoted
    bool chomp = false;       // <<-
    std::string_view content; // with tabs stripped where `chomp` says so
    Span contentSpan;         // the lines between, as written
    Span span;                // from the first content line to the end of the closing word
};

struct Instruction {
    Keyword keyword = Keyword::Unknown;
    Word keywordWord; // as written
    std::vector<Flag> flags;
    // As in BuildKit's tree: for ENV and LABEL triples of key, value and "=" or "" (the legacy form); for ARG a word a
    // definition, "NAME" or "NAME=value"; for a shell-form RUN one word.
    std::vector<Word> args;
    bool json = false;
    std::vector<Heredoc> heredocs;      // an ONBUILD holds those of its child
    std::unique_ptr<Instruction> child; // of ONBUILD
    Span span;       // from the keyword to the end of its last line, line ending left out, heredocs included
    LineRange lines; // as BuildKit counts them

    /// The first flag of that name (without dashes), else nullptr.
    [[nodiscard]] const Flag* flag(std::string_view name) const;
};

/// CMD or ENTRYPOINT: it says what a container runs.
[[nodiscard]] inline bool isStart(const Instruction& instruction)
{
    return instruction.keyword == Keyword::Cmd || instruction.keyword == Keyword::Entrypoint;
}

struct Directive {
    std::string_view name; // lower-cased
    Word value;
    Span span;
    std::uint32_t line = 0;
};

/// BuildKit first splits the whole file into instructions, then looks at each: an error of the first kind wherever it
/// stands hides all of the second.
enum class SyntaxPhase : std::uint8_t { Lines, Instructions };

/// What BuildKit would refuse the file for, in its words.
struct SyntaxError {
    std::string message; // without "dockerfile parse error on line N: "
    Span span;
    LineRange lines;   // as BuildKit names them
    bool named = true; // BuildKit puts "dockerfile parse error on line N: " in front of it
    SyntaxPhase phase = SyntaxPhase::Instructions;
};

/// An empty line where an instruction goes on, which BuildKit warns of.
struct EmptyContinuation {
    std::uint32_t line = 0;      // of the empty line
    std::size_t instruction = 0; // that goes on
    std::uint32_t reported = 0;  // the line that BuildKit names: the last that was joined
};

/// The message as BuildKit prints it.
[[nodiscard]] std::string fullMessage(const SyntaxError& error);

/// Owns its joined texts and, through it, every view in it but those into the source, which must outlive it.
struct Dockerfile {
    const SourceText* source = nullptr;
    char escape = '\\';
    std::vector<Directive> directives;
    std::vector<Instruction> instructions;
    std::vector<SyntaxError> errors; // by phase, then in the order of the file; the first is the one BuildKit stops at
    std::vector<EmptyContinuation> emptyContinuations;
    std::vector<std::uint32_t> resumed; // lines at which reading went on, as if a heredoc that is open had ended above
    std::deque<std::string> store;      // joined texts that `Word::text` points into
};

} // namespace stagelift
