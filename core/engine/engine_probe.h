// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an engine's answers to a few harmless questions say of it. Pure: answers in, engines out.

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
    /// What it is asked about places, and the others that it names; no question where it knows of none.
    /// @param local learns what the answer says of its own place
    QStringList placesQuestion = {};
    QList<Engine> (*places)(Engine& local, const Answer& answer) = nullptr;
};

[[nodiscard]] const QList<EngineProbe>& engineProbes();

/// The row that an engine is asked by, at whatever place.
[[nodiscard]] const EngineProbe& probeOf(const Engine& engine);
/// What a place has answered, asked as its program is, on top of what was known of it.
[[nodiscard]] Engine judgePlace(const Engine& place, const QList<Answer>& answers);

/// Best first, then those that are not ready, then those that nobody has asked.
void sortEngines(QList<Engine>& engines);

/// 0.13 as {0, 13}; anything that is not a number counts as 0.
struct ToolVersion {
    int major = 0;
    int minor = 0;
    [[nodiscard]] constexpr auto operator<=>(const ToolVersion&) const = default;
};
[[nodiscard]] ToolVersion toolVersion(const QString& text);

} // namespace stagelift
