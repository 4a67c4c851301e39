// SPDX-License-Identifier: GPL-3.0-or-later
//
// BuildKit's view and the classic builder's side by side.

#include "ui/diagram/classic_picture.h"
#include "ui/diagram/diagram_pane.h"
#include "ui/diagram/mirror_view.h"
#include "ui/diagram_fixture.h"

#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QWheelEvent>

#include <cstdlib>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kSeven = "FROM a AS deps\n"
                        "FROM deps AS lint\n"
                        "RUN go vet\n"
                        "FROM b AS docs\n"
                        "FROM c AS spare\n"
                        "FROM deps AS build\n"
                        "FROM scratch AS final\n"
                        "COPY --from=build /app /app\n"
                        "FROM final AS debug\n";

struct Bench {
    DiagramPane pane;
    MirrorView* classic = nullptr;

    explicit Bench(const std::string& text = kSeven, QSize size = QSize(1000, 500))
    {
        pane.resize(size);
        pane.diagram().showAnalysis(analyse(text));
        pane.diagram().setTarget(*pane.diagram().picture().graph().findTarget("final"));
        pane.show();
        static_cast<void>(QTest::qWaitForWindowExposed(&pane));
        pane.setComparing(true);
        QApplication::processEvents();
        classic = pane.findChild<MirrorView*>();
    }

    [[nodiscard]] QString caption(const QString& name) const { return pane.findChild<QLabel*>(name)->text(); }

    [[nodiscard]] PictureNode node(const Picture& picture, const QString& title) const
    {
        return *std::ranges::find(picture.nodes, title, [](const PictureNode& each) { return each.title.whole; });
    }

    [[nodiscard]] QPoint onNode(const QString& title) const
    {
        return classic->mapFromScene(node(classic->picture(), title).rect.center());
    }
};

} // namespace

class DiagramCompareTest : public QObject {
    Q_OBJECT

private slots:
    void eachBuilderHasItsRule_data();
    void eachBuilderHasItsRule();
    void captionsCount();
    void everythingStandsInTheSamePlace();
    void zoomAndPlaceAreLinked();
    void aClickChoosesInBoth();
    void besideOrBelow();
    void escEndsIt();
    void itFollowsTargetAndText();
};

void DiagramCompareTest::eachBuilderHasItsRule_data()
{
    QTest::addColumn<QString>("stage");
    QTest::addColumn<QString>("buildKit");
    QTest::addColumn<QString>("classic");
    QTest::newRow("the target") << u"final"_s << u"ships"_s << u"ships"_s;
    QTest::newRow("needed") << u"deps"_s << u"left behind"_s << u"left behind"_s;
    QTest::newRow("above the target, not needed") << u"docs"_s << u"not needed"_s << u"built too"_s;
    QTest::newRow("a test above the target") << u"lint"_s << u"not needed"_s << u"built too"_s;
    QTest::newRow("below the target") << u"debug"_s << u"not needed"_s << u"not needed"_s;
}

void DiagramCompareTest::eachBuilderHasItsRule()
{
    QFETCH(QString, stage);
    QFETCH(QString, buildKit);
    QFETCH(QString, classic);
    const Bench bench;
    const Picture& theirs = bench.classic->picture();
    QCOMPARE(bench.node(bench.pane.diagram().picture(), stage).badge.shown, buildKit);
    const PictureNode node = bench.node(theirs, stage);
    QCOMPARE(node.badge.shown, classic);
    QCOMPARE(node.need, classic == u"not needed"_s ? 0.0 : 1.0);
    QVERIFY(QFontMetricsF(theirs.fonts.small).horizontalAdvance(node.badge.shown) <= node.badge.rect.width());
    const QString said = tooltipFor(theirs, {.kind = HitKind::Node, .node = theirs.nodeOf(node.ref)});
    QCOMPARE(said.contains(u"classic builder"_s), classic == u"built too"_s);
}

void DiagramCompareTest::captionsCount()
{
    const Bench bench;
    QCOMPARE(bench.caption(u"buildKitCaption"_s), u"BuildKit builds 3 of 7 stages"_s);
    QCOMPARE(bench.caption(u"classicCaption"_s), u"The classic builder builds 6 of 7: every stage up to the target"_s);
}

void DiagramCompareTest::everythingStandsInTheSamePlace()
{
    const Bench bench;
    const Picture& ours = bench.pane.diagram().picture();
    const Picture& theirs = bench.classic->picture();
    QCOMPARE(theirs.nodes.size(), ours.nodes.size());
    for (std::size_t i = 0; i < ours.nodes.size(); ++i)
        QCOMPARE(theirs.nodes[i].rect, ours.nodes[i].rect);
    for (std::size_t i = 0; i < ours.edges.size(); ++i)
        QCOMPARE(theirs.edges[i].path, ours.edges[i].path);
    const QSize more = bench.classic->viewport()->size() - bench.pane.diagram().viewport()->size();
    QVERIFY(std::abs(more.width()) + std::abs(more.height()) <= 1);
}

