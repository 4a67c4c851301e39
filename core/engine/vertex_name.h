// SPDX-License-Identifier: GPL-3.0-or-later
//
// The names that BuildKit gives to the steps of a build, taken apart:
// "[s1 linux/amd64 builder  2/11] RUN make" → stage "builder", 2 of 11, "RUN make".

#pragma once

#include <QString>

namespace stagelift {

struct VertexName {
    QString solve; // bake's target, where bake has several
    bool internal = false;
    bool byClient = false; // done by buildx here, whose clock need not be the builder's
    QString stage;         // "" in a file with one stage
    int number = 0;        // 1-based; 0 where it is no instruction of a stage
    int count = 0;
    QString text; // without what stands in brackets
};

/// @param inBake bake builds more than one target and puts the target's name in front.
[[nodiscard]] VertexName vertexName(const QString& name, bool inBake);

} // namespace stagelift
