// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/problems_model.h"

#include "core/checks/rules.h"
#include "ui/diagram/words.h"
#include "ui/theme/apply_theme.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

/// What is wrong, why that matters, and how sure it is.
QString explanationOf(const Diagnostic& problem)
{
    QString explanation = toQt(problem.message);
    if (const Rule* rule = ruleNamed(problem.rule); rule && rule->summary != problem.message)
        explanation += u"\n\n"_s + ProblemsModel::tr("%1: %2").arg(toQt(rule->name), toQt(rule->summary));
    if (problem.provisional)
        explanation += u"\n\n"_s + ProblemsModel::tr("The base image is not known here; it may say otherwise.");
    return explanation;
}

} // namespace

ProblemsModel::ProblemsModel(QObject* parent) : QAbstractTableModel(parent), m_theme(Theme::ofDesktop()) {}

void ProblemsModel::setTheme(const Theme& theme)
{
    m_theme = theme;
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

void ProblemsModel::showAnalysis(const AnalysisPtr& analysis)
{
    beginResetModel();
    m_analysis = analysis;
    endResetModel();
}

const Diagnostic* ProblemsModel::diagnostic(int row) const
{
    return row >= 0 && row < rowCount() ? &m_analysis->diagnostics[static_cast<std::size_t>(row)] : nullptr;
}

int ProblemsModel::count(Severity severity) const
{
    if (!m_analysis)
        return 0;
    return static_cast<int>(std::ranges::count(m_analysis->diagnostics, severity, &Diagnostic::severity));
}

int ProblemsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_analysis ? 0 : static_cast<int>(m_analysis->diagnostics.size());
}

int ProblemsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : kColumns;
}

QVariant ProblemsModel::data(const QModelIndex& index, int role) const
{
    const Diagnostic* problem = diagnostic(index.row());
    if (!problem)
        return {};
    const bool isError = problem->severity == Severity::Error;
    const bool isHint = problem->severity == Severity::Hint;
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Line:
            return problem->lines.first == 0 ? QVariant() : QVariant(problem->lines.first);
        case Problem:
            return toQt(problem->message);
        case Rule:
            return toQt(problem->rule);
        default:
            return {};
        }
    case Qt::DecorationRole:
        if (index.column() == Problem)
            return themeIcon(isError ? u"data-error"_s : isHint ? u"data-information"_s : u"data-warning"_s);
        return {};
    case Qt::ForegroundRole:
        if (index.column() == Problem)
            return isError ? QVariant(m_theme.error) : QVariant();
        return m_theme.textQuiet;
    case Qt::TextAlignmentRole:
        return index.column() == Line ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ToolTipRole:
        return explanationOf(*problem);
    case Qt::AccessibleTextRole:
        if (index.column() == Problem)
            return u"%1: %2"_s.arg(isError ? tr("Error") : isHint ? tr("Hint") : tr("Warning"), toQt(problem->message));
        return {};
    default:
        return {};
    }
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Line:
        return tr("Line");
    case Problem:
        return tr("Problem");
    case Rule:
        return tr("Rule");
    default:
        return {};
    }
}

EditResult resultOf(const Fix& fix)
{
    EditResult result{.edits = fix.edits, .select = {}};
    if (!fix.edits.empty()) {
        const TextEdit& first = fix.edits.front();
        const auto end = first.span.begin + static_cast<std::uint32_t>(first.text.size());
        result.select = {first.span.begin, end};
    }
    return result;
}

} // namespace stagelift::ui
