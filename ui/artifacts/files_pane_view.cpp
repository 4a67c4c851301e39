// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the pane shows at a time: why there is nothing, how far a reading is, or the files; and what is done to them.

#include "core/history/history_report.h"
#include "ui/artifacts/file_preview.h"
#include "ui/artifacts/files_model.h"
#include "ui/artifacts/files_pane.h"
#include "ui/artifacts/run_notice.h"
#include "ui/artifacts/run_problem_list.h"
#include "ui/artifacts/stage_reader.h"
#include "ui/build/placeholder.h"
#include "ui/build/sizes_model.h"
#include "ui/diagram/words.h"
#include "ui/document/background.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QStackedLayout>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr qint64 kOpenAll = 60; // so few are shown without opening their folders by hand

} // namespace

void FilesPane::showState()
{
    const AnalysisPtr analysis = m_reader->analysis();
    const bool isReading = m_reader->stageBeingRead() >= 0;
    const ImageFilesPtr files = m_stage >= 0 ? m_reader->files(m_stage) : nullptr;
    m_choices->setVisible(analysis != nullptr && !m_notice->isOpen());
    m_stages->setEnabled(!isReading);
    m_again->setVisible(files != nullptr || isReading);
    m_again->setText(isReading ? tr("Stop") : tr("Read Again"));
    fillStagesToCompareWith();
    for (QWidget* each : std::initializer_list<QWidget*>{m_arrangement, m_filter})
        each->setEnabled(files != nullptr && !isReading);
    m_layers->setEnabled(m_arrangement->isEnabled() && comparedStage() < 0);
    m_against->setEnabled(m_arrangement->isEnabled() && m_against->count() > 1);
    if (!analysis) {
        m_placeholder->setWords(m_adviceTitle, m_adviceText, m_adviceButton);
    } else if (isReading) {
        showReading();
    } else if (files) {
        if (m_source != files && m_asked == m_shown) {
            fillLayers();
            askForView();
        }
        showPage(m_page);
        return;
    } else if (const QString problem = m_reader->problem(m_stage); !problem.isEmpty()) {
        m_placeholder->setWords(tr("The files of %1 could not be read").arg(m_stages->currentText()), problem,
                                tr("Try Again"));
    } else {
        m_placeholder->setWords(
            tr("The files of %1 were not read yet").arg(m_stages->currentText()),
            tr("They are read from the engine as a stream, and nothing of them is kept on this disk."),
            tr("Read Files"));
    }
    showPage(m_placeholder);
}

/// Unless programs that can't start are looked at.
void FilesPane::showPage(QWidget* page)
{
    m_pages->setCurrentWidget(m_notice->isOpen() ? m_problemList : page);
}

void FilesPane::showReading()
{
    const QString stage = m_stages->itemText(m_reader->stageBeingRead());
    m_placeholder->setWords(tr("Reading the files of %1").arg(stage), m_reader->progress(), tr("Stop"));
}

void FilesPane::fillLayers()
{
    const ImageFilesPtr files = m_reader->files(m_stage);
    m_layers->clear();
    m_layers->addItem(tr("All layers"));
    for (int layer = 0; layer < files->layers().size(); ++layer) {
        const ImageLayer& about = files->layers().at(layer);
        m_layers->addItem(layerLabel(*files, *m_reader->analysis(), layer));
        m_layers->setItemData(layer + 1,
                              tr("%1\n%2 in files: %3 added, %4 changed, %5 hidden")
                                  .arg(about.createdBy, humanSize(about.bytes))
                                  .arg(about.added)
                                  .arg(about.changed)
                                  .arg(about.hidden),
                              Qt::ToolTipRole);
    }
}

FileQuery FilesPane::query() const
{
    const bool compares = comparedStage() >= 0;
    auto arrangement = static_cast<FileArrangement>(m_arrangement->currentIndex());
    if (compares && arrangement != FileArrangement::Largest)
        arrangement = FileArrangement::Tree; // what is wasted and what to copy are of one stage
    return {.layer = compares ? kDifferences : m_layers->currentIndex() - 1,
            .needle = m_filter->text().trimmed(),
            .arrangement = arrangement,
            .order = m_order};
}

/// In the files of the stage itself, for a comparison has a tree of its own; kNone of what was removed.
ImageFiles::Id FilesPane::nodeInStage(const QModelIndex& index) const
{
    if (!index.isValid() || !m_source)
        return ImageFiles::kNone;
    const ImageFiles::Id node = m_model->node(index);
    if (!m_model->view().compares())
        return node;
    return m_model->view().files()->exists(node) ? m_source->find(m_model->view().files()->path(node))
                                                 : ImageFiles::kNone;
}

void FilesPane::arrange(FileArrangement arrangement)
{
    m_arrangement->setCurrentIndex(static_cast<int>(arrangement));
    askForView();
}

