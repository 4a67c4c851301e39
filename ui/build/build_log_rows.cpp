// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the rows of the log say: steps, lines, and rows that lead to more lines.

#include "ui/build/build_log_step.h"
#include "ui/build/sizes_model.h"
#include "ui/theme/apply_theme.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

struct StateFace {
    StepState state;
    const char* icon;
};

constexpr std::array kFaces{
    StateFace{StepState::Waiting, ""},          StateFace{StepState::Running, "media-playback-start"},
    StateFace{StepState::Cached, "dialog-ok"},  StateFace{StepState::Done, "dialog-ok"},
    StateFace{StepState::Failed, "data-error"}, StateFace{StepState::Stopped, "media-playback-stop"},
};

QIcon iconOf(StepState state)
{
    const auto* face = std::ranges::find(kFaces, state, &StateFace::state);
    return themeIcon(QString::fromLatin1(face->icon));
}

/// As it is shown: tabs as blanks, and not endless.
StyledLine shown(QString raw)
{
    StyledLine line = styledLine(raw.replace(u'\t', u"    "_s));
    if (line.text.size() <= BuildLogModel::kMaxLineLength)
        return line;
    line.text = line.text.left(BuildLogModel::kMaxLineLength) + u'…';
    line.runs.removeIf([](const StyledRun& run) { return run.begin >= BuildLogModel::kMaxLineLength; });
    if (!line.runs.isEmpty())
        line.runs.last().size = std::min(line.runs.last().size, line.text.size() - line.runs.last().begin);
    return line;
}

/// How much has come: "27 %", or as much as is known, "12.3 MB".
QString transferText(const BuildStep& step)
{
    if (step.toTransfer <= 0)
        return humanSize(step.transferred);
    return BuildLogModel::tr("%1 %").arg(100 * step.transferred / step.toTransfer);
}

} // namespace

QString BuildLogModel::stateText(const Step& step) const
{
    const QString time = durationText(step.step.milliseconds);
    switch (step.step.state) {
    case StepState::Waiting:
        return tr("waiting");
    case StepState::Running:
        return step.step.transferred > 0 ? transferText(step.step) : tr("running");
    case StepState::Cached:
        return tr("cached");
    case StepState::Done:
        return time.isEmpty() ? tr("done") : time;
    case StepState::Failed:
        return tr("failed");
    case StepState::Stopped:
        return tr("stopped");
    }
    return {};
}

QVariant BuildLogModel::stepData(const Step& step, int column, int role) const
{
    const bool failed = step.step.state == StepState::Failed;
    switch (role) {
    case Qt::DisplayRole:
        return column == Text ? step.step.name : stateText(step);
    case Qt::TextAlignmentRole:
        return column == State ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::FontRole: {
        QFont bold;
        bold.setBold(column == Text);
        return bold;
    }
    case Qt::DecorationRole:
        return column == Text ? QVariant(iconOf(step.step.state)) : QVariant();
    case Qt::ForegroundRole:
        if (failed)
            return m_theme.error;
        return column == State ? QVariant(m_theme.textQuiet) : QVariant();
    case Qt::ToolTipRole:
        return step.step.error.isEmpty() ? step.step.name : step.step.error;
    case Qt::AccessibleTextRole:
        return u"%1, %2"_s.arg(step.step.name, stateText(step));
    default:
        return {};
    }
}

StyledLine BuildLogModel::line(int row, qint64 line) const
{
    return shown(m_store->line(row, line));
}

QString BuildLogModel::noteText(const Step& step, const QModelIndex& index) const
{
    const bool back = step.earlier && index.row() == 0;
    const qint64 count = back ? step.first : step.total - step.end();
    return (back ? tr("▲ %L1 earlier lines") : tr("▼ %L1 later lines")).arg(count);
}

QVariant BuildLogModel::lineData(const QModelIndex& index, int role) const
{
    const int row = index.parent().row();
    const qint64 number = stepAt(row).lineOfRow(index.row());
    if (index.column() != Text)
        return {};
    switch (role) {
    case Qt::FontRole:
        return m_lineFont;
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return line(row, number).text;
    case StyledRole:
        return QVariant::fromValue(line(row, number));
    default:
        return {};
    }
}

QVariant BuildLogModel::noteData(const QModelIndex& index, int role) const
{
    if (index.column() != Text)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return noteText(stepAt(index.parent().row()), index);
    case Qt::ForegroundRole:
        return m_theme.palette.color(QPalette::Link);
    case Qt::ToolTipRole:
        return tr("A click or Enter shows them");
    default:
        return {};
    }
}

} // namespace stagelift::ui
