// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the classic builder builds, and what BuildKit leaves out of that.

#include "core/edits/analysis.h"
#include "core/stages/classic_builder.h"

#include <QTest>

using namespace stagelift;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kFour = "FROM a AS deps\nFROM b AS test\nFROM deps AS build\nFROM c AS final\nCOPY --from=build / /\n";

} // namespace

class ClassicBuilderTest : public QObject {
    Q_OBJECT

private slots:
    void everyStageUpToTheTarget_data();
    void everyStageUpToTheTarget();
};

void ClassicBuilderTest::everyStageUpToTheTarget_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("target");
    QTest::addColumn<QList<int>>("classic");
    QTest::addColumn<QList<int>>("buildKit");
    using Stages = QList<int>;
    QTest::newRow("the last: all") << QString::fromLatin1(kFour) << 3 << Stages{0, 1, 2, 3} << Stages{0, 2, 3};
    QTest::newRow("in the middle: none behind it")
        << QString::fromLatin1(kFour) << 2 << Stages{0, 1, 2} << Stages{0, 2};
    QTest::newRow("the first: itself") << QString::fromLatin1(kFour) << 0 << Stages{0} << Stages{0};
    QTest::newRow("needed by nothing") << QString::fromLatin1(kFour) << 1 << Stages{0, 1} << Stages{1};
    QTest::newRow("no target") << QString::fromLatin1(kFour) << -1 << Stages{} << Stages{};
    QTest::newRow("a target that is gone") << QString::fromLatin1(kFour) << 4 << Stages{} << Stages{};
    QTest::newRow("no stage") << QString() << 0 << Stages{} << Stages{};
}

void ClassicBuilderTest::everyStageUpToTheTarget()
{
    QFETCH(QString, text);
    QFETCH(int, target);
    QFETCH(QList<int>, classic);
    QFETCH(QList<int>, buildKit);
    const AnalysisPtr analysis = analyse(text.toStdString());
    const auto listed = [](const std::vector<int>& stages) { return QList<int>(stages.begin(), stages.end()); };
    QCOMPARE(listed(builtByClassic(analysis->graph, target)), classic);
    QCOMPARE(listed(analysis->graph.reachable(target)), buildKit);
}

QTEST_GUILESS_MAIN(ClassicBuilderTest)
#include "classic_builder_test.moc"
