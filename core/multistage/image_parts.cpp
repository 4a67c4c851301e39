// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/image_parts.h"

#include "core/stages/image_name.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>

namespace stagelift::multistage {

namespace {

/// The last `c` that stands in no `${…}`.
std::size_t lastOutside(std::string_view text, char c)
{
    std::size_t found = std::string_view::npos;
    int depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '{')
            ++depth;
        else if (text[at] == '}')
            --depth;
        else if (text[at] == c && depth == 0)
            found = at;
    }
    return found;
}

/// How long the variables are that a name begins with: "${PREFIX}" of "${PREFIX}node".
std::size_t variablesAhead(std::string_view name)
{
    std::size_t at = 0;
    while (name.substr(at).starts_with("${")) {
        const std::size_t end = name.find('}', at);
        if (end == std::string_view::npos || end + 1 == name.size())
            break;
        at = end + 1;
    }
    return at;
}

struct Split {
    std::string_view prefix;
    std::string_view name;
    std::string_view tag;
    bool hasDigest = false;
};

Split split(std::string_view image)
{
    Split parts;
    const ImageCut cut = cutImage(image);
    parts.hasDigest = cut.tagEnd < image.size();
    parts.tag = image.substr(cut.tagBegin, cut.tagEnd - cut.tagBegin);
    image = image.substr(0, cut.nameEnd);
    const std::size_t slash = lastOutside(image, '/');
    const std::size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
    std::size_t head = begin + variablesAhead(image.substr(begin));
    // These repositories have two parts.
    for (const std::string_view folder : {"dotnet/core/", "dotnet/", "astral-sh/", "nvidia/"}) {
        if (head >= begin && image.substr(0, begin).ends_with(folder))
            head = begin - folder.size();
    }
    parts.prefix = image.substr(0, head);
    parts.name = image.substr(head);
    return parts;
}

} // namespace

std::string ImageParts::withTag(std::string_view newTag) const
{
    return std::format("{}{}{}{}", prefix, repository, newTag.empty() ? "" : ":", newTag);
}

std::string ImageParts::sibling(std::string_view image) const
{
    const bool isMirror = prefix.ends_with("library/") || (prefix.starts_with("${") && prefix.ends_with('}'));
    return std::format("{}{}", isMirror && !image.contains('/') ? prefix : "", image);
}

ImageParts imageParts(std::string_view written, std::string_view expanded)
{
    const Split as = split(written);
    const Split is = split(expanded);
    const bool isNamed = !as.name.contains('$');
    return {.prefix = std::string(isNamed ? as.prefix : is.prefix),
            .repository = std::string(is.name),
            .writtenTag = std::string(isNamed ? as.tag : is.tag),
            .tag = std::string(is.tag),
            .hasDigest = is.hasDigest};
}

std::optional<std::pair<int, int>> versionIn(std::string_view tag)
{
    const auto number = [&tag](std::size_t& at) {
        int value = 0;
        for (; at < tag.size() && isDigit(tag[at]) && value < 100'000; ++at)
            value = value * 10 + (tag[at] - '0');
        return value;
    };
    if (tag.empty() || !isDigit(tag.front()))
        return std::nullopt;
    std::size_t at = 0;
    const int major = number(at);
    int minor = 0;
    if (at + 1 < tag.size() && tag[at] == '.' && isDigit(tag[at + 1]))
        minor = number(++at);
    return std::pair(major, minor);
}

namespace {

/// Where the part begins in the tag; npos where it is none.
std::size_t placeOfPart(std::string_view tag, std::string_view part)
{
    for (std::size_t at = tag.find(part); at != std::string_view::npos; at = tag.find(part, at + 1)) {
        const std::size_t end = at + part.size();
        if ((at == 0 || tag[at - 1] == '-') && (end == tag.size() || tag[end] == '-'))
            return at;
    }
    return std::string_view::npos;
}

} // namespace

bool hasPart(std::string_view tag, std::string_view part)
{
    return placeOfPart(tag, part) != std::string_view::npos;
}

std::string withoutPart(std::string_view tag, std::string_view part)
{
    const std::size_t at = placeOfPart(tag, part);
    if (at == std::string_view::npos)
        return std::string(tag);
    std::string_view head = tag.substr(0, at);
    std::string_view tail = tag.substr(at + part.size());
    if (tail.starts_with('-') && head.empty())
        tail.remove_prefix(1);
    if (head.ends_with('-'))
        head.remove_suffix(1);
    return std::format("{}{}", head, tail);
}

} // namespace stagelift::multistage
