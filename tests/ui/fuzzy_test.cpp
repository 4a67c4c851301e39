// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a command is found by a few letters of its name.

#include "ui/window/fuzzy.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stagelift::ui;

namespace {

constexpr int kInstant = 50; // ms

QString marked(const QString& text, const QList<int>& letters)
{
    QString shown;
    for (int i = 0; i < text.size(); ++i)
        shown += letters.contains(i) ? u"[%1]"_s.arg(text[i]) : QString(text[i]);
    return shown.replace(u"]["_s, QString());
}

} // namespace

class FuzzyTest : public QObject {
    Q_OBJECT
private slots:
    void findsByLetters_data();
    void findsByLetters();
    void putsTheBestFirst_data();
    void putsTheBestFirst();
    void isSearchedQuicklyWhateverIsTyped();
};

void FuzzyTest::findsByLetters_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("found"); // "" for not at all

    QTest::newRow("nothing typed") << u""_s << u"Fit Diagram"_s << u"Fit Diagram"_s;
    QTest::newRow("the beginning") << u"fit"_s << u"Fit Diagram"_s << u"[Fit] Diagram"_s;
    QTest::newRow("another word") << u"diag"_s << u"Fit Diagram"_s << u"Fit [Diag]ram"_s;
    QTest::newRow("words in any order") << u"diag fit"_s << u"Fit Diagram"_s << u"[Fit] [Diag]ram"_s;
    QTest::newRow("initials") << u"cp"_s << u"Command Palette"_s << u"[C]ommand [P]alette"_s;
    QTest::newRow("initials that go on") << u"compal"_s << u"Command Palette"_s << u"[Com]mand [Pal]ette"_s;
    QTest::newRow("initials rather than inside") << u"ta"_s << u"Metal, The Alloy"_s << u"Metal, [T]he [A]lloy"_s;
    QTest::newRow("letters left out") << u"rnm"_s << u"Rename Stage"_s << u"[R]e[n]a[m]e Stage"_s;
    QTest::newRow("not across words") << u"rnst"_s << u"Rotten in a nest"_s << u""_s;
    QTest::newRow("a path") << u"/out"_s << u"build: Copy /out/server"_s << u"build: Copy [/out]/server"_s;
    QTest::newRow("umlauts") << u"ÄND"_s << u"Ziel ändern"_s << u"Ziel [änd]ern"_s;
    QTest::newRow("one word is not there") << u"fit zoom"_s << u"Fit Diagram"_s << u""_s;
}

void FuzzyTest::findsByLetters()
{
    QFETCH(QString, typed);
    QFETCH(QString, text);
    QFETCH(QString, found);
    const auto match = fuzzyMatch(typed, text);
    QCOMPARE(match ? marked(text, match->letters) : QString(), found);
}

void FuzzyTest::putsTheBestFirst_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("better");
    QTest::addColumn<QString>("worse");

    QTest::newRow("a word's beginning") << u"build"_s << u"Build"_s << u"Rebuild"_s;
    QTest::newRow("a whole word") << u"fin"_s << u"Fin"_s << u"Find"_s;
    QTest::newRow("the shorter") << u"zoom"_s << u"Zoom In"_s << u"Zoom In the Diagram That Is in Front"_s;
    QTest::newRow("the earlier") << u"stage"_s << u"Stage to go to"_s << u"Go to the Stage"_s;
    QTest::newRow("initials before the inside") << u"at"_s << u"Add Target"_s << u"Format it"_s;
    QTest::newRow("letters left out come last") << u"fnd"_s << u"From Nothing Done"_s << u"Find"_s;
}

void FuzzyTest::putsTheBestFirst()
{
    QFETCH(QString, typed);
    QFETCH(QString, better);
    QFETCH(QString, worse);
    const auto first = fuzzyMatch(typed, better);
    const auto second = fuzzyMatch(typed, worse);
    QVERIFY(first && second);
    QVERIFY2(first->score > second->score, qPrintable(u"%1 and %2"_s.arg(first->score).arg(second->score)));
}

void FuzzyTest::isSearchedQuicklyWhateverIsTyped()
{
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!fuzzyMatch(QString(30, u'a') + u'b', u"a "_s.repeated(60)));
    QVERIFY2(timer.elapsed() < kInstant, "no way is tried twice");
}

QTEST_GUILESS_MAIN(FuzzyTest)
#include "fuzzy_test.moc"
