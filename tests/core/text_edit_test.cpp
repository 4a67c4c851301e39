// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/text_edit.h"

#include <QtTest>

using namespace stagelift;

namespace {

/// "2-4:x" replaces bytes 2 and 3 by x; several are separated by a blank.
TextEdits editsFrom(const QString& text)
{
    TextEdits edits;
    for (const QString& one : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QString range = one.section(QLatin1Char(':'), 0, 0);
        edits.push_back({{range.section(QLatin1Char('-'), 0, 0).toUInt(), range.section(QLatin1Char('-'), 1).toUInt()},
                         one.section(QLatin1Char(':'), 1).toStdString()});
    }
    return edits;
}

} // namespace

class TextEditTest : public QObject {
    Q_OBJECT

private slots:
    void changesTheTextAndBack_data();
    void changesTheTextAndBack();
    void refusesWhatOverlaps_data();
    void refusesWhatOverlaps();
};

void TextEditTest::changesTheTextAndBack_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("edits");
    QTest::addColumn<QString>("after");

    QTest::newRow("no edit") << "abcdef" << "" << "abcdef";
    QTest::newRow("an insertion at the beginning") << "abcdef" << "0-0:x" << "xabcdef";
    QTest::newRow("an insertion at the end") << "abcdef" << "6-6:x" << "abcdefx";
    QTest::newRow("an insertion into nothing") << "" << "0-0:x" << "x";
    QTest::newRow("all of it goes") << "abcdef" << "0-6:" << "";
    QTest::newRow("longer, shorter and gone") << "abcdef" << "0-1:xyz 2-4:w 5-6:" << "xyzbwe";
    QTest::newRow("given out of order") << "abcdef" << "5-6:z 0-1:x" << "xbcdez";
    QTest::newRow("two at one place keep their order") << "abcdef" << "3-3:x 3-3:y" << "abcxydef";
    QTest::newRow("an insertion where a replaced range begins") << "abcdef" << "2-4:w 2-2:x" << "abxwef";
    QTest::newRow("neighbours") << "abcdef" << "2-4:x 4-6:y" << "abxy";
}

void TextEditTest::changesTheTextAndBack()
{
    QFETCH(QString, before);
    QFETCH(QString, edits);
    QFETCH(QString, after);

    TextEdits sorted = editsFrom(edits);
    QVERIFY(normalise(sorted));
    QCOMPARE(QString::fromStdString(applied(before.toStdString(), sorted)), after);
    const TextEdits back = inverse(before.toStdString(), sorted);
    QCOMPARE(QString::fromStdString(applied(after.toStdString(), back)), before);
}

void TextEditTest::refusesWhatOverlaps_data()
{
    QTest::addColumn<QString>("edits");

    QTest::newRow("the same range twice") << "1-3:x 1-3:y";
    QTest::newRow("one into the next") << "0-3:x 2-4:y";
    QTest::newRow("an insertion within a replaced range") << "1-4:x 2-2:y";
    QTest::newRow("one within another") << "0-6:x 2-3:y";
}

void TextEditTest::refusesWhatOverlaps()
{
    QFETCH(QString, edits);

    TextEdits sorted = editsFrom(edits);
    QVERIFY(!normalise(sorted));
}

QTEST_GUILESS_MAIN(TextEditTest)
#include "text_edit_test.moc"
