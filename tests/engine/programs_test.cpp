// SPDX-License-Identifier: GPL-3.0-or-later
//
// Programs in an image: what ELF files and scripts say of what they need, where in a stage that is found, what is worth
// copying, and what can't start where it was copied to.

#include "core/engine/files/copy_candidates.h"
#include "core/engine/files/program_needs.h"
#include "core/engine/files/program_reader.h"
#include "core/engine/files/run_problems.h"
#include "engine/elf_fixture.h"
#include "engine/image_fixture.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

QString toText(const std::string& text)
{
    return QString::fromStdString(text);
}

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

FixtureEntry file(const QByteArray& path, const QByteArray& content, unsigned mode = 0755)
{
    return {.path = path, .content = content, .mode = mode};
}

FixtureEntry plain(const QByteArray& word)
{
    return entryOf(word);
}

/// @param own how many of the layers, from the top, are of the stage's own instructions: `first` and those behind it
ImageFiles imageOf(const QList<QList<FixtureEntry>>& layers, int own = 1, int first = 1)
{
    QList<QByteArray> tars;
    for (const auto& layer : layers)
        tars << tarOf(layer);
    const QByteArray archive = dockerArchive(tars);
    ReadingWatch watch;
    auto files = readImage(sourceOf(archive), watch);
    if (!files)
        qFatal("%s", qPrintable(files.error()));
    for (int layer = static_cast<int>(layers.size()) - own; layer < layers.size(); ++layer) {
        files->layers()[layer].isOwn = true;
        files->layers()[layer].instruction = first++;
    }
    return std::move(*files);
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

using Layer = QList<FixtureEntry>;

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
    void findsCandidates_data();
    void findsCandidates();
    void saysWhatCannotStart_data();
    void saysWhatCannotStart();
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

void ProgramsTest::findsCandidates_data()
{
    QTest::addColumn<Layer>("base");
    QTest::addColumn<Layer>("own");
    QTest::addColumn<QString>("candidates");

    const Layer debian{file("usr/lib/x86_64-linux-gnu/libc.so.6", library(), 0644),
                       file("lib64/ld-linux-x86-64.so.2", library()), file("usr/bin/gcc", program({"libc.so.6"})),
                       file("usr/local/bin/python3", program({"libc.so.6"}))};
    const QByteArray fixed = elf({.isShared = false, .isDynamic = false});

    QTest::newRow("a program, then what it loads, its own ahead of the base's")
        << debian
        << Layer{file("out/server", program({"libc.so.6", "liba.so"})), file("usr/local/lib/liba.so", library(), 0644)}
        << u"Program /out/server, Library /usr/local/lib/liba.so, BaseLibrary /usr/lib/x86_64-linux-gnu/libc.so.6, Interpreter /lib64/ld-linux-x86-64.so.2"_s;
    QTest::newRow("the largest first") << Layer{}
                                       << Layer{file("a", fixed),
                                                file("b", elf({.isShared = false, .isDynamic = false, .size = 5000}))}
                                       << u"Program /b, Program /a"_s;
    QTest::newRow("nothing of the base's") << debian << Layer{plain("etc/conf:10")} << QString();
    QTest::newRow("nothing of packages that were installed")
        << debian << Layer{plain("var/lib/dpkg/status:10"), file("usr/bin/curl", fixed), file("out/app", fixed)}
        << u"Program /out/app"_s;
    QTest::newRow("what was installed without a package manager")
        << debian << Layer{file("usr/bin/app", fixed)} << u"Program /usr/bin/app"_s;
    QTest::newRow("no caches, no intermediate results")
        << Layer{}
        << Layer{file("root/.cache/go-build/a", fixed), file("src/target/release/deps/app-1f", fixed),
                 file("src/target/release/app", fixed), file("tmp/x", fixed)}
        << u"Program /src/target/release/app"_s;
    QTest::newRow("a virtual environment is one thing")
        << debian
        << Layer{plain("opt/venv/pyvenv.cfg:9"), file("opt/venv/bin/pip", "#!/opt/venv/bin/python\n"),
                 file("opt/venv/lib/python3.12/site-packages/x.so", library())}
        << u"VirtualEnvironment /opt/venv"_s;
    QTest::newRow("a web site, and what it was built with")
        << Layer{}
        << Layer{plain("app/package.json:9"), plain("app/dist/index.html:90"), plain("app/dist/assets/index.html:9"),
                 plain("app/node_modules/x/dist/index.html:9")}
        << u"WebSite /app/dist, NodePackages /app/node_modules"_s;
    QTest::newRow("a bundle without a page")
        << Layer{} << Layer{plain("app/package.json:9"), plain("app/dist/main.js:90"), plain("srv/dist/notes:9")}
        << u"Bundle /app/dist"_s;
    QTest::newRow("archives, not their sources")
        << Layer{}
        << Layer{plain("src/target/app-1.jar:90"), plain("src/target/app-1-sources.jar:90"),
                 plain("root/.m2/x/target/y.jar:9"), plain("app.war:9")}
        << u"Archive /src/target/app-1.jar, Archive /app.war"_s;
    QTest::newRow("packages of Python, in a prefix of their own")
        << debian << Layer{plain("install/lib/python3.12/site-packages/flask/app.py:9"), plain("install/bin/flask:9")}
        << u"PythonPackages /install"_s;
    QTest::newRow("packages of Python, among the system's")
        << debian << Layer{plain("usr/local/lib/python3.12/site-packages/flask/app.py:9")}
        << u"PythonPackages /usr/local/lib/python3.12/site-packages"_s;
    QTest::newRow("others by their marks")
        << Layer{}
        << Layer{plain("app/publish/web.runtimeconfig.json:9"), plain("rel/shop/releases/start_erl.data:9"),
                 plain("var/www/vendor/autoload.php:9")}
        << u"DotNet /app/publish, Release /rel/shop, PhpPackages /var/www/vendor"_s;
    QTest::newRow("scripts where they are to be run")
        << Layer{}
        << Layer{file("entrypoint.sh", "#!/bin/sh\n"), file("src/tests/run.sh", "#!/bin/sh\n"),
                 file("run.txt", "#!/bin/sh\n", 0644)}
        << u"Script /entrypoint.sh"_s;
    QTest::newRow("what is gone in the end is not there")
        << Layer{file("out/app", fixed)} << Layer{plain(".wh.out"), plain("x:1")} << QString();
}

void ProgramsTest::findsCandidates()
{
    QFETCH(Layer, base);
    QFETCH(Layer, own);
    QFETCH(QString, candidates);
    static constexpr std::array<const char*, 14> kKinds{
        "Program",      "VirtualEnvironment", "WebSite",     "Bundle", "Archive", "DotNet",      "Release",
        "NodePackages", "PythonPackages",     "PhpPackages", "Script", "Library", "BaseLibrary", "Interpreter"};
    const ImageFiles files = imageOf({base, own});
    QStringList words;
    for (const CopyCandidate& each : candidatesOf(files))
        words << QString::fromLatin1(kKinds.at(static_cast<std::size_t>(each.kind))) + u' ' +
                     toText(files.path(each.node));
    QCOMPARE(words.join(u", "_s), candidates);
}

void ProgramsTest::saysWhatCannotStart_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problems");

    // The stage `build` holds /app, which is dynamic, its loader and library in folders of Debian, /static, and
    // /run.sh.
    const QString build = u"FROM debian AS build\nRUN make\n"_s;
    const QString loader = u"/lib64/ld-linux-x86-64.so.2"_s;
    QTest::newRow("a dynamic program in a scratch stage") << build + u"FROM scratch\nCOPY --from=build /app /bin/\n"_s
                                                          << u"stage 2: /bin/app needs %1 libc.so.6"_s.arg(loader);
    QTest::newRow("a static one") << build + u"FROM scratch\nCOPY --from=build /static /\n"_s << QString();
    QTest::newRow("what it needs comes along")
        << build +
               u"FROM scratch\nCOPY --from=build /app /\nCOPY --from=build /lib64/ld-linux-x86-64.so.2 /lib64/\nCOPY --from=build /usr/lib/x86_64-linux-gnu/libc.so.6 /lib/x86_64-linux-gnu/\n"_s
        << QString();
    QTest::newRow("the library only")
        << build + u"FROM scratch\nCOPY --from=build /app /\nCOPY --from=build /usr/lib /usr/lib\n"_s
        << u"stage 2: /app needs %1"_s.arg(loader);
    QTest::newRow("another place than it is looked for")
        << build +
               u"FROM scratch\nCOPY --from=build /app /\nCOPY --from=build /lib64/ld-linux-x86-64.so.2 /\nCOPY --from=build /usr/lib /usr/lib\n"_s
        << u"stage 2: /app needs %1"_s.arg(loader);
    QTest::newRow("all of it") << build + u"FROM scratch\nCOPY --from=build / /\n"_s << QString();
    QTest::newRow("a name of its own") << build + u"FROM scratch\nWORKDIR /srv\nCOPY --from=build app server\n"_s
                                       << u"stage 2: /srv/server needs %1 libc.so.6"_s.arg(loader);
    QTest::newRow("into the folder that is there")
        << build + u"FROM scratch\nWORKDIR /srv\nCOPY --from=build app /srv\n"_s
        << u"stage 2: /srv/app needs %1 libc.so.6"_s.arg(loader);
    QTest::newRow("a script") << build + u"FROM scratch\nCOPY --from=build /run.sh /\n"_s
                              << u"stage 2: /run.sh needs /bin/sh"_s;
    QTest::newRow("what nobody knows may hold it")
        << build + u"FROM scratch\nCOPY rootfs /\nCOPY --from=build /app /\n"_s << QString();
    QTest::newRow("what nobody knows can't be in its place")
        << build + u"FROM scratch\nCOPY conf /etc/app/\nCOPY --from=build /app /\n"_s
        << u"stage 2: /app needs %1"_s.arg(loader);
    QTest::newRow("a command may make anything")
        << build + u"FROM scratch\nCOPY --from=build /app /\nRUN [\"/app\"]\n"_s << QString();
    QTest::newRow("a base that was not read") << build + u"FROM alpine\nCOPY --from=build /app /\n"_s << QString();
    QTest::newRow("a variable decides where to")
        << build + u"FROM scratch\nARG to=/x\nCOPY --from=build /app $to\n"_s << QString();
    QTest::newRow("a pattern decides what") << build + u"FROM scratch\nCOPY --from=build /ap* /\n"_s << QString();
    QTest::newRow("from a stage that was not read")
        << build + u"FROM other AS two\nFROM scratch\nCOPY --from=two /app /\n"_s << QString();
}

void ProgramsTest::saysWhatCannotStart()
{
    QFETCH(QString, text);
    QFETCH(QString, problems);
    const AnalysisPtr analysis = analyse(text.toStdString());
    const auto build = std::make_shared<const ImageFiles>(
        imageOf({{file("usr/lib/x86_64-linux-gnu/libc.so.6", library(), 0644),
                  file("lib64/ld-linux-x86-64.so.2", library()), file("bin/sh", program({"libc.so.6"}))},
                 {file("app", program({"libc.so.6"})), file("static", elf({.isShared = false, .isDynamic = false})),
                  file("run.sh", "#!/bin/sh\n")}}));
    QStringList words;
    for (const RunProblem& each : runProblems(*analysis, [&](int stage) { return stage == 0 ? build : nullptr; })) {
        QCOMPARE(each.others, 0);
        QStringList missing;
        for (const std::string& name : each.missing)
            missing << toText(name);
        words << u"stage %1: %2 needs %3"_s.arg(each.stage + 1).arg(toText(each.program), missing.join(u' '));
    }
    QCOMPARE(words.join(u'|'), problems);
}

QTEST_GUILESS_MAIN(ProgramsTest)
#include "programs_test.moc"
