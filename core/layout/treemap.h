// SPDX-License-Identifier: GPL-3.0-or-later
//
// A tree of things that weigh something, as rectangles in one: each as large as it weighs, and as near to a square as
// can be, so that sizes compare by eye (Bruls, Huizing and van Wijk, "Squarified Treemaps", 2000).
//
// The heaviest are laid first, in rows along the shorter side of the room that is left: a row takes the next one as
// long as that makes the longest of its rectangles no longer. What has children is a frame around them, with a head for
// its name where there is room for one; so rectangles compare exactly among brothers, and nearly among cousins.
//
// The tree is of any kind: the layers of an image, and folders with the files in them.

#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace stagelift {

struct WeightTree {
    std::string name;
    std::int64_t weight = 0; // of itself; what its children weigh comes on top of it
    int key = -1;            // whatever whoever made it knows it by
    std::vector<WeightTree> children = {};

    /// With all that is below it.
    [[nodiscard]] std::int64_t total() const;
};

struct TreemapRect {
    double left = 0;
    double top = 0;
    double width = 0;
    double height = 0;

    [[nodiscard]] double right() const { return left + width; }
    [[nodiscard]] double bottom() const { return top + height; }
    [[nodiscard]] double area() const { return width * height; }
    [[nodiscard]] bool operator==(const TreemapRect&) const = default;
};

struct TreemapTile {
    const WeightTree* node = nullptr; // looks into the tree that was laid out
    int parent = -1;                  // an index among the tiles; -1 for those of the top
    int depth = 0;
    TreemapRect rect;
    double head = 0; // of a frame, the height of its head; 0 where there is none
};

struct TreemapOptions {
    double head = 0;  // the height of a frame's head
    double frame = 0; // between a frame and what is in it, on each side
    double least = 0; // a side shorter than this: what is in it is not laid out
    /// From this depth on, what has no room for a head as wide as `leastHead` is not opened: a frame without a name
    /// would say less than a rectangle with one.
    int headsFrom = std::numeric_limits<int>::max();
    double leastHead = 0;
};

/// The children of `tree`, and theirs, within `room`. What weighs nothing has no rectangle. A node that has a weight of
/// its own beside its children leaves that part of itself free.
/// @returns parents ahead of their children, brothers by weight; ties in the order of the tree
[[nodiscard]] std::vector<TreemapTile> layTreemap(const WeightTree& tree, const TreemapRect& room,
                                                  const TreemapOptions& options = {});

} // namespace stagelift
