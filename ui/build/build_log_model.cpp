// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/build_log_model.h"

#include "ui/build/sizes_model.h"
#include "ui/theme/apply_theme.h"

#include <QFontDatabase>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

struct BuildLogModel::Step {
    BuildStep step;
    QStringList lines;
    int dropped = 0;   // lines that were too many
    bool open = false; // the last line has not ended
};

namespace {

constexpr quintptr kStepId = 0; // of a step's index; a line's is one more than its step's row

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

/// What a terminal would show of a line that a carriage return begins again, cut where it is endless.
QString shown(QString line)
{
    while (line.endsWith(u'\r'))
        line.chop(1);
    line = line.mid(line.lastIndexOf(u'\r') + 1);
    line.replace(u'\t', u"    "_s);
    if (line.size() > BuildLogModel::kMaxLineLength)
        line = line.left(BuildLogModel::kMaxLineLength) + u'…';
    return line;
}

} // namespace

BuildLogModel::BuildLogModel(QObject* parent) : QAbstractItemModel(parent), m_theme(Theme::ofDesktop())
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kFlushInterval);
    connect(&m_timer, &QTimer::timeout, this, &BuildLogModel::flush);
}

BuildLogModel::~BuildLogModel() = default;

void BuildLogModel::setTheme(const Theme& theme)
{
    m_theme = theme;
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

void BuildLogModel::start(const QString& engineTitle)
{
    beginResetModel();
    m_steps.clear();
    m_rows.clear();
    m_pending.clear();
    m_timer.stop();
    endResetModel();
    BuildStep engine;
    engine.name = engineTitle;
    engine.state = StepState::Running;
    setStep(engine);
}

int BuildLogModel::rowOf(const QString& stepId)
{
    if (const auto known = m_rows.constFind(stepId); known != m_rows.cend())
        return *known;
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_steps.push_back(std::make_unique<Step>());
    m_steps.back()->step.id = stepId;
    m_rows.insert(stepId, row);
    endInsertRows();
    return row;
}

void BuildLogModel::setStep(const BuildStep& step)
{
    const int row = rowOf(step.id);
    m_steps[static_cast<std::size_t>(row)]->step = step;
    emit dataChanged(index(row, 0), index(row, kColumns - 1));
}

void BuildLogModel::addText(const QString& stepId, const QString& text)
{
    if (!m_pending.isEmpty() && m_pending.back().first == stepId)
        m_pending.back().second += text;
    else
        m_pending.emplace_back(stepId, text);
    if (!m_timer.isActive())
        m_timer.start();
}

void BuildLogModel::flush()
{
    m_timer.stop();
    const auto pending = std::exchange(m_pending, {});
    for (const auto& [stepId, text] : pending) {
        const int row = rowOf(stepId);
        addLines(row, text);
        dropOldLines(row);
        emit linesAdded(index(row, 0));
    }
}

void BuildLogModel::addLines(int row, const QString& text)
{
    Step& step = *m_steps[static_cast<std::size_t>(row)];
    QStringList lines = text.split(u'\n');
    const bool open = !lines.back().isEmpty();
    if (!open)
        lines.removeLast();
    const QModelIndex stepIndex = index(row, 0);
    if (step.open && !lines.isEmpty()) {
        step.lines.back() = shown(step.lines.back() + lines.takeFirst());
        const auto last = static_cast<int>(step.lines.size()) - 1;
        emit dataChanged(index(last, 0, stepIndex), index(last, kColumns - 1, stepIndex));
    }
    step.open = open;
    if (lines.isEmpty())
        return;
    // Of more than are kept, the first ones need no row at all.
    const qsizetype surplus = std::max<qsizetype>(0, lines.size() - kMaxLines);
    step.dropped += static_cast<int>(surplus);
    lines.remove(0, surplus);
    const auto first = static_cast<int>(step.lines.size());
    beginInsertRows(stepIndex, first, first + static_cast<int>(lines.size()) - 1);
    for (const QString& line : std::as_const(lines))
        step.lines << shown(line);
    endInsertRows();
}

void BuildLogModel::dropOldLines(int row)
{
    Step& step = *m_steps[static_cast<std::size_t>(row)];
    const auto surplus = static_cast<int>(step.lines.size()) - kMaxLines;
    if (surplus <= 0)
        return;
    beginRemoveRows(index(row, 0), 0, surplus - 1);
    step.lines.remove(0, surplus);
    step.dropped += surplus;
    endRemoveRows();
    emit dataChanged(index(row, 0), index(row, kColumns - 1));
}

QModelIndex BuildLogModel::stepIndex(const QString& stepId) const
{
    const auto row = m_rows.constFind(stepId);
    return row == m_rows.cend() ? QModelIndex() : index(*row, 0);
}

QList<QModelIndex> BuildLogModel::allRows() const
{
    QList<QModelIndex> rows;
    for (int step = 0; step < rowCount(); ++step) {
        const QModelIndex head = index(step, 0);
        rows << head;
        for (int line = 0; line < rowCount(head); ++line)
            rows << index(line, 0, head);
    }
    return rows;
}

QModelIndex BuildLogModel::find(const QString& wanted, const QModelIndex& from, bool backwards) const
{
    if (wanted.isEmpty())
        return {};
    const QList<QModelIndex> rows = allRows();
    const qsizetype count = rows.size();
    const qsizetype start = rows.indexOf(from.siblingAtColumn(0));
    for (qsizetype step = 1; step <= count; ++step) {
        const qsizetype at =
            backwards ? (std::max<qsizetype>(start, 0) - step + count) % count : (start + step) % count;
        if (text(rows[at]).contains(wanted, Qt::CaseInsensitive))
            return rows[at];
    }
    return {};
}

QString BuildLogModel::wholeText() const
{
    QStringList lines;
    for (const QModelIndex& row : allRows())
        lines << (row.parent().isValid() ? u"    "_s + text(row) : text(row));
    return lines.join(u'\n');
}

QModelIndex BuildLogModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : kStepId);
}

