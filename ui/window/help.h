// SPDX-License-Identifier: GPL-3.0-or-later
//
// The built-in help: what the program does, what hands can do, and every key, made from the table of actions.

#pragma once

#include <QDialog>

namespace stagelift::ui {

class Help : public QDialog {
    Q_OBJECT
public:
    explicit Help(QWidget* parent = nullptr);
};

/// The page as HTML.
[[nodiscard]] QString helpPage();

/// Version, licence, and what it is made with.
[[nodiscard]] QString aboutText();

} // namespace stagelift::ui
