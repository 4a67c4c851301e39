// SPDX-License-Identifier: GPL-3.0-or-later
//
// Buildah names a step when it begins it, and says "--> id" when the step's layer is there. A step that copies from a
// stage not yet built stays open while that stage is built in between, so open steps are a stack:
//
//     [2/2] STEP 2/3: COPY --from=build /app /app      opened
//     [1/2] STEP 1/2: FROM golang AS build             opened on top
//     [1/2] STEP 2/2: RUN go build                     closes the FROM, which says nothing when it is done
//     --> 536a7c52e624                                 closes RUN go build
//     --> d75b3f5a18df                                 closes the COPY
//
// Buildah that writes the id to a file says nothing of it when a stage ends. The next stage tells, where the last step
// can't be waiting for it.

#include "core/engine/progress.h"

#include <QList>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

/// What a look at its beginning tells, no regular expression need: most lines are the output of a step.
bool mayBePodmans(const QByteArray& line)
{
    constexpr qsizetype kBeginning = 40; // bytes, in which "[12/34] STEP " has room
    const auto beginning = QByteArrayView(line).first(std::min(line.size(), kBeginning));
    if (beginning.startsWith('['))
        return beginning.contains("] STEP ") || beginning.contains("] COMMIT");
    constexpr std::array<QByteArrayView, 5> kWords{"STEP ", "COMMIT", "--> ", "Error: ", "error: "};
    return std::ranges::any_of(kWords, [beginning](QByteArrayView word) { return beginning.startsWith(word); });
}

class PodmanProgress : public Progress {
public:
    explicit PodmanProgress(ProgressSink sink)
        : Progress(std::move(sink)), m_lines([this](const QByteArray& line, char end) { readLine(line, end); })
    {
    }

    void feed(QByteArrayView bytes) override { m_lines.feed(bytes); }
    void finish(bool succeeded) override;

private:
    void readLine(const QByteArray& line, char end);
    void readOutput(const QByteArray& line, char end);
    void open(int stage, int number, const QString& name);
    void closeEnded(int stage);
    void takeFromCache(const QString& id);
    void takeLayer(const QString& id);
    void closeTop(StepState state);
    void closeBefore(int stage);
    void readError(const QString& line);

    LineCutter m_lines;
    QList<StepEvent> m_open;
    bool m_endsStage = false; // the step that was opened last
    QString m_cached;         // the id of the step that came from the cache last
    QString m_error;
};

void PodmanProgress::readLine(const QByteArray& line, char end)
{
    if (!mayBePodmans(line)) {
        readOutput(line, end);
        return;
    }
    static const QRegularExpression stepLine(u"^(?:\\[(\\d+)/\\d+\\] )?STEP (\\d+)(?:/(\\d+))?: (.*)$"_s);
    static const QRegularExpression commit(u"^(?:\\[\\d+/\\d+\\] )?COMMIT( |$)"_s);
    static const QRegularExpression cached(u"^--> Using cache ([0-9a-f]+)$"_s);
    static const QRegularExpression layer(u"^--> ([0-9a-f]{11,64})$"_s);
    const QString text = QString::fromUtf8(line);
    if (const auto match = stepLine.match(text); match.hasMatch()) {
        const int stage = match.hasCaptured(1) ? match.captured(1).toInt() - 1 : 0;
        closeEnded(stage);
        open(stage, match.captured(2).toInt(), match.captured(4));
        m_endsStage = match.captured(2) == match.captured(3);
    } else if (const auto found = cached.match(text); found.hasMatch()) {
        takeFromCache(found.captured(1));
    } else if (const auto made = layer.match(text); made.hasMatch()) {
        takeLayer(made.captured(1));
    } else if (commit.match(text).hasMatch()) {
        log({}, line + '\n');
    } else {
        readOutput(line, end);
        readError(text);
    }
}

void PodmanProgress::readOutput(const QByteArray& line, char end)
{
    if (!line.isEmpty())
        log(m_open.isEmpty() ? QString() : m_open.constLast().id, line + end);
}

void PodmanProgress::open(int stage, int number, const QString& name)
{
    closeBefore(stage);
    StepEvent opened{.id = u"stage %1 step %2"_s.arg(stage).arg(number),
                     .solve = {},
                     .name = name,
                     .stage = stage,
                     .number = number,
                     .error = {}};
    begin(opened);
    m_open.append(opened);
    step(opened);
}

/// Another stage begins: the one before is over, unless its last step is what needs this one.
void PodmanProgress::closeEnded(int stage)
{
    static const QRegularExpression needsOther(u"^FROM\\b|\\bfrom="_s, QRegularExpression::CaseInsensitiveOption);
    if (m_endsStage && !m_open.isEmpty() && m_open.constLast().stage != stage &&
        !needsOther.match(m_open.constLast().name).hasMatch())
        closeTop(StepState::Done);
}

/// A stage goes on: its step before is over, and so is whatever was built for that step's sake.
void PodmanProgress::closeBefore(int stage)
{
    const auto first = std::ranges::find(m_open, stage, &StepEvent::stage);
    const auto left = std::distance(m_open.begin(), first);
    while (m_open.size() > left)
        closeTop(StepState::Done);
}

/// The step is over with that. Podman says "--> id" of it behind it; Buildah, which writes the id to a file, does not.
void PodmanProgress::takeFromCache(const QString& id)
{
    closeTop(StepState::Cached);
    m_cached = id;
}

/// A step is over, unless this is the echo of one that came from the cache.
void PodmanProgress::takeLayer(const QString& id)
{
    if (!std::exchange(m_cached, {}).startsWith(id))
        closeTop(StepState::Done);
}

void PodmanProgress::closeTop(StepState state)
{
    if (m_open.isEmpty())
        return;
    StepEvent top = m_open.takeLast();
    end(top, state);
    step(top);
}

/// A step may print such a line too. The engine's is the last, and counts only where the build has failed.
void PodmanProgress::readError(const QString& line)
{
    static const QRegularExpression error(u"^[Ee]rror: (?:building at STEP \".*\": )?(.*)$"_s);
    if (const auto match = error.match(line); match.hasMatch())
        m_error = match.captured(1);
}

void PodmanProgress::finish(bool succeeded)
{
    m_lines.flush();
    if (!succeeded && !m_open.isEmpty()) {
        m_open.last().error = m_error;
        closeTop(StepState::Failed);
    }
    while (!m_open.isEmpty())
        closeTop(succeeded ? StepState::Done : StepState::Stopped);
}

} // namespace

std::unique_ptr<Progress> podmanProgress(ProgressSink sink)
{
    return std::make_unique<PodmanProgress>(std::move(sink));
}

} // namespace stagelift
