// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/drag.h"

#include "ui/diagram/words.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

struct KindWord {
    NodeKind kind;
    QLatin1StringView word;
};

constexpr std::array kKinds{KindWord{NodeKind::Stage, "stage"_L1}, KindWord{NodeKind::Image, "image"_L1},
                            KindWord{NodeKind::Context, "context"_L1}};

Refusal changedMeanwhile(const ArtifactDrag& drag)
{
    if (drag.sourceName.empty())
        return {Diagram::tr("The file has changed since the drag began.").toStdString(),
                Diagram::tr("Drag it once more.").toStdString()};
    return {Diagram::tr("There is no %1 in this file.").arg(toQt(drag.sourceName)).toStdString(), {}};
}

template<typename Names>
std::optional<NodeRef> named(NodeKind kind, const Names& names, const std::string& name)
{
    const auto found = std::ranges::find(names, name);
    if (found == names.end())
        return std::nullopt;
    return NodeRef{kind, static_cast<int>(found - names.begin())};
}

bool exists(NodeRef ref, const StageGraph& graph)
{
    const std::size_t count = ref.kind == NodeKind::Stage   ? graph.stages.size()
                              : ref.kind == NodeKind::Image ? graph.images.size()
                                                            : graph.contexts.size();
    return ref.index >= 0 && static_cast<std::size_t>(ref.index) < count;
}

} // namespace

NodeRef buildContext(const StageGraph& graph)
{
    // Behind the last one where nothing takes from it yet: to core/edits that is the build context too.
    return named(NodeKind::Context, graph.contexts, {})
        .value_or(NodeRef{NodeKind::Context, static_cast<int>(graph.contexts.size())});
}

ArtifactDrag artifactDrag(const Analysis& analysis, NodeRef source, std::vector<std::string> paths)
{
    const StageGraph& graph = analysis.graph;
    const auto index = static_cast<std::size_t>(source.index);
    ArtifactDrag drag{.source = source, .sourceName = {}, .paths = std::move(paths), .revision = analysis.revision};
    if (source.kind == NodeKind::Stage)
        drag.sourceName = graph.stages[index].name;
    else if (source.kind == NodeKind::Image)
        drag.sourceName = graph.images[index];
    else if (source.kind == NodeKind::Context && index < graph.contexts.size()) // else the one that is not drawn yet
        drag.sourceName = graph.contexts[index];
    return drag;
}

std::unique_ptr<QMimeData> mimeOf(const ArtifactDrag& drag)
{
    QJsonArray paths;
    QStringList lines;
    for (const std::string& path : drag.paths) {
        lines += toQt(path);
        paths += lines.last();
    }
    const auto kind = std::ranges::find(kKinds, drag.source.kind, &KindWord::kind);
    const QJsonObject object{{u"kind"_s, kind == kKinds.end() ? QString() : QString(kind->word)},
                             {u"index"_s, drag.source.index},
                             {u"name"_s, toQt(drag.sourceName)},
                             {u"paths"_s, paths},
                             {u"revision"_s, QString::number(drag.revision)}};
    auto mime = std::make_unique<QMimeData>();
    mime->setData(kArtifactFormat, QJsonDocument(object).toJson(QJsonDocument::Compact));
    if (!lines.isEmpty())
        mime->setText(lines.join('\n'_L1));
    return mime;
}

std::optional<ArtifactDrag> dragFrom(const QMimeData* mime)
{
    if (!mime || !mime->hasFormat(kArtifactFormat))
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(mime->data(kArtifactFormat)).object();
    const QString word = object["kind"_L1].toString();
    const auto kind = std::ranges::find_if(kKinds, [&](const KindWord& each) { return each.word == word; });
    if (kind == kKinds.end())
        return std::nullopt;
    ArtifactDrag drag;
    drag.source = {kind->kind, object["index"_L1].toInt()};
    drag.sourceName = object["name"_L1].toString().toStdString();
    drag.revision = object["revision"_L1].toString().toULongLong();
    for (const auto& path : object["paths"_L1].toArray())
        drag.paths.push_back(path.toString().toStdString());
    return drag;
}

std::expected<NodeRef, Refusal> sourceNow(const ArtifactDrag& drag, const Analysis& now)
{
    const StageGraph& graph = now.graph;
    std::optional<NodeRef> found;
    if (drag.revision == now.revision && exists(drag.source, graph) &&
        artifactDrag(now, drag.source, {}).sourceName == drag.sourceName)
        return drag.source;
    if (drag.source.kind == NodeKind::Image)
        found = named(NodeKind::Image, graph.images, drag.sourceName);
    else if (drag.source.kind == NodeKind::Context)
        found =
            drag.sourceName.empty() ? buildContext(graph) : named(NodeKind::Context, graph.contexts, drag.sourceName);
    else if (!drag.sourceName.empty())
        if (const std::optional<int> stage = graph.findTarget(drag.sourceName))
            found = stageNode(*stage);
    if (!found)
        return std::unexpected(changedMeanwhile(drag));
    return *found;
}

CopyIntent copyIntent(NodeRef source, int target, std::vector<std::string> paths, std::optional<std::uint32_t> place)
{
    CopyIntent intent;
    intent.source = source;
    intent.target = target;
    intent.paths = std::move(paths);
    intent.place = place;
    return intent;
}

EditOutcome dropped(const ArtifactDrag& drag, const Analysis& now, int target, std::optional<std::uint32_t> place)
{
    const auto source = sourceNow(drag, now);
    if (!source)
        return std::unexpected(source.error());
    std::vector<std::string> paths = drag.paths;
    if (paths.empty())
        paths.emplace_back(".");
    CopyIntent intent = copyIntent(*source, target, std::move(paths), place);
    intent.destination = drag.destination;
    return copyArtifact(now, intent);
}

QString sentences(const Refusal& refusal)
{
    const QString reason = toQt(refusal.reason);
    return refusal.mend.empty() ? reason : reason + u'\n' + toQt(refusal.mend);
}

} // namespace stagelift::ui
