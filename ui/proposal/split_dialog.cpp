// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/proposal/split_dialog.h"

#include "core/artifacts/artifacts.h"
#include "core/edits/stage_edits.h"
#include "ui/diagram/words.h"

#include <QFontDatabase>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSet>

#include <algorithm>
#include <array>

namespace stagelift::ui {

namespace {

constexpr int kRows = 7;       // seen at once
constexpr int kMostShown = 80; // characters of an instruction

/// What can stand in a builder: what runs or brings files in, and what holds for those.
bool mayMove(Keyword keyword)
{
    static constexpr std::array kWorking{Keyword::Run, Keyword::Copy,    Keyword::Add,  Keyword::Env,
                                         Keyword::Arg, Keyword::Workdir, Keyword::User, Keyword::Shell};
    return std::ranges::contains(kWorking, keyword);
}

bool isWithin(Span inner, Span outer)
{
    return outer.begin <= inner.begin && inner.end <= outer.end;
}

QListWidgetItem* addCheck(QListWidget& list, const QString& text, bool checked)
{
    auto* item = new QListWidgetItem(text, &list);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(checked ? Qt::Checked : Qt::Unchecked);
    return item;
}

void showRows(QListWidget& list)
{
    list.setFixedHeight((list.fontMetrics().height() + 6) * kRows);
}

} // namespace

SplitDialog::SplitDialog(const AnalysisPtr& analysis, int stage, const Theme& theme, QWidget* parent)
    : ProposalDialog(analysis, theme, tr("&Split"), parent), m_stage(stage)
{
    setWindowTitle(tr("Split Stage"));
    auto* all = new QWidget(this);
    auto* columns = new QHBoxLayout(all);
    columns->setContentsMargins({});
    columns->addWidget(makeInstructions(), 3);
    columns->addWidget(makeSurvivors(), 2);
    setChoices(all);
    offerSurvivors();
    connect(m_instructions, &QListWidget::itemChanged, this, [this] {
        offerSurvivors();
        proposeSoon();
    });
    connect(m_survivors, &QListWidget::itemChanged, this, [this] { proposeSoon(); });
    for (const QLineEdit* field : {m_name, m_morePaths})
        connect(field, &QLineEdit::textChanged, this, [this] { proposeSoon(); });
    proposeNow();
}

QWidget* SplitDialog::makeInstructions()
{
    const std::vector<std::size_t> chosen = usualChoice();
    auto* group = new QGroupBox(tr("Move into a builder"), this);
    auto* column = new QVBoxLayout(group);
    m_instructions = new QListWidget(group);
    m_instructions->setAccessibleName(group->title());
    m_instructions->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    const Stage& stage = before().graph.stages[static_cast<std::size_t>(m_stage)];
    for (std::size_t index = stage.firstInstruction + 1; index < stage.endInstruction; ++index) {
        const Instruction& instruction = before().dockerfile.instructions[index];
        if (!mayMove(instruction.keyword))
            continue;
        const QString text = toQt(before().source.at(instruction.span)).simplified();
        auto* item = addCheck(*m_instructions, text.size() > kMostShown ? text.first(kMostShown) + QChar(0x2026) : text,
                              std::ranges::contains(chosen, index));
        item->setData(Qt::UserRole, static_cast<qulonglong>(index));
    }
    showRows(*m_instructions);
    column->addWidget(m_instructions);
    return group;
}

QWidget* SplitDialog::makeSurvivors()
{
    auto* group = new QGroupBox(tr("Copy back what the stage still needs"), this);
    auto* form = new QFormLayout(group);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_survivors = new QListWidget(group);
    m_survivors->setAccessibleName(group->title());
    m_survivors->setFixedHeight((m_survivors->fontMetrics().height() + 6) * (kRows - 3));
    m_morePaths = new QLineEdit(group);
    m_morePaths->setPlaceholderText(tr("/usr/local/bin/tool; several are divided by blanks"));
    m_name = new QLineEdit(group);
    m_name->setPlaceholderText(tr("proposed where it is empty"));
    form->addRow(m_survivors);
    form->addRow(tr("&Others"), m_morePaths);
    form->addRow(tr("Builder's &name"), m_name);
    return group;
}

/// All that works, up to the last instruction that makes something another stage might want.
std::vector<std::size_t> SplitDialog::usualChoice() const
{
    const Stage& stage = before().graph.stages[static_cast<std::size_t>(m_stage)];
    const std::vector<Artifact> made = artifacts(before().dockerfile, before().graph, m_stage);
    std::vector<std::size_t> chosen;
    std::size_t count = 0; // up to and with the last one that makes something
    for (std::size_t index = stage.firstInstruction + 1; index < stage.endInstruction; ++index) {
        const Instruction& instruction = before().dockerfile.instructions[index];
        if (!mayMove(instruction.keyword))
            continue;
        chosen.push_back(index);
        const bool makes = instruction.keyword == Keyword::Run && std::ranges::any_of(made, [&](const Artifact& each) {
                               return isWithin(each.span, instruction.span);
                           });
        if (makes)
            count = chosen.size();
    }
    chosen.resize(count);
    return chosen;
}

std::vector<std::size_t> SplitDialog::chosenInstructions() const
{
    std::vector<std::size_t> chosen;
    for (int row = 0; row < m_instructions->count(); ++row)
        if (const QListWidgetItem* item = m_instructions->item(row); item->checkState() == Qt::Checked)
            chosen.push_back(static_cast<std::size_t>(item->data(Qt::UserRole).toULongLong()));
    return chosen;
}

std::vector<std::string> SplitDialog::chosenSurvivors() const
{
    std::vector<std::string> paths;
    for (int row = 0; row < m_survivors->count(); ++row)
        if (const QListWidgetItem* item = m_survivors->item(row); item->checkState() == Qt::Checked)
            paths.push_back(item->data(Qt::UserRole).toString().toStdString());
    for (const QString& path : m_morePaths->text().split(QLatin1Char(' '), Qt::SkipEmptyParts))
        paths.push_back(path.toStdString());
    return paths;
}

void SplitDialog::offerSurvivors()
{
    QSet<QString> checked;
    QSet<QString> refused;
    for (int row = 0; row < m_survivors->count(); ++row) {
        const QListWidgetItem* item = m_survivors->item(row);
        (item->checkState() == Qt::Checked ? checked : refused).insert(item->data(Qt::UserRole).toString());
    }
    const QSignalBlocker blocker(m_survivors);
    m_survivors->clear();
    const std::vector<std::size_t> chosen = chosenInstructions();
    for (const Artifact& artifact : artifacts(before().dockerfile, before().graph, m_stage)) {
        const auto maker = std::ranges::find_if(chosen, [&](std::size_t index) {
            return isWithin(artifact.span, before().dockerfile.instructions[index].span);
        });
        if (maker == chosen.end())
            continue;
        // What is made is wanted as a rule; what it is made from rather not.
        const bool isMade = before().dockerfile.instructions[*maker].keyword == Keyword::Run;
        const QString path = toQt(artifact.path);
        auto* item = addCheck(*m_survivors, tr("%1 — %2").arg(path, toQt(artifact.reason)),
                              checked.contains(path) || (isMade && !refused.contains(path)));
        item->setData(Qt::UserRole, path);
    }
}

std::expected<Proposal, Refusal> SplitDialog::propose() const
{
    const EditOutcome outcome = splitStage(before(), {.stage = m_stage,
                                                      .instructions = chosenInstructions(),
                                                      .survivors = chosenSurvivors(),
                                                      .name = m_name->text().trimmed().toStdString()});
    if (!outcome)
        return std::unexpected(outcome.error());
    const QString stage = toQt(before().graph.label(stageNode(m_stage)));
    return Proposal{.title = tr("A part of %1 in a stage of its own").arg(stage).toStdString(),
                    .edits = outcome->edits,
                    .select = outcome->select,
                    .explanations = {},
                    .cautions = {}};
}

} // namespace stagelift::ui
