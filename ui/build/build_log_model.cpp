// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/build_log_model.h"

#include "ui/build/build_log_step.h"

#include <QFontDatabase>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr quintptr kStepId = 0; // of a step's index; a line's is one more than its step's row

constexpr int kOverlap = 100; // lines of before that stay when more are shown

} // namespace

BuildLogModel::BuildLogModel(QObject* parent)
    : QAbstractItemModel(parent),
      m_theme(Theme::ofDesktop()),
      m_lineFont(QFontDatabase::systemFont(QFontDatabase::FixedFont))
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
    m_spoken.clear();
    m_store = std::make_unique<LogStore>();
    m_held = m_troubled = false;
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
    const int row = m_store->addStep();
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
    stepAt(row).step = step;
    emit dataChanged(index(row, 0), index(row, kColumns - 1));
}

void BuildLogModel::addText(const QString& stepId, const QString& text)
{
    const int row = rowOf(stepId);
    m_store->append(row, text);
    m_spoken.insert(row);
    if (!m_timer.isActive())
        m_timer.start();
}

void BuildLogModel::flush()
{
    m_timer.stop();
    const QSet<int> spoken = std::exchange(m_spoken, {});
    for (const int row : spoken) {
        grow(row);
        emit linesAdded(index(row, 0));
    }
    if (m_troubled || !m_store)
        return;
    const QString problem = m_store->problem();
    m_troubled = !problem.isEmpty();
    if (m_troubled)
        emit troubled(problem);
}

void BuildLogModel::hold(bool held)
{
    m_held = held;
    for (int row = 0; row < rowCount() && !held; ++row)
        if (stepAt(row).later && stepAt(row).step.state == StepState::Running)
            showWindow(row, m_store->lineCount(row) - kMaxLines); // what is not flushed yet, too
}

/// Brings the rows of a step up to its lines.
void BuildLogModel::grow(int row)
{
    Step& step = stepAt(row);
    const QModelIndex head = index(row, 0);
    const bool atEnd = step.end() == step.total;
    if (step.count > 0) { // the last line may have been open
        const int last = step.rows() - 1;
        emit dataChanged(index(last, 0, head), index(last, kColumns - 1, head));
    }
    const qint64 total = m_store->lineCount(row);
    const qint64 added = total - step.total;
    if (added == 0)
        return;
    if (!atEnd) {
        step.total = total;
    } else if (m_held && step.count + added > kMaxLines + kSlack) {
        const int end = step.rows();
        beginInsertRows(head, end, end);
        step.total = total;
        step.later = true;
        endInsertRows();
    } else if (!m_held && added >= kSlack && step.earlier) {
        slide(row, total);
    } else if (!m_held && added >= kMaxLines) {
        showWindow(row, total - kMaxLines);
    } else {
        appendRows(row, static_cast<int>(added));
        if (step.count > kMaxLines + kSlack)
            dropFirstRows(row, step.count - kMaxLines);
    }
}

/// In a flood: the rows stay and show other lines, which costs a view nothing but a picture.
void BuildLogModel::slide(int row, qint64 total)
{
    Step& step = stepAt(row);
    const QModelIndex head = index(row, 0);
    step.total = total;
    step.first = total - step.count;
    emit dataChanged(index(0, 0, head), index(step.rows() - 1, kColumns - 1, head));
}

void BuildLogModel::appendRows(int row, int count)
{
    Step& step = stepAt(row);
    const int end = step.rows();
    beginInsertRows(index(row, 0), end, end + count - 1);
    step.total += count;
    step.count += count;
    endInsertRows();
}

void BuildLogModel::dropFirstRows(int row, int count)
{
    Step& step = stepAt(row);
    const QModelIndex head = index(row, 0);
    const int first = step.earlier ? 1 : 0;
    beginRemoveRows(head, first, first + count - 1);
    step.first += count;
    step.count -= count;
    endRemoveRows();
    if (step.earlier) {
        emit dataChanged(index(0, 0, head), index(0, kColumns - 1, head));
        return;
    }
    beginInsertRows(head, 0, 0);
    step.earlier = true;
    endInsertRows();
}

