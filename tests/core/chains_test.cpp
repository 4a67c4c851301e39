// SPDX-License-Identifier: GPL-3.0-or-later
//
// Stages in a row that can be drawn as one.

#include "core/edits/analysis.h"
#include "core/stages/chains.h"

#include <QTest>

using namespace stagelift;
using namespace Qt::StringLiterals;

class ChainsTest : public QObject {
    Q_OBJECT

private slots:
    void stagesInARow_data();
    void stagesInARow();
};

void ChainsTest::stagesInARow_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("kinds"); // a digit a stage, - for none; "" is 0 for all
    QTest::addColumn<QString>("found");
    const QString row = u"FROM x AS a\nFROM a AS b\nFROM b AS c\nFROM scratch AS end\nCOPY --from=c / /\n"_s;
    QTest::newRow("three by FROM, copied from at the end") << row << QString() << u"a b c"_s;
    QTest::newRow("by COPY and by mount")
        << u"FROM x AS a\nFROM y AS b\nCOPY --from=a / /\nFROM z AS c\nRUN --mount=from=b,target=/b x\nFROM c AS end\n"_s
        << QString() << u"a b c"_s;
    QTest::newRow("one alone is none") << u"FROM x AS a\nFROM a AS end\n"_s << QString() << QString();
    QTest::newRow("what nothing uses is at no end")
        << u"FROM x AS a\nFROM a AS b\nFROM b AS end\n"_s << QString() << u"a b"_s;
    QTest::newRow("used twice by the same is used by one")
        << u"FROM x AS a\nFROM a AS b\nCOPY --from=a / /\nFROM b AS end\n"_s << QString() << u"a b"_s;
    QTest::newRow("used by two ends a chain")
        << u"FROM x AS a\nFROM a AS b\nFROM b AS c\nFROM b AS d\nFROM c AS e\nFROM e AS f\nFROM scratch\nCOPY --from=f / /\nCOPY --from=d / /\n"_s
        << QString() << u"c e f"_s;
    QTest::newRow("of several before, the base goes on")
        << u"FROM x AS a\nFROM y AS b\nFROM a AS c\nCOPY --from=b / /\nFROM c AS end\n"_s << QString() << u"a c"_s;
    QTest::newRow("of several copied from, none") << u"FROM x AS a\nFROM y AS b\nFROM z AS c\nCOPY --from=b / /\nCOPY "
                                                     "--from=a / /\nFROM c AS end\n"_s
                                                  << QString() << QString();
    QTest::newRow("the base is used elsewhere, the only copy goes on")
        << u"FROM x AS a\nFROM y AS b\nFROM a AS c\nCOPY --from=b / /\nFROM a AS other\nFROM c AS end\n"_s << QString()
        << u"b c"_s;
    QTest::newRow("two chains")
        << u"FROM x AS a\nFROM y AS b\nFROM a AS c\nFROM b AS d\nFROM scratch\nCOPY --from=c / /\nCOPY "
           "--from=d / /\n"_s
        << QString() << u"a c; b d"_s;
    QTest::newRow("of one kind only") << row << u"0110"_s << u"b c"_s;
    QTest::newRow("none of a negative kind") << row << u"00-0"_s << u"a b"_s;
    QTest::newRow("a cycle is none") << u"FROM x AS a\nCOPY --from=b / /\nFROM y AS b\nCOPY --from=a / /\nFROM z\n"_s
                                     << QString() << QString();
    QTest::newRow("no stage") << QString() << QString() << QString();
}

void ChainsTest::stagesInARow()
{
    QFETCH(QString, text);
    QFETCH(QString, kinds);
    QFETCH(QString, found);
    const AnalysisPtr analysis = analyse(text.toStdString());
    std::vector<int> numbers(analysis->graph.stages.size());
    for (qsizetype i = 0; i < kinds.size(); ++i)
        numbers[static_cast<std::size_t>(i)] = kinds[i] == u'-' ? -1 : kinds[i].digitValue();
    QStringList all;
    for (const std::vector<int>& chain : chains(analysis->graph, numbers)) {
        QStringList names;
        for (const int stage : chain)
            names += QString::fromStdString(analysis->graph.label(stageNode(stage)));
        all += names.join(u' ');
    }
    QCOMPARE(all.join(u"; "_s), found);
}

QTEST_GUILESS_MAIN(ChainsTest)
#include "chains_test.moc"
