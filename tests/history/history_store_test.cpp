// SPDX-License-Identifier: GPL-3.0-or-later
//
// Builds kept in the database and read from it: by several programs, up to their limits, and with whatever can be
// wrong with a file on a disk.

#include "core/history/history_rows.h"
#include "core/history/history_schema.h"
#include "history/kept_builds.h"

#include <QtTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

const QString kFile = u"/src/Dockerfile"_s;
const QString kOther = u"/src/other.Dockerfile"_s;

/// A folder of its own, and what lies in it.
class Folder {
public:
    [[nodiscard]] QString path() const { return m_folder.filePath(u"stagelift"_s); }
    [[nodiscard]] QString database() const { return path() + u"/builds.sqlite"_s; }
    [[nodiscard]] QStringList files() const { return QDir(path()).entryList(QDir::Files, QDir::Name); }

    /// Says so where it can't be opened.
    [[nodiscard]] std::unique_ptr<HistoryStore> open() const
    {
        auto [store, notice] = HistoryStore::open(path());
        if (!store)
            qWarning("%s", qPrintable(notice));
        return std::move(store);
    }

    void write(const QByteArray& bytes) const
    {
        QDir().mkpath(path());
        QFile file(database());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }

    [[nodiscard]] QByteArray read(const QString& name) const
    {
        QFile file(path() + u'/' + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    /// Everything that is in the folder.
    [[nodiscard]] QByteArray bytes() const
    {
        QByteArray all;
        for (const QString& name : files())
            all += read(name);
        return all;
    }

private:
    QTemporaryDir m_folder;
};

/// Runs statements on a database as another program would.
void tamper(const QString& path, const QStringList& statements)
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"tamper"_s);
        database.setDatabaseName(path);
        QVERIFY(database.open());
        for (const QString& statement : statements) {
            const auto done = query(database, statement);
            QVERIFY2(done, qPrintable(done ? QString() : done.error().text()));
        }
    }
    QSqlDatabase::removeDatabase(u"tamper"_s);
}

QList<qint64> shipped(const QList<KeptBuild>& builds)
{
    QList<qint64> sizes;
    for (const KeptBuild& build : builds)
        sizes << build.ships().value_or(-1);
    return sizes;
}

} // namespace

class HistoryStoreTest : public QObject {
    Q_OBJECT
private slots:
    void givesBackWhatItWasGiven();
    void isNewestFirst();
    void sharesEqualTexts();
    void keepsEachFileToItself();
    void forgetsTheOldest_data();
    void forgetsTheOldest();
    void forgetsForGood();
    void isForTheUserAlone();
    void takesBuildsOfSeveralPrograms();
    void setsADamagedOneAside_data();
    void setsADamagedOneAside();
    void leavesAloneWhatIsNotItsOwn_data();
    void leavesAloneWhatIsNotItsOwn();
    void saysWhyItCantBeUsed();
    void saysThatAnotherProgramHoldsIt();
    void takesAnOlderOneFurther();
    void goesNotHalfOfTheWay();
    void doesNotBelieveADamagedText();
};

void HistoryStoreTest::givesBackWhatItWasGiven()
{
    const Folder folder;
    QVERIFY(!HistoryStore::exists(folder.path()));
    KeptBuild good = keptBuild(0, 14'000'000);
    KeptBuild bad = failedBuild(1, "FROM x\n");
    {
        const auto store = folder.open();
        QVERIFY(store);
        good.id = store->add(kFile, good, kText).value_or(0);
        bad.id = store->add(kFile, bad, "FROM x\n").value_or(0);
        QVERIFY(good.id > 0 && bad.id > 0);
    }
    QVERIFY(HistoryStore::exists(folder.path()));
    const auto again = folder.open(); // as after a restart
    QCOMPARE(again->builds(kFile).value(), (QList{bad, good}));
    QCOMPARE(again->text(good.id).value(), kText);
    QCOMPARE(again->text(bad.id).value(), "FROM x\n"_ba);
    QVERIFY(!again->text(12345));
}

