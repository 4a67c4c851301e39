// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/history/comparison_dialog.h"

#include "core/history/history_report.h"
#include "core/text/line_diff.h"
#include "ui/build/timeline_plan.h"
#include "ui/history/chart_view.h"
#include "ui/history/comparison.h"
#include "ui/proposal/diff_page.h"

#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QSplitter>
#include <QTableWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr QSize kSize{980, 720}; // px
constexpr double kTitleScale = 1.2;
constexpr int kPageMargin = 8;     // px
constexpr int kRowPadding = 6;     // px
constexpr int kColumnPadding = 10; // px
constexpr int kTablePart = 2;      // of five of the height
constexpr int kPagePart = 3;

QString sizeText(std::optional<qint64> bytes)
{
    return bytes ? humanSize(*bytes) : QString();
}

QString stageTime(std::optional<qint64> milliseconds, bool cached)
{
    if (!milliseconds)
        return {};
    return cached ? ComparisonDialog::tr("cached") : timeText(*milliseconds);
}

enum Column : quint8 { Stage, TotalBefore, Total, Change, OwnChange, TimeBefore, Time, TimeChange };

QStringList texts(const StageDifference& each)
{
    return {each.stage,
            sizeText(each.totalBefore),
            sizeText(each.totalAfter),
            sizeDifference(each.totalBefore, each.totalAfter),
            sizeDifference(each.ownBefore, each.ownAfter),
            stageTime(each.timeBefore, each.cachedBefore),
            stageTime(each.timeAfter, each.cachedAfter),
            timeDifference(each.timeBefore, each.timeAfter)};
}

} // namespace

ComparisonDialog::ComparisonDialog(Side before, Side after, const Theme& theme, QWidget* parent)
    : QDialog(parent),
      m_before(std::move(before)),
      m_after(std::move(after)),
      m_title(new QLabel(this)),
      m_settings(new QLabel(this)),
      m_table(new QTableWidget(this)),
      m_page(new QTextBrowser(this))
{
    setWindowTitle(tr("Compare Builds"));
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * kTitleScale);
    large.setBold(true);
    m_title->setFont(large);
    m_title->setText(tr("%1 → %2").arg(beginText(m_before.build), beginText(m_after.build)));
    m_settings->setTextFormat(Qt::PlainText);
    m_settings->setWordWrap(true);
    m_settings->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_settings->setText(compareSettings(m_before.build, m_after.build).join(u'\n'));
    m_settings->setVisible(!m_settings->text().isEmpty());
    m_table->setAccessibleName(tr("Stages"));
    m_page->setAccessibleName(tr("The change of the text, line by line"));
    m_page->document()->setDocumentMargin(kPageMargin);
    fillTable();
    setTheme(theme);

    auto* split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_table);
    split->addWidget(m_page);
    split->setChildrenCollapsible(false);
    split->setSizes({kSize.height() * kTablePart, kSize.height() * kPagePart});
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_title);
    column->addWidget(m_settings);
    column->addWidget(split, 1);
    column->addWidget(buttons);
    resize(kSize);
}

void ComparisonDialog::setTheme(const Theme& theme)
{
    const QList<StageDifference> stages = compareStages(m_before.build, m_after.build);
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const StageDifference& each = stages.at(row);
        const qint64 more = each.totalAfter.value_or(0) - each.totalBefore.value_or(0);
        if (more != 0)
            m_table->item(row, Change)->setForeground(more > 0 ? theme.warning : theme.success);
    }
    const int place = m_page->verticalScrollBar()->value();
    fillPage(theme);
    m_page->verticalScrollBar()->setValue(place);
}

void ComparisonDialog::fillTable()
{
    const QStringList titles{tr("Stage"),      tr("Total before"), tr("Total"), tr("Change"),
                             tr("Own change"), tr("Time before"),  tr("Time"),  tr("Time change")};
    const QList<StageDifference> stages = compareStages(m_before.build, m_after.build);
    m_table->setColumnCount(static_cast<int>(titles.size()));
    m_table->setRowCount(static_cast<int>(stages.size()));
    m_table->setHorizontalHeaderLabels(titles);
    m_table->verticalHeader()->hide();
    m_table->setShowGrid(false);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const QStringList cells = texts(stages.at(row));
        for (int column = 0; column < m_table->columnCount(); ++column) {
            auto* item = new QTableWidgetItem(cells.at(column));
            if (column != Stage)
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            m_table->setItem(row, column, item);
        }
    }
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_table->horizontalHeaderItem(Stage)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + kRowPadding);
    m_table->resizeColumnsToContents();
    for (int column = 1; column < m_table->columnCount(); ++column)
        m_table->setColumnWidth(column, m_table->columnWidth(column) + kColumnPadding);
    m_table->horizontalHeader()->setSectionResizeMode(Stage, QHeaderView::Stretch);
}

void ComparisonDialog::fillPage(const Theme& theme)
{
    if (m_before.text == m_after.text) {
        m_page->setPlainText(tr("Both were built from the same text."));
        return;
    }
    const SourceText old(m_before.text.toStdString());
    const SourceText young(m_after.text.toStdString());
    const Proposal change{
        .title = {}, .edits = lineEdits(old, young), .select = {}, .explanations = {}, .cautions = {}};
    m_page->setHtml(diffPage(old, young, change, theme, QFontDatabase::systemFont(QFontDatabase::FixedFont)));
}

QString ComparisonDialog::words() const
{
    return m_title->text() + u'\n' + m_settings->text();
}

} // namespace stagelift::ui
