// SPDX-License-Identifier: GPL-3.0-or-later
//
// What holds for every edit of every Dockerfile: it can be undone byte for byte, brings no error in, and changes in
// the graph what it is to change and nothing else. Over Dockerfiles made up by chance, and over real ones where the
// corpus is at hand.

#include "core/edit_outcome.h"
#include "core/random_dockerfile.h"

#include <QDirIterator>
#include <QtTest>

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

constexpr unsigned kSeed = 20260823;
constexpr int kMadeUp = 250;

using StageMap = std::function<int(int)>; // -1: gone

int same(int stage)
{
    return stage;
}

/// An edge as one line of text, its stages renumbered.
std::string line(const StageGraph& graph, const Edge& edge, const StageMap& now)
{
    const std::string from =
        edge.from.kind == NodeKind::Stage ? std::format("#{}", now(edge.from.index)) : graph.label(edge.from);
    return std::format("{} -> {} {} {} {}", from, now(edge.to), static_cast<int>(edge.kind), edge.paths.size(),
                       edge.destination);
}

/// All edges but those left out, sorted.
std::vector<std::string> lines(const StageGraph& graph, const StageMap& now = same,
                               const std::function<bool(const Edge&)>& leftOut = {})
{
    std::vector<std::string> all;
    for (const Edge& edge : graph.edges) {
        if (!leftOut || !leftOut(edge))
            all.push_back(line(graph, edge, now));
    }
    std::ranges::sort(all);
    return all;
}

std::vector<std::string> with(std::vector<std::string> all, std::string one)
{
    all.push_back(std::move(one));
    std::ranges::sort(all);
    return all;
}

/// Tries every operation on one text; `complaint` is what went wrong first.
class Trial {
public:
    Trial(const std::string& text, RandomDockerfile& dice) : m_before(analysisOf(text)), m_dice(dice) {}

    QString complaint;
    int done = 0;    // edits made
    int refused = 0; // and not made

    void tryAll()
    {
        const int stages = static_cast<int>(graph().stages.size());
        if (stages == 0)
            return;
        const int one = m_dice.below(stages);
        const int other = m_dice.below(stages);
        tryCopy(one, other);
        tryRename(one);
        tryMove(one);
        tryRemoveStage(other);
        tryAddStage();
        if (graph().edges.empty())
            return;
        const auto edge = static_cast<std::size_t>(m_dice.below(static_cast<int>(graph().edges.size())));
        tryRemoveEdge(edge);
        tryRetarget(edge, one);
        tryDestination(edge);
    }

private:
    const StageGraph& graph() const { return m_before->graph; }

    void complain(std::string_view what, std::string_view detail)
    {
        if (complaint.isEmpty())
            complaint = QString::fromStdString(std::format("{}: {}\n{}", what, detail, m_before->source.bytes()));
    }

    /// What holds for every edit. Then the graph is to be as expected.
    void judge(std::string_view what, const EditOutcome& outcome, const std::vector<std::string>& expected)
    {
        if (!outcome) {
            ++refused;
            if (outcome.error().reason.empty())
                complain(what, "refused without a reason");
            return;
        }
        ++done;
        const std::string_view before = m_before->source.bytes();
        TextEdits sorted = outcome->edits;
        if (!normalise(sorted) || sorted != outcome->edits)
            complain(what, "edits out of order");
        const std::string after = applied(before, outcome->edits);
        if (applied(after, inverse(before, outcome->edits)) != before)
            complain(what, "can't be undone");
        if (outcome->select.end > after.size() || outcome->select.begin > outcome->select.end)
            complain(what, "selects what is not there");
        const auto read = analysisOf(after);
        if (read->dockerfile.errors.size() > m_before->dockerfile.errors.size())
            complain(what, "brings in: " + read->dockerfile.errors.back().message);
        if (lines(read->graph) != expected)
            complain(what, "the graph is another: " + after);
        if (m_before->source.lineEnding() == "\r\n" && before.find("\r\n") != before.npos && !hasMixedEndings(before) &&
            hasMixedEndings(after))
            complain(what, "mixes line endings: " + after);
    }

    static bool hasMixedEndings(std::string_view text)
    {
        const auto feeds = std::ranges::count(text, '\n');
        std::ptrdiff_t pairs = 0;
        for (auto at = text.find("\r\n"); at != text.npos; at = text.find("\r\n", at + 2))
            ++pairs;
        return pairs != 0 && pairs != feeds;
    }

    void tryCopy(int source, int target)
    {
        const auto outcome = copyArtifact(*m_before, {stageNode(source), target, {"/new file"}, "/new place", {}});
        judge("copy", outcome, with(lines(graph()), std::format("#{} -> {} 1 1 /new place", source, target)));
        if (outcome && source >= target)
            complain("copy", "from a stage that is not above");
        const auto fromContext = copyArtifact(*m_before, {{NodeKind::Context, 0}, target, {"x"}, "/y", {}});
        judge("copy from the context", fromContext, with(lines(graph()), std::format("context -> {} 1 1 /y", target)));
    }

    void tryRename(int stage)
    {
        const auto outcome = renameStage(*m_before, stage, "quite-new");
        judge("rename", outcome, lines(graph()));
        if (outcome &&
            analysisOf(applied(m_before->source.bytes(), outcome->edits))->graph.stages[stage].name != "quite-new")
            complain("rename", "is not called so");
    }