void DiagramCompareTest::zoomAndPlaceAreLinked()
{
    const Bench bench;
    DiagramView& ours = bench.pane.diagram();
    const auto linked = [&] {
        const QPointF middle = ours.sceneRect().center();
        const QPoint apart = ours.mapFromScene(middle) - bench.classic->mapFromScene(middle);
        return ours.transform() == bench.classic->transform() && apart.manhattanLength() <= 1;
    };
    QVERIFY(linked());
    ours.zoomBy(3);
    QVERIFY(linked());
    ours.horizontalScrollBar()->setValue(ours.horizontalScrollBar()->value() + 37);
    QVERIFY(linked());

    const double before = ours.transform().m11();
    const QPointF at(120, 90);
    QWheelEvent wheel(at, bench.classic->viewport()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::ControlModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(bench.classic->viewport(), &wheel);
    QVERIFY(ours.transform().m11() > before);
    QVERIFY(linked());

    const int scrolled = ours.verticalScrollBar()->value();
    QTest::mousePress(bench.classic->viewport(), Qt::LeftButton, {}, QPoint(200, 200));
    const QPoint to(200, 150);
    QMouseEvent move(QEvent::MouseMove, to, bench.classic->viewport()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                     {});
    QApplication::sendEvent(bench.classic->viewport(), &move);
    QTest::mouseRelease(bench.classic->viewport(), Qt::LeftButton, {}, to);
    QCOMPARE(ours.verticalScrollBar()->value(), scrolled + 50);
    QVERIFY(linked());
    ours.fit();
    QVERIFY(linked());
}

void DiagramCompareTest::aClickChoosesInBoth()
{
    const Bench bench;
    QSignalSpy chosen(&bench.pane.diagram(), &DiagramView::spanChosen);
    QTest::mouseClick(bench.classic->viewport(), Qt::LeftButton, {}, bench.onNode(u"docs"_s));
    QCOMPARE(bench.pane.diagram().selection().node, std::optional(stageNode(2)));
    QCOMPARE(chosen.count(), 1);
    QVERIFY(bench.pane.diagram().hasFocus());
}

void DiagramCompareTest::besideOrBelow()
{
    // Wherever both are larger.
    Bench bench;
    const auto offset = [&] {
        QApplication::processEvents();
        return bench.classic->mapTo(&bench.pane, QPoint()) - bench.pane.diagram().mapTo(&bench.pane, QPoint());
    };
    bench.pane.resize(1600, 300);
    QVERIFY(offset().x() > 0);
    QCOMPARE(offset().y(), 0);
    bench.pane.resize(700, 700);
    QVERIFY(offset().y() >= bench.pane.diagram().height());
    QCOMPARE(offset().x(), 0);
}

void DiagramCompareTest::escEndsIt()
{
    Bench bench;
    QSignalSpy changed(&bench.pane, &DiagramPane::comparingChanged);
    bench.pane.diagram().setFilter({.focus = 5});
    bench.pane.diagram().setFocus();
    QTest::keyClick(&bench.pane.diagram(), Qt::Key_Escape);
    QVERIFY2(bench.pane.isComparing(), "first what is hidden comes back");
    QTest::keyClick(&bench.pane.diagram(), Qt::Key_Escape);
    QVERIFY(!bench.pane.isComparing());
    QCOMPARE(changed.count(), 1);
    QVERIFY(!bench.pane.findChild<QLabel*>(u"buildKitCaption"_s)->isVisible());
    bench.pane.setComparing(true);
    QVERIFY(bench.pane.isComparing());
}

void DiagramCompareTest::itFollowsTargetAndText()
{
    Bench bench;
    bench.pane.diagram().setTarget(1);
    QCOMPARE(bench.caption(u"classicCaption"_s), u"The classic builder builds 2 of 7: every stage up to the target"_s);
    QCOMPARE(bench.node(bench.classic->picture(), u"docs"_s).badge.shown, u"not needed"_s);
    bench.pane.diagram().showAnalysis(analyse("FROM a AS only\n", {}, 2));
    QCOMPARE(bench.caption(u"buildKitCaption"_s), u"BuildKit builds 1 of 1 stages"_s);
    bench.pane.diagram().showAnalysis(analyse("", {}, 3));
    QCOMPARE(bench.caption(u"classicCaption"_s), QString());
}

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QApplication::setStyle(new StillStyle);
    DiagramCompareTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diagram_compare_test.moc"
