// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a stage's image is made of, as a treemap: which layers, whose, and how a hand and the keys get to their lines.

#include "ui/build/layer_tree.h"
#include "ui/build/sizes_pane.h"
#include "ui/build/treemap_view.h"

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

constexpr auto kText = "FROM golang:1.22 AS base\nRUN apt-get install make\n"
                       "FROM base AS build\nCOPY . /src\nRUN make\n"
                       "FROM scratch\nCOPY --from=build /app /app\n";

/// Of the stage `build`: 600 MB of its base image in two layers, 100 MB of `base`, 250 MB of its own.
StageSize buildStage()
{
    StageSize size;
    size.stage = 1;
    size.total = 950'000'000;
    size.layers = {{.createdBy = u"bookworm"_s, .bytes = 200'000'000, .instruction = -1},
                   {.createdBy = u"go"_s, .bytes = 400'000'000, .instruction = -1},
                   {.createdBy = u"ENV PATH"_s, .bytes = 0, .instruction = -1},
                   {.createdBy = {}, .bytes = 100'000'000, .instruction = 1},
                   {.createdBy = {}, .bytes = 50'000'000, .instruction = 3},
                   {.createdBy = {}, .bytes = 200'000'000, .instruction = 4}};
    return size;
}

BuildResult threeStages()
{
    BuildResult result;
    result.outcome = BuildOutcome::Succeeded;
    result.target = 2;
    StageSize base = buildStage();
    base.stage = 0;
    base.layers = base.layers.first(4);
    StageSize last;
    last.stage = 2;
    last.total = 14;
    last.layers = {{.createdBy = {}, .bytes = 14, .instruction = 6}};
    result.sizes = {base, buildStage(), last};
    return result;
}

QString told(const WeightTree& tree)
{
    QStringList branches;
    for (const WeightTree& branch : tree.children) {
        QStringList layers;
        for (const WeightTree& layer : branch.children)
            layers << u"%1 %2"_s.arg(QString::fromStdString(layer.name), humanSize(layer.weight));
        branches << QString::fromStdString(branch.name) + u": "_s + layers.join(u", "_s);
    }
    return branches.join(u" | "_s);
}

QPointF middleOf(const TreemapView& view, int layer)
{
    const auto tile = std::ranges::find_if(view.tiles(), [&](const TreemapTile& t) { return t.node->key == layer; });
    return {tile->rect.left + tile->rect.width / 2, tile->rect.top + tile->rect.height / 2};
}

} // namespace

class TreemapTest : public QObject {
    Q_OBJECT
private slots:
    void knowsWhoseALayerIs();
    void saysWhatALayerIs();
    void goesToTheLine();
    void walksByKeys();
    void hasTheHuesOfTheStages();
    void showsAStageOfTheTable();
    void staysAtItsStage();
    void saysWhereThereIsNothing();
};

void TreemapTest::knowsWhoseALayerIs()
{
    const AnalysisPtr analysis = analyse(kText);
    const WeightTree tree = layerTree(*analysis, buildStage());
    QCOMPARE(told(tree), u"golang:1.22: bookworm 200 MB, go 400 MB | base: RUN apt-get install make 100 MB | "
                         "build: COPY . /src 50 MB, RUN make 200 MB"_s);
    QCOMPARE(tree.total(), buildStage().total);
    QCOMPARE(stageOfBranch(tree.children[0].key), -1);
    QCOMPARE(stageOfBranch(tree.children[1].key), 0);
    QCOMPARE(stageOfBranch(tree.children[2].key), 1);
    QCOMPARE(told(layerTree(*analysis, threeStages().sizes[2])), u"stage 2: COPY --from=build /app /app 14 B"_s);
}

void TreemapTest::saysWhatALayerIs()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    TreemapView view;
    view.resize(700, 300);
    view.showStage(analyse(kText), buildStage());
    QCOMPARE(view.hintAt(middleOf(view, 5)), u"RUN make\nof build\n200,000,000 bytes, 21.1 % of the image"_s);
    QCOMPARE(view.hintAt(middleOf(view, 1)), u"go\nof the base image\n400,000,000 bytes, 42.1 % of the image"_s);
    QCOMPARE(view.hintAt({1, 1}), QString());
}

void TreemapTest::goesToTheLine()
{
    TreemapView view;
    view.resize(700, 300);
    const AnalysisPtr analysis = analyse(kText);
    view.showStage(analysis, buildStage());
    QSignalSpy chosen(&view, &TreemapView::spanChosen);
    QTest::mouseClick(&view, Qt::LeftButton, {}, middleOf(view, 5).toPoint());
    QTest::mouseClick(&view, Qt::LeftButton, {}, middleOf(view, 3).toPoint());
    QTest::mouseClick(&view, Qt::LeftButton, {}, middleOf(view, 1).toPoint()); // of the base: nowhere in the file
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(analysis->source.at(chosen[0][0].value<Span>()), "RUN make");
    QCOMPARE(analysis->source.at(chosen[1][0].value<Span>()), "RUN apt-get install make");
}

