// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/engine_places.h"

#include "core/engine/docker_api.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr qint64 kMostBytes = 1024 * 1024; // of a builder's file

/// @param id how --engine names it
/// @param where for a person
Engine placeOf(const Engine& local, const QString& id, const QString& where, const QString& address)
{
    Engine place;
    place.kind = local.kind;
    place.id = id;
    place.program = local.program;
    place.buildx = local.buildx;
    place.where = where;
    place.address = address;
    place.asked = false;
    place.problem = QCoreApplication::translate("stagelift::Engine", "It has not been asked yet.");
    return place;
}

/// A context or a connection.
/// @param option that names it on the command line
Engine placeAt(const Engine& local, const QString& option, const QString& name, const QString& address)
{
    Engine place = placeOf(local, u"%1@%2"_s.arg(local.name(), name), name, address);
    place.at = QStringList{option, name};
    return place;
}

Engine builderAt(const Engine& docker, const QString& context, const BuilderFile& builder)
{
    Engine place =
        placeOf(docker, u"docker/"_s + builder.name,
                QCoreApplication::translate("stagelift::Engine", "%1, builder %2").arg(context, builder.name),
                builder.endpoint);
    place.builder = builder.name;
    place.socket = docker.socket;
    place.driver = builder.driver;
    return place;
}

} // namespace

QString dockerSocket(const Answer& contexts)
{
    for (const QByteArray& line : contexts.output.split('\n')) {
        const QJsonObject context = QJsonDocument::fromJson(line).object();
        if (context["Current"_L1].toBool())
            return socketOf(context["DockerEndpoint"_L1].toString());
    }
    return {};
}

QList<Engine> dockerPlaces(const Engine& docker, const Answer& contexts, const QList<BuilderFile>& builders)
{
    QList<Engine> places;
    QString current = u"default"_s;
    for (const QByteArray& line : contexts.output.split('\n')) {
        const QJsonObject context = QJsonDocument::fromJson(line).object();
        const QString name = context["Name"_L1].toString();
        if (name.isEmpty())
            continue;
        if (context["Current"_L1].toBool()) {
            current = name;
            continue;
        }
        const QString endpoint = context["DockerEndpoint"_L1].toString();
        Engine place = placeAt(docker, u"--context"_s, name, endpoint);
        place.socket = socketOf(endpoint);
        places << place;
    }
    if (docker.kind != EngineKind::DockerBuildx)
        return places;
    // Where another builder is the current one, the daemon's own can be wanted too.
    if (!docker.driver.isEmpty() && docker.driver != u"docker")
        places << builderAt(docker, current, {.name = current, .driver = u"docker"_s, .endpoint = {}});
    for (const BuilderFile& builder : builders)
        if (builder.name != docker.currentBuilder)
            places << builderAt(docker, current, builder);
    return places;
}

QList<Engine> podmanPlaces(const Engine& podman, const Answer& connections)
{
    QList<Engine> places;
    for (const auto& connection : QJsonDocument::fromJson(connections.output).array()) {
        if (const QString name = connection["Name"_L1].toString(); !name.isEmpty())
            places << placeAt(podman, u"--connection"_s, name, connection["URI"_L1].toString());
    }
    return places;
}

QList<BuilderFile> buildersIn(const QString& folder)
{
    QList<BuilderFile> builders;
    const QDir directory(folder);
    for (const QString& name : directory.entryList(QDir::Files, QDir::Name)) {
        QFile file(directory.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject builder = QJsonDocument::fromJson(file.read(kMostBytes)).object();
        if (const QString called = builder["Name"_L1].toString(); !called.isEmpty())
            builders.append({.name = called,
                             .driver = builder["Driver"_L1].toString(),
                             .endpoint = builder["Nodes"_L1][0]["Endpoint"_L1].toString()});
    }
    return builders;
}

QString buildersFolder()
{
    QString config = qEnvironmentVariable("BUILDX_CONFIG");
    if (config.isEmpty()) {
        const QString docker = qEnvironmentVariable("DOCKER_CONFIG");
        config = (docker.isEmpty() ? QDir::homePath() + u"/.docker"_s : docker) + u"/buildx"_s;
    }
    return config + u"/instances"_s;
}

} // namespace stagelift
