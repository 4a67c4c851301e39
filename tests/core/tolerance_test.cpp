// SPDX-License-Identifier: GPL-3.0-or-later
//
// Half-typed text is the normal state of an editor. Whatever is cut off, taken out or typed twice, the rest is read as
// before, errors stand where the fault is, and stages stay who they are.
//
// Over our examples and test data, and over real files where they lie beside the source: a sample of all changes, so
// that it takes seconds. STAGELIFT_TOLERANCE=full tries every single one (in a Release build: a minute or two).
//
// A line counts for more than its own instruction, because BuildKit reads it so, where
//   - it is the directive that sets the escape character;
//   - it ended an instruction, and the line above goes on: the next instruction is joined to it, that one alone;
//   - it closed a heredoc: the heredoc goes on to a line below that closes it too; where none does, to the next line
//     that is certainly an instruction (core/dockerfile/heredocs.h);
//   - a heredoc above is open anyway, and this is the line that reading went on at.

#include "tests/core/changed_line.h"

#include <QDirIterator>
#include <QTest>

#include <memory>

using namespace stagelift;
using namespace stagelift::test;
using namespace Qt::StringLiterals;

namespace {

bool isFull()
{
    return qEnvironmentVariable("STAGELIFT_TOLERANCE") == "full"_L1;
}

/// 0, 1, … below `count`; where those are too many, so many of them, evenly spread.
std::vector<std::uint32_t> sample(std::uint32_t count, std::uint32_t most)
{
    const std::uint32_t step = isFull() ? 1 : count / most + 1;
    std::vector<std::uint32_t> chosen;
    for (std::uint32_t i = count % step / 2; i < count; i += step)
        chosen.push_back(i);
    return chosen;
}

/// One file as it is, and what its changes are compared with.
class Trial {
public:
    explicit Trial(const QByteArray& bytes) : m_whole(bytes), m_graph(resolve(m_whole.dockerfile)) {}

    [[nodiscard]] const SourceText& source() const { return m_whole.source; }
    [[nodiscard]] std::string faultOfWhole() const { return faultOf(m_whole); }
    /// Each of these says what is wrong, if anything is.
    [[nodiscard]] std::string cut(std::uint32_t length) const;
    [[nodiscard]] std::string deleteLine(std::uint32_t line) const;
    [[nodiscard]] std::string doubleLine(std::uint32_t line) const;

private:
    [[nodiscard]] std::size_t completeAhead(std::uint32_t line) const;
    [[nodiscard]] std::string judge(const TextEdits& edits, std::uint32_t line, std::int64_t lines) const;

