// SPDX-License-Identifier: GPL-3.0-or-later
//
// One instruction at a time: what BuildKit makes of it, and where its pieces stand.

#include "tests/core/reading.h"

#include <QTest>

using namespace stagelift;
using namespace stagelift::test;
using namespace Qt::StringLiterals;

namespace {

/// "--from=a | src | dst", a JSON form with [json] behind it.
QString pieces(const Instruction& instruction)
{
    QStringList list;
    for (const Flag& flag : instruction.flags)
        list << shown(flag.whole.text);
    for (const Word& word : instruction.args)
        list << shown(word.text);
    return list.join(u" | "_s) + (instruction.json ? u" [json]"_s : u""_s);
}

} // namespace

class InstructionsTest : public QObject {
    Q_OBJECT
private slots:
    void readsArguments_data();
    void readsArguments();
    void spansPointAtWhatIsWritten_data();
    void spansPointAtWhatIsWritten();
    void splitsFlags_data();
    void splitsFlags();
    void readsHeredocs_data();
    void readsHeredocs();
    void readsDirectives_data();
    void readsDirectives();
    void readsTriggers();
};

void InstructionsTest::readsArguments_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");

    QTest::newRow("words") << "FROM  a\tAS b"_ba << u"a | AS | b"_s;
    QTest::newRow("lower case") << "from a"_ba << u"a"_s;
    QTest::newRow("blanks around") << "  EXPOSE 80  443 \t"_ba << u"80 | 443"_s;
    QTest::newRow("a shell form is one word") << "RUN  a && b  | c "_ba << u"a && b  | c"_s;
    QTest::newRow("joined lines") << "RUN a \\\n  b \\ \t\n c"_ba << u"a   b  c"_s;
    QTest::newRow("a comment between") << "RUN a \\\n# no\n  # no\n b"_ba << u"a  b"_s;
    QTest::newRow("an empty line between") << "RUN a \\\n\n \t\n b"_ba << u"a  b"_s;
    QTest::newRow("a continuation at the end of the file") << "RUN a \\\n"_ba << u"a"_s;
    QTest::newRow("two escapes go on nowhere") << "RUN a \\\\\nUSER b"_ba << u"a \\\\"_s;
    QTest::newRow("CRLF") << "RUN a \\\r\n  b\r\n"_ba << u"a   b"_s;
    QTest::newRow("a byte order mark") << "\xEF\xBB\xBF"
                                          "FROM a"_ba
                                       << u"a"_s;
    QTest::newRow("the other escape") << "# escape=`\nRUN a `\n b \\\n"_ba << u"a  b \\"_s;
    QTest::newRow("JSON") << "CMD [ \"a b\" , \"c\" ]"_ba << u"a b | c [json]"_s;
    QTest::newRow("JSON with escapes") << R"(CMD ["a\"b", "\u00e9\ud83d\ude00", "c\\d"])"_ba
                                       << u"a\"b | é😀 | c\\d [json]"_s;
    QTest::newRow("JSON over lines") << "CMD [\"a\", \\\n \"b\"]"_ba << u"a | b [json]"_s;
    QTest::newRow("an empty array") << "RUN []"_ba << u" [json]"_s;
    QTest::newRow("single quotes are no JSON") << "CMD ['a']"_ba << u"['a']"_s;
    QTest::newRow("something behind it is no JSON") << "CMD [\"a\"] b"_ba << u"[\"a\"] b"_s;
    QTest::newRow("a bracket expression is no JSON") << "COPY [ab]* /x"_ba << u"[ab]* | /x"_s;
    QTest::newRow("pairs") << "ENV a=1 b=\"2 3\" c='4 '5"_ba << u"a | 1 | = | b | \"2 3\" | = | c | '4 '5 | ="_s;
    QTest::newRow("an escaped blank") << "ENV a=1\\ 2 b=3"_ba << u"a | 1\\ 2 | = | b | 3 | ="_s;
    QTest::newRow("the legacy pair") << "ENV a  b c=d "_ba << u"a | b c=d | "_s;
    QTest::newRow("an empty value") << "LABEL a="_ba << u"a |  | ="_s;
    QTest::newRow("definitions") << "ARG a b=1 c=\"x y\""_ba << u"a | b=1 | c=\"x y\""_s;
    QTest::newRow("a health check") << "HEALTHCHECK --interval=5s CMD curl a || exit 1"_ba
                                    << u"--interval=5s | CMD | curl a || exit 1"_s;
    QTest::newRow("a health check in JSON") << "HEALTHCHECK CMD [\"a\"]"_ba << u"CMD | a [json]"_s;
    QTest::newRow("a comment sign inside") << "RUN a # b"_ba << u"a # b"_s;
    QTest::newRow("Unicode's blanks are trimmed, and do not split") << "USER \u00A0a\u2003b\u3000"_ba << u"a\u2003b"_s;
    QTest::newRow("nothing") << "RUN"_ba << u""_s;
}

