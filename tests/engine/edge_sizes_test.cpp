// SPDX-License-Identifier: GPL-3.0-or-later
//
// What each edge weighs after a build: a row a file.

#include "core/engine/edge_sizes.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;

class EdgeSizesTest : public QObject {
    Q_OBJECT
private slots:
    void weighsCopies_data();
    void weighsCopies();
};

void EdgeSizesTest::weighsCopies_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("layers");  // "STAGE: INSTRUCTION=BYTES …", instructions counted from 0 in the file
    QTest::addColumn<QString>("weights"); // "PATH=BYTES …", in the order of the edges

    const QByteArray two = "FROM a AS x\nRUN make\nFROM scratch\nCOPY --from=x /app /app\nCOPY conf /etc\n";
    QTest::newRow("a copy from a stage, and one from the context")
        << two << u"0: 1=800|1: 3=14 4=2"_s << u"/app=14 conf=2"_s;
    QTest::newRow("an empty copy weighs nothing, and is known to") << two << u"1: 3=0 4=2"_s << u"/app=0 conf=2"_s;
    QTest::newRow("a stage that was not built") << two << u"0: 1=800"_s << QString();
    QTest::newRow("two layers of one instruction") << two << u"1: 3=10 3=4 4=2"_s << u"/app=14 conf=2"_s;
    QTest::newRow("a FROM has no layer, and a mount none of its own")
        << "FROM a AS x\nFROM x\nRUN --mount=from=x,target=/m make\n"_ba << u"0: -1=5|1: -1=5 2=7"_s << QString();
    QTest::newRow("a stage on another has the layers of both, and weighs its own")
        << "FROM a AS x\nCOPY one /\nFROM x\nCOPY two /\n"_ba << u"0: 1=3|1: 1=3 3=4"_s << u"one=3 two=4"_s;
}

void EdgeSizesTest::weighsCopies()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, layers);
    QFETCH(QString, weights);
    const AnalysisPtr analysis = analyse(text.toStdString());
    QList<StageSize> sizes;
    for (const QString& stage : layers.split(u'|')) {
        StageSize size;
        size.stage = stage.section(u": "_s, 0, 0).toInt();
        for (const QString& each : stage.section(u": "_s, 1).split(u' '))
            size.layers.append({.createdBy = {},
                                .bytes = each.section(u'=', 1).toLongLong(),
                                .instruction = each.section(u'=', 0, 0).toInt()});
        sizes << size;
    }
    QStringList found;
    for (const auto& [edge, bytes] : edgeSizes(analysis->graph, sizes))
        found << u"%1=%2"_s.arg(QString::fromStdString(analysis->graph.edges[edge].paths.at(0))).arg(bytes);
    QCOMPARE(found.join(u' '), weights);
}

QTEST_APPLESS_MAIN(EdgeSizesTest)
#include "edge_sizes_test.moc"
