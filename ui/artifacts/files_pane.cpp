// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/artifacts/files_pane.h"

#include "ui/artifacts/file_preview.h"
#include "ui/artifacts/files_model.h"
#include "ui/artifacts/run_notice.h"
#include "ui/artifacts/run_problem_list.h"
#include "ui/artifacts/stage_reader.h"
#include "ui/build/placeholder.h"
#include "ui/build/size_bar_delegate.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedLayout>
#include <QToolButton>
#include <QTreeView>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stagelift::ui {

namespace {

constexpr auto kTypingPause = 150ms;
constexpr int kSizeWidth = 90;         // px
constexpr int kBarWidth = 110;         // px
constexpr int kChangeWidth = 80;       // px
constexpr int kLayerWidth = 300;       // px
constexpr int kModeWidth = 90;         // px
constexpr int kLeastFilterWidth = 160; // px
constexpr int kLayersWidth = 260;      // px

} // namespace

FilesPane::FilesPane(QWidget* parent)
    : QWidget(parent),
      m_reader(new StageReader(this)),
      m_model(new FilesModel(this)),
      m_view(new QTreeView(this)),
      m_bar(new SizeBarDelegate(this)),
      m_preview(new FilePreview(this)),
      m_notice(new RunNotice(this)),
      m_problemList(new RunProblemList(this)),
      m_page(new QWidget(this)),
      m_placeholder(new Placeholder(this))
{
    makeTree();
    makePages();
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingPause);
    connect(&m_typing, &QTimer::timeout, this, &FilesPane::askForView);
    wire();
    setAccessibleName(tr("Files"));
    showState();
}

FilesPane::~FilesPane() = default;