void InstructionsTest::readsArguments()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const Reading reading(text);
    QVERIFY(!reading.dockerfile.instructions.empty());
    QCOMPARE(pieces(reading.dockerfile.instructions.front()), expected);
}

void InstructionsTest::spansPointAtWhatIsWritten_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("written"); // of the keyword, flag values and arguments
    QTest::addColumn<QString>("whole");

    QTest::newRow("one line") << " FROM --platform=$P a AS b \nRUN c"_ba
                              << QStringList{u"FROM"_s, u"$P"_s, u"a"_s, u"AS"_s, u"b"_s}
                              << u"FROM --platform=$P a AS b "_s;
    QTest::newRow("over lines") << "COPY --from=build \\\n  # note\n  /a \\\n  /b\nRUN c"_ba
                                << QStringList{u"COPY"_s, u"build"_s, u"/a"_s, u"/b"_s}
                                << u"COPY --from=build \\\n  # note\n  /a \\\n  /b"_s;
    QTest::newRow("a word cut in two") << "COPY /long\\\n/path /b"_ba
                                       << QStringList{u"COPY"_s, u"/long\\\n/path"_s, u"/b"_s}
                                       << u"COPY /long\\\n/path /b"_s;
    QTest::newRow("CRLF") << "COPY a \\\r\n b\r\n"_ba << QStringList{u"COPY"_s, u"a"_s, u"b"_s} << u"COPY a \\\r\n b"_s;
    QTest::newRow("a byte order mark") << "\xEF\xBB\xBF"
                                          "FROM a"_ba
                                       << QStringList{u"FROM"_s, u"a"_s} << u"FROM a"_s;
    QTest::newRow("the other escape") << "# escape=`\nCOPY a `\n b"_ba << QStringList{u"COPY"_s, u"a"_s, u"b"_s}
                                      << u"COPY a `\n b"_s;
    QTest::newRow("JSON, between its quotes")
        << R"(COPY ["a b", "\/c"])"_ba << QStringList{u"COPY"_s, u"a b"_s, u"\\/c"_s} << uR"(COPY ["a b", "\/c"])"_s;
    QTest::newRow("a quoted flag, with its quotes")
        << "COPY --from=\"a\" b c"_ba << QStringList{u"COPY"_s, u"\"a\""_s, u"b"_s, u"c"_s}
        << u"COPY --from=\"a\" b c"_s;
    QTest::newRow("a heredoc belongs to it")
        << "RUN <<E\nx\nE\nUSER a"_ba << QStringList{u"RUN"_s, u"<<E"_s} << u"RUN <<E\nx\nE"_s;
    QTest::newRow("not UTF-8") << "COPY a\xFF b"_ba << QStringList{u"COPY"_s, u"a\uFFFD"_s, u"b"_s}
                               << u"COPY a\uFFFD b"_s;
}

void InstructionsTest::spansPointAtWhatIsWritten()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, written);
    QFETCH(QString, whole);
    const Reading reading(text);
    QVERIFY(!reading.dockerfile.instructions.empty());
    const Instruction& instruction = reading.dockerfile.instructions.front();
    QStringList found{reading.at(instruction.keywordWord.span)};
    for (const Flag& flag : instruction.flags)
        found << reading.at(flag.value.span);
    for (const Word& word : instruction.args)
        found << reading.at(word.span);
    QCOMPARE(found, written);
    QCOMPARE(reading.at(instruction.span), whole);
}

