// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the pane says of programs: what the selected one needs, and which can't start where they were copied to.

#include "core/engine/files/file_links.h"
#include "ui/artifacts/file_preview.h"
#include "ui/artifacts/files_model.h"
#include "ui/artifacts/files_pane.h"
#include "ui/artifacts/program_words.h"
#include "ui/artifacts/run_notice.h"
#include "ui/artifacts/stage_reader.h"
#include "ui/diagram/words.h"
#include "ui/document/background.h"

#include <QTreeView>

namespace stagelift::ui {

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

/// With each stage that is read, more is known of the others.
void FilesPane::askForProblems()
{
    const AnalysisPtr analysis = m_reader->analysis();
    QHash<int, ImageFilesPtr> known;
    for (const Stage& stage : analysis->graph.stages)
        if (const ImageFilesPtr files = m_reader->files(stage.index))
            known.insert(stage.index, files);
    inBackground(
        this, [analysis, known] { return runProblems(*analysis, [&](int stage) { return known.value(stage); }); },
        [this, analysis, turn = ++m_examinations](const std::vector<RunProblem>& problems) {
            if (turn != m_examinations)
                return;
            m_examined = turn;
            m_notice->showProblems(*analysis, problems);
        });
}

} // namespace stagelift::ui
