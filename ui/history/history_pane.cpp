// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/history/history_pane.h"

#include "core/history/history_report.h"
#include "ui/build/placeholder.h"
#include "ui/history/builds_model.h"
#include "ui/history/chart_view.h"
#include "ui/history/comparison_dialog.h"
#include "ui/theme/apply_theme.h"

#include <QAction>
#include <QButtonGroup>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QSaveFile>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kChartPart = 55; // of a hundred of the width
constexpr int kTablePart = 45;
constexpr int kRowPadding = 6;     // px
constexpr int kColumnPadding = 10; // px

} // namespace

HistoryPane::HistoryPane(QWidget* parent)
    : QWidget(parent),
      m_theme(Theme::ofDesktop()),
      m_model(new BuildsModel(this)),
      m_page(new QWidget(this)),
      m_placeholder(new Placeholder(this)),
      m_pages(new QStackedLayout(this))
{
    setAccessibleName(tr("History"));
    makePage();
    m_pages->addWidget(m_placeholder);
    m_pages->addWidget(m_page);
    showWords();
    showSelection();
}

void HistoryPane::makePage()
{
    auto* split = new QSplitter(Qt::Horizontal, m_page);
    m_chart = new ChartView(split);
    m_view = new QTableView(split);
    makeTable();
    split->setSizes({kChartPart * 10, kTablePart * 10});
    split->setStretchFactor(0, kChartPart);
    split->setStretchFactor(1, kTablePart);
    split->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(m_page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(split, 1);
    column->addWidget(makeFooter());
    connect(m_chart, &ChartView::buildChosen, this, &HistoryPane::select);
}

void HistoryPane::makeTable()
{
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Builds"));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setShowGrid(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setTabKeyNavigation(false);
    m_view->setWordWrap(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + kRowPadding);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_view, &QTableView::customContextMenuRequested, this, [this](const QPoint& place) {
        QMenu menu(this);
        menu.addActions({m_compare->defaultAction(), m_bringBack->defaultAction()});
        menu.addSeparator();
        menu.addActions(m_more->menu()->actions());
        menu.exec(m_view->viewport()->mapToGlobal(place));
    });
    connect(m_view, &QTableView::activated, this, &HistoryPane::compare);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &HistoryPane::showSelection);
}

QToolButton* HistoryPane::addMetric(const QString& text, const QString& tip, HistoryMetric metric)
{
    auto* button = new QToolButton(m_page);
    button->setText(text);
    button->setToolTip(tip);
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setChecked(metric == m_chart->metric());
    connect(button, &QToolButton::clicked, this, [this, metric] { m_chart->setMetric(metric); });
    return button;
}

QWidget* HistoryPane::makeFooter()
{
    auto* footer = new QWidget(m_page);
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(8, 3, 4, 3);
    auto* metrics = new QButtonGroup(footer);
    for (QToolButton* each :
         {addMetric(tr("Size"), tr("The chart shows what each stage's image weighs"), HistoryMetric::Size),
          addMetric(tr("Time"),
                    tr("The chart shows the time spent in each stage's steps; what came from the cache took "
                       "none and is left out"),
                    HistoryMetric::Time)}) {
        metrics->addButton(each);
        row->addWidget(each);
    }
    m_stages = new QComboBox(footer);
    m_stages->setAccessibleName(tr("Stage"));
    m_stages->setToolTip(tr("A stage by itself is drawn so large that small changes show"));
    m_stages->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(m_stages, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_chart->setStage(index > 0 ? m_stages->itemText(index) : QString()); });
    m_summary = new QLabel(footer);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_summary->setContentsMargins(8, 0, 8, 0);
    row->addWidget(m_stages);
    row->addWidget(m_summary, 1);

    const auto addAction = [&](const QString& text, const QString& tip, auto slot) {
        auto* button = new QToolButton(footer);
        auto* action = new QAction(text, button);
        action->setToolTip(tip);
        connect(action, &QAction::triggered, this, slot);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        row->addWidget(button);
        return button;
    };
    m_compare =
        addAction(tr("Compare"), tr("Show two builds side by side: sizes, times and texts"), &HistoryPane::compare);
    m_bringBack = addAction(tr("Bring Text Back"), tr("Put the text of this build into the editor; undo takes it away"),
                            &HistoryPane::bringBack);
    m_more = new QToolButton(footer);
    m_more->setText(tr("More"));
    m_more->setAutoRaise(true);
    m_more->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_more);
    menu->addAction(tr("Save as CSV…"), this, [this] { exportAs(u"csv"_s); });
    menu->addAction(tr("Save as JSON…"), this, [this] { exportAs(u"json"_s); });
    menu->addSeparator();
    menu->addAction(tr("Forget This File's History…"), this, &HistoryPane::forget);
    m_more->setMenu(menu);
    row->addWidget(m_more);
    return footer;
}

