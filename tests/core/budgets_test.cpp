// SPDX-License-Identifier: GPL-3.0-or-later
//
// Comments that set a size for a stage.

#include "core/edits/analysis.h"
#include "core/stages/budgets.h"

#include <QtTest>

using namespace stagelift;
using namespace Qt::StringLiterals;

class BudgetsTest : public QObject {
    Q_OBJECT
private slots:
    void readsSizes_data();
    void readsSizes();
    void readsComments_data();
    void readsComments();
    void theLeastCounts();
    void aCheckTellsOfFaults();
};

void BudgetsTest::readsSizes_data()
{
    QTest::addColumn<std::string>("size");
    QTest::addColumn<qint64>("bytes"); // -1: no size

    const auto row = [](const char* size, qint64 bytes) { QTest::newRow(size) << std::string(size) << bytes; };
    row("25 MB", 25'000'000);
    row("25MB", 25'000'000);
    row("1.5 GiB", 1'610'612'736);
    row("800kB", 800'000);
    row("800 k", 800'000);
    row("97 B", 97);
    row("0 B", 0);
    row("12.5 mb", 12'500'000);
    row("25", -1);
    row("25 MX", -1);
    row("MB", -1);
    row("", -1);
    row("-1 MB", -1);
    row("1e9 B", -1);
    row("99999999999 TB", -1);
}

void BudgetsTest::readsSizes()
{
    QFETCH(std::string, size);
    QFETCH(qint64, bytes);
    QCOMPARE(qint64(bytesOf(size).value_or(-1)), bytes);
}

void BudgetsTest::readsComments_data()
{
    QTest::addColumn<std::string>("comments");
    QTest::addColumn<QString>("read"); // "stage bytes", or "! message", a line each

    const auto row = [](const char* name, const std::string& comments, const QString& read) {
        QTest::newRow(name) << comments << read;
    };
    row("as it is meant", "# stagelift: budget runtime <= 25 MB\n", u"1 25000000"_s);
    row("with no blanks", "#stagelift:budget runtime<=25MB\n", u"1 25000000"_s);
    row("in other letters", "# Stagelift: Budget RUNTIME ≤ 1 GB\r\n", u"1 1000000000"_s);
    row("with no sign", "  # stagelift: budget build 1.2 GB\n", u"0 1200000000"_s);
    row("by index", "# stagelift: budget 0 = 3 kB\n", u"0 3000"_s);
    row("of the last stage", "# stagelift: budget 25 MB\n", u"1 25000000"_s);
    row("two", "# stagelift: budget build <= 1 GB\n# stagelift: budget runtime <= 2 MB\n",
        u"0 1000000000\n1 2000000"_s);
    row("another comment", "# a budget of 25 MB\n# stagelift is fine\n", QString());
    row("in a heredoc", "COPY <<E /x\n# stagelift: budget runtime <= 25 MB\nE\n", QString());
    row("no such stage", "# stagelift: budget runtim <= 25 MB\n",
        u"! There is no stage \"runtim\" to keep within 25 MB"_s);
    row("no size", "# stagelift: budget runtime <= many\n",
        u"! \"many\" is no size: it is written `# stagelift: budget STAGE <= 25 MB`"_s);
    row("no unit", "# stagelift: budget runtime <= 25\n",
        u"! \"25\" is no size: it is written `# stagelift: budget STAGE <= 25 MB`"_s);
    row("nothing at all", "# stagelift: budget\n",
        u"! \"\" is no size: it is written `# stagelift: budget STAGE <= 25 MB`"_s);
    row("something else of ours", "# stagelift: fly\n",
        u"! Stagelift knows no \"fly\": it is written `# stagelift: budget STAGE <= 25 MB`"_s);
}

void BudgetsTest::readsComments()
{
    QFETCH(std::string, comments);
    QFETCH(QString, read);
    const AnalysisPtr analysis = analyse("FROM a AS build\nFROM b AS runtime\n" + comments);
    const Budgets budgets = budgetsOf(analysis->dockerfile, analysis->graph);
    QStringList found;
    for (const Budget& budget : budgets.budgets)
        found += u"%1 %2"_s.arg(budget.stage).arg(budget.bytes);
    for (const BudgetFault& fault : budgets.faults)
        found += u"! "_s + QString::fromStdString(fault.message);
    QCOMPARE(found.join(u'\n'), read);
}

void BudgetsTest::theLeastCounts()
{
    const AnalysisPtr analysis =
        analyse("# stagelift: budget a <= 3 MB\n# stagelift: budget a <= 2 MB\nFROM x AS a\nFROM y AS b\n");
    const Budgets budgets = budgetsOf(analysis->dockerfile, analysis->graph);
    QVERIFY(budgets.of(0));
    QCOMPARE(qint64(budgets.of(0)->bytes), 2'000'000);
    QCOMPARE(budgets.of(0)->lines.first, 2U);
    QVERIFY(!budgets.of(1));
}

void BudgetsTest::aCheckTellsOfFaults()
{
    const AnalysisPtr analysis = analyse("FROM x AS a\n# stagelift: budget b <= 2 MB\n");
    QCOMPARE(analysis->diagnostics.size(), std::size_t(1));
    QCOMPARE(QString::fromStdString(std::string(analysis->diagnostics.front().rule)), u"SizeBudget"_s);
    QCOMPARE(analysis->diagnostics.front().lines.first, 2U);
}

QTEST_APPLESS_MAIN(BudgetsTest)
#include "budgets_test.moc"
