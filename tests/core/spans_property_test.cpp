// SPDX-License-Identifier: GPL-3.0-or-later
//
// What holds for the reading of every text: each piece stands where it says, and instructions and the gaps between
// them give back the file byte for byte. Over Dockerfiles made up by chance, whole and broken, and over real files.

#include "core/random_dockerfile.h"
#include "core/reading.h"
#include "core/span_properties.h"

#include <QDirIterator>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

QString flawOf(const QByteArray& text)
{
    return QString::fromStdString(ReadingJudge(Reading(text).dockerfile).flaw());
}

} // namespace

class SpansPropertyTest : public QObject {
    Q_OBJECT

private slots:
    void holdsForMadeUpFiles();
    void holdsForRealFiles_data();
    void holdsForRealFiles();
};

void SpansPropertyTest::holdsForMadeUpFiles()
{
    constexpr unsigned kSeed = 20261125;
    constexpr int kMadeUp = 250;
    constexpr int kBroken = 20; // of each
    constexpr std::string_view kOdd("\\\"'`$<[{\0\x80\n\r\t #-=", 17);
    RandomDockerfile dice(kSeed);
    for (int count = 0; count < kMadeUp; ++count) {
        const QByteArray text = QByteArray::fromStdString(dice.make());
        QVERIFY2(flawOf(text).isEmpty(), qPrintable(flawOf(text) + u'\n' + QString::fromUtf8(text)));
        for (int i = 0; i < kBroken; ++i) {
            QByteArray broken = text;
            broken[dice.below(static_cast<int>(text.size()))] = kOdd[dice.below(kOdd.size())];
            if (dice.chance(3))
                broken.truncate(dice.below(static_cast<int>(text.size())));
            QVERIFY2(flawOf(broken).isEmpty(), qPrintable(flawOf(broken) + u'\n' + QString::fromUtf8(broken)));
        }
    }
}

void SpansPropertyTest::holdsForRealFiles_data()
{
    QTest::addColumn<QString>("folder");

    const QString top = QStringLiteral(STAGELIFT_SOURCE_DIR);
    QTest::newRow("our examples, and what they are made of") << top + u"/resources/examples"_s;
    QTest::newRow("texts of other tests") << top + u"/tests/data"_s;
    QTest::newRow("what fuzzing begins with") << top + u"/tests/fuzz/seeds"_s;
    if (const QString corpus = top + u"/../shared/corpus/files"_s; QDir(corpus).exists())
        QTest::newRow("the corpus") << corpus;
}

void SpansPropertyTest::holdsForRealFiles()
{
    QFETCH(QString, folder);

    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const QString flaw = flawOf(bytesOf(path));
        QVERIFY2(flaw.isEmpty(), qPrintable(path + u": "_s + flaw));
    }
}

QTEST_GUILESS_MAIN(SpansPropertyTest)
#include "spans_property_test.moc"
