// SPDX-License-Identifier: GPL-3.0-or-later
//
// Podman and Buildah: the same builder and the same store. One build a target, each with --layers, so that the second
// and later ones come from the cache. The images get no name and are known by their id: they are the cache.

#include "core/engine/build_plan.h"
#include "core/engine/confinement.h"

#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

Command build(const BuildRequest& request, const QString& dockerfile, const QString& target)
{
    Command command = request.engine.command({u"build"_s, u"--layers"_s, u"--file"_s, dockerfile});
    addCommonOptions(request, target, command);
    return command;
}

/// Podman's bare --pull fetches only what is missing.
void addRegistry(const BuildExtras& extras, Command& command)
{
    if (extras.pull)
        command.arguments << u"--pull=always"_s;
    addEach(u"--cache-from"_s, extras.cacheFrom, command);
}

BuildPlan plan(const BuildTask& task)
{
    BuildPlan plan;
    const QStringList confinement = confinementOptions(surroundings());
    for (const int stage : buildOrder(task)) {
        const bool leaf = task.leaves.contains(stage);
        const QString idFile = u"%1/image-%2"_s.arg(task.folder).arg(stage);
        Command command = build(task.request, task.dockerfile, task.text.target(stage));
        // --force-rm: a working container is no use after a failed build, and nobody would find it.
        command.arguments << u"--force-rm"_s << u"--iidfile"_s << idFile << confinement;
        if (leaf && task.request.noCache)
            command.arguments << u"--no-cache"_s;
        if (leaf)
            addRegistry(task.request.extras, command);
        if (stage == task.target) {
            addEach(u"--cache-to"_s, task.request.extras.cacheTo, command);
            addTags(task.request.tags, command);
        }
        command.arguments << task.request.context;
        command.environment.append({u"PODMAN_IGNORE_CGROUPSV1_WARNING"_s, u"1"_s});
        plan.runs.append({command, stage, idFile, leaf});
    }
    return plan;
}

Command typed(const BuildRequest& request, const QString& target)
{
    Command command = build(request, request.file.isEmpty() ? u"-"_s : request.file, target);
    command.environment.clear();
    addTags(request.tags, command);
    if (request.noCache)
        command.arguments << u"--no-cache"_s;
    addRegistry(request.extras, command);
    addEach(u"--cache-to"_s, request.extras.cacheTo, command);
    command.arguments << request.context;
    return command;
}

std::unique_ptr<Progress> progress(const Engine& /*engine*/, ProgressSink sink)
{
    return podmanProgress(std::move(sink));
}

Command podmanHistory(const Engine& engine, const QString& image)
{
    return engine.command({u"history"_s, u"--no-trunc"_s, u"--human=false"_s, u"--format"_s, u"json"_s, image});
}

std::optional<Layers> podmanLayers(const Engine& /*engine*/, const QByteArray& answer)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(answer, &error);
    if (error.error != QJsonParseError::NoError || !document.isArray())
        return std::nullopt;
    Layers layers;
    for (const auto& entry : document.array()) // the newest first
        layers.prepend({.createdBy = entry["CreatedBy"_L1].toString(), .bytes = entry["size"_L1].toInteger()});
    return layers;
}

Command buildahInspect(const Engine& engine, const QString& image)
{
    return engine.command({u"inspect"_s, u"--type"_s, u"image"_s, image});
}

/// The unpacked sizes of the layers in the store, by the digest of their content.
QHash<QString, qint64> storedSizes(const QString& store)
{
    QHash<QString, qint64> sizes;
    QFile file(store + u"/layers.json"_s);
    if (store.isEmpty() || !file.open(QIODevice::ReadOnly))
        return sizes;
    for (const auto& layer : QJsonDocument::fromJson(file.readAll()).array())
        sizes.insert(layer["diff-digest"_L1].toString(), layer["diff-size"_L1].toInteger());
    return sizes;
}

/// Unpacked sizes, from the base up. Buildah does not compress what it commits to its own store, so the manifest has
/// them. An image that was pulled and never built upon has packed sizes there; of such ones the store knows better.
QList<qint64> blobSizes(const QJsonArray& blobs, const QJsonArray& contents, const QString& store)
{
    QHash<QString, qint64> stored;
    QList<qint64> sizes;
    for (qsizetype i = 0; i < blobs.size(); ++i) {
        const QString type = blobs.at(i)["mediaType"_L1].toString();
        const bool packed = type.endsWith("gzip"_L1) || type.endsWith("zstd"_L1);
        if (packed && stored.isEmpty())
            stored = storedSizes(store);
        const qint64 listed = blobs.at(i)["size"_L1].toInteger();
        sizes << (packed ? stored.value(contents.at(i).toString(), listed) : listed);
    }
    return sizes;
}

/// Buildah has no history command. The image's configuration has the history, its manifest the sizes of those entries
/// that made a layer.
std::optional<Layers> buildahLayers(const Engine& engine, const QByteArray& answer)
{
    const QJsonObject image = QJsonDocument::fromJson(answer).object();
    const QJsonObject config = QJsonDocument::fromJson(image.value("Config"_L1).toString().toUtf8()).object();
    const QJsonObject manifest = QJsonDocument::fromJson(image.value("Manifest"_L1).toString().toUtf8()).object();
    if (config.isEmpty() || manifest.isEmpty())
        return std::nullopt;
    QList<qint64> sizes =
        blobSizes(manifest.value("layers"_L1).toArray(), config["rootfs"_L1]["diff_ids"_L1].toArray(), engine.store);
    Layers layers;
    for (const auto& entry : config.value("history"_L1).toArray()) {
        const bool empty = entry["empty_layer"_L1].toBool() || sizes.isEmpty();
        layers.append({.createdBy = entry["created_by"_L1].toString(), .bytes = empty ? 0 : sizes.takeFirst()});
    }
    for (const qint64 bytes : sizes) // an image that somebody flattened may have less history than layers
        layers.append({.createdBy = {}, .bytes = bytes});
    return layers;
}

/// docker-archive and not oci-archive: the layers stay as they are, and are not packed only to be unpacked here.
Command podmanSave(const Engine& engine, const QString& image)
{
    return engine.command({u"image"_s, u"save"_s, u"--quiet"_s, u"--format"_s, u"docker-archive"_s, image});
}

Command buildahPush(const Engine& engine, const QString& image)
{
    return engine.command({u"push"_s, u"--quiet"_s, image, u"docker-archive:/dev/stdout"_s});
}

} // namespace

const QList<BuildStrategy>& podmanStrategies()
{
    static const QList<BuildStrategy> rows{
        {EngineKind::Podman, plan, progress, podmanHistory, podmanLayers, podmanSave, nullptr, typed},
        {EngineKind::Buildah, plan, progress, buildahInspect, buildahLayers, buildahPush, nullptr, typed},
    };
    return rows;
}

} // namespace stagelift
