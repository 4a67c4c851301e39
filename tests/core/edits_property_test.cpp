// SPDX-License-Identifier: GPL-3.0-or-later
//
// What holds for every edit of every Dockerfile: it can be undone byte for byte, brings no error in, and changes in
// the graph what it is to change and nothing else. So does what a refusal offers instead. Over Dockerfiles made up by
// chance, and over real ones where the corpus is at hand.

#include "core/edit_outcome.h"
#include "core/every_edit.h"

#include <QDirIterator>
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

constexpr unsigned kSeed = 20260823;
constexpr int kMadeUp = 60;
constexpr int kEnough = 50000; // edits tried over the corpus
constexpr auto kFolders = {"real", "literals", "lint", "testfiles", "probes"};
constexpr qsizetype kFilesARow = 150;

/// What came of many files.
struct Tally {
    int files = 0;
    int made = 0;
    int refused = 0;
    int remedies = 0;
    std::map<std::string_view, int> madeBy;
    QString complaint; // the first, with the file's name

    void add(const QString& name, const EveryEdit& edits)
    {
        ++files;
        made += edits.made;
        refused += edits.refused;
        remedies += edits.remedies;
        for (const auto& [what, times] : edits.madeBy)
            madeBy[what] += times;
        if (complaint.isEmpty() && !edits.complaint.empty())
            complaint = name + u'\n' + QString::fromStdString(edits.complaint);
    }
    Tally& operator+=(const Tally& other)
    {
        files += other.files;
        made += other.made;
        refused += other.refused;
        remedies += other.remedies;
        return *this;
    }
    [[nodiscard]] int tried() const { return made + refused; }
    [[nodiscard]] QString inWords() const
    {
        return u"%1 files: %2 edits made, %3 refused, %4 of them with a remedy"_s.arg(files).arg(made).arg(refused).arg(
            remedies);
    }
};

QString corpusFolder(const QString& name)
{
    return QStringLiteral(STAGELIFT_SOURCE_DIR "/../shared/corpus/files/") + name;
}

QStringList dockerfilesIn(const QString& folder)
{
    QStringList paths;
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (path.contains(u"ockerfile"_s) && !path.endsWith(u"buildargs"_s) && !path.endsWith(u"ignore"_s))
            paths << path;
    }
    paths.sort();
    return paths;
}

/// Tries all on every text, on as many threads as there are processors; the same dice for the same text.
Tally triedOn(qsizetype count, const std::function<std::pair<QString, std::string>(qsizetype)>& text)
{
    Tally tally;
    std::mutex guard;
    std::atomic<qsizetype> next = 0;
    const auto work = [&] {
        for (qsizetype index = next++; index < count; index = next++) {
            const auto [name, bytes] = text(index);
            EveryEdit edits(bytes, kSeed + static_cast<unsigned>(index));
            edits.tryAll();
            const std::lock_guard lock(guard);
            tally.add(name, edits);
        }
    };
    std::vector<std::jthread> threads(std::max(1U, std::thread::hardware_concurrency()));
    for (std::jthread& thread : threads)
        thread = std::jthread(work);
    threads.clear();
    return tally;
}

} // namespace

class EditsPropertyTest : public QObject {
    Q_OBJECT

private slots:
    void holdsForMadeUpFiles();
    void holdsForRealFiles_data();
    void holdsForRealFiles();
    void triesEnough();
    void refusesWhatIsNotThere();

private:
    Tally m_real;
};

void EditsPropertyTest::holdsForMadeUpFiles()
{
    // Without real files more of these stand in for them.
    const bool hasCorpus = QDir(corpusFolder(u"real"_s)).exists();
    const int count = hasCorpus ? kMadeUp : kMadeUp * 4;
    RandomDockerfile dice(kSeed);
    std::vector<std::string> texts;
    for (int each = 0; each < count; ++each)
        texts.push_back(dice.make());
    const Tally tally = triedOn(
        count, [&](qsizetype index) { return std::pair(u"made up"_s, texts.at(static_cast<std::size_t>(index))); });
    qInfo().noquote() << tally.inWords();
    QVERIFY2(tally.complaint.isEmpty(), qPrintable(tally.complaint));
    for (const auto& [what, times] : tally.madeBy)
        QVERIFY2(times > 10, what.data());
    // Most gestures are fine; a good part is not, stages being picked by chance.
    QVERIFY(tally.made > count * 30);
    QVERIFY(tally.refused > count * 10);
    QVERIFY(tally.remedies > count);
}

