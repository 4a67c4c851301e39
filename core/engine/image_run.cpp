// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/image_run.h"

#include "core/engine/build_plan.h"
#include "core/engine/build_workspace.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ImageRun)
};

/// Docker's and Podman's, who spell it alike. A new entrypoint takes the image's CMD away, too.
Command runCommand(const Engine& engine, const QString& image, RunMode mode, const QString& container)
{
    Command command = engine.command({u"run"_s, u"--rm"_s, u"-it"_s});
    if (!container.isEmpty())
        command.arguments << u"--name"_s << container;
    if (mode == RunMode::Shell)
        command.arguments << u"--entrypoint"_s << u"sh"_s;
    command.arguments << image;
    return command;
}

/// A terminal that is closed ends the client, and not always what runs in the container.
ImageRun runAndRemove(const Engine& engine, const QString& image, RunMode mode, const QString& container)
{
    ImageRun run{.mode = mode, .before = {}, .run = runCommand(engine, image, mode, container), .after = {}};
    if (!container.isEmpty())
        run.after << engine.command({u"rm"_s, u"--force"_s, u"--volumes"_s, container});
    return run;
}

/// Buildah has working containers, in which it runs what it is told to, and nothing by itself.
std::expected<ImageRun, QString> workingContainer(const Engine& engine, const QString& image, RunMode mode,
                                                  const QString& container, const Surroundings& around)
{
    if (mode == RunMode::ItsCommand)
        return std::unexpected(
            Words::tr("Buildah runs no image by its own command: run it with a shell, or install Podman, "
                      "which has the same images."));
    QStringList words{u"run"_s, u"--terminal"_s};
    if (const QStringList confined = confinementOptions(around); confined.contains(u"--isolation"_s))
        words << u"--isolation"_s << confined.value(confined.indexOf(u"--isolation"_s) + 1);
    return ImageRun{.mode = mode,
                    .before = {engine.command({u"from"_s, u"--name"_s, container, image})},
                    .run = engine.command(words + QStringList{container, u"--"_s, u"sh"_s}),
                    .after = {engine.command({u"rm"_s, container})}};
}

/// Docker forgets an image with its last name; Podman, Buildah and the classic builder keep theirs, as their cache.
bool forgetsImages(const Engine& engine)
{
    return engine.kind == EngineKind::DockerBuildx || engine.kind == EngineKind::DockerBuildKit;
}

/// The stage's build as a person would type it, so that it prints the image's id and nothing else.
Command quietBuild(const BuildRequest& request)
{
    const QString target = buildText(*request.analysis, {request.target}).target(request.target);
    const Engine& engine = request.engine;
    Command command = buildStrategy(engine.kind).typed(request, target);
    const bool buildx = engine.kind == EngineKind::DockerBuildx;
    qsizetype behindVerb = engine.at.size() + (buildx ? 2 : 1);
    command.arguments.insert(behindVerb++, u"--quiet"_s);
    if (buildx)
        command.arguments.insert(behindVerb, u"--load"_s);
    return command;
}

/// Why a stage can't be built by a line that somebody types; "" where it can.
QString refusalToType(const BuildRequest& request, int stage)
{
    if (request.file.isEmpty())
        return Words::tr("Save the file first: a command that is typed builds what is on the disk.");
    const StageGraph& graph = request.analysis->graph;
    const bool isLast = stage == graph.defaultTarget();
    const std::string& name = graph.stages.at(static_cast<std::size_t>(stage)).name;
    if (!isLast && name.empty())
        return Words::tr("A stage without a name can't be asked for on a command line. Name it first.");
    if (!isLast && graph.findTarget(name) != stage)
        return Words::tr("Another stage further down has the same name, and is the one that a command line asks for.");
    return {};
}

} // namespace

std::expected<ImageRun, QString> imageRun(const Engine& engine, const QString& image, RunMode mode,
                                          const QString& container, const Surroundings& around)
{
    if (engine.kind == EngineKind::Buildah)
        return workingContainer(engine, image, mode, container, around);
    return runAndRemove(engine, image, mode, container);
}

Engine runnerOf(const Engine& builder, const QList<Engine>& engines)
{
    if (builder.kind != EngineKind::Buildah)
        return builder;
    const auto podman = std::ranges::find_if(engines, [](const Engine& engine) {
        return engine.kind == EngineKind::Podman && engine.ready && engine.at.isEmpty() && engine.address.isEmpty();
    });
    return podman == engines.end() ? builder : *podman;
}

std::expected<QString, QString> typedRun(const BuildRequest& request, int stage, const QString& image,
                                         const Engine& runner)
{
    if (runner.kind == EngineKind::Buildah)
        return std::unexpected(imageRun(runner, image, RunMode::ItsCommand, {}).error());
    const bool isTarget = stage == targetOf(request);
    if (isTarget && !request.tags.isEmpty())
        return shellLine(runCommand(runner, request.tags.constFirst(), RunMode::ItsCommand, {}));
    if (!forgetsImages(request.engine))
        return shellLine(runCommand(runner, image, RunMode::ItsCommand, {}));
    if (const QString refusal = refusalToType(request, stage); !refusal.isEmpty())
        return std::unexpected(refusal);
    BuildRequest again = onceMore(request);
    again.target = stage;
    Command run = runCommand(runner, {}, RunMode::ItsCommand, {});
    run.arguments.removeLast();
    return u"%1 \"$(%2)\""_s.arg(shellLine(run), shellLine(quietBuild(again)));
}

bool mayHaveShell(const ImageFiles& files)
{
    for (ImageFiles::Id node = 0; node < files.count(); ++node)
        if (files.name(node) == "sh" && files.exists(node) && files.newest(node)->type != FileType::Folder)
            return true;
    return false;
}

} // namespace stagelift
