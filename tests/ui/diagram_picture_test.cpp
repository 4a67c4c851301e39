// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a picture says of a text, and that every word of it has room.

#include "core/stages/stage_origin.h"
#include "ui/diagram/export.h"
#include "ui/diagram/hit.h"
#include "ui/diagram/painter.h"
#include "ui/diagram/picture.h"
#include "ui/diagram/spoken.h"

#include <QApplication>
#include <QDirIterator>
#include <QFile>
#include <QFontMetricsF>
#include <QImage>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstdlib>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kThree = "FROM golang:1.25 AS builder\n"
                        "WORKDIR /src\n"
                        "COPY . .\n"
                        "RUN go build -o /src/server .\n"
                        "FROM alpine AS spare\n"
                        "RUN true\n"
                        "FROM scratch\n"
                        "COPY --from=builder /src/server /server\n";

Picture pictureOf(const std::string& text, int target = -1, const QList<StageSize>& sizes = {})
{
    PictureInput input;
    input.analysis = analyse(text);
    input.target = target;
    input.sizes = sizes;
    input.font = QApplication::font();
    return compose(input);
}

const PictureNode* find(const Picture& picture, const QString& title)
{
    const auto node =
        std::ranges::find_if(picture.nodes, [&](const PictureNode& each) { return each.title.whole == title; });
    return node == picture.nodes.end() ? nullptr : &*node;
}

bool hasRoom(const PictureText& text, const QFont& font)
{
    constexpr double kRounding = 1;
    return text.shown.isEmpty() || QFontMetricsF(font).horizontalAdvance(text.shown) <= text.rect.width() + kRounding;
}

/// The first text of a node that does not fit, "" where all do.
QString clipped(const Picture& picture, const PictureNode& node)
{
    const QRectF inside(QPointF(0, 0), node.rect.size());
    const auto wrong = [&](const PictureText& text, const QFont& font) {
        return !text.shown.isEmpty() && (!hasRoom(text, font) || !inside.contains(text.rect));
    };
    if (wrong(node.title, node.ref.kind != NodeKind::Stage ? picture.fonts.text
                          : node.unnamed                   ? picture.fonts.unnamed
                                                           : picture.fonts.title))
        return node.title.shown;
    if (wrong(node.subtitle, picture.fonts.small))
        return node.subtitle.shown;
    if (wrong(node.badge, picture.fonts.small))
        return node.badge.shown;
    if (wrong(node.status, picture.fonts.text))
        return node.status.shown;
    for (const PictureRow& row : node.rows)
        if (wrong(row.text, picture.fonts.small) || !inside.contains(row.rect))
            return row.text.shown;
    return {};
}

} // namespace

class DiagramPictureTest : public QObject {
    Q_OBJECT

private slots:
    void aNodeSaysWhatItsStageIs_data();
    void aNodeSaysWhatItsStageIs();
    void theTargetDecidesWhatShips_data();
    void theTargetDecidesWhatShips();
    void artifactsAreRows();
    void anEdgeIsLabelledWithItsPaths();
    void sizesAreBars();
    void aNodeOverItsBudgetSaysSo();
    void aRunningBuildShowsOnItsNodes();
    void longNamesAreCut();
    void edgesTellWhatTheyMean();
    void edgesTellWhatCannotStart();
    void everyWordHasRoom_data();
    void everyWordHasRoom();
    void whatIsTypedElsewhereMovesNothing();
    void aMissIsAMiss();
    void aPartIsPaintedAsInTheWhole();
};

void DiagramPictureTest::aNodeSaysWhatItsStageIs_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("subtitle");
    QTest::addColumn<bool>("unnamed");
    QTest::newRow("a name and an image") << u"builder"_s << u"golang:1.25"_s << false;
    QTest::newRow("no name and scratch") << u"stage 3"_s << u"scratch"_s << true;
}

void DiagramPictureTest::aNodeSaysWhatItsStageIs()
{
    QFETCH(QString, title);
    QFETCH(QString, subtitle);
    QFETCH(bool, unnamed);
    const Picture picture = pictureOf(kThree);
    // An unnamed stage is called by its place; whether it counts from 0 or 1 is the graph's to say.
    const PictureNode* node = unnamed ? &picture.nodes[2] : find(picture, title);
    QVERIFY(node);
    QCOMPARE(node->subtitle.whole, subtitle);
    QCOMPARE(node->unnamed, unnamed);
    QCOMPARE(node->title.whole, QString::fromStdString(picture.graph().label(node->ref)));
}

