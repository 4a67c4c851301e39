// SPDX-License-Identifier: GPL-3.0-or-later
//
// How each engine builds and tells: a row for each kind. A plan is made ahead of a build and says all that will be run.

#pragma once

#include "core/engine/ask.h"
#include "core/engine/build.h"
#include "core/engine/build_text.h"
#include "core/engine/progress.h"

#include <QHash>

#include <optional>

namespace stagelift {

/// What a plan is made from.
struct BuildTask {
    const BuildRequest& request;
    const BuildText& text;
    QString dockerfile;  // a copy of `text` on disk, with its ignore file beside it
    QString folder;      // a temporary one, for what else a build needs
    QString tag;         // a private name, see privateName(); stages are tagged "NAME:2"
    int target = 0;      // a stage
    QList<int> measured; // stages, ascending
    QList<int> exported; // those of them whose images are wanted: the others' layers are the first of one of these
    QList<int> leaves;   // those of them that no other needs, the target first
};

/// One process of a build.
struct BuildRun {
    Command command;
    int stage = -1;       // the one whose image is there afterwards; -1: those of all stages, see stageLoaded()
    QString idFile = {};  // where the engine writes the image's id, if the plan doesn't name it
    bool followed = true; // its steps are news; otherwise all of them come from the cache
    bool inBake = false;  // see vertexName()
    /// By stage: named pipes, not made yet, that the run writes images to as archives. It waits for who reads them.
    QHash<int, QString> streams = {};
};

struct BuildPlan {
    QList<BuildRun> runs;
    QHash<int, QString> images; // by stage, as far as they are known ahead
    QStringList privateTags;    // to be forgotten afterwards
};

using Layers = QList<LayerSize>; // from the base up

struct BuildStrategy {
    EngineKind kind;
    BuildPlan (*plan)(const BuildTask& task);
    std::unique_ptr<Progress> (*progress)(const Engine& engine, ProgressSink sink);
    Command (*history)(const Engine& engine, const QString& image);
    std::optional<Layers> (*layers)(const Engine& engine, const QByteArray& answer);
    /// Writes the image as an archive to its standard output.
    Command (*save)(const Engine& engine, const QString& image);
    /// Builds a stage and writes its image so, in one go; nullptr where no builder of this kind can.
    Command (*stream)(const BuildTask& task, int stage);
    /// What a person would type.
    Command (*typed)(const BuildRequest& request, const QString& target);
};

[[nodiscard]] const BuildStrategy& buildStrategy(EngineKind kind);

/// Takes private tags away. What still has another name stays, and so does the cache.
[[nodiscard]] Command forgetCommand(const Engine& engine, const QStringList& tags);

/// The stage whose image is there once a step has ended that BuildKit gives this name; -1 where it tells of none.
/// @param inBake as for vertexName()
[[nodiscard]] int stageLoaded(const QString& stepName, const BuildPlan& plan, bool inBake);

// Rows of the table, by family.
[[nodiscard]] const QList<BuildStrategy>& dockerStrategies();
[[nodiscard]] const QList<BuildStrategy>& podmanStrategies();

/// `--build-arg` for each. What looks secret goes through the environment, where the process list doesn't show it.
void addBuildArgs(const BuildRequest& request, Command& command);
/// The leaves, then the stages that they are made of, which come from the cache by then.
[[nodiscard]] QList<int> buildOrder(const BuildTask& task);
void addTags(const QStringList& tags, Command& command);
/// After a run whose engine was asked to write down the image's id: the plan knows it then.
void readImageId(const BuildRun& run, BuildPlan& plan);
/// `option` ahead of each of `values`.
void addEach(const QString& option, const QStringList& values, Command& command);
/// Target, platform, build arguments, network, named contexts, secrets and SSH, which all engines spell alike.
void addCommonOptions(const BuildRequest& request, const QString& target, Command& command);

} // namespace stagelift
