// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/sizes_pane.h"

#include "ui/build/placeholder.h"
#include "ui/build/shipment.h"
#include "ui/build/size_bar_delegate.h"
#include "ui/build/sizes_export.h"
#include "ui/build/treemap_page.h"
#include "ui/theme/apply_theme.h"

#include <QButtonGroup>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSaveFile>
#include <QStackedLayout>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kStageWidth = 230; // px
constexpr int kBarWidth = 170;   // px
constexpr int kPadding = 18;     // px, round the widest text of a column

/// The rows of a column's widest words, before there are any.
constexpr int kNumberWidth = 84; // px

} // namespace

SizesPane::SizesPane(QWidget* parent)
    : QWidget(parent),
      m_model(new SizesModel(this)),
      m_view(new QTreeView(this)),
      m_bar(new SizeBarDelegate(this)),
      m_page(new QWidget(this)),
      m_placeholder(new Placeholder(this)),
      m_pages(new QStackedLayout(this))
{
    makeTable();
    auto* column = new QVBoxLayout(m_page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_treemap = new TreemapPage(m_page);
    m_views = new QStackedLayout;
    m_views->addWidget(m_view);
    m_views->addWidget(m_treemap);
    connect(&m_treemap->view(), &TreemapView::spanChosen, this, &SizesPane::spanChosen);
    column->addLayout(m_views, 1);
    column->addWidget(makeFooter());
    m_pages->addWidget(m_placeholder);
    m_pages->addWidget(m_page);
}

void SizesPane::makeTable()
{
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Sizes"));
    m_view->setItemDelegateForColumn(SizesModel::Bar, m_bar);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    QHeaderView* header = m_view->header();
    header->setStretchLastSection(false);
    for (int column = 0; column < SizesModel::kColumns; ++column)
        header->resizeSection(column, kNumberWidth);
    header->setSectionResizeMode(SizesModel::Stage, QHeaderView::Stretch);
    header->setMinimumSectionSize(kPadding * 2);
    header->resizeSection(SizesModel::Stage, kStageWidth);
    header->resizeSection(SizesModel::Bar, kBarWidth);
    header->resizeSection(SizesModel::Fate, kNumberWidth + kPadding);
    const auto choose = [this](const QModelIndex& index) {
        if (const auto span = m_model->sourceSpan(index))
            emit spanChosen(*span);
    };
    connect(m_view, &QTreeView::clicked, this, choose);
    connect(m_view, &QTreeView::activated, this, choose);
    connect(m_view, &QTreeView::customContextMenuRequested, this, &SizesPane::showMenu);
}

QWidget* SizesPane::makeFooter()
{
    auto* footer = new QWidget(m_page);
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(8, 3, 4, 3);
    addViews(*row);
    m_summary = new QLabel(footer);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_export = new QToolButton(footer);
    m_export->setText(tr("Export"));
    m_export->setToolTip(tr("Copy the table, or save it as CSV or JSON"));
    m_export->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_export->setAutoRaise(true);
    m_export->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_export);
    menu->addAction(tr("Copy Table"), this, &SizesPane::copy);
    menu->addAction(tr("Save as CSV…"), this, [this] { exportAs(u"csv"_s); });
    menu->addAction(tr("Save as JSON…"), this, [this] { exportAs(u"json"_s); });
    m_export->setMenu(menu);
    row->addWidget(m_summary, 1);
    row->addWidget(m_export);
    return footer;
}

/// The choice between the two, and of the stage that the treemap is of.
void SizesPane::addViews(QBoxLayout& row)
{
    QWidget* footer = row.parentWidget();
    auto* group = new QButtonGroup(footer);
    const auto addButton = [&](const QString& text, const QString& tip, void (SizesPane::*showIt)()) {
        auto* button = new QToolButton(footer);
        button->setText(text);
        button->setToolTip(tip);
        button->setCheckable(true);
        button->setAutoRaise(true);
        group->addButton(button);
        row.addWidget(button);
        connect(button, &QToolButton::clicked, this, showIt);
        return button;
    };
    m_asTable = addButton(tr("Table"), tr("A row a stage"), &SizesPane::showTable);
    m_asTreemap = addButton(
        tr("Treemap"),
        tr("What a stage's image is made of: a rectangle a layer, as large as it weighs, and in it its folders"),
        &SizesPane::showTreemap);
    m_asTable->setChecked(true);
    m_stages = new QComboBox(footer);
    m_stages->setAccessibleName(tr("Stage"));
    m_stages->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_stages->hide();
    connect(m_stages, &QComboBox::currentIndexChanged, this, &SizesPane::mapStage);
    row.addWidget(m_stages);
}

TreemapView& SizesPane::treemap()
{
    return m_treemap->view();
}

QWidget& SizesPane::front()
{
    if (m_views->currentWidget() == m_treemap)
        return m_treemap->view();
    return *m_view;
}

void SizesPane::showTable()
{
    m_views->setCurrentWidget(m_view);
    m_asTable->setChecked(true);
    m_stages->hide();
}

void SizesPane::showTreemap()
{
    const QModelIndex current = m_view->currentIndex();
    if (const QModelIndex stage = current.parent().isValid() ? current.parent() : current; stage.isValid())
        m_stages->setCurrentIndex(stage.row());
    m_views->setCurrentWidget(m_treemap);
    m_asTreemap->setChecked(true);
    m_stages->show();
}

