// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a COPY or an ADD takes, word by word: of the words that stay no byte changes.

#include "core/dockerfile/copy_source.h"
#include "core/dockerfile/heredocs.h"
#include "core/edits/copy_edits.h"
#include "core/edits/copy_words.h"
#include "core/edits/draft.h"
#include "core/edits/flags.h"
#include "core/edits/references.h"

#include <algorithm>
#include <format>

namespace stagelift {

namespace {

constexpr std::string_view kOneArgument =
    "COPY requires at least two arguments, but only one was provided. Destination could not be determined";

/// The words of a COPY that its edge has as paths: no contents in the line itself, and nothing that an ADD fetches.
std::vector<const Word*> pathWords(const Instruction& copy)
{
    std::vector<const Word*> words;
    for (std::size_t i = 0; i + 1 < copy.args.size(); ++i) {
        const std::string_view text = copy.args[i].text;
        const bool isFetched = copy.keyword == Keyword::Add && sourceKind(text) != SourceKind::Local;
        if (!isHeredocWord(text) && !isFetched)
            words.push_back(&copy.args[i]);
    }
    return words;
}

/// True where several files would fit: "/x/", "."; and where only the build can tell.
bool isFolder(std::string_view destination)
{
    return destination.ends_with('/') || destination == "." || destination.ends_with("/.") || destination.contains('$');
}

class Sources {
public:
    Sources(const Analysis& before, const Edge& edge)
        : m_before(before),
          m_edge(edge),
          m_line(before.dockerfile.instructions[edge.instruction]),
          m_copy(edits::acting(m_line)),
          m_words(pathWords(m_copy)),
          m_draft(before)
    {
    }

    [[nodiscard]] std::size_t countWith(const std::vector<std::string>& paths) const
    {
        return m_copy.args.size() - 1 - m_words.size() + paths.size();
    }
    [[nodiscard]] std::string_view destination() const { return m_copy.args.back().text; }
    /// Writes the paths; with the slash that makes a folder of the destination, where that is asked for.
    [[nodiscard]] EditOutcome written(const std::vector<std::string>& paths, bool withSlash);

private:
    [[nodiscard]] EditOutcome settled(const std::vector<std::string>& paths, std::string destination) const;
    void replaceEach(const std::vector<std::string>& paths);
    void insert(std::size_t at, std::span<const std::string> paths);
    void remove(const Word& word);
    void select(Span span);
    [[nodiscard]] std::string spelled(const std::string& path) const
    {
        return m_copy.json ? edits::jsonEscaped(path) : path;
    }

