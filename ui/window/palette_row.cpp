// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/palette_row.h"

#include "ui/window/palette.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kPadX = 10;
constexpr int kPadY = 5;
constexpr int kGap = 14;
constexpr int kInset = 4; // between the mark of the current row and the edge of the list
constexpr int kCorner = 4;
constexpr double kMostWhere = 0.3; // of the row

struct Ink {
    QColor ground;
    QColor text;
    QColor quiet;
};

/// What can't be done now is quiet, and no accent marks it.
Ink inkFor(const QPalette& palette, bool current, bool enabled)
{
    if (!current)
        return {palette.color(QPalette::Base),
                palette.color(QPalette::Active, enabled ? QPalette::Text : QPalette::PlaceholderText),
                palette.color(QPalette::PlaceholderText)};
    if (enabled)
        return {palette.color(QPalette::Highlight), palette.color(QPalette::HighlightedText),
                palette.color(QPalette::HighlightedText)};
    return {palette.color(QPalette::Window), palette.color(QPalette::PlaceholderText),
            palette.color(QPalette::PlaceholderText)};
}

/// A text that was cut in its middle, and where its letters are now.
struct Cut {
    QString text;
    QList<int> letters;
};

Cut cut(const QString& text, const QList<int>& letters, const QFontMetrics& metrics, int width)
{
    Cut made{.text = metrics.elidedText(text, Qt::ElideMiddle, width), .letters = letters};
    if (made.text == text)
        return made;
    const qsizetype head = made.text.indexOf(u'…');
    const qsizetype gone = text.size() - made.text.size();
    made.letters.clear();
    for (const int letter : letters) {
        if (letter < head)
            made.letters.append(letter);
        else if (letter - gone > head)
            made.letters.append(static_cast<int>(letter - gone));
    }
    return made;
}

/// Draws from left to right, the letters bold. @returns where it ends
int drawLetters(QPainter& painter, const QRect& rect, const Cut& text, const QFont& plain, const QFont& bold)
{
    int x = rect.left();
    for (qsizetype from = 0; from < text.text.size();) {
        const bool marked = text.letters.contains(static_cast<int>(from));
        qsizetype to = from + 1;
        while (to < text.text.size() && text.letters.contains(static_cast<int>(to)) == marked)
            ++to;
        const QString piece = text.text.sliced(from, to - from);
        const QFont& font = marked ? bold : plain;
        painter.setFont(font);
        painter.drawText(QRect(QPoint(x, rect.top()), rect.bottomRight()), Qt::AlignLeft | Qt::AlignVCenter, piece);
        x += QFontMetrics(font).horizontalAdvance(piece);
        from = to;
    }
    return x;
}

/// At the right end of what is left of the rect, which gets smaller by it.
void drawRight(QPainter& painter, QRect& rect, const QString& text, const QFontMetrics& metrics)
{
    if (text.isEmpty())
        return;
    painter.drawText(rect, Qt::AlignRight | Qt::AlignVCenter, text);
    rect.setRight(rect.right() - metrics.horizontalAdvance(text) - kGap);
}

} // namespace

void PaletteRow::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool current = option.state.testFlag(QStyle::State_Selected);
    const Ink ink = inkFor(option.palette, current, index.data(CommandModel::EnabledRole).toBool());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (current) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(ink.ground);
        painter->drawRoundedRect(option.rect.adjusted(kInset, 0, -kInset, 0), kCorner, kCorner);
    }
    QRect rect = option.rect.adjusted(kInset + kPadX, 0, -kInset - kPadX, 0);
    QFont bold = option.font;
    bold.setBold(true);
    painter->setFont(option.font);
    painter->setPen(ink.text);
    drawRight(*painter, rect, index.data(CommandModel::KeysRole).toString(), option.fontMetrics);
    painter->setPen(ink.quiet);
    const QString where = option.fontMetrics.elidedText(index.data(CommandModel::WhereRole).toString(), Qt::ElideRight,
                                                        static_cast<int>(rect.width() * kMostWhere));
    const int whereWidth = option.fontMetrics.horizontalAdvance(where);
    painter->setPen(ink.text);
    const Cut what = cut(index.data().toString(), index.data(CommandModel::LettersRole).value<QList<int>>(),
                         QFontMetrics(bold), rect.width() - whereWidth - kGap);
    const int end = drawLetters(*painter, rect, what, option.font, bold);
    rect.setLeft(end + kGap);
    painter->setFont(option.font);
    painter->setPen(ink.quiet);
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, where);
    painter->restore();
}

QSize PaletteRow::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {0, option.fontMetrics.height() + 2 * kPadY};
}

} // namespace stagelift::ui
