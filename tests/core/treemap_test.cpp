// SPDX-License-Identifier: GPL-3.0-or-later
//
// What holds of every treemap: all of the room is covered, nothing lies on anything else, each area says what its node
// weighs, and none is longer than it has to be.

#include "core/layout/treemap_walk.h"

#include <QtTest>

#include <random>

using namespace Qt::StringLiterals;
using namespace stagelift;

namespace {

constexpr TreemapRect kRoom{10, 20, 600, 400};
constexpr double kRounding = 1e-6;

WeightTree treeOf(const std::vector<std::int64_t>& weights)
{
    WeightTree tree;
    for (const std::int64_t weight : weights)
        tree.children.push_back({.name = std::to_string(weight), .weight = weight});
    return tree;
}

double overlap(const TreemapRect& a, const TreemapRect& b)
{
    const double width = std::min(a.right(), b.right()) - std::max(a.left, b.left);
    const double height = std::min(a.bottom(), b.bottom()) - std::max(a.top, b.top);
    return std::max(0.0, width) * std::max(0.0, height);
}

bool holds(const TreemapRect& outer, const TreemapRect& inner)
{
    return inner.left >= outer.left - kRounding && inner.top >= outer.top - kRounding &&
           inner.right() <= outer.right() + kRounding && inner.bottom() <= outer.bottom() + kRounding;
}

/// "" where all holds that has to.
QString fault(const WeightTree& tree, const std::vector<TreemapTile>& tiles, bool isExact)
{
    const auto total = static_cast<double>(tree.total());
    double covered = 0;
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        const TreemapTile& tile = tiles[i];
        if (tile.depth == 0)
            covered += tile.rect.area();
        const double wanted = kRoom.area() * static_cast<double>(tile.node->total()) / total;
        if (isExact && std::abs(tile.rect.area() - wanted) > kRoom.area() * 1e-9)
            return u"tile %1 is %2 large, not %3"_s.arg(i).arg(tile.rect.area()).arg(wanted);
        const TreemapRect& outer = tile.parent < 0 ? kRoom : tiles[static_cast<std::size_t>(tile.parent)].rect;
        if (tile.parent >= static_cast<int>(i) || !holds(outer, tile.rect))
            return u"tile %1 is not in its parent"_s.arg(i);
        for (std::size_t other = i + 1; other < tiles.size(); ++other)
            if (tiles[other].parent == tile.parent && overlap(tile.rect, tiles[other].rect) > kRounding)
                return u"tiles %1 and %2 lie on each other"_s.arg(i).arg(other);
    }
    const double free = kRoom.area() * static_cast<double>(tree.weight) / total;
    return std::abs(covered + free - kRoom.area()) > 1e-3 ? u"%1 is covered"_s.arg(covered) : QString();
}

double longest(const std::vector<TreemapTile>& tiles)
{
    double worst = 1;
    for (const TreemapTile& tile : tiles)
        worst = std::max({worst, tile.rect.width / tile.rect.height, tile.rect.height / tile.rect.width});
    return worst;
}

} // namespace

class TreemapTest : public QObject {
    Q_OBJECT
private slots:
    void laysTheExampleOfThePaper();
    void isSquarish_data();
    void isSquarish();
    void holdsForAnyTree();
    void framesWhatHasChildren();
    void leavesOutWhatIsTooSmall();
    void opensWhatHasRoomForItsName_data();
    void opensWhatHasRoomForItsName();
    void walksToTheOneBeside_data();
    void walksToTheOneBeside();
    void isEmptyWhereNothingWeighs();
};

