// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/sequence.h"

#include "core/dockerfile/parser.h"

#include <algorithm>
#include <limits>

namespace stagelift {

namespace {

/// Edits as what is done to the bytes of a text from its begin on: so many kept, so many taken out, this put in.
class Strokes {
public:
    enum class Kind : std::uint8_t { Keep, Delete, Insert };

    explicit Strokes(const TextEdits& edits) : m_edits(edits) { settle(); }

    [[nodiscard]] Kind kind() const { return m_kind; }
    /// Bytes that are left of this stroke.
    [[nodiscard]] std::uint32_t left() const { return m_left; }
    /// True behind the last edit, where all is kept.
    [[nodiscard]] bool isDone() const { return m_edit == m_edits.size(); }
    /// What is left to be put in.
    [[nodiscard]] std::string_view text() const
    {
        const std::string_view all = m_edits[m_edit].text;
        return all.substr(all.size() - m_left);
    }

    void pass(std::uint32_t bytes)
    {
        if (!isDone())
            m_left -= bytes;
        settle();
    }

private:
    /// Goes on to the next stroke that has bytes: of an edit first what is kept ahead of it.
    void settle()
    {
        while (m_left == 0 && !isDone()) {
            const TextEdit& edit = m_edits[m_edit];
            switch (m_next) {
            case Kind::Keep:
                begin(Kind::Keep, edit.span.begin - m_at, Kind::Delete);
                m_at = edit.span.end;
                break;
            case Kind::Delete:
                begin(Kind::Delete, edit.span.size(), Kind::Insert);
                break;
            case Kind::Insert:
                if (m_kind == Kind::Insert || edit.text.empty()) {
                    ++m_edit;
                    m_kind = m_next = Kind::Keep;
                } else {
                    begin(Kind::Insert, static_cast<std::uint32_t>(edit.text.size()), Kind::Insert);
                }
                break;
            }
        }
        if (isDone()) {
            m_kind = Kind::Keep;
            m_left = std::numeric_limits<std::uint32_t>::max();
        }
    }

    void begin(Kind kind, std::uint32_t bytes, Kind next)
    {
        m_kind = kind;
        m_left = bytes;
        m_next = next;
    }

    const TextEdits& m_edits;
    std::size_t m_edit = 0;
    std::uint32_t m_at = 0; // in the text: one behind the last byte that an edit has dealt with
    Kind m_kind = Kind::Keep;
    Kind m_next = Kind::Keep;
    std::uint32_t m_left = 0;
};

/// Writes edits down from the begin of a text on; those without a byte between them as one.
class Writer {
public:
    void keep(std::uint32_t bytes)
    {
        finish();
        m_open.span = {m_open.span.end + bytes, m_open.span.end + bytes};
    }
    void remove(std::uint32_t bytes) { m_open.span.end += bytes; }
    void insert(std::string_view text) { m_open.text += text; }

    [[nodiscard]] TextEdits take()
    {
        finish();
        return std::move(m_edits);
    }

private:
    void finish()
    {
        if (!m_open.span.empty() || !m_open.text.empty())
            m_edits.push_back(m_open);
        m_open.text.clear();
    }

    TextEdits m_edits;
    TextEdit m_open;
};

} // namespace

TextEdits composed(const TextEdits& first, const TextEdits& second)
{
    using Kind = Strokes::Kind;
    Strokes one(first);
    Strokes two(second);
    Writer writer;
    while (!one.isDone() || !two.isDone()) {
        // What the first takes out the second never sees; what the second puts in the first never wrote.
        if (one.kind() == Kind::Delete) {
            writer.remove(one.left());
            one.pass(one.left());
            continue;
        }
        if (two.kind() == Kind::Insert) {
            writer.insert(two.text());
            two.pass(two.left());
            continue;
        }
        const std::uint32_t bytes = std::min(one.left(), two.left());
        if (one.kind() == Kind::Keep && two.kind() == Kind::Keep)
            writer.keep(bytes);
        else if (one.kind() == Kind::Keep)
            writer.remove(bytes);
        else if (two.kind() == Kind::Keep)
            writer.insert(one.text().substr(0, bytes));
        one.pass(bytes);
        two.pass(bytes);
    }
    return writer.take();
}

std::unique_ptr<const Analysis> edited(const Analysis& before, const TextEdits& edits)
{
    auto after = std::make_unique<Analysis>(applied(before.source.bytes(), edits));
    after->dockerfile = parse(after->source);
    after->build = before.build;
    after->graph = resolve(after->dockerfile, after->build);
    after->revision = before.revision;
    return after;
}

bool EditSequence::take(const EditOutcome& step)
{
    if (m_refusal)
        return false;
    if (!step) {
        m_refusal = step.error();
        return false;
    }
    if (step->edits.empty())
        return true;
    m_result = {composed(m_result.edits, step->edits), step->select};
    // What one step took out another may have put back.
    const SourceText& source = m_before.source;
    std::erase_if(m_result.edits, [&](const TextEdit& edit) { return source.at(edit.span) == edit.text; });
    m_now = edited(m_before, m_result.edits);
    return true;
}

EditOutcome EditSequence::outcome() const
{
    if (m_refusal)
        return std::unexpected(*m_refusal);
    return m_result;
}

EditOutcome inSequence(const Analysis& before, std::span<const EditStep> steps)
{
    EditSequence sequence(before);
    for (const EditStep& step : steps) {
        if (!sequence.take(step(sequence.now())))
            break;
    }
    return sequence.outcome();
}

} // namespace stagelift
