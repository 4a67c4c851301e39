// SPDX-License-Identifier: GPL-3.0-or-later
//
// The engines of this machine and the one build that may run. It knows no widget: the window asks it to start and to
// stop, and hands on what it reports.

#pragma once

#include "core/engine/build.h"
#include "core/engine/engine.h"
#include "ui/build/build_options.h"

#include <QObject>

#include <expected>
#include <memory>
#include <optional>

namespace stagelift::ui {

class BuildController : public QObject {
    Q_OBJECT
public:
    explicit BuildController(QObject* parent = nullptr);
    ~BuildController() override;

    void findEngines();
    [[nodiscard]] bool isSearching() const { return m_searching; }
    [[nodiscard]] const QList<Engine>& engines() const { return m_engines; }
    /// The one that builds: what was chosen, where it is installed, else the best; nothing where there is none.
    [[nodiscard]] std::optional<Engine> engine() const;
    void chooseEngine(const QString& id);

    /// Starts a build, or says in a sentence why not.
    [[nodiscard]] std::expected<void, QString> start(BuildRequest request);
    void stop();
    [[nodiscard]] bool isRunning() const { return m_build != nullptr; }
    /// Of the build that runs or ran last; "" before there was one.
    [[nodiscard]] QString commandLine() const { return m_commandLine; }

signals:
    void enginesChanged();
    void started();
    void stepChanged(const stagelift::BuildStep& step);
    void logged(const QString& stepId, const QString& text);
    /// Once for every start that worked; isRunning() is already false.
    void done(const stagelift::BuildResult& result);

private:
    void askChosen();

    EngineFinder m_finder;
    QList<Engine> m_engines;
    QString m_chosen;
    QString m_asking; // the id of the place that is being asked
    bool m_searching = false;
    bool m_swept = false; // what builds of before have left behind, once
    std::unique_ptr<Build> m_build;
    QString m_commandLine;
};

/// The stages that are called so, as far as they are there.
[[nodiscard]] QList<int> stagesCalled(const StageGraph& graph, const QStringList& labels);

/// What to ask an engine for. `file` is the Dockerfile's path, "" where it was never saved; the context is its folder
/// unless `choices` names another.
[[nodiscard]] BuildRequest requestFor(const Engine& engine, const AnalysisPtr& analysis, const QString& file,
                                      int target, const BuildChoices& choices);

/// For the panes: what to install, or how to mend the engine that is there. Empty words where one is ready.
struct EngineAdvice {
    QString title;
    QString text;
};
[[nodiscard]] EngineAdvice adviceFor(const BuildController& controller);

} // namespace stagelift::ui
