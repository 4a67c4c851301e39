// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/editor/gutter.h"

#include "core/engine/build.h"
#include "ui/editor/scintilla_numbers.h"

#include <QFontMetrics>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

namespace stagelift::ui {

namespace {

using Sci = QsciScintillaBase;

/// Where the first line of an instruction stands, and its bytes.
std::string_view textOf(const Analysis& analysis, const Instruction& instruction)
{
    return analysis.source.at(instruction.span);
}

} // namespace

Gutter::Gutter(QsciScintilla& editor) : m_editor(editor), m_sci(editor), m_theme(Theme::lightTheme())
{
    m_sci(Sci::SCI_SETMARGINS, kMarginCount);
    for (int margin = 0; margin < kMarginCount; ++margin) {
        const bool numbers = margin == kLineMargin;
        m_sci(Sci::SCI_SETMARGINTYPEN, margin, numbers ? Sci::SC_MARGIN_NUMBER : Sci::SC_MARGIN_BACK);
        m_sci(Sci::SCI_SETMARGINMASKN, margin, 0);
        m_sci(Sci::SCI_SETMARGINSENSITIVEN, margin, std::int64_t(!numbers));
        m_sci(Sci::SCI_SETMARGINCURSORN, margin, numbers ? Sci::SC_CURSORREVERSEARROW : Sci::SC_CURSORARROW);
    }
    m_sci(Sci::SCI_MARKERDEFINE, kMeasuredMarker, Sci::SC_MARK_EMPTY);
    updateWidths();
}

void Gutter::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_sci(Sci::SCI_STYLESETFORE, Sci::STYLE_LINENUMBER, theme.textQuiet);
    m_sci(Sci::SCI_STYLESETBACK, Sci::STYLE_LINENUMBER, theme.palette.color(QPalette::Base));
}

int Gutter::unit() const
{
    return std::max(8, static_cast<int>(m_sci(Sci::SCI_TEXTHEIGHT)) / 2);
}

QFont Gutter::smallFont() const
{
    QFont font = m_editor.font();
    font.setPixelSize(std::max(9, static_cast<int>(m_sci(Sci::SCI_TEXTHEIGHT)) * 6 / 10));
    return font;
}

void Gutter::updateWidths()
{
    const std::string digits(std::max<std::size_t>(3, std::to_string(m_sci.lineCount()).size()), '9');
    const auto numbers = m_sci(Sci::SCI_TEXTWIDTH, Sci::STYLE_LINENUMBER, digits.c_str());
    int sizes = 0;
    const QFontMetrics metrics(smallFont());
    for (const Size& size : m_sizes)
        sizes = std::max(sizes, metrics.horizontalAdvance(size.label) + unit() + 2);
    const std::array<std::int64_t, kMarginCount> widths{numbers + unit() + 4, sizes, unit() * 2 / 3, unit() * 7 / 4,
                                                        unit() * 3 / 2};
    for (int margin = 0; margin < kMarginCount; ++margin)
        m_sci(Sci::SCI_SETMARGINWIDTHN, margin, widths.at(static_cast<std::size_t>(margin)));
    m_sci(Sci::SCI_SETMARGINLEFT, 0, std::int64_t{unit() / 2});
}

QRect Gutter::marginRect(int margin) const
{
    int left = 0;
    for (int before = 0; before < margin; ++before)
        left += static_cast<int>(m_sci(Sci::SCI_GETMARGINWIDTHN, before));
    return {left, 0, static_cast<int>(m_sci(Sci::SCI_GETMARGINWIDTHN, margin)), m_editor.viewport()->height()};
}

int Gutter::stageBegunIn(int line) const
{
    return m_stageOfLine.value(line, -1);
}

void Gutter::showAnalysis(const AnalysisPtr& analysis)
{
    m_analysis = analysis;
    m_stageOfLine.clear();
    for (const Stage& stage : analysis->graph.stages)
        m_stageOfLine.insert(m_sci.lineAt(stage.span.begin), stage.index);
    placeSizes();
    updateWidths();
    m_editor.viewport()->update();
}

void Gutter::showSizes(const QHash<int, qint64>& bytesOfInstruction)
{
    m_sci(Sci::SCI_MARKERDELETEALL, kMeasuredMarker);
    m_sizes.clear();
    for (const auto& [index, bytes] : bytesOfInstruction.asKeyValueRange()) {
        if (!m_analysis || index < 0 || static_cast<std::size_t>(index) >= m_analysis->dockerfile.instructions.size())
            continue;
        const Instruction& instruction = m_analysis->dockerfile.instructions[static_cast<std::size_t>(index)];
        const int mark = static_cast<int>(
            m_sci(Sci::SCI_MARKERADD, m_sci.lineAt(instruction.span.begin), std::int64_t{kMeasuredMarker}));
        m_sizes.push_back({mark, std::string(textOf(*m_analysis, instruction)), humanSize(bytes)});
    }
    placeSizes();
    updateWidths();
    m_editor.viewport()->update();
}

void Gutter::placeSizes()
{
    m_sizeOfLine.clear();
    if (m_sizes.empty() || !m_analysis)
        return;
    QHash<int, const Instruction*> instructionOfLine;
    for (const Instruction& instruction : m_analysis->dockerfile.instructions)
        instructionOfLine.insert(m_sci.lineAt(instruction.span.begin), &instruction);
    std::erase_if(m_sizes, [&](const Size& size) {
        const int line = static_cast<int>(m_sci(Sci::SCI_MARKERLINEFROMHANDLE, size.mark));
        const Instruction* instruction = instructionOfLine.value(line, nullptr);
        if (!instruction || textOf(*m_analysis, *instruction) != size.text)
            return true; // what was measured is not what stands there now
        m_sizeOfLine.insert(line, size.label);
        return false;
    });
}

