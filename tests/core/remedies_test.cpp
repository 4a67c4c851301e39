// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a refusal offers instead: the mend and what was wanted, in one step.

#include "core/edit_outcome.h"

#include <QtTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

using Gesture = std::function<EditOutcome(const Analysis&)>;

Gesture copying(int source, int target, const char* place = nullptr)
{
    return [=](const Analysis& before) {
        CopyIntent intent{stageNode(source), target, {"/m"}, "/m", {}};
        if (place != nullptr)
            intent.place = static_cast<std::uint32_t>(before.source.bytes().find(place));
        return copyArtifact(before, intent);
    };
}

} // namespace

Q_DECLARE_METATYPE(Gesture)

class RemediesTest : public QObject {
    Q_OBJECT

private slots:
    void offers_data();
    void offers();
    void offersNone_data();
    void offersNone();
    void saysNothingAheadOfTheDrop();
};

void RemediesTest::offers_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<Gesture>("gesture");
    QTest::addColumn<QString>("mend");
    QTest::addColumn<QString>("after");

    QTest::newRow("a copy from a stage below")
        << "FROM a AS run\nRUN x\n\n# lint\nFROM b AS lint\n"
        << copying(1, 0) << "Move lint above run"
        << "# lint\nFROM b AS lint\n\nFROM a AS run\nRUN x\nCOPY --from=lint /m «/m»\n";
    QTest::newRow("to a place of its own") << "FROM a AS run\nRUN x\nRUN y\nFROM b AS lint\n"
                                           << copying(1, 0, "RUN y") << "Move lint above run"
                                           << "FROM b AS lint\nFROM a AS run\nRUN x\nCOPY --from=lint /m «/m»\nRUN y\n";
    QTest::newRow("with what it needs") << "FROM a AS run\nFROM b AS x\nFROM c AS other\nFROM x AS lint\n"
                                        << copying(3, 0) << "Move lint and what it needs above run"
                                        << "FROM b AS x\nFROM x AS lint\nFROM a AS run\nCOPY --from=lint /m «/m»\n"
                                           "FROM c AS other\n";
    QTest::newRow("what it needs is above already")
        << "FROM b AS x\nFROM a AS run\nFROM x AS lint\n"
        << copying(2, 1) << "Move lint above run"
        << "FROM b AS x\nFROM x AS lint\nFROM a AS run\nCOPY --from=lint /m «/m»\n";
    QTest::newRow("a stage without a name") << "FROM a AS run\nFROM b:1\n"
                                            << copying(1, 0) << "Move stage 1 above run"
                                            << "FROM b:1 AS b\nFROM a AS run\nCOPY --from=b /m «/m»\n";
    QTest::newRow("numbers are kept right")
        << "FROM a AS run\nFROM b AS x\nFROM c\nCOPY --from=1 /n /n\n"
        << copying(1, 0) << "Move x above run"
        << "FROM b AS x\nFROM a AS run\nCOPY --from=x /m «/m»\nFROM c\nCOPY --from=0 /n /n\n";
    QTest::newRow("CRLF stays") << "FROM a AS run\r\nFROM b AS x\r\n"
                                << copying(1, 0) << "Move x above run"
                                << "FROM b AS x\r\nFROM a AS run\r\nCOPY --from=x /m «/m»\r\n";
    QTest::newRow("a source from below")
        << "FROM a AS x\nFROM b AS run\nCOPY /n /n\nCOPY --from=x /m /m\nFROM c AS y\n"
        << Gesture([](const Analysis& before) {
               return retargetSource(before, edgeFrom(before, u"1 copy 1"_s), stageNode(2));
           })
        << "Move y above run"
        << "FROM a AS x\nFROM c AS y\nFROM b AS run\nCOPY /n /n\nCOPY --from=«y» /m /m\n";
    QTest::newRow("a mount from below") << "FROM b AS run\nRUN --mount=target=/m z\nFROM c AS y\n"
                                        << Gesture([](const Analysis& before) {
                                               return retargetSource(before, edgeFrom(before, u"0 mount"_s),
                                                                     stageNode(1));
                                           })
                                        << "Move y above run"
                                        << "FROM c AS y\nFROM b AS run\nRUN --mount=target=/m,from=«y» z\n";
    QTest::newRow("a base from below, at the line's end")
        << "FROM b AS run\nFROM c AS y\n"
        << Gesture([](const Analysis& before) {
               return retargetSource(before, edgeFrom(before, u"0 base"_s), stageNode(1));
           })
        << "Move y above run" << "FROM c AS y\nFROM «y» AS run\n";
    QTest::newRow("a base from below, by its name")
        << "FROM b AS run\nFROM c AS y\n"
        << Gesture([](const Analysis& before) { return changeBase(before, 0, "y"); }) << "Move y above run"
        << "FROM c AS y\nFROM «y» AS run\n";
    QTest::newRow("a line to a stage above its source")
        << "FROM a AS run\nFROM b AS x\nFROM c AS y\nCOPY --from=x /m /m\n"
        << Gesture([](const Analysis& before) { return retargetCopy(before, edgeFrom(before, u"2 copy"_s), 0); })
        << "Move x above run" << "FROM b AS x\nFROM a AS run\n«COPY --from=x /m /m»\nFROM c AS y\n";
    QTest::newRow("a stage that is used") << "FROM a AS x\nFROM b\nCOPY --from=x /m /m\nRUN y\n"
                                          << Gesture([](const Analysis& before) { return removeStage(before, 0); })
                                          << "Remove x and 1 line that takes from there"
                                          << "FROM b\nRUN y\n";
}

