// SPDX-License-Identifier: GPL-3.0-or-later
//
// The flags of a COPY or an ADD, read and set one by one.

#include "core/edit_outcome.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

class CopyFlagsTest : public QObject {
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void sets_data();
    void sets();
    void setsWithoutAnEdge_data();
    void setsWithoutAnEdge();
    void leavesOut_data();
    void leavesOut();
};

namespace {

/// "chown=1 link exclude=a exclude=b": what is set; "-" ahead of a boolean one that is off.
QString shownFlags(const std::vector<CopyFlag>& flags)
{
    QStringList shown;
    for (const CopyFlag& flag : flags) {
        for (const std::string& value : flag.values) {
            const QString name = QString::fromStdString(std::string(flag.name));
            shown << (flag.isBoolean ? (flag.isOn() ? name : u'-' + name)
                                     : name + u'=' + QString::fromStdString(value));
        }
    }
    return shown.join(u' ');
}

std::optional<std::string> valueFrom(const QString& text)
{
    return text == u"(none)" ? std::nullopt : std::optional(text.toStdString());
}

} // namespace

void CopyFlagsTest::reads_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("names");
    QTest::addColumn<QString>("set");

    const QString copy = u"chown chmod link parents exclude"_s;
    QTest::newRow("none") << "FROM a\nCOPY . .\n" << copy << "";
    QTest::newRow("all") << "FROM a\nCOPY --link --chmod=755 --exclude=a --chown=1:2 --parents --exclude=b . .\n"
                         << copy << "chown=1:2 chmod=755 link parents exclude=a exclude=b";
    QTest::newRow("one that is off") << "FROM a\nCOPY --link=false . .\n" << copy << "-link";
    QTest::newRow("a variable as it is written") << "FROM a\nCOPY --chown=$USER . .\n" << copy << "chown=$USER";
    QTest::newRow("quotes taken off") << "FROM a\nCOPY --exclude=\"a b\" . .\n" << copy << "exclude=a b";
    QTest::newRow("an ADD knows no --parents") << "FROM a\nADD --link x /\n" << u"chown chmod link exclude"_s << "link";
    QTest::newRow("an ONBUILD") << "FROM a AS x\nONBUILD COPY --link . .\nFROM x\n" << copy << "link";
    QTest::newRow("a mount has none") << "FROM a\nRUN --mount=target=/m x\n" << "" << "";
}

void CopyFlagsTest::reads()
{
    QFETCH(QString, before);
    QFETCH(QString, names);
    QFETCH(QString, set);

    const auto analysis = analysisOf(before);
    const auto& edges = analysis->graph.edges;
    const auto edge = std::ranges::find_if(edges, [](const Edge& each) { return each.kind != EdgeKind::Base; });
    const std::vector<CopyFlag> flags = copyFlags(*analysis, static_cast<std::size_t>(edge - edges.begin()));
    QStringList offered;
    for (const CopyFlag& flag : flags)
        offered << QString::fromStdString(std::string(flag.name));
    QCOMPARE(offered.join(u' '), names);
    QCOMPARE(shownFlags(flags), set);
}

