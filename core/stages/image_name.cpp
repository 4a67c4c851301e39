// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/image_name.h"

#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift {

namespace {

constexpr std::string_view kHub = "docker.io";
constexpr std::string_view kOldHub = "index.docker.io";
constexpr std::string_view kOfficial = "library/";
constexpr std::string_view kInvalid = "invalid reference format";

constexpr bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

constexpr bool isLowerAlphanumeric(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z');
}

constexpr bool isAlphanumeric(char c)
{
    return isDigit(c) || isAsciiLetter(c);
}

/// How many characters at the begin hold to `test`.
std::size_t run(std::string_view text, bool (*test)(char))
{
    return static_cast<std::size_t>(std::ranges::find_if_not(text, test) - text.begin());
}

/// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`
bool isPathComponent(std::string_view text)
{
    while (true) {
        const std::size_t word = run(text, isLowerAlphanumeric);
        if (word == 0)
            return false;
        text.remove_prefix(word);
        if (text.empty())
            return true;
        std::size_t separator = text.starts_with("__") ? 2 : 1;
        if (text.front() == '-')
            separator = run(text, [](char c) { return c == '-'; });
        else if (text.front() != '.' && text.front() != '_')
            return false;
        text.remove_prefix(separator);
    }
}

bool isPath(std::string_view text)
{
    while (true) {
        const std::size_t slash = text.find('/');
        if (!isPathComponent(text.substr(0, slash)))
            return false;
        if (slash == std::string_view::npos)
            return true;
        text.remove_prefix(slash + 1);
    }
}

/// `[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]`
bool isHostLabel(std::string_view text)
{
    const auto isInner = [](char c) { return isAlphanumeric(c) || c == '-'; };
    return !text.empty() && isAlphanumeric(text.front()) && isAlphanumeric(text.back()) &&
           std::ranges::all_of(text, isInner);
}

bool isDomain(std::string_view text)
{
    if (text.starts_with('[')) { // an IPv6 address
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos || close == 1)
            return false;
        const auto isInner = [](char c) { return isHexDigit(c) || c == ':'; };
        const std::string_view port = text.substr(close + 1);
        return std::ranges::all_of(text.substr(1, close - 1), isInner) &&
               (port.empty() ||
                (port.size() > 1 && port.front() == ':' && run(port.substr(1), isDigit) + 1 == port.size()));
    }
    const std::size_t colon = text.find(':');
    if (colon != std::string_view::npos) {
        const std::string_view port = text.substr(colon + 1);
        if (port.empty() || run(port, isDigit) != port.size())
            return false;
        text = text.substr(0, colon);
    }
    while (true) {
        const std::size_t dot = text.find('.');
        if (!isHostLabel(text.substr(0, dot)))
            return false;
        if (dot == std::string_view::npos)
            return true;
        text.remove_prefix(dot + 1);
    }
}

bool isTag(std::string_view text)
{
    constexpr std::size_t kLongestTag = 128;
    const auto isInner = [](char c) { return isAlphanumeric(c) || c == '_' || c == '.' || c == '-'; };
    return !text.empty() && text.size() <= kLongestTag && (isAlphanumeric(text.front()) || text.front() == '_') &&
           std::ranges::all_of(text, isInner);
}

/// `[A-Za-z][A-Za-z0-9]*([-_+.][A-Za-z][A-Za-z0-9]*)*:[[:xdigit:]]{32,}`
bool isDigest(std::string_view text)
{
    constexpr std::size_t kShortest = 32;
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos)
        return false;
    std::string_view algorithm = text.substr(0, colon);
    const std::string_view hex = text.substr(colon + 1);
    if (hex.size() < kShortest || run(hex, isHexDigit) != hex.size())
        return false;
    while (true) {
        const std::size_t word = run(algorithm, isAlphanumeric);
        if (word == 0 || !isAsciiLetter(algorithm.front()))
            return false;
        algorithm.remove_prefix(word);
        if (algorithm.empty())
            return true;
        if (!std::string_view("-_+.").contains(algorithm.front()))
            return false;
        algorithm.remove_prefix(1);
    }
}

