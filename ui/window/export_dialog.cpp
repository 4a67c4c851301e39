// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/export_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

#include <cmath>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

enum Colours : quint8 { AsShown, Light, Dark };

} // namespace

ExportDialog::ExportDialog(const Picture& picture, bool shownDark, bool legend, QWidget* parent)
    : QDialog(parent),
      m_plain(pageSize(picture, {})),
      m_legend(pageSize(picture, {.legend = true})),
      m_shownDark(shownDark),
      m_format(new QComboBox(this)),
      m_colours(new QComboBox(this)),
      m_scale(new QDoubleSpinBox(this)),
      m_withLegend(new QCheckBox(tr("With a &legend below it"), this)),
      m_size(new QLabel(this))
{
    setWindowTitle(tr("Export Diagram"));
    for (const ExportFormat& format : exportFormats())
        m_format->addItem(format.title(), QString(format.name));
    m_colours->addItems({tr("As shown"), tr("Light"), tr("Dark")});
    m_scale->setRange(1, 8);
    m_scale->setSingleStep(0.5);
    m_scale->setDecimals(1);
    m_scale->setValue(DrawOptions{}.scale);
    m_scale->setSuffix(tr(" ×"));
    m_withLegend->setChecked(legend);
    auto* form = new QFormLayout(this);
    form->addRow(tr("&Format:"), m_format);
    form->addRow(tr("&Colours:"), m_colours);
    form->addRow(tr("&Scale:"), m_scale);
    form->addRow(QString(), m_size);
    form->addRow(QString(), m_withLegend);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Save)->setText(tr("&Save As…"));
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::settle);
    connect(m_scale, &QDoubleSpinBox::valueChanged, this, &ExportDialog::settle);
    connect(m_withLegend, &QCheckBox::toggled, this, &ExportDialog::settle);
    settle();
}

ExportChoice ExportDialog::choice() const
{
    const int colours = m_colours->currentIndex();
    return {.format = m_format->currentData().toString(),
            .dark = colours == AsShown ? m_shownDark : colours == Dark,
            .options = {.scale = m_scale->value(), .legend = m_withLegend->isChecked()}};
}

void ExportDialog::settle()
{
    const ExportFormat& format = exportFormats()[static_cast<std::size_t>(m_format->currentIndex())];
    m_colours->setEnabled(format.isPicture);
    m_withLegend->setEnabled(format.isPicture);
    m_scale->setEnabled(format.hasPixels);
    const QSizeF size = (m_withLegend->isChecked() ? m_legend : m_plain) * m_scale->value();
    const QLocale locale;
    m_size->setText(format.hasPixels ? tr("%1 × %2 pixels")
                                           .arg(locale.toString(static_cast<int>(std::ceil(size.width()))),
                                                locale.toString(static_cast<int>(std::ceil(size.height()))))
                                     : tr("Sharp at every size"));
    m_size->setVisible(format.isPicture);
}

} // namespace stagelift::ui
