// SPDX-License-Identifier: GPL-3.0-or-later
//
// The container engines of this machine, for verbs that need one.

#pragma once

#include "core/engine/engine.h"

#include <QList>
#include <QString>

#include <expected>

namespace stagelift::app {

/// All that are installed, best first. Waits for their answers in an event loop of its own.
[[nodiscard]] QList<Engine> findEngines();

/// The one called `id`, the best for ""; else a sentence that says what is here and what to do.
[[nodiscard]] std::expected<Engine, QString> choose(const QList<Engine>& engines, const QString& id);

} // namespace stagelift::app
