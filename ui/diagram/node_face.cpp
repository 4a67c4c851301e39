// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/node_face.h"

#include "core/artifacts/artifacts.h"
#include "core/stages/test_stages.h"
#include "ui/diagram/text_room.h"
#include "ui/diagram/words.h"

#include <QFontMetricsF>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <ranges>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

// Lengths at a text size of 13 pixels.
constexpr double kPlainEm = 13;
constexpr double kLeastWidth = 150;
constexpr double kMostWidth = 260;
constexpr double kMostOpenWidth = 340;
constexpr double kChevron = 12;
constexpr double kStripe = 5;
constexpr double kPadX = 11;
constexpr double kPadY = 9;
constexpr double kGap = 8;
constexpr double kStar = 13;
constexpr double kGlyph = 19; // a row's glyph with the gap behind it
constexpr double kGrip = 15;
constexpr double kRowPad = 3;
constexpr double kBadgePad = 6;

constexpr double kTestNeed = 0.5;       // between what the target needs and what it does not
constexpr qsizetype kMostTestName = 10; // letters in a badge

constexpr std::size_t kMostRows = 5;
constexpr std::size_t kMostRowsInCrowd = 3;
constexpr std::size_t kCrowd = 30; // stages

void cut(PictureText& text, const QFont& font, Qt::TextElideMode mode)
{
    // Half a pixel of grace: the width was made from the same text.
    text.shown = QFontMetricsF(font).elidedText(text.whole, mode, text.rect.width() + 0.5);
}

} // namespace

PictureFonts PictureFonts::from(const QFont& font)
{
    PictureFonts fonts;
    const int em = std::max(6, QFontInfo(font).pixelSize());
    fonts.em = em;
    fonts.text = font;
    fonts.text.setPixelSize(em);
    fonts.text.setHintingPreference(QFont::PreferNoHinting);
    fonts.title = fonts.text;
    fonts.title.setBold(true);
    fonts.unnamed = fonts.text;
    fonts.unnamed.setItalic(true);
    fonts.small = fonts.text;
    fonts.small.setPixelSize(std::max(6, static_cast<int>(std::lround(em * 0.88))));
    return fonts;
}

FaceMaker::FaceMaker(const PictureInput& input, const PictureFonts& fonts, int target)
    : m_input(input),
      m_fonts(fonts),
      m_graph(input.analysis->graph),
      m_artifacts(input.analysis->dockerfile, m_graph),
      m_budgets(budgetsOf(input.analysis->dockerfile, m_graph)),
      m_target(target),
      m_unit(fonts.em / kPlainEm),
      m_needed(m_graph.stages.size()),
      m_ships(m_graph.stages.size()),
      m_tests(neededByTestsOnly(input.analysis->dockerfile, m_graph, target))
{
    if (target >= 0) {
        for (const int stage : m_graph.reachable(target))
            m_needed[static_cast<std::size_t>(stage)] = true;
        for (const int stage : m_graph.shipped(target))
            m_ships[static_cast<std::size_t>(stage)] = true;
    }
    for (const StageSize& size : input.sizes) {
        m_sizes.insert(size.stage, size);
        m_largest = std::max(m_largest, size.total);
    }
}

bool FaceMaker::isNeeded(int stage) const
{
    return m_needed[static_cast<std::size_t>(stage)];
}

PictureNode FaceMaker::face(NodeRef ref) const
{
    if (ref.kind == NodeKind::Stage)
        return stageFace(ref.index, {});
    QString title = toQt(m_graph.label(ref));
    const bool buildContext =
        ref.kind == NodeKind::Context && m_graph.contexts[static_cast<std::size_t>(ref.index)].empty();
    if (buildContext)
        title = Diagram::tr("build context");
    return quietFace(ref, title);
}

PictureNode FaceMaker::stackFace(const std::vector<int>& chain) const
{
    return stageFace(chain.back(), chain);
}

QString FaceMaker::titleOf(const PictureNode& node) const
{
    const QString last = toQt(m_graph.label(node.ref));
    return node.members.empty() ? last : u"%1 … %2"_s.arg(toQt(m_graph.label(stageNode(node.members.front()))), last);
}

QString FaceMaker::subtitleOf(const PictureNode& node) const
{
    if (!node.members.empty()) {
        QStringList names;
        for (const int stage : node.members)
            names += toQt(m_graph.label(stageNode(stage)));
        return Diagram::tr("%n stages: %1", nullptr, static_cast<int>(names.size())).arg(names.join(", "_L1));
    }
    const Stage& stage = m_graph.stages[static_cast<std::size_t>(node.ref.index)];
    QString base = toQt(stage.baseName.empty() ? stage.baseWord.text : std::string_view(stage.baseName));
    if (stage.base.kind == NodeKind::Stage)
        base = Diagram::tr("from %1").arg(toQt(m_graph.label(stage.base)));
    return stage.platform.empty() ? base : base + u" · "_s + toQt(stage.platform);
}

