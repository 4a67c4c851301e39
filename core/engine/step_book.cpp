// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/step_book.h"

#include "core/engine/waits.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <tuple>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

/// The instructions that BuildKit numbers in a stage's steps (dockerfile2llb/convert.go: cmdTotal).
constexpr std::array numbered{Keyword::Add, Keyword::Copy, Keyword::Run, Keyword::Workdir};

/// One of several states of a step stands for it: the first in this row that any of the builds reports.
constexpr std::array precedence{StepState::Failed, StepState::Running, StepState::Done,
                                StepState::Cached, StepState::Stopped, StepState::Waiting};

bool isOpen(StepState state)
{
    return state == StepState::Waiting || state == StepState::Running;
}

} // namespace

StepBook::StepBook(AnalysisPtr analysis, const QStringList& stageNames) : m_analysis(std::move(analysis))
{
    for (qsizetype i = 0; i < stageNames.size(); ++i) {
        const QString& name = stageNames.at(i);
        m_stageOf.insert(name.isEmpty() ? u"stage-%1"_s.arg(i) : name.toLower(), static_cast<int>(i));
    }
    if (stageNames.size() == 1)
        m_stageOf.insert(QString(), 0);
}

QList<BuildStep> StepBook::take(const StepEvent& event)
{
    VertexName name;
    name.text = event.name;
    if (event.number == 0)
        name = vertexName(event.name, event.inBake);
    const QString id = idOf(event, name);
    m_idOf.insert(event.id, id);
    const bool known = m_place.contains(id);
    if (!known) {
        m_place.insert(id, m_steps.size());
        m_steps.append(newStep(id, event, name));
    }

    const qint64 started = name.byClient ? 0 : event.started;
    const qint64 completed = name.byClient ? 0 : event.completed;
    const bool moved = hear(started, completed);
    BuildStep& step = m_steps[m_place.value(id)];
    const BuildStep before = step;
    auto& said = m_said[id];
    said.insert(u"%1/%2/%3"_s.arg(event.solve, name.solve, event.id),
                {event.state, event.milliseconds, event.error, started, completed, event.inputs});
    merge(step, said);
    mergeTimes(step, said);
    step.waitedFor = waits(step, said);
    if (moved) {
        QList<BuildStep> run;
        std::ranges::copy_if(m_steps, std::back_inserter(run),
                             [](const BuildStep& each) { return each.startedAt >= 0; });
        return run;
    }
    const auto looks = [](const BuildStep& each) {
        return std::tie(each.state, each.startedAt, each.endedAt, each.waitedFor);
    };
    return known && looks(step) == looks(before) ? QList<BuildStep>() : QList{step};
}

std::optional<BuildStep> StepBook::take(const QString& eventId, qint64 bytes, qint64 all)
{
    const auto place = m_place.constFind(m_idOf.value(eventId));
    if (place == m_place.cend() || m_steps.at(*place).transferred >= bytes)
        return std::nullopt;
    BuildStep& step = m_steps[*place];
    step.transferred = bytes;
    step.toTransfer = all;
    return step;
}

/// Every solve has a vertex of its own for a step that others do too, and may leave it waiting for good when another
/// one's serves: what they share is the name. What is of no instruction each run does for itself, and each solve of a
/// run exports for itself. Plain progress numbers its steps anew in every build.
QString StepBook::idOf(const StepEvent& event, const VertexName& name)
{
    if (event.number > 0) // not of BuildKit
        return event.id;
    QString id = u"%1 %2 %3"_s.arg(name.stage).arg(name.number).arg(name.text);
    if (name.number == 0)
        id += u" %1 %2"_s.arg(event.solve, name.internal ? QString() : name.solve);
    return id;
}

/// Learns what time it is for the engine.
/// @returns true where steps that began later are thereby further from the beginning.
bool StepBook::hear(qint64 started, qint64 completed)
{
    if (const qint64 told = std::max(started, completed); told > m_latest) {
        m_latest = told;
        m_sinceLatest.start();
    }
    if (started <= 0 || (m_origin > 0 && started >= m_origin))
        return false;
    const qint64 earlier = m_origin - started;
    if (std::exchange(m_origin, started) == 0)
        return false;
    for (BuildStep& step : m_steps) {
        if (step.startedAt >= 0)
            step.startedAt += earlier;
        if (step.endedAt >= 0)
            step.endedAt += earlier;
    }
    return true;
}

BuildStep StepBook::newStep(const QString& id, const StepEvent& event, const VertexName& name) const
{
    BuildStep step;
    step.id = id;
    step.name = name.text;
    const auto& stages = m_analysis->graph.stages;
    if (event.stage >= 0 && event.stage < static_cast<int>(stages.size())) { // Podman and Buildah
        step.stage = event.stage;
        const auto first = static_cast<int>(stages[static_cast<std::size_t>(event.stage)].firstInstruction);
        step.instruction = checked(qint64(first) + event.number - 1, name.text);
    } else if (event.number > 0) { // the classic builder
        step.instruction = checked(qint64(event.number) - 1, name.text);
        for (const Stage& stage : stages)
            if (std::cmp_less_equal(stage.firstInstruction, step.instruction) &&
                std::cmp_less(step.instruction, stage.endInstruction))
                step.stage = stage.index;
    } else if (name.number > 0) {
        step.stage = m_stageOf.value(name.stage.toLower(), -1);
        step.instruction = instructionOf(step.stage, name);
    }
    return step;
}

