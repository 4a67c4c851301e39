// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a check offers to mend what it found, and the text after it.

#include "core/stages/expand.h"
#include "core/text/text_edit.h"
#include "tests/core/findings.h"

#include <QTest>

#include <algorithm>

using namespace stagelift;
using namespace stagelift::test;
using namespace Qt::StringLiterals;

namespace {

/// Without a title where there is none.
Fix firstFix(const Diagnostics& diagnostics)
{
    for (const Diagnostic& diagnostic : diagnostics) {
        if (!diagnostic.fixes.empty())
            return diagnostic.fixes.front();
    }
    return {};
}

} // namespace

class MendsTest : public QObject {
    Q_OBJECT
private slots:
    void mends_data();
    void mends();
    void keepsWhatAPairComesTo_data();
    void keepsWhatAPairComesTo();
};

void MendsTest::mends_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");

    QTest::newRow("a stage in capitals, and who means it")
        << "FROM a AS B\nFROM c\nCOPY --from=B x /\nRUN --mount=from=b,target=/t y\n"_ba
        << "FROM a AS b\nFROM c\nCOPY --from=b x /\nRUN --mount=from=b,target=/t y\n"_ba;
    QTest::newRow("as") << "FROM a as b\n"_ba << "FROM a AS b\n"_ba;
    QTest::newRow("mixed case") << "FROM a\nRun b\nRUN c\n"_ba << "FROM a\nRUN b\nRUN c\n"_ba;
    QTest::newRow("empty lines") << "FROM a\nRUN b \\\n\n  \n c\n"_ba << "FROM a\nRUN b \\\n c\n"_ba;
    QTest::newRow("a pair with a blank") << "FROM a\nENV b  c\n"_ba << "FROM a\nENV b=c\n"_ba;
    QTest::newRow("a pair with several") << "FROM a\nLABEL b c \"d\" e\n"_ba
                                         << "FROM a\nLABEL b=c\\ \"d\"\\ e\n"_ba;
    QTest::newRow("a pair over two lines") << "FROM a\nENV b c \\\n  d\n"_ba << "FROM a\nENV b=\"c   d\"\n"_ba;
    QTest::newRow("a maintainer") << "FROM a\nMAINTAINER Me <me@x.org>\n"_ba
                                  << "FROM a\nLABEL org.opencontainers.image.authors=\"Me <me@x.org>\"\n"_ba;
    QTest::newRow("a CMD in plain words") << "FROM a\nCMD b --c  d\n"_ba << "FROM a\nCMD [\"b\", \"--c\", \"d\"]\n"_ba;
    QTest::newRow("a CMD over two lines") << "FROM a\nCMD b \\\n  c\n"_ba << "FROM a\nCMD [\"b\", \"c\"]\n"_ba;
    QTest::newRow("a CMD that the shell hands over to")
        << "FROM a\nCMD exec b\tc\n"_ba << "FROM a\nCMD [\"b\", \"c\"]\n"_ba;
    QTest::newRow("a CMD that is the shell's own") << "FROM a\nCMD cd b\n"_ba
                                                   << "FROM a\nCMD [\"/bin/sh\", \"-c\", \"cd b\"]\n"_ba;
    QTest::newRow("a CMD that needs a shell") << "FROM a\nCMD b \"c\"\n"_ba
                                              << "FROM a\nCMD [\"/bin/sh\", \"-c\", \"b \\\"c\\\"\"]\n"_ba;
    QTest::newRow("a CMD with what JSON can't hold")
        << "FROM a\nCMD b \x1b;\n"_ba << "FROM a\nCMD [\"/bin/sh\", \"-c\", \"b \\u001b;\"]\n"_ba;
    QTest::newRow("a platform that goes without saying")
        << "FROM --platform=$TARGETPLATFORM  a AS b\n"_ba << "FROM a AS b\n"_ba;
    QTest::newRow("a protocol") << "FROM a\nEXPOSE 1 80/TCP\n"_ba << "FROM a\nEXPOSE 1 80/tcp\n"_ba;
    QTest::newRow("a port of the host") << "FROM a\nEXPOSE 127.0.0.1:8080:80/udp\n"_ba << "FROM a\nEXPOSE 80/udp\n"_ba;
    QTest::newRow("a name twice, and who means the second")
        << "FROM a AS b\nFROM b\nFROM c AS b\nFROM d\nCOPY --from=B x /\n"_ba
        << "FROM a AS b\nFROM b\nFROM c AS b-2\nFROM d\nCOPY --from=b-2 x /\n"_ba;
    QTest::newRow("a name that is taken otherwise")
        << "FROM a AS b\nFROM b AS b\nFROM b-2\n"_ba << "FROM a AS b\nFROM b AS b-2-2\nFROM b-2\n"_ba;
    QTest::newRow("a reserved name") << "FROM a AS scratch\nFROM b\nCOPY --from=scratch x /\n"_ba
                                     << "FROM a AS scratch-stage\nFROM b\nCOPY --from=scratch-stage x /\n"_ba;
    QTest::newRow("nearly an argument that no variable can name")
        << "ARG B+A=b\nFROM x${BA} AS s\n"_ba << "ARG B+A=b\nARG BA\nFROM x${BA} AS s\n"_ba;
    QTest::newRow("nearly an argument") << "ARG VERSION=1\nFROM a:$VERSON\n"_ba
                                        << "ARG VERSION=1\nFROM a:$VERSION\n"_ba;
    QTest::newRow("an argument nobody declared") << "# x\n\nFROM a:${V:-1}\n"_ba << "# x\n\nARG V\nFROM a:${V:-1}\n"_ba;
    QTest::newRow("a relative folder") << "FROM a\nWORKDIR app\n"_ba << "FROM a\nWORKDIR /app\n"_ba;
    QTest::newRow("nearly a variable") << "FROM scratch\nARG VERSION=1\nENV x=${VERSON:-1}\\$VERSONA$VERSON\n"_ba
                                       << "FROM scratch\nARG VERSION=1\nENV x=${VERSION:-1}\\$VERSONA$VERSION\n"_ba;
    QTest::newRow("a variable nobody set") << "from scratch\ncopy $b /\n"_ba << "from scratch\narg b\ncopy $b /\n"_ba;
    QTest::newRow("two of what counts once") << "FROM a\nCMD [\"b\", \\\n \"c\"]\n# d\nCMD [\"e\"]"_ba
                                             << "FROM a\n# d\nCMD [\"e\"]"_ba;
    QTest::newRow("a fixed platform") << "FROM --platform=linux/arm64 a\n"_ba << "FROM a\n"_ba;
    QTest::newRow("a default that makes no image") << "ARG V\nFROM a:$V\n"_ba << "ARG V\nFROM a:${V:-latest}\n"_ba;
    QTest::newRow("a description of something else") << "# check=experimental=all\n\n# not of b\nFROM a AS b\n"_ba
                                                     << "# check=experimental=all\n\n# not of b\n\nFROM a AS b\n"_ba;
}

