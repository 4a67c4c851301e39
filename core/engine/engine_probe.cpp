// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/engine_probe.h"

#include "core/engine/engine_places.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <tuple>

namespace stagelift {

namespace {

/// Since this version of its command line, docker builds with BuildKit through buildx only.
constexpr ToolVersion kBuildxOnly{.major = 23, .minor = 0};
/// The first with BuildKit in it.
constexpr ToolVersion kFirstBuildKit{.major = 18, .minor = 9};

QString say(const char* text)
{
    return QCoreApplication::translate("stagelift::Engine", text);
}

QJsonObject object(const QByteArray& json)
{
    return QJsonDocument::fromJson(json).object();
}

/// "26.1.5+dfsg1" → "26.1.5"
QString plainVersion(const QString& version)
{
    static const QRegularExpression number(QStringLiteral(R"(\d+(\.\d+)*)"));
    return number.match(version).captured();
}

/// "Driver:  docker" → "docker"
QString field(const QByteArray& text, const QString& name)
{
    const QRegularExpression line(QStringLiteral("^%1:[ \\t]*(\\S.*?)\\s*$").arg(name),
                                  QRegularExpression::MultilineOption);
    return line.match(QString::fromUtf8(text)).captured(1);
}

QString seeWhatItSays(const Engine& engine, const QStringList& arguments)
{
    return say("See what “%1” says.").arg(shellLine(engine.command(arguments)));
}

QString mendDocker(const QString& problem)
{
    if (problem.contains(u"permission denied", Qt::CaseInsensitive))
        return say("Let yourself use it: sudo usermod -aG docker $USER, then log in again.");
    if (const QByteArray host = qgetenv("DOCKER_HOST"); !host.isEmpty())
        return say("Start the daemon that DOCKER_HOST names (%1), or unset DOCKER_HOST.")
            .arg(QString::fromLocal8Bit(host));
    if (QFileInfo::exists(QStringLiteral("/run/systemd/system")))
        return say("Start it: sudo systemctl start docker");
    return say("Start it: sudo service docker start");
}

EngineKind dockerKind(const QString& client, const QString& buildx)
{
    if (!buildx.isEmpty())
        return EngineKind::DockerBuildx;
    const ToolVersion version = toolVersion(client);
    return version >= kFirstBuildKit && version < kBuildxOnly ? EngineKind::DockerBuildKit : EngineKind::DockerClassic;
}

std::optional<Engine> judgeDocker(const QString& program, const QList<Answer>& answers)
{
    const Answer& version = answers.at(0);
    const QJsonObject json = object(version.output);
    const QJsonObject client = json.value(u"Client").toObject();
    // Podman answers to docker's name where podman-docker is installed. It is found under its own.
    if (client.contains(u"BuildOrigin") || version.errors.contains("using podman"))
        return std::nullopt;

    static const QRegularExpression buildxVersion(QStringLiteral(R"(buildx\S* v?(\d+\.\d+\S*))"));
    Engine engine;
    engine.id = QStringLiteral("docker");
    engine.program = program;
    if (answers.at(1).ok)
        engine.buildx = plainVersion(buildxVersion.match(QString::fromUtf8(answers.at(1).output)).captured(1));
    const QString clientVersion = client.value(u"Version").toString();
    engine.kind = dockerKind(clientVersion, engine.buildx);
    const QJsonObject server = json.value(u"Server").toObject();
    engine.version = plainVersion(server.value(u"Version").toString(clientVersion));
    engine.where = client.value(u"Context").toString(QStringLiteral("default"));
    engine.currentBuilder = field(answers.at(2).output, QStringLiteral("Name"));
    engine.driver = field(answers.at(2).output, QStringLiteral("Driver"));
    if (!engine.currentBuilder.isEmpty() && engine.currentBuilder != engine.where && engine.driver != u"docker")
        engine.where = say("%1, builder %2").arg(engine.where, engine.currentBuilder);

    const Answer& builder = answers.at(2);
    const QString builderProblem = builder.ok ? field(builder.output, QStringLiteral("Error")) : builder.problem;
    if (engine.buildsElsewhere()) { // and needs no daemon here
        engine.ready = builderProblem.isEmpty();
        engine.problem = builderProblem;
    } else {
        engine.ready = version.ok && !server.isEmpty();
        if (!engine.ready)
            engine.problem =
                version.problem.isEmpty() ? say("docker answers with something unheard of.") : version.problem;
    }
    if (!engine.ready)
        engine.mend = engine.buildsElsewhere()
                          ? seeWhatItSays(engine, {QStringLiteral("buildx"), QStringLiteral("inspect")})
                          : mendDocker(engine.problem);
    return engine;
}

/// Podman and Buildah: no daemon, so they are ready where they can open their store.
Engine daemonless(EngineKind kind, const QString& id, const QString& program, const QString& version,
                  const Answer& info)
{
    Engine engine;
    engine.kind = kind;
    engine.id = id;
    engine.program = program;
    engine.version = plainVersion(version);
    engine.ready = info.ok;
    if (!info.ok) {
        engine.problem = info.problem;
        engine.mend = seeWhatItSays(engine, {QStringLiteral("info")});
    }
    return engine;
}

std::optional<Engine> judgePodman(const QString& program, const QList<Answer>& answers)
{
    const QJsonObject json = object(answers.at(0).output);
    const QString version = json.value(u"version").toObject().value(u"Version").toString();
    Engine engine = daemonless(EngineKind::Podman, QStringLiteral("podman"), program,
                               version.isEmpty() ? QString::fromUtf8(answers.at(1).output) : version, answers.at(0));
    if (json.value(u"host").toObject().value(u"serviceIsRemote").toBool())
        engine.where = say("remote");
    return engine;
}

std::optional<Engine> judgeBuildah(const QString& program, const QList<Answer>& answers)
{
    Engine engine = daemonless(EngineKind::Buildah, QStringLiteral("buildah"), program,
                               QString::fromUtf8(answers.at(1).output), answers.at(0));
    const QJsonObject store = object(answers.at(0).output).value(u"store").toObject();
    if (store.contains(u"GraphRoot"))
        engine.store = QStringLiteral("%1/%2-layers")
                           .arg(store.value(u"GraphRoot").toString(), store.value(u"GraphDriverName").toString());
    return engine;
}

} // namespace

const QList<EngineProbe>& engineProbes()
{
    static const QList<EngineProbe> probes{
        {.id = QStringLiteral("docker"),
         .questions = {{QStringLiteral("version"), QStringLiteral("--format"), QStringLiteral("{{json .}}")},
                       {QStringLiteral("buildx"), QStringLiteral("version")},
                       {QStringLiteral("buildx"), QStringLiteral("inspect")}},
         .judge = judgeDocker,
         .placesQuestion = {QStringLiteral("context"), QStringLiteral("ls"), QStringLiteral("--format"),
                            QStringLiteral("{{json .}}")},
         .places =
             [](Engine& docker, const Answer& contexts) {
                 docker.socket = dockerSocket(contexts);
                 return dockerPlaces(docker, contexts, buildersIn(buildersFolder()));
             }},
        {.id = QStringLiteral("podman"),
         .questions = {{QStringLiteral("info"), QStringLiteral("--format"), QStringLiteral("json")},
                       {QStringLiteral("--version")}},
         .judge = judgePodman,
         .placesQuestion = {QStringLiteral("system"), QStringLiteral("connection"), QStringLiteral("list"),
                            QStringLiteral("--format"), QStringLiteral("json")},
         .places = [](Engine& podman, const Answer& connections) { return podmanPlaces(podman, connections); }},
        {.id = QStringLiteral("buildah"),
         .questions = {{QStringLiteral("info")}, {QStringLiteral("--version")}},
         .judge = judgeBuildah},
    };
    return probes;
}

const EngineProbe& probeOf(const Engine& engine)
{
    return *std::ranges::find(engineProbes(), engine.name(), &EngineProbe::id);
}

Engine judgePlace(const Engine& place, const QList<Answer>& answers)
{
    const Answer& last = answers.constLast();
    const auto judged = probeOf(place).judge(place.program, answers);
    Engine engine = judged.value_or(place);
    if (!judged)
        engine.problem = say("What answers there is not %1.").arg(place.name());
    engine.id = place.id;
    engine.at = place.at;
    engine.builder = place.builder;
    engine.address = place.address;
    engine.socket = place.socket;
    engine.where = place.where;
    engine.asked = true;
    if (engine.ready && !place.builder.isEmpty() && !last.ok) {
        engine.ready = false;
        engine.problem = last.problem;
    }
    if (!engine.ready)
        engine.mend =
            seeWhatItSays(engine, place.builder.isEmpty() ? QStringList{QStringLiteral("info")}
                                                          : QStringList{QStringLiteral("buildx"),
                                                                        QStringLiteral("inspect"), place.builder});
    return engine;
}

void sortEngines(QList<Engine>& engines)
{
    const auto rank = [](const Engine& engine) {
        // The classic builder knows the least: no mounts, no skipping of stages.
        const int last = engine.kind == EngineKind::DockerClassic ? 1 : 0;
        const int state = engine.ready ? 0 : engine.asked ? 1 : 2;
        return std::tuple(state, last, static_cast<int>(engine.kind));
    };
    std::ranges::stable_sort(engines, {}, rank);
}

ToolVersion toolVersion(const QString& text)
{
    static const QRegularExpression numbers(QStringLiteral(R"((\d+)(?:\.(\d+))?)"));
    const auto match = numbers.match(text);
    return {.major = match.captured(1).toInt(), .minor = match.captured(2).toInt()};
}

} // namespace stagelift
