// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Dockerfile as it is handed to the engine. Only a stage that has a name can be a target, and of several of one
// name only the last; so stages that shall be measured and can't be named get a name here. They get the one that
// BuildKit shows anyway ("stage-2"), so nothing looks different; lines stay where they are, and so do the steps' cache
// keys.

#pragma once

#include "core/edits/analysis.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace stagelift {

struct BuildText {
    QByteArray text;
    QStringList names; // of every stage in `text`; "" where it has none still

    /// What --target takes for a stage; empty for the last, which is the default.
    [[nodiscard]] QString target(int stage) const;
};

[[nodiscard]] BuildText buildText(const Analysis& analysis, const QList<int>& measured);

} // namespace stagelift
