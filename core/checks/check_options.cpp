// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/checks/check_options.h"

#include "core/text/characters.h"

#include <algorithm>

namespace stagelift {

std::vector<std::string_view> commentsAbove(const Dockerfile& dockerfile, std::uint32_t line)
{
    const SourceText& source = *dockerfile.source;
    const std::uint32_t top = dockerfile.directives.empty() ? 0 : dockerfile.directives.back().line;
    std::vector<std::string_view> comments;
    while (line > top + 1) {
        const std::string_view text = leftTrimmed(source.at(source.lineSpan(--line)));
        if (!text.starts_with('#'))
            break;
        const std::string_view comment = trimmed(text.substr(1));
        if (comment.empty())
            break;
        comments.push_back(comment);
    }
    std::ranges::reverse(comments);
    return comments;
}

CheckDirective directiveIn(const std::vector<std::string_view>& comments)
{
    constexpr std::string_view kName = "check";
    for (const std::string_view comment : comments) {
        const std::size_t sign = comment.find('=');
        if (sign == std::string_view::npos || !equalFolded(trimmed(comment.substr(0, sign)), kName))
            continue;
        return parseCheckDirective(trimmed(comment.substr(sign + 1))).value_or(CheckDirective());
    }
    return {};
}

} // namespace stagelift