void InstructionsTest::splitsFlags_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("flags"); // name=value, or name alone
    QTest::addColumn<QString>("arguments");

    QTest::newRow("with a value") << "COPY --from=a b c"_ba << u"from=a"_s << u"b c"_s;
    QTest::newRow("without") << "COPY --link b c"_ba << u"link"_s << u"b c"_s;
    QTest::newRow("with an empty one") << "COPY --from= b c"_ba << u"from="_s << u"b c"_s;
    QTest::newRow("several") << "RUN --mount=type=cache,target=/c --network=none make"_ba
                             << u"mount=type=cache,target=/c network=none"_s << u"make"_s;
    QTest::newRow("quotes are taken out")
        << "RUN --mount='type=bind,target=/a b' x"_ba << u"mount=type=bind,target=/a b"_s << u"x"_s;
    QTest::newRow("and escapes") << "RUN --mount=target=/a\\ b x"_ba << u"mount=target=/a b"_s << u"x"_s;
    QTest::newRow("which are the file's own")
        << "# escape=`\nCOPY --chown=a\\b --from=x`\"y c d"_ba << u"chown=a\\b from=x\"y"_s << u"c d"_s;
    QTest::newRow("two dashes alone end them") << "RUN --network=none -- --x"_ba << u"network=none"_s << u"--x"_s;
    QTest::newRow("behind an argument there are none") << "COPY a --from=b"_ba << u""_s << u"a --from=b"_s;
    QTest::newRow("one dash is none") << "RUN -x"_ba << u""_s << u"-x"_s;
    QTest::newRow("nothing behind") << "COPY --from=a"_ba << u"from=a"_s << u""_s;
    QTest::newRow("over lines") << "RUN --mount=type=bind,\\\nfrom=a x"_ba << u"mount=type=bind,from=a"_s << u"x"_s;
}

void InstructionsTest::splitsFlags()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, flags);
    QFETCH(QString, arguments);
    const Reading reading(text);
    const Instruction& instruction = reading.dockerfile.instructions.front();
    QStringList found;
    for (const Flag& flag : instruction.flags)
        found << shown(flag.name) + (flag.hasValue ? u'=' + shown(flag.value.text) : QString());
    QStringList words;
    for (const Word& word : instruction.args)
        words << shown(word.text);
    QCOMPARE(found.join(u' '), flags);
    QCOMPARE(words.join(u' '), arguments);
}

void InstructionsTest::readsHeredocs_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("heredocs"); // fd<<name, its ways, its content
    QTest::addColumn<qsizetype>("instructions");

    QTest::newRow("plain") << "RUN <<E\na\nb\nE\nUSER x"_ba << QStringList{u"0<<E expand: a\nb\n"_s} << qsizetype(2);
    QTest::newRow("quoted stays as it is") << "RUN <<'E'\n$a\nE\n"_ba << QStringList{u"0<<E: $a\n"_s} << qsizetype(1);
    QTest::newRow("chomping") << "RUN <<-E\n\ta\n\t\tb\n\tE\n"_ba << QStringList{u"0<<E expand chomp: a\nb\n"_s}
                              << qsizetype(1);
    QTest::newRow("two") << "COPY <<A <<B /d/\n1\nA\n2\nB\n"_ba
                         << QStringList{u"0<<A expand: 1\n"_s, u"0<<B expand: 2\n"_s} << qsizetype(1);
    QTest::newRow("with a descriptor") << "RUN cat 3<<E\nx\nE\n"_ba << QStringList{u"3<<E expand: x\n"_s}
                                       << qsizetype(1);
    QTest::newRow("behind blanks") << "RUN cat <<  E\nx\nE\n"_ba << QStringList{u"0<<E expand: x\n"_s} << qsizetype(1);
    QTest::newRow("behind blanks, in words")
        << "COPY << E /x\ny\nE\n"_ba << QStringList{u"0<<E expand: y\n"_s} << qsizetype(1);
    QTest::newRow("behind a dash there is no room for them") << "RUN <<- E\nUSER x"_ba << QStringList{} << qsizetype(2);
    QTest::newRow("empty") << "RUN <<E\nE\n"_ba << QStringList{u"0<<E expand: "_s} << qsizetype(1);
    QTest::newRow("CRLF stays in it") << "RUN <<E\r\na\r\nE\r\nUSER x"_ba << QStringList{u"0<<E expand: a\r\n"_s}
                                      << qsizetype(2);
    QTest::newRow("what looks like an instruction is content")
        << "RUN <<E\nFROM x\nE\n"_ba << QStringList{u"0<<E expand: FROM x\n"_s} << qsizetype(1);
    QTest::newRow("in quotes there is none") << "RUN echo \"<<E\"\nUSER x"_ba << QStringList{} << qsizetype(2);
    QTest::newRow("three signs are none") << "RUN cat <<<E\nUSER x"_ba << QStringList{} << qsizetype(2);
    QTest::newRow("in the JSON form there is none") << "RUN [\"<<E\"]\nUSER x"_ba << QStringList{} << qsizetype(2);
    QTest::newRow("an instruction that takes none") << "CMD <<E\nUSER x"_ba << QStringList{} << qsizetype(2);
    QTest::newRow("of a trigger") << "ONBUILD RUN <<E\na\nE\nUSER x"_ba << QStringList{u"0<<E expand: a\n"_s}
                                  << qsizetype(2);
}

