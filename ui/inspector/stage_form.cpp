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

/// Another image keeps the tag; to a stage, to nothing and back the base is changed as a whole.
EditOutcome build(const Analysis& before, const Place& place, const std::string& text)
{
    const auto isIt = [&](const Stage& stage) { return stage.index < place.stage && stage.name == text; };
    const bool isImage = stageAt(before, place).base.kind == NodeKind::Image && text != "scratch" &&
                         std::ranges::none_of(before.graph.stages, isIt);
    return isImage ? setImage(before, place.stage, text) : changeBase(before, place.stage, text);
}

/// Stages above, the images of the file without their tags, and nothing at all.
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
            bases << toQt(baseParts(analysis, each.index).resolved.name);
    }
    bases << u"scratch"_s;
    bases.removeDuplicates();
    return bases;
}

QStringList platforms()
{
    return {QString(), u"$BUILDPLATFORM"_s, u"linux/amd64"_s, u"linux/arm64"_s, u"linux/arm/v7"_s};
}

} // namespace

StageForm::StageForm(Editing& editing, QWidget* parent)
    : Form(editing, parent), m_digest(new QLabel(this)), m_makeTarget(new QPushButton(tr("Make It the Target"), this))
{
    m_name = addField(PropertyField::Kind::Line, tr("Name"), name);
    m_name->setPlaceholder(tr("none"));
    m_base = addField(PropertyField::Kind::Choice, tr("Base"), build);
    m_tag = addField(PropertyField::Kind::Line, tr("Tag"),
                     [](const Analysis& before, const Place& at, const std::string& text) {
                         return setTag(before, at.stage, text);
                     });
    m_tag->setPlaceholder(u"latest"_s);
    m_digest->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    addRow(tr("Digest"), m_digest);
    m_platform = addField(PropertyField::Kind::Choice, tr("Platform"),
                          [](const Analysis& before, const Place& at, const std::string& text) {
                              return setPlatform(before, at.stage, text.empty() ? std::nullopt : std::optional(text));
                          });
    m_platform->setChoices(platforms());
    m_platform->setPlaceholder(tr("the build's own"));
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
    const BaseParts parts = baseParts(analysis(), stage.index);
    setHeading(tr("Stage %1, line %2")
                   .arg(stage.isNamed() ? toQt(stage.name) : QString::number(stage.index))
                   .arg(stage.lines.first));
    put(*m_name, toQt(stage.writtenName), isSame);
    m_base->setChoices(basesFor(analysis(), stage.index));
    put(*m_base, toQt(parts.resolved.name), isSame);
    const bool isImage = stage.base.kind == NodeKind::Image;
    setRowVisible(m_tag, isImage);
    put(*m_tag, toQt(parts.resolved.tag), isSame);
    const QString digest = toQt(parts.resolved.digest);
    setRowVisible(m_digest, !digest.isEmpty());
    m_digest->setText(digest.size() > 19 ? digest.first(19) + u'…' : digest);
    m_digest->setToolTip(digest);
    put(*m_platform, toQt(parts.writtenPlatform), isSame);
    setTarget(m_target);
}

} // namespace stagelift::ui
