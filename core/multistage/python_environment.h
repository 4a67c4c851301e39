// SPDX-License-Identifier: GPL-3.0-or-later
//
// A virtual environment for what pip installs, put into the builder ahead of the first install: one folder that can be
// taken along.

#pragma once

#include "core/multistage/contents.h"

namespace stagelift::multistage {

/// Makes the environment in the builder, and the same variables in both stages. Where one RUN installs Python and calls
/// pip, it is made within that RUN; or refused, where the text gives no place for that.
/// @param firstInstall the first step that installs packages of Python
void addEnvironment(Contents& contents, const Reading& reading, std::size_t firstInstall);

} // namespace stagelift::multistage
