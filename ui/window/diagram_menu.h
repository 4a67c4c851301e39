// SPDX-License-Identifier: GPL-3.0-or-later
//
// View ▸ Diagram: what the diagram of the file in front shows, and what it leaves out.

#pragma once

#include <functional>

class QWidget;

namespace stagelift::ui {

class Actions;
class DiagramPane;

/// Gives the actions of the submenu their work. `pane` answers with the one in front; `window` owns the menu.
void makeDiagramMenu(const Actions& actions, QWidget& window, const std::function<DiagramPane&()>& pane);

} // namespace stagelift::ui
