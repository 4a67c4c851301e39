// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/more_options.h"

#include "ui/build/lines_field.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QToolButton>

#include <optional>

namespace stagelift::ui {

namespace {

/// Reads every line of a field; the first that can't be read is told in `problem`.
template<typename Value>
QList<Value> readAll(const LinesField& field, std::expected<Value, QString> (*read)(const QString&),
                     std::optional<QString>& problem)
{
    QList<Value> values;
    for (const QString& line : field.lines()) {
        if (auto value = read(line))
            values << *value;
        else if (!problem)
            problem = value.error();
    }
    return values;
}

} // namespace

MoreOptions::MoreOptions(QFormLayout& form, const BuildExtras& extras, QWidget* dialog) : QObject(dialog), m_form(form)
{
    addHeading(dialog);
    m_pull = new QCheckBox(tr("Ask the registry for newer base &images"), dialog);
    m_pull->setChecked(extras.pull);
    form.addRow(QString(), m_pull);
    m_network = new QComboBox(dialog);
    m_network->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    for (const auto& [network, words] : {std::pair{BuildNetwork::Default, tr("the engine's own")},
                                         {BuildNetwork::None, tr("none")},
                                         {BuildNetwork::Host, tr("this machine's")}})
        m_network->addItem(words, QVariant::fromValue(static_cast<int>(network)));
    m_network->setCurrentIndex(m_network->findData(static_cast<int>(extras.network)));
    m_network->setAccessibleName(tr("Network"));
    form.addRow(tr("&Network"), m_network);
    m_rows = {m_pull, m_network};
    m_contexts = addLines(tr("Na&med contexts"), tr("NAME=FOLDER or NAME=docker-image://IMAGE; one a line"),
                          allWritten(extras.contexts), dialog);
    m_secrets = addLines(tr("&Secrets"), tr("id=NAME,src=FILE or id=NAME,env=VARIABLE; one a line"),
                         allWritten(extras.secrets), dialog);
    m_ssh = addLines(tr("SS&H"), tr("default, for the agent, or ID=KEY; one a line"), allWritten(extras.ssh), dialog);
    m_cacheFrom = addLines(tr("Cache &from"), tr("IMAGE, or as buildx takes it; one a line"), extras.cacheFrom, dialog);
    m_cacheTo = addLines(tr("Cache t&o"), tr("IMAGE, or as buildx takes it; one a line"), extras.cacheTo, dialog);

    connect(m_pull, &QCheckBox::toggled, this, &MoreOptions::changed);
    connect(m_network, &QComboBox::currentIndexChanged, this, &MoreOptions::changed);
    const bool isSet = extras != BuildExtras{};
    m_heading->setChecked(isSet);
    unfold(isSet);
    connect(m_heading, &QToolButton::toggled, this, [this](bool shown) {
        unfold(shown);
        emit unfolded(shown);
    });
}

void MoreOptions::addHeading(QWidget* dialog)
{
    m_heading = new QToolButton(dialog);
    m_heading->setText(tr("Mo&re"));
    m_heading->setToolTip(tr("Registry, network, named contexts, secrets, SSH and caches"));
    m_heading->setCheckable(true);
    m_heading->setAutoRaise(true);
    m_heading->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_heading->setFocusPolicy(Qt::StrongFocus);
    m_form.addRow(m_heading);
}

LinesField* MoreOptions::addLines(const QString& label, const QString& placeholder, const QStringList& lines,
                                  QWidget* dialog)
{
    auto* field = new LinesField(QString(label).remove(u'&'), placeholder, lines, dialog);
    m_form.addRow(label, field);
    m_rows << field;
    connect(field, &QPlainTextEdit::textChanged, this, &MoreOptions::changed);
    return field;
}

bool MoreOptions::isUnfolded() const
{
    return m_heading->isChecked();
}

void MoreOptions::unfold(bool shown)
{
    m_heading->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
    for (QWidget* row : m_rows)
        m_form.setRowVisible(row, shown);
}

std::expected<BuildExtras, QString> MoreOptions::extras() const
{
    std::optional<QString> problem;
    BuildExtras extras;
    extras.pull = m_pull->isChecked();
    extras.network = static_cast<BuildNetwork>(m_network->currentData().toInt());
    extras.contexts = readAll(*m_contexts, namedContextFrom, problem);
    extras.secrets = readAll(*m_secrets, secretFrom, problem);
    extras.ssh = readAll(*m_ssh, sshFrom, problem);
    extras.cacheFrom = readAll(*m_cacheFrom, cacheFrom, problem);
    extras.cacheTo = readAll(*m_cacheTo, cacheFrom, problem);
    if (problem)
        return std::unexpected(*problem);
    return extras;
}

} // namespace stagelift::ui