QModelIndex BuildLogModel::parent(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == kStepId)
        return {};
    return createIndex(static_cast<int>(index.internalId()) - 1, 0, kStepId);
}

int BuildLogModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_steps.size());
    if (parent.internalId() != kStepId || parent.column() != 0)
        return 0;
    return static_cast<int>(m_steps[static_cast<std::size_t>(parent.row())]->lines.size());
}

int BuildLogModel::columnCount(const QModelIndex& /*parent*/) const
{
    return kColumns;
}

QString BuildLogModel::stateText(const Step& step) const
{
    const QString time = durationText(step.step.milliseconds);
    switch (step.step.state) {
    case StepState::Waiting:
        return tr("waiting");
    case StepState::Running:
        return tr("running");
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

QString BuildLogModel::text(const QModelIndex& index) const
{
    if (index.internalId() != kStepId)
        return m_steps[index.internalId() - 1]->lines[index.row()];
    const Step& step = *m_steps[static_cast<std::size_t>(index.row())];
    if (step.dropped == 0)
        return step.step.name;
    return tr("%1 (%2 earlier lines are in the whole log)").arg(step.step.name).arg(step.dropped);
}

QVariant BuildLogModel::stepData(const Step& step, int column, int role) const
{
    const bool failed = step.step.state == StepState::Failed;
    switch (role) {
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

QVariant BuildLogModel::lineData(const Step& step, int row, int column, int role) const
{
    if (column != Text)
        return {};
    if (role == Qt::FontRole)
        return QFontDatabase::systemFont(QFontDatabase::FixedFont);
    return role == Qt::ToolTipRole ? QVariant(step.lines[row]) : QVariant();
}

QVariant BuildLogModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const bool isLine = index.internalId() != kStepId;
    const auto row = isLine ? index.internalId() - 1 : static_cast<std::size_t>(index.row());
    const Step& step = *m_steps[row];
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == Text)
            return text(index);
        return isLine ? QVariant() : stateText(step);
    case Qt::TextAlignmentRole:
        return index.column() == State ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case InstructionRole:
        return step.step.instruction;
    case StateRole:
        return QVariant::fromValue(static_cast<int>(step.step.state));
    default:
        return isLine ? lineData(step, index.row(), index.column(), role) : stepData(step, index.column(), role);
    }
}

} // namespace stagelift::ui
