// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/inspector.h"

#include "ui/inspector/forms.h"
#include "ui/inspector/resolution_card.h"

#include <QFrame>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kWidth = 272;      // px
constexpr int kLeastWidth = 220; // px
constexpr int kMargin = 12;      // px
constexpr int kBetween = 14;     // px

Place placeOf(const StageGraph& graph, const Selection& selection)
{
    if (selection.edge) {
        const Edge& edge = graph.edges[*selection.edge];
        const bool isBase = edge.kind == EdgeKind::Base;
        return {.stage = edge.to, .edge = isBase ? std::nullopt : selection.edge, .outside = {}};
    }
    if (!selection.node)
        return {};
    if (selection.node->kind == NodeKind::Stage)
        return {.stage = selection.node->index, .edge = {}, .outside = {}};
    return {.stage = -1, .edge = {}, .outside = selection.node};
}

/// The edge whose reference there is something to say of.
std::optional<std::size_t> referenceAt(const StageGraph& graph, const Place& place)
{
    if (place.edge || place.stage < 0)
        return place.edge;
    const auto base = std::ranges::find_if(
        graph.edges, [&](const Edge& edge) { return edge.kind == EdgeKind::Base && edge.to == place.stage; });
    return base == graph.edges.end() ? std::nullopt : std::optional<std::size_t>(base - graph.edges.begin());
}

QFrame* line(QWidget* parent)
{
    auto* line = new QFrame(parent);
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Plain);
    line->setForegroundRole(QPalette::Mid);
    return line;
}

} // namespace

Inspector::Inspector(QWidget* parent)
    : QScrollArea(parent),
      m_nothing(new QLabel(tr("Select a stage or an edge in the diagram to see what it says, and "
                              "to change it.")))
{
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    column->setSpacing(kBetween);
    m_nothing->setWordWrap(true);
    m_copy = new CopyForm(m_editing, content);
    m_stage = new StageForm(m_editing, content);
    m_uses = new UsesForm(m_editing, content);
    m_card = new ResolutionCard(content);
    m_arguments = new ArgumentForm(content);
    for (QWidget* part : std::initializer_list<QWidget*>{m_nothing, m_copy, m_stage, m_uses, m_card})
        column->addWidget(part);
    column->addWidget(line(content));
    column->addWidget(m_arguments);
    column->addStretch();
    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumWidth(kLeastWidth);
    setAccessibleName(tr("Inspector"));
    connect(&m_editing, &Editing::edited, this, &Inspector::edited);
    connect(m_stage, &StageForm::targetChosen, this, &Inspector::targetChosen);
    connect(m_copy, &CopyForm::spanChosen, this, &Inspector::spanChosen);
    connect(m_card, &ResolutionCard::spanChosen, this, &Inspector::spanChosen);
    connect(m_uses, &UsesForm::spanChosen, this, &Inspector::spanChosen);
    showSelection(nullptr, {});
}

QSize Inspector::sizeHint() const
{
    return {kWidth, QScrollArea::sizeHint().height()};
}

void Inspector::setTheme(const Theme& theme)
{
    m_copy->setTheme(theme);
    m_stage->setTheme(theme);
    m_uses->setTheme(theme);
    m_card->setTheme(theme);
    m_arguments->setTheme(theme);
    QPalette quiet = theme.palette;
    quiet.setColor(QPalette::WindowText, theme.textQuiet);
    m_nothing->setPalette(quiet);
}

void Inspector::setTarget(int stage)
{
    m_stage->setTarget(stage);
}

QWidget* Inspector::form() const
{
    const Place& place = m_editing.place();
    if (place.edge)
        return m_copy;
    if (place.stage >= 0)
        return m_stage;
    return place.outside ? m_uses : nullptr;
}

void Inspector::showSelection(const AnalysisPtr& analysis, const Selection& selection)
{
    const Place now = analysis ? placeOf(analysis->graph, selection) : Place{};
    const bool isSame = analysis && m_editing.analysis() && !now.isNothing() &&
                        carried(m_editing.place(), *m_editing.analysis(), *analysis) == now;
    m_editing.setPlace(analysis, now);
    const QWidget* wanted = form();
    if (wanted == m_copy)
        m_copy->showPlace(isSame);
    else if (wanted == m_stage)
        m_stage->showPlace(isSame);
    else if (wanted == m_uses)
        m_uses->showPlace(isSame);
    m_nothing->setVisible(!wanted);
    for (QWidget* each : std::initializer_list<QWidget*>{m_copy, m_stage, m_uses})
        each->setVisible(each == wanted);
    showCard();
}

void Inspector::showCard()
{
    const AnalysisPtr& analysis = m_editing.analysis();
    const auto edge = analysis ? referenceAt(analysis->graph, m_editing.place()) : std::nullopt;
    m_card->setVisible(edge.has_value());
    if (edge)
        m_card->showEdge(analysis, *edge);
}

void Inspector::focusFirst()
{
    QWidget* first = form();
    if (!first || first == m_uses) {
        setFocus(Qt::ShortcutFocusReason);
        return;
    }
    for (QWidget* next = first->nextInFocusChain(); next && first->isAncestorOf(next);
         next = next->nextInFocusChain()) {
        if ((next->focusPolicy() & Qt::TabFocus) != 0 && next->isVisibleTo(this) && next->isEnabled()) {
            next->setFocus(Qt::ShortcutFocusReason);
            return;
        }
    }
}

} // namespace stagelift::ui