void CopyFlagsTest::sets_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("edge");
    QTest::addColumn<QString>("flag");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("after");

    const auto row = [](const char* name, const QString& line, const char* flag, const char* value,
                        const QString& after) {
        const bool isRefused = after.startsWith(u"refused");
        const QString head = u"FROM a AS x\nFROM b\n"_s;
        QTest::newRow(name) << head + line << u"1 copy"_s << QString::fromUtf8(flag) << QString::fromUtf8(value)
                            << (isRefused ? after : head + after);
    };
    row("the first one", u"COPY --from=x /m /m\n"_s, "chown", "1000:0", u"COPY --from=x --chown=«1000:0» /m /m\n"_s);
    row("where there is no flag yet", u"COPY m /m\n"_s, "chmod", "0755", u"COPY --chmod=«0755» m /m\n"_s);
    row("in place of another value", u"COPY --chown=1 --from=x /m /m\n"_s, "chown", "app",
        u"COPY --chown=«app» --from=x /m /m\n"_s);
    row("the same value", u"COPY --chown=1 m /m\n"_s, "chown", "1", u"COPY --chown=1 m /m\n"_s);
    row("taken out", u"COPY --chown=1 --from=x /m /m\n"_s, "chown", "(none)", u"COPY --from=x /m /m\n"_s);
    row("taken out where it isn't", u"COPY m /m\n"_s, "chown", "(none)", u"COPY m /m\n"_s);
    row("a switch on", u"COPY m /m\n"_s, "link", "true", u"COPY --link m /m\n"_s);
    row("a switch that is on", u"COPY --link m /m\n"_s, "link", "true", u"COPY --link m /m\n"_s);
    row("a switch that is on in words", u"COPY --link=True m /m\n"_s, "link", "", u"COPY --link=True m /m\n"_s);
    row("a switch off in words", u"COPY --link m /m\n"_s, "link", "false", u"COPY --link=«false» m /m\n"_s);
    row("a switch on again", u"COPY --link=false m /m\n"_s, "link", "true", u"COPY --link m /m\n"_s);
    row("a switch out", u"COPY --link m /m\n"_s, "link", "(none)", u"COPY m /m\n"_s);
    row("a switch that is none", u"COPY m /m\n"_s, "link", "maybe",
        u"refused: dockerfile parse error on line 3: expecting boolean value for flag --link, not: maybe"_s);
    row("the folders above", u"COPY m /m\n"_s, "parents", "true", u"COPY --parents m /m\n"_s);
    row("a variable", u"COPY --chown=1 m /m\n"_s, "chown", "$U:${G:-0}", u"COPY --chown=«$U:${G:-0}» m /m\n"_s);
    row("beside a variable that stays", u"COPY --chown=$U m /m\n"_s, "link", "true",
        u"COPY --chown=$U --link m /m\n"_s);
    row("a blank is escaped", u"COPY m /m\n"_s, "exclude", "a b", u"COPY --exclude=«a\\ b» m /m\n"_s);
    row("a quoted value goes with its quotes", u"COPY --exclude=\"a b\" m /m\n"_s, "exclude", "c",
        u"COPY --exclude=«c» m /m\n"_s);
    row("a word in quotes is no flag", u"COPY \"--exclude=a b\" m /m\n"_s, "exclude", "c",
        u"COPY --exclude=«c» \"--exclude=a b\" m /m\n"_s);
    row("the JSON form", u"COPY [\"m\", \"/m\"]\n"_s, "chown", "1", u"COPY --chown=«1» [\"m\", \"/m\"]\n"_s);
    row("over several lines", u"COPY --from=x \\\n  --link \\\n  # why\n  /m /m\n"_s, "chown", "1",
        u"COPY --from=x \\\n  --link --chown=«1» \\\n  # why\n  /m /m\n"_s);
    row("a line of its own goes", u"COPY --from=x \\\n  --link \\\n  /m /m\n"_s, "link", "(none)",
        u"COPY --from=x \\\n  /m /m\n"_s);
    row("a COPY with contents of its own", u"COPY m <<EOF /m/\nhello\nEOF\n"_s, "chmod", "u=rw,go=r",
        u"COPY --chmod=«u=rw,go=r» m <<EOF /m/\nhello\nEOF\n"_s);
    row("an ADD", u"ADD m /m\n"_s, "chmod", "0644", u"ADD --chmod=«0644» m /m\n"_s);
    row("an ADD has no --parents", u"ADD m /m\n"_s, "parents", "true",
        u"refused: dockerfile parse error on line 3: unknown flag: --parents"_s);
    row("a mode out of range", u"COPY m /m\n"_s, "chmod", "99",
        u"refused: invalid chmod parameter: '99'. it should be octal string and between 0 and 07777"_s);
    row("letters that are no mode", u"COPY m /m\n"_s, "chmod", "rwx", u"refused: invalid syntax"_s);
    row("a mode by a variable that is none", u"ARG MODE=abc\nCOPY m /m\n"_s, "chmod", "$MODE",
        u"refused: invalid syntax"_s);
    row("a mode by a variable", u"ARG MODE=0700\nCOPY m /m\n"_s, "chmod", "$MODE",
        u"ARG MODE=0700\nCOPY --chmod=«$MODE» m /m\n"_s);
    row("a value that is empty", u"COPY m /m\n"_s, "chown", "", u"refused: missing a value on flag: --chown"_s);
    row("a variable without its brace", u"COPY m /m\n"_s, "chown", "${U",
        u"refused: failed to process \"${U\": unsupported modifier (\uFFFD) in substitution"_s);
    row("a flag that no COPY has", u"COPY m /m\n"_s, "checksum", "x", u"refused: unknown flag: --checksum"_s);
    row("letters that BuildKit would break", u"COPY m /m\n"_s, "exclude", "ü",
        u"refused: The value of a flag can hold ASCII only: BuildKit reads flags byte by byte"_s);
    row("two lines", u"COPY m /m\n"_s, "exclude", "a\nb", u"refused: The value of a flag can't hold a line ending"_s);
    row("CRLF stays", u"COPY --link \\\r\n m /m\r\n"_s, "chown", "1", u"COPY --link --chown=«1» \\\r\n m /m\r\n"_s);
    QTest::newRow("an ONBUILD") << u"FROM a AS x\nONBUILD COPY m /m\nFROM x\n"_s << u"1 onbuild"_s << u"chown"_s
                                << u"1"_s << u"FROM a AS x\nONBUILD COPY --chown=«1» m /m\nFROM x\n"_s;
    QTest::newRow("the other escape character")
        << u"# escape=`\nFROM a\nCOPY `\n m /m\n"_s << u"0 copy"_s << u"exclude"_s << u"a b"_s
        << u"# escape=`\nFROM a\nCOPY --exclude=«a` b» `\n m /m\n"_s;
    QTest::newRow("a mount") << u"FROM a\nRUN --mount=target=/m x\n"_s << u"0 mount"_s << u"chown"_s << u"1"_s
                             << u"refused: unknown flag: --chown"_s;
    QTest::newRow("an edge that is gone")
        << u"FROM a\n"_s << u"0 copy"_s << u"chown"_s << u"1"_s << u"refused: This connection is no longer there"_s;
}

