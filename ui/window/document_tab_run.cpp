// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a tab runs a built stage in the user's terminal. What was built may have other stages than the text has by now:
// a stage of the text is found among them by its name, as everything is that a build has told.

#include "ui/artifacts/files_pane.h"
#include "ui/artifacts/stage_reader.h"
#include "ui/build/sizes_pane.h"
#include "ui/build/stage_runner.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/stage_map.h"
#include "ui/window/document_tab.h"

#include <QClipboard>
#include <QGuiApplication>

namespace stagelift::ui {

namespace {

QString labelOf(const StageRunner& runner, int stage)
{
    return QString::fromStdString(runner.analysis()->graph.label(stageNode(stage)));
}

} // namespace

void DocumentTab::wireRunner()
{
    m_runner = new StageRunner(this);
    connect(m_diagram, &DiagramView::runRequested, this, &DocumentTab::runStage);
    connect(m_diagram, &DiagramView::runCommandWanted, this, &DocumentTab::copyRunCommand);
    connect(m_sizes, &SizesPane::runRequested, this, &DocumentTab::runBuilt);
    connect(m_sizes, &SizesPane::runCommandWanted, this, &DocumentTab::copyRunCommandOfBuilt);
    const auto words = std::make_shared<QString>(); // of ours on the strip, which goes once the terminal is there
    connect(m_runner, &StageRunner::preparing, this, [this, words](int stage) {
        m_messages->showMessage({.kind = MessageKind::Information,
                                 .what = tr("Asking for the image of %1…").arg(labelOf(*m_runner, stage)),
                                 .mend = {},
                                 .actions = {{tr("Stop"), [this] { m_runner->stop(); }}}});
        *words = m_messages->text();
    });
    connect(m_runner, &StageRunner::settled, this, [this, words] {
        if (!words->isEmpty() && m_messages->text() == *words)
            m_messages->hide();
    });
    connect(m_runner, &StageRunner::failed, this, [this](const QString& sentence, const QString& command) {
        Message message{.kind = MessageKind::Warning, .what = sentence, .mend = {}, .actions = {}};
        if (!command.isEmpty()) {
            message.mend = tr("Run it by hand: %1").arg(command);
            message.actions.push_back(
                {tr("Copy Command"), [command] { QGuiApplication::clipboard()->setText(command); }});
        }
        m_messages->showMessage(message);
    });
}

/// -1 where it was not built.
int DocumentTab::builtStage(int stage)
{
    const AnalysisPtr built = m_runner->analysis();
    if (!built || stage < 0 || std::cmp_greater_equal(stage, m_shown->graph.stages.size()))
        return -1;
    const int then = built == m_shown ? stage : StageMap(m_shown->graph, built->graph).nowStage(stage);
    return m_runner->wasBuilt(then) ? then : -1;
}

int DocumentTab::stageToRun()
{
    const AnalysisPtr built = m_runner->analysis();
    if (const int stage = stageInHand(); !built || builtStage(stage) >= 0)
        return stage;
    return StageMap(built->graph, m_shown->graph).nowStage(m_runner->target());
}

void DocumentTab::runStage(int stage, RunMode mode)
{
    runBuilt(builtStage(stage), mode);
}

void DocumentTab::runBuilt(int stage, RunMode mode)
{
    if (stage < 0) {
        m_messages->showMessage({.kind = MessageKind::Information,
                                 .what = tr("This stage was not built yet."),
                                 .mend = tr("Build it, then it can be run."),
                                 .actions = {}});
        return;
    }
    const ImageFilesPtr files =
        m_files->reader().analysis() == m_runner->analysis() ? m_files->reader().files(stage) : nullptr;
    if (mode == RunMode::Shell && files && !mayHaveShell(*files)) {
        m_messages->showMessage(
            {.kind = MessageKind::Warning,
             .what = tr("%1 has no shell: none of its files is called sh.").arg(labelOf(*m_runner, stage)),
             .mend = tr("Run it with its command instead."),
             .actions = {{tr("Run with Its Command"), [this, stage] { runBuilt(stage, RunMode::ItsCommand); }}}});
        return;
    }
    m_runner->run(stage, mode);
}

void DocumentTab::copyRunCommand(int stage)
{
    copyRunCommandOfBuilt(builtStage(stage));
}

void DocumentTab::copyRunCommandOfBuilt(int stage)
{
    if (stage < 0) {
        runBuilt(stage, RunMode::ItsCommand); // says why not
        return;
    }
    const auto line = m_runner->commandLine(stage);
    if (line)
        QGuiApplication::clipboard()->setText(*line);
    m_messages->showMessage({.kind = line ? MessageKind::Information : MessageKind::Warning,
                             .what = line ? tr("Copied: %1").arg(*line) : line.error(),
                             .mend = {},
                             .actions = {}});
}

} // namespace stagelift::ui
