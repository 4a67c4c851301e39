// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the tests of edits share: nodes by the names a person calls them, and an outcome as one string, the text after
// it with the selection in «», or the reason of its refusal.

#pragma once

#include "core/edit_trials.h"

#include <QStringList>

namespace stagelift::test {

inline std::unique_ptr<Analysis> analysisOf(const QString& text)
{
    return analysisOf(text.toStdString());
}

/// A stage by its number, "context", "scratch", else an image by its name.
inline NodeRef nodeFrom(const Analysis& analysis, const QString& text)
{
    bool isNumber = false;
    const int index = text.toInt(&isNumber);
    if (isNumber)
        return stageNode(index);
    if (text == QLatin1String("context"))
        return {NodeKind::Context, 0};
    if (text == QLatin1String("scratch"))
        return {NodeKind::Scratch, 0};
    const auto& images = analysis.graph.images;
    const auto found = std::ranges::find(images, text.toStdString());
    return {NodeKind::Image, found == images.end() ? -1 : static_cast<int>(found - images.begin())};
}

/// "2 copy" is the first COPY edge, "2 mount" the first mount edge that ends at stage 2; "2 copy 1" the second one.
inline std::size_t edgeFrom(const Analysis& analysis, const QString& text)
{
    const QStringList words = text.split(QLatin1Char(' '));
    int skip = words.value(2).toInt();
    const auto& edges = analysis.graph.edges;
    for (std::size_t index = 0; index < edges.size(); ++index) {
        const EdgeKind kind = edges[index].kind;
        const QString name = kind == EdgeKind::Base    ? QStringLiteral("base")
                             : kind == EdgeKind::Copy  ? QStringLiteral("copy")
                             : kind == EdgeKind::Mount ? QStringLiteral("mount")
                                                       : QStringLiteral("onbuild");
        if (edges[index].to == words.value(0).toInt() && name == words.value(1) && skip-- == 0)
            return index;
    }
    return edges.size();
}

inline QString refusalOf(const EditOutcome& outcome)
{
    return outcome ? QString() : QStringLiteral("refused: %1").arg(QString::fromStdString(outcome.error().reason));
}

/// The outcome as a person sees it. An edit that can't be undone byte for byte says so.
inline QString shown(const Analysis& before, const EditOutcome& outcome)
{
    if (!outcome)
        return refusalOf(outcome);
    std::string after = applied(before.source.bytes(), outcome->edits);
    if (applied(after, inverse(before.source.bytes(), outcome->edits)) != before.source.bytes())
        return QStringLiteral("its undo does not bring the text back");
    if (outcome->select.end > after.size() || outcome->select.begin > outcome->select.end)
        return QStringLiteral("its selection is not in the text");
    if (!outcome->select.empty()) {
        after.insert(outcome->select.end, "»");
        after.insert(outcome->select.begin, "«");
    }
    return QString::fromStdString(after);
}

} // namespace stagelift::test
