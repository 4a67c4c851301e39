// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/log_search.h"

#include "core/engine/log_style.h"

#include <QCoreApplication>
#include <QSaveFile>

#include <algorithm>
#include <functional>
#include <limits>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

/// Lines [first, end) of a step, the title being line -1.
struct Stretch {
    int step;
    qint64 first;
    qint64 end;
};

constexpr qint64 kToTheEnd = std::numeric_limits<qint64>::max();

QByteArray blockText(const LogSnapshot& log, const LogBlock& block)
{
    if (const auto bytes = log.file->read(block.place, block.bytes))
        return withoutStyles(*bytes);
    return (lostLine().toUtf8() + '\n').repeated(block.lines);
}

/// Letters of ASCII in lower case; others are left alone, so that every byte keeps its place.
void foldAscii(QByteArray& bytes)
{
    for (char& c : bytes)
        c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

class Needle {
public:
    explicit Needle(const QString& text)
        : m_text(text),
          m_bytes(text.toLatin1()),
          m_ascii(std::ranges::all_of(text, [](QChar c) { return c < u'\x80'; }))
    {
        foldAscii(m_bytes);
    }

    [[nodiscard]] bool isIn(const QString& title) const { return title.contains(m_text, Qt::CaseInsensitive); }

    /// Of lines that follow each other, each with a line feed, the first that holds it within [first, end), or the
    /// last.
    [[nodiscard]] std::optional<qint64> lineIn(QByteArray lines, qint64 first, qint64 end, bool last) const
    {
        if (!m_ascii)
            return search(
                QString::fromUtf8(lines), QChar(u'\n'), first, end, last,
                [this](const QString& in, qsizetype at) { return in.indexOf(m_text, at, Qt::CaseInsensitive); });
        foldAscii(lines);
        return search(lines, '\n', first, end, last,
                      [this](const QByteArray& in, qsizetype at) { return in.indexOf(m_bytes, at); });
    }

private:
    /// From hit to hit, a line once.
    static std::optional<qint64> search(const auto& in, auto lineFeed, qint64 first, qint64 end, bool last, auto&& next)
    {
        std::optional<qint64> found;
        qint64 line = 0;
        qsizetype counted = 0;
        for (qsizetype hit = next(in, 0); hit >= 0;) {
            line += std::count(in.begin() + counted, in.begin() + hit, lineFeed);
            counted = hit;
            if (line >= end)
                break;
            if (line >= first)
                found = line;
            if (found && !last)
                break;
            const qsizetype lineEnd = in.indexOf(lineFeed, hit);
            hit = lineEnd < 0 ? -1 : next(in, lineEnd);
        }
        return found;
    }

    QString m_text;
    QByteArray m_bytes;
    bool m_ascii;
};

class Search {
public:
    Search(const LogSnapshot& log, const LogQuery& query, const std::atomic_bool& givenUp)
        : m_log(log), m_needle(query.text), m_backwards(query.backwards), m_givenUp(givenUp)
    {
    }

    [[nodiscard]] std::optional<LogPlace> in(const Stretch& stretch) const
    {
        const LogSnapshot::Step& step = m_log.steps[static_cast<std::size_t>(stretch.step)];
        const bool titleHolds = stretch.first < 0 && stretch.end >= 0 && m_needle.isIn(step.title);
        const LogPlace title{.step = stretch.step, .line = -1};
        if (titleHolds && !m_backwards)
            return title;
        if (const auto line = m_backwards ? lastLine(step, stretch) : firstLine(step, stretch))
            return LogPlace{.step = stretch.step, .line = *line};
        return titleHolds && !m_givenUp ? std::optional(title) : std::nullopt;
    }

private:
    [[nodiscard]] std::optional<qint64> firstLine(const LogSnapshot::Step& step, const Stretch& stretch) const
    {
        for (const LogBlock& block : step.blocks)
            if (const auto line = inBlock(block, stretch))
                return line;
        return inRest(step, stretch);
    }

    [[nodiscard]] std::optional<qint64> lastLine(const LogSnapshot::Step& step, const Stretch& stretch) const
    {
        if (const auto line = inRest(step, stretch))
            return line;
        for (auto block = step.blocks.rbegin(); block != step.blocks.rend(); ++block)
            if (const auto line = inBlock(*block, stretch))
                return line;
        return std::nullopt;
    }

    [[nodiscard]] std::optional<qint64> inBlock(const LogBlock& block, const Stretch& stretch) const
    {
        if (m_givenUp || block.firstLine + block.lines <= stretch.first || block.firstLine >= stretch.end)
            return std::nullopt;
        return inLines(blockText(m_log, block), block.firstLine, stretch);
    }

    [[nodiscard]] std::optional<qint64> inRest(const LogSnapshot::Step& step, const Stretch& stretch) const
    {
        if (m_givenUp || step.rest.isEmpty() || step.restLine >= stretch.end)
            return std::nullopt;
        return inLines(withoutStyles(step.rest), step.restLine, stretch);
    }

    [[nodiscard]] std::optional<qint64> inLines(const QByteArray& lines, qint64 begin, const Stretch& stretch) const
    {
        const auto line = m_needle.lineIn(lines, stretch.first - begin, stretch.end - begin, m_backwards);
        return line ? std::optional(*line + begin) : std::nullopt;
    }

    const LogSnapshot& m_log;
    Needle m_needle;
    bool m_backwards;
    const std::atomic_bool& m_givenUp;
};

/// Where to look one after the other: on from there, then the rest, round the end.
std::vector<Stretch> stretches(const LogSnapshot& log, const LogQuery& query)
{
    const int count = static_cast<int>(log.steps.size());
    const auto [step, line] = query.from;
    const qint64 self = query.fromItself ? 0 : 1;
    std::vector<Stretch> ahead{{step, line + self, kToTheEnd}};
    ahead.reserve(log.steps.size() + 1);
    for (int next = step + 1; next < count; ++next)
        ahead.push_back({next, -1, kToTheEnd});
    std::vector<Stretch> before;
    before.reserve(log.steps.size() + 1);
    for (int next = 0; next < step; ++next)
        before.push_back({next, -1, kToTheEnd});
    if (!query.backwards) {
        before.push_back({step, -1, line + self});
        ahead.insert(ahead.end(), before.begin(), before.end());
        return ahead;
    }
    ahead.front().first = line + 1 - self;
    before.push_back({step, -1, line + 1 - self});
    std::ranges::reverse(before);
    std::ranges::reverse(ahead);
    before.insert(before.end(), ahead.begin(), ahead.end());
    return before;
}

} // namespace

