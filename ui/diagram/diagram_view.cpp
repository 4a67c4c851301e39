// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/diagram_view.h"

#include "core/edits/flags.h"
#include "ui/diagram/accessible.h"
#include "ui/diagram/diagram_private.h"
#include "ui/diagram/stage_map.h"
#include "ui/diagram/words.h"

#include <QGuiApplication>
#include <QMenu>
#include <QStyle>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stagelift::ui {

namespace {

constexpr auto kStepsTogether = 60ms; // a build's steps come in crowds
constexpr auto kBubbleStays = 8s;
constexpr std::size_t kMostGliding = 150; // nodes

bool isInAMount(const Analysis& analysis, const Edge& edge, std::uint32_t offset)
{
    const auto& flags = edits::acting(analysis.dockerfile.instructions[edge.instruction]).flags;
    return std::ranges::any_of(
        flags, [offset](const Flag& flag) { return flag.name == "mount" && flag.whole.span.touches(offset); });
}

} // namespace

DiagramView::Private::Private(DiagramView& owner)
    : view(owner),
      scene(owner.drawing()),
      field(owner.viewport()),
      bubble(owner.viewport()),
      offer(owner.viewport()),
      overview(owner, scene),
      bar(&owner),
      search(owner.viewport()),
      edgeScroll(owner)
{
    wireSearch();
    composeSoon.setSingleShot(true);
    composeSoon.setInterval(kStepsTogether);
    bubbleAway.setSingleShot(true);
    bubbleAway.setInterval(kBubbleStays);
    connect(&bar, &FilterBar::allWanted, &view, &DiagramView::showAll);
    connect(&composeSoon, &QTimer::timeout, this, [this] { compose(); });
    hand.opens.setSingleShot(true);
    connect(&hand.opens, &QTimer::timeout, this, [this] {
        if (hand.over && hand.over->node.kind == NodeKind::Stage)
            openForDrop(hand.over->node.index);
    });
    connect(&bubbleAway, &QTimer::timeout, &bubble, &QWidget::hide);
    connect(&edgeScroll, &EdgeScroll::scrolled, this, &Private::carryOn);
    glance.setEasingCurve(QEasingCurve::InOutCubic);
    connect(&glance, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& value) { view.centerOn(value.toPointF()); });
    connect(&composer, &Composer::composed, this, [this](const auto& picture) { show(picture); });
    connect(&field, &Field::closed, &bubble, &QWidget::hide);
    connect(&field, &Field::objected, this, [this](const QString& reason) {
        if (reason.isEmpty())
            bubble.hide();
        else
            bubble.say(Bubble::Kind::Objection, reason, field.geometry());
    });
}

void DiagramView::Private::compose()
{
    composeSoon.stop();
    input.font = view.font();
    input.target = wantedTarget;
    input.sizes = sizes;
    input.progress = progress;
    input.edgeSizes = built ? edgeSizes(built->graph, sizes) : EdgeSizes();
    if (input.analysis && built && built != input.analysis) {
        const StageMap map(built->graph, input.analysis->graph);
        input.sizes = map.carried(sizes);
        input.progress = map.carried(progress);
        input.edgeSizes = map.carried(input.edgeSizes);
    }
    if (input.analysis && targetFrom && targetFrom != input.analysis && wantedTarget >= 0) {
        wantedTarget = StageMap(targetFrom->graph, input.analysis->graph).nowStage(wantedTarget);
        targetFrom = input.analysis;
        input.target = wantedTarget;
    }
    carryOpen();
    carryFilter();
    composer.request(input);
}

int DiagramView::Private::glideDuration() const
{
    if (!view.isVisible() || picture().nodes.size() > kMostGliding)
        return 0;
    return view.style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, &view);
}

