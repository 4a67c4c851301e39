// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/history/builds_model.h"

#include "core/history/history_report.h"
#include "ui/build/timeline_plan.h"
#include "ui/history/chart_view.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

QString outcomeText(const KeptBuild& build)
{
    if (build.outcome == BuildOutcome::Succeeded)
        return BuildsModel::tr("succeeded");
    if (build.outcome == BuildOutcome::Stopped)
        return BuildsModel::tr("stopped");
    return build.failedLine > 0 ? BuildsModel::tr("failed at line %1").arg(build.failedLine)
                                : BuildsModel::tr("failed");
}

QString argumentsText(const KeptBuild& build)
{
    QStringList lines;
    for (const KeptArgument& each : build.arguments)
        lines << (each.value ? u"%1=%2"_s.arg(each.name, *each.value)
                             : BuildsModel::tr("%1, whose value is not kept").arg(each.name));
    return lines.join(u'\n');
}

BuildsModel::BuildsModel(QObject* parent) : QAbstractTableModel(parent), m_theme(Theme::ofDesktop()) {}

void BuildsModel::setTheme(const Theme& theme)
{
    m_theme = theme;
    if (!m_builds.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

void BuildsModel::showBuilds(const QList<KeptBuild>& builds)
{
    beginResetModel();
    m_builds = builds;
    endResetModel();
}

int BuildsModel::rowOf(qint64 id) const
{
    const auto found = std::ranges::find(m_builds, id, &KeptBuild::id);
    return found == m_builds.end() ? -1 : static_cast<int>(found - m_builds.begin());
}

int BuildsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_builds.size());
}

int BuildsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : kColumns;
}

QString BuildsModel::text(int row, int column) const
{
    const KeptBuild& build = m_builds.at(row);
    switch (column) {
    case When:
        return beginText(build);
    case Target:
        return build.target;
    case Outcome:
        return outcomeText(build);
    case Ships:
        return build.ships() ? humanSize(*build.ships()) : QString();
    case Change: {
        const auto more = shipsMore(m_builds, row);
        return more ? signedSize(*more) : QString();
    }
    case Time:
        return timeText(build.milliseconds);
    case Engine:
        return build.engineLabel();
    default:
        return {};
    }
}

QString BuildsModel::tip(const KeptBuild& build) const
{
    QStringList lines{tr("%1, %2").arg(beginText(build), build.engineLabel())};
    if (!build.message.isEmpty())
        lines << build.message;
    if (!build.platform.isEmpty())
        lines << tr("for %1").arg(build.platform);
    if (!build.arguments.isEmpty())
        lines << argumentsText(build);
    // What an engine says may look like markup; a tooltip would take it for such.
    return lines.join(u'\n').toHtmlEscaped().replace(u'\n', "<br>"_L1);
}

QVariant BuildsModel::ground(const KeptBuild& build, int column) const
{
    if (column == Outcome && build.outcome == BuildOutcome::Failed)
        return m_theme.error;
    return column == When || column == Target || column == Ships ? QVariant() : QVariant(m_theme.textQuiet);
}

QVariant BuildsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const KeptBuild& build = m_builds.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case Qt::ToolTipRole:
        return tip(build);
    case Qt::TextAlignmentRole: {
        static constexpr std::array kNumbers{Ships, Change, Time};
        const bool isNumber = std::ranges::contains(kNumbers, index.column());
        return isNumber ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    }
    case Qt::ForegroundRole:
        return ground(build, index.column());
    default:
        return {};
    }
}

QVariant BuildsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= kColumns)
        return {};
    struct Title {
        QString name;
        QString tip;
    };
    const std::array<Title, kColumns> titles{{
        {tr("When"), tr("When the build was started")},
        {tr("Target"), tr("The stage that was built")},
        {tr("Outcome"), tr("What came of it")},
        {tr("Ships"), tr("What the target's image weighs")},
        {tr("Change"), tr("The difference to the last build of that target before")},
        {tr("Time"), tr("From the start to the last size")},
        {tr("Engine"), tr("What built it")},
    }};
    const Title& title = titles.at(static_cast<std::size_t>(section));
    if (role == Qt::DisplayRole)
        return title.name;
    if (role == Qt::ToolTipRole)
        return title.tip;
    if (role == Qt::TextAlignmentRole && (section == Ships || section == Change || section == Time))
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

} // namespace stagelift::ui
