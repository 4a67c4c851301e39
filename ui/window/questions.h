// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is asked before something would be lost.

#pragma once

#include <QString>

class QWidget;

namespace stagelift::ui {

enum class SaveAnswer : quint8 { Save, Discard, Cancel };

[[nodiscard]] SaveAnswer askToSave(QWidget* parent, const QString& title);
[[nodiscard]] bool askToStopBuild(QWidget* parent);

} // namespace stagelift::ui
