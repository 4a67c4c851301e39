// SPDX-License-Identifier: GPL-3.0-or-later
//
// The diagram in its pane; on request with a second one beside it, or below where there is more height than width:
// what BuildKit builds, and what the classic builder would.

#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QBoxLayout;
class QLabel;

namespace stagelift::ui {

class DiagramView;
class MirrorView;

class DiagramPane : public QWidget {
    Q_OBJECT
public:
    explicit DiagramPane(QWidget* parent = nullptr);

    [[nodiscard]] DiagramView& diagram() const { return *m_diagram; }
    void setTheme(const Theme& theme);
    [[nodiscard]] bool isComparing() const { return m_classic != nullptr; }
    void setComparing(bool comparing);

signals:
    void comparingChanged(bool comparing);

protected:
    void keyPressEvent(QKeyEvent* event) override; // Esc, where the diagram has no use for it
    void resizeEvent(QResizeEvent* event) override;

private:
    void tell();
    void settle();

    QBoxLayout* m_halves;
    QLabel* m_ours;
    DiagramView* m_diagram;
    QWidget* m_half = nullptr; // the second
    QLabel* m_theirs = nullptr;
    MirrorView* m_classic = nullptr;
    Theme m_theme;
};

} // namespace stagelift::ui
