// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/expand.h"
#include "tests/core/reading.h"

#include <QTest>

using namespace stagelift;
using namespace stagelift::test;
using namespace Qt::StringLiterals;

class ExpandTest : public QObject {
    Q_OBJECT
private slots:
    void replacesVariables_data();
    void replacesVariables();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void tellsWhatItMissed();
    void standsDeepNesting();
};

void ExpandTest::replacesVariables_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("expected");

    const auto row = [](const char* name, const QString& word, const QString& expected) {
        QTest::newRow(name) << word << expected;
    };
    // x=foo.bar.tar.gz, v=1.22, e= (empty), u is not set
    row("nothing to do", u"golang:1.22"_s, u"golang:1.22"_s);
    row("plain", u"golang:$v-x"_s, u"golang:1.22-x"_s);
    row("in braces", u"a${v}b"_s, u"a1.22b"_s);
    row("not set", u"a$u${u}b"_s, u"ab"_s);
    row("a dollar alone", u"a$ b$"_s, u"a$ b$"_s);
    row("escaped", u"\\$v \\a"_s, u"$v a"_s);
    row("in double quotes", u"\"$v '\\n\\\"\""_s, u"1.22 '\\n\""_s);
    row("in single quotes", u"'$v \\'"_s, u"$v \\"_s);
    row(":- of a set one", u"${v:-x}"_s, u"1.22"_s);
    row(":- of an empty one", u"${e:-x}"_s, u"x"_s);
    row("- of an empty one", u"${e-x}"_s, u""_s);
    row(":- of an unset one", u"${u:-x$v}"_s, u"x1.22"_s);
    row("- of an unset one", u"${u-x}"_s, u"x"_s);
    row(":- in each other", u"${u:-${e:-${v}}}"_s, u"1.22"_s);
    row(":+ of a set one", u"${v:+x}"_s, u"x"_s);
    row(":+ of an empty one", u"${e:+x}"_s, u""_s);
    row("+ of an empty one", u"${e+x}"_s, u"x"_s);
    row("+ of an unset one", u"${u+x}"_s, u""_s);
    row(":? of a set one", u"${v:?no}"_s, u"1.22"_s);
    row("# takes the shortest", u"${x#*.}"_s, u"bar.tar.gz"_s);
    row("## takes the longest", u"${x##*.}"_s, u"gz"_s);
    row("% takes the shortest", u"${x%.*}"_s, u"foo.bar.tar"_s);
    row("%% takes the longest", u"${x%%.*}"_s, u"foo"_s);
    row("? is one character", u"${v#?}"_s, u".22"_s);
    row("a dot is a dot", u"${x#f..}"_s, u"foo.bar.tar.gz"_s);
    row("an escaped star is a star", u"${x#\\*}"_s, u"foo.bar.tar.gz"_s);
    row("/ replaces the first", u"${x/r/R}"_s, u"foo.baR.tar.gz"_s);
    row("// replaces all", u"${x//./-}"_s, u"foo-bar-tar-gz"_s);
    row("// with a star takes the longest", u"${x//.*./+}"_s, u"foo+gz"_s);
    row("/ of what is not there", u"${x/zz/y}"_s, u"foo.bar.tar.gz"_s);
    row("the pattern may be a variable", u"${x%$t}"_s, u"foo.bar.tar"_s);
}

namespace {

Environment someEnvironment()
{
    Environment environment;
    environment.set("x", "foo.bar.tar.gz");
    environment.set("v", "1.22");
    environment.set("e", "");
    environment.set("t", ".gz");
    return environment;
}

} // namespace

void ExpandTest::replacesVariables()
{
    QFETCH(QString, word);
    QFETCH(QString, expected);
    const ShellText text = expand(word.toStdString(), someEnvironment());
    QCOMPARE(shown(text.error), u""_s);
    QCOMPARE(shown(text.text), expected);
}

void ExpandTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("error");

    const auto row = [](const char* name, const QString& word, const QString& error) {
        QTest::newRow(name) << word << error;
    };
    row("an open brace", u"${v"_s, u"failed to process \"${v\": unsupported modifier (\uFFFD) in substitution"_s);
    row("an open default", u"${v:-x"_s, u"failed to process \"${v:-x\": syntax error: missing '}'"_s);
    row("no name", u"${}"_s, u"failed to process \"${}\": syntax error: bad substitution"_s);
    row("an unknown way", u"${v^^}"_s, u"failed to process \"${v^^}\": unsupported modifier (^) in substitution"_s);
    row("wanted, but not set", u"${u:?say u}"_s, u"failed to process \"${u:?say u}\": u: say u"_s);
    row("wanted, but not set, in no words", u"${u?}"_s,
        u"failed to process \"${u?}\": u: is not allowed to be unset"_s);
    row("wanted, but empty", u"${e:?}"_s, u"failed to process \"${e:?}\": e: is not allowed to be empty"_s);
    row("an open quote", u"\"a"_s,
        u"failed to process \"\\\"a\": unexpected end of statement while looking for matching double-quote"_s);
    row("an open single quote", u"'a"_s,
        u"failed to process \"'a\": unexpected end of statement while looking for matching single-quote"_s);
    row("a replacement without its second slash", u"${v/a}"_s,
        u"failed to process \"${v/a}\": syntax error: missing '/' in ${}"_s);
    row("a pattern with an escape of its own", u"${v#\\a}"_s,
        u"failed to process \"${v#\\\\a}\": invalid pattern (\\a) in substitution: invalid escape '\\a'"_s);
}

void ExpandTest::saysWhatIsWrong()
{
    QFETCH(QString, word);
    QFETCH(QString, error);
    QCOMPARE(shown(expand(word.toStdString(), someEnvironment()).error), error);
}

void ExpandTest::tellsWhatItMissed()
{
    const ShellText text = expand("$v $u ${w:-$u} $v", someEnvironment());
    QCOMPARE(text.matched, std::vector<std::string>{"v"});
    QCOMPARE(text.unmatched, (std::vector<std::string>{"u", "w"}));
}

void ExpandTest::standsDeepNesting()
{
    std::string word;
    for (int i = 0; i < 100'000; ++i)
        word += "${u:-";
    QVERIFY(expand(word, someEnvironment()).failed());
}

QTEST_GUILESS_MAIN(ExpandTest)
#include "expand_test.moc"