void FilesPane::makePages()
{
    m_summary = new QLabel(m_page);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_summary->setContentsMargins(8, 3, 4, 3);
    auto* columns = new QSplitter(Qt::Horizontal, m_page);
    columns->addWidget(m_view);
    columns->addWidget(m_preview);
    columns->setChildrenCollapsible(false);
    columns->setStretchFactor(0, 3);
    columns->setStretchFactor(1, 2);
    m_preview->hide();
    auto* column = new QVBoxLayout(m_page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(columns, 1);
    column->addWidget(m_summary);
    auto* body = new QWidget(this);
    m_pages = new QStackedLayout(body);
    m_pages->addWidget(m_placeholder);
    m_pages->addWidget(m_page);
    m_pages->addWidget(m_problemList);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    m_choices = makeBar();
    whole->addWidget(m_choices);
    whole->addWidget(m_notice);
    whole->addWidget(body, 1);
}

void FilesPane::wire()
{
    connect(m_placeholder, &Placeholder::buttonPressed, this,
            [this] { m_reader->analysis() ? readOrStop() : emit adviceTaken(); });
    connect(m_reader, &StageReader::changed, this, &FilesPane::showState);
    connect(m_reader, &StageReader::filesKnown, this, &FilesPane::askForProblems);
    connect(m_notice, &RunNotice::chosen, this, [this] { chooseProblem(0); });
    connect(m_notice, &RunNotice::opened, this, &FilesPane::turnPage);
    connect(m_problemList, &RunProblemList::chosen, this,
            [this](int problem) { chooseProblem(static_cast<std::size_t>(problem)); });
    connect(m_problemList, &RunProblemList::left, m_notice, &RunNotice::close);
    connect(m_reader, &StageReader::previewed, this, [this](const QByteArray& bytes, const QString& problem) {
        const auto* version = m_source ? m_source->newest(m_previewed) : nullptr;
        const qint64 size = version ? std::max<qint64>(version->size, bytes.size()) : bytes.size();
        problem.isEmpty() ? m_preview->showContent(bytes, size) : m_preview->showProblem(problem);
    });
    connect(m_reader, &StageReader::saved, this, [this](const QString&, const QString& problem) {
        if (!problem.isEmpty())
            emit failed(problem);
        showSummary();
    });
    connect(m_preview, &FilePreview::closed, this, [this] {
        m_reader->stopPreview();
        m_preview->hide();
    });
}

QWidget* FilesPane::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(6, 2, 6, 2);
    m_stages = new QComboBox(bar);
    m_stages->setAccessibleName(tr("Stage"));
    m_stages->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_again = new QToolButton(bar);
    m_again->setAutoRaise(true);
    m_layers = new QComboBox(bar);
    m_layers->setAccessibleName(tr("Layer"));
    m_layers->setFixedWidth(kLayersWidth);
    m_arrangement = new QComboBox(bar);
    m_arrangement->setAccessibleName(tr("Arrangement"));
    m_arrangement->addItems({tr("Tree"), tr("Largest files"), tr("Wasted space"), tr("What could I COPY?")});
    m_against = new QComboBox(bar);
    m_against->setAccessibleName(tr("Compare with"));
    m_against->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_filter = new QLineEdit(bar);
    m_filter->setPlaceholderText(tr("Filter by name, or by path with a /"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(kLeastFilterWidth);
    for (QWidget* each : std::initializer_list<QWidget*>{m_stages, m_again, m_layers, m_arrangement, m_against})
        row->addWidget(each);
    row->addWidget(m_filter, 1);
    connect(m_stages, &QComboBox::activated, this, &FilesPane::showStage);
    connect(m_again, &QToolButton::clicked, this, &FilesPane::readOrStop);
    connect(m_layers, &QComboBox::activated, this, &FilesPane::askForView);
    connect(m_arrangement, &QComboBox::activated, this, &FilesPane::askForView);
    connect(m_against, &QComboBox::activated, this, [this] {
        m_layers->setEnabled(comparedStage() < 0);
        askForView();
    });
    connect(m_filter, &QLineEdit::textChanged, this, [this] { m_typing.start(); });
    connect(m_filter, &QLineEdit::returnPressed, this, [this] { m_view->setFocus(); });
    return bar;
}

void FilesPane::makeTree()
{
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Files"));
    m_view->setItemDelegateForColumn(FilesModel::Bar, m_bar);
    m_view->setUniformRowHeights(true); // else each row is measured
    m_view->setAllColumnsShowFocus(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setDragEnabled(true);
    m_view->setDragDropMode(QAbstractItemView::DragOnly);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setExpandsOnDoubleClick(true);
    QHeaderView* header = m_view->header();
    header->setStretchLastSection(false);
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(FilesModel::Size, Qt::DescendingOrder);
    for (const auto column : {FilesModel::Name, FilesModel::Why})
        header->setSectionResizeMode(column, QHeaderView::Stretch);
    for (const auto& [column, width] : {std::pair{FilesModel::Size, kSizeWidth},
                                        {FilesModel::Bar, kBarWidth},
                                        {FilesModel::Change, kChangeWidth},
                                        {FilesModel::Layer, kLayerWidth},
                                        {FilesModel::Mode, kModeWidth}})
        header->resizeSection(column, width);
    connect(header, &QHeaderView::sectionClicked, this, &FilesPane::sortBy);
    connect(m_view, &QTreeView::activated, this, [this](const QModelIndex& index) {
        if (m_model->rowCount(index.siblingAtColumn(0)) == 0)
            previewSelected();
    });
    connect(m_view, &QTreeView::customContextMenuRequested, this, &FilesPane::showMenu);
}

void FilesPane::setTheme(const Theme& theme)
{
    m_model->setTheme(theme);
    m_bar->setTheme(theme);
    m_notice->setTheme(theme);
    m_problemList->setTheme(theme);
    m_view->viewport()->update();
}

void FilesPane::setAdvice(const QString& title, const QString& text, const QString& button)
{
    m_adviceTitle = title;
    m_adviceText = text;
    m_adviceButton = button;
    showState();
}

void FilesPane::setBuild(const BuildRequest& request)
{
    m_reader->setBuild(request);
    fillStages();
    const StageGraph& graph = request.analysis->graph;
    showStage(request.target >= 0 ? request.target : graph.defaultTarget());
}

void FilesPane::fillStages()
{
    m_stages->clear();
    const StageGraph& graph = m_reader->analysis()->graph;
    for (const Stage& stage : graph.stages)
        m_stages->addItem(QString::fromStdString(graph.label(stageNode(stage.index))));
}

void FilesPane::followStage(int stage)
{
    if (stage < 0 || stage >= m_stages->count() || stage == m_stage)
        return;
    // Not under the hands of somebody who is looking at another's files.
    if (isAncestorOf(QApplication::focusWidget()) || m_reader->stageBeingRead() >= 0)
        return;
    showStage(stage);
}

void FilesPane::showStage(int stage)
{
    if (stage == m_stage && m_source && m_source == m_reader->files(stage))
        return;
    m_stage = stage;
    m_stages->setCurrentIndex(stage);
    m_reader->stopPreview();
    m_preview->hide();
    m_model->clear();
    m_source = nullptr;
    m_comparedWith = nullptr;
    m_comparison = {};
    m_against->clear();
    ++m_asked;
    m_shown = m_asked;
    showState();
}

void FilesPane::read(int stage)
{
    showStage(stage);
    m_reader->read(stage);
}

void FilesPane::readOrStop()
{
    if (m_reader->stageBeingRead() >= 0)
        m_reader->stop();
    else if (m_stage >= 0)
        m_reader->read(m_stage);
}

} // namespace stagelift::ui
