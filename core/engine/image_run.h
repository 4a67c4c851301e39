// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the image of a built stage is run at a terminal, engine by engine: what is run, and what a person would type.

#pragma once

#include "core/engine/build.h"
#include "core/engine/confinement.h"
#include "core/engine/files/image_files.h"

#include <expected>

namespace stagelift {

enum class RunMode : quint8 {
    ItsCommand, // what its ENTRYPOINT and CMD say
    Shell,      // `sh` in place of both
};

/// What is run, one after the other, with a terminal.
struct ImageRun {
    RunMode mode = RunMode::ItsCommand;
    QList<Command> before; // each must succeed
    Command run;
    QList<Command> after; // takes away what is left, however the others have ended; their complaints are no news
};

/// @param image a name or an id that the engine knows
/// @param container a name for it, "" for the engine's choice; Buildah wants one
/// @returns a sentence where the engine can't: Buildah runs no image by its own command
[[nodiscard]] std::expected<ImageRun, QString> imageRun(const Engine& engine, const QString& image, RunMode mode,
                                                        const QString& container,
                                                        const Surroundings& around = surroundings());

/// Who runs what `builder` has built: the same, but for Buildah, where the Podman is ready that has the same images.
[[nodiscard]] Engine runnerOf(const Engine& builder, const QList<Engine>& engines);

/// A line for a shell that runs a stage with its command, now or later. Docker keeps no image that has no name, so
/// there it builds the stage from the cache first, from the file on the disk; a tag that the build gave is taken
/// instead.
/// @param request as it was built
/// @param image the stage's id, where the engine keeps it without a name
/// @returns a sentence where no such line can be written
[[nodiscard]] std::expected<QString, QString> typedRun(const BuildRequest& request, int stage, const QString& image,
                                                       const Engine& runner);

/// False where none of the image's files is called `sh`.
[[nodiscard]] bool mayHaveShell(const ImageFiles& files);

} // namespace stagelift
