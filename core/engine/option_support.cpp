// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/option_support.h"

#include "core/engine/build.h"
#include "core/engine/confinement.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

/// An option that some engines lack.
struct Lack {
    const char* what;   // translated in the context stagelift::Build
    const char* option; // as it is typed
    bool (*isGiven)(const BuildExtras& extras);
    QList<EngineKind> engines; // that don't know it
};

/// "type=local,…": anything but the name of an image.
bool isNoImage(const QString& cache)
{
    return cache.contains(u'=');
}

const QList<Lack>& lacks()
{
    using enum EngineKind;
    static const QList<Lack> rows{
        {QT_TRANSLATE_NOOP("stagelift::Build", "named contexts"),
         "--build-context",
         [](const BuildExtras& extras) { return !extras.contexts.isEmpty(); },
         {DockerBuildKit, DockerClassic}},
        {QT_TRANSLATE_NOOP("stagelift::Build", "secrets"),
         "--secret",
         [](const BuildExtras& extras) { return !extras.secrets.isEmpty(); },
         {DockerClassic}},
        {QT_TRANSLATE_NOOP("stagelift::Build", "SSH forwarding"),
         "--ssh",
         [](const BuildExtras& extras) { return !extras.ssh.isEmpty(); },
         {DockerClassic}},
        {QT_TRANSLATE_NOOP("stagelift::Build", "cache to write to"),
         "--cache-to",
         [](const BuildExtras& extras) { return !extras.cacheTo.isEmpty(); },
         {DockerBuildKit, DockerClassic}},
        {QT_TRANSLATE_NOOP("stagelift::Build", "cache but an image"),
         "--cache-from",
         [](const BuildExtras& extras) { return std::ranges::any_of(extras.cacheFrom, isNoImage); },
         {DockerBuildKit, DockerClassic, Podman, Buildah}},
        {QT_TRANSLATE_NOOP("stagelift::Build", "cache but an image"),
         "--cache-to",
         [](const BuildExtras& extras) { return std::ranges::any_of(extras.cacheTo, isNoImage); },
         {Podman, Buildah}},
    };
    return rows;
}

QString nameOf(const Engine& engine)
{
    QString name = u"%1 %2"_s.arg(engine.name(), engine.version).trimmed();
    switch (engine.kind) {
    case EngineKind::DockerClassic:
        return Build::tr("The classic builder of %1").arg(name);
    case EngineKind::DockerBuildKit:
        return Build::tr("%1 without buildx").arg(name);
    case EngineKind::DockerBuildx:
    case EngineKind::Podman:
    case EngineKind::Buildah:
        break;
    }
    return name;
}

bool sharesNetwork(EngineKind kind)
{
    const bool isolates = kind == EngineKind::Podman || kind == EngineKind::Buildah;
    return isolates &&
           (qgetenv("BUILDAH_ISOLATION") == "chroot" || confinementOptions(surroundings()).contains(u"chroot"_s));
}

} // namespace

QString lackOf(const BuildExtras& extras, const Engine& engine)
{
    for (const Lack& lack : lacks())
        if (lack.engines.contains(engine.kind) && lack.isGiven(extras))
            return Build::tr("%1 knows no %2 (%3): build without, or with docker's buildx.")
                .arg(nameOf(engine), Build::tr(lack.what), QString::fromLatin1(lack.option));
    // Buildah would pass over it in silence.
    if (extras.network == BuildNetwork::None && sharesNetwork(engine.kind))
        return Build::tr("%1 isolates its steps with chroot here, which leaves them this machine's network (--network "
                         "none).")
            .arg(nameOf(engine));
    return {};
}

} // namespace stagelift