/// The stage that was shown stays, where it was measured again; else it is the target.
void SizesPane::fillStages()
{
    const QString shown = m_stages->currentText();
    const QSignalBlocker blocker(m_stages);
    m_stages->clear();
    int chosen = 0;
    for (const StageSize& size : m_model->sizes()) {
        if (size.stage == m_model->target())
            chosen = m_stages->count();
        m_stages->addItem(m_model->stageLabel(size.stage));
    }
    const int again = shown.isEmpty() ? -1 : m_stages->findText(shown);
    m_stages->setCurrentIndex(again >= 0 ? again : chosen);
    mapStage(m_stages->currentIndex());
}

void SizesPane::mapStage(int row)
{
    if (row >= 0 && row < m_model->sizes().size())
        m_treemap->showStage(m_model->analysis(), m_model->sizes().at(row));
    else
        m_treemap->clear();
}

void SizesPane::setTheme(const Theme& theme)
{
    m_treemap->view().setTheme(theme);
    m_model->setTheme(theme);
    m_bar->setTheme(theme);
    m_export->setIcon(themeIcon(u"document-export"_s));
    m_view->viewport()->update();
}

void SizesPane::showResult(const AnalysisPtr& analysis, const BuildResult& result, const QHash<QString, qint64>& before)
{
    m_model->showResult(analysis, result, before);
    m_outdated = false;
    const bool compares = std::ranges::any_of(
        m_model->sizes(), [this](const StageSize& size) { return m_model->change(size).has_value(); });
    m_view->setColumnHidden(SizesModel::Change, !compares);
    fillStages();
    m_pages->setCurrentWidget(m_page);
    showSummary();
}

void SizesPane::setOutdated(bool outdated)
{
    m_outdated = outdated;
    showSummary();
}

void SizesPane::showSummary()
{
    if (!m_model->analysis())
        return;
    const StageGraph& graph = m_model->analysis()->graph;
    QStringList ships; // "web ships 14 MB", each its image; what is left behind is so by all of them
    QStringList exactly;
    Shipment sum;
    for (const int target : m_model->targets()) {
        sum = shipment(graph, m_model->sizes(), target);
        ships << tr("%1 ships %2").arg(m_model->stageLabel(target), humanSize(sum.ships));
        exactly << exactSize(sum.ships);
    }
    QString text = ships.size() == 1 ? tr("%1 %2").arg(m_model->stageLabel(m_model->target()), shipmentText(sum))
                   : sum.leftBehind == 0
                       ? tr("%1, nothing is left behind").arg(ships.join(u", "_s))
                       : tr("%1, %2 are left behind").arg(ships.join(u", "_s), humanSize(sum.leftBehind));
    for (const StageSize& size : m_model->sizes())
        if (const Budget* budget = m_model->exceeded(size))
            text += tr(" · %1 is %2 over its budget")
                        .arg(m_model->stageLabel(size.stage), humanSize(size.total - budget->bytes));
    m_summary->setText(m_outdated ? tr("%1 — the text has changed since").arg(text) : text);
    m_summary->setToolTip(tr("%1 ship, %2 are left behind").arg(exactly.join(u", "_s), exactSize(sum.leftBehind)));
}

QString SizesPane::summary() const
{
    return m_summary->text();
}

void SizesPane::copy()
{
    QModelIndexList rows = m_view->selectionModel()->selectedRows(SizesModel::Stage);
    std::ranges::sort(rows);
    if (rows.isEmpty()) {
        for (int row = 0; row < m_model->rowCount(); ++row)
            rows << m_model->index(row, SizesModel::Stage);
    }
    QStringList lines;
    for (const QModelIndex& row : std::as_const(rows)) {
        QStringList fields;
        for (int column = 0; column < SizesModel::kColumns; ++column) {
            if (column != SizesModel::Bar && !m_view->isColumnHidden(column))
                fields << row.siblingAtColumn(column).data().toString();
        }
        lines << fields.join(u'\t');
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

std::unique_ptr<QMenu> SizesPane::menuFor(const QModelIndex& index)
{
    auto menu = std::make_unique<QMenu>(this);
    if (const QVariant row = index.data(SizesModel::StageRole); index.isValid() && row.isValid()) {
        const int stage = row.toInt();
        const QString name = m_model->stageLabel(stage).replace(u'&', u"&&"_s);
        menu->addAction(tr("Run %1 with Its Command").arg(name), this,
                        [this, stage] { emit runRequested(stage, RunMode::ItsCommand); });
        menu->addAction(tr("Run %1 with a Shell").arg(name), this,
                        [this, stage] { emit runRequested(stage, RunMode::Shell); });
        menu->addAction(tr("Copy Run Command"), this, [this, stage] { emit runCommandWanted(stage); });
        menu->addSeparator();
    }
    menu->addActions(m_export->menu()->actions());
    return menu;
}

void SizesPane::showMenu(const QPoint& position)
{
    menuFor(m_view->indexAt(position))->exec(m_view->viewport()->mapToGlobal(position));
}

void SizesPane::exportAs(const QString& suffix)
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save Sizes"), u"sizes."_s + suffix, u"*."_s + suffix);
    if (path.isEmpty())
        return;
    const StageGraph& graph = m_model->analysis()->graph;
    const QByteArray bytes = suffix == "csv"_L1
                                 ? sizesAsCsv(graph, m_model->sizes())
                                 : sizesAsJson(*m_model->analysis(), m_model->sizes(), m_model->targets());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        emit exportFailed(tr("%1 can't be written: %2").arg(path, file.errorString()));
}

} // namespace stagelift::ui
