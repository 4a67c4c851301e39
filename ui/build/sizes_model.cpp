// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/sizes_model.h"

#include "ui/build/layer_tree.h"

#include <QLocale>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

// An index's internal id: 0 for a stage, else one more than the stage's row, for a layer of it.
constexpr quintptr kStageId = 0;

constexpr qint64 kSecond = 1000;         // ms
constexpr qint64 kMinute = 60 * kSecond; // ms

} // namespace

QString durationText(qint64 milliseconds)
{
    if (milliseconds <= 0)
        return {};
    if (milliseconds >= kMinute) {
        const qint64 seconds = milliseconds / kSecond;
        return SizesModel::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    }
    const double seconds = static_cast<double>(milliseconds) / static_cast<double>(kSecond);
    return SizesModel::tr("%1 s").arg(seconds, 0, 'f', milliseconds < 10 * kSecond ? 1 : 0);
}

QString exactSize(qint64 bytes)
{
    return bytes == 1 ? SizesModel::tr("1 byte") : SizesModel::tr("%1 bytes").arg(QLocale().toString(bytes));
}

SizesModel::SizesModel(QObject* parent) : QAbstractItemModel(parent), m_theme(Theme::ofDesktop()) {}

void SizesModel::setTheme(const Theme& theme)
{
    m_theme = theme;
    if (!m_sizes.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

void SizesModel::showResult(const AnalysisPtr& analysis, const BuildResult& result,
                            const QHash<QString, qint64>& before)
{
    beginResetModel();
    for (const StageSize& size : std::as_const(m_sizes))
        m_totalsShown.insert(stageLabel(size.stage), size.total);
    m_totalsBefore = before;
    m_totalsBefore.insert(m_totalsShown); // the history need not know of them
    m_analysis = analysis;
    m_budgets = budgetsOf(analysis->dockerfile, analysis->graph);
    m_sizes = result.sizes;
    m_target = result.target;
    m_targets = result.moreTargets;
    if (!m_targets.contains(m_target))
        m_targets << m_target;
    std::ranges::sort(m_targets);
    m_largest = 0;
    for (const StageSize& size : std::as_const(m_sizes))
        m_largest = std::max(m_largest, size.total);
    endResetModel();
}

void SizesModel::clear()
{
    beginResetModel();
    m_sizes.clear();
    m_totalsShown.clear();
    m_totalsBefore.clear();
    m_target = -1;
    m_targets.clear();
    endResetModel();
}

QString SizesModel::stageLabel(int stage) const
{
    return m_analysis ? QString::fromStdString(m_analysis->graph.label(stageNode(stage))) : QString();
}

std::optional<qint64> SizesModel::change(const StageSize& size) const
{
    const auto before = m_totalsBefore.constFind(stageLabel(size.stage));
    if (before == m_totalsBefore.cend())
        return std::nullopt;
    return size.total - *before;
}

const Budget* SizesModel::exceeded(const StageSize& size) const
{
    return m_budgets.exceededBy(size.stage, size.total);
}

QModelIndex SizesModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : kStageId);
}

QModelIndex SizesModel::parent(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == kStageId)
        return {};
    return createIndex(static_cast<int>(index.internalId()) - 1, 0, kStageId);
}

int SizesModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_sizes.size());
    if (parent.internalId() != kStageId || parent.column() != 0)
        return 0;
    return static_cast<int>(m_sizes[parent.row()].layers.size());
}

int SizesModel::columnCount(const QModelIndex& /*parent*/) const
{
    return kColumns;
}

const StageSize* SizesModel::stageSize(const QModelIndex& index) const
{
    return index.isValid() && index.internalId() == kStageId ? &m_sizes[index.row()] : nullptr;
}

const LayerSize* SizesModel::layer(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == kStageId)
        return nullptr;
    return &m_sizes[static_cast<qsizetype>(index.internalId()) - 1].layers[index.row()];
}

std::optional<qint64> SizesModel::bytes(const QModelIndex& index) const
{
    if (const StageSize* size = stageSize(index)) {
        switch (index.column()) {
        case Total:
        case Bar:
            return size->total;
        case Base:
            return size->base;
        case Own:
            return size->own;
        case Change:
            return change(*size);
        default:
            return std::nullopt;
        }
    }
    const LayerSize* row = layer(index);
    return row && index.column() == Total ? std::optional(row->bytes) : std::nullopt;
}

QString SizesModel::instructionText(const LayerSize& row) const
{
    return m_analysis ? layerText(*m_analysis, row) : row.createdBy;
}

