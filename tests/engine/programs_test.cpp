// SPDX-License-Identifier: GPL-3.0-or-later
//
// Programs in an image: what ELF files and scripts say of what they need, and where in a stage that is found.

#include "core/engine/files/program_needs.h"
#include "core/engine/files/program_reader.h"
#include "engine/program_fixture.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

std::optional<ProgramFacts> factsOf(const QByteArray& bytes, qsizetype piece)
{
    ProgramReader reader;
    reader.begin();
    for (qsizetype at = 0; at < bytes.size() && reader.wantsMore(); at += piece)
        reader.take(QByteArrayView(bytes).sliced(at, std::min(piece, bytes.size() - at)), at);
    return reader.facts(bytes.size());
}

/// "dynamic 62 /lib/ld.so [liba.so libb.so] {/x} spare 20 incomplete"
QString said(const std::optional<ProgramFacts>& facts)
{
    if (!facts)
        return u"nothing"_s;
    static constexpr std::array<const char*, 4> kKinds{"static", "dynamic", "library", "script"};
    QStringList words{QString::fromLatin1(kKinds.at(static_cast<std::size_t>(facts->kind)))};
    if (facts->kind != ProgramKind::Script)
        words << QString::number(facts->machine);
    for (const std::string& word : {facts->interpreter, facts->argument})
        if (!word.empty())
            words << toText(word);
    for (const std::string& name : facts->needed)
        words << u'[' + toText(name) + u']';
    for (const std::string& folder : facts->searchPaths)
        words << u'{' + toText(folder) + u'}';
    if (facts->searchesForOthers)
        words << u"for others"_s;
    if (facts->hasSymbols)
        words << u"spare %1"_s.arg(facts->spare);
    if (!facts->isComplete)
        words << u"incomplete"_s;
    return words.join(u' ');
}

/// "libc.so.6: /usr/lib/libc.so.6, libx.so: missing"
QString needed(const ImageFiles& files, std::string_view path)
{
    LibraryFinder finder(files);
    const ProgramNeeds needs = finder.needsOf(files.find(path));
    QStringList words;
    const auto add = [&](const std::vector<ProgramNeed>& some) {
        for (const ProgramNeed& need : some) {
            QString where = u"missing"_s;
            if (need.file != ImageFiles::kNone)
                where = toText(files.path(need.file));
            if (need.whereabouts == Whereabouts::Elsewhere)
                where += u" elsewhere"_s;
            words << toText(need.name) + u": "_s + where;
        }
    };
    add(needs.interpreters);
    add(needs.libraries);
    return words.join(u", "_s) + (needs.isComplete ? QString() : u", incomplete"_s);
}

} // namespace

class ProgramsTest : public QObject {
    Q_OBJECT

private slots:
    void readsPrograms_data();
    void readsPrograms();
    void readsWhatTheMachineRuns();
    void survivesWhatIsBroken();
    void findsLibraries_data();
    void findsLibraries();
};

