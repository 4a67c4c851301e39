// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any bytes are a Dockerfile: nothing that reads, draws or reports one ends or hangs the program, and no byte that an
// instruction is made of is lost.

#include "core/artifacts/artifacts.h"
#include "core/edits/analysis.h"
#include "core/report/dot.h"
#include "core/report/json.h"
#include "core/report/layout_json.h"
#include "core/report/mermaid.h"
#include "core/report/text.h"
#include "core/text/characters.h"
#include "tests/fuzz/require.h"

#include <algorithm>
#include <string>

using namespace stagelift;
using fuzz::require;

namespace {

bool isWithin(Span inner, Span outer)
{
    return outer.begin <= inner.begin && inner.begin <= inner.end && inner.end <= outer.end;
}

void requirePiecesInside(const Instruction& instruction)
{
    const Span whole = instruction.span;
    const auto isWordWithin = [whole](const Word& word) { return isWithin(word.span, whole); };
    require(isWordWithin(instruction.keywordWord), "a keyword stands in its instruction");
    require(std::ranges::all_of(instruction.args, isWordWithin), "a word stands in its instruction");
    for (const Flag& flag : instruction.flags)
        require(isWordWithin(flag.whole) && isWordWithin(flag.value), "a flag stands in its instruction");
    for (const Heredoc& heredoc : instruction.heredocs)
        require(isWithin(heredoc.contentSpan, whole), "a heredoc stands in its instruction");
}

/// Between instructions there are blank lines and comments.
void requireNothingWritten(std::string_view gap)
{
    while (!gap.empty()) {
        const std::size_t end = std::min(gap.find('\n'), gap.size());
        const std::string_view line = leftTrimmed(gap.substr(0, end));
        require(line.empty() || line.starts_with('#'), "what is in no instruction is blank or a comment");
        gap.remove_prefix(std::min(end + 1, gap.size()));
    }
}

/// Instructions and the gaps between them, put together, are the text.
void requireLossless(const Dockerfile& dockerfile)
{
    std::string_view text = dockerfile.source->bytes();
    std::uint32_t last = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    for (const Instruction& instruction : dockerfile.instructions) {
        require(instruction.span.begin >= last && !instruction.span.empty(), "instructions are in order");
        require(instruction.span.end <= text.size(), "an instruction stands in the text");
        requirePiecesInside(instruction);
        if (dockerfile.errors.empty())
            requireNothingWritten(text.substr(last, instruction.span.begin - last));
        last = instruction.span.end;
    }
}

void requireForTerminal(std::string_view text)
{
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; };
    require(std::ranges::none_of(text, isControl), "a report holds no control byte");
}

void report(const Analysis& analysis)
{
    const int target = analysis.graph.defaultTarget();
    requireForTerminal(parseAsText("f", analysis.dockerfile));
    requireForTerminal(graphAsText("f", analysis.graph, target));
    requireForTerminal(checkAsText("f", analysis.diagnostics));
    const auto layout = layoutJson(analysis.graph);
    (void)parseAsJson("f", analysis.dockerfile);
    (void)graphAsJson("f", analysis.graph, &layout);
    (void)checkAsJson("f", analysis.diagnostics);
    (void)dotText(analysis.graph, target);
    (void)mermaidText(analysis.graph, target);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const AnalysisPtr analysis = analyse(std::string(data, data + size));
    requireLossless(analysis->dockerfile);
    for (const Diagnostic& diagnostic : analysis->diagnostics) {
        for (const Fix& fix : diagnostic.fixes)
            (void)fuzz::appliedUndoably(analysis->source.bytes(), fix.edits);
    }
    for (const Stage& stage : analysis->graph.stages)
        (void)artifacts(analysis->dockerfile, analysis->graph, stage.index);
    report(*analysis);
    return 0;
}
