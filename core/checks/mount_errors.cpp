// SPDX-License-Identifier: GPL-3.0-or-later
//
// What RUN --mount takes. Rules and sentences: BuildKit, instructions/commands_runmount.go and
// dockerfile2llb/convert_runmount.go.

#include "core/checks/build_errors.h"
#include "core/dockerfile/mount.h"
#include "core/dockerfile/paths.h"
#include "core/text/characters.h"
#include "core/text/nearest.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <format>
#include <optional>

namespace stagelift {

namespace {

constexpr std::array<std::string_view, 5> kTypes{"bind", "cache", "tmpfs", "secret", "ssh"};
constexpr std::array<std::string_view, 3> kSharings{"shared", "private", "locked"};
constexpr std::array<std::string_view, 19> kKeys{
    "type", "from", "source", "target", "readonly",    "id", "sharing", "required",  "size", "mode",
    "uid",  "gid",  "src",    "dst",    "destination", "ro", "rw",      "readwrite", "env"};

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> names)
{
    return std::ranges::find(names, text) != names.end();
}

bool isNumber(std::string_view text, int base)
{
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    return error == std::errc() && end == text.data() + text.size();
}

/// `64m`, `1.5 GiB`: as docker/go-units reads a size.
bool isSize(std::string_view text)
{
    constexpr std::string_view kUnits = "kmgtp";
    const std::size_t last = text.find_last_of("0123456789. ");
    if (last == std::string_view::npos)
        return false;
    std::string_view number = text.substr(0, text[last] == ' ' ? last : last + 1);
    if (number.starts_with('+') && !number.starts_with("+-"))
        number.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (error != std::errc() || end != number.data() + number.size() || value < 0)
        return false;
    const std::string unit = lowered(text.substr(last + 1));
    if (unit.empty() || unit == "b")
        return true;
    const std::string_view behind = std::string_view(unit).substr(1);
    return kUnits.contains(unit.front()) && (behind.empty() || behind == "b" || behind == "ib");
}

class MountReader {
public:
    MountReader(const Subject& subject, const Visit& visit) : m_subject(subject), m_visit(visit) {}

    Sentence read(const Mount& mount)
    {
        for (const MountField& field : mount.fields) {
            if (Sentence sentence = readField(field); !sentence.empty())
                return sentence;
        }
        return wholeError();
    }

    /// What the mount can't go on, once it is read.
    [[nodiscard]] Sentence targetError() const
    {
        if (isOneOf(m_type, {"secret", "ssh"}))
            return {};
        const bool isRoot =
            m_target.starts_with('/') ? m_target == "/" : m_visit.state.isAtRoot && cleanedPath(m_target) == ".";
        return isRoot ? "invalid mount target \"/\"" : Sentence();
    }

private:
    Sentence readField(const MountField& field)
    {
        if (!field.hasValue)
            return flagError(field);
        auto value = expanded(field.value.text, m_visit, m_subject.dockerfile.escape);
        return value ? take(field, *value) : value.error();
    }

    [[nodiscard]] Sentence flagError(const MountField& field) const
    {
        if (isOneOf(field.key, {"readonly", "ro", "readwrite", "rw"}))
            return {};
        if (field.key == "required")
            return onlyFor(field, {"secret", "ssh"});
        return std::format("invalid field '{}' must be a key=value pair", field.text);
    }

    Sentence take(const MountField& field, const std::string& value)
    {
        const std::string& key = field.key;
        if (key == "type" || key == "sharing")
            return takeKind(key, value);
        if (isOneOf(key, {"target", "dst", "destination"}))
            m_target = value;
        else if (isOneOf(key, {"source", "src"}))
            m_hasSource = !value.empty();
        else if (key == "from")
            m_hasFrom = !value.empty();
        else if (key == "id")
            m_hasId = !value.empty();
        else if (isOneOf(key, {"mode", "uid", "gid"}))
            return takeNumber(key, value);
        else if (isOneOf(key, {"readonly", "ro", "readwrite", "rw"}))
            return asBoolean(value) ? Sentence() : invalid(key, value);
        else if (key == "required" || key == "size")
            return limitedError(field, value);
        else if (key != "env")
            return std::format("unexpected key '{}' in '{}'{}", key, field.text, didYouMean(nearest(key, kKeys)));
        return {};
    }

