// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of sizes with its sum under it. A click goes to the stage's or the layer's line; the table is copied as
// text, and exported as CSV or JSON.

#pragma once

#include "ui/build/sizes_model.h"

#include <QWidget>

class QLabel;
class QStackedLayout;
class QToolButton;
class QTreeView;

namespace stagelift::ui {

class Placeholder;
class SizeBarDelegate;

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
    [[nodiscard]] Placeholder& placeholder() { return *m_placeholder; }
    [[nodiscard]] QString summary() const;

public slots:
    /// The whole table, or the rows that are selected, as text with tabs.
    void copy();

signals:
    void spanChosen(stagelift::Span span);
    void exportFailed(const QString& sentence);

private:
    void makeTable();
    QWidget* makeFooter();
    void showMenu(const QPoint& position);
    void exportAs(const QString& suffix);
    void showSummary();

    SizesModel* m_model = nullptr;
    QTreeView* m_view = nullptr;
    SizeBarDelegate* m_bar = nullptr;
    QLabel* m_summary = nullptr;
    QToolButton* m_export = nullptr;
    QWidget* m_page = nullptr;
    Placeholder* m_placeholder = nullptr;
    QStackedLayout* m_pages = nullptr;
    bool m_outdated = false;
};

} // namespace stagelift::ui
