// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pane of the build log: how the build stands, its steps and their output, a search, and the command to copy.
//
// A step is open while it speaks, unless someone has folded it, and folds when it has ended well, unless someone has
// looked into it: what is left is a list of steps and their times. One that failed stays open at its last line.

#pragma once

#include "core/edits/analysis.h"
#include "ui/build/build_log_model.h"

#include <QSet>
#include <QWidget>

class QLabel;
class QLineEdit;
class QStackedLayout;
class QToolButton;
class QTreeView;

namespace stagelift::ui {

class LogLineDelegate;
class LogWork;
class Placeholder;

class BuildLog : public QWidget {
    Q_OBJECT
public:
    static constexpr qint64 kMostCopied = 16 * 1024 * 1024; // characters; of more, the last ones

    explicit BuildLog(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// A new build of `analysis` begins.
    void start(const AnalysisPtr& analysis, const QString& engineTitle, const QString& commandLine);
    void showStep(const BuildStep& step);
    void addText(const QString& stepId, const QString& text);
    void finish(const BuildResult& result);

    /// Unfolds the step of that instruction and makes it the current row. @returns whether there is one.
    bool showInstruction(int instruction);
    /// The span of the instruction that the current row belongs to.
    [[nodiscard]] std::optional<Span> currentSpan() const;
    /// The last lines that the step of that instruction has printed.
    [[nodiscard]] QStringList lastLines(int instruction, int count) const;
    /// Where there is one to save.
    [[nodiscard]] bool hasLog() const { return !m_model->isEmpty(); }
    /// In the background; saved() or saveFailed() is the answer.
    void saveTo(const QString& path);

    [[nodiscard]] BuildLogModel& model() { return *m_model; }
    [[nodiscard]] QTreeView& view() { return *m_view; }
    [[nodiscard]] QLineEdit& search() { return *m_search; }
    [[nodiscard]] Placeholder& placeholder() { return *m_placeholder; }
    [[nodiscard]] QString headline() const;
    /// What the search has to say: "" where it has found something.
    [[nodiscard]] QString searchNote() const;
    /// Why the log is not whole; "" while it is.
    [[nodiscard]] QString trouble() const;

public slots:
    /// The rows that are selected, or all that rows show.
    void copy();
    void findNext();
    void findPrevious();
    /// Asks for the file.
    void save();

signals:
    void spanPointedAt(stagelift::Span span); // a click: the reader stays in the log
    void spanChosen(stagelift::Span span);
    void saved(const QString& path);
    void saveFailed(const QString& sentence);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void makeTree();
    void wireTree();
    QWidget* makeHeader();
    QWidget* makeTrouble();
    [[nodiscard]] std::optional<Span> spanOf(const QModelIndex& index) const;
    void choose(const QModelIndex& index, void (BuildLog::*signal)(Span));
    void follow(const QModelIndex& step);
    void setFollowing(bool following);
    void widen();
    void unfold(const QModelIndex& step);
    void fold(const QModelIndex& step);
    void find(bool backwards, bool fromItself);
    void searchFor(const QString& text);
    void showFound(const std::optional<LogPlace>& place);
    void showMenu(const QPoint& point);

    BuildLogModel* m_model = nullptr;
    QTreeView* m_view = nullptr;
    LogLineDelegate* m_lines = nullptr;
    LogWork* m_work = nullptr;
    QLabel* m_headline = nullptr;
    QLabel* m_found = nullptr;
    QLabel* m_trouble = nullptr;
    QLineEdit* m_search = nullptr;
    QToolButton* m_copyCommand = nullptr;
    QToolButton* m_saveLog = nullptr;
    QWidget* m_page = nullptr;
    Placeholder* m_placeholder = nullptr;
    QStackedLayout* m_pages = nullptr;
    AnalysisPtr m_analysis;
    Theme m_theme;
    QString m_commandLine;
    BuildStep m_engine;
    LogPlace m_searchBegan;   // where the search stood when its text was begun
    QString m_followed;       // the step that is read along
    QSet<QString> m_unfolded; // steps that we have unfolded, and nobody has touched since
    QSet<QString> m_heard;    // steps that have said something
    bool m_byUs = false;      // it is not a person who folds and unfolds now
    bool m_follows = true;    // the reader has not scrolled away
};

} // namespace stagelift::ui
