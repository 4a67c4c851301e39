// SPDX-License-Identifier: GPL-3.0-or-later
//
// What EXPOSE takes: `[[ip:]host:]port[-port][/protocol]`. Rules and sentences: BuildKit,
// dockerfile2llb/convert_expose.go.

#include "core/checks/build_errors.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>
#include <optional>

namespace stagelift {

namespace {

struct Port {
    std::string_view ip;
    std::string_view host;
    std::string_view container;
};

struct PortRange {
    int first = 0;
    int last = 0;
    [[nodiscard]] int size() const { return last - first; }
};

Port splitPort(std::string_view text)
{
    Port port;
    std::size_t colon = text.rfind(':');
    port.container = text.substr(colon + 1);
    if (colon == std::string_view::npos)
        return port;
    text = text.substr(0, colon);
    colon = text.rfind(':');
    port.host = text.substr(colon + 1);
    if (colon != std::string_view::npos)
        port.ip = text.substr(0, colon);
    return port;
}

/// As Go's strconv.ParseInt, in the bounds of a port.
std::optional<int> numberFrom(std::string_view text)
{
    constexpr int kLast = 65535;
    const auto number = integerFrom(text);
    return number && *number >= 0 && *number <= kLast ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

std::optional<PortRange> rangeFrom(std::string_view text)
{
    const std::size_t dash = text.find('-');
    const auto first = numberFrom(text.substr(0, dash));
    if (!first)
        return std::nullopt;
    if (dash == std::string_view::npos || text.substr(0, dash) == text.substr(dash + 1))
        return PortRange{*first, *first};
    const auto last = numberFrom(text.substr(dash + 1));
    if (!last || *last < *first)
        return std::nullopt;
    return PortRange{*first, *last};
}

bool isIpV4(std::string_view text)
{
    int parts = 0;
    while (true) {
        const std::string_view part = text.substr(0, text.find('.'));
        const bool isNumber = !part.empty() && part.size() < 4 && std::ranges::all_of(part, isDigit);
        if (!isNumber || (part.size() > 1 && part.front() == '0') || *numberFrom(part) > 255)
            return false;
        ++parts;
        if (part.size() == text.size())
            return parts == 4;
        text.remove_prefix(part.size() + 1);
    }
}

/// Groups of hexadecimal digits; one `::` stands for those that are left out; an IPv4 may stand for the last two.
bool isIpV6(std::string_view text)
{
    constexpr int kGroups = 8;
    text = text.substr(0, text.find('%')); // what follows is a zone
    const bool isShort = text.contains("::");
    if (text.starts_with(':') && !text.starts_with("::"))
        return false;
    int groups = 0;
    int gaps = 0;
    while (!text.empty()) {
        if (text.starts_with("::")) {
            ++gaps;
            text.remove_prefix(2);
            if (text.starts_with(':'))
                return false;
            continue;
        }
        if (text.starts_with(':'))
            text.remove_prefix(1);
        const std::string_view group = text.substr(0, text.find(':'));
        if (group.size() == text.size() && isIpV4(group)) {
            groups += 2;
            break;
        }
        const auto isHex = [](char c) { return isDigit(c) || (toLower(c) >= 'a' && toLower(c) <= 'f'); };
        if (group.empty() || group.size() > 4 || !std::ranges::all_of(group, isHex))
            return false;
        ++groups;
        text.remove_prefix(group.size());
    }
    return gaps < 2 && (isShort ? groups < kGroups : groups == kGroups);
}

Sentence addressError(std::string_view ip)
{
    if (ip.empty())
        return {};
    std::string_view bare = ip;
    if (bare.starts_with('[') && bare.ends_with(']'))
        bare = bare.substr(1, bare.size() - 2);
    return isIpV4(bare) || isIpV6(bare) ? Sentence() : std::format("invalid IP address: {}", bare);
}

Sentence errorIn(std::string_view text)
{
    const Port port = splitPort(text);
    const std::string_view container = port.container.substr(0, port.container.find('/'));
    if (container.empty())
        return std::format("invalid port: {}: no port specified", quoted(text));
    const std::string_view protocol = port.container.substr(std::min(container.size() + 1, port.container.size()));
    const bool isProtocol = protocol.empty() || equalFolded(protocol, "tcp") || equalFolded(protocol, "udp") ||
                            equalFolded(protocol, "sctp");
    if (!isProtocol)
        return std::format("invalid port: {}: invalid proto: {}", quoted(text), protocol);
    if (Sentence sentence = addressError(port.ip); !sentence.empty())
        return sentence;
    const auto inside = rangeFrom(container);
    if (!inside)
        return std::format("invalid containerPort: {}", container);
    if (port.host.empty())
        return {};
    const auto outside = rangeFrom(port.host);
    if (!outside)
        return std::format("invalid hostPort: {}", port.host);
    if (inside->size() != outside->size() && inside->size() != 0)
        return std::format("invalid ranges specified for container and host Ports: {} and {}", container, port.host);
    return {};
}

} // namespace

Sentence portError(const Subject& subject, const Visit& visit)
{
    const ShellRules rules{.escape = subject.dockerfile.escape};
    std::vector<std::string> ports;
    std::vector<std::string_view> words;
    std::ranges::transform(visit.instruction.args, std::back_inserter(words), &Word::text);
    std::ranges::sort(words);
    for (const std::string_view word : words) {
        ShellText text = readShell(word, rules, visit.state.environment);
        if (text.failed())
            return std::move(text.error);
        std::ranges::move(text.words, std::back_inserter(ports));
    }
    for (const std::string& port : ports) {
        if (Sentence sentence = errorIn(port); !sentence.empty())
            return sentence;
    }
    return {};
}

} // namespace stagelift