std::optional<std::string> digestProblem(std::string_view digest)
{
    struct Algorithm {
        std::string_view name;
        std::size_t digits;
    };
    constexpr std::array kAlgorithms{Algorithm{"sha256", 64}, Algorithm{"sha384", 96}, Algorithm{"sha512", 128}};
    const std::size_t colon = digest.find(':');
    const std::string_view hex = digest.substr(colon + 1);
    const auto* const known = std::ranges::find(kAlgorithms, digest.substr(0, colon), &Algorithm::name);
    if (known == kAlgorithms.end())
        return "unsupported digest algorithm";
    if (hex.size() != known->digits)
        return "invalid checksum digest length";
    if (hex != lowered(hex))
        return "invalid checksum digest format";
    return std::nullopt;
}

struct Parts {
    std::string_view domain;
    std::string_view rest;
};

Parts split(std::string_view name)
{
    const std::size_t slash = name.find('/');
    const std::string_view first = name.substr(0, slash);
    const bool isHost = slash != std::string_view::npos && (first.find_first_of(".:") != std::string_view::npos ||
                                                            first == "localhost" || first != lowered(first));
    if (!isHost)
        return {kHub, name};
    return {first == kOldHub ? kHub : first, name.substr(slash + 1)};
}

/// The name, tag and digest of what is left behind the domain.
std::optional<std::string> restProblem(std::string_view domain, std::string_view rest)
{
    constexpr std::size_t kLongestName = 255;
    const std::size_t at = rest.find('@');
    const std::string_view digest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
    std::string_view path = rest.substr(0, at);
    const std::size_t colon = path.find(':');
    const std::string_view tag = colon == std::string_view::npos ? std::string_view() : path.substr(colon + 1);
    path = path.substr(0, colon);
    const bool isTagFine = colon == std::string_view::npos || isTag(tag);
    const bool isDigestFine = at == std::string_view::npos || isDigest(digest);
    if (!isDomain(domain) || !isPath(path) || !isTagFine || !isDigestFine)
        return std::string(kInvalid);
    if (path.size() > kLongestName)
        return "repository name must not be more than 255 characters";
    return at == std::string_view::npos ? std::nullopt : digestProblem(digest);
}

} // namespace

std::optional<std::string> imageNameProblem(std::string_view name)
{
    constexpr std::size_t kIdentifier = 64;
    if (name.size() == kIdentifier && run(name, isHexDigit) == kIdentifier && name == lowered(name))
        return std::format("invalid repository name ({}), cannot specify 64-byte hexadecimal strings", name);
    const auto [domain, rest] = split(name);
    const bool isOfficial = domain == kHub && !rest.contains('/');
    const std::string_view path = rest.substr(0, rest.find(':'));
    if (path != lowered(path))
        return std::format("{}: repository name ({}{}) must be lowercase", kInvalid, isOfficial ? kOfficial : "", path);
    if (isOfficial)
        return restProblem(domain, std::string(kOfficial).append(rest));
    return restProblem(domain, rest);
}

std::string_view familiarImageName(std::string_view name)
{
    constexpr std::string_view kLatest = ":latest";
    const auto [domain, rest] = split(name);
    if (domain == kHub) {
        name = rest;
        if (name.starts_with(kOfficial) && !name.substr(kOfficial.size()).contains('/'))
            name.remove_prefix(kOfficial.size());
    }
    if (name.ends_with(kLatest))
        name.remove_suffix(kLatest.size());
    return name;
}

ImageCut cutImage(std::string_view image)
{
    std::size_t colon = image.npos;
    std::size_t at = 0;
    for (int depth = 0; at < image.size() && (image[at] != '@' || depth > 0); ++at) {
        const char c = image[at];
        depth += c == '{' ? 1 : c == '}' && depth > 0 ? -1 : 0;
        if (depth == 0 && c == '/')
            colon = image.npos;
        if (depth == 0 && c == ':')
            colon = at;
    }
    const std::size_t nameEnd = std::min(colon, at);
    return {nameEnd, std::min(nameEnd + (colon == image.npos ? 0 : 1), at), at, std::min(at + 1, image.size())};
}

} // namespace stagelift