void RemediesTest::offers()
{
    QFETCH(QString, before);
    QFETCH(Gesture, gesture);
    QFETCH(QString, mend);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    const EditOutcome outcome = gesture(*analysis);
    QVERIFY(!outcome);
    QVERIFY(!outcome.error().reason.empty());
    QVERIFY2(outcome.error().remedy, outcome.error().reason.c_str());
    QCOMPARE(QString::fromStdString(outcome.error().mend), mend);
    QCOMPARE(shown(*analysis, *outcome.error().remedy), after);
}

void RemediesTest::offersNone_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<Gesture>("gesture");

    QTest::newRow("the source is made from the target") << "FROM a AS x\nFROM x AS y\n" << copying(1, 0);
    QTest::newRow("the source takes from the target") << "FROM a AS x\nFROM b AS y\nCOPY --from=x /m /m\n"
                                                      << copying(1, 0);
    QTest::newRow("the target itself") << "FROM a AS x\n" << copying(0, 0);
    QTest::newRow("two of one name") << "FROM a AS x\nFROM b AS y\nFROM c AS y\n" << copying(1, 0);
    QTest::newRow("an open heredoc") << "FROM a AS x\nRUN <<EOF\nFROM b AS y\n" << copying(1, 0);
    QTest::newRow("the only stage") << "FROM a AS x\n"
                                    << Gesture([](const Analysis& before) { return removeStage(before, 0); });
    QTest::newRow("all are built on it") << "FROM a AS x\nFROM x\n"
                                         << Gesture([](const Analysis& before) { return removeStage(before, 0); });
}

void RemediesTest::offersNone()
{
    QFETCH(QString, before);
    QFETCH(Gesture, gesture);

    const auto analysis = analysisOf(before);
    const EditOutcome outcome = gesture(*analysis);
    QVERIFY(!outcome);
    QVERIFY(!outcome.error().remedy);
}

/// Nothing is dropped yet, so there is nothing that could be done.
void RemediesTest::saysNothingAheadOfTheDrop()
{
    const auto analysis = analysisOf(u"FROM a AS x\nFROM b AS y\n"_s);
    const auto refusal = refusalToCopy(*analysis, stageNode(1), 0);
    QVERIFY(refusal);
    QVERIFY(!refusal->remedy);
}

QTEST_GUILESS_MAIN(RemediesTest)
#include "remedies_test.moc"