void HistoryPane::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_model->setTheme(theme);
    m_chart->setTheme(theme);
    if (m_comparison)
        m_comparison->setTheme(theme);
    m_compare->defaultAction()->setIcon(themeIcon(u"view-split-left-right"_s));
    m_bringBack->defaultAction()->setIcon(themeIcon(u"edit-undo"_s));
}

void HistoryPane::setHistory(History* history)
{
    m_history = history;
    connect(history, &History::loaded, this, &HistoryPane::take);
    reload();
}

void HistoryPane::setFile(const QString& path)
{
    m_path = path;
    showBuilds({});
    reload();
}

void HistoryPane::reload()
{
    m_key = historyKey(m_path);
    if (m_history)
        m_history->load(m_path);
    showWords();
}

const QList<KeptBuild>& HistoryPane::builds() const
{
    return m_model->builds();
}

bool HistoryPane::isEmpty() const
{
    return m_pages->currentWidget() == m_placeholder;
}

void HistoryPane::take(const QString& file, const QList<KeptBuild>& builds)
{
    if (file == m_key && builds != m_model->builds())
        showBuilds(builds);
}

void HistoryPane::showBuilds(const QList<KeptBuild>& builds)
{
    const QList<qint64> before = selected();
    m_model->showBuilds(builds);
    m_chart->showBuilds(builds);
    for (const qint64 id : before)
        if (const int row = m_model->rowOf(id); row >= 0)
            m_view->selectionModel()->select(m_model->index(row, 0),
                                             QItemSelectionModel::Select | QItemSelectionModel::Rows);
    m_view->resizeColumnsToContents();
    for (int column = 0; column < BuildsModel::kColumns; ++column)
        m_view->setColumnWidth(column, m_view->columnWidth(column) + kColumnPadding);
    showStages();
    showWords();
    showSelection();
    m_pages->setCurrentWidget(builds.isEmpty() ? static_cast<QWidget*>(m_placeholder) : m_page);
}

void HistoryPane::showStages()
{
    const QString chosen = m_stages->currentIndex() > 0 ? m_stages->currentText() : QString();
    QStringList labels{tr("All stages")};
    for (const ChartLine& line : planHistory(builds(), HistoryMetric::Size).lines)
        labels << line.stage;
    const QSignalBlocker blocker(m_stages);
    m_stages->clear();
    m_stages->addItems(labels);
    m_stages->setCurrentIndex(std::max(0, static_cast<int>(chosen.isEmpty() ? 0 : labels.indexOf(chosen, 1))));
    m_chart->setStage(m_stages->currentIndex() > 0 ? chosen : QString());
}

