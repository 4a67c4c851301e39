// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the pointer is told in the editor.

#include "ui/editor/editor.h"
#include "ui/editor/explanation.h"
#include "ui/editor/scintilla_numbers.h"
#include "ui/editor/stage_names.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolTip>

namespace stagelift::ui {

namespace {

using Sci = QsciScintillaBase;

} // namespace

std::uint32_t Editor::offsetAt(const QPoint& point) const
{
    const auto offset = m_sci(Sci::SCI_POSITIONFROMPOINTCLOSE, point.x(), std::int64_t{point.y()});
    return offset < 0 ? kNowhere : static_cast<std::uint32_t>(offset);
}

QString Editor::explanationAt(std::uint32_t offset) const
{
    return isCurrent() ? explain(*m_analysis, offset) : QString();
}

bool Editor::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QsciScintilla::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const std::uint32_t offset = offsetAt(help->pos());
    const QString text = offset == kNowhere ? QString() : explanationAt(offset);
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), text, viewport());
    return true;
}

void Editor::showDestination(const QPoint& point, bool wanted)
{
    unmark(kDestinationIndicator);
    if (!wanted || !isCurrent())
        return;
    const std::uint32_t offset = offsetAt(point);
    if (offset == kNowhere || stageNamedAt(*m_analysis, offset) < 0)
        return;
    mark(kDestinationIndicator, *referenceAt(*m_analysis, offset));
    viewport()->setCursor(Qt::PointingHandCursor);
}

/// A click in what is selected means all of it; elsewhere it means the place.
void Editor::goToUnselected(const QPoint& point)
{
    const auto offset =
        static_cast<std::uint32_t>(m_sci(Sci::SCI_POSITIONFROMPOINT, point.x(), std::int64_t{point.y()}));
    if (selection().empty() || !selection().touches(offset))
        m_sci(Sci::SCI_GOTOPOS, offset);
}

void Editor::mouseMoveEvent(QMouseEvent* event)
{
    QsciScintilla::mouseMoveEvent(event);
    showDestination(event->position().toPoint(), event->modifiers() == Qt::ControlModifier);
}

void Editor::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && event->modifiers() == Qt::ControlModifier && isCurrent()) {
        const std::uint32_t offset = offsetAt(event->position().toPoint());
        const int stage = offset == kNowhere ? -1 : stageNamedAt(*m_analysis, offset);
        if (stage >= 0) {
            unmark(kDestinationIndicator);
            select(definitionOf(*m_analysis, stage));
            return;
        }
    }
    QsciScintilla::mousePressEvent(event);
}

} // namespace stagelift::ui