/// Those that were read, but for the one that is shown.
void FilesPane::fillStagesToCompareWith()
{
    const int chosen = comparedStage();
    m_against->clear();
    m_against->addItem(tr("Compare with…"), -1);
    m_against->setToolTip(tr("What is added, changed and removed beside another stage whose files were read"));
    for (int stage = 0; stage < m_stages->count(); ++stage)
        if (stage != m_stage && m_reader->files(stage))
            m_against->addItem(tr("With %1").arg(m_stages->itemText(stage)), stage);
    m_against->setCurrentIndex(std::max(m_against->findData(chosen), 0));
}

int FilesPane::comparedStage() const
{
    return m_against->count() > 0 ? m_against->currentData().toInt() : -1;
}

/// On another thread: a million names take longer than a person should wait for a key.
void FilesPane::askForView()
{
    Answer asked{.view = {},
                 .source = m_reader->files(m_stage),
                 .comparedWith = m_reader->files(comparedStage()),
                 .comparison = {}};
    if (!asked.source)
        return;
    if (asked.source == m_source && asked.comparedWith == m_comparedWith)
        asked.comparison = m_comparison; // it takes the longest
    const QString before = m_stages->itemText(comparedStage());
    const QString after = m_stages->itemText(m_stage);
    inBackground(
        this,
        [asked, before, after, query = query()]() mutable {
            if (asked.comparedWith && !asked.comparison.files)
                asked.comparison = compareFiles(*asked.comparedWith, before, *asked.source, after);
            asked.view = FileView(asked.comparison.files ? asked.comparison.files : asked.source, query);
            return std::make_shared<Answer>(std::move(asked));
        },
        [this, turn = ++m_asked](const std::shared_ptr<Answer>& answer) {
            if (turn == m_asked)
                takeView(std::move(*answer));
        });
}

void FilesPane::takeView(Answer answer)
{
    m_shown = m_asked;
    FileView& view = answer.view;
    m_source = answer.source;
    m_comparedWith = answer.comparedWith;
    m_comparison = answer.comparison;
    const bool sameFiles = m_model->view().files() == view.files();
    const std::vector<ImageFiles::Id> open = sameFiles ? openFolders() : std::vector<ImageFiles::Id>();
    const ImageFiles::Id current = sameFiles ? m_model->node(m_view->currentIndex()) : ImageFiles::kRoot;
    const bool opensAll = view.count() <= kOpenAll && (!sameFiles || !view.query().needle.isEmpty());
    const bool compares = view.compares();
    const bool showsChange = view.query().layer >= 0;
    const bool isFlat = view.isFlat();
    const bool isChoosing = view.query().arrangement == FileArrangement::Copyable;
    m_model->show(std::move(view), m_reader->analysis(), m_stage);
    m_view->setColumnHidden(FilesModel::Change, !showsChange);
    m_view->setColumnHidden(FilesModel::Bar, compares);
    m_view->setColumnHidden(FilesModel::Layer, isChoosing || compares);
    m_view->setColumnHidden(FilesModel::Mode, isChoosing);
    m_view->setColumnHidden(FilesModel::Why, !isChoosing);
    m_view->setRootIsDecorated(!isFlat);
    if (opensAll && !isFlat)
        m_view->expandAll();
    for (const ImageFiles::Id folder : open)
        m_view->expand(m_model->indexOf(folder));
    if (const QModelIndex index = m_model->indexOf(current); index.isValid())
        m_view->setCurrentIndex(index);
    showSummary();
}

/// Of the files that are shown now.
std::vector<ImageFiles::Id> FilesPane::openFolders() const
{
    std::vector<ImageFiles::Id> open;
    QModelIndexList parents{QModelIndex()};
    while (!parents.isEmpty()) {
        const QModelIndex parent = parents.takeLast();
        for (int row = 0; row < m_model->rowCount(parent); ++row) {
            const QModelIndex index = m_model->index(row, FilesModel::Name, parent);
            if (!m_view->isExpanded(index))
                continue;
            open.push_back(m_model->node(index));
            parents << index;
        }
    }
    return open;
}

void FilesPane::sortBy(int column)
{
    m_order = column == FilesModel::Name ? FileOrder::ByName : FileOrder::BySize;
    m_view->header()->setSortIndicator(column == FilesModel::Name ? FilesModel::Name : FilesModel::Size,
                                       column == FilesModel::Name ? Qt::AscendingOrder : Qt::DescendingOrder);
    askForView();
}

