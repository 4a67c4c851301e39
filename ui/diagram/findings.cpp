// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/findings.h"

#include "core/artifacts/artifacts.h"
#include "ui/diagram/hit.h"
#include "ui/diagram/words.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace stagelift::ui {

namespace {

class Finder {
public:
    Finder(const Picture& picture, const QString& text)
        : m_picture(picture), m_graph(picture.graph()), m_artifacts(picture.analysis->dockerfile, m_graph), m_text(text)
    {
    }

    [[nodiscard]] std::vector<Selection> found()
    {
        for (const PictureNode& node : m_picture.nodes)
            lookAt(node);
        for (const PictureEdge& drawn : m_picture.edges)
            for (const std::size_t edge : drawn.edges)
                if (isIn(m_graph.edges[edge]))
                    add({.node = {}, .edge = edge}, m_graph.edges[edge].span.begin);
        std::ranges::stable_sort(m_found, {}, &Place::first);
        return m_found | std::views::values | std::ranges::to<std::vector>();
    }

private:
    using Place = std::pair<std::uint32_t, Selection>;

    void lookAt(const PictureNode& node)
    {
        if (node.ref.kind != NodeKind::Stage) {
            if (has(node.title.whole))
                add({.node = node.ref, .edge = {}}, spanOf(m_picture, node.ref).value_or(Span{}).begin);
            return;
        }
        const std::vector<int> alone{node.ref.index};
        for (const int stage : node.members.empty() ? alone : node.members)
            if (isIn(m_graph.stages[static_cast<std::size_t>(stage)]))
                add({.node = stageNode(stage), .edge = {}}, m_graph.stages[static_cast<std::size_t>(stage)].span.begin);
    }

    void add(const Selection& what, std::uint32_t place) { m_found.emplace_back(place, what); }

    [[nodiscard]] bool has(const QString& text) const { return text.contains(m_text, Qt::CaseInsensitive); }
    [[nodiscard]] bool has(std::string_view text) const { return has(toQt(text)); }

    [[nodiscard]] bool isIn(const Stage& stage)
    {
        return has(m_graph.label(stageNode(stage.index))) || has(stage.baseName) || has(stage.baseWord.text) ||
               has(stage.platform) ||
               std::ranges::any_of(m_artifacts.artifacts(stage.index),
                                   [this](const Artifact& artifact) { return has(artifact.path); });
    }

    [[nodiscard]] bool isIn(const Edge& edge) const
    {
        return edge.kind != EdgeKind::Base &&
               (has(edge.destination) ||
                std::ranges::any_of(edge.paths, [this](const std::string& path) { return has(path); }));
    }

    const Picture& m_picture;
    const StageGraph& m_graph;
    ArtifactFinder m_artifacts;
    QString m_text;
    std::vector<Place> m_found;
};

} // namespace

std::vector<Selection> findings(const Picture& picture, const QString& text)
{
    if (text.isEmpty() || !picture.analysis || !picture.message.isEmpty())
        return {};
    return Finder(picture, text).found();
}

} // namespace stagelift::ui
