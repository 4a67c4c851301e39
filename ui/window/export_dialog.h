// SPDX-License-Identifier: GPL-3.0-or-later
//
// As what the diagram is saved: the format, and of a picture its colours, its scale and whether it has a legend.

#pragma once

#include "ui/diagram/export.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;

namespace stagelift::ui {

struct ExportChoice {
    QString format = QStringLiteral("svg"); // of exportFormats()
    bool dark = false;
    DrawOptions options;
};

class ExportDialog : public QDialog {
    Q_OBJECT
public:
    /// `shownDark` is how the window looks now; it is offered first.
    ExportDialog(const Picture& picture, bool shownDark, bool legend, QWidget* parent = nullptr);

    [[nodiscard]] ExportChoice choice() const;

private:
    void settle();

    QSizeF m_plain;  // of the picture, in scene units
    QSizeF m_legend; // with a legend
    bool m_shownDark;
    QComboBox* m_format = nullptr;
    QComboBox* m_colours = nullptr;
    QDoubleSpinBox* m_scale = nullptr;
    QCheckBox* m_withLegend = nullptr;
    QLabel* m_size = nullptr;
};

} // namespace stagelift::ui