void CopyFlagsTest::sets()
{
    QFETCH(QString, before);
    QFETCH(QString, edge);
    QFETCH(QString, flag);
    QFETCH(QString, value);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    const EditOutcome outcome = setCopyFlag(*analysis, edgeFrom(*analysis, edge), flag.toStdString(), valueFrom(value));
    QCOMPARE(shown(*analysis, outcome), after);
}

void CopyFlagsTest::setsWithoutAnEdge_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");

    QTest::newRow("contents in the line itself")
        << u"FROM a\nCOPY <<EOF /m\nx\nEOF\n"_s << u"FROM a\nCOPY --chmod=«0700» <<EOF /m\nx\nEOF\n"_s;
    QTest::newRow("what an ADD fetches") << u"FROM a\nADD https://example.com/x /m\n"_s
                                         << u"FROM a\nADD --chmod=«0700» https://example.com/x /m\n"_s;
    QTest::newRow("an ONBUILD that nothing is built on")
        << u"FROM a\nONBUILD COPY m /m\n"_s << u"FROM a\nONBUILD COPY --chmod=«0700» m /m\n"_s;
    QTest::newRow("no COPY") << u"FROM a\nRUN x\n"_s << u"refused: unknown flag: --chmod"_s;
    QTest::newRow("no instruction") << u"FROM a\n"_s << u"refused: unknown flag: --chmod"_s;
}

void CopyFlagsTest::setsWithoutAnEdge()
{
    QFETCH(QString, before);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    QCOMPARE(shown(*analysis, setInstructionFlag(*analysis, 1, "chmod", "0700")), after);
}

void CopyFlagsTest::leavesOut_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QStringList>("patterns");
    QTest::addColumn<QString>("after");

    const auto row = [](const char* name, const char* before, const QStringList& patterns, const char* after) {
        QTest::newRow(name) << u"FROM a\nCOPY %1m /m\n"_s.arg(QString::fromUtf8(before)) << patterns
                            << u"FROM a\nCOPY %1m /m\n"_s.arg(QString::fromUtf8(after));
    };
    row("two", "", {u"a"_s, u"b"_s}, "--exclude=«a» --exclude=b ");
    row("one more behind its like", "--exclude=a --link ", {u"a"_s, u"b"_s}, "--exclude=a --exclude=«b» --link ");
    row("the first of three goes", "--exclude=a --exclude=b --exclude=c ", {u"b"_s, u"c"_s},
        "--exclude=b --exclude=c ");
    row("the one in the middle changes", "--exclude=a --exclude=b --exclude=c ", {u"a"_s, u"x"_s, u"c"_s},
        "--exclude=a --exclude=«x» --exclude=c ");
    row("all go", "--exclude=a --link --exclude=b ", {}, "--link ");
    row("the same", "--exclude=a --exclude=b ", {u"a"_s, u"b"_s}, "--exclude=a --exclude=b ");
}

void CopyFlagsTest::leavesOut()
{
    QFETCH(QString, before);
    QFETCH(QStringList, patterns);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    std::vector<std::string> wanted;
    for (const QString& pattern : patterns)
        wanted.push_back(pattern.toStdString());
    QCOMPARE(shown(*analysis, setCopyExcludes(*analysis, edgeFrom(*analysis, u"0 copy"_s), wanted)), after);
}

QTEST_GUILESS_MAIN(CopyFlagsTest)
#include "copy_flags_test.moc"
