// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is wrong with a file, a row each, in the order of the file.

#pragma once

#include "core/edits/edits.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>

namespace stagelift::ui {

class ProblemsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column : quint8 { Line, Problem, Rule, kColumns };

    explicit ProblemsModel(QObject* parent = nullptr);

    void setTheme(const Theme& theme);
    void showAnalysis(const AnalysisPtr& analysis);
    /// nullptr where there is no such row.
    [[nodiscard]] const Diagnostic* diagnostic(int row) const;
    [[nodiscard]] const AnalysisPtr& analysis() const { return m_analysis; }
    [[nodiscard]] int count(Severity severity) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Theme m_theme;
    AnalysisPtr m_analysis;
};

/// The edits of a fix, and what they leave to be looked at: the first changed place.
[[nodiscard]] EditResult resultOf(const Fix& fix);

} // namespace stagelift::ui
