// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pane of a file's history: a chart of its builds and a list of them. Two builds are compared, and the text of one
// is brought back. What is read and forgotten, the history does in its own thread.

#pragma once

#include "core/history/history.h"
#include "ui/history/chart_plan.h"
#include "ui/theme/theme.h"

#include <QPointer>
#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QStackedLayout;
class QTableView;
class QToolButton;

namespace stagelift::ui {

class BuildsModel;
class ChartView;
class ComparisonDialog;
class Placeholder;

class HistoryPane : public QWidget {
    Q_OBJECT
public:
    explicit HistoryPane(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setHistory(History* history);
    /// @param path of the file; "" where it has no name yet, and so no history
    void setFile(const QString& path);
    /// Asks the history again: another program may have built the file.
    void reload();
    /// Says anew whether builds are kept.
    void showWords();

    /// Newest first.
    [[nodiscard]] const QList<KeptBuild>& builds() const;
    [[nodiscard]] ChartView& chart() { return *m_chart; }
    [[nodiscard]] QTableView& view() { return *m_view; }
    [[nodiscard]] Placeholder& placeholder() { return *m_placeholder; }
    [[nodiscard]] QComboBox& stages() { return *m_stages; }
    [[nodiscard]] bool isEmpty() const;
    /// The comparison that is shown; null where there is none.
    [[nodiscard]] ComparisonDialog* comparison() const;

public slots:
    /// Shows the two builds that are selected side by side; of one, the build before it.
    void compare();
    /// Asks by textWanted() for the text of the build that is selected.
    void bringBack();
    /// Asks first, for this can't be undone.
    void forget();

signals:
    /// Somebody wants the text of this build in the editor.
    void textWanted(const stagelift::KeptBuild& build, const QByteArray& text);
    void failed(const QString& sentence);

private:
    void makePage();
    void makeTable();
    QWidget* makeFooter();
    QToolButton* addMetric(const QString& text, const QString& tip, HistoryMetric metric);
    void take(const QString& file, const QList<KeptBuild>& builds);
    void showBuilds(const QList<KeptBuild>& builds);
    void showStages();
    void showSelection();
    [[nodiscard]] QList<qint64> selected() const; // newest first
    [[nodiscard]] QList<qint64> compared() const; // the older, the newer; or none
    void select(qint64 build);
    void showComparison(qint64 before, qint64 after, const QList<QByteArray>& texts);
    void exportAs(const QString& suffix);

    Theme m_theme;
    QPointer<History> m_history;
    QString m_path;
    QString m_key; // of the file, as it was when its builds were asked for
    BuildsModel* m_model = nullptr;
    ChartView* m_chart = nullptr;
    QTableView* m_view = nullptr;
    QComboBox* m_stages = nullptr;
    QLabel* m_summary = nullptr;
    QToolButton* m_compare = nullptr;
    QToolButton* m_bringBack = nullptr;
    QToolButton* m_more = nullptr;
    QWidget* m_page = nullptr;
    Placeholder* m_placeholder = nullptr;
    QStackedLayout* m_pages = nullptr;
    QPointer<ComparisonDialog> m_comparison;
};

} // namespace stagelift::ui
