// SPDX-License-Identifier: GPL-3.0-or-later
//
// The image of a built stage, for somebody to use. A build takes away the names that it gives to images of stages, and
// Docker the images with them; so the stage is built once more as it was built before, which all comes from the cache.

#pragma once

#include "core/engine/build.h"

#include <memory>

namespace stagelift {

class StageImage : public QObject {
    Q_OBJECT
public:
    /// @param request as the stage was built; its target is the stage. Tags and caches that it would write are not.
    explicit StageImage(BuildRequest request, QObject* parent = nullptr);
    /// Ends what it has started, and takes away names that nobody has been given.
    ~StageImage() override;

    void start();
    /// Ends it within two seconds.
    void stop();

signals:
    /// This or `failed`, exactly once after start(). It may not be deleted in a slot of either.
    /// @param image what the engine calls it: a name, or an id
    /// @param names private ones, now the listener's: to be taken away with forgetCommand() once the image was used
    void ready(const QString& image, const QStringList& names);
    /// @param problem a sentence
    void failed(const QString& problem);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace stagelift
