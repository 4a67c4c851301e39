// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bar at the top: what is done most, the target, and the engine.

#pragma once

#include "core/stages/stage_graph.h"
#include "ui/window/actions.h"

#include <QToolBar>

class QComboBox;

namespace stagelift::ui {

class BuildController;

class Toolbar : public QToolBar {
    Q_OBJECT
public:
    Toolbar(const Actions& actions, QWidget* parent);

    void loadIcons();
    void showStages(const StageGraph& graph, int target);
    void showEngines(const BuildController& controller);
    [[nodiscard]] QComboBox& targets() { return *m_targets; }
    [[nodiscard]] QComboBox& engines() { return *m_engines; }

signals:
    void targetChosen(int stage);
    void engineChosen(const QString& id);
    void diagramZoomed(double factor);

private:
    void addCombo(QComboBox& combo, const QString& label, const QString& tip);

    QComboBox* m_targets = nullptr;
    QComboBox* m_engines = nullptr;
    QAction* m_zoomIn = nullptr;
    QAction* m_zoomOut = nullptr;
};

} // namespace stagelift::ui
