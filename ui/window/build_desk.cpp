// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/build_desk.h"

#include "core/engine/build_workspace.h"
#include "ui/artifacts/files_pane.h"
#include "ui/build/build_log.h"
#include "ui/build/placeholder.h"
#include "ui/build/sizes_pane.h"
#include "ui/build/stage_runner.h"
#include "ui/build/timeline.h"
#include "ui/document/document.h"
#include "ui/window/document_tab.h"
#include "ui/window/settings.h"

#include <QFileInfo>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

BuildDesk::BuildDesk(Settings& settings, QWidget* parent)
    : QObject(parent), m_settings(settings), m_history(settings.historyFolder())
{
    m_history.setKeeping(settings.keepsHistory());
    m_controller.chooseEngine(settings.engine());
    connect(&m_controller, &BuildController::enginesChanged, this, [this] {
        m_images.setEngine(m_controller.engine());
        emit changed();
    });
    connect(&m_controller, &BuildController::stepChanged, this, [this](const BuildStep& step) {
        if (m_tab)
            m_tab->showStep(step);
    });
    connect(&m_controller, &BuildController::logged, this, [this](const QString& stepId, const QString& text) {
        if (m_tab)
            m_tab->addLog(stepId, text);
    });
    connect(&m_controller, &BuildController::done, this, &BuildDesk::ended);
    m_onSave = settings.buildOnSave();
}

void BuildDesk::ended(const BuildResult& result)
{
    m_history.add(m_request, result, m_begun);
    if (m_tab) {
        if (result.outcome == BuildOutcome::Succeeded) {
            m_tab->files().setBuild(m_request);
            m_tab->runner().setBuild(m_request, result, m_controller.engines());
        }
        m_tab->finishBuild(result);
        m_images.askAgain(m_tab->shown()->graph.images);
    }
    emit changed();
    emit finished(result);
    if (result.outcome == BuildOutcome::Stopped) // whoever stops one wants no other
        forgetWaiting();
    QMetaObject::invokeMethod(this, &BuildDesk::buildWaiting, Qt::QueuedConnection);
}

void BuildDesk::buildAgain(DocumentTab& tab)
{
    build(tab, tab.lastBuiltIn(tab.document().analysis()->graph));
}

void BuildDesk::setBuildOnSave(bool wanted)
{
    m_onSave = wanted;
    m_settings.setBuildOnSave(wanted);
    if (!wanted)
        forgetWaiting();
}

void BuildDesk::setKeepHistory(bool wanted)
{
    m_history.setKeeping(wanted);
    m_settings.setKeepsHistory(wanted);
}

void BuildDesk::textSaved(DocumentTab& tab)
{
    if (!m_onSave)
        return;
    if (!m_waiting.contains(&tab))
        m_waiting << &tab;
    // Not at once: the file may be saved because it is about to be closed.
    QMetaObject::invokeMethod(this, &BuildDesk::buildWaiting, Qt::QueuedConnection);
}

void BuildDesk::buildWaiting()
{
    const auto engine = m_controller.engine();
    while (!m_waiting.isEmpty() && !m_controller.isRunning()) {
        const QPointer<DocumentTab> tab = m_waiting.takeFirst();
        // Nobody asked for a build now: where there is nothing to build, or nothing to build it with, nothing is said.
        if (tab && engine && engine->ready && !tab->document().analysis()->graph.stages.empty())
            buildAgain(*tab);
    }
}

void BuildDesk::build(DocumentTab& tab, int stage)
{
    if (m_controller.isRunning())
        return;
    const auto engine = m_controller.engine();
    if (!engine) {
        tab.showPane(ResultPane::Log); // it says what to install
        return;
    }
    const AnalysisPtr analysis = tab.document().analysis();
    const int target = stage >= 0 ? stage : tab.targetIn(analysis->graph);
    m_tab = &tab;
    BuildRequest request = requestFor(*engine, analysis, tab.document().path(), target, tab.choices());
    if (stage >= 0) // by itself
        request.moreTargets.clear();
    const auto connection = connect(&m_controller, &BuildController::started, this, [&] {
        tab.startBuild(analysis, stage, engine->label(), m_controller.commandLine());
    });
    const auto started = m_controller.start(request);
    disconnect(connection);
    if (started) {
        m_request = request;
        m_begun = QDateTime::currentDateTimeUtc();
    }
    if (!started)
        tab.messages().showMessage({.kind = MessageKind::Warning,
                                    .what = started.error(),
                                    .mend = {},
                                    .actions = {{tr("Build Options…"), [this, &tab] { editOptions(tab); }}}});
    emit changed();
}

BuildPreview BuildDesk::preview(DocumentTab& tab, const BuildChoices& choices) const
{
    const auto engine = m_controller.engine();
    const AnalysisPtr analysis = tab.document().analysis();
    if (!engine || analysis->graph.stages.empty())
        return {};
    const BuildRequest request = requestFor(*engine, analysis, tab.document().path(), tab.target(), choices);
    const QString problem = refusalOfTargets(request);
    return {.command = Build(request).commandLine(),
            .problem = problem.isEmpty() ? refusalOf(request.extras, *engine) : problem};
}

void BuildDesk::editOptions(DocumentTab& tab)
{
    const QString path = tab.document().path();
    const QString folder = path.isEmpty() ? QString() : QFileInfo(path).absolutePath();
    BuildForm form(
        tab.document().analysis(), tab.choices(), folder,
        [this, &tab](const BuildChoices& choices) { return preview(tab, choices); }, &tab, tab.target());
    if (form.exec() != QDialog::Accepted)
        return;
    tab.setChoices(form.choices());
    if (!path.isEmpty())
        m_settings.setBuildChoices(path, form.choices());
    if (form.wantsBuild())
        build(tab);
}

void BuildDesk::advise(DocumentTab& tab) const
{
    const EngineAdvice advice = adviceFor(m_controller);
    const bool ready = advice.title.isEmpty();
    const QString again = ready ? QString() : tr("Look Again");
    for (const Placeholder* words :
         {&tab.log().placeholder(), &tab.sizes().placeholder(), &tab.timeline().placeholder()})
        connect(words, &Placeholder::buttonPressed, &m_controller, &BuildController::findEngines, Qt::UniqueConnection);
    tab.log().placeholder().setWords(ready ? tr("Nothing was built yet") : advice.title,
                                     ready ? tr("Build shows here what the engine says, step by step.") : advice.text,
                                     again);
    tab.sizes().placeholder().setWords(
        ready ? tr("Nothing was measured yet") : advice.title,
        ready ? tr("Build the target to see the size of every stage: what ships, and what is left behind.")
              : advice.text,
        again);
    tab.timeline().placeholder().setWords(
        ready ? tr("Nothing was built yet") : advice.title,
        ready ? tr("Build shows here when each step ran, and which of them made the build as long as it was.")
              : advice.text,
        again);
    connect(&tab.files(), &FilesPane::adviceTaken, &m_controller, &BuildController::findEngines, Qt::UniqueConnection);
    tab.files().setAdvice(
        ready ? tr("Nothing was built yet") : advice.title,
        ready ? tr("Build the target; then the files of every stage can be read here, layer by layer.") : advice.text,
        again);
}

} // namespace stagelift::ui
