// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/leftovers.h"

#include "core/engine/ask.h"
#include "core/engine/build_plan.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QProcess>
#include <QRandomGenerator>
#include <QSysInfo>

#include <cerrno>
#include <csignal>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr qsizetype kMark = 6; // letters that stand for a machine, and for a start of it

QString markOf(const QByteArray& identity)
{
    return QString::fromLatin1(QCryptographicHash::hash(identity, QCryptographicHash::Sha256).toHex().left(kMark));
}

/// One of another user is alive too.
bool isAlive(qint64 process)
{
    return kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM;
}

bool leavesNames(const Engine& engine)
{
    return engine.ready && (engine.kind == EngineKind::DockerBuildx || engine.kind == EngineKind::DockerBuildKit);
}

} // namespace

/// Containers of one host may share its machine's identity and not its processes: they differ in their host names.
Namer Namer::own()
{
    QByteArray machine = QSysInfo::machineUniqueId();
    if (machine.isEmpty()) // a container's, say: then what is left is known until the machine is started anew
        machine = QSysInfo::bootUniqueId();
    if (machine.isEmpty())
        return {.machine = {}, .boot = {}, .process = QCoreApplication::applicationPid()};
    return {.machine = markOf(machine + '\n' + QSysInfo::machineHostName().toUtf8()),
            .boot = markOf(QSysInfo::bootUniqueId()),
            .process = QCoreApplication::applicationPid()};
}

QString privateName(const Namer& namer)
{
    const QString random = QString::number(QRandomGenerator::global()->generate64(), 16);
    if (namer.machine.isEmpty())
        return u"stagelift-%1"_s.arg(random);
    return u"stagelift-%1-%2-%3-%4"_s.arg(namer.machine, namer.boot).arg(namer.process).arg(random);
}

bool isLeftOver(const QString& image, const Namer& own, const std::function<bool(qint64)>& isAlive)
{
    const QStringList parts = image.section(u':', 0, 0).split(u'-');
    if (own.machine.isEmpty() || parts.size() != 5 || parts.at(0) != "stagelift"_L1 || parts.at(1) != own.machine)
        return false;
    bool numeric = false;
    const qint64 process = parts.at(3).toLongLong(&numeric);
    if (!numeric || process <= 0)
        return false;
    return parts.at(2) != own.boot || !isAlive(process);
}

void forgetDetached(const Engine& engine, const QStringList& names)
{
    if (names.isEmpty())
        return;
    const Command command = forgetCommand(engine, names);
    QProcess process;
    process.setProgram(command.program);
    process.setArguments(command.arguments);
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.startDetached();
}

void sweepLeftovers(const Engine& engine, QObject* context, std::function<void(qsizetype)> done)
{
    const auto tell = [done = std::move(done)](qsizetype swept) {
        if (done)
            done(swept);
    };
    if (!leavesNames(engine)) {
        tell(0);
        return;
    }
    const Command list = engine.command(
        {u"image"_s, u"ls"_s, u"--filter"_s, u"reference=stagelift-*"_s, u"--format"_s, u"{{.Repository}}:{{.Tag}}"_s});
    ask(list, context, [engine, context, tell](const Answer& answer) {
        QStringList left;
        const Namer own = Namer::own();
        for (const QByteArray& line : answer.output.split('\n'))
            if (const QString image = QString::fromUtf8(line).trimmed(); isLeftOver(image, own, isAlive))
                left << image;
        if (left.isEmpty())
            tell(0);
        else
            ask(forgetCommand(engine, left), context,
                [count = left.size(), tell](const Answer& gone) { tell(gone.ok ? count : 0); });
    });
}

} // namespace stagelift
