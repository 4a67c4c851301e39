// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/composer.h"

#include "ui/diagram/own_font.h"
#include "ui/document/background.h"

#include <utility>

namespace stagelift::ui {

namespace {

/// Up to here a picture is composed in well under 50 ms.
constexpr std::size_t kAtOnce = 150;
constexpr std::size_t kInstructionsAtOnce = 2000; // more of them take over 50 ms to look through

std::size_t nodeCount(const PictureInput& input)
{
    if (!input.analysis)
        return 0;
    const StageGraph& graph = input.analysis->graph;
    return graph.stages.size() + graph.images.size() + graph.contexts.size();
}

} // namespace

void Composer::request(const PictureInput& input)
{
    if (m_busy) {
        m_next = input;
        return;
    }
    const bool isQuick = nodeCount(input) <= kAtOnce &&
                         (!input.analysis || input.analysis->dockerfile.instructions.size() <= kInstructionsAtOnce);
    if (isQuick || input.analysis->graph.stages.size() > kMostStages)
        finish(std::make_shared<Picture>(compose(input, m_last.get())));
    else
        start(input);
}

void Composer::start(const PictureInput& input)
{
    m_busy = true;
    PictureInput apart = input;
    apart.font = ownFont(input.font);
    inBackground(
        this,
        [input = std::move(apart), last = m_last] { return std::make_shared<Picture>(compose(input, last.get())); },
        [this](const std::shared_ptr<Picture>& picture) {
            m_busy = false;
            if (!m_next) {
                finish(picture);
                return;
            }
            m_last = picture;
            request(*std::exchange(m_next, std::nullopt));
        });
}

void Composer::finish(const std::shared_ptr<Picture>& picture)
{
    m_last = picture;
    emit composed(picture);
}

} // namespace stagelift::ui
