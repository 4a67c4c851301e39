// SPDX-License-Identifier: GPL-3.0-or-later
//
// One open file with all that belongs to it: the message strip, the editor, the diagram, and what checks and builds
// have found. It wires them to each other: the caret is shown in the diagram, a click in the diagram in the text, and
// every edit goes through the document.

#pragma once

#include "core/edits/edits.h"
#include "core/engine/build.h"
#include "core/engine/image_run.h"
#include "ui/build/build_options.h"
#include "ui/theme/theme.h"
#include "ui/window/message_bar.h"

#include <QWidget>

#include <memory>

class QSplitter;
class QTabWidget;

namespace stagelift {
struct KeptBuild;
}

namespace stagelift::ui {

class BuildLog;
class DiagramPane;
class DiagramView;
class Document;
struct ArtifactDrag;
class Editor;
class FilesPane;
class HistoryPane;
class Inspector;
class ProblemsPane;
class ProposalDialog;
class SizesPane;
struct StageFilesState;
class StageRunner;
class Timeline;
class WhatIfStrip;

/// What can be done to the stage in hand.
enum class StageCommand : quint8 { Inline, Duplicate, MoveUp, MoveDown, NameIndices, Remove };

enum class ResultPane : quint8 { Problems, Log, Sizes, Timeline, Files, History };

class DocumentTab : public QWidget {
    Q_OBJECT
public:
    explicit DocumentTab(QWidget* parent = nullptr);
    ~DocumentTab() override;

    [[nodiscard]] Document& document() { return *m_document; }
    [[nodiscard]] Editor& editor() { return *m_editor; }
    [[nodiscard]] DiagramView& diagram() { return *m_diagram; }
    [[nodiscard]] DiagramPane& diagramPane() { return *m_diagramPane; }
    [[nodiscard]] Inspector& inspector() { return *m_inspector; }
    [[nodiscard]] WhatIfStrip& whatIf() { return *m_whatIf; }
    [[nodiscard]] MessageBar& messages() { return *m_messages; }
    [[nodiscard]] ProblemsPane& problems() { return *m_problems; }
    [[nodiscard]] BuildLog& log() { return *m_log; }
    [[nodiscard]] SizesPane& sizes() { return *m_sizes; }
    [[nodiscard]] Timeline& timeline() { return *m_timeline; }
    [[nodiscard]] FilesPane& files() { return *m_files; }
    [[nodiscard]] HistoryPane& history() { return *m_history; }

    /// Nothing was opened or typed in it yet: it can take a file.
    [[nodiscard]] bool isUntouched() const;
    void setTheme(const Theme& theme);

    /// What the panes show; it may be older than the text by the time that an analysis takes.
    [[nodiscard]] const AnalysisPtr& shown() const { return m_shown; }

    /// The stage to build: what was chosen, as long as it is there, else the last one. -1 where there is none.
    [[nodiscard]] int target() const { return m_target; }
    void setTarget(int stage);

    /// The same in a text that is yet to be shown.
    [[nodiscard]] int targetIn(const StageGraph& graph) const;
    /// There, the stage that was built last by itself, as long as it is there and no target was chosen since; -1 where
    /// that was the target, with what is built beside it.
    [[nodiscard]] int lastBuiltIn(const StageGraph& graph) const;

    [[nodiscard]] const BuildChoices& choices() const { return m_choices; }
    void setChoices(const BuildChoices& choices);

    /// Saves; where it has no name yet or another program has been at the file, asks by a signal or on the strip.
    /// @returns true where the file is saved now.
    bool save();
    bool saveAs(const QString& path);

    /// @param stage that is built by itself; -1 for the target and what is built beside it
    void startBuild(const AnalysisPtr& analysis, int stage, const QString& engineTitle, const QString& commandLine);
    void showStep(const BuildStep& step);
    void addLog(const QString& stepId, const QString& text);
    void finishBuild(const BuildResult& result);
    /// "runtime ships 14 MB, leaves 812 MB behind"; "" before a build.
    [[nodiscard]] QString shipment() const;

    void showPane(ResultPane pane);
    /// From the line at the caret to what the build said of it; from there, back to the line.
    void goBetweenTextAndLog();
    void showInspector(bool shown);
    [[nodiscard]] bool isInspectorShown() const;
    void focusPane(int step); // 1 the next, -1 the one before
    /// The stage at the caret gets a field for its name.
    void renameStage();

