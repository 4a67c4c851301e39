// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/diagram_pane.h"

#include "ui/diagram/classic_picture.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/mirror_view.h"
#include "ui/diagram/picture.h"

#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace stagelift::ui {

namespace {

constexpr int kPad = 6;

QLabel* captionIn(QWidget* half, const QString& name)
{
    auto* label = new QLabel(half);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setAlignment(Qt::AlignCenter);
    label->setContentsMargins(kPad, kPad, kPad, kPad);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    label->setAutoFillBackground(true);
    return label;
}

QVBoxLayout* columnIn(QWidget* half)
{
    auto* column = new QVBoxLayout(half);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    return column;
}

void dress(QLabel& caption, const Theme& theme)
{
    QPalette palette = theme.palette;
    palette.setColor(QPalette::Window, theme.nodeQuiet);
    palette.setColor(QPalette::WindowText, theme.text);
    caption.setPalette(palette);
}

} // namespace

DiagramPane::DiagramPane(QWidget* parent) : QWidget(parent), m_halves(new QBoxLayout(QBoxLayout::LeftToRight, this))
{
    m_halves->setContentsMargins(0, 0, 0, 0);
    m_halves->setSpacing(1);
    auto* half = new QWidget(this);
    m_ours = captionIn(half, QStringLiteral("buildKitCaption"));
    m_ours->hide();
    m_diagram = new DiagramView(half);
    QVBoxLayout* column = columnIn(half);
    column->addWidget(m_ours);
    column->addWidget(m_diagram, 1);
    m_halves->addWidget(half, 1);
    setFocusProxy(m_diagram);
    connect(m_diagram, &DiagramView::pictureShown, this, &DiagramPane::tell);
}

void DiagramPane::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_diagram->setTheme(theme);
    dress(*m_ours, theme);
    if (!isComparing())
        return;
    dress(*m_theirs, theme);
    m_classic->setTheme(theme);
}

void DiagramPane::setComparing(bool comparing)
{
    if (comparing == isComparing())
        return;
    if (comparing) {
        m_diagram->showAll(); // what both are about is the whole file
        m_diagram->fit();
        m_half = new QWidget(this);
        m_theirs = captionIn(m_half, QStringLiteral("classicCaption"));
        m_classic = new MirrorView(*m_diagram, m_half);
        QVBoxLayout* column = columnIn(m_half);
        column->addWidget(m_theirs);
        column->addWidget(m_classic, 1);
        m_halves->addWidget(m_half, 1);
        setTheme(m_theme);
    } else {
        m_half->hide();
        m_half->deleteLater();
        m_half = nullptr;
        m_theirs = nullptr;
        m_classic = nullptr;
    }
    m_ours->setVisible(comparing);
    settle();
    tell();
    emit comparingChanged(comparing);
}

void DiagramPane::tell()
{
    if (!isComparing())
        return;
    m_ours->setText(buildKitCaption(m_diagram->picture()));
    m_theirs->setText(classicCaption(m_diagram->picture()));
    m_ours->setToolTip(m_ours->text());
    m_theirs->setToolTip(m_theirs->text());
}

/// One above the other where the picture is larger so.
void DiagramPane::settle()
{
    const QSizeF picture = m_diagram->picture().bounds.size();
    if (picture.isEmpty())
        return;
    const auto zoom = [&picture](double across, double down) {
        return std::min(across / picture.width(), down / picture.height());
    };
    const bool isAbove = zoom(width(), height() / 2.0) > zoom(width() / 2.0, height());
    m_halves->setDirection(isAbove ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void DiagramPane::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && isComparing())
        setComparing(false);
    else
        QWidget::keyPressEvent(event);
}

void DiagramPane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    settle();
}

} // namespace stagelift::ui
