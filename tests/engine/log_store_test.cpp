// SPDX-License-Identifier: GPL-3.0-or-later
//
// The log of a build on the disk: lines as a terminal would have them in the end, found again by number, searched and
// saved; and what becomes of it when the disk is full.

#include "core/engine/log_search.h"
#include "core/engine/log_store.h"

#include <QtTest>

#include <sys/resource.h>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace stagelift;

namespace {

/// Styles in words: "a [bold red]b[] c".
QString words(const QString& raw)
{
    const StyledLine line = styledLine(raw);
    QString text;
    qsizetype done = 0;
    for (const StyledRun& run : line.runs) {
        QStringList names;
        const auto colour = [](const LogColour& each) {
            return each.kind == LogColour::Kind::True ? u"#%1"_s.arg(each.value, 6, 16, QChar(u'0'))
                                                      : QString::number(each.value);
        };
        if (run.style.text.kind != LogColour::Kind::Default)
            names << colour(run.style.text);
        if (run.style.ground.kind != LogColour::Kind::Default)
            names << u"on "_s + colour(run.style.ground);
        for (const auto& [is, name] : {std::pair{run.style.bold, "bold"},
                                       {run.style.faint, "faint"},
                                       {run.style.italic, "italic"},
                                       {run.style.underline, "underline"},
                                       {run.style.inverse, "inverse"}})
            if (is)
                names << QString::fromLatin1(name);
        text += line.text.sliced(done, run.begin - done) + u'[' + names.join(u' ') + u']' +
                line.text.sliced(run.begin, run.size) + u"[]"_s;
        done = run.begin + run.size;
    }
    return text + line.text.sliced(done);
}

/// Three steps; the second one has as many lines as given: "line 0", "line 1", …
void fill(LogStore& store, int lines)
{
    for (int step = 0; step < 3; ++step)
        (void)store.addStep();
    store.append(0, u"Alpha\nBeta\n");
    QString text;
    for (int line = 0; line < lines; ++line)
        text += u"line %1\n"_s.arg(line);
    store.append(1, text);
    store.append(2, u"the \x1b[31mla\x1b[0mst, ünd ÄRGER"); // it has not ended
}

LogSnapshot titled(const LogStore& store)
{
    LogSnapshot log = store.snapshot();
    log.steps[0].title = u"docker"_s;
    log.steps[1].title = u"RUN seq"_s;
    log.steps[2].title = u"RUN last"_s;
    return log;
}

const std::atomic_bool kGoOn = false;

} // namespace

class LogStoreTest : public QObject {
    Q_OBJECT

private slots:
    void readsStyles_data();
    void readsStyles();
    void makesLines_data();
    void makesLines();
    void findsLinesAgain();
    void leavesNoFile();
    void searches_data();
    void searches();
    void searchesFarApart();
    void givesUp();
    void saves();
    void saysWhyItCanNotSave();
    void survivesAFullDisk();
};

