// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an engine's answers to a few harmless questions say of it. Pure: answers in, an Engine out.

#pragma once

#include "core/engine/ask.h"
#include "core/engine/engine.h"

#include <QHash>

#include <optional>

namespace stagelift {

/// How an engine is asked: a row for each. The arguments of a question are its key among the answers.
struct EngineProbe {
    QString id; // the program's name
    QList<QStringList> questions;
    /// Empty where the program is not what its name says: `docker` may be Podman in disguise.
    std::optional<Engine> (*judge)(const QString& program, const QList<Answer>& answers);
};

[[nodiscard]] const QList<EngineProbe>& engineProbes();

/// Best first, those that are not ready last.
void sortEngines(QList<Engine>& engines);

/// 0.13 as {0, 13}; anything that is not a number counts as 0.
struct ToolVersion {
    int major = 0;
    int minor = 0;
    [[nodiscard]] constexpr auto operator<=>(const ToolVersion&) const = default;
};
[[nodiscard]] ToolVersion toolVersion(const QString& text);

} // namespace stagelift
