// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/proposal/multistage_dialog.h"

#include "ui/diagram/words.h"

#include <QComboBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>

namespace stagelift::ui {

namespace {

constexpr int kArtifactRows = 5; // seen at once

} // namespace

MultiStageDialog::MultiStageDialog(const AnalysisPtr& before, const Theme& theme, QWidget* parent)
    : ProposalDialog(before, theme, tr("&Make Multi-Stage"), parent)
{
    setWindowTitle(tr("Make Multi-Stage"));
    const MultiStageChoices choices = multiStageChoices(*before);
    if (!choices.refusal)
        makeChoices(choices);
    proposeNow();
}

void MultiStageDialog::makeChoices(const MultiStageChoices& choices)
{
    auto* all = new QWidget(this);
    auto* columns = new QHBoxLayout(all);
    columns->setContentsMargins({});
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_base = new QComboBox(all);
    m_base->setEditable(true);
    m_base->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_base->setInsertPolicy(QComboBox::NoInsert);
    for (const BaseChoice& base : choices.bases) {
        m_base->addItem(toQt(base.image), toQt(base.why));
        m_base->setItemData(m_base->count() - 1, toQt(base.why), Qt::ToolTipRole);
    }
    m_why = new QLabel(all);
    m_why->setWordWrap(true);
    m_why->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_why->setForegroundRole(QPalette::PlaceholderText);
    const auto tellWhy = [this](const QString& image) {
        const int known = m_base->findText(image);
        m_why->setText(known < 0 ? tr("Your own choice.") : m_base->itemData(known).toString());
    };
    tellWhy(m_base->currentText());
    m_builder = new QLineEdit(toQt(choices.builderName), all);
    m_user = new QLineEdit(toQt(choices.user), all);
    m_user->setPlaceholderText(tr("as the base image has it"));
    form->addRow(tr("&Ship on"), m_base);
    form->addRow(QString(), m_why);
    form->addRow(tr("&Build in a stage called"), m_builder);
    form->addRow(tr("R&un as"), m_user);
    columns->addLayout(form, 1);
    columns->addWidget(makeArtifacts(choices), 1);
    setChoices(all);

    connect(m_base, &QComboBox::currentTextChanged, this, [this, tellWhy](const QString& image) {
        tellWhy(image);
        proposeSoon();
    });
    for (const QLineEdit* field : {m_builder, m_user})
        connect(field, &QLineEdit::textChanged, this, [this] { proposeSoon(); });
}

QWidget* MultiStageDialog::makeArtifacts(const MultiStageChoices& choices)
{
    auto* group = new QGroupBox(tr("Take along from the builder"), this);
    auto* column = new QVBoxLayout(group);
    m_artifacts = new QListWidget(group);
    m_artifacts->setAccessibleName(group->title());
    for (const ArtifactChoice& artifact : choices.artifacts) {
        auto* item = new QListWidgetItem(tr("%1 — %2").arg(toQt(artifact.path), toQt(artifact.how)), m_artifacts);
        item->setData(Qt::UserRole, toQt(artifact.path));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(artifact.isProposed ? Qt::Checked : Qt::Unchecked);
    }
    m_artifacts->setFixedHeight((m_artifacts->fontMetrics().height() + 6) * kArtifactRows);
    column->addWidget(m_artifacts);
    connect(m_artifacts, &QListWidget::itemChanged, this, [this] {
        m_artifactsChosen = true;
        proposeSoon();
    });
    return group;
}

std::expected<Proposal, Refusal> MultiStageDialog::propose() const
{
    if (!m_base) // there is nothing to choose: the reason is told
        return makeMultiStage(before());
    MultiStageOptions options{.runtimeBase = m_base->currentText().trimmed().toStdString(),
                              .artifacts = {},
                              .builderName = m_builder->text().trimmed().toStdString(),
                              .user = {}};
    // What nobody has touched is proposed anew, to suit the other choices.
    if (m_user->isModified())
        options.user = m_user->text().trimmed().toStdString();
    for (int row = 0; m_artifactsChosen && row < m_artifacts->count(); ++row)
        if (m_artifacts->item(row)->checkState() == Qt::Checked)
            options.artifacts.push_back(m_artifacts->item(row)->data(Qt::UserRole).toString().toStdString());
    if (m_artifactsChosen && options.artifacts.empty())
        return std::unexpected(Refusal{tr("Nothing would be taken along from the builder.").toStdString(),
                                       tr("Check what the running program needs.").toStdString()});
    return makeMultiStage(before(), options);
}

} // namespace stagelift::ui
