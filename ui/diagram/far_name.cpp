// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/far_name.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kMeasured = 100;        // pixels: large enough for the advances to be exact
constexpr qsizetype kFewest = 3;      // characters that tell one name from another
constexpr double kStillWhole = 0.9;   // of what is readable: a name is made a little smaller rather than cut
constexpr double kLeastOfLeast = 0.6; // of what is readable; below, a name is but a smear

/// Where a name may be divided: behind what divides its words.
bool isDivider(QChar character)
{
    return u"-_./:@ "_s.contains(character);
}

} // namespace

FarName::FarName(const QString& text, const QFont& font) : m_text(text)
{
    QFont large = font;
    large.setPixelSize(kMeasured);
    const QFontMetricsF metrics(large);
    m_ellipsis = metrics.horizontalAdvance(u'…') / kMeasured;
    m_ends.reserve(static_cast<std::size_t>(text.size()));
    double end = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        // The second half of a surrogate pair has its room with the first.
        if (!text[i].isLowSurrogate())
            end += metrics.horizontalAdvance(text.mid(i, text[i].isHighSurrogate() ? 2 : 1)) / kMeasured;
        m_ends.push_back(end);
    }
}

double FarName::width(qsizetype from, qsizetype to) const
{
    const auto endOf = [this](qsizetype count) { return count > 0 ? m_ends[static_cast<std::size_t>(count - 1)] : 0; };
    return endOf(to) - endOf(from);
}

/// The divider behind which both lines are shortest; 0 where there is none.
qsizetype FarName::bestBreak() const
{
    qsizetype best = 0;
    double least = width(0, m_text.size());
    for (qsizetype i = 1; i < m_text.size(); ++i) {
        const double longer = std::max(width(0, i), width(i, m_text.size()));
        if (isDivider(m_text[i - 1]) && longer < least) {
            least = longer;
            best = i;
        }
    }
    return best;
}

qsizetype FarName::headThatFits(double room) const
{
    qsizetype count = std::ranges::upper_bound(m_ends, room) - m_ends.begin();
    if (count > 0 && count < m_text.size() && m_text[count].isLowSurrogate())
        --count;
    return count;
}

qsizetype FarName::tailThatFits(double room) const
{
    qsizetype from = m_text.size();
    while (from > 0 && width(from - 1, m_text.size()) <= room)
        --from;
    if (from < m_text.size() && m_text[from].isLowSurrogate())
        ++from;
    return m_text.size() - from;
}

QStringList FarName::cutTo(double room, bool twoLines) const
{
    if (width(0, m_text.size()) <= room)
        return {m_text};
    if (twoLines) {
        const qsizetype head = headThatFits(room);
        // Between words, where both parts have room so.
        qsizetype between = head;
        while (between > 0 && !isDivider(m_text[between - 1]))
            --between;
        for (const qsizetype end : {between, head})
            if (end > 0 && width(end, m_text.size()) <= room)
                return {m_text.left(end), m_text.mid(end)};
        return {m_text.left(head), u'…' + m_text.right(tailThatFits(room - m_ellipsis))};
    }
    // Both ends are kept: names that begin alike differ in their tails.
    const qsizetype tail = tailThatFits((room - m_ellipsis) * 0.45);
    const qsizetype head = headThatFits(room - m_ellipsis - width(m_text.size() - tail, m_text.size()));
    return {m_text.left(head) + u'…' + m_text.right(tail)};
}

FarLines FarName::fit(QSizeF room, double least, double most) const
{
    if (m_text.isEmpty() || room.width() <= 0 || room.height() <= 0)
        return {};
    const double one = std::min(room.height() / FarLines::kLineHeight, room.width() / width(0, m_text.size()));
    const qsizetype middle = bestBreak();
    double two = 0;
    if (middle > 0)
        two = std::min(room.height() / (2 * FarLines::kLineHeight),
                       room.width() / std::max(width(0, middle), width(middle, m_text.size())));
    const auto whole = [](double size) { return std::max(1, static_cast<int>(std::floor(size))); };
    const bool divided = two > one && one < most;
    const double natural = std::min(std::max(one, two), most);
    if (natural >= kStillWhole * least) {
        if (divided)
            return {.lines = {m_text.left(middle), m_text.mid(middle)}, .pixelSize = whole(natural)};
        return {.lines = {m_text}, .pixelSize = whole(natural)};
    }
    const double size = std::min(least, room.height() / FarLines::kLineHeight);
    const bool tall = room.height() >= 2 * FarLines::kLineHeight * size;
    const QStringList cut = cutTo(room.width() / size, tall);
    if (size < kLeastOfLeast * least || cut.first().size() < std::min(kFewest, m_text.size()))
        return {};
    return {.lines = cut, .pixelSize = whole(size)};
}

} // namespace stagelift::ui
