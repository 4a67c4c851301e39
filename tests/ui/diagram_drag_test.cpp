// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a drag carries, and what it means in the text that it is dropped on.

#include "ui/diagram/drag.h"

#include <QTest>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kText = "FROM golang AS build\nRUN go build -o /out/app .\nFROM alpine\nRUN true\n"
                       "FROM scratch AS final\nCOPY . .\n";

} // namespace

class DiagramDragTest : public QObject {
    Q_OBJECT

private slots:
    void whatIsPackedIsUnpacked_data();
    void whatIsPackedIsUnpacked();
    void foreignDataIsNoDrag_data();
    void foreignDataIsNoDrag();
    void theSourceIsFoundAgain_data();
    void theSourceIsFoundAgain();
    void aRefusalIsAReasonAndAMend();
};

void DiagramDragTest::whatIsPackedIsUnpacked_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("index");
    QTest::addColumn<QStringList>("paths");
    const auto kind = [](NodeKind each) { return static_cast<int>(each); };
    QTest::newRow("a stage's file") << kind(NodeKind::Stage) << 0 << QStringList{u"/out/app"_s};
    QTest::newRow("two files, one with a blank") << kind(NodeKind::Stage) << 1 << QStringList{u"/a b"_s, u"/ü"_s};
    QTest::newRow("an image's file") << kind(NodeKind::Image) << 1 << QStringList{u"/etc/passwd"_s};
    QTest::newRow("the context, path not yet known") << kind(NodeKind::Context) << 0 << QStringList{};
}

void DiagramDragTest::whatIsPackedIsUnpacked()
{
    QFETCH(int, kind);
    QFETCH(int, index);
    QFETCH(QStringList, paths);
    std::vector<std::string> list;
    for (const QString& path : paths)
        list.push_back(path.toStdString());
    const AnalysisPtr analysis = analyse(kText, {}, 0xfedcba9876543210U);
    const ArtifactDrag drag = artifactDrag(*analysis, {static_cast<NodeKind>(kind), index}, list);
    const auto mime = mimeOf(drag);
    QCOMPARE(dragFrom(mime.get()), std::optional(drag));
    QCOMPARE(mime->text(), paths.join(u'\n'));
}

void DiagramDragTest::foreignDataIsNoDrag_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("\xff\xfe{");
    QTest::newRow("another kind") << QByteArray(R"({"kind":"volume","index":0})");
}

void DiagramDragTest::foreignDataIsNoDrag()
{
    QFETCH(QByteArray, bytes);
    QMimeData mime;
    mime.setData(kArtifactFormat, bytes);
    QVERIFY(!dragFrom(&mime));
    QMimeData text;
    text.setText(u"/out/app"_s);
    QVERIFY(!dragFrom(&text));
    QVERIFY(!dragFrom(nullptr));
}

void DiagramDragTest::theSourceIsFoundAgain_data()
{
    QTest::addColumn<int>("dragged"); // a stage
    QTest::addColumn<QString>("now");
    QTest::addColumn<int>("found"); // -1 where it is refused
    const QString text = QString::fromLatin1(kText);
    QTest::newRow("further down") << 0 << u"FROM busybox AS first\n"_s + text << 1;
    QTest::newRow("renamed away") << 0 << u"FROM golang AS made\nFROM scratch AS final\n"_s << -1;
    QTest::newRow("without a name there is no telling") << 1 << u"FROM busybox\n"_s + text << -1;
}

void DiagramDragTest::theSourceIsFoundAgain()
{
    QFETCH(int, dragged);
    QFETCH(QString, now);
    QFETCH(int, found);
    const AnalysisPtr before = analyse(kText, {}, 7);
    const ArtifactDrag drag = artifactDrag(*before, stageNode(dragged), {"/x"});
    QCOMPARE(sourceNow(drag, *before).value_or(NodeRef{}), stageNode(dragged));
    const AnalysisPtr after = analyse(now.toStdString(), {}, 8);
    const auto source = sourceNow(drag, *after);
    QCOMPARE(source ? source->index : -1, found);
    if (!source)
        QVERIFY(!source.error().reason.empty());
}

void DiagramDragTest::aRefusalIsAReasonAndAMend()
{
    QCOMPARE(sentences({"No.", "Try it the other way round."}), u"No.\nTry it the other way round."_s);
    QCOMPARE(sentences({"No.", {}}), u"No."_s);
}

QTEST_GUILESS_MAIN(DiagramDragTest)

#include "diagram_drag_test.moc"
