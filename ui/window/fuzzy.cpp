// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/fuzzy.h"

#include <algorithm>

namespace stagelift::ui {

namespace {

constexpr int kAtStart = 120;   // a word of the text begins with it
constexpr int kInitials = 90;   // each letter begins a word, or goes on with one
constexpr int kInside = 60;     // somewhere in a word
constexpr int kLettersOut = 25; // a word with letters left out
constexpr int kWholeWord = 15;  // more, where the word of the text ends with it, too
constexpr int kLongest = 60;    // letters from which on a text is no worse for being longer
constexpr int kLettersAPoint = 4;

using Letters = QList<int>;

/// A text to be searched: lower case, and where its words begin.
class Haystack {
public:
    explicit Haystack(const QString& text) : m_text(text.toCaseFolded())
    {
        if (m_text.size() != text.size()) // a letter that folds into two: places would be others
            m_text = text;
        m_starts.resize(m_text.size());
        for (qsizetype i = 0; i < m_text.size(); ++i)
            m_starts[i] = m_text[i].isLetterOrNumber() && (i == 0 || !m_text[i - 1].isLetterOrNumber());
    }

    /// The best place of one word of the query, and how good it is.
    [[nodiscard]] std::optional<FuzzyMatch> find(const QString& word) const
    {
        auto part = asPart(word);
        if (part && part->score >= kAtStart)
            return part;
        if (auto initials = alongStarts(word))
            return initials;
        return part ? part : withLettersOut(word);
    }

private:
    [[nodiscard]] std::optional<FuzzyMatch> asPart(const QString& word) const
    {
        std::optional<FuzzyMatch> best;
        for (qsizetype at = m_text.indexOf(word); at >= 0; at = m_text.indexOf(word, at + 1)) {
            const qsizetype end = at + word.size();
            const bool starts = m_starts[at] || !word.front().isLetterOrNumber();
            const bool ends = end == m_text.size() || !m_text[end].isLetterOrNumber();
            const int score = (starts ? kAtStart : kInside) + (ends ? kWholeWord : 0);
            if (best && best->score >= score)
                continue;
            best = FuzzyMatch{.score = score, .letters = {}};
            for (qsizetype i = at; i < end; ++i)
                best->letters.append(static_cast<int>(i));
        }
        return best;
    }

    /// The letters of a word, each where a word of the text begins or right behind the letter before.
    [[nodiscard]] std::optional<FuzzyMatch> alongStarts(const QString& word) const
    {
        Letters letters;
        QList<bool> inVain(word.size() * m_text.size()); // tried from there, so that no way is gone twice
        if (!goOn(word, 0, letters, inVain))
            return std::nullopt;
        return FuzzyMatch{.score = kInitials, .letters = letters};
    }

    bool goOn(const QString& word, qsizetype from, Letters& letters, QList<bool>& inVain) const
    {
        const qsizetype next = letters.size();
        if (next == word.size())
            return true;
        if (from == m_text.size() || inVain[next * m_text.size() + from])
            return false;
        for (qsizetype at = from; at < m_text.size(); ++at) {
            const bool follows = next > 0 && at == from;
            if (m_text[at] != word[next] || (!m_starts[at] && !follows))
                continue;
            letters.append(static_cast<int>(at));
            if (goOn(word, at + 1, letters, inVain))
                return true;
            letters.removeLast();
        }
        inVain[next * m_text.size() + from] = true;
        return false;
    }

    [[nodiscard]] std::optional<FuzzyMatch> withLettersOut(const QString& word) const
    {
        for (qsizetype start = 0; start < m_text.size(); ++start) {
            if (!m_starts[start] || m_text[start] != word.front())
                continue;
            Letters letters;
            for (qsizetype at = start; at < m_text.size() && m_text[at].isLetterOrNumber(); ++at)
                if (letters.size() < word.size() && m_text[at] == word[letters.size()])
                    letters.append(static_cast<int>(at));
            if (letters.size() == word.size())
                return FuzzyMatch{.score = kLettersOut, .letters = letters};
        }
        return std::nullopt;
    }

    QString m_text;
    QList<bool> m_starts;
};

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(const QString& query, const QString& text)
{
    const QStringList words = query.toCaseFolded().split(QChar(u' '), Qt::SkipEmptyParts);
    FuzzyMatch all;
    if (words.isEmpty())
        return all;
    const Haystack haystack(text);
    for (const QString& word : words) {
        const auto found = haystack.find(word);
        if (!found)
            return std::nullopt;
        all.score += found->score;
        all.letters += found->letters;
    }
    std::ranges::sort(all.letters);
    const auto twice = std::ranges::unique(all.letters);
    all.letters.erase(twice.begin(), twice.end());
    const int first = all.letters.isEmpty() ? 0 : all.letters.front();
    all.score -= (std::min(static_cast<int>(text.size()), kLongest) + std::min(first, kLongest)) / kLettersAPoint;
    return all;
}

} // namespace stagelift::ui
