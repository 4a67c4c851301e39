// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/mount.h"

#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <span>

namespace stagelift {

namespace {

/// Walks over a flag as it is written, character by character of its text.
class WrittenFlag {
public:
    WrittenFlag(const Dockerfile& dockerfile, Span span)
        : m_bytes(dockerfile.source->at(span)), m_begin(span.begin), m_escape(dockerfile.escape)
    {
        skipUnread();
    }

    [[nodiscard]] std::uint32_t offset() const { return m_begin + static_cast<std::uint32_t>(m_at); }
    [[nodiscard]] std::uint32_t endOfLast() const { return m_begin + static_cast<std::uint32_t>(m_endOfLast); }

    /// Goes over one character; a byte beyond ASCII became two in the text.
    std::size_t next()
    {
        if (m_at >= m_bytes.size())
            return 1;
        const std::size_t size = static_cast<unsigned char>(m_bytes[m_at]) < 0x80 ? 1 : 2;
        m_endOfLast = ++m_at;
        skipUnread();
        return size;
    }

private:
    void skipUnread()
    {
        while (m_at < m_bytes.size()) {
            const char c = m_bytes[m_at];
            if (const std::size_t length = continuationAt(m_at)) {
                m_at += length;
                continue;
            }
            if (m_quote == '\0' ? c == '"' || c == '\'' : c == m_quote) {
                m_quote = m_quote == '\0' ? c : '\0';
                ++m_at;
                continue;
            }
            if (c == m_escape)
                ++m_at; // what it escapes is text
            return;
        }
    }

    /// The length of an escape at a line's end with all lines behind it that are not read.
    [[nodiscard]] std::size_t continuationAt(std::size_t at) const
    {
        if (m_bytes[at] != m_escape)
            return 0;
        const std::size_t text = m_bytes.find_first_not_of(" \t\r", at + 1);
        if (text == std::string_view::npos || m_bytes[text] != '\n')
            return 0;
        std::size_t line = text + 1;
        while (line < m_bytes.size()) {
            const std::size_t end = m_bytes.find('\n', line);
            const std::string_view inner = leftTrimmed(m_bytes.substr(line, end - line));
            if (end == std::string_view::npos || !(inner.empty() || inner.starts_with('#')))
                break;
            line = end + 1;
        }
        return line - at;
    }

    std::string_view m_bytes;
    std::uint32_t m_begin;
    std::size_t m_at = 0;
    std::size_t m_endOfLast = 0;
    char m_escape;
    char m_quote = '\0';
};

/// The value of the last field of any of the names: one name counts as much as another.
std::string_view lastOf(const std::vector<MountField>& fields, std::span<const std::string_view> names)
{
    const auto found = std::find_if(fields.rbegin(), fields.rend(), [&](const MountField& field) {
        return field.hasValue && std::ranges::contains(names, field.key);
    });
    return found == fields.rend() ? std::string_view() : found->value.text;
}

} // namespace

Span spanInFlag(const Dockerfile& dockerfile, const Word& text, std::size_t begin, std::size_t end)
{
    if (dockerfile.source->at(text.span) == text.text) {
        const std::uint32_t base = text.span.begin;
        return {base + static_cast<std::uint32_t>(begin), base + static_cast<std::uint32_t>(end)};
    }
    WrittenFlag written(dockerfile, text.span);
    std::size_t at = 0;
    while (at < begin)
        at += written.next();
    const std::uint32_t first = written.offset();
    while (at < end)
        at += written.next();
    return {first, end > begin ? written.endOfLast() : first};
}

const MountField* Mount::field(std::string_view key) const
{
    const auto found = std::ranges::find(fields.rbegin(), fields.rend(), key, &MountField::key);
    return found == fields.rend() ? nullptr : &*found;
}

std::string_view Mount::value(std::string_view key) const
{
    const MountField* found = field(key);
    return found == nullptr ? std::string_view() : found->value.text;
}

std::string_view Mount::type() const
{
    const std::string_view type = value("type");
    return type.empty() ? "bind" : type;
}

std::string_view Mount::source() const
{
    constexpr std::array<std::string_view, 2> kNames{"source", "src"};
    return lastOf(fields, kNames);
}

std::string_view Mount::target() const
{
    constexpr std::array<std::string_view, 3> kNames{"target", "dst", "destination"};
    return lastOf(fields, kNames);
}

Mount readMount(const Dockerfile& dockerfile, const Flag& flag)
{
    Mount mount;
    const std::string_view text = flag.value.text;
    for (std::size_t begin = 0; begin <= text.size() && !text.empty();) {
        std::size_t end = std::min(text.find(',', begin), text.size());
        const std::size_t next = end + 1;
        std::size_t inner = begin;
        // A field may be in quotes, as in CSV.
        if (text[std::min(begin, text.size() - 1)] == '"') {
            const std::size_t close = text.find('"', begin + 1);
            inner = begin + 1;
            end = std::min(close, text.size());
        }
        const std::size_t after = end >= next ? std::min(text.find(',', end), text.size()) + 1 : next;
        const std::size_t sign = std::min(text.find('=', inner), end);
        MountField field;
        field.text = text.substr(inner, end - inner);
        field.key = lowered(text.substr(inner, sign - inner));
        field.hasValue = sign < end;
        const std::size_t valueBegin = field.hasValue ? sign + 1 : end;
        field.value = {text.substr(valueBegin, end - valueBegin), spanInFlag(dockerfile, flag.value, valueBegin, end)};
        field.span = spanInFlag(dockerfile, flag.value, begin, after - 1);
        mount.fields.push_back(std::move(field));
        begin = after;
    }
    return mount;
}

} // namespace stagelift