    Sentence takeKind(std::string_view key, const std::string& value)
    {
        const std::string lower = lowered(value);
        const auto known = key == "type" ? std::span<const std::string_view>(kTypes) : kSharings;
        if (!std::ranges::contains(known, lower))
            return std::format("unsupported {} {}{}", key == "type" ? "mount type" : "sharing value", quoted(value),
                               didYouMean(likeliest(value, known)));
        (key == "type" ? m_type : m_sharing) = lower;
        return {};
    }

    Sentence takeNumber(std::string_view key, const std::string& value)
    {
        constexpr int kOctal = 8;
        constexpr int kDecimal = 10;
        if (!isNumber(value, key == "mode" ? kOctal : kDecimal))
            return std::format("invalid value {} for {}", value, key);
        (key == "mode" ? m_hasMode : key == "uid" ? m_hasUid : m_hasGid) = true;
        return {};
    }

    /// Of a key that not every kind of mount has.
    [[nodiscard]] Sentence limitedError(const MountField& field, const std::string& value) const
    {
        const bool isSizeKey = field.key == "size";
        Sentence sentence = isSizeKey ? onlyFor(field, {"tmpfs"}) : onlyFor(field, {"secret", "ssh"});
        if (!sentence.empty())
            return sentence;
        return (isSizeKey ? isSize(value) : asBoolean(value).has_value()) ? Sentence() : invalid(field.key, value);
    }

    [[nodiscard]] Sentence onlyFor(const MountField& field, std::initializer_list<std::string_view> types) const
    {
        if (isOneOf(m_type, types))
            return {};
        return std::format("unexpected key '{}' for mount type '{}'", field.key, m_type);
    }

    [[nodiscard]] static Sentence invalid(std::string_view key, std::string_view value)
    {
        return std::format("invalid value for {}: {}", key, value);
    }

    /// What is wrong with all of it together.
    [[nodiscard]] Sentence wholeError() const
    {
        const bool hasFile = isOneOf(m_type, {"secret", "ssh", "cache"});
        for (const auto& [key, isThere] : {std::pair("mode", m_hasMode), {"uid", m_hasUid}, {"gid", m_hasGid}}) {
            if (isThere && !hasFile)
                return std::format("{} not allowed for {} type mounts", key, quoted(m_type));
        }
        if (m_type == "secret") {
            if (m_hasFrom)
                return "secret mount should not have a from";
            if (!m_sharing.empty())
                return "secret mount should not define sharing";
            if (!m_hasSource && m_target.empty() && !m_hasId)
                return "invalid secret mount. one of source, target required";
            if (m_hasSource && m_hasId)
                return "both source and id can't be set";
        }
        const bool canShare = m_sharing.empty() || m_type == "cache";
        return canShare ? Sentence() : std::format("invalid cache sharing set for {} mount", m_type);
    }

    const Subject& m_subject;
    const Visit& m_visit;
    std::string m_type = "bind";
    std::string m_sharing;
    std::string m_target;
    bool m_hasFrom = false;
    bool m_hasSource = false;
    bool m_hasId = false;
    bool m_hasMode = false;
    bool m_hasUid = false;
    bool m_hasGid = false;
};

} // namespace

bool mayHaveMountError(const Subject& subject, const Instruction& instruction)
{
    static const StageState begin; // what is wrong without variables is wrong here too
    bool hasMounts = false;
    for (const Flag& flag : instruction.flags) {
        hasMounts = hasMounts || flag.name == "mount";
        if (flag.value.text.contains('$') || !isPlainlyFine(flag.value.text, subject.dockerfile.escape))
            return true;
    }
    return hasMounts && !mountError(subject, {begin, instruction, instruction}).empty();
}

Sentence mountError(const Subject& subject, const Visit& visit)
{
    // All are read ahead of the first that is looked at.
    std::vector<MountReader> readers;
    for (const Flag& flag : visit.instruction.flags) {
        if (flag.name != "mount")
            continue;
        readers.emplace_back(subject, visit);
        if (Sentence sentence = readers.back().read(readMount(subject.dockerfile, flag)); !sentence.empty())
            return sentence;
    }
    for (const MountReader& reader : readers) {
        if (Sentence sentence = reader.targetError(); !sentence.empty())
            return sentence;
    }
    return {};
}

} // namespace stagelift
