// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/words.h"
#include "ui/inspector/forms.h"
#include "ui/theme/apply_theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

const Stage& stageAt(const Analysis& analysis, const Place& place)
{
    return analysis.graph.stages[static_cast<std::size_t>(place.stage)];
}

EditOutcome name(const Analysis& before, const Place& place, const std::string& text)
{
    return stageAt(before, place).isNamed() ? renameStage(before, place.stage, text)
                                            : nameStage(before, place.stage, text);
}

EditOutcome build(const Analysis& before, const Place& place, const std::string& text)
{
    return changeBase(before, place.stage, text);
}

/// Stages above, the images of the file, and nothing at all.
QStringList basesFor(const Analysis& analysis, int stage)
{
    QStringList bases;
    for (int above = stage - 1; above >= 0; --above) {
        const std::string& name = analysis.graph.stages[static_cast<std::size_t>(above)].name;
        if (!name.empty())
            bases << toQt(name);
    }
    for (const Stage& each : analysis.graph.stages) {
        if (each.base.kind == NodeKind::Image)
            bases << toQt(each.baseName);
    }
    bases << u"scratch"_s;
    bases.removeDuplicates();
    return bases;
}

} // namespace

StageForm::StageForm(Editing& editing, QWidget* parent)
    : Form(editing, parent), m_makeTarget(new QPushButton(tr("Make It the Target"), this))
{
    m_name = addField(PropertyField::Kind::Line, tr("Name"), name);
    m_name->setPlaceholder(tr("none"));
    m_base = addField(PropertyField::Kind::Choice, tr("Base"), build);
    auto* buttons = new QWidget(this);
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 2, 0, 0);
    row->addWidget(m_makeTarget);
    row->addStretch();
    addWide(buttons);
    connect(m_makeTarget, &QPushButton::clicked, this, [this] { emit targetChosen(place().stage); });
}

void StageForm::setTarget(int target)
{
    m_target = target;
    m_makeTarget->setEnabled(place().stage >= 0 && place().stage != m_target);
}

void StageForm::fill(bool isSame)
{
    const Stage& stage = stageAt(analysis(), place());
    setHeading(tr("Stage %1, line %2")
                   .arg(stage.isNamed() ? toQt(stage.name) : QString::number(stage.index))
                   .arg(stage.lines.first));
    put(*m_name, toQt(stage.writtenName), isSame);
    m_base->setChoices(basesFor(analysis(), stage.index));
    put(*m_base, toQt(stage.baseWord.text), isSame);
    setTarget(m_target);
}

} // namespace stagelift::ui
