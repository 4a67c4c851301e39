// SPDX-License-Identifier: GPL-3.0-or-later
//
// The line above a treemap: the way from the whole stage to the folder that is shown, each step of it a button; and
// beside it what is known of the stage's files, with a button where there is something to press.

#pragma once

#include "ui/build/treemap_plan.h"

#include <QWidget>

class QLabel;
class QToolButton;
class QHBoxLayout;

namespace stagelift::ui {

class TreemapBar : public QWidget {
    Q_OBJECT
public:
    explicit TreemapBar(QWidget* parent = nullptr);

    /// The last one is where one is.
    void showWay(const QList<TreemapCrumb>& crumbs);
    /// An empty `button` shows none.
    void showState(const QString& text, const QString& button);

    /// "stage › RUN make › usr/lib"
    [[nodiscard]] QString way() const;
    [[nodiscard]] QString state() const;
    [[nodiscard]] QToolButton& button() { return *m_button; }
    [[nodiscard]] const QList<QToolButton*>& steps() const { return m_steps; }

signals:
    void spotChosen(const stagelift::ui::TreemapSpot& spot);
    void buttonPressed();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void addStep(qsizetype at);
    void fit();

    QHBoxLayout* m_row = nullptr; // of the way
    QList<TreemapCrumb> m_crumbs;
    QList<QToolButton*> m_steps;
    QLabel* m_state = nullptr;
    QToolButton* m_button = nullptr;
};

} // namespace stagelift::ui