    void tryMove(int stage)
    {
        const bool up = m_dice.chance(2);
        const int other = up ? stage - 1 : stage + 1;
        const auto now = [&](int index) { return index == stage ? other : index == other ? stage : index; };
        judge("move", moveStage(*m_before, stage, up), lines(graph(), now));
    }

    void tryRemoveStage(int stage)
    {
        const auto now = [&](int index) { return index == stage ? -1 : index > stage ? index - 1 : index; };
        judge("remove stage", removeStage(*m_before, stage),
              lines(graph(), now, [&](const Edge& edge) { return edge.to == stage; }));
    }

    void tryAddStage()
    {
        judge("add stage", addStage(*m_before, "busybox", "quite-new"),
              with(lines(graph()), std::format("busybox -> {} 0 0 ", graph().stages.size())));
    }

    void tryRemoveEdge(std::size_t index)
    {
        const Edge& removed = graph().edges[index];
        const auto gone = [&](const Edge& edge) {
            return edge.instruction == removed.instruction &&
                   (edge.kind != EdgeKind::Mount ||
                    (edge.specSpan == removed.specSpan && edge.destination == removed.destination));
        };
        judge("remove edge", removeCopy(*m_before, index), lines(graph(), same, gone));
    }

    void tryRetarget(std::size_t index, int source)
    {
        const Edge& changed = graph().edges[index];
        if (changed.isTrigger || changed.kind == EdgeKind::Base) // which bring more along than themselves
            return;
        Edge now = changed;
        now.from = stageNode(source);
        const auto isIt = [&](const Edge& edge) { return &edge == &changed; };
        judge("retarget", retargetSource(*m_before, index, stageNode(source)),
              with(lines(graph(), same, isIt), line(graph(), now, same)));
    }

    void tryDestination(std::size_t index)
    {
        const Edge& changed = graph().edges[index];
        if (changed.isTrigger)
            return;
        Edge now = changed;
        now.destination = "/quite/new/";
        const auto isIt = [&](const Edge& edge) { return &edge == &changed; };
        judge("destination", changeDestination(*m_before, index, "/quite/new/"),
              with(lines(graph(), same, isIt), line(graph(), now, same)));
    }

    std::unique_ptr<Analysis> m_before;
    RandomDockerfile& m_dice;
};

} // namespace

class EditsPropertyTest : public QObject {
    Q_OBJECT

private slots:
    void holdsForMadeUpFiles();
    void holdsForRealFiles_data();
    void holdsForRealFiles();
    void refusesWhatIsNotThere();
};

void EditsPropertyTest::holdsForMadeUpFiles()
{
    RandomDockerfile dice(kSeed);
    int done = 0;
    int refused = 0;
    for (int count = 0; count < kMadeUp; ++count) {
        Trial trial(dice.make(), dice);
        trial.tryAll();
        QVERIFY2(trial.complaint.isEmpty(), qPrintable(trial.complaint));
        done += trial.done;
        refused += trial.refused;
    }
    // Most gestures are fine; a good part is not, stages being picked by chance.
    QVERIFY2(done > kMadeUp * 4, qPrintable(QString::number(done)));
    QVERIFY2(refused > kMadeUp, qPrintable(QString::number(refused)));
}

void EditsPropertyTest::holdsForRealFiles_data()
{
    QTest::addColumn<QString>("folder");

    const QString corpus = QStringLiteral(STAGELIFT_SOURCE_DIR "/../shared/corpus/files");
    QTest::newRow("our examples") << QStringLiteral(STAGELIFT_SOURCE_DIR "/resources/examples");
    for (const auto* const folder : {"real", "literals", "lint", "testfiles", "probes"}) {
        const QString path = corpus + u'/' + QLatin1String(folder);
        if (QDir(path).exists())
            QTest::newRow(folder) << path;
    }
}

void EditsPropertyTest::holdsForRealFiles()
{
    QFETCH(QString, folder);

    RandomDockerfile dice(kSeed);
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (!path.contains(u"ockerfile"_s) || path.endsWith(u"buildargs"_s) || path.endsWith(u"ignore"_s))
            continue;
        std::ifstream file(path.toStdString(), std::ios::binary);
        Trial trial(std::string(std::istreambuf_iterator<char>(file), {}), dice);
        trial.tryAll();
        QVERIFY2(trial.complaint.isEmpty(), qPrintable(path + u'\n' + trial.complaint));
    }
}

void EditsPropertyTest::refusesWhatIsNotThere()
{
    for (const char* text : {"", "# nothing\n", "FROM a\n"}) {
        const auto analysis = analysisOf(std::string(text));
        for (const int stage : {-1, 1, 7}) {
            QVERIFY(!copyArtifact(*analysis, {{NodeKind::Context, 0}, stage, {"x"}, {}, {}}));
            QVERIFY(!renameStage(*analysis, stage, "x"));
            QVERIFY(!nameStage(*analysis, stage, "x"));
            QVERIFY(!removeStage(*analysis, stage));
            QVERIFY(!moveStage(*analysis, stage, true));
            QVERIFY(!moveStage(*analysis, stage, false));
            QVERIFY(!changeBase(*analysis, stage, "b"));
            QVERIFY(!retargetCopy(*analysis, 0, stage));
        }
        QVERIFY(!removeCopy(*analysis, 9));
        QVERIFY(!retargetSource(*analysis, 9, stageNode(0)));
        QVERIFY(!changeDestination(*analysis, 9, "/x"));
    }
}

QTEST_GUILESS_MAIN(EditsPropertyTest)
#include "edits_property_test.moc"