void TreemapTest::walksByKeys()
{
    TreemapView view;
    view.resize(700, 300);
    const AnalysisPtr analysis = analyse(kText);
    view.showStage(analysis, buildStage());
    QSignalSpy chosen(&view, &TreemapView::spanChosen);
    QVERIFY(view.accessibleDescription().startsWith(u"What the stage's image is made of"_s));
    QTest::keyClick(&view, Qt::Key_Right);
    QCOMPARE(view.currentLayer(), 1); // the heaviest
    QVERIFY(view.accessibleDescription().startsWith(u"go, of the base image, "_s));
    // Every layer can be reached, and back.
    QSet<int> reached;
    for (const Qt::Key key : {Qt::Key_Right, Qt::Key_Down, Qt::Key_Left, Qt::Key_Up, Qt::Key_Right, Qt::Key_Right,
                              Qt::Key_Down, Qt::Key_Up, Qt::Key_Right, Qt::Key_Down, Qt::Key_Left, Qt::Key_Up}) {
        reached.insert(view.currentLayer());
        const QPointF before = middleOf(view, view.currentLayer());
        const int was = view.currentLayer();
        QTest::keyClick(&view, key);
        const QPointF after = middleOf(view, view.currentLayer());
        if (view.currentLayer() != was) {
            QVERIFY(key != Qt::Key_Right || after.x() > before.x());
            QVERIFY(key != Qt::Key_Left || after.x() < before.x());
            QVERIFY(key != Qt::Key_Down || after.y() > before.y());
            QVERIFY(key != Qt::Key_Up || after.y() < before.y());
        }
    }
    reached.insert(view.currentLayer());
    QVERIFY2(reached.size() >= 4, qPrintable(QString::number(reached.size())));
    QTest::keyClick(&view, Qt::Key_Home);
    QCOMPARE(view.currentLayer(), 1);
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(chosen.size(), 0); // it is of the base image
    QTest::mouseClick(&view, Qt::LeftButton, {}, middleOf(view, 5).toPoint());
    QTest::keyClick(&view, Qt::Key_Enter);
    QCOMPARE(chosen.size(), 2);
}

void TreemapTest::hasTheHuesOfTheStages()
{
    TreemapView view;
    view.resize(700, 300);
    view.showStage(analyse(kText), buildStage());
    for (const Theme* theme : {&Theme::lightTheme(), &Theme::darkTheme()}) {
        view.setTheme(*theme);
        const QImage image = view.grab().toImage();
        const auto cornerOf = [&](int layer) {
            const auto tile =
                std::ranges::find_if(view.tiles(), [&](const TreemapTile& t) { return t.node->key == layer; });
            return image.pixelColor(qRound(tile->rect.right()) - 4, qRound(tile->rect.bottom()) - 4);
        };
        QVERIFY(cornerOf(4) == cornerOf(5)); // both of `build`
        QVERIFY(cornerOf(3) != cornerOf(5)); // of `base`
        QVERIFY(cornerOf(1) != cornerOf(3)); // of the image
        QVERIFY(cornerOf(1) != theme->palette.color(QPalette::Base));
    }
}

void TreemapTest::showsAStageOfTheTable()
{
    SizesPane pane;
    pane.resize(900, 300);
    pane.show();
    QSignalSpy chosen(&pane, &SizesPane::spanChosen);
    pane.showResult(analyse(kText), threeStages());
    QCOMPARE(&pane.front(), static_cast<QWidget*>(&pane.view()));
    pane.showTreemap();
    QCOMPARE(&pane.front(), static_cast<QWidget*>(&pane.treemap()));
    QVERIFY(pane.treemap().isVisible());
    QCOMPARE(pane.stages().currentText(), u"stage 2"_s); // the target
    QCOMPARE(pane.treemap().tiles().back().node->weight, 14);
    pane.showTable();
    pane.view().setCurrentIndex(pane.model().index(1, 0, pane.model().index(1, 0))); // a layer of build
    pane.showTreemap();
    QCOMPARE(pane.stages().currentText(), u"build"_s);
    QTest::mouseClick(&pane.treemap(), Qt::LeftButton, {}, middleOf(pane.treemap(), 5).toPoint());
    QCOMPARE(chosen.size(), 1);
}

void TreemapTest::staysAtItsStage()
{
    SizesPane pane;
    pane.resize(900, 300);
    pane.show();
    pane.showResult(analyse(kText), threeStages());
    pane.showTreemap();
    pane.stages().setCurrentIndex(1);
    BuildResult again = threeStages();
    pane.showResult(analyse(kText), again);
    QCOMPARE(pane.stages().currentText(), u"build"_s);
    again.sizes.removeAt(1); // it was not built this time
    pane.showResult(analyse(kText), again);
    QCOMPARE(pane.stages().currentText(), u"stage 2"_s);
    QCOMPARE(pane.treemap().tiles().back().node->weight, 14);
}

void TreemapTest::saysWhereThereIsNothing()
{
    TreemapView view;
    view.resize(700, 300);
    StageSize empty;
    empty.stage = 2;
    view.showStage(analyse(kText), empty);
    QVERIFY(view.tiles().empty());
    const QImage image = view.grab().toImage();
    view.clear();
    QVERIFY(image != view.grab().toImage()); // it says so
    QTest::keyClick(&view, Qt::Key_Right);
    QCOMPARE(view.currentLayer(), -1);
}

QTEST_MAIN(TreemapTest)
#include "treemap_test.moc"
