// SPDX-License-Identifier: GPL-3.0-or-later
//
// The builds of a file as a table, the newest first.

#pragma once

#include "core/history/kept_build.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>

namespace stagelift::ui {

class BuildsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column : quint8 { When, Target, Outcome, Ships, Change, Time, Engine, kColumns };

    explicit BuildsModel(QObject* parent = nullptr);

    void setTheme(const Theme& theme);
    /// @param builds newest first
    void showBuilds(const QList<KeptBuild>& builds);
    [[nodiscard]] const QList<KeptBuild>& builds() const { return m_builds; }
    /// The row of a build by its id; -1 where there is none.
    [[nodiscard]] int rowOf(qint64 id) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(int row, int column) const;
    [[nodiscard]] QString tip(const KeptBuild& build) const;
    [[nodiscard]] QVariant ground(const KeptBuild& build, int column) const;

    Theme m_theme;
    QList<KeptBuild> m_builds;
};

/// "succeeded", "failed at line 3", "stopped"
[[nodiscard]] QString outcomeText(const KeptBuild& build);
/// "MODE=fast", "NPM_TOKEN, not kept": a build argument, a line each; "" for none.
[[nodiscard]] QString argumentsText(const KeptBuild& build);

} // namespace stagelift::ui
