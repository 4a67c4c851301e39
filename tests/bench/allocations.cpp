// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/allocations.h"

#include <cstdlib>
#include <new>

namespace {

constinit stagelift::bench::Allocations total;

} // namespace

// The library's other forms call these.
void* operator new(std::size_t size)
{
    ++total.count;
    total.bytes += size;
    if (void* memory = std::malloc(size == 0 ? 1 : size))
        return memory;
    throw std::bad_alloc();
}

void operator delete(void* memory) noexcept
{
    std::free(memory);
}

void operator delete(void* memory, std::size_t /*size*/) noexcept
{
    std::free(memory);
}

namespace stagelift::bench {

Allocations allocations()
{
    return total;
}

} // namespace stagelift::bench