std::optional<LogPlace> findInLog(const LogSnapshot& log, const LogQuery& query, const std::atomic_bool& givenUp)
{
    if (query.text.isEmpty() || query.from.step < 0 || std::cmp_greater_equal(query.from.step, log.steps.size()))
        return std::nullopt;
    const Search search(log, query, givenUp);
    for (const Stretch& stretch : stretches(log, query)) {
        if (const auto place = search.in(stretch))
            return place;
        if (givenUp)
            break;
    }
    return std::nullopt;
}

std::expected<void, QString> saveLog(const LogSnapshot& log, const QString& path, const std::atomic_bool& givenUp)
{
    QSaveFile file(path);
    const auto problem = [&] {
        return std::unexpected(QCoreApplication::translate("stagelift::LogStore", "The log can't be saved as %1: %2.")
                                   .arg(path, file.errorString()));
    };
    if (!file.open(QIODevice::WriteOnly))
        return problem();
    bool first = true;
    for (const LogSnapshot::Step& step : log.steps) {
        file.write((first ? "" : "\n") + u"-- %1\n"_s.arg(step.title).toUtf8());
        first = false;
        for (const LogBlock& block : step.blocks) {
            if (givenUp)
                return std::unexpected(QString());
            if (const QByteArray text = blockText(log, block); file.write(text) != text.size())
                return problem();
        }
        file.write(withoutStyles(step.rest));
    }
    if (!file.commit())
        return problem();
    return {};
}

} // namespace stagelift