void LogStoreTest::readsStyles_data()
{
    QTest::addColumn<QString>("raw");
    QTest::addColumn<QString>("shown");

    QTest::newRow("none") << u"plain"_s << u"plain"_s;
    QTest::newRow("one of eight") << u"\x1b[31mred\x1b[0m"_s << u"[1]red[]"_s;
    QTest::newRow("one of eight bright ones, and a ground") << u"\x1b[91;44mx"_s << u"[9 on 4]x[]"_s;
    QTest::newRow("a bright ground") << u"\x1b[107mx"_s << u"[on 15]x[]"_s;
    QTest::newRow("one of 256") << u"\x1b[38;5;208mx\x1b[39my"_s << u"[208]x[]y"_s;
    QTest::newRow("a true colour") << u"\x1b[38;2;255;0;16mx"_s << u"[#ff0010]x[]"_s;
    QTest::newRow("a true colour as the standard has it") << u"\x1b[38:2::255:0:16mx"_s << u"[#ff0010]x[]"_s;
    QTest::newRow("a true colour, no colour space") << u"\x1b[48:2:1:2:3mx"_s << u"[on #010203]x[]"_s;
    QTest::newRow("one of 256 with colons") << u"\x1b[48:5:17mx"_s << u"[on 17]x[]"_s;
    QTest::newRow("all that is shown") << u"\x1b[1;2;3;4;7mx"_s << u"[bold faint italic underline inverse]x[]"_s;
    QTest::newRow("and off again") << u"\x1b[1;2;3;4;7ma\x1b[22;23;24;27mb"_s
                                   << u"[bold faint italic underline inverse]a[]b"_s;
    QTest::newRow("no number is 0") << u"\x1b[1ma\x1b[mb"_s << u"[bold]a[]b"_s;
    QTest::newRow("an underline by colons, and off") << u"\x1b[4:3ma\x1b[4:0mb"_s << u"[underline]a[]b"_s;
    QTest::newRow("the colour of an underline is no blinking") << u"\x1b[58;5;7;1mx"_s << u"[bold]x[]"_s;
    QTest::newRow("what is unknown") << u"\x1b[5;53;99999mx"_s << u"x"_s;
    QTest::newRow("a colour broken off") << u"\x1b[38mx\x1b[38;5my\x1b[38;2;1mz"_s << u"xyz"_s;
    QTest::newRow("a colour there isn't") << u"\x1b[38;5;256mx\x1b[38;2;256;0;0my"_s << u"xy"_s;
    QTest::newRow("one after the other") << u"a\x1b[1mb\x1b[31mc"_s << u"a[bold]b[][1 bold]c[]"_s;
}

void LogStoreTest::readsStyles()
{
    QFETCH(QString, raw);
    QFETCH(QString, shown);
    QCOMPARE(words(raw), shown);
    // A style told anew is the same style.
    const LogStyle style = styleBehind({}, raw);
    QCOMPARE(styleBehind({}, style.sequence()), style);
}

void LogStoreTest::makesLines_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("lines");

    QTest::newRow("two lines") << u"a\nb\n"_s << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("an empty one, and one that has not ended") << u"a\n\nb"_s << QStringList{u"a"_s, QString(), u"b"_s};
    QTest::newRow("a progress bar") << u"10%\r20%\r30%\n"_s << QStringList{u"30%"_s};
    QTest::newRow("a progress bar in the middle of it") << u"10%\r20%\r"_s << QStringList{u"20%"_s};
    QTest::newRow("a painted progress bar, and a style behind it")
        << u"\x1b[32m10%\r20%\r\x1b[0m\nnext\n"_s << QStringList{u"[2]20%[]"_s, u"next"_s};
    QTest::newRow("a style goes on in the next line")
        << u"a\x1b[31mb\nc\n\nd\x1b[0me\nf\n"_s
        << QStringList{u"a[1]b[]"_s, u"[1]c[]"_s, QString(), u"[1]d[]e"_s, u"f"_s};
    QTest::newRow("a style alone is no line") << u"a\n\x1b[0m"_s << QStringList{u"a"_s};
    const QString endless(LogLines::kLongest, u'x');
    QTest::newRow("a line without an end") << endless + u"yz"_s << QStringList{endless, u"yz"_s};
    QTest::newRow("a painted line without an end")
        << u"\x1b[1m"_s + endless << QStringList{u"[bold]"_s + endless.chopped(4) + u"[]"_s, u"[bold]xxxx[]"_s};
    QTest::newRow("not cut within a character")
        << endless.chopped(1) + u"𝄞"_s << QStringList{endless.chopped(1), u"𝄞"_s};
}

