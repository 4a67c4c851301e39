// SPDX-License-Identifier: GPL-3.0-or-later
//
// How often what a stage's instructions make foresees what real Dockerfiles copy from it: of all sources of a
// COPY --from of a stage, those that the recognisers alone would have offered. A source counts as foreseen where it is
// offered itself, lies in a folder that is, or is the folder that something offered lies in.

#include "core/artifacts/artifacts.h"
#include "core/dockerfile/paths.h"
#include "core/edits/analysis.h"
#include "tests/bench/texts.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

using namespace stagelift;

namespace {

enum class Foreseen { Not, AsAFolder, Within, Exactly };

/// How the offer at `offered` foresees the source at `wanted`; both are absolute, either may be a pattern.
Foreseen howForeseen(const std::string& offered, const std::string& wanted)
{
    if (offered == wanted)
        return Foreseen::Exactly;
    if (covers(offered, wanted))
        return Foreseen::Within;
    return wanted != "/" && covers(wanted, offered) ? Foreseen::AsAFolder : Foreseen::Not;
}

struct Count {
    int sources = 0;
    int foreseen = 0;
    int within = 0; // offered itself, or in a folder that is
    int exactly = 0;
};

void countSource(Count& count, const std::vector<Artifact>& offers, const std::string& wanted)
{
    Foreseen best = Foreseen::Not;
    for (const Artifact& offer : offers)
        best = std::max(best, howForeseen(offer.path, wanted));
    ++count.sources;
    count.foreseen += best != Foreseen::Not ? 1 : 0;
    count.within += best >= Foreseen::Within ? 1 : 0;
    count.exactly += best == Foreseen::Exactly ? 1 : 0;
}

void countFile(Count& count, const std::string& text, bool showMissed)
{
    const AnalysisPtr analysis = analyse(text);
    for (const Edge& edge : analysis->graph.edges) {
        const bool isCopy = edge.kind == EdgeKind::Copy && edge.from.kind == NodeKind::Stage && !edge.broken;
        if (!isCopy)
            continue;
        const auto offers = foreseenArtifacts(analysis->dockerfile, analysis->graph, edge.from.index);
        for (const std::string& path : edge.paths) {
            const int before = count.foreseen;
            countSource(count, offers, pathFrom("/", path));
            if (!showMissed || count.foreseen > before)
                continue;
            std::printf("missed %s of %s, which offers", path.c_str(), analysis->graph.label(edge.from).c_str());
            for (const Artifact& offer : offers)
                std::printf(" %s", offer.path.c_str());
            std::printf("\n");
        }
    }
}

} // namespace

/// `--missed`: also a line for each source that nothing foresees.
int main(int argc, char** argv)
{
    const bool showMissed =
        std::any_of(argv + 1, argv + argc, [](const char* word) { return std::string_view(word) == "--missed"; });
    Count count;
    for (const std::string& text : bench::realFiles())
        countFile(count, text, showMissed);
    if (count.sources == 0)
        return 0;
    const auto share = [&](int part) { return 100.0 * part / count.sources; };
    std::printf("artifacts/real/copied %d sources\n", count.sources);
    std::printf("artifacts/real/foreseen %.1f %%\n", share(count.foreseen));
    std::printf("artifacts/real/foreseen_within %.1f %%\n", share(count.within));
    std::printf("artifacts/real/foreseen_exactly %.1f %%\n", share(count.exactly));
    return 0;
}
