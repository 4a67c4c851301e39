// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of problems. A click or Enter goes to the line; a menu offers the fixes and the rule's page.

#pragma once

#include "ui/window/problems_model.h"

#include <QWidget>

class QLabel;
class QMenu;
class QStackedLayout;
class QTreeView;

namespace stagelift::ui {

class ProblemsPane : public QWidget {
    Q_OBJECT
public:
    explicit ProblemsPane(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void showAnalysis(const AnalysisPtr& analysis);
    [[nodiscard]] const ProblemsModel& model() const { return *m_model; }
    [[nodiscard]] QTreeView& view() { return *m_view; }
    /// What can be done about the problem in that row.
    void fillMenu(QMenu& menu, int row);

signals:
    void spanChosen(stagelift::Span span);
    void fixChosen(const stagelift::EditResult& result, std::uint64_t revision);

private:
    void showMenu(const QPoint& position);
    void choose(const QModelIndex& index);
    void keepCurrent(int row, const QString& message);

    ProblemsModel* m_model = nullptr;
    QTreeView* m_view = nullptr;
    QLabel* m_none = nullptr;
    QStackedLayout* m_pages = nullptr;
};

} // namespace stagelift::ui