void HistoryStoreTest::isNewestFirst()
{
    const Folder folder;
    const auto store = folder.open();
    for (const int minute : {5, 1, 9, 3}) // another program's build may have begun before ours and ended after
        QVERIFY(store->add(kFile, keptBuild(minute, minute), kText));
    QCOMPARE(shipped(*store->builds(kFile)), (QList<qint64>{9, 5, 3, 1}));
}

void HistoryStoreTest::sharesEqualTexts()
{
    const Folder folder;
    QByteArray random(200'000, '\0'); // what can't be compressed
    QRandomGenerator generator(1);
    for (char& byte : random)
        byte = static_cast<char>(generator.bounded(1, 256));
    {
        const auto store = folder.open();
        for (int i = 0; i < 10; ++i)
            QVERIFY(store->add(kFile, keptBuild(i, i, random), random));
        QCOMPARE(store->text(store->builds(kFile)->constLast().id).value(), random);
    }
    QVERIFY2(folder.bytes().size() < 2 * random.size(), qPrintable(QString::number(folder.bytes().size())));
}

void HistoryStoreTest::keepsEachFileToItself()
{
    const Folder folder;
    const auto store = folder.open();
    QVERIFY(store->add(kFile, keptBuild(0, 1), kText));
    QVERIFY(store->add(kOther, keptBuild(0, 2), kText));
    QVERIFY(store->forget(kFile));
    QCOMPARE(store->builds(kFile).value(), QList<KeptBuild>());
    QCOMPARE(shipped(*store->builds(kOther)), QList<qint64>{2});
    QCOMPARE(store->text(store->builds(kOther)->constFirst().id).value(), kText); // which both had
    QVERIFY(store->forget(u"/never/built"_s));
}

void HistoryStoreTest::forgetsTheOldest_data()
{
    QTest::addColumn<qsizetype>("builds");
    QTest::addColumn<qint64>("textBytes");
    QTest::addColumn<QList<qint64>>("left");

    QTest::newRow("within both limits") << qsizetype(9) << qint64(100'000) << QList<qint64>{4, 3, 2, 1, 0};
    QTest::newRow("three builds") << qsizetype(3) << qint64(100'000) << QList<qint64>{4, 3, 2};
    // Texts 4, 3, 2 are the same, and take 1,000 bytes and more; so do each of 1 and 0.
    QTest::newRow("the room of two texts") << qsizetype(9) << qint64(2'500) << QList<qint64>{4, 3, 2, 1};
    QTest::newRow("the room of one text") << qsizetype(9) << qint64(1'500) << QList<qint64>{4, 3, 2};
    QTest::newRow("the newest stays, however large") << qsizetype(9) << qint64(1) << QList<qint64>{4};
}

void HistoryStoreTest::forgetsTheOldest()
{
    QFETCH(qsizetype, builds);
    QFETCH(qint64, textBytes);
    QFETCH(QList<qint64>, left);

    const Folder folder;
    const auto store = folder.open();
    QRandomGenerator generator(1);
    QByteArray text;
    for (int i = 0; i < 5; ++i) {
        if (i <= 2) {
            text.resize(1000);
            for (char& byte : text)
                byte = static_cast<char>(generator.bounded(1, 256));
        }
        QVERIFY(store->add(kFile, keptBuild(i, i, text), text, {.builds = builds, .textBytes = textBytes}));
        QVERIFY(store->add(kOther, keptBuild(i, i, text), text)); // is not touched by the limits of another
    }
    QCOMPARE(shipped(*store->builds(kFile)), left);
    QCOMPARE(shipped(*store->builds(kOther)), (QList<qint64>{4, 3, 2, 1, 0}));
}

void HistoryStoreTest::forgetsForGood()
{
    const Folder folder;
    KeptBuild build = keptBuild(0, 1);
    build.target = u"a-name-to-be-forgotten"_s;
    const auto store = folder.open();
    QVERIFY(store->add(kFile, build, kText));
    QVERIFY(folder.bytes().contains("a-name-to-be-forgotten"));
    QVERIFY(store->forget(kFile));
    QVERIFY(!folder.bytes().contains("a-name-to-be-forgotten"));
    QVERIFY(!folder.bytes().contains(kFile.toUtf8()));
}

void HistoryStoreTest::isForTheUserAlone()
{
    const Folder folder;
    const auto store = folder.open();
    QVERIFY(store->add(kFile, keptBuild(0, 1), kText));
    constexpr auto kOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(folder.files().contains(u"builds.sqlite-wal"_s));
    QVERIFY(!(QFile::permissions(folder.path()) & kOthers));
    for (const QString& name : folder.files())
        if (!name.endsWith(".lock"_L1))
            QVERIFY2(!(QFile::permissions(folder.path() + u'/' + name) & kOthers), qPrintable(name));
}

void HistoryStoreTest::takesBuildsOfSeveralPrograms()
{
    constexpr int kPrograms = 4;
    constexpr int kBuilds = 15;
    const Folder folder;
    std::atomic_int failures = 0;
    const auto program = [&](int number) {
        const auto store = folder.open(); // all at once, and there is none yet
        for (int i = 0; i < kBuilds; ++i)
            if (!store || !store->add(kFile, keptBuild(number * kBuilds + i, 1), kText) || !store->builds(kFile))
                ++failures;
    };
    {
        std::vector<std::jthread> programs;
        for (int number = 0; number < kPrograms; ++number)
            programs.emplace_back(program, number);
    }
    QCOMPARE(failures, 0);
    QCOMPARE(folder.open()->builds(kFile)->size(), kPrograms * kBuilds);
}

void HistoryStoreTest::setsADamagedOneAside_data()
{
    QTest::addColumn<QByteArray>("bytes"); // "" for a good one, cut in its middle

    QTest::newRow("no database at all") << QByteArray(5000, 'x');
    QTest::newRow("a few bytes") << "oh\n"_ba;
    QTest::newRow("a head and nothing behind it") << ("SQLite format 3\0"_ba + QByteArray(4000, 'x'));
    QTest::newRow("written over in its middle") << QByteArray();
}

void HistoryStoreTest::setsADamagedOneAside()
{
    QFETCH(QByteArray, bytes);
    const Folder folder;
    if (bytes.isEmpty()) {
        {
            const auto store = folder.open();
            for (int i = 0; i < 100; ++i)
                QVERIFY(store->add(kFile, keptBuild(i, i), kText));
        }
        bytes = folder.read(u"builds.sqlite"_s);
        QVERIFY(bytes.size() > 20'000);
        bytes.replace(8192, 8192, QByteArray(8192, '\xee'));
    }
    folder.write(bytes);

    auto [store, notice] = HistoryStore::open(folder.path());
    QVERIFY2(store, qPrintable(notice));
    QVERIFY2(notice.contains(u"was damaged. It was set aside as "_s), qPrintable(notice));
    const QString aside = notice.section(u" as "_s, 1).section(u", and"_s, 0, 0);
    QCOMPARE(folder.read(QFileInfo(aside).fileName()), bytes); // somebody may still get something out of it
    QVERIFY(store->add(kFile, keptBuild(0, 7), kText));
    store.reset();
    const auto again = HistoryStore::open(folder.path());
    QCOMPARE(again.notice, QString());
    QCOMPARE(shipped(*again.store->builds(kFile)), QList<qint64>{7});
}

void HistoryStoreTest::leavesAloneWhatIsNotItsOwn_data()
{
    QTest::addColumn<QStringList>("statements");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("of a later version") << QStringList{u"PRAGMA user_version = 99"_s,
                                                       u"PRAGMA application_id = %1"_s.arg(kHistoryApplication)}
                                        << u"was written by a newer version of Stagelift"_s;
    QTest::newRow("of another program") << QStringList{u"CREATE TABLE songs (title TEXT)"_s}
                                        << u"is a database of another program"_s;
}

void HistoryStoreTest::leavesAloneWhatIsNotItsOwn()
{
    QFETCH(QStringList, statements);
    QFETCH(QString, sentence);
    const Folder folder;
    folder.write({});
    tamper(folder.database(), statements);
    const QByteArray before = folder.read(u"builds.sqlite"_s);

    const auto [store, notice] = HistoryStore::open(folder.path());
    QVERIFY(!store);
    QVERIFY2(notice.contains(sentence), qPrintable(notice));
    QCOMPARE(folder.read(u"builds.sqlite"_s), before);
}

void HistoryStoreTest::saysWhyItCantBeUsed()
{
    QTemporaryDir folder;
    QFile inTheWay(folder.filePath(u"file"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    const auto [store, notice] = HistoryStore::open(folder.filePath(u"file/stagelift"_s));
    QVERIFY(!store);
    QVERIFY2(notice.startsWith(u"The history of builds can't be used: "_s), qPrintable(notice));
}

void HistoryStoreTest::saysThatAnotherProgramHoldsIt()
{
    const Folder folder;
    QVERIFY(folder.open()->add(kFile, keptBuild(0, 7), kText));
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"holder"_s);
        database.setDatabaseName(folder.database());
        QVERIFY(database.open());
        QVERIFY(query(database, u"PRAGMA locking_mode = EXCLUSIVE"_s));
        QVERIFY(query(database, u"BEGIN EXCLUSIVE"_s));
        const auto [store, notice] = HistoryStore::open(folder.path()); // waits for a while
        QVERIFY(!store);
        QCOMPARE(notice, u"The history of builds can't be used: database is locked"_s);
    }
    QSqlDatabase::removeDatabase(u"holder"_s);
    QCOMPARE(shipped(*folder.open()->builds(kFile)), QList<qint64>{7});
}

void HistoryStoreTest::takesAnOlderOneFurther()
{
    const Folder folder;
    QVERIFY(folder.open()->add(kFile, keptBuild(0, 7), kText));
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"later"_s);
        database.setDatabaseName(folder.database());
        QVERIFY(database.open());
        // As a version to come may have it.
        const QList<QStringList> later =
            historyVersions() + QList<QStringList>{{u"ALTER TABLE builds ADD COLUMN note TEXT NOT NULL DEFAULT 'x'"_s}};
        QCOMPARE(stateOf(database, later).value(), HistoryState::Fine);
        QVERIFY(!migrate(database, later).isValid());
        QVERIFY(!migrate(database, later).isValid()); // it is there already
        auto row = query(database, u"SELECT note, target FROM builds"_s);
        QVERIFY(row && row->next());
        QCOMPARE(row->value(0).toString() + row->value(1).toString(), u"xruntime"_s);
        QCOMPARE(stateOf(database).value(), HistoryState::Newer); // for us
    }
    QSqlDatabase::removeDatabase(u"later"_s);
    QVERIFY(!HistoryStore::open(folder.path()).store);
}

void HistoryStoreTest::goesNotHalfOfTheWay()
{
    const Folder folder;
    QVERIFY(folder.open()->add(kFile, keptBuild(0, 7), kText));
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"later"_s);
        database.setDatabaseName(folder.database());
        QVERIFY(database.open());
        const QList<QStringList> broken =
            historyVersions() +
            QList<QStringList>{{u"ALTER TABLE builds ADD COLUMN note TEXT"_s, u"DROP TABLE nowhere"_s}};
        QVERIFY(migrate(database, broken).isValid());
        QVERIFY(!query(database, u"SELECT note FROM builds"_s));
    }
    QSqlDatabase::removeDatabase(u"later"_s);
    QCOMPARE(shipped(*folder.open()->builds(kFile)), QList<qint64>{7});
}

void HistoryStoreTest::doesNotBelieveADamagedText()
{
    const Folder folder;
    QVERIFY(folder.open()->add(kFile, keptBuild(0, 7), kText));
    // A head that asks for 4 GB.
    tamper(folder.database(), {u"UPDATE texts SET packed = x'FFFFFFFF789C03000000000001'"_s});
    const auto store = folder.open();
    const auto text = store->text(store->builds(kFile)->constFirst().id);
    QVERIFY(!text);
    QCOMPARE(text.error(), u"The text of this build can't be read any more."_s);
}

QTEST_GUILESS_MAIN(HistoryStoreTest)
#include "history_store_test.moc"
