// SPDX-License-Identifier: GPL-3.0-or-later
//
// The sizes of a build: a row a stage, and under it a row a layer. Every number of bytes is there in three forms: short
// for the eye, exact in the tooltip and for a screen reader, and as a number under BytesRole.

#pragma once

#include "core/edits/analysis.h"
#include "core/engine/build.h"
#include "core/stages/budgets.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModel>
#include <QHash>

#include <optional>

namespace stagelift::ui {

class SizesModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column : quint8 { Stage, Total, Base, Own, Change, Bar, Fate, Time, Cached, kColumns };
    enum Role : int {
        BytesRole = Qt::UserRole, // qint64
        BaseShareRole,            // double: base / the largest total, for the bar
        OwnShareRole,             // double: own / the largest total
        ShipsRole,                // bool
        InstructionRole,          // int, -1 where none
        StageRole,                // int
    };

    explicit SizesModel(QObject* parent = nullptr);

    void setTheme(const Theme& theme);
    /// `analysis` is the one that was built. What was shown before becomes what Change is counted from; where nothing
    /// was, a stage's total in `before` does, by its label: the history knows of builds of other sessions.
    void showResult(const AnalysisPtr& analysis, const BuildResult& result, const QHash<QString, qint64>& before = {});
    void clear();

    [[nodiscard]] const QList<StageSize>& sizes() const { return m_sizes; }
    [[nodiscard]] const AnalysisPtr& analysis() const { return m_analysis; }
    [[nodiscard]] int target() const { return m_target; }
    /// That and those that were built beside it, in the order of the file.
    [[nodiscard]] const QList<int>& targets() const { return m_targets; }
    [[nodiscard]] QString stageLabel(int stage) const;
    /// What a stage is to stay within and does not; null where it does, or where nothing is said.
    [[nodiscard]] const Budget* exceeded(const StageSize& size) const;
    /// The span in the built text that a row stands for.
    [[nodiscard]] std::optional<Span> sourceSpan(const QModelIndex& index) const;
    /// The difference of a stage's total to the build before; nothing where that one did not have it.
    [[nodiscard]] std::optional<qint64> change(const StageSize& size) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] const StageSize* stageSize(const QModelIndex& index) const;
    [[nodiscard]] const LayerSize* layer(const QModelIndex& index) const;
    [[nodiscard]] std::optional<qint64> bytes(const QModelIndex& index) const;
    [[nodiscard]] QString text(const QModelIndex& index) const;
    [[nodiscard]] QString exactText(const QModelIndex& index) const;
    [[nodiscard]] QVariant ground(const QModelIndex& index) const;
    [[nodiscard]] double share(const QModelIndex& index, int role) const;
    [[nodiscard]] QString instructionText(const LayerSize& layer) const;

    Theme m_theme;
    AnalysisPtr m_analysis;
    Budgets m_budgets;
    QList<StageSize> m_sizes;
    QHash<QString, qint64> m_totalsShown;  // by a stage's label: of the builds before this one
    QHash<QString, qint64> m_totalsBefore; // the same, and the history's where none was shown
    int m_target = -1;
    QList<int> m_targets;
    qint64 m_largest = 0;
};

/// "0.4 s", "1 min 12 s"; "" for nothing.
[[nodiscard]] QString durationText(qint64 milliseconds);
/// "14,001,233 bytes"
[[nodiscard]] QString exactSize(qint64 bytes);

} // namespace stagelift::ui
