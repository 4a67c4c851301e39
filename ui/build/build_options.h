// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person sets for the builds of one file: remembered for it, but for what looks like a secret.

#pragma once

#include "core/engine/build_extras.h"

#include <QList>
#include <QPair>
#include <QString>
#include <QStringList>

namespace stagelift::ui {

struct BuildChoices {
    QList<QPair<QString, QString>> buildArgs;
    QString context; // a folder; "" is the one that the Dockerfile lies in
    QStringList tags;
    QString platform;        // "" is the engine's own
    QStringList alsoTargets; // what a person calls the stages that are built beside the target
    bool allStages = false;
    bool noCache = false;
    BuildExtras extras; // relative paths are taken from the folder that the Dockerfile lies in

    [[nodiscard]] bool operator==(const BuildChoices&) const = default;
};

/// The names of all that is set but not remembered.
[[nodiscard]] QStringList forgotten(const BuildChoices& choices);

} // namespace stagelift::ui
