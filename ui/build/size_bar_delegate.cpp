// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/size_bar_delegate.h"

#include "ui/build/sizes_model.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace stagelift::ui {

namespace {

constexpr int kMargin = 6;          // px, left and right
constexpr qreal kHeightShare = 0.5; // of the row
constexpr qreal kRadius = 2.5;      // px
constexpr float kBaseAlpha = 0.4F;
constexpr qreal kLeastWidth = 2; // px, so that a small stage is still seen
constexpr qreal kHatchStep = 5;  // px

void hatch(QPainter& painter, const QRectF& bar, const QColor& colour)
{
    painter.setPen(QPen(colour, 1));
    for (qreal x = bar.left() - bar.height(); x < bar.right(); x += kHatchStep)
        painter.drawLine(QPointF(x, bar.bottom()), QPointF(x + bar.height(), bar.top()));
}

} // namespace

SizeBarDelegate::SizeBarDelegate(QObject* parent) : QStyledItemDelegate(parent), m_theme(Theme::ofDesktop()) {}

void SizeBarDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyledItemDelegate::paint(painter, option, index); // the row's ground
    const double base = index.data(SizesModel::BaseShareRole).toDouble();
    const double own = index.data(SizesModel::OwnShareRole).toDouble();
    if (base + own <= 0)
        return;

    const bool ships = index.data(SizesModel::ShipsRole).toBool();
    const QColor colour = ships ? m_theme.ships : m_theme.leftBehind;
    QRectF room = QRectF(option.rect).adjusted(kMargin, 0, -kMargin, 0);
    const qreal height = room.height() * kHeightShare;
    room = QRectF(room.left(), room.center().y() - height / 2, room.width(), height);
    const QRectF bar(room.topLeft(), QSizeF(std::max(kLeastWidth, room.width() * (base + own)), height));
    const QRectF basePart(bar.topLeft(), QSizeF(room.width() * base, height));
    QColor pale = colour;
    pale.setAlphaF(kBaseAlpha);

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(bar, kRadius, kRadius);
    painter->setClipPath(outline);
    painter->fillRect(bar, colour);
    painter->fillRect(basePart, option.palette.color(QPalette::Base));
    painter->fillRect(basePart, pale);
    if (!ships)
        hatch(*painter, bar, option.palette.color(QPalette::Base));
    painter->restore();
}

} // namespace stagelift::ui
