// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/build_controller.h"

#include "core/engine/build_workspace.h"
#include "core/engine/leftovers.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

BuildController::BuildController(QObject* parent) : QObject(parent)
{
    connect(&m_finder, &EngineFinder::found, this, [this](const QList<Engine>& engines) {
        m_searching = false;
        m_engines = engines;
        if (!std::exchange(m_swept, true))
            for (const Engine& engine : engines)
                sweepLeftovers(engine, this);
        askChosen();
        emit enginesChanged();
    });
    connect(&m_finder, &EngineFinder::answered, this, [this](const Engine& place) {
        m_asking.clear();
        const auto known = std::ranges::find(m_engines, place.id, &Engine::id);
        if (known == m_engines.end())
            return;
        *known = place;
        sweepLeftovers(place, this);
        emit enginesChanged();
    });
}

BuildController::~BuildController() = default;

void BuildController::findEngines()
{
    m_searching = true;
    emit enginesChanged();
    m_finder.find();
}

std::optional<Engine> BuildController::engine() const
{
    if (m_engines.isEmpty())
        return std::nullopt;
    const auto chosen = std::ranges::find(m_engines, m_chosen, &Engine::id);
    return chosen != m_engines.end() ? *chosen : m_engines.front();
}

/// A place that was chosen is asked, and no other: it may want a key, or a password.
void BuildController::askChosen()
{
    const auto chosen = std::ranges::find(m_engines, m_chosen, &Engine::id);
    if (chosen == m_engines.end() || chosen->asked || m_asking == m_chosen)
        return;
    m_asking = m_chosen;
    m_finder.ask(*chosen);
}

void BuildController::chooseEngine(const QString& id)
{
    if (m_chosen == id)
        return;
    m_chosen = id;
    askChosen();
    emit enginesChanged();
}

std::expected<void, QString> BuildController::start(BuildRequest request)
{
    if (m_build)
        return std::unexpected(tr("A build is running already."));
    if (!request.engine.asked)
        return std::unexpected(
            tr("%1 is being asked whether it is there: build again once it has answered.").arg(request.engine.label()));
    if (!request.engine.ready)
        return std::unexpected(u"%1 %2"_s.arg(request.engine.problem, request.engine.mend).trimmed());
    if (!request.analysis || request.analysis->graph.stages.empty())
        return std::unexpected(tr("There is no stage to build: a Dockerfile needs a FROM line."));
    if (!QFileInfo(request.context).isDir())
        return std::unexpected(request.context.isEmpty()
                                   ? tr("The file was never saved, so it has no folder to take as the build context.")
                                   : tr("The build context %1 is not a folder.").arg(request.context));

    for (const QString& refusal : {refusalOfTargets(request), refusalOf(request.extras, request.engine)})
        if (!refusal.isEmpty())
            return std::unexpected(refusal);

    m_build = std::make_unique<Build>(std::move(request));
    m_commandLine = m_build->commandLine();
    connect(m_build.get(), &Build::stepChanged, this, &BuildController::stepChanged);
    connect(m_build.get(), &Build::logged, this, &BuildController::logged);
    connect(m_build.get(), &Build::done, this, [this](const BuildResult& result) {
        Build* build = m_build.release(); // which tidies up behind itself, and goes with this at the latest
        build->setParent(this);
        connect(build, &Build::tidied, build, &QObject::deleteLater);
        emit done(result);
    });
    emit started();
    m_build->start();
    return {};
}

void BuildController::stop()
{
    if (m_build)
        m_build->stop();
}

QList<int> stagesCalled(const StageGraph& graph, const QStringList& labels)
{
    QList<int> stages;
    for (const QString& label : labels) {
        const auto stage = std::ranges::find_last_if(
            graph.stages, [&](const Stage& each) { return graph.label(stageNode(each.index)) == label.toStdString(); });
        if (!stage.empty())
            stages << stage.front().index;
    }
    return stages;
}

BuildRequest requestFor(const Engine& engine, const AnalysisPtr& analysis, const QString& file, int target,
                        const BuildChoices& choices)
{
    BuildRequest request;
    request.engine = engine;
    request.analysis = analysis;
    request.file = file;
    request.context = choices.context;
    if (request.context.isEmpty() && !file.isEmpty())
        request.context = QFileInfo(file).absolutePath();
    request.target = target;
    if (analysis)
        request.moreTargets = stagesCalled(analysis->graph, choices.alsoTargets);
    request.moreTargets.removeAll(target);
    request.allStages = choices.allStages;
    request.buildArgs = choices.buildArgs;
    request.tags = choices.tags;
    request.platform = choices.platform;
    request.noCache = choices.noCache;
    request.extras = resolved(choices.extras, file.isEmpty() ? choices.context : QFileInfo(file).absolutePath());
    return request;
}

EngineAdvice adviceFor(const BuildController& controller)
{
    const auto engine = controller.engine();
    if (controller.isSearching() && !engine)
        return {};
    if (!engine)
        return {.title = BuildController::tr("No container engine was found"),
                .text = BuildController::tr(
                    "Everything but building works without one. To build, install Docker (docker.io and docker-buildx "
                    "on Debian and Ubuntu), Podman, or Buildah, which needs no daemon:\n\nsudo apt install buildah")};
    if (!engine->asked)
        return {.title = BuildController::tr("Asking %1…").arg(engine->label()), .text = engine->address};
    if (!engine->ready)
        return {.title = BuildController::tr("%1 is not ready").arg(engine->label()),
                .text = engine->mend.isEmpty() ? engine->problem : engine->problem + u"\n\n"_s + engine->mend};
    return {};
}

} // namespace stagelift::ui
