// SPDX-License-Identifier: GPL-3.0-or-later
//
// The history as a window has it: nothing waits for the disk, everything is answered, and said once where it can't be.

#include "core/history/history.h"
#include "history/kept_builds.h"

#include <QSqlQuery>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

const QString kFile = u"/src/Dockerfile"_s;
const QDateTime kBegun(QDate(2026, 5, 1), QTime(12, 0), QTimeZone::UTC);

BuildRequest request(const QByteArray& text = kText, const QString& file = kFile)
{
    BuildRequest made;
    made.engine.id = u"docker"_s;
    made.analysis = analyse(text.toStdString());
    made.file = file;
    return made;
}

BuildResult succeeded(qint64 ships)
{
    BuildResult result;
    result.outcome = BuildOutcome::Succeeded;
    result.sizes = {{.stage = 1, .image = {}, .total = ships, .own = ships, .ships = true, .layers = {}}};
    return result;
}

/// What the history has answered last.
class Answers : public QObject {
public:
    explicit Answers(History& history)
    {
        connect(&history, &History::loaded, this, [this](const QString&, const QList<KeptBuild>& builds) {
            ++count;
            sizes.clear();
            ids.clear();
            for (const KeptBuild& build : builds) {
                sizes << build.ships().value_or(-1);
                ids << build.id;
            }
            isHere = QThread::currentThread() == thread();
        });
        connect(&history, &History::troubled, this, [this](const QString& sentence) { troubles << sentence; });
    }

    int count = 0;
    QList<qint64> sizes;
    QList<qint64> ids;
    QStringList troubles;
    bool isHere = false;
};

} // namespace

class HistoryTest : public QObject {
    Q_OBJECT
private slots:
    void answersWithWhatIsThere();
    void keepsNothingUnlessWanted();
    void makesNothingByLooking();
    void readsTexts();
    void forgets();
    void writesAllBeforeItGoes();
    void holdsUpNobody();
    void saysOnceWhatIsWrong();
};

void HistoryTest::answersWithWhatIsThere()
{
    QTemporaryDir folder;
    History history(folder.filePath(u"h"_s));
    Answers answers(history);
    history.load(kFile);
    QTRY_COMPARE(answers.count, 1);
    QVERIFY(answers.isHere);
    QCOMPARE(answers.sizes, QList<qint64>());
    history.add(request(), succeeded(10), kBegun);
    history.add(request(), succeeded(12), kBegun.addSecs(60));
    QTRY_COMPARE(answers.count, 3);
    QCOMPARE(answers.sizes, (QList<qint64>{12, 10}));
    // Another program, or this one after a restart.
    History other(folder.filePath(u"h"_s));
    Answers again(other);
    other.load(kFile);
    QTRY_COMPARE(again.sizes, (QList<qint64>{12, 10}));
    QCOMPARE(answers.troubles + again.troubles, QStringList());
}

void HistoryTest::keepsNothingUnlessWanted()
{
    QTemporaryDir folder;
    History history(folder.filePath(u"h"_s));
    Answers answers(history);
    history.add(request(), succeeded(1), kBegun);
    history.setKeeping(false);
    QVERIFY(!history.isKeeping());
    history.add(request(), succeeded(2), kBegun.addSecs(60));
    history.setKeeping(true);
    history.add(request(kText, {}), succeeded(3), kBegun.addSecs(120)); // has no name
    history.add(request(), succeeded(4), kBegun.addSecs(180));
    QTRY_COMPARE(answers.sizes, (QList<qint64>{4, 1}));

    History none{QString()};
    QVERIFY(!none.isKeeping());
    Answers nothing(none);
    none.add(request(), succeeded(1), kBegun);
    none.load(kFile);
    none.forget(kFile);
    QTest::qWait(50);
    QCOMPARE(nothing.count, 0);
}

void HistoryTest::makesNothingByLooking()
{
    QTemporaryDir folder;
    History history(folder.filePath(u"h"_s));
    Answers answers(history);
    history.load(kFile);
    history.forget(kFile);
    QTRY_COMPARE(answers.count, 2);
    QVERIFY(!QFileInfo::exists(folder.filePath(u"h"_s)));
}