    const Reading m_whole;
    const StageGraph m_graph;
};

/// The instructions that end above a line and would end there whatever stood in it.
std::size_t Trial::completeAhead(std::uint32_t line) const
{
    const auto& all = m_whole.dockerfile.instructions;
    const auto isComplete = [&](const Instruction& one) {
        const bool wasResumed = std::ranges::contains(m_whole.dockerfile.resumed, one.lines.last + 1);
        return one.lines.last + (wasResumed ? 1 : 0) < line;
    };
    return static_cast<std::size_t>(std::ranges::find_if_not(all, isComplete) - all.begin());
}

std::string Trial::cut(std::uint32_t length) const
{
    const auto& was = m_whole.dockerfile.instructions;
    const std::uint32_t line = m_whole.source.lineAt(length);
    const std::size_t complete = completeAhead(line);
    const Reading now(QByteArray(m_whole.source.bytes().data(), length));
    const auto& is = now.dockerfile.instructions;
    if (std::string fault = faultOf(now); !fault.empty())
        return fault;
    const auto same = [](const Instruction& one, const Instruction& other) { return isSame(one, other); };
    if (is.size() < complete || !std::equal(was.begin(), was.begin() + complete, is.begin(), same))
        return "a complete instruction is read otherwise";
    // What a heredoc holds may look like instructions until its end is typed.
    const bool isHeredoc = complete < was.size() && !was[complete].heredocs.empty();
    if (is.size() > complete + 1 && !isHeredoc)
        return "one half-typed instruction is read as several";
    const std::uint32_t lineBegin = m_whole.source.fullLineSpan(line).begin;
    const std::uint32_t end = complete < is.size() ? std::min(is[complete].span.begin, lineBegin) : lineBegin;
    if (errorsWithin(m_whole.dockerfile, {0, end}, {}) != errorsWithin(now.dockerfile, {0, end}, {}))
        return "an error ahead of the half-typed instruction has come or gone";
    const StageGraph graph = resolve(now.dockerfile);
    for (const Stage& stage : graph.stages) {
        if (stage.firstInstruction >= complete)
            break;
        const Stage& known = m_graph.stages[static_cast<std::size_t>(stage.index)];
        if (stage.name != known.name || stage.baseName != known.baseName || stage.base.kind != known.base.kind ||
            graph.label(stage.base) != m_graph.label(known.base))
            return std::format("stage {} is another", stage.index);
    }
    return {};
}

std::string Trial::deleteLine(std::uint32_t line) const
{
    return judge({{m_whole.source.fullLineSpan(line), {}}}, line, -1);
}

std::string Trial::doubleLine(std::uint32_t line) const
{
    const Span full = m_whole.source.fullLineSpan(line);
    std::string copy(m_whole.source.at(full));
    if (!copy.ends_with('\n'))
        copy += '\n';
    return judge({{{full.begin, full.begin}, std::move(copy)}}, line, 1);
}

std::string Trial::judge(const TextEdits& edits, std::uint32_t line, std::int64_t lines) const
{
    const std::string_view bytes = m_whole.source.bytes();
    const std::string text = applied(bytes, edits);
    if (applied(text, inverse(bytes, edits)) != bytes)
        return "undoing does not restore the bytes";
    const Reading now(QByteArray::fromStdString(text));
    if (std::string fault = faultOf(now); !fault.empty())
        return fault;
    if (now.dockerfile.escape != m_whole.dockerfile.escape)
        return {};
    const Shift shift{static_cast<std::int64_t>(text.size()) - static_cast<std::int64_t>(bytes.size()), lines};
    const Change change(m_whole.dockerfile, now.dockerfile, line, shift);
    if (std::string fault = change.faultInInstructions(); !fault.empty())
        return fault;
    if (std::string fault = change.faultInErrors(); !fault.empty())
        return fault;
    return change.faultInStages(m_graph, resolve(now.dockerfile));
}

/// All files of a folder that are Dockerfiles.
QStringList filesIn(const QString& folder)
{
    QStringList paths;
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (path.endsWith(u"Dockerfile"_s))
            paths << path;
    }
    paths.sort();
    return paths;
}

void addFolders()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("our examples") << QStringLiteral(STAGELIFT_SOURCE_DIR "/resources/examples");
    QTest::newRow("our test data") << QStringLiteral(STAGELIFT_SOURCE_DIR "/tests/data");
    for (const auto* const folder : {"real", "literals", "lint", "testfiles", "probes"}) {
        const QString path = corpus().filePath(u"files/"_s + QLatin1String(folder));
        if (QDir(path).exists())
            QTest::newRow(folder) << path;
    }
}

/// "FILE, line 12: fault" for the first change of any file that has one. `faultAt` judges one change, 0-based; there
/// are `count` of them.
template<class Count, class FaultAt>
QString firstFault(const QString& folder, std::uint32_t most, Count count, FaultAt faultAt)
{
    const QStringList paths = filesIn(folder);
    std::size_t tried = 0;
    for (const QString& path : paths) {
        const auto trial = std::make_unique<Trial>(bytesOf(path));
        for (const std::uint32_t change : sample(count(*trial), most)) {
            ++tried;
            if (const std::string fault = faultAt(*trial, change); !fault.empty())
                return u"%1, change %2: %3"_s.arg(path).arg(change + 1).arg(shown(fault));
        }
    }
    qInfo("%zu changes of %lld files", tried, static_cast<long long>(paths.size()));
    return paths.isEmpty() ? u"no files in "_s + folder : QString();
}

