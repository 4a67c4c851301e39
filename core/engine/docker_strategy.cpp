// SPDX-License-Identifier: GPL-3.0-or-later
//
// Docker. With buildx, one bake builds every stage in one solve that does every shared step once. The engine's own
// builder loads them, each under a private tag; one elsewhere writes them to pipes. Without buildx, one build a target;
// the second and later ones come from the cache.

#include "core/engine/build_plan.h"
#include "core/engine/csv.h"
#include "core/engine/engine_probe.h"
#include "core/engine/secrets.h"
#include "core/engine/vertex_name.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <functional>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

/// The first buildx that knows --progress=rawjson.
constexpr ToolVersion kFirstRawJson{.major = 0, .minor = 13};
/// The driver whose builder is on the machine of the engine.
constexpr QStringView kBesides = u"docker-container";
/// The first buildx whose bake knows networks, and wants to be told that it may use this machine's
/// (docker/buildx#2671). Those before it pass over them in silence.
constexpr ToolVersion kFirstBakeNetwork{.major = 0, .minor = 17};

QString tagOf(const BuildTask& task, int stage)
{
    return u"%1:%2"_s.arg(task.tag).arg(stage);
}

/// Bake reads JSON as HCL: "${…}" and "%{…}" in a string are templates there.
QString literal(QString text)
{
    return text.replace(u"${"_s, u"$${"_s).replace(u"%{"_s, u"%%{"_s);
}

QJsonArray literals(const QStringList& texts)
{
    QJsonArray array;
    for (const QString& text : texts)
        array.append(literal(text));
    return array;
}

/// Under bake's own names for the options.
void addExtras(const BuildExtras& extras, QJsonObject& target)
{
    if (extras.pull)
        target.insert(u"pull"_s, true);
    if (extras.network != BuildNetwork::Default)
        target.insert(u"network"_s, networkWord(extras.network));
    QJsonObject contexts;
    for (const NamedContext& context : extras.contexts)
        contexts.insert(context.name, literal(context.value));
    if (!contexts.isEmpty())
        target.insert(u"contexts"_s, contexts);
    for (const auto& [key, values] : {std::pair{u"secret"_s, allWritten(extras.secrets)},
                                      {u"ssh"_s, allWritten(extras.ssh)},
                                      {u"cache-from"_s, extras.cacheFrom}})
        if (!values.isEmpty())
            target.insert(key, literals(values));
}

/// @param output "type=docker" to load the image, "type=cacheonly" to do the work only
QJsonObject bakeTarget(const BuildTask& task, int stage, const QString& output)
{
    const BuildRequest& request = task.request;
    QJsonObject target{{u"context"_s, literal(request.context)},
                       {u"dockerfile"_s, literal(task.dockerfile)},
                       {u"output"_s, QJsonArray{output}}};
    if (const QString name = task.text.target(stage); !name.isEmpty())
        target.insert(u"target"_s, name);
    QJsonObject args;
    for (const auto& [name, value] : request.buildArgs)
        args.insert(name, literal(value));
    if (!args.isEmpty())
        target.insert(u"args"_s, args);
    if (!request.platform.isEmpty())
        target.insert(u"platforms"_s, QJsonArray{request.platform});
    addExtras(request.extras, target);
    return target;
}

QString progressOption(const Engine& engine)
{
    return toolVersion(engine.buildx) >= kFirstRawJson ? u"--progress=rawjson"_s : u"--progress=plain"_s;
}

QStringList buildx(const Engine& engine, const QString& verb)
{
    QStringList words{u"buildx"_s, verb};
    if (!engine.builder.isEmpty())
        words << u"--builder"_s << engine.builder;
    return words;
}

Command bakeCommand(const BuildTask& task, const QJsonObject& targets)
{
    const Engine& engine = task.request.engine;
    Command command =
        engine.command(buildx(engine, u"bake"_s) + QStringList{u"--file"_s, u"-"_s, progressOption(engine)});
    command.folder = task.request.context;
    // Newer buildx lets bake read below its working directory only. Attestations cost time and make of each image a
    // list.
    command.environment = {{u"BUILDX_BAKE_ENTITLEMENTS_FS"_s, u"0"_s}, {u"BUILDX_NO_DEFAULT_ATTESTATIONS"_s, u"1"_s}};
    command.input = QJsonDocument(QJsonObject{{u"target"_s, targets}}).toJson(QJsonDocument::Compact);
    if (task.request.extras.network == BuildNetwork::Host)
        command.arguments << u"--allow=network.host"_s;
    command.arguments << targets.keys();
    return command;
}