void DiagramPictureTest::theTargetDecidesWhatShips_data()
{
    QTest::addColumn<int>("target");
    QTest::addColumn<QStringList>("badges");
    QTest::newRow("the last stage by itself") << -1 << QStringList{u"left behind"_s, u"not needed"_s, u"ships"_s};
    QTest::newRow("the first") << 0 << QStringList{u"ships"_s, u"not needed"_s, u"not needed"_s};
    QTest::newRow("one beside") << 1 << QStringList{u"not needed"_s, u"ships"_s, u"not needed"_s};
}

void DiagramPictureTest::theTargetDecidesWhatShips()
{
    QFETCH(int, target);
    QFETCH(QStringList, badges);
    const Picture picture = pictureOf(kThree, target);
    QStringList found;
    for (std::size_t i = 0; i < picture.graph().stages.size(); ++i) {
        const PictureNode& node = picture.nodes[i];
        found += node.badge.shown;
        QCOMPARE(node.needed, node.badge.shown != u"not needed"_s);
        QCOMPARE(!node.star.isEmpty(), static_cast<int>(i) == picture.target);
    }
    QCOMPARE(found, badges);
    const bool builderNeeded = picture.nodes[0].needed;
    QCOMPARE(find(picture, u"golang:1.25"_s)->needed, builderNeeded);
}

void DiagramPictureTest::artifactsAreRows()
{
    const Picture picture = pictureOf(kThree);
    const PictureNode* builder = find(picture, u"builder"_s);
    const auto server =
        std::ranges::find_if(builder->rows, [](const PictureRow& row) { return row.path == "/src/server"; });
    QVERIFY(server != builder->rows.end());
    QVERIFY2(server->certain, "another stage copies it");
    QCOMPARE(std::ranges::count_if(builder->rows, [](const PictureRow& row) { return row.path == "/src/server"; }), 1);

    std::string many = "FROM alpine AS a\n";
    for (int i = 0; i < 9; ++i)
        many += "COPY f" + std::to_string(i) + " /out/f" + std::to_string(i) + "\n";
    const Picture crowded = pictureOf(many);
    const std::vector<PictureRow>& rows = crowded.nodes[0].rows;
    QVERIFY(rows.size() <= 6);
    QCOMPARE(rows.back().kind, RowKind::More);
    QVERIFY2(rows.back().reason.contains(u"/out/"_s), "the tooltip names the others");

    const PictureNode* context = find(picture, u"build context"_s);
    QVERIFY(context);
    QCOMPARE(context->rows.front().kind, RowKind::Files);
}

void DiagramPictureTest::anEdgeIsLabelledWithItsPaths()
{
    const auto labelInto = [](const std::string& copies) {
        const Picture picture = pictureOf("FROM alpine AS a\nFROM scratch AS b\n" + copies);
        const auto edge =
            std::ranges::find_if(picture.edges, [](const PictureEdge& e) { return e.kind != EdgeKind::Base; });
        return edge == picture.edges.end() ? QString() : edge->label.shown;
    };
    QCOMPARE(labelInto("COPY --from=a /x /y\n"), u"/x"_s);
    QCOMPARE(labelInto("COPY --from=a /x /z /y/\n"), u"2 paths"_s);
    QCOMPARE(labelInto("COPY --from=a /x /y\nCOPY --from=a /z /y\n"), u"2 paths"_s);
    const QString cut = labelInto("COPY --from=a /a/very/long/path/that/never/ends/in/any/label/of/ours/at/all /y\n");
    QVERIFY2(cut.startsWith(u"…/"_s) && cut.endsWith(u"/all"_s), qPrintable(cut)); // its end, by whole names
    const QString name = labelInto("COPY --from=a /anameofafilethatislongerthananylabelofourswilleverbe /y\n");
    QVERIFY2(name.startsWith(u"/a"_s) && name.contains(u'…') && name.endsWith(u"be"_s), qPrintable(name));
    for (const char* all : {".", "./", "/"})
        QCOMPARE(labelInto("COPY --from=a " + std::string(all) + " /y\n"), u"everything"_s);
}