Role FaceMaker::role(int stage) const
{
    const auto index = static_cast<std::size_t>(stage);
    if (m_needed[index])
        return m_ships[index] ? Role::Ships : Role::LeftBehind;
    return m_tests[index].empty() ? Role::NotNeeded : Role::OnlyForTests;
}

void FaceMaker::setRole(PictureNode& node) const
{
    node.needed = isNeeded(node.ref.index);
    node.tests = m_tests[static_cast<std::size_t>(node.ref.index)];
    node.role = role(node.ref.index);
    node.need = node.needed ? 1 : node.role == Role::OnlyForTests ? kTestNeed : 0;
}

PictureText FaceMaker::badgeOf(const PictureNode& node) const
{
    switch (node.role) {
    case Role::Ships:
        return whole(Diagram::tr("ships"));
    case Role::LeftBehind:
        return whole(Diagram::tr("left behind"));
    case Role::NotNeeded:
        return whole(Diagram::tr("not needed"));
    case Role::BuiltToo: // which no picture says of itself: classic_picture.h
    case Role::OnlyForTests:
        break;
    }
    if (node.tests.size() > 1)
        return whole(Diagram::tr("only for tests"));
    const QString test = toQt(m_graph.label(stageNode(node.tests.front())));
    PictureText badge = whole(Diagram::tr("only for %1").arg(test));
    if (test.size() > kMostTestName)
        badge.shown = Diagram::tr("only for a test");
    return badge;
}

PictureNode FaceMaker::stageFace(int index, const std::vector<int>& members) const
{
    PictureNode node;
    node.ref = stageNode(index);
    node.members = members;
    node.unnamed = members.empty() && !m_graph.stages[static_cast<std::size_t>(index)].isNamed();
    node.open = members.empty() && m_input.open.contains(index);
    setRole(node);
    node.title = whole(titleOf(node));
    node.subtitle = whole(subtitleOf(node));
    node.badge = badgeOf(node);
    const QFont& titleFont = node.unnamed ? m_fonts.unnamed : m_fonts.title;
    const double star = index == m_target ? (kStar + 4) * m_unit : 0;
    const double badge = widthOf(m_fonts.small, node.badge.shown) + 2 * kBadgePad * m_unit;
    double width = widthOf(titleFont, node.title.whole) + kGap * m_unit + star + badge;
    const double chevron = kChevron * m_unit;
    width = std::max(width, widthOf(m_fonts.small, node.subtitle.whole) + kGap * m_unit + chevron);

    double y = kPadY * m_unit;
    const double titleHeight = heightOf(m_fonts.title);
    node.title.rect.setRect(0, y, 0, titleHeight);
    y += titleHeight;
    const double smallHeight = heightOf(m_fonts.small);
    node.subtitle.rect.setRect(0, y, 0, smallHeight);
    y = addRows(node, y + smallHeight, width);
    y = addInstructions(node, y, width);
    y = addStatus(node, y, width);

    const double sides = (kStripe + 2 * kPadX) * m_unit;
    const double outer =
        std::ceil(std::clamp(width + sides, kLeastWidth * m_unit, (node.open ? kMostOpenWidth : kMostWidth) * m_unit));
    node.rect.setRect(0, 0, outer, std::ceil(y + kPadY * m_unit));
    node.badge.rect.setRect(outer - kPadX * m_unit - badge, 0, badge, smallHeight + 2 * m_unit);
    node.badge.rect.moveTop(node.title.rect.center().y() - node.badge.rect.height() / 2);
    if (index == m_target)
        node.star.setRect(node.badge.rect.left() - star, node.title.rect.center().y() - kStar * m_unit / 2,
                          kStar * m_unit, kStar * m_unit);
    node.chevron.setRect(outer - kPadX * m_unit - chevron, node.subtitle.rect.center().y() - chevron / 2, chevron,
                         chevron);
    cutToWidth(node, outer);
    node.far = FarName(node.title.whole, titleFont);
    return node;
}

