// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/proposal/diff_page.h"

#include "core/text/line_changes.h"
#include "ui/diagram/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr std::size_t kContext = 3; // lines that stay, shown around a change
constexpr int kNumberWidth = 26;    // px
constexpr double kGround = 0.16;    // of the colour in a line's ground

QColor mixed(const QColor& colour, const QColor& ground)
{
    const auto part = [](int from, int to) { return static_cast<int>(to + ((from - to) * kGround)); };
    return {part(colour.red(), ground.red()), part(colour.green(), ground.green()), part(colour.blue(), ground.blue())};
}

/// A row of the table: a line, or a gap in which lines that stay are left out.
struct Row {
    ChangedLine line;
    std::size_t leftOut = 0;
    const Explanation* why = nullptr; // begins here
    int height = 1;                   // rows it stands beside
};

class Page {
public:
    Page(const SourceText& before, const SourceText& after, const Proposal& proposal, const Theme& theme,
         const QFont& font)
        : m_before(before), m_after(after), m_proposal(proposal), m_theme(theme), m_font(font)
    {
    }

    [[nodiscard]] QString html()
    {
        fill();
        explain();
        QString rows;
        int beside = 0; // rows that the last explanation still covers
        for (const Row& row : m_rows) {
            rows += u"<tr>"_s + (row.leftOut > 0 ? gap(row) : line(row.line));
            if (row.why) {
                beside = row.height;
                rows += u"<td rowspan='%1' style='padding-left:14px;%2'>%3</td>"_s.arg(
                    QString::number(row.height), colour(m_theme.text), toQt(row.why->why).toHtmlEscaped());
            } else if (beside <= 0) {
                rows += u"<td></td>"_s;
            }
            --beside;
            rows += u"</tr>"_s;
        }
        return u"<table width='100%' cellspacing='0' cellpadding='1'>%1</table>"_s.arg(rows);
    }

private:
    [[nodiscard]] static QString colour(const QColor& colour) { return u"color:%1"_s.arg(colour.name()); }

    [[nodiscard]] const Explanation* explanationOf(const ChangedLine& line) const
    {
        const auto found = std::ranges::find_if(m_proposal.explanations, [&](const Explanation& each) {
            return line.after != 0 && each.lines.contains(line.after);
        });
        return found == m_proposal.explanations.end() ? nullptr : &*found;
    }

    /// All lines but those that stay, are far from a change and have nothing said of them.
    void fill()
    {
        const std::vector<ChangedLine> lines = changedLines(m_before, m_after, m_proposal.edits);
        std::vector<bool> kept(lines.size());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (lines[i].change == LineChange::Same && !explanationOf(lines[i]))
                continue;
            for (std::size_t near = i - std::min(i, kContext); near < std::min(i + kContext + 1, lines.size()); ++near)
                kept[near] = true;
        }
        for (std::size_t i = 0; i < lines.size();) {
            const auto next = std::find(kept.begin() + static_cast<std::ptrdiff_t>(i), kept.end(), true) - kept.begin();
            const std::size_t leftOut = static_cast<std::size_t>(next) - i;
            if (leftOut > 1) { // a gap is as high as a line
                m_rows.push_back({.line = lines[i], .leftOut = leftOut});
                i += leftOut;
            } else {
                m_rows.push_back({.line = lines[i]});
                ++i;
            }
        }
    }

    void explain()
    {
        for (const Explanation& each : m_proposal.explanations) {
            std::optional<std::size_t> first;
            std::size_t last = 0;
            for (std::size_t i = 0; i < m_rows.size(); ++i) {
                if (m_rows[i].leftOut > 0 || explanationOf(m_rows[i].line) != &each)
                    continue;
                first = first.value_or(i);
                last = i;
            }
            if (!first)
                continue;
            m_rows[*first].why = &each;
            m_rows[*first].height = static_cast<int>(last - *first) + 1;
        }
    }

    [[nodiscard]] QString gap(const Row& row) const
    {
        return u"<td colspan='4' style='%1'>&nbsp;⋯ %2</td>"_s.arg(
            colour(m_theme.textQuiet),
            QCoreApplication::translate("stagelift::ui::DiffPage", "%1 lines as they are").arg(row.leftOut));
    }

    [[nodiscard]] QString number(std::uint32_t line) const
    {
        return u"<td align='right' width='%1' style='padding-right:6px;%2'>%3</td>"_s.arg(
            QString::number(kNumberWidth), colour(m_theme.textQuiet), line == 0 ? QString() : QString::number(line));
    }

    [[nodiscard]] QString line(const ChangedLine& line) const
    {
        const bool gone = line.change == LineChange::Removed;
        const std::string_view bytes =
            gone ? m_before.at(m_before.lineSpan(line.before)) : m_after.at(m_after.lineSpan(line.after));
        const QString ground = line.change == LineChange::Same ? QString()
                               : gone                          ? u" bgcolor='%1'"_s.arg(removedGround(m_theme).name())
                                                               : u" bgcolor='%1'"_s.arg(addedGround(m_theme).name());
        const QString sign = line.change == LineChange::Same ? u"&nbsp;"_s : gone ? u"−"_s : u"+"_s;
        const QString code = u"white-space:pre-wrap;font-family:%1;font-size:%2pt;%3"_s.arg(
            m_font.family(), QString::number(m_font.pointSizeF()), colour(m_theme.text));
        return number(line.before) + number(line.after) +
               u"<td%1 width='14' style='padding-left:6px;%2'>%3</td><td%1 width='%5' style='%2'>%4</td>"_s.arg(
                   ground, code, sign, toQt(bytes).toHtmlEscaped(),
                   m_proposal.explanations.empty() ? u"100%"_s : u"58%"_s);
    }

    const SourceText& m_before;
    const SourceText& m_after;
    const Proposal& m_proposal;
    const Theme& m_theme;
    const QFont& m_font;
    std::vector<Row> m_rows;
};

} // namespace

QColor addedGround(const Theme& theme)
{
    return mixed(theme.success, theme.palette.color(QPalette::Base));
}

QColor removedGround(const Theme& theme)
{
    return mixed(theme.error, theme.palette.color(QPalette::Base));
}

QString diffPage(const SourceText& before, const SourceText& after, const Proposal& proposal, const Theme& theme,
                 const QFont& font)
{
    return Page(before, after, proposal, theme, font).html();
}

} // namespace stagelift::ui
