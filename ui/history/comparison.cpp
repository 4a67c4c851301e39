// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/history/comparison.h"

#include "core/history/history_report.h"
#include "ui/build/timeline_plan.h"
#include "ui/history/comparison_dialog.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

void sayIfOther(QStringList& sentences, const QString& what, const QString& before, const QString& after)
{
    if (before == after)
        return;
    if (before.isEmpty())
        sentences << ComparisonDialog::tr("%1 is %2, and was not set").arg(what, after);
    else if (after.isEmpty())
        sentences << ComparisonDialog::tr("%1 was %2, and is not set").arg(what, before);
    else
        sentences << ComparisonDialog::tr("%1 was %2, and is %3").arg(what, before, after);
}

/// "" where it was not given.
QString valueOf(const KeptBuild& build, const QString& name)
{
    const auto found = std::ranges::find(build.arguments, name, &KeptArgument::name);
    if (found == build.arguments.end())
        return {};
    if (!found->value)
        return ComparisonDialog::tr("something that is not kept");
    return found->value->isEmpty() ? ComparisonDialog::tr("empty") : *found->value;
}

/// "new", "gone", "" for neither; nothing where both are there.
std::optional<QString> missing(std::optional<qint64> before, std::optional<qint64> after)
{
    if (before && after)
        return std::nullopt;
    return after ? ComparisonDialog::tr("new") : before ? ComparisonDialog::tr("gone") : QString();
}

} // namespace

QList<StageDifference> compareStages(const KeptBuild& before, const KeptBuild& after)
{
    QList<StageDifference> differences;
    for (const KeptStage& stage : after.stages) {
        StageDifference each{.stage = stage.label,
                             .totalBefore = {},
                             .totalAfter = stage.total,
                             .ownBefore = {},
                             .ownAfter = stage.own,
                             .timeBefore = {},
                             .timeAfter = stage.milliseconds,
                             .cachedAfter = stage.cached};
        if (const KeptStage* old = before.stage(stage.label)) {
            each.totalBefore = old->total;
            each.ownBefore = old->own;
            each.timeBefore = old->milliseconds;
            each.cachedBefore = old->cached;
        }
        differences << each;
    }
    for (const KeptStage& old : before.stages)
        if (!after.stage(old.label))
            differences << StageDifference{.stage = old.label,
                                           .totalBefore = old.total,
                                           .totalAfter = {},
                                           .ownBefore = old.own,
                                           .ownAfter = {},
                                           .timeBefore = old.milliseconds,
                                           .timeAfter = {},
                                           .cachedBefore = old.cached};
    return differences;
}

QStringList compareSettings(const KeptBuild& before, const KeptBuild& after)
{
    QStringList sentences;
    sayIfOther(sentences, ComparisonDialog::tr("The target"), before.target, after.target);
    sayIfOther(sentences, ComparisonDialog::tr("The engine"), before.engineLabel(), after.engineLabel());
    sayIfOther(sentences, ComparisonDialog::tr("The platform"), before.platform, after.platform);
    QStringList names;
    for (const KeptBuild* build : {&before, &after})
        for (const KeptArgument& each : build->arguments)
            if (!names.contains(each.name))
                names << each.name;
    for (const QString& name : std::as_const(names))
        sayIfOther(sentences, name, valueOf(before, name), valueOf(after, name));
    return sentences;
}

QString sizeDifference(std::optional<qint64> before, std::optional<qint64> after)
{
    if (const auto word = missing(before, after))
        return *word;
    return signedSize(*after - *before);
}

QString timeDifference(std::optional<qint64> before, std::optional<qint64> after)
{
    if (const auto word = missing(before, after))
        return *word;
    const qint64 more = *after - *before;
    if (more == 0)
        return ComparisonDialog::tr("none");
    return (more > 0 ? u"+"_s : u"−"_s) + timeText(std::abs(more));
}

} // namespace stagelift::ui
