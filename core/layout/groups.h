// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lists of numbers that lie in one piece of memory: a layout has thousands of short ones, and asking for memory for
// each would take longer than all the rest.

#pragma once

#include <span>
#include <vector>

namespace stagelift::layered {

/// Numbers in groups, all in one piece of memory: the segments of each vertex, say.
struct Groups {
    std::vector<int> first; // of a group in `all`, one more at the end
    std::vector<int> all;

    [[nodiscard]] std::span<const int> of(int group) const
    {
        return std::span(all).subspan(first[group], first[group + 1] - first[group]);
    }
    [[nodiscard]] std::span<int> of(int group)
    {
        return std::span(all).subspan(first[group], first[group + 1] - first[group]);
    }
};

/// The numbers from 0 to `count`, in their order, by the groups that they belong to.
template<typename GroupOf>
[[nodiscard]] Groups grouped(int groups, int count, GroupOf groupOf)
{
    Groups result{std::vector<int>(groups + 1, 0), std::vector<int>(count)};
    for (int i = 0; i < count; ++i)
        ++result.first[groupOf(i)];
    int end = 0;
    for (int& first : result.first)
        first = end += first;
    for (int i = count; i-- > 0;)
        result.all[--result.first[groupOf(i)]] = i;
    return result;
}

} // namespace stagelift::layered