std::uint32_t linesOf(const Trial& trial)
{
    const SourceText& source = trial.source();
    return source.lineCount() - (source.fullLineSpan(source.lineCount()).empty() ? 1 : 0);
}

} // namespace

class ToleranceTest : public QObject {
    Q_OBJECT
private slots:
    void givesBackEveryByte_data() { addFolders(); }
    void givesBackEveryByte();
    void readsWhatIsTypedSoFar_data() { addFolders(); }
    void readsWhatIsTypedSoFar();
    void readsTheRestWhereALineIsDeleted_data() { addFolders(); }
    void readsTheRestWhereALineIsDeleted();
    void readsTheRestWhereALineIsDoubled_data() { addFolders(); }
    void readsTheRestWhereALineIsDoubled();
    void pointsAtTheFault_data();
    void pointsAtTheFault();
    void readsOnBehindAnOpenHeredoc_data();
    void readsOnBehindAnOpenHeredoc();
    void knowsAStageAgain_data();
    void knowsAStageAgain();
};

void ToleranceTest::givesBackEveryByte()
{
    QFETCH(QString, folder);
    const auto once = [](const Trial&) { return 1U; };
    const auto whole = [](const Trial& trial, std::uint32_t) { return trial.faultOfWhole(); };
    const QString fault = firstFault(folder, 1, once, whole);
    QVERIFY2(fault.isEmpty(), qPrintable(fault));
}

void ToleranceTest::readsWhatIsTypedSoFar()
{
    constexpr std::uint32_t kMost = 120; // of a file: every byte of a small one
    QFETCH(QString, folder);
    const auto bytes = [](const Trial& trial) { return static_cast<std::uint32_t>(trial.source().bytes().size()); };
    const QString fault = firstFault(folder, folder.contains(u"real"_s) ? kMost / 4 : kMost, bytes,
                                     [](const Trial& trial, std::uint32_t length) { return trial.cut(length); });
    QVERIFY2(fault.isEmpty(), qPrintable(fault));
}

void ToleranceTest::readsTheRestWhereALineIsDeleted()
{
    constexpr std::uint32_t kMost = 20;
    QFETCH(QString, folder);
    const QString fault = firstFault(folder, kMost, linesOf,
                                     [](const Trial& trial, std::uint32_t line) { return trial.deleteLine(line + 1); });
    QVERIFY2(fault.isEmpty(), qPrintable(fault));
}

void ToleranceTest::readsTheRestWhereALineIsDoubled()
{
    constexpr std::uint32_t kMost = 20;
    QFETCH(QString, folder);
    const QString fault = firstFault(folder, kMost, linesOf,
                                     [](const Trial& trial, std::uint32_t line) { return trial.doubleLine(line + 1); });
    QVERIFY2(fault.isEmpty(), qPrintable(fault));
}

