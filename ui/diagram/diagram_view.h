// SPDX-License-Identifier: GPL-3.0-or-later
//
// The stages of a document as nodes and edges, and the hands on them. It shows an analysis and changes nothing: an
// action is answered by a pure operation of core/edits, and the answer is handed on with the revision it was made for.

#pragma once

#include "core/edits/edits.h"
#include "core/engine/build.h"
#include "core/engine/image_run.h"
#include "ui/diagram/picture_view.h"
#include "ui/theme/theme.h"

#include <memory>
#include <optional>

class QMenu;

namespace stagelift::ui {

struct Hit;
struct RowPlace;
struct ViewFilter;
struct Selection;

class DiagramView : public PictureView {
    Q_OBJECT
public:
    explicit DiagramView(QWidget* parent = nullptr);
    ~DiagramView() override;

    void setTheme(const Theme& theme);
    void showAnalysis(const AnalysisPtr& analysis);
    [[nodiscard]] int target() const; // -1 where there is no stage
    void setTarget(int stage);        // what it does not need is dimmed; -1 is the default target
    void showSizes(const QList<StageSize>& sizes);
    void showStep(const BuildStep& step); // while a build runs
    void clearBuild();
    /// Files that are dropped on a stage are copied from here; "" for none.
    void setContextFolder(const QString& folder);
    /// Marks the stage and the edge that the byte at `offset` belongs to.
    /// Where that is an offset in a text that is still to come, all is marked when that is drawn.
    void highlight(std::uint32_t offset, bool isOfWhatIsDrawn = true);
    /// Opens the field for a stage's name on its node.
    void startRename(int stage);
    /// Puts a stage at the end of the file and opens the field for its name.
    void startAddStage();
    /// A field for what the selection is called: a stage's name, a copy's destination.
    void editSelected();

    void fit();
    void panBy(QPoint pixels);
    void zoomBy(double factor);

    /// What is left out. A filter follows its stages as the text changes.
    [[nodiscard]] const ViewFilter& filter() const;
    void setFilter(const ViewFilter& filter);
    void collapseChains();
    void expandChains();
    /// Only what the selected stage needs, else what the target needs; with users, also what needs it.
    void focusOnSelected(bool withUsers);
    /// All that is hidden; chains stay as they are.
    void showAll();

    /// Opens the field that searches in the diagram.
    void showFind();

    void copyPicture(); // to the clipboard, as an image and as SVG
    /// To the clipboard, in one of exportFormats().
    void copyAs(const QString& format);
    /// What the signs mean, in the corner at the bottom left.
    void showLegend(bool shown);

    /// Once the text is `of` with these edits, the stage that they select is selected here too, and in view.
    void selectStageOf(const EditResult& result, const Analysis& of);

    [[nodiscard]] Selection selection() const;
    void select(const Selection& selection);
    /// As a click on it: it is shown in the text, too. A row that was chosen is so no more.
    void choose(const Selection& selection);
    /// The row that keys go on from, where one is chosen.
    [[nodiscard]] std::optional<RowPlace> currentRow() const;
    void chooseRow(const RowPlace& row);
    /// The commands for what was hit, as the right button and the menu key show them.
    [[nodiscard]] std::unique_ptr<QMenu> menuFor(const Hit& hit);

signals:
    /// A hand on the diagram asks for these edits.
    void edited(const stagelift::EditResult& result, std::uint64_t revision);
    void refused(const stagelift::Refusal& refusal);
    /// Files were dropped beside the stages.
    void filesDropped(const QList<QUrl>& files);
    void spanChosen(stagelift::Span span);
    void targetChosen(int stage);
    void buildRequested(int stage);
    void runRequested(int stage, stagelift::RunMode mode);
    void runCommandWanted(int stage); // on the clipboard
    void splitRequested(int stage);
    /// Something else is selected, by hand, by key or by the caret.
    void selectionChanged();
    /// Another picture is drawn, and the selection is one in it.
    void pictureShown();
    /// Someone wants to see and change what the selection says.
    void propertiesWanted();
    void filterChanged();
    /// Another part of the diagram is looked at, or at another zoom.
    void viewMoved();
    /// By Escape.
    void legendClosed();

protected:
    bool viewportEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace stagelift::ui