void DiagramPictureTest::sizesAreBars()
{
    const Picture picture = pictureOf(
        kThree, -1,
        {{.stage = 0, .image = {}, .total = 800, .base = 600, .own = 200, .milliseconds = 12'400, .layers = {}},
         {.stage = 2, .image = {}, .total = 80, .base = 0, .own = 80, .cached = true, .layers = {}}});
    const PictureNode& builder = picture.nodes[0];
    QCOMPARE(builder.status.shown, humanSize(800));
    QCOMPARE(builder.basePart, 0.75);
    QCOMPARE(builder.ownPart, 0.25);
    QVERIFY(builder.time.shown.startsWith(u"12"_s));
    QCOMPARE(picture.nodes[2].ownPart, 0.1);
    QCOMPARE(picture.nodes[2].time.shown, u"cached"_s);
    QVERIFY(picture.nodes[1].status.shown.isEmpty());
    QVERIFY2(builder.rect.height() > pictureOf(kThree).nodes[0].rect.height(), "there is room for the bar");
}

void DiagramPictureTest::aNodeOverItsBudgetSaysSo()
{
    const QList<StageSize> sizes{{.stage = 0, .image = {}, .total = 26'000'000, .own = 26'000'000, .layers = {}}};
    const std::string within = "# stagelift: budget 0 <= 26 MB\n";
    const std::string over = "# stagelift: budget 0 <= 25 MB\n";
    QCOMPARE(pictureOf(within + kThree, -1, sizes).nodes[0].status.shown, u"26 MB"_s);
    QVERIFY(!pictureOf(within + kThree, -1, sizes).nodes[0].overBudget);
    const Picture picture = pictureOf(over + kThree, -1, sizes);
    QCOMPARE(picture.nodes[0].status.shown, u"26 MB of 25 MB"_s);
    QVERIFY(picture.nodes[0].overBudget);
    QVERIFY2(spokenNode(picture, 0).contains(u"over its budget"_s), qPrintable(spokenNode(picture, 0)));
}

void DiagramPictureTest::aRunningBuildShowsOnItsNodes()
{
    PictureInput input;
    input.analysis = analyse(kThree);
    input.font = QApplication::font();
    input.progress.take(
        {.id = u"1"_s, .name = u"RUN go build"_s, .stage = 0, .state = StepState::Running, .error = {}});
    Picture picture = compose(input);
    QCOMPARE(picture.nodes[0].state, std::optional(StepState::Running));
    QVERIFY(picture.nodes[0].status.whole.contains(u"RUN go build"_s));
    QCOMPARE(picture.nodes[2].state, std::optional(StepState::Waiting));
    QVERIFY2(!picture.nodes[1].state, "what is not needed does not wait");
    input.progress.take({.id = u"1"_s, .name = u"RUN go build"_s, .stage = 0, .state = StepState::Failed, .error = {}});
    picture = compose(input);
    QCOMPARE(picture.nodes[0].status.shown, u"failed"_s);
}

void DiagramPictureTest::longNamesAreCut()
{
    const std::string name(120, 'x');
    const Picture picture = pictureOf("FROM registry.example.org/a/very/long/name/of/an/image:1.2.3 AS " + name + "\n");
    const PictureNode& node = picture.nodes[0];
    QVERIFY(node.title.isCut());
    QVERIFY(node.subtitle.isCut());
    QVERIFY2(node.subtitle.shown.endsWith(u"1.2.3"_s), "a cut image keeps its tag");
    QVERIFY(node.rect.width() <= 21 * picture.fonts.em);
    QCOMPARE(tooltipFor(picture, {.kind = HitKind::Node, .node = 0}).section(u'\n', 0, 0),
             QString::fromStdString(name));
}

void DiagramPictureTest::edgesTellWhatTheyMean()
{
    const Picture picture = pictureOf("FROM a AS build\nFROM b\nCOPY --from=Build /x /x\nCOPY . .\n");
    QStringList told;
    for (std::size_t i = 0; i < picture.edges.size(); ++i)
        told += tooltipFor(picture, {.kind = HitKind::Edge, .edge = static_cast<int>(i)});
    const QString all = told.join(u'\n');
    QVERIFY2(all.contains(u"Build: stage build, line 1."_s), qPrintable(all));
    QVERIFY2(all.contains(u"Names are compared without case here: Build is build."_s), qPrintable(all));
    QVERIFY2(all.contains(u"b: image b. No stage above has that name, so it is an image."_s), qPrintable(all));
    QVERIFY2(!all.contains(u": the build context"_s), "no word names it");
}

/// Of what a build has shown: at the one edge that it is about, in a sign, on hovering, and for a screen reader.
void DiagramPictureTest::edgesTellWhatCannotStart()
{
    const std::string text = "FROM a AS build\nFROM c AS other\nFROM scratch\nCOPY --from=build /x /x\n"
                             "COPY --from=other /y /y\n";
    const AnalysisPtr seen = analyse(text);
    CheckOptions options;
    options.built.push_back({.instruction = "COPY --from=build /x /x",
                             .turn = 0,
                             .origin = originOf(seen->dockerfile, seen->graph, 0),
                             .message = "/x can't start",
                             .mend = {},
                             .lines = {}});
    PictureInput input;
    input.font = QApplication::font();
    for (const bool isKnown : {true, false}) {
        input.analysis = isKnown ? analyse(text, options) : seen;
        const Picture picture = compose(input);
        for (std::size_t i = 0; i < picture.edges.size(); ++i) {
            const PictureEdge& edge = picture.edges[i];
            const bool isIt =
                isKnown && picture.graph().edges[edge.edges.front()].paths == std::vector<std::string>{"/x"};
            const QString told = tooltipFor(picture, {.kind = HitKind::Edge, .edge = static_cast<int>(i)});
            QCOMPARE(edge.warned, isIt);
            QCOMPARE(told.contains(u"\n/x can't start"_s), isIt);
            QCOMPARE(spokenEdge(picture, edge.edges.front()).contains(u"/x can't start"_s), isIt);
        }
    }
}

void DiagramPictureTest::everyWordHasRoom_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("pixels");
    const QString examples = QStringLiteral(STAGELIFT_SOURCE_DIR "/resources/examples");
    const QString real = QStringLiteral(STAGELIFT_SOURCE_DIR "/../shared/corpus/files/real");
    QDirIterator own(examples, {u"*.Dockerfile"_s}, QDir::Files);
    while (own.hasNext())
        QTest::newRow(qPrintable(own.nextFileInfo().fileName())) << own.filePath() << 13;
    QTest::newRow("in large letters") << examples + u"/go-scratch.Dockerfile"_s << 29;
    QTest::newRow("in small letters") << examples + u"/go-scratch.Dockerfile"_s << 8;
    const QString moby = real + u"/2913-moby-moby-Dockerfile.Dockerfile"_s;
    if (QFile::exists(moby))
        QTest::newRow("59 stages") << moby << 13;
}