constexpr QStringView kBakePrefix = u"stage";

QString bakeName(int stage)
{
    return u"%1%2"_s.arg(kBakePrefix).arg(stage);
}

/// Only the last steps of each chain are asked to ignore the cache; all others are below them.
BuildRun freshBake(const BuildTask& task)
{
    QJsonObject fresh;
    for (const int stage : task.leaves) {
        QJsonObject target = bakeTarget(task, stage, u"type=cacheonly"_s);
        target.insert(u"no-cache"_s, true);
        fresh.insert(bakeName(stage), target);
    }
    return {bakeCommand(task, fresh), -1, {}, true, fresh.size() > 1};
}

/// All exported stages in one solve.
/// @param images gives the bake target of a stage, which says where its image goes
BuildPlan planBake(const BuildTask& task, const std::function<QJsonObject(int stage)>& images)
{
    BuildPlan plan;
    if (task.request.noCache)
        plan.runs.append(freshBake(task));
    QJsonObject all;
    for (const int stage : task.exported) {
        QJsonObject target = images(stage);
        if (stage == task.target && !task.request.extras.cacheTo.isEmpty()) // each would overwrite the others'
            target.insert(u"cache-to"_s, literals(task.request.extras.cacheTo));
        all.insert(bakeName(stage), target);
    }
    plan.runs.append({bakeCommand(task, all), -1, {}, !task.request.noCache, all.size() > 1});
    return plan;
}

/// Loads each image, under a private tag.
BuildPlan planLoadingBake(const BuildTask& task)
{
    BuildPlan plan = planBake(task, [&task](int stage) {
        QJsonObject target = bakeTarget(task, stage, u"type=docker"_s);
        QStringList tags{tagOf(task, stage)};
        if (stage == task.target)
            tags += task.request.tags;
        target.insert(u"tags"_s, literals(tags));
        return target;
    });
    for (const int stage : task.exported) {
        plan.images.insert(stage, tagOf(task, stage));
        plan.privateTags << tagOf(task, stage);
    }
    return plan;
}

/// A build of one stage, without a word on progress or on what becomes of the image.
/// @param verb "build", or buildx's
Command dockerBuild(const BuildRequest& request, const QStringList& verb, const QString& dockerfile,
                    const QString& target)
{
    Command command = request.engine.command(verb + QStringList{u"--file"_s, dockerfile});
    addCommonOptions(request, target, command);
    return command;
}

/// BuildKit stage by stage, each a build of its own.
/// @param begin the command for a stage, without what is asked of it, where it goes and its context
BuildPlan planStages(const BuildTask& task, Command (*begin)(const BuildTask& task, int stage))
{
    const BuildExtras& extras = task.request.extras;
    BuildPlan plan;
    for (const int stage : buildOrder(task)) {
        const bool leaf = task.leaves.contains(stage);
        Command command = begin(task, stage);
        if (leaf && task.request.noCache)
            command.arguments << u"--no-cache"_s;
        if (extras.pull) // BuildKit keeps what it pulled to itself: each run must look for it there
            command.arguments << u"--pull"_s;
        addEach(u"--cache-from"_s, extras.cacheFrom, command);
        addTags({tagOf(task, stage)}, command);
        if (stage == task.target) {
            addEach(u"--cache-to"_s, extras.cacheTo, command);
            addTags(task.request.tags, command);
        }
        command.arguments << task.request.context;
        plan.runs.append({command, stage, {}, leaf});
        plan.images.insert(stage, tagOf(task, stage));
        plan.privateTags << tagOf(task, stage);
    }
    return plan;
}

Command loadingBuild(const BuildTask& task, int stage)
{
    const Engine& engine = task.request.engine;
    Command command = dockerBuild(task.request, buildx(engine, u"build"_s), task.dockerfile, task.text.target(stage));
    command.environment.append({u"BUILDX_NO_DEFAULT_ATTESTATIONS"_s, u"1"_s});
    command.arguments << u"--load"_s << progressOption(engine);
    return command;
}

Command plainBuild(const BuildTask& task, int stage)
{
    Command command = dockerBuild(task.request, {u"build"_s}, task.dockerfile, task.text.target(stage));
    command.environment.append({u"DOCKER_BUILDKIT"_s, u"1"_s});
    command.arguments << u"--progress=plain"_s;
    return command;
}

