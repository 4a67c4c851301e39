// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a check finds something and offers no mend, because what it would write is no better.

#include "core/edits/analysis.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;

class MendLimitsTest : public QObject {
    Q_OBJECT

private slots:
    void offersNone_data();
    void offersNone();
};

void MendLimitsTest::offersNone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("rule");

    QTest::newRow("a default tag for a name that is no image's")
        << "ARG V\nFROM \x97golang:${V}\n"_ba << "InvalidDefaultArgInFrom"_ba;
    QTest::newRow("a variable without a name") << "FROM a${+b}\n"_ba << "UndefinedArgInFrom"_ba;
    QTest::newRow("an index of a stage with a broken name")
        << "FROM a AS \"x\nFROM b\nCOPY --from=0 c /\n"_ba << "StageByIndex"_ba;
    QTest::newRow("a mapping without a port") << "FROM a\nEXPOSE 80/x:\n"_ba << "ExposeInvalidFormat"_ba;
    QTest::newRow("a key with a wide blank in it") << "FROM a\nENV b\u2004c=d e\n"_ba << "LegacyKeyValueFormat"_ba;
    QTest::newRow("a key in quotes") << "FROM a\nENV \"b c d\n"_ba << "LegacyKeyValueFormat"_ba;
}

void MendLimitsTest::offersNone()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, rule);

    const AnalysisPtr analysis = analyse(text.toStdString());
    const auto found = std::ranges::find(analysis->diagnostics, rule.toStdString(), &Diagnostic::rule);
    QVERIFY(found != analysis->diagnostics.end());
    QVERIFY2(found->fixes.empty(), found->fixes.empty() ? "" : found->fixes.front().title.c_str());
}

QTEST_GUILESS_MAIN(MendLimitsTest)
#include "mend_limits_test.moc"