void HistoryPane::showWords()
{
    const bool isKept = m_history && m_history->isKeeping();
    const QString count = builds().size() == 1 ? tr("1 build") : tr("%1 builds").arg(builds().size());
    m_summary->setText(isKept ? count : tr("%1; builds are not kept now").arg(count));
    if (!isKept)
        m_placeholder->setWords(tr("Builds are not kept"),
                                tr("Keep History in the Build menu remembers from now on how large each stage was and "
                                   "how long it took, with the text that it was built from."));
    else if (m_path.isEmpty())
        m_placeholder->setWords(tr("This file has no name yet"),
                                tr("Once it is saved, each of its builds is kept here with the text that was built."));
    else
        m_placeholder->setWords(tr("No build of this file is kept yet"),
                                tr("Each build is kept here with its text, so that one can see how sizes and times "
                                   "moved, compare two builds, and bring an old text back."));
}

QList<qint64> HistoryPane::selected() const
{
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    std::ranges::sort(rows);
    QList<qint64> ids;
    for (const QModelIndex& row : std::as_const(rows))
        ids << builds().at(row.row()).id;
    return ids;
}

QList<qint64> HistoryPane::compared() const
{
    const QList<qint64> ids = selected();
    if (ids.size() == 2)
        return {ids.at(1), ids.at(0)};
    const int row = ids.size() == 1 ? m_model->rowOf(ids.constFirst()) : -1;
    if (row < 0 || row + 1 >= builds().size())
        return {};
    return {builds().at(row + 1).id, ids.constFirst()};
}

void HistoryPane::showSelection()
{
    const QList<qint64> ids = selected();
    m_chart->setMarked(QSet<qint64>(ids.begin(), ids.end()));
    m_compare->defaultAction()->setEnabled(!compared().isEmpty());
    m_bringBack->defaultAction()->setEnabled(ids.size() == 1);
}

void HistoryPane::select(qint64 build)
{
    if (const int row = m_model->rowOf(build); row >= 0) {
        m_view->selectRow(row);
        m_view->scrollTo(m_model->index(row, 0));
    }
}

void HistoryPane::compare()
{
    const QList<qint64> ids = compared();
    if (ids.isEmpty() || !m_history)
        return;
    m_history->readTexts(ids, this, [this, ids](const History::Texts& texts) {
        if (texts)
            showComparison(ids.at(0), ids.at(1), *texts);
        else
            emit failed(texts.error());
    });
}

void HistoryPane::showComparison(qint64 before, qint64 after, const QList<QByteArray>& texts)
{
    const int old = m_model->rowOf(before);
    const int young = m_model->rowOf(after);
    if (old < 0 || young < 0) // forgotten in the meantime
        return;
    delete m_comparison;
    m_comparison =
        new ComparisonDialog({builds().at(old), texts.at(0)}, {builds().at(young), texts.at(1)}, m_theme, this);
    m_comparison->setAttribute(Qt::WA_DeleteOnClose);
    m_comparison->show();
}

ComparisonDialog* HistoryPane::comparison() const
{
    return m_comparison;
}

void HistoryPane::bringBack()
{
    const QList<qint64> ids = selected();
    if (ids.size() != 1 || !m_history)
        return;
    const KeptBuild build = builds().at(m_model->rowOf(ids.constFirst()));
    m_history->readTexts(ids, this, [this, build, path = m_path](const History::Texts& texts) {
        if (!texts)
            emit failed(texts.error());
        else if (path == m_path) // it was asked for that file
            emit textWanted(build, texts->constFirst());
    });
}

void HistoryPane::forget()
{
    const auto answer = QMessageBox::question(
        this, tr("Forget History"),
        tr("All builds of %1 that are kept, and their texts, are forgotten. The file itself stays as it is.")
            .arg(QFileInfo(m_path).fileName()),
        QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Cancel);
    if (answer == QMessageBox::Discard && m_history)
        m_history->forget(m_path);
}

void HistoryPane::exportAs(const QString& suffix)
{
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Save History"), u"history."_s + suffix, u"*."_s + suffix);
    if (path.isEmpty())
        return;
    const QByteArray bytes = suffix == "csv"_L1 ? historyAsCsv(builds()) : historyAsJson(m_key, builds());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        emit failed(tr("%1 can't be written: %2").arg(path, file.errorString()));
}

} // namespace stagelift::ui