/// A builder elsewhere writes each image to a pipe, where it is measured as it goes by: none is loaded. What the target
/// is to be called is a name in an engine, so that image, which is in the builder's cache by then, is loaded as well.
BuildPlan planStreamingBake(const BuildTask& task)
{
    const Engine& engine = task.request.engine;
    QHash<int, QString> pipes;
    for (const int stage : task.exported)
        pipes.insert(stage, u"%1/image-%2.tar"_s.arg(task.folder).arg(stage));
    BuildPlan plan = planBake(task, [&](int stage) {
        QString output = u"type=oci,"_s + csvField(u"dest="_s + pipes.value(stage));
        if (engine.driver == kBesides) // it costs the builder more to compress than to hand over
            output += u",compression=uncompressed"_s;
        return bakeTarget(task, stage, literal(output));
    });
    plan.runs.last().streams = pipes;
    if (!task.request.tags.isEmpty()) {
        Command load = loadingBuild(task, task.target);
        addTags(task.request.tags, load);
        load.arguments << task.request.context;
        plan.runs.append({.command = load, .followed = false});
        plan.images.insert(task.target, task.request.tags.constFirst());
    }
    return plan;
}

/// Stage by stage for what bake does not know yet.
BuildPlan planBuildx(const BuildTask& task)
{
    const bool bakeKnows = task.request.extras.network == BuildNetwork::Default ||
                           toolVersion(task.request.engine.buildx) >= kFirstBakeNetwork;
    if (!bakeKnows)
        return planStages(task, loadingBuild);
    return task.request.engine.buildsElsewhere() ? planStreamingBake(task) : planLoadingBake(task);
}

BuildPlan planBuildKit(const BuildTask& task)
{
    return planStages(task, plainBuild);
}

/// The classic builder's cache are its images: they are left without a name, as it leaves them itself.
BuildPlan planClassic(const BuildTask& task)
{
    BuildPlan plan;
    for (const int stage : buildOrder(task)) {
        const bool leaf = task.leaves.contains(stage);
        const QString idFile = u"%1/image-%2"_s.arg(task.folder).arg(stage);
        Command command = dockerBuild(task.request, {u"build"_s}, task.dockerfile, task.text.target(stage));
        command.environment.append({u"DOCKER_BUILDKIT"_s, u"0"_s});
        command.arguments << u"--force-rm"_s << u"--iidfile"_s << idFile;
        if (leaf && task.request.noCache)
            command.arguments << u"--no-cache"_s;
        if (leaf && task.request.extras.pull)
            command.arguments << u"--pull"_s;
        if (leaf)
            addEach(u"--cache-from"_s, task.request.extras.cacheFrom, command);
        if (stage == task.target)
            addTags(task.request.tags, command);
        command.arguments << task.request.context;
        plan.runs.append({command, stage, idFile, leaf});
    }
    return plan;
}

Command history(const Engine& engine, const QString& image)
{
    return engine.command({u"history"_s, u"--no-trunc"_s, u"--human=false"_s, u"--format"_s, u"{{json .}}"_s, image});
}

/// An array from the daemon itself, the newest first.
std::optional<Layers> daemonsLayers(const QByteArray& answer)
{
    const QJsonDocument json = QJsonDocument::fromJson(answer);
    if (!json.isArray())
        return std::nullopt;
    Layers layers;
    for (const auto& entry : json.array()) {
        if (!entry["Size"_L1].isDouble())
            return std::nullopt;
        // As docker prints it.
        const QString createdBy = entry["CreatedBy"_L1].toString().replace(u'\t', u' ');
        layers.prepend({.createdBy = createdBy, .bytes = entry["Size"_L1].toInteger()});
    }
    return layers;
}

/// An object a line, the newest first; the size is a number in a string.
std::optional<Layers> layers(const Engine& /*engine*/, const QByteArray& answer)
{
    if (answer.startsWith('['))
        return daemonsLayers(answer);
    Layers layers;
    for (const QByteArray& line : answer.split('\n')) {
        if (line.trimmed().isEmpty())
            continue;
        const QJsonObject entry = QJsonDocument::fromJson(line).object();
        bool numeric = false;
        const qint64 bytes = entry.value("Size"_L1).toVariant().toString().toLongLong(&numeric);
        if (!numeric)
            return std::nullopt;
        layers.prepend({.createdBy = entry.value("CreatedBy"_L1).toString(), .bytes = bytes});
    }
    return layers;
}

