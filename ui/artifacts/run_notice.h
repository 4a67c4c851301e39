// SPDX-License-Identifier: GPL-3.0-or-later
//
// A strip that says which copied programs can't start where they were copied to: the first of them, a click or Enter on
// which goes to its COPY, and a button that shows all. Without any it is not there.

#pragma once

#include "core/engine/files/run_problems.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>

class QToolButton;

namespace stagelift::ui {

/// A sentence on a line, cut where there is no room; as a button.
class NoticeLine : public QAbstractButton {
    Q_OBJECT
public:
    explicit NoticeLine(QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
};

class RunNotice : public QWidget {
    Q_OBJECT
public:
    explicit RunNotice(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// @param analysis of the text that they were found for; null where there are none
    void showProblems(const AnalysisPtr& analysis, const std::vector<RunProblem>& problems);
    [[nodiscard]] QString text() const;

    [[nodiscard]] NoticeLine& line() { return *m_line; }
    [[nodiscard]] QToolButton& all() { return *m_all; }
    /// All are wanted.
    [[nodiscard]] bool isOpen() const;
    void close();

signals:
    void chosen();          // the one that is said
    void opened(bool open); // all are wanted, or no more

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void nameButton();

    NoticeLine* m_line = nullptr;
    QToolButton* m_all = nullptr;
    qsizetype m_count = 0; // of programs
    Theme m_theme;
};

} // namespace stagelift::ui
