// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/build_workspace.h"

#include "core/engine/leftovers.h"
#include "core/engine/secrets.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr qsizetype kShortestSecret = 3; // characters

/// Which of the stages no other of them needs; the target first.
QList<int> leavesOf(const StageGraph& graph, const QList<int>& measured, int target)
{
    QList<int> leaves{target};
    for (auto stage = measured.rbegin(); stage != measured.rend(); ++stage) {
        const bool covered =
            std::ranges::any_of(leaves, [&](int leaf) { return std::ranges::contains(graph.reachable(leaf), *stage); });
        if (!covered)
            leaves << *stage;
    }
    return leaves;
}

/// Whether the layers of a stage are the first of those of another one that is built FROM it. What a trigger (ONBUILD)
/// adds there can't be counted off; and a named context may have taken the place of the stage.
bool showsInOthers(const BuildRequest& request, const Stage& stage, const QList<int>& measured)
{
    const StageGraph& graph = request.analysis->graph;
    const std::span instructions = request.analysis->dockerfile.instructions;
    const auto own = instructions.subspan(stage.firstInstruction, stage.endInstruction - stage.firstInstruction);
    return request.extras.contexts.isEmpty() && !std::ranges::contains(own, Keyword::Onbuild, &Instruction::keyword) &&
           std::ranges::any_of(measured, [&](int other) {
               return graph.stages[static_cast<std::size_t>(other)].base == stageNode(stage.index);
           });
}

QList<int> exportedOf(const BuildRequest& request, const QList<int>& measured)
{
    const QList<int> targets = targetsOf(request);
    QList<int> exported;
    for (const int stage : measured)
        if (targets.contains(stage) ||
            !showsInOthers(request, request.analysis->graph.stages[static_cast<std::size_t>(stage)], measured))
            exported << stage;
    return exported;
}

bool writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush();
}

/// An ignore file named after the Dockerfile counts only beside it. The context's own is found without us.
void copyIgnoreFiles(const QString& dockerfile, const QString& copy)
{
    for (const QString& ending : {u".dockerignore"_s, u".containerignore"_s})
        QFile::copy(dockerfile + ending, copy + ending);
}

} // namespace

QString Workspace::prepare(const BuildRequest& request)
{
    const StageGraph& graph = request.analysis->graph;
    m_target = targetOf(request);
    if (request.allStages) {
        for (const Stage& stage : graph.stages)
            m_measured << stage.index;
    } else {
        for (const int target : targetsOf(request))
            for (const int stage : graph.reachable(target))
                if (!m_measured.contains(stage))
                    m_measured << stage;
        std::ranges::sort(m_measured);
    }
    return layOut(request);
}

QString Workspace::prepareTargetAlone(const BuildRequest& request)
{
    m_target = targetOf(request);
    m_measured = {m_target};
    return layOut(request);
}

QString Workspace::layOut(const BuildRequest& request)
{
    m_leaves = leavesOf(request.analysis->graph, m_measured, m_target);
    m_text = buildText(*request.analysis, m_measured);
    m_tag = privateName(Namer::own());

    const QString name = request.file.isEmpty() ? u"Dockerfile"_s : QFileInfo(request.file).fileName();
    m_dockerfile = m_folder.filePath(name);
    if (!m_folder.isValid() || !writeFile(m_dockerfile, m_text.text))
        return Build::tr("There is no room for the build's temporary files in %1: %2")
            .arg(QDir::tempPath(), m_folder.errorString());
    if (!request.file.isEmpty())
        copyIgnoreFiles(request.file, m_dockerfile);
    return {};
}

BuildTask Workspace::task(const BuildRequest& request) const
{
    return {.request = request,
            .text = m_text,
            .dockerfile = m_dockerfile,
            .folder = m_folder.path(),
            .tag = m_tag,
            .target = m_target,
            .measured = m_measured,
            .exported = exportedOf(request, m_measured),
            .leaves = m_leaves};
}

QString refusalToBuild(const BuildRequest& request)
{
    if (!request.engine.ready)
        return u"%1 %2"_s.arg(request.engine.problem, request.engine.mend).trimmed();
    if (!request.analysis || request.analysis->graph.stages.empty())
        return Build::tr("There is nothing to build: the file has no FROM.");
    for (const int target : QList{request.target} + request.moreTargets)
        if (std::cmp_greater_equal(target, request.analysis->graph.stages.size()))
            return Build::tr("There is no stage %1.").arg(target);
    if (const QString refusal = refusalOfTargets(request); !refusal.isEmpty())
        return refusal;
    if (request.context.isEmpty() || !QFileInfo(request.context).isDir())
        return Build::tr("The build context %1 is no folder.").arg(request.context);
    return refusalOf(request.extras, request.engine);
}

int targetOf(const BuildRequest& request)
{
    return request.target >= 0 ? request.target : request.analysis->graph.defaultTarget();
}

QList<int> targetsOf(const BuildRequest& request)
{
    QList<int> targets{targetOf(request)};
    for (const int target : request.moreTargets)
        if (!targets.contains(target))
            targets << target;
    std::ranges::sort(targets);
    return targets;
}

QString targetLabel(const StageGraph& graph, const QList<int>& targets)
{
    QStringList labels;
    for (const int target : targets)
        labels << QString::fromStdString(graph.label(stageNode(target)));
    return labels.join(u", "_s);
}

BuildRequest onceMore(BuildRequest request)
{
    request.moreTargets.clear();
    request.allStages = false;
    request.noCache = false;
    request.tags.clear();
    request.extras.cacheTo.clear();
    return request;
}

QString refusalOfTargets(const BuildRequest& request)
{
    if (request.tags.isEmpty() || targetsOf(request).size() == 1)
        return {};
    return Build::tr("A tag is the name of one image: build one target, or leave the tags away.");
}

QString typedCommandLine(const BuildRequest& request)
{
    const BuildStrategy& strategy = buildStrategy(request.engine.kind);
    if (!request.analysis || request.analysis->graph.stages.empty())
        return shellLine(strategy.typed(request, {}));
    QStringList lines;
    for (const int target : targetsOf(request))
        lines << shellLine(strategy.typed(request, buildText(*request.analysis, {target}).target(target)));
    return lines.join(u" && "_s);
}

QStringList secretValues(const BuildRequest& request)
{
    QStringList values;
    for (const auto& [name, value] : request.buildArgs)
        if (looksSecret(name, value) && value.size() >= kShortestSecret)
            values << value;
    return values + contentsOf(request.extras.secrets);
}

} // namespace stagelift
