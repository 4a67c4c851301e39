// SPDX-License-Identifier: GPL-3.0-or-later
//
// Platforms as they are written: "linux/amd64", "linux/arm/v7", "arm64". Rules and sentences: containerd/platforms.

#pragma once

#include "core/stages/expand.h"

#include <expected>
#include <string>
#include <string_view>

namespace stagelift {

struct Platform {
    std::string os;
    std::string osVersion;
    std::string architecture;
    std::string variant;

    /// "linux/arm/v7", "windows(10.0.17763)/amd64"
    [[nodiscard]] std::string text() const;
};

[[nodiscard]] std::expected<Platform, std::string> parsePlatform(std::string_view text);

/// BUILDPLATFORM, TARGETARCH and their like, as every FROM sees them. `overrides` are build arguments of these names.
[[nodiscard]] Environment predefinedArguments(const Platform& platform, std::string_view targetStage,
                                              const std::vector<std::pair<std::string, std::string>>& overrides);

} // namespace stagelift