void FilesPane::showSummary()
{
    if (const QString path = m_reader->savingTo(); !path.isEmpty()) {
        m_summary->setText(tr("Saving %1…").arg(path));
        return;
    }
    const ImageFilesPtr& files = m_model->view().files();
    if (!files) {
        m_summary->clear();
        return;
    }
    const bool isChoosing = m_model->view().query().arrangement == FileArrangement::Copyable;
    if (isChoosing && m_model->view().count() == 0) {
        m_summary->setText(tr("Nothing that another stage might want was found in what this stage has added itself."));
        return;
    }
    if (m_model->view().compares()) {
        m_summary->setText(comparisonSummary());
        return;
    }
    const FileTotals& totals = m_model->view().totals();
    const QLocale locale;
    QString text = tr("%1 files, %2").arg(locale.toString(totals.files), humanSize(totals.bytes));
    if (totals.wasted > 0)
        text +=
            tr(" · %1 wasted: stored in a layer, and replaced or hidden by a later one").arg(humanSize(totals.wasted));
    if (const int layer = m_model->view().query().layer; layer >= 0) {
        const ImageLayer& about = files->layers().at(layer);
        text += tr(" · this layer: %1 added, %2 changed, %3 hidden")
                    .arg(locale.toString(about.added), locale.toString(about.changed), locale.toString(about.hidden));
    }
    if (files->ignored() > 0)
        text += tr(" · %1 entries no file system takes").arg(locale.toString(files->ignored()));
    m_summary->setText(text);
}

QString FilesPane::comparisonSummary() const
{
    const QLocale locale;
    const ComparedTotals& totals = m_comparison.totals;
    QString text =
        tr("Beside %1: %2 added (%3), %4 removed (%5), %6 changed (%7)")
            .arg(m_comparison.files->layers().constFirst().createdBy, locale.toString(totals.added),
                 signedSize(totals.addedBytes), locale.toString(totals.removed), signedSize(-totals.removedBytes),
                 locale.toString(totals.changed), signedSize(totals.grownBytes));
    text += tr(" · type, mode, link and content are compared, owners and times are not");
    if (m_comparison.unsure > 0)
        text += tr(" · of %1 files only the size").arg(locale.toString(m_comparison.unsure));
    return text;
}

QString FilesPane::summary() const
{
    return m_summary->text();
}

QModelIndexList FilesPane::selectedRows() const
{
    return m_view->selectionModel()->selectedRows(FilesModel::Name);
}

void FilesPane::previewSelected()
{
    const QModelIndex index = m_view->currentIndex();
    const ImageFiles::Id node = nodeInStage(index);
    if (node == ImageFiles::kNone || m_source != m_reader->files(m_stage))
        return; // or they were just read again, and are about to be shown
    if (const ProgramFacts* facts = selectedProgram(); facts && facts->kind != ProgramKind::Script) {
        explainSelected(); // as text it says nothing
        return;
    }
    ++m_explanations;
    m_previewed = node;
    m_preview->expect(m_model->path(index));
    m_preview->show();
    m_reader->preview(m_stage, m_previewed, FilePreview::kMost);
}

void FilesPane::saveSelected()
{
    const QModelIndex index = m_view->currentIndex();
    const int stage = m_stage;
    const ImageFiles::Id node = nodeInStage(index);
    const ImageFilesPtr files = m_source;
    if (node == ImageFiles::kNone)
        return;
    const QString name = QFileInfo(m_model->path(index)).fileName();
    const QString path = QFileDialog::getSaveFileName(this, tr("Save a File of the Stage"), name);
    if (path.isEmpty())
        return;
    if (m_reader->files(stage) != files) { // a build has ended while the dialog was open
        emit failed(tr("The stage was built anew meanwhile. Read its files again to save %1.").arg(name));
        return;
    }
    m_reader->save(stage, node, path);
    showSummary();
}

void FilesPane::addCopyMenu(QMenu& menu, const ArtifactDrag& drag)
{
    QMenu* into = menu.addMenu(tr("&Copy into Stage"));
    if (m_current) {
        const auto source = sourceNow(drag, *m_current);
        for (const Stage& stage : m_current->graph.stages)
            if (!source || stageNode(stage.index) != *source)
                into->addAction(toQt(m_current->graph.label(stageNode(stage.index))), this,
                                [this, drag, at = stage.index] { emit copyRequested(drag, at); });
    }
    into->setEnabled(!into->isEmpty());
}

void FilesPane::showMenu(const QPoint& position)
{
    const QModelIndex index = m_view->indexAt(position).siblingAtColumn(FilesModel::Name);
    if (!index.isValid())
        return;
    const ImageFiles::Version* version = m_model->view().files()->newest(m_model->node(index));
    const bool hasContent = version && version->type != FileType::Folder && nodeInStage(index) != ImageFiles::kNone;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Preview"), this, &FilesPane::previewSelected)->setEnabled(hasContent);
    menu->addAction(tr("What It &Needs"), this, &FilesPane::explainSelected)->setEnabled(selectedProgram() != nullptr);
    menu->addAction(tr("&Save As…"), this, &FilesPane::saveSelected)->setEnabled(hasContent);
    menu->addSeparator();
    if (const auto drag = m_model->dragOf(selectedRows()))
        addCopyMenu(*menu, *drag);
    menu->addAction(tr("Copy Pa&th"), this,
                    [path = m_model->path(index)] { QGuiApplication::clipboard()->setText(path); });
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

} // namespace stagelift::ui
