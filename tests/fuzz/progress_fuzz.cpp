// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any bytes are what an engine prints. Each reader says the same of them however a pipe cuts them, what it says fits a
// Dockerfile, and no output of a step draws over a screen or gives a secret away.

#include "core/engine/critical_path.h"
#include "core/engine/log_lines.h"
#include "core/engine/log_text.h"
#include "core/engine/secrets.h"
#include "core/engine/step_book.h"
#include "tests/engine/progress_recorder.h"
#include "tests/fuzz/require.h"

#include <array>
#include <map>
#include <random>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::fuzz;

namespace {

using Maker = std::unique_ptr<Progress> (*)(ProgressSink);
constexpr std::array<Maker, 4> kReaders{rawJsonProgress, plainProgress, classicProgress, podmanProgress};

/// The stages that the recorded builds are of.
constexpr const char* kDockerfile = "FROM scratch AS tools\nCOPY busybox /bin/busybox\nRUN [\"/bin/busybox\"]\n"
                                    "FROM tools AS build\nRUN echo\n"
                                    "FROM tools\nCOPY --from=build /bin/busybox /copy\nRUN exit 3\n";

/// The bytes in pieces, cut by chance: the same for the same bytes.
QList<QByteArrayView> cut(QByteArrayView bytes, unsigned seed)
{
    std::minstd_rand random(seed);
    QList<QByteArrayView> pieces;
    while (!bytes.isEmpty()) {
        const qsizetype longest = random() % 2 == 0 ? 3 : 200;
        const qsizetype size = std::min<qsizetype>(bytes.size(), 1 + random() % longest);
        pieces << bytes.first(size);
        bytes = bytes.sliced(size);
    }
    return pieces;
}

/// One reading of a stream: what the reader says, and what is made of it.
class Reading {
public:
    Reading(Maker maker, const AnalysisPtr& analysis, const QList<QByteArrayView>& pieces, bool succeeded)
        : m_analysis(analysis), m_book(analysis, {u"tools"_s, u"build"_s, QString()})
    {
        const ProgressSink record = m_recorder.sink();
        const auto progress = maker({[&](StepEvent event) {
                                         event.milliseconds = 0; // which some readers measure by the clock
                                         record.step(event);
                                         take(event);
                                     },
                                     [&](const QString& id, QByteArrayView bytes) {
                                         record.log(id, bytes);
                                         const QString text = m_logs[id].feed(bytes);
                                         requireShowable(text);
                                         QByteArray lines;
                                         m_lines[id].feed(text, lines);
                                         requireLines(lines);
                                     }});
        for (const QByteArrayView piece : pieces)
            progress->feed(piece);
        progress->finish(succeeded);
        const CriticalPath path = criticalPath(m_book.steps(), 0);
        require(path.milliseconds <= path.total, "a critical path is no longer than the build");
    }

    [[nodiscard]] QByteArray text() { return m_recorder.text(); }

private:
    void take(const StepEvent& event)
    {
        const QList<BuildStep> changed = m_book.take(event);
        require(m_book.stepId(event.id).isEmpty() == event.id.isEmpty() || changed.isEmpty() ||
                    !changed.constFirst().id.isEmpty(),
                "a step has an id");
        for (const BuildStep& step : changed) {
            require(step.stage >= -1 && std::cmp_less(step.stage, m_analysis->graph.stages.size()),
                    "a step is of a stage of the file, or of none");
            require(step.instruction >= -1 &&
                        std::cmp_less(step.instruction, m_analysis->dockerfile.instructions.size()),
                    "a step is of an instruction of the file, or of none");
            require(step.startedAt >= -1 && (step.endedAt == -1 || step.endedAt >= step.startedAt),
                    "a step begins after the build, and ends after it began");
        }
    }

    static void requireShowable(const QString& text)
    {
        const auto isControl = [](QChar c) { return c.category() == QChar::Other_Control && c != u'\n' && c != u'\t'; };
        require(std::ranges::none_of(plainText(text), isControl), "a log holds no control character but its styles");
    }

    static void requireLines(const QByteArray& lines)
    {
        require(lines.isEmpty() || lines.endsWith('\n'), "a line has an end");
        for (const QByteArray& line : lines.split('\n')) {
            const StyledLine styled = styledLine(QString::fromUtf8(line));
            require(styled.text.size() <= LogLines::kLongest && !styled.text.contains(u'\x1b'), "a line can be shown");
            for (const StyledRun& run : styled.runs)
                require(run.begin >= 0 && run.size > 0 && run.begin + run.size <= styled.text.size(),
                        "a style is of characters of its line");
        }
    }

    AnalysisPtr m_analysis;
    StepBook m_book;
    test::Recorder m_recorder;
    std::map<QString, LogText> m_logs;
    std::map<QString, LogLines> m_lines;
};

/// What is shown of a log, which may hold secrets, comes out the same in pieces.
void requireRedacted(QByteArrayView bytes, const QList<QByteArrayView>& pieces)
{
    const QStringList secrets{u"RUN"_s, u"N make"_s, u"aab"_s};
    LogText whole;
    const QString text = Redactor(secrets).clean(whole.feed(bytes));
    LogText log;
    Redactor redactor(secrets);
    QString together;
    for (const QByteArrayView piece : pieces)
        together += redactor.feed(log.feed(piece));
    together += redactor.flush();
    require(together == text, "a log in pieces is shown as the whole");
    for (const QString& secret : secrets)
        require(!withoutStyles(together).contains(secret), "no secret is shown, painted or not");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const AnalysisPtr analysis = analyse(kDockerfile);
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const auto seed = static_cast<unsigned>(qHash(bytes));
    const bool succeeded = seed % 2 == 0;
    const QList<QByteArrayView> pieces = cut(bytes, seed);
    for (const Maker reader : kReaders)
        require(Reading(reader, analysis, {bytes}, succeeded).text() ==
                    Reading(reader, analysis, pieces, succeeded).text(),
                "a stream in pieces says the same as the whole");
    requireRedacted(bytes, pieces);
    return 0;
}