double FaceMaker::addRows(PictureNode& node, double top, double& width) const
{
    const std::vector<Artifact> found = m_artifacts.artifacts(node.ref.index);
    if (found.empty())
        return top;
    const std::size_t most = m_graph.stages.size() > kCrowd ? kMostRowsInCrowd : kMostRows;
    const std::size_t shown = found.size() <= most + 1 ? found.size() : most;
    const double height = heightOf(m_fonts.small) + 2 * kRowPad * m_unit;
    double y = top + 6 * m_unit;
    const auto add = [&](PictureRow row) {
        width = std::max(width, widthOf(m_fonts.small, row.text.whole) + (kGlyph + kGrip + 6) * m_unit);
        row.rect.setRect(0, y, 0, height);
        node.rows.push_back(std::move(row));
        y += height + 2 * m_unit;
    };
    for (const Artifact& artifact : found | std::views::take(shown))
        add({.kind = RowKind::Artifact,
             .text = whole(toQt(artifact.path)),
             .rect = {},
             .path = artifact.path,
             .reason = toQt(artifact.reason),
             .span = artifact.span,
             .certain = artifact.certain,
             .folder = artifact.folder});
    if (shown < found.size()) {
        QStringList rest;
        for (const Artifact& artifact : found | std::views::drop(shown))
            rest += toQt(artifact.path);
        PictureRow row{
            .kind = RowKind::More, .text = {}, .rect = {}, .path = {}, .reason = rest.join('\n'_L1), .span = {}};
        row.text = whole(Diagram::tr("+ %n more", nullptr, static_cast<int>(rest.size())));
        add(std::move(row));
    }
    return y;
}

void FaceMaker::cutToWidth(PictureNode& node, double width) const
{
    const double left = (kStripe + kPadX) * m_unit;
    const double right = width - kPadX * m_unit;
    const QFont& titleFont = node.unnamed ? m_fonts.unnamed : m_fonts.title;
    const double titleEnd = node.star.isEmpty() ? node.badge.rect.left() : node.star.left();
    node.title.rect.setLeft(left);
    node.title.rect.setRight(titleEnd - kGap / 2 * m_unit);
    cut(node.title, titleFont, Qt::ElideMiddle); // names that begin alike differ in their tails
    node.subtitle.rect.setLeft(left);
    node.subtitle.rect.setRight(node.chevron.left() - kGap / 2 * m_unit);
    cut(node.subtitle, m_fonts.small, Qt::ElideMiddle);
    for (PictureRow& row : node.rows) {
        row.rect.setLeft(left - 5 * m_unit);
        row.rect.setRight(right + 5 * m_unit);
        if (row.kind == RowKind::Instruction) {
            row.text.rect = row.rect.adjusted(6 * m_unit, 0, -6 * m_unit, 0);
            cut(row.text, m_fonts.small, Qt::ElideRight);
            continue;
        }
        row.text.rect = row.rect.adjusted(kGlyph * m_unit, kRowPad * m_unit, -kGrip * m_unit, -kRowPad * m_unit);
        cut(row.text, m_fonts.small, Qt::ElideMiddle);
    }
    const double timeWidth = widthOf(m_fonts.small, node.time.whole);
    node.time.rect.setLeft(right - timeWidth);
    node.time.rect.setWidth(timeWidth);
    node.mark.moveLeft(left);
    node.status.rect.setLeft(left + node.status.rect.left());
    node.status.rect.setRight(node.time.rect.left() - (timeWidth > 0 ? kGap * m_unit : 0));
    cut(node.status, m_fonts.text, Qt::ElideRight);
    node.bar.setLeft(left);
    node.bar.setRight(right);
}

PictureNode FaceMaker::quietFace(NodeRef ref, const QString& title) const
{
    PictureNode node;
    node.ref = ref;
    node.role = Role::LeftBehind;
    node.needed =
        std::ranges::any_of(m_graph.edges, [&](const Edge& edge) { return edge.from == ref && isNeeded(edge.to); });
    node.need = node.needed ? 1 : 0;
    node.title = whole(title);
    const double ends = kPadX * m_unit;
    const double glyph = kGlyph * m_unit;
    const double height = heightOf(m_fonts.text);
    const double width = std::ceil(std::min(widthOf(m_fonts.text, title) + glyph + 2 * ends + 4, kMostWidth * m_unit));
    double y = 7 * m_unit;
    node.title.rect.setRect(ends + glyph, y, width - 2 * ends - glyph, height);
    cut(node.title, m_fonts.text, Qt::ElideMiddle);
    y += height;
    if (ref.kind == NodeKind::Context) {
        const double rowHeight = heightOf(m_fonts.small) + 2 * kRowPad * m_unit;
        PictureRow row{.kind = RowKind::Files,
                       .text = whole(Diagram::tr("files…")),
                       .rect = {},
                       .path = {},
                       .reason = {},
                       .span = {}};
        row.folder = true;
        row.rect.setRect(ends, y + 4 * m_unit, width - 2 * ends, rowHeight);
        row.text.rect = row.rect.adjusted(glyph, kRowPad * m_unit, -kGrip * m_unit, -kRowPad * m_unit);
        cut(row.text, m_fonts.small, Qt::ElideMiddle);
        y = row.rect.bottom();
        node.rows.push_back(std::move(row));
    }
    node.rect.setRect(0, 0, width, std::ceil(y + 7 * m_unit));
    node.far = FarName(title, m_fonts.text);
    return node;
}

} // namespace stagelift::ui