void MendsTest::mends()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const AnalysisPtr analysis = checked(before);
    const Fix fix = firstFix(analysis->diagnostics);
    QVERIFY(!fix.title.empty());
    const std::string mended = applied(before.toStdString(), fix.edits);
    QCOMPARE(QByteArray::fromStdString(mended), after);
    const QStringList left = findingsOf(checked(QByteArray::fromStdString(mended))->diagnostics);
    QVERIFY2(left.isEmpty(), qPrintable(left.join(u'\n')));
}

void MendsTest::keepsWhatAPairComesTo_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char* value :
         {"c", "c d", "\"c d\"", "'c  d' e", "c \"d\" 'e'", R"(c\ d e)", R"("a \" b" c)", R"(it\'s so)", "$PATH:/x y",
          "${X:-a b} c", "\"\"", "a=b c=d", "a\tb", R"(C:\x y)", "'a\\' b", "c\u2004d", "\"c\" d\u2004e"})
        QTest::newRow(value) << QByteArray(value);
}

void MendsTest::keepsWhatAPairComesTo()
{
    QFETCH(QByteArray, value);
    const auto valueIn = [](const Analysis& analysis) {
        const auto& args = analysis.dockerfile.instructions.back().args;
        return args.size() == 3 ? expand(args[1].text, noVariables()).text : "no single pair";
    };
    const std::string before = ("# check=skip=UndefinedVar\nFROM scratch\nENV k " + value + "\n").toStdString();
    const AnalysisPtr legacy = analyse(before);
    const Fix fix = firstFix(legacy->diagnostics);
    const AnalysisPtr mended = analyse(applied(before, fix.edits));
    QCOMPARE(mended->dockerfile.instructions.back().args[2].text, "=");
    QCOMPARE(valueIn(*mended), valueIn(*legacy));
    QVERIFY(mended->dockerfile.errors.empty());
}

QTEST_GUILESS_MAIN(MendsTest)
#include "mends_test.moc"
