// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/step_book.h"

#include <algorithm>
#include <array>
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

std::optional<BuildStep> StepBook::take(const StepEvent& event)
{
    const bool fromBuildKit = event.number == 0;
    VertexName name;
    name.text = event.name;
    if (fromBuildKit)
        name = vertexName(event.name, event.inBake);
    // Every solve has a vertex of its own for a step that others do too, and may leave it waiting for good when another
    // one's serves: what they share is the name. Plain progress numbers its steps anew in every build.
    const QString id = fromBuildKit ? u"%1 %2 %3"_s.arg(name.stage).arg(name.number).arg(name.text) : event.id;
    m_idOf.insert(event.id, id);

    const bool known = m_place.contains(id);
    if (!known) {
        m_place.insert(id, m_steps.size());
        m_steps.append(newStep(id, event, name));
    }
    BuildStep& step = m_steps[m_place.value(id)];
    const StepState before = step.state;
    auto& said = m_said[id];
    said.insert(u"%1/%2/%3"_s.arg(event.solve, name.solve, event.id), {event.state, event.milliseconds, event.error});
    merge(step, said);
    return known && step.state == before ? std::nullopt : std::optional(step);
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

QList<BuildStep> StepBook::closeAll(StepState state)
{
    QList<BuildStep> changed;
    for (BuildStep& step : m_steps) {
        if (!isOpen(step.state))
            continue;
        step.state = state;
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