void DiagramView::Private::show(const std::shared_ptr<Picture>& composed)
{
    const bool newText = composed->analysis != picture().analysis;
    carrySelectionInto(*composed);
    if (newText && field.isVisible())
        field.abandon();
    hovered = {};
    if (newText && (mode == Mode::Pressed || mode == Mode::Carrying)) // what it was about may be gone
        mode = Mode::Idle;
    if (newText) {
        forgetDrag();
        offer.withdraw();
        bubble.hide(); // what it says was so
    }
    if (hand.opened) {
        scene.show(heldStill(*composed), glideDuration());
    } else {
        view.setSceneRect({});
        scene.show(*composed, glideDuration());
        settleBar();
        const double area = picture().bounds.width() * picture().bounds.height();
        if (area > 2 * fittedArea)
            followAll();
        else if (follows)
            refit();
    }
    announcePicture(view);
    setSelection(Selection(selection)); // it may be hidden now
    if (newText && !view.hasFocus() && !field.hasFocus() && !search.isTypedIn())
        followCaret();
    lookFor(); // and show the marks
    overview.settle();
    openPending();
    view.setAccessibleDescription(
        picture().message.isEmpty()
            ? Diagram::tr("%n stages", nullptr, static_cast<int>(picture().graph().stages.size()))
            : picture().message);
    emit view.pictureShown();
}

void DiagramView::Private::carrySelectionInto(const Picture& next)
{
    if (!picture().analysis || picture().analysis == next.analysis)
        return;
    Selection carried;
    rows.carry(next, next.analysis && rows.active() ? StageMap(picture().graph(), next.graph()).now(rows.active()->node)
                                                    : std::nullopt);
    if (next.analysis) {
        const StageMap map(picture().graph(), next.graph());
        if (selection.node)
            carried.node = map.now(*selection.node);
        if (selection.edge)
            carried.edge = map.now(*selection.edge);
    }
    selection = carried;
}

void DiagramView::Private::showMarks()
{
    Marks marks;
    marks.hoveredNode = hovered.node;
    marks.hoveredRow = hovered.row;
    marks.hoveredPort = hovered.kind == HitKind::Port;
    marks.hoveredEdge = hovered.edge;
    marks.takers = hand.takers;
    if (hand.over)
        marks.dropNode = picture().nodeOf(hand.over->node);
    marks.dropAllowed = !hand.refused;
    marks.dropLine = hand.line;
    marks.chosenRows = rows.places(picture());
    if (selection.node)
        marks.selectedNode = picture().nodeOf(*selection.node);
    if (selection.edge)
        marks.selectedEdge = picture().edgeOf(*selection.edge);
    if (caret && analysis() && !selection.edge) { // beside a selected edge its stage is not to look selected too
        const int stage = picture().graph().stageAt(*caret);
        marks.caretNode = stage < 0 ? -1 : picture().nodeOf(stageNode(stage));
    }
    markFindings(marks);
    scene.setMarks(marks);
    announceSelection(view);
}

void DiagramView::Private::setSelection(const Selection& selected)
{
    const Selection seen = seenOf(selected);
    if (selection == seen)
        return;
    selection = seen;
    if (rows.active() && selection.node != rows.active()->node)
        rows.clear();
    showMarks();
    emit view.selectionChanged();
}

void DiagramView::Private::choose(const Selection& selected)
{
    setSelection(selected);
    if (!analysis())
        return;
    if (selected.edge)
        emit view.spanChosen(picture().graph().edges[*selected.edge].span);
    else if (selected.node)
        if (const auto span = spanOf(picture(), *selected.node))
            emit view.spanChosen(*span);
}

void DiagramView::Private::followCaret()
{
    if (!caret || !analysis())
        return;
    const StageGraph& graph = picture().graph();
    Selection at;
    const auto touched = [&](const Edge& edge) {
        if (edge.kind == EdgeKind::Base || !edge.span.touches(*caret))
            return false;
        const Flag* mount = edits::mountOf(*analysis(), edge); // a RUN can have several
        return !mount || mount->whole.span.touches(*caret) || !isInAMount(*analysis(), edge, *caret);
    };
    const auto edge = std::ranges::find_if(graph.edges, touched);
    if (edge != graph.edges.end())
        at.edge = static_cast<std::size_t>(edge - graph.edges.begin());
    else if (const int stage = graph.stageAt(*caret); stage >= 0)
        at.node = stageNode(stage);
    if (at.isEmpty()) // ahead of the first FROM there are arguments: what they are about may be what is selected
        return;
    setSelection(at);
    if (!seesAll())
        view.ensureVisible(view.mapToScene(placeOf(at)).boundingRect(), 30, 30);
}

