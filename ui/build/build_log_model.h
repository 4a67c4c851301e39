// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a build says, grouped by step: a row a step, and under it a row a line. Steps of stages that build at the same
// time speak in turns; here each keeps its own words together.
//
// Memory is bounded: a step keeps its last kMaxLines lines. The whole log is in the build's file.

#pragma once

#include "core/engine/build.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModel>
#include <QHash>
#include <QTimer>

#include <memory>
#include <vector>

namespace stagelift::ui {

class BuildLogModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column : quint8 { State, Text, kColumns };
    enum Role : int {
        InstructionRole = Qt::UserRole, // int, -1 where the step belongs to none
        StateRole,                      // StepState
    };
    static constexpr int kMaxLines = 5000;      // of a step
    static constexpr int kMaxLineLength = 2000; // characters
    static constexpr int kFlushInterval = 40;   // ms

    explicit BuildLogModel(QObject* parent = nullptr);
    ~BuildLogModel() override;

    void setTheme(const Theme& theme);
    /// Forgets everything. `engineTitle` heads what the engine says of itself.
    void start(const QString& engineTitle);
    void setStep(const BuildStep& step);
    /// Kept back for kFlushInterval, so that a chatty step costs little.
    void addText(const QString& stepId, const QString& text);
    void flush();

    [[nodiscard]] QModelIndex stepIndex(const QString& stepId) const;
    /// The next row behind `from` that holds the text, in any case; round the end. Invalid where none does.
    [[nodiscard]] QModelIndex find(const QString& text, const QModelIndex& from, bool backwards) const;
    [[nodiscard]] QString wholeText() const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

signals:
    /// New lines of a step are there.
    void linesAdded(const QModelIndex& step);

private:
    struct Step;
    [[nodiscard]] int rowOf(const QString& stepId);
    [[nodiscard]] QString stateText(const Step& step) const;
    [[nodiscard]] QString text(const QModelIndex& index) const;
    [[nodiscard]] QVariant stepData(const Step& step, int column, int role) const;
    [[nodiscard]] QVariant lineData(const Step& step, int row, int column, int role) const;
    void addLines(int row, const QString& text);
    void dropOldLines(int row);
    [[nodiscard]] QList<QModelIndex> allRows() const;

    Theme m_theme;
    std::vector<std::unique_ptr<Step>> m_steps;
    QHash<QString, int> m_rows; // by id
    QList<QPair<QString, QString>> m_pending;
    QTimer m_timer;
};

} // namespace stagelift::ui
