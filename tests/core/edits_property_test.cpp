// SPDX-License-Identifier: GPL-3.0-or-later
//
// What holds for every edit of every Dockerfile: it can be undone byte for byte, brings no error in, and changes in
// the graph what it is to change and nothing else. Over Dockerfiles made up by chance, and over real ones where the
// corpus is at hand.

#include "core/edit_outcome.h"
#include "core/edits/settings.h"
#include "core/random_dockerfile.h"
#include "core/stage_trials.h"

#include <QDirIterator>
#include <QtTest>

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

constexpr unsigned kSeed = 20260823;
constexpr int kMadeUp = 250;

/// Tries every operation on one text; `complaint` is what went wrong first.
class Trials {
public:
    Trials(const std::string& text, RandomDockerfile& dice) : m_before(analysisOf(text)), m_dice(dice) {}

    QString complaint;
    int done = 0;    // edits made
    int refused = 0; // and not made
    std::map<std::string_view, int> doneBy;

    void tryAll()
    {
        const int stages = static_cast<int>(graph().stages.size());
        if (stages == 0)
            return;
        const int one = m_dice.below(stages);
        const int other = m_dice.below(stages);
        tryOnStages(one, other);
        if (graph().edges.empty())
            return;
        tryOnEdge(static_cast<std::size_t>(m_dice.below(static_cast<int>(graph().edges.size()))), one);
    }

private:
    const StageGraph& graph() const { return m_before->graph; }

    void tryOnStages(int one, int other)
    {
        const Trial copy = copyTrial(*m_before, {stageNode(one), other, {"/new file"}, "/new place", {}});
        judge(copy);
        if (copy.outcome && one >= other)
            complain(copy.what, "from a stage that is not above");
        judge(copyTrial(*m_before, {{NodeKind::Context, 0}, other, {"x"}, "/y", {}}));
        judge(renameTrial(*m_before, one, "quite-new"));
        judge(moveTrial(*m_before, one, m_dice.chance(2)));
        judge(removeStageTrial(*m_before, other));
        judge(addStageTrial(*m_before, "busybox", "quite-new"));
        judge(changeBaseTrial(*m_before, one, graph().stages[other].isNamed() ? graph().stages[other].name : "a:1"));
        tryOnWholeStages(one, other);
    }

    void tryOnWholeStages(int one, int other)
    {
        judge(removeWithUsesTrial(*m_before, one));
        judge(moveToTrial(*m_before, one, m_dice.chance(3) ? static_cast<int>(graph().stages.size()) : other));
        judge(duplicateTrial(*m_before, one, m_dice.chance(2) ? "" : "quite-new"));
        judge(nameIndicesTrial(*m_before));
        for (const Stage& stage : graph().stages) // most are refused
            judge(inlineTrial(*m_before, stage.index));
        SplitIntent intent{other, {}, {"/new", "/new place/f.txt", "/new place/g.txt", "here"}, "quite-new"};
        const Stage& split = graph().stages[other];
        for (std::size_t index = split.firstInstruction + 1; index < split.endInstruction; ++index) {
            if (m_dice.chance(2) && edits::partOf(m_before->dockerfile.instructions[index]) != edits::Part::Describe)
                intent.instructions.push_back(index);
        }
        if (m_dice.chance(2))
            intent.survivors.pop_back();
        judge(splitTrial(*m_before, intent));
    }

    void tryOnEdge(std::size_t edge, int stage)
    {
        judge(removeEdgeTrial(*m_before, edge));
        judge(retargetTrial(*m_before, edge, stageNode(stage)));
        judge(moveEdgeTrial(*m_before, edge, stage));
        judge(destinationTrial(*m_before, edge, "/quite/new/"));
    }

    void judge(const Trial& trial)
    {
        ++(trial.outcome ? done : refused);
        doneBy[trial.what] += trial.outcome && !trial.outcome->edits.empty() ? 1 : 0;
        if (const std::string wrong = flaw(*m_before, trial); !wrong.empty())
            complain(trial.what, wrong);
    }

    void complain(std::string_view what, std::string_view detail)
    {
        if (complaint.isEmpty())
            complaint = QString::fromStdString(std::format("{}: {}\n{}", what, detail, m_before->source.bytes()));
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
    std::map<std::string_view, int> doneBy;
    for (int count = 0; count < kMadeUp; ++count) {
        Trials trials(dice.make(), dice);
        trials.tryAll();
        QVERIFY2(trials.complaint.isEmpty(), qPrintable(trials.complaint));
        done += trials.done;
        refused += trials.refused;
        for (const auto& [what, times] : trials.doneBy)
            doneBy[what] += times;
    }
    for (const auto& [what, times] : doneBy)
        QVERIFY2(times > 10, what.data());
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
        Trials trials(std::string(std::istreambuf_iterator<char>(file), {}), dice);
        trials.tryAll();
        QVERIFY2(trials.complaint.isEmpty(), qPrintable(path + u'\n' + trials.complaint));
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
            QVERIFY(!removeStage(*analysis, stage, Uses::Remove));
            QVERIFY(removalOf(*analysis, stage).isAlone());
            QVERIFY(!moveStageTo(*analysis, stage, 0));
            QVERIFY(!duplicateStage(*analysis, stage, ""));
            QVERIFY(!inlineStage(*analysis, stage));
            QVERIFY(!splitStage(*analysis, {stage, {0}, {"/x"}, ""}));
            QVERIFY(!changeBase(*analysis, stage, "b"));
            QVERIFY(!retargetCopy(*analysis, 0, stage));
        }
        QVERIFY(!splitStage(*analysis, {0, {9}, {"/x"}, ""}));
        QVERIFY(!moveStageTo(*analysis, 0, 9));
        QVERIFY(!removeCopy(*analysis, 9));
        QVERIFY(!retargetSource(*analysis, 9, stageNode(0)));
        QVERIFY(!changeDestination(*analysis, 9, "/x"));
    }
}

QTEST_GUILESS_MAIN(EditsPropertyTest)
#include "edits_property_test.moc"
