// SPDX-License-Identifier: GPL-3.0-or-later
//
// The diagram for screen readers: a list whose items are its nodes, with their rows below them, and its edges. Each
// says in a sentence what it is (spoken.h), can be chosen, and has the commands of its menu as actions. Without it they
// would see one blank widget.

#pragma once

namespace stagelift::ui {

class DiagramView;

/// Makes diagrams accessible from now on; calling it again does nothing.
void installDiagramAccessibility();

/// Another picture is shown: items that are gone are invalid, and what is called otherwise is said.
void announcePicture(const DiagramView& view);
/// Something else is selected, or nothing: said where it is so.
void announceSelection(DiagramView& view);
/// The diagram has the focus, and so has what is selected in it.
void announceFocus(DiagramView& view);

} // namespace stagelift::ui
