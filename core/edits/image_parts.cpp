// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/image_parts.h"

#include "core/text/characters.h"

#include <algorithm>
#include <format>

namespace stagelift::edits {

namespace {

std::size_t lengthOfName(std::string_view text)
{
    const auto isPart = [](char c) { return isAsciiLetter(c) || isDigit(c) || c == '_'; };
    return static_cast<std::size_t>(std::ranges::find_if_not(text, isPart) - text.begin());
}

/// What stands in the braces that the text begins with, up to the brace that closes them.
std::optional<std::string_view> bracedText(std::string_view text)
{
    int depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        depth += text[at] == '{' ? 1 : text[at] == '}' ? -1 : 0;
        if (depth == 0)
            return text.substr(1, at - 1);
    }
    return std::nullopt;
}

} // namespace

ImageParts partsOf(std::string_view image)
{
    const ImageCut cut = cutImage(image);
    return {std::string(image.substr(0, cut.nameEnd)),
            std::string(image.substr(cut.tagBegin, cut.tagEnd - cut.tagBegin)),
            std::string(image.substr(cut.digestBegin))};
}

std::string joined(const ImageParts& parts)
{
    return std::format("{}{}{}{}{}", parts.name, parts.tag.empty() ? "" : ":", parts.tag,
                       parts.digest.empty() ? "" : "@", parts.digest);
}

std::optional<SoleVariable> soleVariable(std::string_view text)
{
    const std::size_t sign = text.find('$');
    if (sign == text.npos)
        return std::nullopt;
    SoleVariable variable;
    variable.prefix = text.substr(0, sign);
    std::string_view behind = text.substr(sign + 1);
    const bool isBraced = behind.starts_with('{');
    const auto braced = isBraced ? bracedText(behind) : std::nullopt;
    if (isBraced && !braced)
        return std::nullopt;
    const std::string_view inside = braced.value_or(behind);
    variable.name = inside.substr(0, lengthOfName(inside));
    variable.suffix = behind.substr(isBraced ? inside.size() + 2 : variable.name.size());
    if (variable.name.empty() || variable.suffix.contains('$'))
        return std::nullopt;
    std::string_view form = isBraced ? inside.substr(variable.name.size()) : std::string_view();
    if (form.empty())
        return variable;
    variable.isForEmpty = form.starts_with(":-");
    if (!variable.isForEmpty && !form.starts_with('-'))
        return std::nullopt;
    variable.fallback = form.substr(variable.isForEmpty ? 2 : 1);
    return variable;
}

} // namespace stagelift::edits
