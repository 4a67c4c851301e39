// SPDX-License-Identifier: GPL-3.0-or-later
//
// An open stage: its instructions as slim rows, below its artifacts, so that something can be put between two of them.

#include "ui/diagram/node_face.h"
#include "ui/diagram/words.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace stagelift::ui {

namespace {

constexpr double kAbove = 7; // between artifacts and instructions; a thin line runs there
constexpr double kPad = 2;
constexpr std::size_t kMostInstructions = 60;
constexpr std::size_t kMostBytes = 160; // of an instruction that a row may show

/// The begin of an instruction as one line.
QString beginningOf(const SourceText& source, const Instruction& instruction)
{
    std::string_view text = source.bytes();
    text = text.substr(instruction.span.begin, instruction.span.size());
    return toQt(text.substr(0, std::min(text.find('\n'), kMostBytes))).simplified();
}

} // namespace

double FaceMaker::addInstructions(PictureNode& node, double top, double& width) const
{
    if (!node.open)
        return top;
    const Stage& stage = m_graph.stages[static_cast<std::size_t>(node.ref.index)];
    const auto& instructions = m_input.analysis->dockerfile.instructions;
    const double height = std::ceil(QFontMetricsF(m_fonts.small).height()) + 2 * kPad * m_unit;
    double y = top + kAbove * m_unit;
    const auto add = [&](RowKind kind, const QString& text, std::size_t index) {
        PictureRow row{.kind = kind, .text = {}, .rect = {}, .path = {}, .reason = {}, .span = {}};
        row.text = {.shown = text, .whole = text, .rect = {}};
        row.instruction = index;
        row.rect.setRect(0, y, 0, height);
        if (kind == RowKind::Instruction)
            row.span = instructions[index].span;
        width = std::max(width, std::ceil(QFontMetricsF(m_fonts.small).horizontalAdvance(text)) + 12 * m_unit);
        node.rows.push_back(std::move(row));
        y += height;
    };
    const std::size_t first = stage.firstInstruction + 1;
    const std::size_t end = std::min(stage.endInstruction, first + kMostInstructions);
    for (std::size_t i = first; i < end; ++i)
        add(RowKind::Instruction, beginningOf(m_input.analysis->source, instructions[i]), i);
    if (end < stage.endInstruction)
        add(RowKind::More, Diagram::tr("+ %n more", nullptr, static_cast<int>(stage.endInstruction - end)), end);
    if (first == stage.endInstruction)
        add(RowKind::More, Diagram::tr("nothing but its FROM"), first);
    return y;
}

} // namespace stagelift::ui