/// 6, 6, 4, 3, 2, 2, 1 in 6 by 4: figure 5 of the paper.
void TreemapTest::laysTheExampleOfThePaper()
{
    const WeightTree tree = treeOf({6, 6, 4, 3, 2, 2, 1});
    const std::vector<TreemapTile> tiles = layTreemap(tree, {0, 0, 6, 4});
    QCOMPARE(tiles.size(), 7U);
    const std::vector<TreemapRect> wanted{
        {0, 0, 3, 2}, {0, 2, 3, 2}, {3, 0, 12.0 / 7, 7.0 / 3}, {3 + 12.0 / 7, 0, 9.0 / 7, 7.0 / 3}};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const TreemapRect& rect = tiles[i].rect;
        QVERIFY2(
            std::abs(rect.left - wanted[i].left) + std::abs(rect.top - wanted[i].top) +
                    std::abs(rect.width - wanted[i].width) + std::abs(rect.height - wanted[i].height) <
                1e-9,
            qPrintable(
                u"tile %1: %2, %3, %4 by %5"_s.arg(i).arg(rect.left).arg(rect.top).arg(rect.width).arg(rect.height)));
    }
}

void TreemapTest::isSquarish_data()
{
    QTest::addColumn<QList<qint64>>("weights");
    QTest::addColumn<double>("longest");

    QTest::newRow("one, as the room is") << QList<qint64>{7} << 1.5;
    QTest::newRow("six alike") << QList<qint64>{5, 5, 5, 5, 5, 5} << 1.01;
    QTest::newRow("the layers of an image")
        << QList<qint64>{74'800'000, 0, 211'000'000, 52'000'000, 3'400'000, 0, 12'000'000} << 3.0;
    QTest::newRow("a hundred alike; the last rows take what is left") << QList<qint64>(100, 1) << 2.4;
}

void TreemapTest::isSquarish()
{
    QFETCH(QList<qint64>, weights);
    QFETCH(double, longest);
    const WeightTree tree = treeOf({weights.begin(), weights.end()});
    const std::vector<TreemapTile> tiles = layTreemap(tree, kRoom);
    QCOMPARE(fault(tree, tiles, true), QString());
    QVERIFY2(::longest(tiles) <= longest, qPrintable(QString::number(::longest(tiles))));
}

