// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/made_up_files.h"

#include <algorithm>
#include <array>
#include <format>
#include <string_view>

namespace stagelift::bench {

namespace {

/// Where the stage takes something from: mostly one just above, now and then one far above.
int sourceOf(int stage, int turn)
{
    constexpr int kNear = 10;
    const int back = 1 + (stage * 7 + turn * 3) % kNear;
    return stage % 5 == 0 ? stage * (turn + 1) / 4 : std::max(0, stage - back);
}

void addStage(std::string& text, int stage)
{
    constexpr std::array<std::string_view, 4> kImages{"golang:${GO_VERSION}-bookworm", "node:22-alpine",
                                                      "docker.io/library/python:3.13-slim", "debian:trixie"};
    const bool isOnStage = stage > 0 && stage % 3 == 1;
    const std::string base = isOnStage ? std::format("service-{}", sourceOf(stage, 0))
                                       : std::string(kImages[static_cast<std::size_t>(stage) % kImages.size()]);
    text += std::format("\n# Builds service {0}.\nFROM {1} AS service-{0}\nARG VERSION_{0}=1.{0}\n"
                        "ENV SERVICE=service-{0} PREFIX=/opt/${{VERSION_{0}}}\nWORKDIR /src/service-{0}\n"
                        "COPY --chown=1000:1000 go.mod go.sum ./\n",
                        stage, base);
    for (int turn = 0; stage > 0 && turn < 2; ++turn)
        text += std::format("COPY --from=service-{0} /out/lib{0}.so /usr/lib/\n", sourceOf(stage, turn));
    if (stage > 0 && stage % 4 == 0)
        text += std::format("RUN --mount=type=bind,from=service-{},target=/tools /tools/prepare\n", sourceOf(stage, 2));
    text += "RUN --mount=type=cache,target=/root/.cache \\\n    make -C \"$PREFIX\" all && \\\n    make install\n";
    if (stage % 6 == 2)
        text += "RUN <<EOF\nset -e\nfor f in /out/*; do\n    strip \"$f\"\ndone\nEOF\n";
    text += "CMD [\"/usr/bin/service\", \"--serve\"]\n";
}

} // namespace

std::string mixedStages(int count)
{
    std::string text = "# syntax=docker/dockerfile:1\nARG GO_VERSION=1.25\n";
    for (int stage = 0; stage < count; ++stage)
        addStage(text, stage);
    return text;
}

std::string chainedStages(int count)
{
    std::string text;
    for (int stage = 0; stage < count; ++stage) {
        const std::string base = stage == 0 ? "alpine" : std::format("s{}", stage - 1);
        text += std::format("FROM {0} AS s{1}\nENV VALUE_{1}=$VALUE_{2}\nRUN step {1}\n", base, stage,
                            std::max(0, stage - 1));
    }
    return text;
}

} // namespace stagelift::bench
