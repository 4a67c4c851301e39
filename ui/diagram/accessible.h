// SPDX-License-Identifier: GPL-3.0-or-later
//
// The diagram for screen readers: a list whose items are its nodes, each saying its name, base, part in the build, size
// and artifacts. Without it they would see one blank widget.

#pragma once

namespace stagelift::ui {

class DiagramView;

/// Makes diagrams accessible from now on; calling it again does nothing.
void installDiagramAccessibility();

/// Tells a screen reader that another node is the current one.
void announceNode(DiagramView& view, int node);

} // namespace stagelift::ui
