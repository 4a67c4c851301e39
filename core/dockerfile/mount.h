// SPDX-License-Identifier: GPL-3.0-or-later
//
// The value of RUN --mount, field by field: `type=bind,from=build,source=/out,target=/in`.

#pragma once

#include "core/dockerfile/dockerfile.h"

namespace stagelift {

struct MountField {
    std::string_view text; // all of it, as in the flag's text
    std::string key;       // lower-cased
    Word value;            // an empty span at the end of the field where there is none
    Span span;             // of the field, without the comma
    bool hasValue = false; // `ro` alone has none
};

struct Mount {
    std::vector<MountField> fields;

    /// The last field of that name, which is the one that counts; else nullptr.
    [[nodiscard]] const MountField* field(std::string_view key) const;
    /// Its value, "" where it has none.
    [[nodiscard]] std::string_view value(std::string_view key) const;
    /// "bind" where it is not said.
    [[nodiscard]] std::string_view type() const;
    /// By any of its names.
    [[nodiscard]] std::string_view source() const;
    [[nodiscard]] std::string_view target() const;
};

/// Texts are views into the flag's.
[[nodiscard]] Mount readMount(const Dockerfile& dockerfile, const Flag& flag);

/// Where a range of a flag's text stands in the source, over quotes, escapes and joined lines.
[[nodiscard]] Span spanInFlag(const Dockerfile& dockerfile, const Word& text, std::size_t begin, std::size_t end);

} // namespace stagelift