/// @param first the line that the window begins with, as far as there are lines for it
void BuildLogModel::showWindow(int row, qint64 first)
{
    Step& step = stepAt(row);
    const QModelIndex head = index(row, 0);
    const qint64 total = m_store->lineCount(row);
    Step shown;
    shown.first = std::clamp<qint64>(first, 0, std::max<qint64>(0, total - kMaxLines));
    shown.count = static_cast<int>(std::min<qint64>(kMaxLines, total - shown.first));
    shown.total = total;
    shown.earlier = shown.first > 0;
    shown.later = shown.end() < total;
    shown.step = step.step;
    if (step.rows() > 0) {
        beginRemoveRows(head, 0, step.rows() - 1);
        step = {.step = shown.step};
        endRemoveRows();
    }
    if (shown.rows() > 0) {
        beginInsertRows(head, 0, shown.rows() - 1);
        step = shown;
        endInsertRows();
    }
}

QModelIndex BuildLogModel::stepIndex(const QString& stepId) const
{
    const auto row = m_rows.constFind(stepId);
    return row == m_rows.cend() ? QModelIndex() : index(*row, 0);
}

QString BuildLogModel::stepId(const QModelIndex& step) const
{
    return stepAt(step.row()).step.id;
}

std::optional<LogPlace> BuildLogModel::place(const QModelIndex& index) const
{
    if (!index.isValid())
        return std::nullopt;
    if (!index.parent().isValid())
        return LogPlace{.step = index.row(), .line = -1};
    const int row = index.parent().row();
    if (stepAt(row).isNote(index.row()))
        return std::nullopt;
    return LogPlace{.step = row, .line = stepAt(row).lineOfRow(index.row())};
}

QModelIndex BuildLogModel::reveal(const LogPlace& place)
{
    const QModelIndex head = index(place.step, 0);
    if (!head.isValid() || place.line < 0)
        return head;
    if (m_spoken.remove(place.step))
        grow(place.step);
    const Step& step = stepAt(place.step);
    if (place.line < step.first || place.line >= step.end())
        showWindow(place.step, place.line - kMaxLines / 2);
    return index(step.rowOfLine(place.line), 0, head);
}

QModelIndex BuildLogModel::showMore(const QModelIndex& from)
{
    if (!from.parent().isValid() || place(from))
        return {};
    const int row = from.parent().row();
    const Step& step = stepAt(row);
    const bool back = step.earlier && from.row() == 0;
    const qint64 line = back ? step.first - 1 : step.end();
    showWindow(row, back ? line - kMaxLines + kOverlap : line - kOverlap);
    return index(step.rowOfLine(line), 0, index(row, 0));
}

QModelIndex BuildLogModel::stepOfInstruction(int instruction) const
{
    QModelIndex found;
    for (int row = 0; row < rowCount() && instruction >= 0; ++row) {
        if (stepAt(row).step.instruction != instruction)
            continue;
        found = index(row, 0);
        if (stepAt(row).step.state == StepState::Failed)
            break;
    }
    return found;
}

QStringList BuildLogModel::lastLines(const QModelIndex& step, int count) const
{
    QStringList lines;
    if (!step.isValid())
        return lines;
    // Not for ever: a command may end in a screenful of nothing.
    const qint64 end = m_store->lineCount(step.row());
    for (qint64 at = end - 1; at >= std::max<qint64>(0, end - kMaxLines) && lines.size() < count; --at)
        if (const QString text = line(step.row(), at).text; !text.trimmed().isEmpty())
            lines.prepend(text);
    return lines;
}

QString BuildLogModel::shownText() const
{
    QStringList lines;
    for (int step = 0; step < rowCount(); ++step) {
        const QModelIndex head = index(step, Text);
        lines << head.data().toString();
        for (int row = 0; row < rowCount(head.siblingAtColumn(0)); ++row)
            lines << u"    "_s + index(row, Text, head.siblingAtColumn(0)).data().toString();
    }
    return lines.join(u'\n');
}

LogSnapshot BuildLogModel::snapshot() const
{
    LogSnapshot taken = m_store ? m_store->snapshot() : LogSnapshot();
    for (std::size_t row = 0; row < taken.steps.size(); ++row)
        taken.steps[row].title = m_steps[row]->step.name;
    return taken;
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
    return stepAt(parent.row()).rows();
}

int BuildLogModel::columnCount(const QModelIndex& /*parent*/) const
{
    return kColumns;
}

QVariant BuildLogModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const bool isLine = index.internalId() != kStepId;
    const Step& step = stepAt(isLine ? static_cast<int>(index.internalId()) - 1 : index.row());
    if (role == InstructionRole)
        return step.step.instruction;
    if (role == StateRole)
        return QVariant::fromValue(static_cast<int>(step.step.state));
    if (!isLine)
        return stepData(step, index.column(), role);
    return step.isNote(index.row()) ? noteData(index, role) : lineData(index, role);
}

} // namespace stagelift::ui
