// SPDX-License-Identifier: GPL-3.0-or-later
//
// Counts what a benchmark's program takes from the heap, all of it: operator new is replaced.

#pragma once

#include <cstdint>

namespace stagelift::bench {

struct Allocations {
    std::uint64_t count = 0;
    std::uint64_t bytes = 0; // as asked for

    [[nodiscard]] Allocations operator-(const Allocations& earlier) const
    {
        return {count - earlier.count, bytes - earlier.bytes};
    }
};

/// Since the program began. Of one thread: the count is not locked.
[[nodiscard]] Allocations allocations();

} // namespace stagelift::bench