void EditsPropertyTest::holdsForRealFiles_data()
{
    QTest::addColumn<QStringList>("paths");

    QTest::newRow("our examples") << dockerfilesIn(QStringLiteral(STAGELIFT_SOURCE_DIR "/resources/examples"));
    for (const auto* const folder : kFolders) {
        const QStringList paths = dockerfilesIn(corpusFolder(QLatin1String(folder)));
        for (qsizetype first = 0; first < paths.size(); first += kFilesARow)
            QTest::addRow("%s from %lld on", folder, static_cast<long long>(first)) << paths.mid(first, kFilesARow);
    }
}

void EditsPropertyTest::holdsForRealFiles()
{
    QFETCH(QStringList, paths);

    const Tally tally = triedOn(paths.size(), [&](qsizetype index) {
        std::ifstream file(paths.at(index).toStdString(), std::ios::binary);
        return std::pair(paths.at(index), std::string(std::istreambuf_iterator<char>(file), {}));
    });
    qInfo().noquote() << tally.inWords();
    QVERIFY2(tally.complaint.isEmpty(), qPrintable(tally.complaint));
    QVERIFY(tally.made > tally.files);
    m_real += tally;
}

void EditsPropertyTest::triesEnough()
{
    if (!QDir(corpusFolder(u"real"_s)).exists())
        QSKIP("The corpus of real Dockerfiles is not at hand.");
    if (m_real.files == 0)
        QSKIP("They were not asked for.");
    qInfo().noquote() << m_real.inWords();
    QVERIFY2(m_real.tried() >= kEnough, qPrintable(QString::number(m_real.tried())));
}

void EditsPropertyTest::refusesWhatIsNotThere()
{
    for (const char* text : {"", "# nothing\n", "FROM a\n"}) {
        const auto analysis = analysisOf(std::string(text));
        for (const int stage : {-1, 1, 7}) {
            QVERIFY(!copyArtifact(*analysis, {{NodeKind::Context, 0}, stage, {"x"}, {}, {}}));
            QVERIFY(!copyArtifact(*analysis, {{}, stage, {"x"}, {}, {}, "a"}));
            QVERIFY(!renameStage(*analysis, stage, "x"));
            QVERIFY(!nameStage(*analysis, stage, "x"));
            QVERIFY(!removeStage(*analysis, stage));
            QVERIFY(!moveStage(*analysis, stage, true));
            QVERIFY(!moveStage(*analysis, stage, false));
            QVERIFY(!changeBase(*analysis, stage, "b"));
            QVERIFY(!retargetCopy(*analysis, 0, stage));
            QVERIFY(!setTag(*analysis, stage, "1"));
            QVERIFY(!setImage(*analysis, stage, "b"));
            QVERIFY(!setPlatform(*analysis, stage, "linux/amd64"));
            QVERIFY(!moveInstruction(*analysis, 0, stage));
            QVERIFY(instructionPlaces(*analysis, stage).empty());
            QVERIFY(baseParts(*analysis, stage).written.name.empty());
        }
        QVERIFY(!removeCopy(*analysis, 9));
        QVERIFY(!retargetSource(*analysis, 9, stageNode(0)));
        QVERIFY(!retargetSourceToImage(*analysis, 9, "b"));
        QVERIFY(!changeDestination(*analysis, 9, "/x"));
        QVERIFY(!setCopySources(*analysis, 9, {"x"}));
        QVERIFY(!setCopyFlag(*analysis, 9, "link", "true"));
        QVERIFY(!setInstructionFlag(*analysis, 9, "link", "true"));
        QVERIFY(!setCopyExcludes(*analysis, 9, {"x"}));
        QVERIFY(!moveInstructions(*analysis, {9}, 0));
    }
}

QTEST_GUILESS_MAIN(EditsPropertyTest)
#include "edits_property_test.moc"
