// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/classic_picture.h"

#include "core/stages/classic_builder.h"
#include "ui/diagram/words.h"

#include <algorithm>

namespace stagelift::ui {

namespace {

void buildToo(PictureNode& node)
{
    node.needed = true;
    node.need = 1;
    node.role = Role::BuiltToo;
    node.tests.clear();
    // No longer than any word that it takes the place of.
    node.badge.whole = Diagram::tr("built too");
    node.badge.shown = node.badge.whole;
}

QString caption(const Picture& picture, const QString& sentence, std::size_t built)
{
    return picture.analysis && picture.message.isEmpty() ? sentence.arg(built) : QString();
}

int stagesOf(const Picture& picture)
{
    return picture.analysis ? static_cast<int>(picture.graph().stages.size()) : 0;
}

} // namespace

Picture underClassicBuilder(const Picture& picture)
{
    Picture classic = picture;
    if (!picture.analysis || !picture.message.isEmpty())
        return classic;
    const std::vector<int> built = builtByClassic(picture.graph(), picture.target);
    for (PictureNode& node : classic.nodes)
        if (node.ref.kind == NodeKind::Stage && !node.needed && std::ranges::contains(built, node.ref.index))
            buildToo(node);
    for (PictureEdge& edge : classic.edges) {
        PictureNode& source = classic.nodes[static_cast<std::size_t>(edge.from)];
        const PictureNode& sink = classic.nodes[static_cast<std::size_t>(edge.to)];
        if (source.ref.kind != NodeKind::Stage && sink.needed) { // an image is pulled for whatever is built from it
            source.needed = true;
            source.need = 1;
        }
        edge.needed = source.needed && sink.needed;
        edge.need = std::min(source.need, sink.need);
    }
    return classic;
}

QString buildKitCaption(const Picture& picture)
{
    const std::size_t built = picture.analysis ? picture.graph().reachable(picture.target).size() : 0;
    return caption(picture, Diagram::tr("BuildKit builds %1 of %n stages", nullptr, stagesOf(picture)), built);
}

QString classicCaption(const Picture& picture)
{
    const std::size_t built = picture.analysis ? builtByClassic(picture.graph(), picture.target).size() : 0;
    return caption(
        picture,
        Diagram::tr("The classic builder builds %1 of %n: every stage up to the target", nullptr, stagesOf(picture)),
        built);
}

} // namespace stagelift::ui
