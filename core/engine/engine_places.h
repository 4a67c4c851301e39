// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where else an engine can build, by its own lists: Docker contexts, buildx builders, Podman connections. Nobody is
// asked but the program on this machine, and nothing is connected to.

#pragma once

#include "core/engine/ask.h"
#include "core/engine/engine.h"

namespace stagelift {

/// A buildx builder as its file describes it.
struct BuilderFile {
    QString name;
    QString driver;
    QString endpoint; // of its first node
};

/// Where the current context's daemon listens, if that is on this machine: see Engine::socket.
/// @param contexts as for dockerPlaces()
[[nodiscard]] QString dockerSocket(const Answer& contexts);

/// Contexts but the current one, and builders but the current one, as places not asked yet.
/// @param docker the current one
/// @param contexts `docker context ls --format '{{json .}}'`
[[nodiscard]] QList<Engine> dockerPlaces(const Engine& docker, const Answer& contexts,
                                         const QList<BuilderFile>& builders);

/// @param connections `podman system connection list --format json`
[[nodiscard]] QList<Engine> podmanPlaces(const Engine& podman, const Answer& connections);

/// The builders that a person has made. `docker buildx ls` would tell of them too, but connects to all.
/// @param folder see buildersFolder()
[[nodiscard]] QList<BuilderFile> buildersIn(const QString& folder);

/// Where buildx keeps them (docker/buildx: docs/reference/buildx.md, BUILDX_CONFIG).
[[nodiscard]] QString buildersFolder();

} // namespace stagelift
