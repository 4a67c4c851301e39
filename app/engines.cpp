// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engines.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::app {

QList<Engine> findEngines()
{
    QList<Engine> engines;
    EngineFinder finder;
    QObject::connect(&finder, &EngineFinder::found, &finder, [&engines](const QList<Engine>& found) {
        engines = found;
        QCoreApplication::quit();
    });
    finder.find();
    QCoreApplication::exec();
    return engines;
}

namespace {

Engine ask(const Engine& place)
{
    Engine engine = place;
    EngineFinder finder;
    QObject::connect(&finder, &EngineFinder::answered, &finder, [&engine](const Engine& answered) {
        engine = answered;
        QCoreApplication::quit();
    });
    finder.ask(place);
    QCoreApplication::exec();
    return engine;
}

} // namespace

std::expected<Engine, QString> choose(const QList<Engine>& engines, const QString& id)
{
    QStringList ids;
    for (const Engine& engine : engines)
        ids << engine.id;
    const auto found =
        std::ranges::find_if(engines, [&id](const Engine& engine) { return id.isEmpty() || engine.id == id; });
    if (found == engines.end() && engines.isEmpty())
        return std::unexpected(
            u"no container engine is installed: install buildah (it needs no daemon), podman or docker"_s);
    if (found == engines.end())
        return std::unexpected(u"there is no engine %1 here; there is %2"_s.arg(id, ids.join(u", "_s)));
    Engine engine = found->asked ? *found : ask(*found);
    if (!engine.ready)
        return std::unexpected(u"%1 is not ready: %2 %3"_s.arg(engine.id, engine.problem, engine.mend));
    return engine;
}

} // namespace stagelift::app