void ToleranceTest::pointsAtTheFault_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("underlined");

    const auto row = [](const char* name, const QByteArray& text, const QString& error, const QString& underlined) {
        QTest::newRow(name) << text << error << underlined;
    };
    row("a misspelt keyword", "FROM a\n  RNU make \\\n all\nUSER b\n",
        u"line 2: unknown instruction: RNU (did you mean RUN?)"_s, u"RNU"_s);
    row("FROM without an image", "FROM a\nFROM \nUSER b\n", u"line 2: FROM requires either one or three arguments"_s,
        u"FROM "_s);
    row("AS without a name", "FROM a AS\nUSER b\n", u"line 1: FROM requires either one or three arguments"_s,
        u"FROM a AS"_s);
    row("a name that is none", "FROM a AS 1st\n",
        u"line 1: invalid name for build stage: \"1st\", name can't start with a number or contain symbols"_s,
        u"1st"_s);
    row("a flag that is none", "FROM a\nCOPY --form=b \\\n c d\n",
        u"line 2: unknown flag: --form (did you mean from?)"_s, u"--form=b"_s);
    row("a flag half typed", "FROM a\nCOPY --from c d\n", u"line 2: missing a value on flag: --from"_s, u"--from"_s);
    row("a flag twice", "FROM a\nCOPY --from=a --from=b c d\n", u"line 2: duplicate flag specified: --from"_s,
        u"--from=b"_s);
    row("a variable where none may be", "FROM a\nRUN --mount=from=$b,target=/c make\n",
        u"line 2: 'from' doesn't support variable expansion, define alias stage instead"_s, u"from=$b,target=/c"_s);
    row("a pair half typed", "FROM a\nENV A=1 B\nUSER b\n",
        u"line 2: Syntax error - can't find = in \"B\". Must be of the form: name=value"_s, u"B"_s);
    row("no duration", "FROM a\nHEALTHCHECK --interval=5 CMD b\n", u"line 2: time: missing unit in duration \"5\""_s,
        u"5"_s);
    row("an open heredoc", "FROM a\nRUN <<E\nmake\nUSER b\n", u"line 2: unterminated heredoc"_s, u"RUN <<E"_s);
    row("COPY of a heredoc to nowhere", "FROM a\nCOPY <<E\nx\nE\n",
        u"line 2: COPY requires at least two arguments, but only one was provided. Destination could not be determined"_s,
        u"COPY <<E"_s);
    row("a JSON array half typed is words", "FROM a\nCMD [\"b\", \nUSER c\n", {}, {});
    row("and those SHELL does not take", "FROM a\nSHELL [\"b\", \nUSER c\n",
        u"line 2: SHELL requires the arguments to be in JSON form"_s, u"SHELL [\"b\", "_s);
    row("a JSON array of other things", "FROM a\nCMD [\"b\", 1]\nUSER c\n",
        u"line 2: when using JSON array syntax, arrays must be comprised of strings only"_s, u"[\"b\", 1]"_s);
    row("a variable half typed", "ARG B=1\nFROM a:${B\nUSER c\n",
        u"line 2: failed to process \"a:${B\": unsupported modifier (\uFFFD) in substitution"_s, u"a:${B"_s);
    row("a directive twice", "# escape=`\n# escape=`\nFROM a\n",
        u"line 1: only one escape parser directive can be used"_s, u"# escape=`"_s);
}

void ToleranceTest::pointsAtTheFault()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, error);
    QFETCH(QString, underlined);
    const Reading reading(text);
    const StageGraph graph = resolve(reading.dockerfile);
    if (error.isEmpty()) {
        QVERIFY(graph.problems.empty());
        return;
    }
    QCOMPARE(graph.problems.size(), 1U);
    const GraphProblem& problem = graph.problems.front();
    const QString bare =
        shown(problem.message).remove(u"dockerfile parse error on line %1: "_s.arg(problem.lines.first));
    QCOMPARE(located(bare.toStdString(), problem.lines), error);
    QCOMPARE(reading.at(problem.span), underlined);
}

