// SPDX-License-Identifier: GPL-3.0-or-later
//
// A stage's image as a stream, from any engine. The stage is built once more as it was built before, which all comes
// from the cache; the engine writes its image to a pipe; and whoever wants to know something of it reads that on a
// thread of its own. Nothing is kept: neither on disk, nor in the engine, where the image is known by a private name
// for as long as that takes (see leftovers.h).

#pragma once

#include "core/engine/build.h"
#include "core/engine/files/tar_stream.h"

#include <memory>

namespace stagelift {

class ImageExport : public QObject {
    Q_OBJECT
public:
    enum class Phase : quint8 { Building, Reading };
    /// Called once, on a thread of its own; it may return before the stream ends. It ends soon after `stop` is called
    /// on that thread's source, which then gives an error.
    /// @returns an empty sentence where all is well, else what is wrong with the stream
    using Reader = std::function<QString(ByteSource)>;

    /// @param request as the stage was built; its target is the stage. Tags and caches that it would write are not.
    ImageExport(BuildRequest request, Reader reader, QObject* parent = nullptr);
    /// Ends what it has started.
    ~ImageExport() override;

    void start();
    /// Ends it within two seconds.
    void stop();

signals:
    void entered(stagelift::ImageExport::Phase phase);
    /// Exactly once after start(), unless it is deleted before. It may not be deleted in a slot of this.
    /// @param problem a sentence; "" where the reader has had what it wanted
    void done(const QString& problem);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace stagelift
