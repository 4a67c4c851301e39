// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/artifacts/run_notice.h"

#include "ui/artifacts/run_words.h"
#include "ui/theme/apply_theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QStyleOptionFocusRect>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kStripe = 4;      // px
constexpr float kTint = 0.12F;  // of the warning in the ground
constexpr int kMargin = 3;      // px, around the words
constexpr int kIcon = 16;       // px
constexpr int kLeastWords = 12; // characters that are always shown

} // namespace

NoticeLine::NoticeLine(QWidget* parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setIconSize({kIcon, kIcon});
}

QSize NoticeLine::sizeHint() const
{
    const int words = fontMetrics().horizontalAdvance(text());
    return {words + kIcon + 4 * kMargin, std::max(fontMetrics().height(), kIcon) + 2 * kMargin};
}

QSize NoticeLine::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * kLeastWords, sizeHint().height()};
}

void NoticeLine::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    QRect room = rect().adjusted(kMargin, 0, -kMargin, 0);
    if (!icon().isNull()) {
        icon().paint(&painter, QRect(room.left(), (height() - kIcon) / 2, kIcon, kIcon));
        room.setLeft(room.left() + kIcon + 2 * kMargin);
    }
    QFont font = painter.font();
    font.setUnderline(underMouse());
    painter.setFont(font);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, room.width()));
    if (!hasFocus())
        return;
    QStyleOptionFocusRect focus;
    focus.initFrom(this);
    focus.rect = rect();
    style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, &painter, this);
}

/// Space is every button's own.
void NoticeLine::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void NoticeLine::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void NoticeLine::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

RunNotice::RunNotice(QWidget* parent)
    : QWidget(parent), m_line(new NoticeLine(this)), m_all(new QToolButton(this)), m_theme(Theme::ofDesktop())
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kStripe + 4, 1, 6, 1);
    row->addWidget(m_line, 1);
    row->addWidget(m_all);
    m_line->setAccessibleName(tr("Programs that can't start"));
    m_all->setCheckable(true);
    m_all->setAutoRaise(true);
    m_all->setFocusPolicy(Qt::TabFocus);
    connect(m_line, &NoticeLine::clicked, this, &RunNotice::chosen);
    connect(m_all, &QToolButton::toggled, this, [this](bool open) {
        nameButton();
        emit opened(open);
    });
    hide();
}

void RunNotice::setTheme(const Theme& theme)
{
    m_theme = theme;
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, theme.text);
    m_line->setPalette(colours);
    m_line->setIcon(themeIcon(u"data-warning"_s));
    update();
}

void RunNotice::nameButton()
{
    m_all->setText(isOpen() ? tr("Show Files") : m_count == 1 ? tr("Details") : tr("Show All (%1)").arg(m_count));
    m_all->setToolTip(isOpen() ? tr("Back to the files of the stage")
                               : tr("Every program that can't start, what it lacks, and what helps"));
}

void RunNotice::showProblems(const AnalysisPtr& analysis, const std::vector<RunProblem>& problems)
{
    m_count = 0;
    for (const RunProblem& problem : problems)
        m_count += static_cast<qsizetype>(problem.programs.size());
    if (problems.empty()) {
        close();
        m_line->setText({});
        hide();
        return;
    }
    const RunProblem& first = problems.front();
    const std::uint32_t line =
        analysis->dockerfile.instructions.at(static_cast<std::size_t>(first.instruction)).lines.first;
    const QString sentence = runProblemText(*analysis, first);
    m_line->setText(sentence);
    m_line->setIcon(themeIcon(u"data-warning"_s));
    m_line->setToolTip(sentence + u'\n' + tr("A click goes to the COPY in line %1.").arg(line));
    m_line->setAccessibleName(sentence);
    m_line->setAccessibleDescription(tr("Goes to the COPY in line %1").arg(line));
    nameButton();
    show();
}

QString RunNotice::text() const
{
    return m_line->text();
}

bool RunNotice::isOpen() const
{
    return m_all->isChecked();
}

void RunNotice::close()
{
    m_all->setChecked(false);
}

void RunNotice::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    QColor ground = m_theme.warning;
    ground.setAlphaF(kTint);
    painter.fillRect(rect(), m_theme.palette.color(QPalette::Base));
    painter.fillRect(rect(), ground);
    painter.fillRect(0, 0, kStripe, height(), m_theme.warning);
}

} // namespace stagelift::ui
