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

constexpr std::string_view kServiceBases = R"(# syntax=docker/dockerfile:1
ARG GO_VERSION=1.25
FROM tonistiigi/xx:1.9.0 AS xx
FROM --platform=$BUILDPLATFORM golang:${GO_VERSION}-bookworm AS base
COPY --from=xx / /
RUN apt-get update && apt-get install -y --no-install-recommends file git
ENV CGO_ENABLED=0
FROM node:22-alpine AS web-base
RUN corepack enable
FROM debian:bookworm-slim AS runtime
LABEL org.opencontainers.image.vendor="Example"
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
)";

constexpr std::array<std::string_view, 5> kServiceStages{
    R"(
# service {0}
FROM base AS service-{0}-src
WORKDIR /usr/src/service-{0}
ADD https://github.com/example/service-{0}.git#v1.{0} .
)",
    R"(
FROM {1} AS service-{0}-web
WORKDIR /web
COPY services/{0}/web/package.json services/{0}/web/package-lock.json ./
RUN npm ci
COPY services/{0}/web .
RUN npm run build
)",
    R"(
FROM base AS service-{0}-build
WORKDIR /src
RUN --mount=from=service-{0}-src,source=/usr/src/service-{0},target=.,rw \
    --mount=type=cache,target=/root/.cache/go-build \
    go build -o /out/service-{0} ./cmd/service && go build -o /out/service-{0}-admin ./cmd/admin
)",
    R"(
FROM service-{0}-build AS service-{0}-test
RUN go test ./... && gotestsum --junitfile /out/report.xml
)",
    R"(
FROM runtime AS service-{0}
LABEL org.opencontainers.image.title="service-{0}"
COPY --from=service-{0}-build /out/service-{0} /usr/local/bin/
COPY --from=service-{0}-web /web/dist /usr/share/service-{0}/
USER 1000
ENTRYPOINT ["/usr/local/bin/service-{0}"]
)"};

constexpr int kServicesInBundle = 10;

/// The bundle of the services before `end`.
std::string bundle(int end)
{
    std::string text = std::format("\nFROM debian:bookworm-slim AS bundle-{}\n", end / kServicesInBundle);
    for (int service = std::max(0, end - kServicesInBundle); service < end; ++service)
        text += std::format("COPY --from=service-{0}-build /out/service-{0} /opt/bin/\n", service);
    return text;
}

} // namespace

std::string serviceStages(int count)
{
    constexpr int kBases = 4;
    const int perService = static_cast<int>(kServiceStages.size());
    std::string text(kServiceBases);
    int service = 0;
    for (int stage = kBases, part = 0; stage < count; ++stage) {
        if (part == 0 && service > 0 && service % kServicesInBundle == 0 && stage + 1 < count &&
            !text.contains(std::format("AS bundle-{}\n", service / kServicesInBundle))) {
            text += bundle(service);
            continue;
        }
        // Every third service's web pages stand on those of the service before.
        const std::string web = service % 3 == 2 ? std::format("service-{}-web", service - 1) : "web-base";
        text += std::vformat(kServiceStages[static_cast<std::size_t>(part)], std::make_format_args(service, web));
        part = (part + 1) % perService;
        service += part == 0 ? 1 : 0;
    }
    return text;
}

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
