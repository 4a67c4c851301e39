// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is dropped on the text: files are opened, artifacts become a COPY at the line where they are dropped, which is
// shown before.

#include "ui/diagram/bubble.h"
#include "ui/diagram/carry.h"
#include "ui/editor/editor.h"

#include <QDropEvent>
#include <QMimeData>
#include <QPainter>

#include <algorithm>

namespace stagelift::ui {

namespace {

using Sci = QsciScintillaBase;

constexpr int kLineHeight = 2;   // px
constexpr int kPointerRoom = 36; // px below the pointer, for the name of what is dragged

} // namespace

/// The begin of the line that something dropped there would go ahead of.
std::uint32_t Editor::dropPlace(const QPoint& point) const
{
    const auto position = m_sci(Sci::SCI_POSITIONFROMPOINT, point.x(), std::int64_t{point.y()});
    const auto line = m_sci(Sci::SCI_LINEFROMPOSITION, static_cast<unsigned long>(position));
    const auto top = m_sci(Sci::SCI_POINTYFROMPOSITION, 0, std::int64_t{position});
    const auto height = m_sci(Sci::SCI_TEXTHEIGHT, static_cast<unsigned long>(line));
    const bool below = point.y() > top + height / 2;
    return static_cast<std::uint32_t>(
        m_sci(Sci::SCI_POSITIONFROMLINE, static_cast<unsigned long>(below ? line + 1 : line)));
}

/// What a drop there writes. Ahead of a FROM it goes to the end of the stage above.
EditOutcome Editor::droppedAt(const ArtifactDrag& drag, const QPoint& point) const
{
    const std::uint32_t place = dropPlace(point);
    const int stage = place == 0 ? -1 : m_analysis->graph.stageAt(place - 1);
    if (stage < 0) // instructions/parse.go
        return std::unexpected(Refusal{"no build stage in current context", tr("Drop it below a FROM.").toStdString()});
    return dropped(drag, *m_analysis, stage, place);
}

bool Editor::showDropAt(const ArtifactDrag& drag, const QPoint& point)
{
    if (!isCurrent())
        return false;
    if (!m_dropBubble)
        m_dropBubble = new Bubble(viewport());
    m_dropBubble->setTheme(m_theme);
    const EditOutcome outcome = droppedAt(drag, point);
    const std::uint32_t place = outcome ? outcome->edits.back().span.begin : dropPlace(point);
    int y = static_cast<int>(m_sci(Sci::SCI_POINTYFROMPOSITION, 0, std::int64_t{place}));
    const auto line = m_sci(Sci::SCI_LINEFROMPOSITION, place);
    if (m_sci(Sci::SCI_POSITIONFROMLINE, static_cast<unsigned long>(line)) != std::int64_t{place})
        y += static_cast<int>(m_sci(Sci::SCI_TEXTHEIGHT, static_cast<unsigned long>(line))); // behind the last line
    m_dropLine = y;
    m_dropAllowed = outcome.has_value();
    const int top = std::min(y, point.y());
    const QRect beside(point.x(), top - kLineHeight, 1, std::max(y, point.y() + kPointerRoom) - top);
    if (outcome)
        m_dropBubble->say(Bubble::Kind::Preview, lineWritten(*outcome, *m_analysis), beside);
    else
        m_dropBubble->say(Bubble::Kind::Objection, sentences(outcome.error()), beside);
    viewport()->update();
    return m_dropAllowed;
}

void Editor::endDrop()
{
    m_dropLine.reset();
    if (m_dropBubble)
        m_dropBubble->hide();
    viewport()->update();
}

void Editor::paintDropLine(QPainter& painter) const
{
    if (m_dropLine)
        painter.fillRect(0, *m_dropLine - kLineHeight / 2, viewport()->width(), kLineHeight,
                         m_dropAllowed ? m_theme.accent : m_theme.error);
}

void Editor::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasFormat(kArtifactFormat) || event->mimeData()->hasUrls())
        event->acceptProposedAction();
    else
        QsciScintilla::dragEnterEvent(event);
}

void Editor::dragMoveEvent(QDragMoveEvent* event)
{
    if (const auto drag = dragFrom(event->mimeData())) {
        event->setDropAction(Qt::CopyAction);
        event->setAccepted(showDropAt(*drag, event->position().toPoint()));
    } else if (event->mimeData()->hasUrls()) {
        event->acceptProposedAction();
    } else {
        QsciScintilla::dragMoveEvent(event);
    }
}

void Editor::dragLeaveEvent(QDragLeaveEvent* event)
{
    endDrop();
    QsciScintilla::dragLeaveEvent(event);
}

void Editor::dropEvent(QDropEvent* event)
{
    if (const auto drag = dragFrom(event->mimeData())) {
        endDrop();
        event->setDropAction(Qt::CopyAction);
        event->accept();
        if (!isCurrent())
            return;
        const EditOutcome outcome = droppedAt(*drag, event->position().toPoint());
        if (!outcome) {
            emit refused(outcome.error());
            return;
        }
        setFocus(Qt::OtherFocusReason); // the destination is typed over
        emit edited(*outcome, m_analysis->revision);
    } else if (event->mimeData()->hasUrls()) {
        event->acceptProposedAction();
        emit filesDropped(event->mimeData()->urls());
    } else {
        QsciScintilla::dropEvent(event);
    }
}

} // namespace stagelift::ui