void ToleranceTest::readsOnBehindAnOpenHeredoc_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("instructions"); // with their lines

    QTest::newRow("at the next instruction")
        << "FROM a\nRUN <<E\nmake\nCOPY b c\nCMD d\n"_ba << u"FROM 1-1, RUN 2-3, COPY 4-4, CMD 5-5"_s;
    QTest::newRow("at the next stage, in any case")
        << "from a\nrun <<E\nmake\nenv A=1 b\nfrom a as b\nuser c\n"_ba << u"FROM 1-1, RUN 2-4, FROM 5-5, USER 6-6"_s;
    QTest::newRow("not at what a script may say")
        << "FROM a\nRUN python <<E\nfrom os import path\n CMD x\nE2\nUSER b\n"_ba << u"FROM 1-1, RUN 2-5, USER 6-6"_s;
    QTest::newRow("nor at a keyword alone") << "FROM a\nRUN <<E\nRUN\nUSER b\n"_ba << u"FROM 1-1, RUN 2-3, USER 4-4"_s;
    QTest::newRow("the first of two that is open")
        << "FROM a\nCOPY <<E <<F /b/\nx\nUSER c\n"_ba << u"FROM 1-1, COPY 2-3, USER 4-4"_s;
    QTest::newRow("one that is closed holds anything")
        << "FROM a\nRUN <<E\nFROM b\nE\nUSER c\n"_ba << u"FROM 1-1, RUN 2-4, USER 5-5"_s;
    QTest::newRow("to the end where nothing follows") << "FROM a\nRUN <<E\nmake\n\n"_ba << u"FROM 1-1, RUN 2-4"_s;
}

void ToleranceTest::readsOnBehindAnOpenHeredoc()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, instructions);
    const Reading reading(text);
    QStringList found;
    for (const Instruction& one : reading.dockerfile.instructions)
        found << u"%1 %2-%3"_s.arg(shown(keywordName(one.keyword))).arg(one.lines.first).arg(one.lines.last);
    QCOMPARE(found.join(u", "_s), instructions);
}

void ToleranceTest::knowsAStageAgain_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QList<int>>("now"); // by stage; -1: gone

    const QByteArray two = "FROM a AS x\nRUN 1\nFROM b\nRUN 2\n";
    QTest::newRow("another name, being typed") << two << "FROM a AS xy\nRUN 1\nFROM b\nRUN 2\n"_ba << QList{0, 1};
    QTest::newRow("another base, being typed") << two << "FROM a AS x\nRUN 1\nFROM bb\nRUN 2\n"_ba << QList{0, 1};
    QTest::newRow("a FROM that has lost its image") << two << "FROM a AS x\nRUN 1\nFROM \nRUN 2\n"_ba << QList{0, 1};
    QTest::newRow("a stage above") << two << "FROM new\nFROM a AS x\nRUN 1\nFROM b\nRUN 2\n"_ba << QList{1, 2};
    QTest::newRow("a FROM that is none any more") << two << "FROM a AS x\nRUN 1\nFRO b\nRUN 2\n"_ba << QList{0, -1};
    const QByteArray alike = "FROM a\nRUN 1\nFROM a\nCOPY --from=0 1 2\nFROM a\nCOPY b c\n";
    QTest::newRow("of three alike the first is gone")
        << alike << "RUN 1\nFROM a\nCOPY --from=0 1 2\nFROM a\nCOPY b c\n"_ba << QList{-1, 0, 1};
    QTest::newRow("of three alike the last is gone")
        << alike << "FROM a\nRUN 1\nFROM a\nCOPY --from=0 1 2\nCOPY b c\n"_ba << QList{0, 1, -1};
    QTest::newRow("one more is put between")
        << alike << "FROM a\nRUN 1\nFROM a\nFROM a\nCOPY --from=0 1 2\nFROM a\nCOPY b c\n"_ba << QList{0, 2, 3};
}

void ToleranceTest::knowsAStageAgain()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QList<int>, now);
    const Reading first(before);
    const Reading second(after);
    const auto found = successors(resolve(first.dockerfile), resolve(second.dockerfile));
    for (int stage = 0; stage < now.size(); ++stage) {
        const auto place = found.find(stageNode(stage));
        QCOMPARE(place == found.end() ? -1 : place->second.index, now[stage]);
    }
}

QTEST_GUILESS_MAIN(ToleranceTest)
#include "tolerance_test.moc"
