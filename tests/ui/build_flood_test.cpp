// SPDX-License-Identifier: GPL-3.0-or-later
//
// A step that prints without end: memory stays bounded, the window fluid, and all of the log is there to be searched.

#include "ui/build/build_log.h"
#include "ui/flood.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

class BuildFloodTest : public QObject {
    Q_OBJECT
private slots:
    void staysFluidAndSmall();
};

void BuildFloodTest::staysFluidAndSmall()
{
    constexpr int kMegabytes = 50;      // with a compiler that optimises nothing
    constexpr double kMostMemory = 64;  // MB
    constexpr double kLongestWork = 50; // ms
    Flood flood;
    QVERIFY(flood.run(1)); // what is made once is there
    flood.forgetMost();
    const double before = Flood::residentMegabytes();
    QVERIFY(flood.run(kMegabytes));

    BuildLog& log = flood.tab().log();
    const QStringList last = log.lastLines(1, 2);
    QVERIFY2(last.contains(u"the last words"_s), qPrintable(last.join(u'\n')));
    const auto look = [&](const QString& text) {
        log.search().setText(text);
        log.findNext();
        return flood.waitFor([&log] { return log.searchNote() != u"searching…"; });
    };
    QVERIFY(look(u"THE FIRST WORDS"_s));
    QCOMPARE(log.view().currentIndex().siblingAtColumn(BuildLogModel::Text).data().toString(), u"the first words"_s);
    QVERIFY(look(u"no such words"_s));
    QCOMPARE(log.searchNote(), u"nowhere in the log"_s);
    QSignalSpy saved(&log, &BuildLog::saved);
    log.saveTo(flood.path(u"saved.log"_s));
    QVERIFY(flood.waitFor([&saved] { return !saved.isEmpty(); }));
    QFile file(flood.path(u"saved.log"_s));
    QVERIFY(file.size() > kMegabytes * Flood::kBlock * 9 / 10); // without its colours
#ifndef __SANITIZE_ADDRESS__
    QVERIFY2(flood.mostMegabytes() - before < kMostMemory, qPrintable(QString::number(flood.mostMegabytes() - before)));
    QVERIFY2(flood.pulse().worstWork() < kLongestWork, qPrintable(QString::number(flood.pulse().worstWork())));
#endif
}

QTEST_MAIN(BuildFloodTest)
#include "build_flood_test.moc"
