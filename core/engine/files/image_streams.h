// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the layers of images weigh that a builder writes to named pipes, several at once: each is read as it goes by, on
// a thread of its own, and nothing of it is kept.

#pragma once

#include "core/engine/build_plan.h"

#include <expected>
#include <functional>
#include <memory>

namespace stagelift {

class ImageStreams {
public:
    /// @param layers of a stage's image, as layersOf() has them; or why they can't be told, in a sentence
    using Hear = std::function<void(int stage, const std::expected<Layers, QString>& layers)>;

    /// Makes the pipes and begins to wait for writers.
    /// @param paths by stage, see BuildRun::streams
    /// @param hear called once for each stage, on this thread, at the latest after writersHaveEnded()
    ImageStreams(const QHash<int, QString>& paths, Hear hear);
    /// Whoever still writes will find nobody there. `hear` is not called any more.
    ~ImageStreams();
    ImageStreams(const ImageStreams&) = delete;
    ImageStreams& operator=(const ImageStreams&) = delete;

    /// False where a pipe could not be made.
    [[nodiscard]] bool areOpen() const;
    /// What is not whole by now will not be.
    void writersHaveEnded();

private:
    struct Stream;
    QHash<int, std::shared_ptr<Stream>> m_streams;
    std::unique_ptr<QObject> m_receiver; // on this thread
};

class ImageFiles;

/// The entries of the image's history with what their layers weigh, as Docker's overlay2 counts it: the bytes of the
/// files that are in them, and of the targets of links.
[[nodiscard]] Layers layersOf(const ImageFiles& files);

} // namespace stagelift