    /// The stage that is selected in the diagram, where that has the focus; else the one at the caret. -1 for none.
    [[nodiscard]] int stageInHand();
    void changeStage(StageCommand command);
    /// Shows what is proposed, and writes it where that is accepted.
    void makeMultiStage();
    void splitStage(int stage);

    /// Runs stages of the build that has succeeded last.
    [[nodiscard]] StageRunner& runner() { return *m_runner; }
    /// The stage in hand, where it was built; else the one that was built as the target. -1 before a build.
    [[nodiscard]] int stageToRun();
    /// A stage of the text that is shown, in the user's terminal; says on the strip why not.
    void runStage(int stage, RunMode mode);
    void copyRunCommand(int stage);

    [[nodiscard]] QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& state);

signals:
    void titleChanged(); // path or modified mark
    void analysed();
    void caretMoved();
    void edited(); // undo and redo may have changed
    void targetChanged();
    void buildRequested(int stage);
    void pathWanted(); // save() needs a name
    void shipmentChanged();
    void inspectorShown(bool shown);
    void argumentsChanged(); // by hand, in the inspector: choices() has them

private:
    void makePanes();
    void makeDiagramSide();
    void wireText();
    void wireDiagram();
    void wireResults();
    void wireFolders();
    void wireInspector();
    void wireRunner();
    void followSelection();
    [[nodiscard]] bool stagesAreRead() const;
    [[nodiscard]] StageFilesState filesOfSizes(int stage) const;
    void runBuilt(int stage, RunMode mode);
    void copyRunCommandOfBuilt(int stage);
    [[nodiscard]] int builtStage(int stage);
    void followFiles();
    [[nodiscard]] std::vector<std::string> namesInBuilt(int stage, const std::string& folder) const;
    void copyFiles(const ArtifactDrag& drag, int stage);
    void giveArgument(const QString& name, const QString& value);
    void resetArguments(bool onlyRouting);
    void showArguments();
    void wireFile();
    void showAnalysis(const AnalysisPtr& analysis);
    void resolveTarget(const StageGraph& graph);
    void goTo(Span span);
    void goToBuilt(Span span);
    void applyEdit(const EditResult& result, std::uint64_t revision);
    /// `revision` is that of the text it was refused for.
    void refuse(const Refusal& refusal, std::uint64_t revision);
    void open(ProposalDialog* proposal);
    void markProblems();
    void followContext();
    void showSizes(const BuildResult& result);
    void showFailure(const BuildResult& result);
    void bringBack(const KeptBuild& build, const QByteArray& text);
    void askAboutDisk();

    MessageBar* m_messages = nullptr;
    Editor* m_editor = nullptr;
    DiagramPane* m_diagramPane = nullptr;
    DiagramView* m_diagram = nullptr;
    ProblemsPane* m_problems = nullptr;
    BuildLog* m_log = nullptr;
    SizesPane* m_sizes = nullptr;
    Timeline* m_timeline = nullptr;
    FilesPane* m_files = nullptr;
    HistoryPane* m_history = nullptr;
    StageRunner* m_runner = nullptr;
    Inspector* m_inspector = nullptr;
    WhatIfStrip* m_whatIf = nullptr;
    QTabWidget* m_results = nullptr;
    QSplitter* m_columns = nullptr;
    QSplitter* m_diagramSide = nullptr; // the diagram and the inspector
    QSplitter* m_rows = nullptr;
    std::unique_ptr<Document> m_document; // goes before the editor that it looks at

    Theme m_theme;
    BuildChoices m_choices;
    int m_target = -1;
    bool m_targetChosen = false;
    int m_lastBuilt = -1;    // a stage by itself; -1 where it was the target
    QString m_lastBuiltName; // "" where it has none
    QString m_targetName;    // of the chosen target; "" where it has none
    std::size_t m_stageCount = 0;
    bool m_applying = false; // an edit: the caret is where it belongs in a text that is yet to be shown
    AnalysisPtr m_shown;
    AnalysisPtr m_built; // what the build that runs or ran last was made from
};

} // namespace stagelift::ui
