// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files and folders dragged in from the desktop, as what a COPY takes: paths in the build context.

#pragma once

#include "ui/diagram/drag.h"

#include <QList>
#include <QUrl>

namespace stagelift::ui {

/// @param context the folder of the build context, "" where there is none yet.
/// @returns the files as paths in it, spelt so that each stands for itself; or why BuildKit would not find them.
[[nodiscard]] std::expected<ArtifactDrag, Refusal> filesDrag(const Analysis& analysis, const QString& context,
                                                             const QList<QUrl>& files);

} // namespace stagelift::ui
