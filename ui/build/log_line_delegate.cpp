// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/log_line_delegate.h"

#include "ui/build/build_log_model.h"
#include "ui/theme/readable.h"

#include <QApplication>
#include <QPainter>
#include <QTextLayout>

namespace stagelift::ui {

namespace {

constexpr int kMargin = 4;             // px, left and right of a line
constexpr double kSoughtGround = 0.35; // of the colour for what was found

} // namespace

LogLineDelegate::LogLineDelegate(QObject* parent)
    : QStyledItemDelegate(parent), m_theme(Theme::ofDesktop()), m_colours(m_theme)
{
}

void LogLineDelegate::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_colours = LogColours(theme);
}

QList<QTextLayout::FormatRange> LogLineDelegate::formats(const StyledLine& line, bool selected) const
{
    QList<QTextLayout::FormatRange> ranges;
    for (const StyledRun& run : line.runs) {
        QTextCharFormat format = m_colours.format(run.style);
        if (selected) { // the selection has a ground of its own
            format.clearForeground();
            format.clearBackground();
        }
        ranges.append({.start = static_cast<int>(run.begin), .length = static_cast<int>(run.size), .format = format});
    }
    if (m_sought.isEmpty())
        return ranges;
    QTextCharFormat found;
    const QColor ground = between(m_theme.palette.color(QPalette::Base), m_theme.warning, kSoughtGround);
    found.setBackground(ground);
    found.setForeground(readable(m_theme.text, ground));
    for (qsizetype at = line.text.indexOf(m_sought, 0, Qt::CaseInsensitive); at >= 0;
         at = line.text.indexOf(m_sought, at + m_sought.size(), Qt::CaseInsensitive))
        ranges.append({.start = static_cast<int>(at), .length = static_cast<int>(m_sought.size()), .format = found});
    return ranges;
}

void LogLineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QVariant styled = index.data(BuildLogModel::StyledRole);
    if (!styled.isValid()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    const auto line = styled.value<StyledLine>();
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    row.text.clear();
    const QStyle* style = row.widget ? row.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget); // its ground, and the frame of the focus
    const bool selected = row.state.testFlag(QStyle::State_Selected);

    QTextLayout layout(line.text, row.font, painter->device());
    QTextOption words;
    words.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(words);
    layout.setFormats(formats(line, selected));
    layout.beginLayout();
    layout.createLine();
    layout.endLayout();
    const QRectF room = QRectF(row.rect).adjusted(kMargin, 0, -kMargin, 0);
    painter->save();
    painter->setClipRect(row.rect);
    const auto role = selected ? QPalette::HighlightedText : QPalette::Text;
    painter->setPen(row.palette.color(QPalette::Active, role));
    layout.draw(painter, {room.left(), room.top() + (room.height() - layout.boundingRect().height()) / 2});
    painter->restore();
}

QSize LogLineDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (!index.data(BuildLogModel::StyledRole).isValid())
        return QStyledItemDelegate::sizeHint(option, index);
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    return {row.fontMetrics.horizontalAdvance(row.text) + 2 * kMargin, row.fontMetrics.height()};
}

} // namespace stagelift::ui