void InstructionsTest::readsHeredocs()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, heredocs);
    QFETCH(qsizetype, instructions);
    const Reading reading(text);
    QStringList found;
    for (const Heredoc& heredoc : reading.dockerfile.instructions.front().heredocs) {
        found << u"%1<<%2%3%4: %5"_s.arg(QString::number(heredoc.fd), shown(heredoc.name),
                                         heredoc.expand ? u" expand"_s : u""_s, heredoc.chomp ? u" chomp"_s : u""_s,
                                         shown(heredoc.content));
        if (!heredoc.chomp)
            QCOMPARE(reading.at(heredoc.contentSpan), shown(heredoc.content));
    }
    QCOMPARE(found, heredocs);
    QCOMPARE(std::ssize(reading.dockerfile.instructions), instructions);
    QCOMPARE(errorsOf(reading.dockerfile).filter(u"heredoc"_s), QStringList());
}

void InstructionsTest::readsDirectives_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("directives");
    QTest::addColumn<QString>("escape");

    QTest::newRow("all three") << "# syntax=a/b:1\n#escape = `\n#  CHECK=skip=all;error=true\nFROM x"_ba
                               << QStringList{u"syntax=a/b:1"_s, u"escape=`"_s, u"check=skip=all;error=true"_s}
                               << u"`"_s;
    QTest::newRow("an empty line ends them") << "\n# escape=`\nFROM x"_ba << QStringList{} << u"\\"_s;
    QTest::newRow("an unknown one ends them") << "# a=b\n# escape=`\nFROM x"_ba << QStringList{} << u"\\"_s;
    QTest::newRow("a comment ends them") << "# hello\n# escape=`\nFROM x"_ba << QStringList{} << u"\\"_s;
    QTest::newRow("an instruction ends them") << "FROM x\n# escape=`\n"_ba << QStringList{} << u"\\"_s;
    QTest::newRow("behind a byte order mark")
        << "\xEF\xBB\xBF# escape=`\nFROM x"_ba << QStringList{u"escape=`"_s} << u"`"_s;
    QTest::newRow("no value") << "# escape=\n# syntax=a\nFROM x"_ba << QStringList{} << u"\\"_s;
}

void InstructionsTest::readsDirectives()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, directives);
    QFETCH(QString, escape);
    const Reading reading(text);
    QStringList found;
    for (const Directive& directive : reading.dockerfile.directives) {
        found << shown(directive.name) + u'=' + shown(directive.value.text);
        QCOMPARE(reading.at(directive.value.span), shown(directive.value.text));
    }
    QCOMPARE(found, directives);
    QCOMPARE(QString(QLatin1Char(reading.dockerfile.escape)), escape);
}

void InstructionsTest::readsTriggers()
{
    const Reading reading("FROM a\nONBUILD COPY --from=b \\\n  /c /d\n");
    const Instruction& trigger = reading.dockerfile.instructions.back();
    QVERIFY(trigger.child);
    QCOMPARE(trigger.child->keyword, Keyword::Copy);
    QCOMPARE(pieces(*trigger.child), u"--from=b | /c | /d"_s);
    QCOMPARE(reading.at(trigger.child->flag("from")->value.span), u"b"_s);
    QCOMPARE(reading.at(trigger.child->span), u"COPY --from=b \\\n  /c /d"_s);
}

QTEST_GUILESS_MAIN(InstructionsTest)
#include "instructions_test.moc"