void ProgramsTest::readsPrograms_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("facts");

    QTest::newRow("a dynamic program") << program({"libm.so.6", "libc.so.6"})
                                       << u"dynamic 62 /lib64/ld-linux-x86-64.so.2 [libm.so.6] [libc.so.6]"_s;
    QTest::newRow("32 bits, the other byte order") << elf({.interpreter = "/lib/ld.so.1",
                                                           .needed = {"libc.so.6"},
                                                           .is64Bit = false,
                                                           .isBigEndian = true,
                                                           .machine = 8})
                                                   << u"dynamic 8 /lib/ld.so.1 [libc.so.6]"_s;
    QTest::newRow("64 bits, the other byte order")
        << elf({.interpreter = "/lib/ld64.so.1", .needed = {"libc.so.6"}, .isBigEndian = true, .machine = 22})
        << u"dynamic 22 /lib/ld64.so.1 [libc.so.6]"_s;
    QTest::newRow("a static program") << elf({.isShared = false, .isDynamic = false, .symbols = 0}) << u"static 62"_s;
    QTest::newRow("one that can be loaded anywhere") << elf({.isPie = true}) << u"static 62"_s;
    QTest::newRow("packed, without tables") << elf({.isDynamic = false}) << u"static 62"_s;
    QTest::newRow("a library") << library({"libc.so.6"}) << u"library 62 [libc.so.6]"_s;
    QTest::newRow("symbols") << elf({.isShared = false, .isDynamic = false, .symbols = 70}) << u"static 62 spare 140"_s;
    QTest::newRow("a RUNPATH") << program({"liba.so"}, "$ORIGIN/../lib:/opt/lib")
                               << u"dynamic 62 /lib64/ld-linux-x86-64.so.2 [liba.so] {$ORIGIN/../lib} {/opt/lib}"_s;
    QTest::newRow("an RPATH") << library({"liba.so"}, "/opt/lib") << u"library 62 [liba.so] {/opt/lib} for others"_s;
    QTest::newRow("a RUNPATH makes an RPATH void")
        << elf({.needed = {"liba.so"}, .runPath = "/new", .rPath = "/old"}) << u"library 62 [liba.so] {/new}"_s;
    QTest::newRow("names behind the table, far off")
        << elf({.interpreter = kGlibc, .needed = {"libc.so.6"}, .namesAt = 9'000'000, .namesAreAhead = false})
        << u"dynamic 62 /lib64/ld-linux-x86-64.so.2 [libc.so.6]"_s;
    QTest::newRow("names too far off ahead of the table")
        << elf({.interpreter = kGlibc, .needed = {"libc.so.6"}, .namesAt = 9'000'000})
        << u"dynamic 62 /lib64/ld-linux-x86-64.so.2 incomplete"_s;
    QTest::newRow("a script") << QByteArray("#!/bin/sh\nexit 1\n") << u"script /bin/sh"_s;
    QTest::newRow("a script by way of env")
        << QByteArray("#! /usr/bin/env  python3 -u \r\n") << u"script /usr/bin/env python3 -u"_s;
    QTest::newRow("no path behind the mark") << QByteArray("#!sh\n") << u"nothing"_s;
    QTest::newRow("text") << QByteArray("hello\n") << u"nothing"_s;
    QTest::newRow("the mark alone") << QByteArray("\x7f"
                                                  "ELF")
                                    << u"nothing"_s;
    QTest::newRow("nothing") << QByteArray() << u"nothing"_s;
    QTest::newRow("an object file") << elf({}).replace(16, 1, "\x01") << u"nothing"_s;
}

