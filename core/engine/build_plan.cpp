// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/build_plan.h"

#include "core/engine/secrets.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift {

const BuildStrategy& buildStrategy(EngineKind kind)
{
    static const QList<BuildStrategy> table = dockerStrategies() + podmanStrategies();
    return *std::ranges::find(table, kind, &BuildStrategy::kind);
}

void addBuildArgs(const BuildRequest& request, Command& command)
{
    for (const auto& [name, value] : request.buildArgs) {
        if (looksSecret(name, value)) {
            command.arguments << u"--build-arg"_s << name;
            command.environment.append({name, value});
        } else {
            command.arguments << u"--build-arg"_s << name + u'=' + value;
        }
    }
}

void readImageId(const BuildRun& run, BuildPlan& plan)
{
    if (QFile file(run.idFile); !run.idFile.isEmpty() && file.open(QIODevice::ReadOnly))
        plan.images.insert(run.stage, QString::fromLatin1(file.readAll()).trimmed().remove(u"sha256:"_s));
}

QList<int> buildOrder(const BuildTask& task)
{
    QList<int> order = task.leaves;
    for (const int stage : task.measured)
        if (!order.contains(stage))
            order << stage;
    return order;
}

void addCommonOptions(const BuildRequest& request, const QString& target, Command& command)
{
    if (!target.isEmpty())
        command.arguments << u"--target"_s << target;
    if (!request.platform.isEmpty())
        command.arguments << u"--platform"_s << request.platform;
    addBuildArgs(request, command);
    const BuildExtras& extras = request.extras;
    if (extras.network != BuildNetwork::Default)
        command.arguments << u"--network"_s << networkWord(extras.network);
    addEach(u"--build-context"_s, allWritten(extras.contexts), command);
    addEach(u"--secret"_s, allWritten(extras.secrets), command);
    addEach(u"--ssh"_s, allWritten(extras.ssh), command);
}

void addTags(const QStringList& tags, Command& command)
{
    addEach(u"--tag"_s, tags, command);
}

void addEach(const QString& option, const QStringList& values, Command& command)
{
    for (const QString& value : values)
        command.arguments << option << value;
}

} // namespace stagelift
