// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files of as many stages as are wanted, to see how costs grow.

#pragma once

#include <string>

namespace stagelift::bench {

/// As a big build is written: stages on images and on earlier stages, with arguments, variables, copies from near and
/// far, a mount and a heredoc now and then.
[[nodiscard]] std::string mixedStages(int count);

/// Every stage on the one above it, and each sets a variable: what is handed down gets longer and longer.
[[nodiscard]] std::string chainedStages(int count);

/// As the file of a company with many services is written: a few bases that all stand on, for each service its sources,
/// its dependencies, its build, its tests and what runs, and bundles of ten services.
[[nodiscard]] std::string serviceStages(int count);

} // namespace stagelift::bench