QString SizesModel::text(const QModelIndex& index) const
{
    const StageSize* size = stageSize(index);
    if (index.column() == Stage)
        return size ? stageLabel(size->stage) : instructionText(*layer(index));
    if (const auto count = bytes(index); count && index.column() != Bar) {
        if (index.column() != Change)
            return humanSize(*count);
        if (*count == 0)
            return tr("none");
        return (*count > 0 ? u"+"_s : u"−"_s) + humanSize(std::abs(*count));
    }
    if (!size)
        return {};
    switch (index.column()) {
    case Fate:
        return size->ships ? tr("ships") : size->needed ? tr("left behind") : tr("not needed");
    case Time:
        return durationText(size->milliseconds);
    case Cached:
        return size->cached ? tr("cached") : QString();
    default:
        return {};
    }
}

QString SizesModel::exactText(const QModelIndex& index) const
{
    if (index.column() == Bar) {
        const StageSize* size = stageSize(index);
        return size ? tr("%1: %2 of base, %3 of its own")
                          .arg(stageLabel(size->stage), exactSize(size->base), exactSize(size->own))
                    : QString();
    }
    const auto count = bytes(index);
    if (!count)
        return index.column() == Stage && layer(index) ? layer(index)->createdBy : QString();
    if (const StageSize* size = stageSize(index); size && index.column() == Total)
        if (const Budget* budget = exceeded(*size))
            return tr("%1, %2 over the budget of %3")
                .arg(exactSize(*count), humanSize(*count - budget->bytes), humanSize(budget->bytes));
    return index.column() == Change && *count > 0 ? u'+' + exactSize(*count) : exactSize(*count);
}

double SizesModel::share(const QModelIndex& index, int role) const
{
    const StageSize* size = stageSize(index);
    if (!size || m_largest == 0)
        return 0;
    return static_cast<double>(role == BaseShareRole ? size->base : size->own) / static_cast<double>(m_largest);
}

QVariant SizesModel::ground(const QModelIndex& index) const
{
    const StageSize* size = stageSize(index);
    if (!size)
        return m_theme.textQuiet;
    if (index.column() == Fate && size->ships)
        return m_theme.success;
    if (index.column() == Total && exceeded(*size))
        return m_theme.error;
    return index.column() > Own ? QVariant(m_theme.textQuiet) : QVariant();
}

QVariant SizesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const StageSize* size = stageSize(index);
    switch (role) {
    case Qt::DisplayRole:
        return text(index);
    case Qt::ToolTipRole:
        return exactText(index);
    case Qt::AccessibleTextRole: {
        const QString exact = exactText(index);
        return exact.isEmpty() || index.column() == Stage ? text(index) : exact;
    }
    case Qt::TextAlignmentRole: {
        static constexpr std::array kNumbers{Total, Base, Own, Change, Time};
        const bool number = std::ranges::find(kNumbers, index.column()) != kNumbers.end();
        return number ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    }
    case Qt::ForegroundRole:
        return ground(index);
    case BytesRole:
        return bytes(index).has_value() ? QVariant(*bytes(index)) : QVariant();
    case BaseShareRole:
    case OwnShareRole:
        return share(index, role);
    case ShipsRole:
        return size && size->ships;
    case InstructionRole:
        return layer(index) ? layer(index)->instruction : -1;
    case StageRole:
        return size ? size->stage : m_sizes[index.parent().row()].stage;
    default:
        return {};
    }
}

QVariant SizesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section >= kColumns)
        return {};
    struct Title {
        QString name;
        QString tip;
    };
    const std::array<Title, kColumns> titles{{
        {tr("Stage"), tr("A stage, and under it the layers of its image")},
        {tr("Total"), tr("All layers of the stage's image")},
        {tr("Base"), tr("What it got from its FROM")},
        {tr("Own"), tr("What its own instructions added")},
        {tr("Change"), tr("The difference to the build before")},
        {tr("Share"), tr("Base and own, against the largest stage")},
        {tr("Fate"), tr("Whether the target's image is made of it")},
        {tr("Time"), tr("Spent in its steps")},
        {tr("Cache"), tr("Whether every step came from the cache")},
    }};
    const Title& title = titles[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole)
        return title.name;
    if (role == Qt::ToolTipRole)
        return title.tip;
    if (role == Qt::TextAlignmentRole)
        return data(index(0, section), Qt::TextAlignmentRole);
    return {};
}

std::optional<Span> SizesModel::sourceSpan(const QModelIndex& index) const
{
    if (!index.isValid() || !m_analysis)
        return std::nullopt;
    if (const LayerSize* row = layer(index)) {
        const auto at = static_cast<std::size_t>(row->instruction);
        if (row->instruction < 0 || at >= m_analysis->dockerfile.instructions.size())
            return std::nullopt;
        return m_analysis->dockerfile.instructions[at].span;
    }
    const auto stage = static_cast<std::size_t>(stageSize(index)->stage);
    if (stage >= m_analysis->graph.stages.size())
        return std::nullopt;
    const std::size_t from = m_analysis->graph.stages[stage].firstInstruction;
    return m_analysis->dockerfile.instructions[from].span;
}

} // namespace stagelift::ui
