// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pane of the build log: how the build stands, its steps and their output, a search, and the command to copy.

#pragma once

#include "core/edits/analysis.h"
#include "ui/build/build_log_model.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QStackedLayout;
class QToolButton;
class QTreeView;

namespace stagelift::ui {

class Placeholder;

class BuildLog : public QWidget {
    Q_OBJECT
public:
    explicit BuildLog(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// A new build of `analysis` begins.
    void start(const AnalysisPtr& analysis, const QString& engineTitle, const QString& commandLine);
    void showStep(const BuildStep& step);
    void addText(const QString& stepId, const QString& text);
    void finish(const BuildResult& result);

    [[nodiscard]] BuildLogModel& model() { return *m_model; }
    [[nodiscard]] QTreeView& view() { return *m_view; }
    [[nodiscard]] QLineEdit& search() { return *m_search; }
    [[nodiscard]] Placeholder& placeholder() { return *m_placeholder; }
    [[nodiscard]] QString headline() const;

public slots:
    /// The rows that are selected, or the whole log.
    void copy();
    void findNext();
    void findPrevious();

signals:
    void spanChosen(stagelift::Span span);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void makeTree();
    QWidget* makeHeader();
    void follow(const QModelIndex& step);
    void find(bool backwards);

    BuildLogModel* m_model = nullptr;
    QTreeView* m_view = nullptr;
    QLabel* m_headline = nullptr;
    QLineEdit* m_search = nullptr;
    QToolButton* m_copyCommand = nullptr;
    QToolButton* m_openFile = nullptr;
    QWidget* m_page = nullptr;
    Placeholder* m_placeholder = nullptr;
    QStackedLayout* m_pages = nullptr;
    AnalysisPtr m_analysis;
    Theme m_theme;
    QString m_commandLine;
    QString m_logFile;
    BuildStep m_engine;
    bool m_follows = true; // the reader has not scrolled away
};

} // namespace stagelift::ui
