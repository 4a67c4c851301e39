// SPDX-License-Identifier: GPL-3.0-or-later
//
// The text of a document: QScintilla with our highlighting, the stages' colours in the margin, and what the analysis
// has to say. It holds the only copy of the text and the only undo history.
//
// The parts do the work and the editor wires them: Lexer colours, Gutter paints the margins, Diagnostic marks squiggle,
// completionAt() and explanationAt() answer from the analysis, FindBar searches.

#pragma once

#include "core/edits/edits.h"
#include "ui/document/text_buffer.h"
#include "ui/editor/completion.h"
#include "ui/editor/scintilla.h"
#include "ui/theme/theme.h"

#include <QHash>
#include <QList>
#include <QUrl>
#include <Qsci/qsciscintilla.h>

#include <memory>
#include <optional>
#include <vector>

namespace stagelift::ui {

class Bubble;
class FindBar;
class Gutter;
class Lexer;

struct ArtifactDrag;

class Editor : public QsciScintilla, public TextBuffer {
    Q_OBJECT
public:
    explicit Editor(QWidget* parent = nullptr);
    ~Editor() override;

    // TextBuffer
    [[nodiscard]] std::string bytes() const override;
    void load(std::string_view bytes) override;
    void apply(const TextEdits& edits, Span select) override;
    void setSavePoint() override;
    [[nodiscard]] bool isModified() const override;

    void setTheme(const Theme& theme);
    /// One that is not of the text as it is now is not shown.
    void showAnalysis(const AnalysisPtr& analysis);
    /// Layer sizes in bytes, by instruction; shown in a margin until the text changes there.
    void showLayerSizes(const QHash<int, qint64>& bytesOfInstruction);
    /// Marks the instruction whose step failed, and shows below it what the engine said, and the last of what the
    /// command said. That is no part of the text; Esc takes it away and leaves the mark.
    void showFailure(int instruction, const QString& message, const QStringList& output = {});
    void clearFailure();
    /// @returns whether there was anything to be taken away.
    bool dismissFailure();
    /// Paths behind COPY are completed from here; "" for none.
    void setContextFolder(const QString& folder) { m_contextFolder = folder; }
    /// Paths behind COPY --from are completed from what was built, too.
    void setStageFolders(ListStage list) { m_listStage = std::move(list); }
    /// Selects the span, unfolds and scrolls it into view; leaves the focus where it is.
    void select(Span span);
    [[nodiscard]] std::uint32_t caret() const; // a byte offset
    [[nodiscard]] Span selection() const;      // empty at the caret where nothing is selected
    /// The stage whose name stands at the caret; -1 for none.
    [[nodiscard]] int stageNamedAtCaret() const;
    /// What the mouse is told there, as rich text: findings, references, instructions, variables. "" for nothing.
    [[nodiscard]] QString explanationAt(std::uint32_t offset) const;

    [[nodiscard]] FindBar& findBar() { return *m_findBar; }
    [[nodiscard]] const Gutter& gutter() const { return *m_gutter; }
    [[nodiscard]] const Theme& theme() const { return m_theme; }
    /// Frames what the find bar has found.
    void showMatches(const std::vector<Span>& matches);

public slots:
    void complete();
    void goToDefinition();
    void selectUses(); // one caret at each use of the stage at the caret
    void startRename();
    void showQuickFixes();
    void toggleComment();
    void moveLinesUp();
    void moveLinesDown();
    void duplicate();
    void showFind();
    void showReplace();
    void goToNextMatch();
    void goToPreviousMatch();
    void selectNextOccurrence();

signals:
    void bufferChanged(); // after every change, undo and redo included
    void caretMoved(std::uint32_t offset);
    void buildStageRequested(int stage); // the mark beside a FROM was clicked
    void renameRequested(int stage);     // F2 on a stage's name
    void filesDropped(const QList<QUrl>& files);
    /// An artifact was dropped on a line: these edits are asked for, or there can be none.
    void edited(const stagelift::EditResult& result, std::uint64_t revision);
    void refused(const stagelift::Refusal& refusal);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void setUpText();
    void setUpIndicators();
    void setUpKeys();
    void connectScintilla();
    void modified(int position, int type, int linesAdded);
    void tellChanged();
    void characterAdded(int character);
    void updated(int what);
    void caretSettled();
    void marginClicked(int position, int margin);
    void showDiagnostics();
    void showUses();
    void mark(int indicator, Span span);
    void unmark(int indicator);
    void offerCompletion(bool askedFor);
    void placeFindBar();
    void applyFix(const Fix& fix);
    void commentLines(int first, int last);
    [[nodiscard]] bool isCurrent() const;
    [[nodiscard]] std::uint32_t analysisLine() const; // 1-based
    [[nodiscard]] std::uint32_t offsetAt(const QPoint& point) const;
    void showDestination(const QPoint& point, bool wanted);
    [[nodiscard]] std::uint32_t dropPlace(const QPoint& point) const;
    [[nodiscard]] EditOutcome droppedAt(const ArtifactDrag& drag, const QPoint& point) const;
    bool showDropAt(const ArtifactDrag& drag, const QPoint& point);
    void endDrop();
    void paintDropLine(QPainter& painter) const;
    void goToUnselected(const QPoint& point);

    static constexpr std::uint32_t kNowhere = 0xFFFFFFFF;

    Scintilla m_sci;
    std::unique_ptr<Lexer> m_lexer;
    std::unique_ptr<Gutter> m_gutter;
    FindBar* m_findBar = nullptr;
    Theme m_theme;
    AnalysisPtr m_analysis;
    QString m_contextFolder;
    ListStage m_listStage;
    std::uint32_t m_toldCaret = 0;
    int m_changesHeld = 0; // while it is not 0, changes are told once at its end
    bool m_changeUntold = false;
    bool m_completionDue = false;
    Bubble* m_dropBubble = nullptr;
    std::optional<int> m_dropLine; // the height on the viewport where a line would go in
    bool m_dropAllowed = false;
    int m_failureMark = -1; // a marker's handle
};

} // namespace stagelift::ui
