// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of sizes with its sum under it. A click goes to the stage's or the layer's line; the table is copied as
// text, and exported as CSV or JSON.

#pragma once

#include "core/engine/image_run.h"
#include "ui/build/sizes_model.h"

#include <QWidget>

#include <memory>

class QComboBox;
class QLabel;
class QStackedLayout;
class QMenu;
class QToolButton;
class QTreeView;
class QBoxLayout;

namespace stagelift::ui {

class Placeholder;
class SizeBarDelegate;
class TreemapPage;
class TreemapView;

class SizesPane : public QWidget {
    Q_OBJECT
public:
    explicit SizesPane(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// @param before see SizesModel::showResult()
    void showResult(const AnalysisPtr& analysis, const BuildResult& result, const QHash<QString, qint64>& before = {});
    /// Says under the table that the text has changed since.
    void setOutdated(bool outdated);

    [[nodiscard]] SizesModel& model() { return *m_model; }
    [[nodiscard]] QTreeView& view() { return *m_view; }
    [[nodiscard]] TreemapPage& treemapPage() { return *m_treemap; }
    [[nodiscard]] TreemapView& treemap();
    /// The stage that the treemap is of, a row each; as `model` has them.
    [[nodiscard]] QComboBox& stages() { return *m_stages; }
    /// What is in front of the two.
    [[nodiscard]] QWidget& front();
    [[nodiscard]] Placeholder& placeholder() { return *m_placeholder; }
    [[nodiscard]] QString summary() const;
    /// What can be done with the table, and with the stage of a row; of none, where that is invalid.
    [[nodiscard]] std::unique_ptr<QMenu> menuFor(const QModelIndex& index);

public slots:
    void showTable();
    /// Of the stage whose row is current in the table, else of the target.
    void showTreemap();
    /// The whole table, or the rows that are selected, as text with tabs.
    void copy();

signals:
    void spanChosen(stagelift::Span span);
    void exportFailed(const QString& sentence);
    void runRequested(int stage, stagelift::RunMode mode);
    void runCommandWanted(int stage); // on the clipboard

private:
    void makeTable();
    QWidget* makeFooter();
    void addViews(QBoxLayout& row);
    void fillStages();
    void mapStage(int row);
    void showMenu(const QPoint& position);
    void exportAs(const QString& suffix);
    void showSummary();

    SizesModel* m_model = nullptr;
    QTreeView* m_view = nullptr;
    SizeBarDelegate* m_bar = nullptr;
    TreemapPage* m_treemap = nullptr;
    QStackedLayout* m_views = nullptr; // the table and the treemap
    QToolButton* m_asTable = nullptr;
    QToolButton* m_asTreemap = nullptr;
    QComboBox* m_stages = nullptr;
    QLabel* m_summary = nullptr;
    QToolButton* m_export = nullptr;
    QWidget* m_page = nullptr;
    Placeholder* m_placeholder = nullptr;
    QStackedLayout* m_pages = nullptr;
    bool m_outdated = false;
};

} // namespace stagelift::ui
