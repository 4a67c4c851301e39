// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/history/kept_build.h"

#include "core/engine/build_workspace.h"
#include "core/engine/secrets.h"
#include "core/engine/size_report.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <map>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr QByteArrayView kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::array kOutcomes{std::pair{BuildOutcome::Succeeded, "succeeded"_L1},
                               std::pair{BuildOutcome::Failed, "failed"_L1},
                               std::pair{BuildOutcome::Stopped, "stopped"_L1}};

QList<KeptArgument> argumentsOf(const BuildRequest& request)
{
    QList<KeptArgument> arguments;
    for (const auto& [name, value] : request.buildArgs)
        arguments.append({name, looksSecret(name, value) ? std::nullopt : std::optional(value)});
    return arguments;
}

QList<KeptInstruction> instructionsOf(const Analysis& analysis, const StageSize& size)
{
    const Stage& stage = analysis.graph.stages.at(static_cast<std::size_t>(size.stage));
    std::map<int, qint64> bytes; // an engine may make two layers of one
    for (const LayerSize& layer : size.layers)
        if (layer.instruction >= static_cast<int>(stage.firstInstruction) &&
            layer.instruction < static_cast<int>(stage.endInstruction))
            bytes[layer.instruction] += layer.bytes;
    QList<KeptInstruction> kept;
    for (const auto& [instruction, sum] : bytes) {
        const auto [first, last] = linesOf(analysis, instruction);
        kept.append({static_cast<int>(first), static_cast<int>(last), sum});
    }
    return kept;
}

KeptStage keptStage(const Analysis& analysis, const StageSize& size, const Redactor& redactor)
{
    const Stage& stage = analysis.graph.stages.at(static_cast<std::size_t>(size.stage));
    return {.index = size.stage,
            .label = QString::fromStdString(analysis.graph.label(stageNode(size.stage))),
            .from = redactor.clean(QString::fromStdString(stage.baseName)),
            .total = size.total,
            .base = size.base,
            .own = size.own,
            .milliseconds = size.milliseconds,
            .cached = size.cached,
            .ships = size.ships,
            .needed = size.needed,
            .instructions = instructionsOf(analysis, size)};
}

} // namespace

const KeptStage* KeptBuild::stage(const QString& label) const
{
    const auto found = std::ranges::find(stages, label, &KeptStage::label);
    return found == stages.end() ? nullptr : &*found;
}

std::optional<qint64> KeptBuild::ships() const
{
    const KeptStage* built = stage(target);
    return built ? std::optional(built->total) : std::nullopt;
}

QString KeptBuild::engineLabel() const
{
    const QString name = version.isEmpty() ? engine : engine + u' ' + version;
    return where.isEmpty() ? name : u"%1 (%2)"_s.arg(name, where);
}

KeptBuild keptBuild(const BuildRequest& request, const BuildResult& result, const QDateTime& begun)
{
    const Analysis& analysis = *request.analysis;
    const Redactor redactor(secretValues(request));
    KeptBuild build;
    build.begun = begun.toUTC();
    build.target = targetLabel(analysis.graph, targetsOf(request));
    build.engine = request.engine.name();
    build.version = request.engine.version;
    build.where = request.engine.where;
    build.platform = request.platform;
    build.arguments = argumentsOf(request);
    build.outcome = result.outcome;
    build.milliseconds = result.milliseconds;
    build.textHash = QCryptographicHash::hash(builtText(request), QCryptographicHash::Sha256);
    if (result.outcome == BuildOutcome::Failed)
        build.message = redactor.clean(result.message.section(u'\n', 0, 0));
    if (result.failedInstruction >= 0)
        build.failedLine = static_cast<int>(linesOf(analysis, result.failedInstruction).first);
    for (const StageSize& size : result.sizes)
        build.stages.append(keptStage(analysis, size, redactor));
    return build;
}

QByteArray builtText(const BuildRequest& request)
{
    const std::string_view bytes = request.analysis->source.bytes();
    const QByteArray text(bytes.data(), static_cast<qsizetype>(bytes.size()));
    return text.startsWith(kByteOrderMark) ? text.sliced(kByteOrderMark.size()) : text;
}

bool isKept(const BuildRequest& request, const BuildResult& result)
{
    return result.outcome != BuildOutcome::NotStarted && request.analysis && hasHistory(request.file);
}

bool hasHistory(const QString& file)
{
    return !file.isEmpty() && !file.startsWith(u':'); // what lies in the program itself is no file
}

QString outcomeWord(BuildOutcome outcome)
{
    const auto row = std::ranges::find(kOutcomes, outcome, &decltype(kOutcomes)::value_type::first);
    return row == kOutcomes.end() ? QString() : QString(row->second);
}

BuildOutcome outcomeFrom(const QString& word)
{
    const auto row = std::ranges::find(kOutcomes, word, &decltype(kOutcomes)::value_type::second);
    return row == kOutcomes.end() ? BuildOutcome::NotStarted : row->first;
}

QString historyKey(const QString& file)
{
    if (!hasHistory(file))
        return {};
    const QFileInfo info(file);
    const QString canonical = info.canonicalFilePath();
    return canonical.isEmpty() ? QDir::cleanPath(info.absoluteFilePath()) : canonical;
}

} // namespace stagelift
