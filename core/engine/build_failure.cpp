// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/build_failure.h"

#include "core/engine/failure_cause.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr qsizetype kLongestName = 80; // characters of an instruction in a message

/// The engine's error without the frames it is wrapped in: what failed to be solved, for which target, at which step.
QString bareError(QString error)
{
    static const QRegularExpression frame(
        u"^(?:ERROR: |[Ee]rror: |target [\\w-]+: |failed to solve: |failed to build: |rpc error: code = \\w+ desc = |"
        "Error response from daemon: |building at STEP \".*\": )"_s);
    for (auto match = frame.match(error); match.hasMatch() && match.capturedLength() < error.size();
         match = frame.match(error))
        error.remove(0, match.capturedLength());
    return error;
}

/// The last line that calls itself an error; else the last line.
QString spokenError(const QStringList& words)
{
    const auto error = std::find_if(words.rbegin(), words.rend(), [](const QString& line) {
        return line.startsWith(u"ERROR: ") || line.startsWith(u"error: ", Qt::CaseInsensitive);
    });
    if (error != words.rend())
        return *error;
    return words.isEmpty() ? QString() : words.constLast();
}

/// "dockerfile parse error on line 3: …"
int instructionNamed(const Analysis& analysis, const QString& error)
{
    static const QRegularExpression place(u"\\bon line (\\d+)\\b"_s);
    const auto match = place.match(error);
    if (!match.hasMatch())
        return -1;
    const auto line = match.captured(1).toUInt();
    const auto& instructions = analysis.dockerfile.instructions;
    const auto found = std::ranges::find_if(
        instructions, [line](const Instruction& instruction) { return instruction.lines.contains(line); });
    return found == instructions.end() ? -1 : static_cast<int>(std::distance(instructions.begin(), found));
}

QString shortened(const QString& name)
{
    const QString line = name.section(u'\n', 0, 0);
    return line.size() > kLongestName ? line.left(kLongestName - 1) + u'…' : line;
}

} // namespace

Failure describeFailure(const Analysis& analysis, const Engine& engine, const ProcessResult& result,
                        const std::optional<BuildStep>& step, const QStringList& engineWords, bool isDiskFull)
{
    Failure failure;
    const QString spoken = bareError(spokenError(engineWords));
    QString error = step && !step->error.isEmpty() ? bareError(step->error) : spoken;
    if (result.end == ProcessEnd::NotStarted)
        error = Build::tr("%1 can't be started: %2").arg(engine.program, result.problem);
    else if (result.end == ProcessEnd::Crashed)
        error = Build::tr("%1 came to an unforeseen end: %2").arg(engine.name(), result.problem);
    else if (error.isEmpty())
        error = Build::tr("%1 failed with status %2 and did not say why.").arg(engine.name()).arg(result.exitCode);

    failure.instruction = step ? step->instruction : instructionNamed(analysis, error);
    error = withCause(error, isDiskFull, engine);
    failure.message = error;
    if (step && step->instruction >= 0) {
        const auto& instruction = analysis.dockerfile.instructions[static_cast<std::size_t>(step->instruction)];
        failure.message = Build::tr("Line %1, %2: %3").arg(instruction.lines.first).arg(shortened(step->name), error);
    } else if (step) {
        failure.message = Build::tr("%1: %2").arg(shortened(step->name), error);
    }
    return failure;
}

} // namespace stagelift