/// However it comes by.
void ProgramsTest::readsPrograms()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, facts);
    for (const qsizetype piece : {qsizetype{1} << 30, qsizetype{65'536}, qsizetype{4096}, qsizetype{1000}})
        QCOMPARE(said(factsOf(bytes, piece)), facts);
    if (bytes.size() < 10'000)
        QCOMPARE(said(factsOf(bytes, 1)), facts);
}

/// This very test.
void ProgramsTest::readsWhatTheMachineRuns()
{
    QFile own(QCoreApplication::applicationFilePath());
    QVERIFY(own.open(QIODevice::ReadOnly));
    const auto facts = factsOf(own.readAll(), 65'536);
    QVERIFY(facts);
    QCOMPARE(facts->kind, ProgramKind::Dynamic);
    QVERIFY(facts->isComplete);
    QVERIFY(QFileInfo::exists(toText(facts->interpreter)));
    QVERIFY(std::ranges::any_of(facts->needed, [](const auto& name) { return name.starts_with("libQt6Test.so"); }));
}

/// No byte of the headers, set to anything, may lead it astray; see also tests/fuzz/image_fuzz.cpp.
void ProgramsTest::survivesWhatIsBroken()
{
    const QByteArray whole = program({"libm.so.6", "libc.so.6"}, "/opt/lib");
    for (qsizetype at = 4; at < whole.size(); ++at) {
        for (const char byte : {'\x00', '\x7f', '\xff'}) {
            QByteArray broken = whole;
            broken[at] = byte;
            const auto facts = factsOf(broken, whole.size());
            QCOMPARE(said(factsOf(broken, 100)), said(facts));
            QVERIFY(!facts || (facts->needed.size() <= 2 && facts->searchPaths.size() <= 2));
        }
    }
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const auto facts = factsOf(whole.first(size), whole.size());
        QVERIFY(!facts || !facts->isComplete || facts->needed.size() == 2);
    }
}

void ProgramsTest::findsLibraries_data()
{
    QTest::addColumn<Layer>("entries");
    QTest::addColumn<QString>("needs");

    const FixtureEntry loader = file("usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2", library());
    const FixtureEntry loaderLink = plain("lib64/ld-linux-x86-64.so.2->/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2");
    const FixtureEntry libc = file("usr/lib/x86_64-linux-gnu/libc.so.6", library({"ld-linux-x86-64.so.2"}), 0644);
    const FixtureEntry lib = plain("lib->usr/lib");
    const QString started = u"/lib64/ld-linux-x86-64.so.2: /usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"_s;
    const QString libcFound = u", libc.so.6: /usr/lib/x86_64-linux-gnu/libc.so.6"_s;

    QTest::newRow("in the folders of Debian, over links")
        << Layer{lib, loader, loaderLink, libc, file("app", program({"libc.so.6"}))} << started + libcFound;
    QTest::newRow("nothing is there") << Layer{file("app", program({"libc.so.6"}))}
                                      << u"/lib64/ld-linux-x86-64.so.2: missing, libc.so.6: missing"_s;
    QTest::newRow("what a library needs, each once")
        << Layer{lib,
                 loader,
                 loaderLink,
                 libc,
                 file("usr/lib/liba.so", library({"libb.so", "libc.so.6"})),
                 file("app", program({"liba.so", "libc.so.6"}))}
        << started + u", liba.so: /usr/lib/liba.so"_s + libcFound + u", libb.so: missing"_s;
    QTest::newRow("beside the program") << Layer{loader, loaderLink, file("opt/x/lib/liba.so", library()),
                                                 file("opt/x/bin/app", program({"liba.so"}, "$ORIGIN/../lib")),
                                                 plain("app->opt/x/bin/app")}
                                        << started + u", liba.so: /opt/x/lib/liba.so"_s;
    QTest::newRow("a RUNPATH is for its own file only")
        << Layer{loader, loaderLink, file("opt/liba.so", library({"libb.so"})), file("opt/libb.so", library()),
                 file("app", program({"liba.so"}, "/opt"))}
        << started + u", liba.so: /opt/liba.so, libb.so: /opt/libb.so elsewhere"_s;
    QTest::newRow("an RPATH is for others, too")
        << Layer{loader, loaderLink, file("opt/liba.so", library({"libb.so"})), file("opt/libb.so", library()),
                 file("app", elf({.interpreter = kGlibc, .needed = {"liba.so"}, .rPath = "/opt"}))}
        << started + u", liba.so: /opt/liba.so, libb.so: /opt/libb.so"_s;
    QTest::newRow("not those of another machine")
        << Layer{loader, loaderLink, file("usr/lib/liba.so", elf({.machine = 183})), file("lib64/liba.so", library()),
                 file("app", program({"liba.so"}))}
        << started + u", liba.so: /lib64/liba.so"_s;
    QTest::newRow("what is no library is none")
        << Layer{loader, loaderLink, file("usr/lib/liba.so", "INPUT(-lb)"), file("app", program({"liba.so"}))}
        << started + u", liba.so: missing"_s;
    QTest::newRow("musl is its own library of C")
        << Layer{file("lib/ld-musl-x86_64.so.1", library()), plain("lib/libc.musl-x86_64.so.1->ld-musl-x86_64.so.1"),
                 file("app", elf({.interpreter = kMusl, .needed = {"libc.musl-x86_64.so.1", "libpthread.so"}}))}
        << u"/lib/ld-musl-x86_64.so.1: /lib/ld-musl-x86_64.so.1, libc.musl-x86_64.so.1: /lib/libc.musl-x86_64.so.1"_s;
    QTest::newRow("a hard link is the program")
        << Layer{loader, loaderLink, file("z", program({"liba.so"})), plain("app=>z")}
        << started + u", liba.so: missing"_s;
    QTest::newRow("a script, what runs it, and what runs that")
        << Layer{loader, loaderLink, file("bin/sh", program({"liba.so"})), file("app", "#!/bin/sh\n")}
        << u"/bin/sh: /bin/sh, "_s + started + u", liba.so: missing"_s;
    QTest::newRow("scripts that run each other")
        << Layer{file("app", "#!/app\n")} << u"/app: /app, /app: /app, /app: /app, /app: /app"_s;
    QTest::newRow("libraries that need each other")
        << Layer{loader, loaderLink, file("usr/lib/liba.so", library({"libb.so"})),
                 file("usr/lib/libb.so", library({"liba.so"})), file("app", program({"liba.so"}))}
        << started + u", liba.so: /usr/lib/liba.so, libb.so: /usr/lib/libb.so"_s;
    QTest::newRow("links in a circle") << Layer{loader, loaderLink, plain("usr/lib/liba.so->liba.so"),
                                                file("app", program({"liba.so"}))}
                                       << started + u", liba.so: missing"_s;
}

void ProgramsTest::findsLibraries()
{
    QFETCH(Layer, entries);
    QFETCH(QString, needs);
    const ImageFiles files = imageOf({entries});
    QCOMPARE(needed(files, "app"), needs);
}

QTEST_GUILESS_MAIN(ProgramsTest)
#include "programs_test.moc"
