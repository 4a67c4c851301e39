// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of a stage is worth copying, and what can't start where it was copied to.

#include "core/engine/files/copy_candidates.h"
#include "core/engine/files/run_problems.h"
#include "engine/program_fixture.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

class CopyCandidatesTest : public QObject {
    Q_OBJECT

private slots:
    void findsCandidates_data();
    void findsCandidates();
    void saysWhatCannotStart_data();
    void saysWhatCannotStart();
};

void CopyCandidatesTest::findsCandidates_data()
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

void CopyCandidatesTest::findsCandidates()
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

void CopyCandidatesTest::saysWhatCannotStart_data()
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

void CopyCandidatesTest::saysWhatCannotStart()
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

QTEST_GUILESS_MAIN(CopyCandidatesTest)
#include "copy_candidates_test.moc"