    const Analysis& m_before;
    const Edge& m_edge;
    const Instruction& m_line;
    const Instruction& m_copy;
    std::vector<const Word*> m_words;
    edits::Draft m_draft;
    bool m_isSelected = false;
};

EditOutcome Sources::written(const std::vector<std::string>& paths, bool withSlash)
{
    const char escape = m_before.dockerfile.escape;
    const std::string destination =
        withSlash ? edits::asDirectory(m_copy.args.back().text) : std::string(this->destination());
    const bool needsJson = !m_copy.json && std::ranges::any_of(paths, [&](const std::string& path) {
        return edits::needsJson(path, escape);
    });
    if (needsJson && (!m_copy.heredocs.empty() || !m_line.heredocs.empty()))
        return std::unexpected(Refusal{"Beside a heredoc a path can't hold a blank", "Choose a path without one."});
    if (!needsJson) {
        replaceEach(paths);
        if (withSlash)
            m_draft.insert(m_copy.args.back().span.end, "/");
        return settled(paths, destination);
    }
    std::vector<std::string> all = paths;
    for (const Word& word : std::span(m_copy.args).first(m_copy.args.size() - 1)) {
        if (!std::ranges::contains(m_words, &word))
            all.emplace_back(word.text); // what is fetched
    }
    edits::CopyWords words = edits::copyWords(all, destination, escape);
    m_draft.replace({m_copy.args.front().span.begin, m_copy.args.back().span.end}, std::move(words.text));
    select({2, static_cast<std::uint32_t>(2 + edits::jsonEscaped(paths.front()).size())}); // behind `["`
    return settled(paths, destination);
}

void Sources::replaceEach(const std::vector<std::string>& paths)
{
    const std::size_t least = std::min(paths.size(), m_words.size());
    std::size_t first = 0;
    while (first < least && m_words[first]->text == paths[first])
        ++first;
    std::size_t last = 0;
    while (last < least - first && m_words[m_words.size() - 1 - last]->text == paths[paths.size() - 1 - last])
        ++last;
    std::size_t at = first;
    for (; at + last < least; ++at) {
        if (m_words[at]->text == paths[at])
            continue;
        const std::string text = spelled(paths[at]);
        m_draft.replace(m_words[at]->span, text);
        select({0, static_cast<std::uint32_t>(text.size())});
    }
    for (std::size_t gone = at; gone + last < m_words.size(); ++gone)
        remove(*m_words[gone]);
    if (at + last < paths.size())
        insert(at, std::span(paths).subspan(at, paths.size() - last - at));
}

/// Puts words in behind the one ahead of them, or ahead of all.
void Sources::insert(std::size_t at, std::span<const std::string> paths)
{
    const bool isFirst = at == 0;
    const std::uint32_t quote = m_copy.json ? 1 : 0;
    std::string text;
    Span selected;
    for (const std::string& path : paths) {
        const std::string_view gap = m_copy.json ? ", " : " ";
        text += std::format("{}{}", isFirst ? "" : gap, m_copy.json ? "\"" : "");
        const auto begin = static_cast<std::uint32_t>(text.size());
        text += spelled(path);
        if (&path == &paths.front())
            selected = {begin, static_cast<std::uint32_t>(text.size())};
        text += std::format("{}{}", m_copy.json ? "\"" : "", isFirst ? gap : "");
    }
    const Word& first = m_words.empty() ? m_copy.args.back() : *m_words.front();
    m_draft.insert(isFirst ? first.span.begin - quote : m_words[at - 1]->span.end + quote, std::move(text));
    select(selected);
}

void Sources::remove(const Word& word)
{
    Span span = word.span;
    if (m_copy.json) {
        const std::size_t comma = m_before.source.bytes().find(',', span.end);
        span = {span.begin - 1, static_cast<std::uint32_t>(comma + 1)}; // the destination follows, so there is one
    }
    m_draft.replace({span.begin, edits::nextWord(m_before, span.end, m_line.span.end)}, {});
    select({});
}

void Sources::select(Span span)
{
    if (!m_isSelected)
        m_draft.select(span);
    m_isSelected = true;
}

EditOutcome Sources::settled(const std::vector<std::string>& paths, std::string destination) const
{
    edits::Intended intended;
    intended.changes = [&](const Edge& other) { return edits::shareWords(m_before, m_edge, other); };
    intended.landing = {m_edge.from, m_edge.to, std::move(destination)};
    intended.mend = "Choose another path.";
    intended.objection = [&](const Dockerfile&, const StageGraph& after) -> std::optional<Refusal> {
        for (const Edge& edge : after.edges) {
            if (edge.instruction == m_edge.instruction && edge.to == m_edge.to && edge.paths != paths)
                return Refusal{"The paths would be read as something else", "Choose another path."};
        }
        return std::nullopt;
    };
    return m_draft.settled(intended);
}

} // namespace

EditOutcome setCopySources(const Analysis& before, std::size_t edge, const std::vector<std::string>& paths)
{
    if (edge >= before.graph.edges.size())
        return std::unexpected(Refusal{"This connection is no longer there", {}});
    const Edge& changed = before.graph.edges[edge];
    if (changed.kind != EdgeKind::Copy && changed.kind != EdgeKind::OnbuildCopy)
        return std::unexpected(Refusal{"Only a COPY or an ADD has sources", {}});
    if (paths.empty() || std::ranges::contains(paths, std::string()))
        return std::unexpected(Refusal{std::string(kOneArgument), "Name what is to be copied, or take the line out."});
    if (edits::acting(before.dockerfile.instructions[changed.instruction]).args.size() < 2)
        return std::unexpected(Refusal{std::string(kOneArgument), "Mend the line first."});
    if (paths == changed.paths)
        return EditResult{};
    Sources sources(before, changed);
    if (sources.countWith(paths) < 2 || isFolder(sources.destination()))
        return sources.written(paths, false);
    EditOutcome remedy = sources.written(paths, true);
    if (!remedy)
        return remedy;
    return std::unexpected(Refusal{"When using COPY with more than one source file, the destination must be a "
                                   "directory and end with a /",
                                   std::format("Make the destination {}", edits::asDirectory(sources.destination())),
                                   std::move(*remedy)});
}

} // namespace stagelift
