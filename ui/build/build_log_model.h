// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a build says, grouped by step: a row a step, and under it a row a line. Steps of stages that build at the same
// time speak in turns; here each keeps its own words together.
//
// The whole log is in a LogStore, on the disk. A step's rows are a window of kMaxLines lines, the last ones as they
// come; a row ahead of it and one behind it say how many lines there are besides, and lead there. So a log of any
// length costs a view no more than a short one.

#pragma once

#include "core/engine/build.h"
#include "core/engine/log_search.h"
#include "core/engine/log_store.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModel>
#include <QFont>
#include <QHash>
#include <QSet>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace stagelift::ui {

class BuildLogModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column : quint8 { State, Text, kColumns };
    enum Role : int {
        InstructionRole = Qt::UserRole, // int, -1 where the step belongs to none
        StateRole,                      // StepState
        StyledRole,                     // StyledLine; invalid for a row that is no line
    };
    static constexpr int kMaxLines = 5000;      // of a step, that are rows
    static constexpr int kSlack = 1000;         // so many more, until the first ones go
    static constexpr int kMaxLineLength = 2000; // characters
    static constexpr int kFlushInterval = 40;   // ms

    explicit BuildLogModel(QObject* parent = nullptr);
    ~BuildLogModel() override;

    void setTheme(const Theme& theme);
    /// Forgets everything. `engineTitle` heads what the engine says of itself.
    void start(const QString& engineTitle);
    void setStep(const BuildStep& step);
    /// Shown within kFlushInterval, so that a chatty step costs little.
    void addText(const QString& stepId, const QString& text);
    void flush();
    /// While it is held, no row leaves: someone reads.
    void hold(bool held);

    [[nodiscard]] QModelIndex stepIndex(const QString& stepId) const;
    [[nodiscard]] QString stepId(const QModelIndex& step) const;
    /// The step, or the line of one, that a row shows; nothing for the rows that lead to more.
    [[nodiscard]] std::optional<LogPlace> place(const QModelIndex& index) const;
    /// The row of a place, after the step's window was moved there if need be.
    [[nodiscard]] QModelIndex reveal(const LogPlace& place);
    /// Where the row leads to more lines, shows them. @returns the line that one goes on to read; else invalid.
    [[nodiscard]] QModelIndex showMore(const QModelIndex& index);

    /// The step of that instruction: one that failed before all others, then the last. Invalid where there is none.
    [[nodiscard]] QModelIndex stepOfInstruction(int instruction) const;
    /// The last lines of a step that are not empty, as plain text.
    [[nodiscard]] QStringList lastLines(const QModelIndex& step, int count) const;
    /// All that rows show, as text.
    [[nodiscard]] QString shownText() const;
    [[nodiscard]] bool isEmpty() const { return m_steps.empty(); }
    /// With its titles.
    [[nodiscard]] LogSnapshot snapshot() const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

signals:
    /// New lines of a step are there.
    void linesAdded(const QModelIndex& step);
    /// The log is not whole any more: why. Once a build.
    void troubled(const QString& sentence);

private:
    struct Step;
    [[nodiscard]] Step& stepAt(int row) const { return *m_steps[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int rowOf(const QString& stepId);
    void grow(int row);
    void slide(int row, qint64 total);
    void appendRows(int row, int count);
    void dropFirstRows(int row, int count);
    void showWindow(int row, qint64 first);
    [[nodiscard]] QString stateText(const Step& step) const;
    [[nodiscard]] StyledLine line(int row, qint64 line) const;
    [[nodiscard]] QString noteText(const Step& step, const QModelIndex& index) const;
    [[nodiscard]] QVariant stepData(const Step& step, int column, int role) const;
    [[nodiscard]] QVariant lineData(const QModelIndex& index, int role) const;
    [[nodiscard]] QVariant noteData(const QModelIndex& index, int role) const;

    Theme m_theme;
    QFont m_lineFont;
    std::unique_ptr<LogStore> m_store; // its steps are our rows
    std::vector<std::unique_ptr<Step>> m_steps;
    QHash<QString, int> m_rows; // by id
    QSet<int> m_spoken;         // rows of steps that have said something since the last flush
    QTimer m_timer;
    bool m_held = false;
    bool m_troubled = false;
};

} // namespace stagelift::ui

Q_DECLARE_METATYPE(stagelift::StyledLine)