QRect DiagramView::Private::onViewport(const QRectF& rect) const
{
    return view.mapFromScene(rect).boundingRect();
}

QRect DiagramView::Private::placeOf(const Selection& what) const
{
    const int edge = what.edge ? picture().edgeOf(*what.edge) : -1;
    if (edge >= 0) {
        const PictureEdge& drawn = picture().edges[static_cast<std::size_t>(edge)];
        const QPointF middle = drawn.path.pointAtPercent(0.5);
        return onViewport(drawn.labelRect.isEmpty() ? QRectF(middle, QSizeF(1, 1)) : drawn.labelRect);
    }
    const int node = what.node ? picture().nodeOf(*what.node) : -1;
    if (node >= 0)
        return onViewport(picture().nodes[static_cast<std::size_t>(node)].rect);
    return {view.viewport()->rect().center(), QSize(1, 1)};
}

DiagramView::DiagramView(QWidget* parent) : PictureView(parent), d(std::make_unique<Private>(*this))
{
    installDiagramAccessibility();
    setDragMode(QGraphicsView::NoDrag);
    setFocusPolicy(Qt::StrongFocus);
    setAcceptDrops(true);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Diagram of the build stages"));
    setTheme(Theme::ofDesktop());
    d->compose();
}

DiagramView::~DiagramView() = default;

void DiagramView::setTheme(const Theme& theme)
{
    d->theme = theme;
    d->scene.setTheme(theme);
    d->field.setTheme(theme);
    d->bubble.setTheme(theme);
    d->bar.setTheme(theme);
    d->search.setTheme(theme);
    d->offer.setTheme(theme);
}

void DiagramView::showAnalysis(const AnalysisPtr& analysis)
{
    d->input.analysis = analysis;
    if (!d->targetFrom)
        d->targetFrom = analysis;
    d->compose();
}

int DiagramView::target() const
{
    return picture().target;
}

void DiagramView::setTarget(int stage)
{
    d->wantedTarget = stage;
    d->targetFrom = d->input.analysis;
    d->compose();
}

void DiagramView::showSizes(const QList<StageSize>& sizes)
{
    d->sizes = sizes;
    d->progress.clear();
    if (!d->built)
        d->built = d->input.analysis;
    d->compose();
}

void DiagramView::showStep(const BuildStep& step)
{
    if (d->progress.isEmpty()) {
        d->built = d->input.analysis;
        d->sizes.clear();
    }
    d->progress.take(step);
    if (!d->composeSoon.isActive())
        d->composeSoon.start();
}

void DiagramView::clearBuild()
{
    d->sizes.clear();
    d->progress.clear();
    d->built.reset();
    d->compose();
}

void DiagramView::highlight(std::uint32_t offset, bool isOfWhatIsDrawn)
{
    d->caret = offset;
    if (!isOfWhatIsDrawn)
        return;
    if (!hasFocus() && !d->field.hasFocus() && !d->search.isTypedIn())
        d->followCaret();
    d->showMarks();
    d->settleBar();
}

void DiagramView::startRename(int stage)
{
    d->rename(stage);
}

void DiagramView::startAddStage()
{
    if (d->input.analysis)
        d->addStage("scratch");
}

void DiagramView::editSelected()
{
    if (d->analysis())
        d->editSelected();
}

std::unique_ptr<QMenu> DiagramView::menuFor(const Hit& hit)
{
    return d->menuFor(hit);
}

} // namespace stagelift::ui
