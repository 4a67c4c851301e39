// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/timeline.h"

#include "ui/build/placeholder.h"
#include "ui/build/timeline_view.h"

#include <QLabel>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

Timeline::Timeline(QWidget* parent)
    : QWidget(parent),
      m_page(new QWidget(this)),
      m_placeholder(new Placeholder(this)),
      m_pages(new QStackedLayout(this))
{
    m_sentence = new QLabel(m_page);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_sentence->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_sentence->setContentsMargins(8, 3, 4, 3);
    m_view = new TimelineView(m_page);
    auto* column = new QVBoxLayout(m_page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_sentence);
    column->addWidget(m_view, 1);
    m_pages->addWidget(m_placeholder);
    m_pages->addWidget(m_page);
    setAccessibleName(tr("Timeline"));
    m_sentence->setAccessibleName(tr("Critical path"));
    m_ticks.setInterval(kUpdateInterval);
    connect(&m_ticks, &QTimer::timeout, this, [this] {
        if (isVisible())
            refresh();
    });
    connect(m_view, &TimelineView::stepChosen, this, &Timeline::choose);
}

void Timeline::setTheme(const Theme& theme)
{
    m_view->setTheme(theme);
}

void Timeline::start(const AnalysisPtr& analysis)
{
    m_analysis = analysis;
    m_steps.clear();
    m_places.clear();
    m_latest = 0;
    m_sinceLatest.invalidate();
    m_sentence->setText(tr("Building…"));
    m_sentence->setToolTip({});
    m_sentence->setAccessibleDescription(m_sentence->text());
    setAccessibleDescription(m_sentence->text());
    m_view->start(analysis);
    m_pages->setCurrentWidget(m_page);
    m_ticks.start();
}

void Timeline::showStep(const BuildStep& step)
{
    const auto known = m_places.constFind(step.id);
    if (known == m_places.cend()) {
        m_places.insert(step.id, m_steps.size());
        m_steps.append(step);
    } else {
        m_steps[*known] = step;
    }
    // Our clock may be ahead by what the message was under way: then it stays, for a bar grows and does not shrink.
    const qint64 told = std::max(step.startedAt, step.endedAt);
    if (told < 0 || (m_sinceLatest.isValid() && told <= now()))
        return;
    m_latest = told;
    m_sinceLatest.start();
}

qint64 Timeline::now() const
{
    return m_latest + (m_ticks.isActive() && m_sinceLatest.isValid() ? m_sinceLatest.elapsed() : 0);
}

void Timeline::finish()
{
    m_ticks.stop();
    m_latest = 0;
    for (const BuildStep& step : std::as_const(m_steps))
        m_latest = std::max({m_latest, step.startedAt, step.endedAt});
    refresh();
    m_sentence->setAccessibleDescription(m_sentence->text());
    setAccessibleDescription(m_sentence->text());
}

void Timeline::refresh()
{
    if (!m_analysis)
        return;
    const CriticalPath path = criticalPath(m_steps, now());
    m_view->showSteps(m_steps, path, now());
    const bool isRunning = m_ticks.isActive();
    if (isRunning && path.steps.isEmpty())
        return;
    const QString sentence = pathSentence(m_analysis->graph, m_steps, path);
    m_sentence->setText(isRunning ? tr("So far: %1").arg(sentence) : sentence);
    QStringList lines;
    for (const int step : path.steps)
        lines << u"%1: %2"_s.arg(stepTitle(m_analysis->graph, m_steps.at(step)), stepTimes(m_steps.at(step), now()));
    m_sentence->setToolTip(u"<qt>%1</qt>"_s.arg(lines.join(u'\n').toHtmlEscaped().replace(u'\n', "<br>"_L1)));
}

QString Timeline::sentence() const
{
    return m_sentence->text();
}

void Timeline::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void Timeline::choose(const BuildStep& step)
{
    if (!m_analysis || step.instruction < 0 ||
        std::cmp_greater_equal(step.instruction, m_analysis->dockerfile.instructions.size()))
        return;
    emit spanChosen(m_analysis->dockerfile.instructions[static_cast<std::size_t>(step.instruction)].span);
}

} // namespace stagelift::ui
