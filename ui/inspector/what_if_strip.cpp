// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/what_if_strip.h"

#include "core/engine/secrets.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kStripe = 4;     // px
constexpr float kTint = 0.12F; // of the accent in the canvas
constexpr int kMostShown = 60; // characters of a value

} // namespace

WhatIfStrip::WhatIfStrip(QWidget* parent)
    : QWidget(parent), m_label(new QLabel(this)), m_reset(new QToolButton(this)), m_theme(Theme::ofDesktop())
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kStripe + 8, 4, 6, 4);
    m_label->setWordWrap(true);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setToolTip(tr("The diagram shows the stages with these build arguments, and a build is given them."));
    m_reset->setText(tr("Reset"));
    m_reset->setToolTip(tr("Show the stages as the file's own defaults have them"));
    m_reset->setAutoRaise(true);
    m_reset->setFocusPolicy(Qt::TabFocus);
    row->addWidget(m_label, 1);
    row->addWidget(m_reset, 0, Qt::AlignTop);
    connect(m_reset, &QToolButton::clicked, this, &WhatIfStrip::resetRequested);
    hide();
}

void WhatIfStrip::setTheme(const Theme& theme)
{
    m_theme = theme;
    update();
}

void WhatIfStrip::showArguments(const QList<QPair<QString, QString>>& given)
{
    QStringList shown;
    for (const auto& [name, value] : given) {
        const QString said = looksSecret(name, value)    ? u"****"_s
                             : value.size() > kMostShown ? value.first(kMostShown) + u'…'
                                                         : value;
        shown << u"%1=%2"_s.arg(name, said);
    }
    m_label->setText(tr("What if %1").arg(shown.join(u", "_s)));
    setVisible(!given.isEmpty());
}

QString WhatIfStrip::text() const
{
    return isVisibleTo(parentWidget()) ? m_label->text() : QString();
}

void WhatIfStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QColor ground = m_theme.accent;
    ground.setAlphaF(kTint);
    painter.fillRect(rect(), m_theme.canvas);
    painter.fillRect(rect(), ground);
    painter.fillRect(0, 0, kStripe, height(), m_theme.accent);
}

} // namespace stagelift::ui
