// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/artifacts/run_notice.h"

#include "ui/artifacts/program_words.h"

#include <QPalette>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr std::size_t kShown = 2; // the tooltip has all

} // namespace

RunNotice::RunNotice(QWidget* parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setWordWrap(true);
    setContentsMargins(8, 3, 8, 3);
    setAccessibleName(tr("Programs that can't start"));
    hide();
}

void RunNotice::setTheme(const Theme& theme)
{
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, theme.warning);
    setPalette(colours);
}

void RunNotice::showProblems(const Analysis& analysis, const std::vector<RunProblem>& problems)
{
    QStringList lines;
    for (const RunProblem& problem : problems)
        lines << u"⚠ "_s + runProblemText(analysis, problem);
    setToolTip(lines.join(u'\n'));
    if (problems.size() > kShown) {
        const std::size_t others = problems.size() - kShown;
        lines = lines.first(static_cast<qsizetype>(kShown));
        lines.last() += tr(" · and %1 more").arg(others);
    }
    setText(lines.join(u'\n'));
    setVisible(!problems.empty());
}

} // namespace stagelift::ui