void HistoryTest::readsTexts()
{
    QTemporaryDir folder;
    History history(folder.filePath(u"h"_s));
    Answers answers(history);
    const QByteArray other = "FROM scratch AS a\nFROM scratch AS runtime\n";
    history.add(request(kText), succeeded(1), kBegun);
    history.add(request(other), succeeded(2), kBegun.addSecs(60));
    QTRY_COMPARE(answers.count, 2);
    std::optional<History::Texts> texts;
    history.readTexts({answers.ids[1], answers.ids[0]}, this, [&](const History::Texts& read) { texts = read; });
    QTRY_VERIFY(texts);
    QCOMPARE(texts->value(), (QList<QByteArray>{kText, other}));

    texts.reset();
    history.readTexts({4711}, this, [&](const History::Texts& read) { texts = read; });
    QTRY_VERIFY(texts);
    QCOMPARE(texts->error(), u"The history has forgotten this build."_s);

    texts.reset();
    {
        QObject gone;
        history.readTexts({answers.ids[0]}, &gone, [&](const History::Texts& read) { texts = read; });
    }
    history.load(kFile);
    QTRY_COMPARE(answers.count, 3); // which is behind it
    QVERIFY(!texts);
}

void HistoryTest::forgets()
{
    QTemporaryDir folder;
    History history(folder.filePath(u"h"_s));
    Answers answers(history);
    history.add(request(), succeeded(1), kBegun);
    QTRY_COMPARE(answers.sizes, QList<qint64>{1});
    history.forget(kFile);
    QTRY_COMPARE(answers.count, 2);
    QCOMPARE(answers.sizes, QList<qint64>());
    history.add(request(), succeeded(2), kBegun);
    QTRY_COMPARE(answers.sizes, QList<qint64>{2});
}

void HistoryTest::writesAllBeforeItGoes()
{
    QTemporaryDir folder;
    {
        History history(folder.filePath(u"h"_s));
        for (int i = 0; i < 20; ++i)
            history.add(request(), succeeded(i), kBegun.addSecs(i));
    }
    QCOMPARE(HistoryStore::open(folder.filePath(u"h"_s)).store->builds(kFile)->size(), 20);
}

void HistoryTest::holdsUpNobody()
{
    QTemporaryDir folder;
    const QString place = folder.filePath(u"h"_s);
    QVERIFY(HistoryStore::open(place).store);
    History history(place);
    Answers answers(history);
    {
        // Another program writes, and takes its time.
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"slow"_s);
        database.setDatabaseName(place + u"/builds.sqlite"_s);
        QVERIFY(database.open());
        QVERIFY(database.transaction()); // takes the lock with its first change
        QSqlQuery change(database);
        QVERIFY(change.exec(u"DELETE FROM files"_s));
        QElapsedTimer clock;
        clock.start();
        history.add(request(), succeeded(1), kBegun);
        QVERIFY2(clock.elapsed() < 50, qPrintable(QString::number(clock.elapsed())));
        QTest::qWait(300);
        QCOMPARE(answers.count, 0); // it waits
        change.finish();
        QVERIFY(database.commit());
    }
    QSqlDatabase::removeDatabase(u"slow"_s);
    QTRY_COMPARE(answers.sizes, QList<qint64>{1});
    QCOMPARE(answers.troubles, QStringList());
}

void HistoryTest::saysOnceWhatIsWrong()
{
    QTemporaryDir folder;
    QFile inTheWay(folder.filePath(u"file"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    History history(folder.filePath(u"file/h"_s));
    Answers answers(history);
    history.add(request(), succeeded(1), kBegun);
    history.add(request(), succeeded(2), kBegun);
    QTRY_COMPARE(answers.count, 2);
    QCOMPARE(answers.troubles.size(), 1);
    QVERIFY2(answers.troubles[0].startsWith(u"The history of builds can't be used: "_s),
             qPrintable(answers.troubles[0]));
}

QTEST_GUILESS_MAIN(HistoryTest)
#include "history_test.moc"