void DiagramPictureTest::everyWordHasRoom()
{
    QFETCH(QString, file);
    QFETCH(int, pixels);
    QFile dockerfile(file);
    QVERIFY(dockerfile.open(QIODevice::ReadOnly));
    PictureInput input;
    input.analysis = analyse(dockerfile.readAll().toStdString());
    input.font = QApplication::font();
    input.font.setPixelSize(pixels);
    for (const Stage& stage : input.analysis->graph.stages)
        input.sizes += StageSize{.stage = stage.index,
                                 .image = {},
                                 .total = 987'654'321,
                                 .base = 900'000'000,
                                 .own = 87'654'321,
                                 .milliseconds = 754'000,
                                 .layers = {}};
    const Picture picture = compose(input);
    QVERIFY(!picture.nodes.empty());
    for (const PictureNode& node : picture.nodes) {
        const QString wrong = clipped(picture, node);
        QVERIFY2(wrong.isEmpty(), qPrintable(node.title.whole + u": "_s + wrong));
        QVERIFY(picture.bounds.contains(node.rect));
        for (const PictureNode& other : picture.nodes)
            QVERIFY2(&node == &other || !node.rect.intersects(other.rect), qPrintable(node.title.whole));
    }
    for (const PictureEdge& edge : picture.edges) {
        QVERIFY(hasRoom(edge.label, picture.fonts.small));
        // contains() is false of a level line, whose rectangle has no height.
        QCOMPARE(picture.bounds.united(edge.path.boundingRect()), picture.bounds);
        for (const PictureNode& node : picture.nodes)
            QVERIFY2(!node.rect.intersects(edge.labelRect), qPrintable(edge.label.whole));
    }
}

