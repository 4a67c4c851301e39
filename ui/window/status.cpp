// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/status.h"

#include <QCoreApplication>
#include <QLabel>
#include <QProgressBar>
#include <QStatusBar>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kCaretWidth = 150;    // px
constexpr int kProgressWidth = 110; // px
constexpr int kProgressHeight = 10; // px

QLabel* addLabel(QStatusBar& bar, int stretch, const QString& name)
{
    auto* label = new QLabel(&bar);
    label->setObjectName(name);
    label->setContentsMargins(6, 0, 6, 0);
    label->setTextFormat(Qt::PlainText);
    bar.addPermanentWidget(label, stretch);
    return label;
}

} // namespace

QString stagesText(const StageGraph& graph, int target)
{
    const auto count = static_cast<int>(graph.stages.size());
    if (count == 0)
        return Status::tr("No stages");
    QString stages = count == 1 ? Status::tr("1 stage") : Status::tr("%1 stages").arg(count);
    if (target < 0 || target >= count)
        return stages;
    return Status::tr("%1, target %2").arg(stages, QString::fromStdString(graph.label(stageNode(target))));
}

Status::Status(QStatusBar& bar) : QObject(&bar)
{
    bar.setSizeGripEnabled(false);
    m_caret = addLabel(bar, 0, u"status.caret"_s);
    m_caret->setMinimumWidth(kCaretWidth); // its neighbours stand still while it counts
    m_stages = addLabel(bar, 1, u"status.stages"_s);
    m_engine = addLabel(bar, 0, u"status.engine"_s);
    m_progress = new QProgressBar(&bar);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(kProgressWidth, kProgressHeight);
    m_progress->setAccessibleName(tr("A build is running"));
    m_progress->hide();
    bar.addPermanentWidget(m_progress);
    m_shipment = addLabel(bar, 0, u"status.shipment"_s);
}

void Status::showCaret(int line, int column)
{
    m_caret->setText(tr("Line %1, column %2").arg(line + 1).arg(column + 1));
}

void Status::showStages(const StageGraph& graph, int target)
{
    m_stages->setText(stagesText(graph, target));
}

void Status::showEngine(const QString& label, const QString& tip)
{
    m_engine->setText(label);
    m_engine->setToolTip(tip);
}

void Status::showShipment(const QString& sentence)
{
    m_shipment->setText(sentence);
}

void Status::showRunning(bool running)
{
    m_progress->setVisible(running);
}

} // namespace stagelift::ui
