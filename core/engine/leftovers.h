// SPDX-License-Identifier: GPL-3.0-or-later
//
// The private names that a build gives to images of stages while it measures them, and what becomes of those that are
// left when this program ends before it has taken them away. The name says whose it is; a label would become a part of
// the image, and of the user's own, which is the same.

#pragma once

#include "core/engine/engine.h"

#include <QStringList>

#include <functional>

namespace stagelift {

/// Who names images: a process, on a machine that has been up since it was started.
struct Namer {
    QString machine; // "" where the machine has no identity: nothing is swept there
    QString boot;
    qint64 process = 0;

    [[nodiscard]] static Namer own();
};

/// "stagelift-1a2b3c-4d5e6f-4711-0a1b2c3d": never twice the same.
[[nodiscard]] QString privateName(const Namer& namer);

/// True where `image`, "NAME:TAG", was named on this machine by a process that is gone.
[[nodiscard]] bool isLeftOver(const QString& image, const Namer& own, const std::function<bool(qint64)>& isAlive);

/// Takes names away without waiting for it, so that it is done even where this program ends before.
void forgetDetached(const Engine& engine, const QStringList& names);

/// Takes away what is left over in an engine. Quietly: what can't be taken away now is so at the next start.
/// @param done how many names went; called once unless `context` goes away before
void sweepLeftovers(const Engine& engine, QObject* context, std::function<void(qsizetype swept)> done = {});

} // namespace stagelift