void Gutter::paint(QPainter& painter) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    const int lines = m_sci.lineCount();
    const int height = m_editor.viewport()->height();
    const auto first = m_sci(Sci::SCI_DOCLINEFROMVISIBLE, m_sci(Sci::SCI_GETFIRSTVISIBLELINE));
    for (int line = static_cast<int>(first); line < lines; ++line) {
        if (m_sci(Sci::SCI_GETLINEVISIBLE, line) == 0)
            continue;
        const auto top = static_cast<int>(m_sci(Sci::SCI_POINTYFROMPOSITION, 0, m_sci.lineBegin(line)));
        if (top >= height)
            break;
        const auto lineHeight = static_cast<int>(m_sci(Sci::SCI_TEXTHEIGHT, line));
        const auto rows = m_sci(Sci::SCI_WRAPCOUNT, line) + m_sci(Sci::SCI_ANNOTATIONGETLINES, line);
        paintLine(painter, {line, QRect(0, top, 0, lineHeight * static_cast<int>(rows)), lineHeight});
    }
}

void Gutter::paintLine(QPainter& painter, const Place& place) const
{
    if (const QString label = m_sizeOfLine.value(place.line); !label.isEmpty()) {
        const QRect margin = marginRect(kSizeMargin);
        painter.setFont(smallFont());
        painter.setPen(m_theme.textQuiet);
        painter.drawText(QRect(margin.left(), place.row.top(), margin.width() - unit() / 2, place.lineHeight),
                         Qt::AlignRight | Qt::AlignVCenter, label);
    }
    if (m_analysis)
        paintStage(painter, place);
    paintFold(painter, place);
}

void Gutter::paintStage(QPainter& painter, const Place& place) const
{
    const int stage = m_analysis->graph.stageAt(static_cast<std::uint32_t>(m_sci.lineBegin(place.line)));
    if (stage < 0)
        return;
    const QColor hue = m_theme.stageHue(stage);
    const QRect bar = marginRect(kStageMargin);
    painter.fillRect(QRectF(bar.left() + 1, place.row.top(), std::max(3, bar.width() / 2), place.row.height()), hue);
    if (stageBegunIn(place.line) < 0)
        return;
    const QRectF cell(marginRect(kBuildMargin).left(), place.row.top(), marginRect(kBuildMargin).width(),
                      place.lineHeight);
    const double size = place.lineHeight * 0.25;
    const QPointF middle = cell.center();
    QPainterPath triangle(middle + QPointF(-size * 0.8, -size));
    triangle.lineTo(middle + QPointF(size, 0));
    triangle.lineTo(middle + QPointF(-size * 0.8, size));
    triangle.closeSubpath();
    painter.setPen(QPen(m_theme.success, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(m_theme.success);
    painter.drawPath(triangle);
}

void Gutter::paintFold(QPainter& painter, const Place& place) const
{
    if ((m_sci(Sci::SCI_GETFOLDLEVEL, place.line) & Sci::SC_FOLDLEVELHEADERFLAG) == 0)
        return;
    const QRect margin = marginRect(kFoldMargin);
    const QPointF middle =
        QRectF(margin.left(), place.row.top(), margin.width() - unit() / 4.0, place.lineHeight).center();
    const double size = place.lineHeight * 0.16;
    const bool open = m_sci(Sci::SCI_GETFOLDEXPANDED, place.line) != 0;
    QPainterPath chevron;
    if (open) {
        chevron.moveTo(middle + QPointF(-size, -size / 2));
        chevron.lineTo(middle + QPointF(0, size / 2));
        chevron.lineTo(middle + QPointF(size, -size / 2));
    } else {
        chevron.moveTo(middle + QPointF(-size / 2, -size));
        chevron.lineTo(middle + QPointF(size / 2, 0));
        chevron.lineTo(middle + QPointF(-size / 2, size));
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(open ? m_theme.edge : m_theme.text, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(chevron);
}

namespace {

class FoldLevels {
public:
    explicit FoldLevels(const Scintilla& sci)
        : m_sci(sci), m_levels(static_cast<std::size_t>(sci.lineCount()), Sci::SC_FOLDLEVELBASE)
    {
    }

    /// The span's first line becomes the head of those below it.
    void fold(Span span)
    {
        const auto first = static_cast<std::size_t>(m_sci.lineAt(span.begin));
        const auto last = std::min(static_cast<std::size_t>(m_sci.lineAt(span.end)), m_levels.size() - 1);
        if (last <= first)
            return;
        m_levels[first] |= Sci::SC_FOLDLEVELHEADERFLAG;
        for (std::size_t line = first + 1; line <= last; ++line)
            ++m_levels[line];
    }

    void apply() const
    {
        for (std::size_t at = 0; at < m_levels.size(); ++at) {
            const auto line = static_cast<std::int64_t>(at);
            if (m_sci(Sci::SCI_GETFOLDLEVEL, line) != m_levels[at])
                m_sci(Sci::SCI_SETFOLDLEVEL, line, std::int64_t{m_levels[at]});
        }
    }

private:
    const Scintilla& m_sci;
    std::vector<int> m_levels;
};

} // namespace

void setFoldLevels(const Scintilla& sci, const Analysis& analysis)
{
    FoldLevels levels(sci);
    for (const Stage& stage : analysis.graph.stages)
        levels.fold(stage.span);
    for (const Instruction& instruction : analysis.dockerfile.instructions) {
        if (instruction.keyword != Keyword::From)
            levels.fold(instruction.span);
    }
    levels.apply();
}

} // namespace stagelift::ui
