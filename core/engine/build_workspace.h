// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is decided and laid out ahead of a build: which stages are measured, the text in a file of its own with its
// ignore file beside it, and what is refused without asking any engine.

#pragma once

#include "core/engine/build.h"
#include "core/engine/build_plan.h"
#include "core/engine/build_text.h"

#include <QTemporaryDir>

namespace stagelift {

class Workspace {
public:
    /// @returns what went wrong, in a sentence; empty where nothing did.
    [[nodiscard]] QString prepare(const BuildRequest& request);
    /// The same where only the target's image is of interest.
    [[nodiscard]] QString prepareTargetAlone(const BuildRequest& request);

    /// Looks at `request` and at this.
    [[nodiscard]] BuildTask task(const BuildRequest& request) const;
    [[nodiscard]] const BuildText& text() const { return m_text; }
    [[nodiscard]] int target() const { return m_target; }
    [[nodiscard]] const QList<int>& measured() const { return m_measured; }

private:
    [[nodiscard]] QString layOut(const BuildRequest& request);

    QTemporaryDir m_folder;
    BuildText m_text;
    QString m_dockerfile;
    QString m_tag;
    int m_target = 0;
    QList<int> m_measured;
    QList<int> m_leaves;
};

/// Why this can't even be tried; empty where it can.
[[nodiscard]] QString refusalToBuild(const BuildRequest& request);

/// The build of a stage once more, which all comes from the cache: that stage alone, without the tags and caches that
/// it would write.
/// @param request as the stage was built; its target is the stage
[[nodiscard]] BuildRequest onceMore(BuildRequest request);

/// Why the targets can't be built in one build; "" where they can.
[[nodiscard]] QString refusalOfTargets(const BuildRequest& request);

/// The first of the stages that are built: the one asked for, or the default. See targetsOf(), too.
[[nodiscard]] int targetOf(const BuildRequest& request);

/// The command that builds the target, as a person would type it, secrets left to the environment; of several, one
/// after the other.
[[nodiscard]] QString typedCommandLine(const BuildRequest& request);

/// Values of build arguments and contents of secrets that must not be seen, read anew. Very short ones are left out:
/// they would blot out half of a log.
[[nodiscard]] QStringList secretValues(const BuildRequest& request);

} // namespace stagelift
