// SPDX-License-Identifier: GPL-3.0-or-later
//
// The files of a built stage: read on demand, shown as a tree, by layer, by size, by what is wasted, or beside those of
// another stage; looked into, saved, and dragged into the diagram and the text; and which programs can't start where
// they were copied to. Before there is anything to show it says what to do.

#pragma once

#include "core/edits/analysis.h"
#include "core/engine/build.h"
#include "core/engine/files/file_view.h"
#include "core/engine/files/run_problems.h"
#include "ui/diagram/drag.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModel>
#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QStackedLayout;
class QToolButton;
class QTreeView;

namespace stagelift::ui {

class FilePreview;
class FilesModel;
class Placeholder;
class RunNotice;
class RunProblemList;
class SizeBarDelegate;
class StageReader;

class FilesPane : public QWidget {
    Q_OBJECT
public:
    explicit FilesPane(QWidget* parent = nullptr);
    ~FilesPane() override;

    void setTheme(const Theme& theme);
    /// A build has succeeded: its stages can be read.
    void setBuild(const BuildRequest& request);
    /// What it says before there was a build; with a button where there is something to press.
    void setAdvice(const QString& title, const QString& text, const QString& button);
    /// The text as it is now, whose stages files can be copied into, and in which programs can't start.
    void setCurrent(const AnalysisPtr& analysis);
    /// Follows the caret and the diagram. A stage of the text that was built.
    void followStage(int stage);

    /// Shows a stage of the build, and reads its files.
    void read(int stage);
    /// Chooses how the files are shown.
    void arrange(FileArrangement arrangement);

    [[nodiscard]] int stage() const { return m_stage; }
    [[nodiscard]] StageReader& reader() { return *m_reader; }
    [[nodiscard]] FilesModel& model() { return *m_model; }
    [[nodiscard]] QTreeView& view() { return *m_view; }
    [[nodiscard]] FilePreview& preview() { return *m_preview; }
    [[nodiscard]] Placeholder& placeholder() { return *m_placeholder; }
    [[nodiscard]] RunNotice& notice() { return *m_notice; }
    [[nodiscard]] RunProblemList& problems() { return *m_problemList; }
    /// What the keyboard goes to.
    [[nodiscard]] QWidget& front();
    [[nodiscard]] QString summary() const;
    /// Whether a view, or what can start, is being worked out.
    [[nodiscard]] bool isBusy() const { return m_asked != m_shown || m_examined != m_examinations; }

public slots:
    /// Reads the stage that is shown, or stops where it is being read.
    void readOrStop();
    void previewSelected();
    /// What the selected program needs to run, and where it is.
    void explainSelected();
    void saveSelected();

signals:
    void adviceTaken(); // the button of setAdvice()
    /// Files are to be copied into a stage of the text as it is now.
    void copyRequested(const stagelift::ui::ArtifactDrag& drag, int stage);
    void failed(const QString& sentence);
    /// What is known of programs that can't start has changed: of the text as it is now, as far as its stages are those
    /// that were read.
    void runProblemsFound(const std::vector<stagelift::BuiltFinding>& findings);
    /// The COPY of such a program was chosen. @param analysis that the span is of
    void copyChosen(const stagelift::AnalysisPtr& analysis, stagelift::Span span);

private:
    void makePages();
    void wire();
    QWidget* makeBar();
    void makeTree();
    void fillStages();
    void fillLayers();
    void showStage(int stage);
    void showState();
    void showReading();
    void askForView();
    /// A view and what it was made of: the stage's files, and where they are compared, the comparison.
    struct Answer {
        FileView view;
        ImageFilesPtr source;
        ImageFilesPtr comparedWith;
        FileComparison comparison;
    };
    void takeView(Answer answer);
    [[nodiscard]] std::vector<ImageFiles::Id> openFolders() const;
    void sortBy(int column);
    void showSummary();
    void askForProblems();
    void takeProblems(const AnalysisPtr& analysis, std::vector<RunProblem> problems);
    void chooseProblem(std::size_t problem);
    void turnPage();
    void showPage(QWidget* page);
    [[nodiscard]] const ProgramFacts* selectedProgram() const;
    void showMenu(const QPoint& position);
    void addCopyMenu(QMenu& menu, const ArtifactDrag& drag);
    [[nodiscard]] QModelIndexList selectedRows() const;
    [[nodiscard]] FileQuery query() const;
    void fillStagesToCompareWith();
    /// -1 for none.
    [[nodiscard]] int comparedStage() const;
    [[nodiscard]] ImageFiles::Id nodeInStage(const QModelIndex& index) const;
    [[nodiscard]] QString comparisonSummary() const;

    QWidget* m_choices = nullptr; // the bar above
    StageReader* m_reader = nullptr;
    FilesModel* m_model = nullptr;
    QComboBox* m_stages = nullptr;
    QComboBox* m_layers = nullptr;
    QComboBox* m_arrangement = nullptr;
    QComboBox* m_against = nullptr; // the stage that is compared with
    QLineEdit* m_filter = nullptr;
    QToolButton* m_again = nullptr;
    QTreeView* m_view = nullptr;
    SizeBarDelegate* m_bar = nullptr;
    FilePreview* m_preview = nullptr;
    QLabel* m_summary = nullptr;
    RunNotice* m_notice = nullptr;
    RunProblemList* m_problemList = nullptr;
    QWidget* m_page = nullptr;
    Placeholder* m_placeholder = nullptr;
    QStackedLayout* m_pages = nullptr;
    QTimer m_typing;
    ImageFilesPtr m_source;       // the files of the stage that the view is of
    ImageFilesPtr m_comparedWith; // null where they are not compared
    FileComparison m_comparison;  // of these two
    AnalysisPtr m_current;
    AnalysisPtr m_problemsOf; // the text that m_problems are of
    std::vector<RunProblem> m_problems;
    QString m_adviceTitle;
    QString m_adviceText;
    QString m_adviceButton;
    int m_stage = -1;
    FileOrder m_order = FileOrder::BySize;
    ImageFiles::Id m_previewed = ImageFiles::kNone;
    std::uint64_t m_asked = 0; // views that were asked for; one that is overtaken is not shown
    std::uint64_t m_shown = 0;
    std::uint64_t m_examinations = 0; // likewise, whether programs can start; of these one is under way at a time
    std::uint64_t m_examined = 0;
    bool m_isExamining = false;
    std::uint64_t m_explanations = 0;
};

} // namespace stagelift::ui