void TreemapTest::holdsForAnyTree()
{
    std::mt19937 random(20260501);
    const auto any = [&random](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
    const std::function<WeightTree(int)> grow = [&](int depth) {
        WeightTree tree;
        tree.weight = any(3) == 0 ? 0 : std::int64_t{1} << any(30);
        for (int i = any(depth == 0 ? 12 : 5); i > 0 && depth < 3; --i)
            tree.children.push_back(grow(depth + 1));
        return tree;
    };
    for (int round = 0; round < 500; ++round) {
        const WeightTree tree = grow(0);
        if (tree.total() == 0)
            continue;
        const QString exact = fault(tree, layTreemap(tree, kRoom), true);
        QVERIFY2(exact.isEmpty(), qPrintable(u"round %1: %2"_s.arg(round).arg(exact)));
        const QString framed = fault(tree, layTreemap(tree, kRoom, {.head = 16, .frame = 2, .least = 6}), false);
        QVERIFY2(framed.isEmpty(), qPrintable(u"round %1, framed: %2"_s.arg(round).arg(framed)));
    }
}

void TreemapTest::framesWhatHasChildren()
{
    WeightTree tree;
    tree.children.push_back({.name = "usr", .weight = 10, .key = 1});
    tree.children[0].children = {{.name = "bin", .weight = 60, .key = 2}, {.name = "lib", .weight = 30, .key = 3}};
    const std::vector<TreemapTile> tiles = layTreemap(tree, {0, 0, 120, 120}, {.head = 18, .frame = 1});
    QCOMPARE(tiles.size(), 3U);
    QCOMPARE(tiles[0].node->key, 1);
    QCOMPARE(tiles[0].head, 18.0);
    QCOMPARE(tiles[1].node->name, "bin");
    QCOMPARE(tiles[1].parent, 0);
    QCOMPARE(tiles[1].depth, 1);
    const TreemapRect inside{1, 19, 118, 100};
    QVERIFY(holds(inside, tiles[1].rect) && holds(inside, tiles[2].rect));
    // Of what is inside, a tenth is the folder's own.
    QVERIFY(std::abs(tiles[1].rect.area() - inside.area() * 0.6) < kRounding);
    QVERIFY(std::abs(tiles[2].rect.area() - inside.area() * 0.3) < kRounding);
}

void TreemapTest::leavesOutWhatIsTooSmall()
{
    WeightTree tree = treeOf({1'000'000, 1});
    for (WeightTree& child : tree.children)
        child.children = {{.name = "in it", .weight = 1}};
    const std::vector<TreemapTile> tiles = layTreemap(tree, kRoom, {.head = 16, .frame = 2, .least = 8});
    QCOMPARE(tiles.size(), 3U); // both, and what is in the first
    QCOMPARE(tiles[2].parent, 0);
}

void TreemapTest::opensWhatHasRoomForItsName_data()
{
    QTest::addColumn<double>("width");
    QTest::addColumn<double>("height");
    QTest::addColumn<QString>("shown");

    QTest::newRow("room for all") << 200.0 << 100.0 << u"stage layer folder file"_s;
    QTest::newRow("the folder's name would not fit across") << 57.0 << 100.0 << u"stage layer folder"_s;
    QTest::newRow("not down, either") << 200.0 << 58.0 << u"stage layer folder"_s;
    QTest::newRow("nor the layer's") << 52.0 << 100.0 << u"stage layer"_s;
    QTest::newRow("a stage needs no name to be opened") << 30.0 << 20.0 << u"stage layer"_s;
}

void TreemapTest::opensWhatHasRoomForItsName()
{
    QFETCH(double, width);
    QFETCH(double, height);
    WeightTree tree;
    WeightTree* at = &tree;
    for (const char* name : {"stage", "layer", "folder", "file"})
        at = &at->children.emplace_back(WeightTree{.name = name});
    at->weight = 1;
    const TreemapOptions options{.head = 16, .frame = 2, .least = 8, .headsFrom = 1, .leastHead = 46};
    QStringList shown;
    for (const TreemapTile& tile : layTreemap(tree, {0, 0, width, height}, options))
        shown << QString::fromStdString(tile.node->name);
    QTEST(shown.join(u' '), "shown");
}

void TreemapTest::walksToTheOneBeside_data()
{
    QTest::addColumn<char>("from");
    QTest::addColumn<TreemapStep>("step");
    QTest::addColumn<char>("to");

    // a a b c
    // a a d d
    // e e e e
    QTest::newRow("right, to the one as high") << 'a' << TreemapStep::Right << 'b';
    QTest::newRow("right, within a row") << 'b' << TreemapStep::Right << 'c';
    QTest::newRow("left, back") << 'b' << TreemapStep::Left << 'a';
    QTest::newRow("down, over a wider one") << 'b' << TreemapStep::Down << 'd';
    QTest::newRow("down, to the foot") << 'a' << TreemapStep::Down << 'e';
    QTest::newRow("up, from the foot to what is nearest its middle") << 'e' << TreemapStep::Up << 'a';
    QTest::newRow("over an edge: it stays") << 'c' << TreemapStep::Right << 'c';
    QTest::newRow("where the walk may not end, it goes on") << 'a' << TreemapStep::Left << 'a';
}

void TreemapTest::walksToTheOneBeside()
{
    QFETCH(char, from);
    QFETCH(TreemapStep, step);
    QFETCH(char, to);
    const std::vector<TreemapTile> tiles{
        {.rect = {0, 0, 40, 30}}, // around all: no stop
        {.rect = {0, 0, 20, 20}},   {.rect = {20, 0, 10, 10}}, {.rect = {30, 0, 10, 10}},
        {.rect = {20, 10, 20, 10}}, {.rect = {0, 20, 40, 10}},
    };
    const auto found =
        tileBeside(tiles, static_cast<std::size_t>(from - 'a' + 1), step, [](std::size_t i) { return i > 0; });
    QCOMPARE(static_cast<char>('a' + static_cast<int>(found) - 1), to);
}

void TreemapTest::isEmptyWhereNothingWeighs()
{
    QVERIFY(layTreemap({}, kRoom).empty());
    QVERIFY(layTreemap(treeOf({0, 0}), kRoom).empty());
    QVERIFY(layTreemap(treeOf({1}), {0, 0, 0, 100}).empty());
    QCOMPARE(layTreemap(treeOf({0, 5, 0}), kRoom).size(), 1U);
}

QTEST_APPLESS_MAIN(TreemapTest)
#include "treemap_test.moc"