/// The docker driver of buildx has no exporter that writes an image to a pipe (moby/buildkit, docker/buildx: "Docker
/// exporter is not supported for the docker driver"), but the engine itself has always had this.
Command save(const Engine& engine, const QString& image)
{
    return engine.command({u"image"_s, u"save"_s, image});
}

/// Other drivers have it. Nothing is loaded into an engine then, which may be far from its builder.
Command stream(const BuildTask& task, int stage)
{
    const BuildExtras& extras = task.request.extras;
    const Engine& engine = task.request.engine;
    Command command = dockerBuild(task.request, buildx(engine, u"build"_s), task.dockerfile, task.text.target(stage));
    command.environment.append({u"BUILDX_NO_DEFAULT_ATTESTATIONS"_s, u"1"_s});
    command.arguments << u"--output"_s << u"type=docker,dest=-"_s << u"--progress=plain"_s;
    if (extras.pull)
        command.arguments << u"--pull"_s;
    addEach(u"--cache-from"_s, extras.cacheFrom, command);
    command.arguments << task.request.context;
    return command;
}

QString fileOf(const BuildRequest& request)
{
    return request.file.isEmpty() ? u"-"_s : request.file;
}

void finishTyped(const BuildRequest& request, Command& command)
{
    addTags(request.tags, command);
    if (request.noCache)
        command.arguments << u"--no-cache"_s;
    if (request.extras.pull)
        command.arguments << u"--pull"_s;
    addEach(u"--cache-from"_s, request.extras.cacheFrom, command);
    addEach(u"--cache-to"_s, request.extras.cacheTo, command);
    command.arguments << request.context;
}

/// @param verb as for dockerBuild()
Command typed(const BuildRequest& request, const QStringList& verb, const QString& target)
{
    Command command = dockerBuild(request, verb, fileOf(request), target);
    command.environment.clear();
    finishTyped(request, command);
    return command;
}

Command typedBuildx(const BuildRequest& request, const QString& target)
{
    return typed(request, buildx(request.engine, u"build"_s), target);
}

Command typedBuildKit(const BuildRequest& request, const QString& target)
{
    Command command = typed(request, {u"build"_s}, target);
    command.environment = {{u"DOCKER_BUILDKIT"_s, u"1"_s}};
    return command;
}

Command typedClassic(const BuildRequest& request, const QString& target)
{
    Command command = typed(request, {u"build"_s}, target);
    command.environment = {{u"DOCKER_BUILDKIT"_s, u"0"_s}};
    return command;
}

std::unique_ptr<Progress> buildxProgress(const Engine& engine, ProgressSink sink)
{
    return toolVersion(engine.buildx) >= kFirstRawJson ? rawJsonProgress(std::move(sink))
                                                       : plainProgress(std::move(sink));
}

std::unique_ptr<Progress> plain(const Engine& /*engine*/, ProgressSink sink)
{
    return plainProgress(std::move(sink));
}

std::unique_ptr<Progress> classic(const Engine& /*engine*/, ProgressSink sink)
{
    return classicProgress(std::move(sink));
}

} // namespace

const QList<BuildStrategy>& dockerStrategies()
{
    static const QList<BuildStrategy> rows{
        {EngineKind::DockerBuildx, planBuildx, buildxProgress, history, layers, save, stream, typedBuildx},
        {EngineKind::DockerBuildKit, planBuildKit, plain, history, layers, save, nullptr, typedBuildKit},
        {EngineKind::DockerClassic, planClassic, classic, history, layers, save, nullptr, typedClassic},
    };
    return rows;
}

int stageLoaded(const QString& stepName, const BuildPlan& plan, bool inBake)
{
    const VertexName name = vertexName(stepName, inBake);
    // By the engine itself, or handed over to it by a builder of its own.
    if (name.text != u"exporting to image" && name.text != u"importing to docker")
        return -1;
    if (!inBake)
        return plan.images.size() == 1 ? plan.images.constBegin().key() : -1;
    bool ok = false;
    const int stage =
        QStringView(name.solve).sliced(name.solve.startsWith(kBakePrefix) ? kBakePrefix.size() : 0).toInt(&ok);
    return ok && plan.images.contains(stage) ? stage : -1;
}

Command forgetCommand(const Engine& engine, const QStringList& tags)
{
    return engine.command(QStringList{u"image"_s, u"rm"_s, u"--force"_s, u"--no-prune"_s} + tags);
}

} // namespace stagelift