int StepBook::instructionOf(int stage, const VertexName& name) const
{
    if (stage < 0)
        return -1;
    const Stage& its = m_analysis->graph.stages[static_cast<std::size_t>(stage)];
    std::vector<int> row;
    if (its.base.kind != NodeKind::Stage && its.base.kind != NodeKind::Scratch)
        row.push_back(static_cast<int>(its.firstInstruction));
    const std::size_t ahead = row.size();
    for (std::size_t i = its.firstInstruction; i < its.endInstruction; ++i)
        if (std::ranges::contains(numbered, m_analysis->dockerfile.instructions[i].keyword))
            row.push_back(static_cast<int>(i));
    // What is too many are the ONBUILD triggers of the base. They come right behind the FROM.
    const auto triggers = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, name.count - std::ssize(row)));
    auto place = static_cast<std::size_t>(name.number - 1);
    if (place >= ahead && place - ahead < triggers)
        return -1;
    place -= place < ahead ? 0 : triggers;
    return place < row.size() ? checked(row[place], name.text) : -1;
}

/// The instruction, if it begins with the same keyword: counting may be off, words are not.
int StepBook::checked(qint64 instruction, const QString& text) const
{
    const auto& instructions = m_analysis->dockerfile.instructions;
    if (instruction < 0 || std::cmp_greater_equal(instruction, instructions.size()))
        return -1;
    const std::string_view keyword = keywordName(instructions[static_cast<std::size_t>(instruction)].keyword);
    const auto expected = QLatin1StringView(keyword.data(), static_cast<qsizetype>(keyword.size()));
    return text.section(u' ', 0, 0).compare(expected, Qt::CaseInsensitive) == 0 ? static_cast<int>(instruction) : -1;
}

void StepBook::merge(BuildStep& step, const QHash<QString, Said>& said)
{
    const auto rank = [](StepState state) { return std::ranges::find(precedence, state); };
    step.state = StepState::Waiting;
    step.milliseconds = 0;
    for (const Said& each : said) {
        if (rank(each.state) < rank(step.state))
            step.state = each.state;
        if (each.state != StepState::Cached)
            step.milliseconds = std::max(step.milliseconds, each.milliseconds);
        if (each.state == StepState::Failed)
            step.error = each.error;
    }
}

/// Builds that do a step together tell of about the same time: from the first begin to the last end. Who finds it in
/// the cache has only looked it up, and of two that did it one after the other it took as long as with the slower one.
void StepBook::mergeTimes(BuildStep& step, const QHash<QString, Said>& said) const
{
    constexpr qint64 kStillRunning = std::numeric_limits<qint64>::max();
    struct Interval {
        qint64 begin;
        qint64 end;
    };
    const bool cached = step.state == StepState::Cached;
    QList<Interval> intervals;
    for (const Said& each : said)
        if (each.started > 0 && (each.state == StepState::Cached) == cached)
            intervals << Interval{each.started,
                                  each.completed == 0 ? kStillRunning : std::max(each.started, each.completed)};
    step.startedAt = step.endedAt = -1;
    if (intervals.isEmpty())
        return;
    std::ranges::sort(intervals, {}, &Interval::begin); // builds are told apart by a hash
    Interval all = *std::ranges::max_element(intervals, {}, [](const Interval& each) { return each.end - each.begin; });
    for (const Interval& each : std::as_const(intervals))
        if (each.begin <= all.end && all.begin <= each.end)
            all = {std::min(all.begin, each.begin), std::max(all.end, each.end)};
    step.startedAt = all.begin - m_origin;
    if (cached)
        step.endedAt = step.startedAt;
    else if (all.end != kStillRunning)
        step.endedAt = all.end - m_origin;
}

/// What the engine says; else what the text tells.
QStringList StepBook::waits(const BuildStep& step, const QHash<QString, Said>& said) const
{
    QStringList ids;
    for (const Said& each : said)
        for (const QString& input : each.inputs)
            if (const QString id = stepId(input); !id.isEmpty() && id != step.id && !ids.contains(id))
                ids << id;
    if (ids.isEmpty())
        return waitsByText(*m_analysis, m_steps, step);
    std::ranges::sort(ids); // the same in whatever order they said so
    return ids;
}

QList<BuildStep> StepBook::closeAll(StepState state)
{
    const qint64 now = m_origin > 0 ? m_latest + m_sinceLatest.elapsed() - m_origin : 0;
    QList<BuildStep> changed;
    for (BuildStep& step : m_steps) {
        if (!isOpen(step.state))
            continue;
        step.state = state;
        if (step.startedAt >= 0 && step.endedAt < 0)
            step.endedAt = std::max(step.startedAt, now);
        changed.append(step);
    }
    return changed;
}

QString StepBook::nameOf(const QString& stepId) const
{
    const qsizetype place = m_place.value(stepId, -1);
    return place < 0 ? QString() : m_steps.at(place).name;
}

std::optional<BuildStep> StepBook::failed() const
{
    const auto step = std::ranges::find(m_steps, StepState::Failed, &BuildStep::state);
    return step == m_steps.end() ? std::nullopt : std::optional(*step);
}

qint64 StepBook::milliseconds(int stage) const
{
    qint64 sum = 0;
    for (const BuildStep& step : m_steps)
        if (step.stage == stage)
            sum += step.milliseconds;
    return sum;
}

bool StepBook::cached(int stage) const
{
    bool any = false;
    for (const BuildStep& step : m_steps) {
        if (step.stage != stage)
            continue;
        any = true;
        // Podman tells of its FROM too, which takes no time and comes from nowhere.
        const bool from = step.name.startsWith(u"FROM ", Qt::CaseInsensitive);
        if (step.state != StepState::Cached && !from)
            return false;
    }
    return any;
}

} // namespace stagelift
