// SPDX-License-Identifier: GPL-3.0-or-later
//
// Podman and Buildah inside a container, or as a root with less than a root's rights. There they can neither make
// control groups nor raise limits, and every RUN fails for reasons that are not the Dockerfile's. The images that
// Buildah's authors publish for such places set BUILDAH_ISOLATION=chroot; we say the same, where nobody has said
// anything, and ask for the limits that are there instead of the engine's default.

#pragma once

#include <QStringList>

#include <cstdint>

namespace stagelift {

struct Surroundings {
    bool root = false;
    bool inContainer = false;     // a marker file or variable says so
    bool mayRaiseLimits = true;   // CAP_SYS_RESOURCE
    bool isolationChosen = false; // BUILDAH_ISOLATION is set
    std::uint64_t openFiles = 0;  // hard limits
    std::uint64_t processes = 0;
};

[[nodiscard]] Surroundings surroundings();

/// Further options of `podman build` and `buildah build` there; usually none.
[[nodiscard]] QStringList confinementOptions(const Surroundings& surroundings);

} // namespace stagelift
