// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/analysis.h"

#include "core/dockerfile/parser.h"

namespace stagelift {

AnalysisPtr analyse(std::string text, const CheckOptions& options, std::uint64_t revision)
{
    const auto analysis = std::make_shared<Analysis>(std::move(text));
    analysis->dockerfile = parse(analysis->source);
    analysis->build = options.build;
    analysis->graph = resolve(analysis->dockerfile, analysis->build);
    analysis->diagnostics = check(analysis->dockerfile, analysis->graph, options);
    analysis->revision = revision;
    return analysis;
}

} // namespace stagelift
