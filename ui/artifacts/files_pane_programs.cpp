// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the pane says of programs: what the selected one needs, and which can't start where they were copied to.

#include "core/engine/files/file_links.h"
#include "ui/artifacts/file_preview.h"
#include "ui/artifacts/files_model.h"
#include "ui/artifacts/files_pane.h"
#include "ui/artifacts/program_words.h"
#include "ui/artifacts/run_notice.h"
#include "ui/artifacts/run_problem_list.h"
#include "ui/artifacts/run_words.h"
#include "ui/artifacts/stage_reader.h"
#include "ui/diagram/words.h"
#include "ui/document/background.h"

#include <QApplication>
#include <QHash>
#include <QTreeView>

#include <utility>

namespace stagelift::ui {

namespace {

using ReadFiles = QHash<int, ImageFilesPtr>; // by stage

/// By stages of the text as it is now: of those that are made as one that was read.
QHash<int, KnownStage> knownNow(const Analysis& built, const ReadFiles& read, const Analysis& now)
{
    const auto begin = [](const Analysis& analysis, int stage) {
        return static_cast<int>(analysis.graph.stages.at(static_cast<std::size_t>(stage)).firstInstruction);
    };
    QHash<int, KnownStage> known;
    for (const auto& [stage, files] : read.asKeyValueRange())
        for (const int here : stagesBuiltAs(built, stage, now))
            known.insert(here, {.files = files, .shift = begin(now, here) - begin(built, stage)});
    return known;
}

} // namespace

/// Behind links.
const ProgramFacts* FilesPane::selectedProgram() const
{
    const ImageFiles::Id selected = nodeInStage(m_view->currentIndex());
    if (selected == ImageFiles::kNone)
        return nullptr;
    const ImageFiles::Id node = follow(*m_source, m_source->path(selected));
    return node == ImageFiles::kNone ? nullptr : m_source->program(node);
}

void FilesPane::explainSelected()
{
    const ProgramFacts* facts = selectedProgram();
    if (!facts)
        return;
    m_reader->stopPreview();
    const ImageFilesPtr files = m_source;
    const ImageFiles::Id node = nodeInStage(m_view->currentIndex());
    const QString headline = tr("%1: %2").arg(toQt(files->path(node)), programSummary(*facts));
    m_preview->expect(toQt(files->path(node)));
    m_preview->show();
    inBackground(
        this, [files, node] { return programReport(*files, node); },
        [this, headline, turn = ++m_explanations](const QString& report) {
            if (turn == m_explanations)
                m_preview->showWords(headline, report);
        });
}

void FilesPane::setCurrent(const AnalysisPtr& analysis)
{
    const bool isOther =
        !m_current || m_current->source.bytes() != analysis->source.bytes() || m_current->build != analysis->build;
    m_current = analysis;
    if (isOther)
        askForProblems();
}

/// With each stage that is read, more is known of the others; with each change of the text, less or something else.
void FilesPane::askForProblems()
{
    ++m_examinations;
    if (m_isExamining)
        return; // it asks again
    const AnalysisPtr built = m_reader->analysis();
    ReadFiles read;
    for (int stage = 0; built && std::cmp_less(stage, built->graph.stages.size()); ++stage)
        if (const ImageFilesPtr files = m_reader->files(stage))
            read.insert(stage, files);
    if (read.isEmpty()) {
        m_examined = m_examinations;
        takeProblems(nullptr, {});
        return;
    }
    const AnalysisPtr analysis = m_current ? m_current : built;
    m_isExamining = true;
    inBackground(
        this,
        [built, read, analysis] {
            const QHash<int, KnownStage> known = knownNow(*built, read, *analysis);
            return runProblems(*analysis, [&known](int stage) { return known.value(stage); });
        },
        [this, analysis, turn = m_examinations](const std::vector<RunProblem>& problems) {
            m_isExamining = false;
            if (turn != m_examinations) {
                askForProblems();
                return;
            }
            m_examined = turn;
            takeProblems(analysis, problems);
        });
}

void FilesPane::takeProblems(const AnalysisPtr& analysis, std::vector<RunProblem> problems)
{
    if (problems.empty() && m_problems.empty())
        return;
    m_problemsOf = analysis;
    m_problems = std::move(problems);
    m_problemList->showProblems(analysis, m_problems);
    m_notice->showProblems(analysis, m_problems);
    emit runProblemsFound(m_problems.empty() ? std::vector<BuiltFinding>() : builtFindings(*analysis, m_problems));
}

void FilesPane::chooseProblem(std::size_t problem)
{
    if (problem >= m_problems.size())
        return;
    const auto instruction = static_cast<std::size_t>(m_problems[problem].instruction);
    emit copyChosen(m_problemsOf, m_problemsOf->dockerfile.instructions.at(instruction).span);
}

/// To the list of them or back: there is no room for it beside the files.
void FilesPane::turnPage()
{
    const bool isHere = isAncestorOf(QApplication::focusWidget()); // they may have vanished by themselves
    showState();
    if (isHere)
        front().setFocus(Qt::OtherFocusReason);
}

QWidget& FilesPane::front()
{
    return m_notice->isOpen() ? static_cast<QWidget&>(*m_problemList) : *m_view;
}

} // namespace stagelift::ui