void DiagramPictureTest::whatIsTypedElsewhereMovesNothing()
{
    const Picture before = pictureOf(kThree);
    PictureInput input;
    input.analysis = analyse(kThree + std::string("# a comment\nUSER 1000\n"));
    input.font = QApplication::font();
    const Picture after = compose(input, &before);
    QCOMPARE(after.nodes.size(), before.nodes.size());
    for (std::size_t i = 0; i < after.nodes.size(); ++i)
        QCOMPARE(after.nodes[i].rect, before.nodes[i].rect);
    const Picture onTheWay = between(before, after, 0.3);
    QCOMPARE(onTheWay.nodes.front().rect, before.nodes.front().rect);
}

void DiagramPictureTest::aMissIsAMiss()
{
    const Picture picture = pictureOf(kThree);
    QCOMPARE(hitAt(picture, picture.bounds.topLeft() - QPointF(50, 50), 4).kind, HitKind::Nothing);
    const PictureNode& node = picture.nodes[0];
    QCOMPARE(hitAt(picture, node.rect.topLeft() + QPointF(3, node.rect.height() / 2), 4).node, 0);
}

/// What is out of sight is left out, and nothing in sight is another for it: lines that rise through many screens,
/// dashed ones too.
void DiagramPictureTest::aPartIsPaintedAsInTheWhole()
{
    std::string text = "FROM golang:1.25 AS base\n";
    for (int stage = 0; stage < 40; ++stage)
        text += "FROM base AS s" + std::to_string(stage) + "\nRUN --mount=from=base,source=/a,target=/b make\n";
    text += "FROM scratch\n";
    for (int stage = 0; stage < 40; ++stage)
        text += "COPY --from=s" + std::to_string(stage) + " /out /out\n";
    const Picture picture = pictureOf(text);
    const Theme theme = Theme::lightTheme();
    const Marks marks;
    const auto painted = [&](const QRectF& place, const QRectF& exposed) {
        QImage image(place.size().toSize(), QImage::Format_ARGB32_Premultiplied);
        image.fill(theme.canvas);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.translate(-place.topLeft());
        const Look look{.picture = picture, .theme = theme, .marks = marks, .exposed = exposed};
        for (int edge = 0; edge < static_cast<int>(picture.edges.size()); ++edge)
            paintEdge(painter, look, edge);
        return image;
    };
    constexpr int kSide = 300;
    int inked = 0;
    for (double y = 0; y + kSide < picture.bounds.height(); y += kSide) {
        for (double x = 0; x + kSide < picture.bounds.width(); x += kSide) {
            const QRectF place(std::floor(picture.bounds.left() + x), std::floor(picture.bounds.top() + y), kSide,
                               kSide);
            const QImage whole = painted(place, {});
            const QImage part = painted(place, place);
            int strange = 0;
            for (int row = 0; row < kSide; ++row) {
                for (int column = 0; column < kSide; ++column) {
                    constexpr int kTolerance = 60; // of 255: curves are flattened anew
                    const QColor a = whole.pixelColor(column, row);
                    const QColor b = part.pixelColor(column, row);
                    strange += std::abs(a.lightness() - b.lightness()) > kTolerance ? 1 : 0;
                    inked += a != theme.canvas ? 1 : 0;
                }
            }
            QVERIFY2(strange * 1000 < kSide * kSide, qPrintable(u"%1 pixels at %2, %3"_s.arg(strange).arg(x).arg(y)));
        }
    }
    QVERIFY(inked > kSide * kSide / 10);
}

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    DiagramPictureTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "core/stages/stage_origin.h"
#include "diagram_picture_test.moc"
