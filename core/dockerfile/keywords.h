// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/dockerfile/dockerfile.h"

#include <array>

namespace stagelift {

/// By Keyword.
inline constexpr std::array<std::string_view, 19> kKeywordNames{
    "",      "ADD",        "ARG",     "CMD", "COPY",  "ENTRYPOINT", "ENV",  "EXPOSE", "FROM",   "HEALTHCHECK",
    "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"};

/// In any case.
[[nodiscard]] Keyword keywordFrom(std::string_view word);

} // namespace stagelift