void LogStoreTest::makesLines()
{
    QFETCH(QString, text);
    QFETCH(QStringList, lines);
    const qsizetype step = text.size() > 1000 ? 1000 : 1;
    for (qsizetype cut = 0; cut <= text.size(); cut += step) {
        if (const qsizetype escape = cut > 0 ? text.lastIndexOf(u'\x1b', cut - 1) : -1;
            escape >= 0 && text.indexOf(u'm', escape) >= cut)
            continue;
        LogStore store;
        const int number = store.addStep();
        store.append(number, QStringView(text).first(cut));
        store.append(number, QStringView(text).sliced(cut));
        QStringList got;
        for (qint64 line = 0; line < store.lineCount(number); ++line)
            got << words(store.line(number, line));
        QCOMPARE(got, lines);
    }
}

void LogStoreTest::findsLinesAgain()
{
    constexpr int kLines = 300'000; // some 40 blocks
    LogStore store;
    const int quiet = store.addStep();
    const int loud = store.addStep();
    for (int line = 0; line < kLines; ++line) {
        store.append(loud, u"line %1\n"_s.arg(line));
        if (line % 100'000 == 0)
            store.append(quiet, u"still at it, %1\n"_s.arg(line));
    }
    QCOMPARE(store.lineCount(loud), kLines);
    QCOMPARE(store.lineCount(quiet), 3);
    QCOMPARE(store.line(quiet, 2), u"still at it, 200000"_s);
    for (int line = 0; line < kLines; line += 997)
        QCOMPARE(store.line(loud, line), u"line %1"_s.arg(line));
    for (const int line : {kLines - 1, 0, kLines / 2, 1})
        QCOMPARE(store.line(loud, line), u"line %1"_s.arg(line));
    QCOMPARE(store.problem(), QString());
}

void LogStoreTest::leavesNoFile()
{
    const QTemporaryDir folder;
    LogStore store(folder.path());
    fill(store, 50'000);
    QCOMPARE(store.line(1, 49'000), u"line 49000"_s);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
}

void LogStoreTest::searches_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<LogPlace>("from");
    QTest::addColumn<QString>("way");
    QTest::addColumn<LogPlace>("found"); // step -1 where there is none

    const LogPlace start{.step = 0, .line = -1};
    const LogPlace none{.step = -1, .line = -1};
    QTest::newRow("in any case") << u"BETA"_s << start << u"on"_s << LogPlace{0, 1};
    QTest::newRow("in a title") << u"run SEQ"_s << start << u"on"_s << LogPlace{1, -1};
    QTest::newRow("the next one") << u"line 7"_s << LogPlace{1, 7} << u"on"_s << LogPlace{1, 70};
    QTest::newRow("the one before") << u"line 7"_s << LogPlace{1, 70} << u"back"_s << LogPlace{1, 7};
    QTest::newRow("where it stands") << u"line 7"_s << LogPlace{1, 7} << u"here"_s << LogPlace{1, 7};
    QTest::newRow("round the end") << u"alpha"_s << LogPlace{1, 7} << u"on"_s << LogPlace{0, 0};
    QTest::newRow("round the beginning") << u"line 99"_s << start << u"back"_s << LogPlace{1, 999};
    QTest::newRow("only there") << u"beta"_s << LogPlace{0, 1} << u"on"_s << LogPlace{0, 1};
    QTest::newRow("only there, back") << u"beta"_s << LogPlace{0, 1} << u"back"_s << LogPlace{0, 1};
    QTest::newRow("only in the title, back") << u"docker"_s << start << u"back"_s << start;
    QTest::newRow("across a style, in a line that goes on") << u"the last"_s << start << u"on"_s << LogPlace{2, 0};
    QTest::newRow("letters beyond ASCII") << u"Ünd ärger"_s << start << u"on"_s << LogPlace{2, 0};
    QTest::newRow("nowhere") << u"gamma"_s << start << u"on"_s << none;
    QTest::newRow("nowhere, beyond ASCII") << u"ß"_s << start << u"back"_s << none;
}

void LogStoreTest::searches()
{
    QFETCH(QString, text);
    QFETCH(LogPlace, from);
    QFETCH(QString, way);
    QFETCH(LogPlace, found);

    LogStore store;
    fill(store, 1000);
    const LogQuery query{.text = text, .from = from, .backwards = way == u"back", .fromItself = way == u"here"};
    const auto place = findInLog(titled(store), query, kGoOn);
    QCOMPARE(place.has_value(), found.step >= 0);
    if (place) {
        QCOMPARE(place->step, found.step);
        QCOMPARE(place->line, found.line);
    }
}

void LogStoreTest::searchesFarApart()
{
    constexpr int kLines = 300'000;
    LogStore store;
    fill(store, kLines);
    const LogSnapshot log = titled(store);
    for (const int line : {0, 1, 123'456, kLines - 1}) {
        for (const bool backwards : {false, true}) {
            const LogQuery query{
                .text = u"LINE %1"_s.arg(line), .from = {.step = 2, .line = 0}, .backwards = backwards};
            const auto place = findInLog(log, query, kGoOn);
            QVERIFY(place);
            QCOMPARE(place->step, 1);
            QVERIFY2(store.line(1, place->line).startsWith(u"line %1"_s.arg(line)), qPrintable(QString::number(line)));
        }
    }
}

void LogStoreTest::givesUp()
{
    LogStore store;
    fill(store, 300'000);
    const std::atomic_bool givenUp = true;
    QVERIFY(!findInLog(titled(store), {.text = u"line 299999"_s, .from = {}}, givenUp));
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"build.log"_s);
    const auto saved = saveLog(titled(store), path, givenUp);
    QVERIFY(!saved);
    QCOMPARE(saved.error(), QString());
    QVERIFY(!QFile::exists(path));
}

void LogStoreTest::saves()
{
    constexpr int kLines = 100'000;
    LogStore store;
    fill(store, kLines);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"build.log"_s);
    const auto saved = saveLog(titled(store), path, kGoOn);
    QVERIFY2(saved, saved ? "" : qPrintable(saved.error()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    QCOMPARE(lines.first(5).join(u'|'), u"-- docker|Alpha|Beta||-- RUN seq"_s);
    QCOMPARE(lines.at(5 + kLines - 1), u"line %1"_s.arg(kLines - 1));
    QCOMPARE(lines.last(4).join(u'|'), u"|-- RUN last|the last, ünd ÄRGER|"_s);
}

void LogStoreTest::saysWhyItCanNotSave()
{
    LogStore store;
    fill(store, 10);
    const auto saved = saveLog(titled(store), u"/nowhere/build.log"_s, kGoOn);
    QVERIFY(!saved);
    QVERIFY2(saved.error().startsWith(u"The log can't be saved as /nowhere/build.log: "), qPrintable(saved.error()));
}

void LogStoreTest::survivesAFullDisk()
{
    // A file that may not grow is a disk that is full: the system's own refusal.
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit small = before;
    small.rlim_cur = 1024 * 1024;
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto restore = qScopeGuard([&before] { ::setrlimit(RLIMIT_FSIZE, &before); });

    constexpr int kLines = 600'000; // 7 MB, of which 1 fits and 4 are kept
    LogStore store;
    fill(store, 0);
    for (int line = 0; line < kLines; ++line)
        store.append(1, u"line %1\n"_s.arg(line));
    QTRY_VERIFY(!store.problem().isEmpty());
    QVERIFY2(store.problem().startsWith(u"The log is not whole: the disk takes no more of it ("),
             qPrintable(store.problem()));
    QCOMPARE(store.lineCount(1), kLines);
    QCOMPARE(store.line(1, 0), u"line 0"_s);
    QTRY_COMPARE(store.line(1, 150'000), lostLine());
    QCOMPARE(store.line(1, kLines - 100'000), u"line %1"_s.arg(kLines - 100'000));
    QCOMPARE(store.line(1, kLines - 1), u"line %1"_s.arg(kLines - 1));
    const auto last = findInLog(titled(store), {.text = u"line 599998"_s, .from = {}}, kGoOn);
    QVERIFY(last);
    QCOMPARE(last->line, kLines - 2);
}

QTEST_GUILESS_MAIN(LogStoreTest)
#include "log_store_test.moc"
