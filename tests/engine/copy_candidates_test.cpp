// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of a stage is worth copying.

#include "core/engine/files/copy_candidates.h"
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

QTEST_GUILESS_MAIN(CopyCandidatesTest)
#include "copy_candidates_test.moc"
