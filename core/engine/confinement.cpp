// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/confinement.h"

#include <QFile>
#include <QFileInfo>

#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr int kSysResource = 24;                   // CAP_SYS_RESOURCE in linux/capability.h
constexpr std::uint64_t kEnginesDefault = 1048576; // what containers.conf asks for, of files and of processes

bool maySysResource()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return true;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("CapEff:"))
            return ((line.mid(7).trimmed().toULongLong(nullptr, 16) >> kSysResource) & 1U) != 0;
    return true;
}

std::uint64_t hardLimit(int resource)
{
    rlimit limit{};
    return ::getrlimit(static_cast<__rlimit_resource>(resource), &limit) == 0 ? limit.rlim_max : RLIM_INFINITY;
}

QStringList limitOption(const QString& name, std::uint64_t limit)
{
    if (limit >= kEnginesDefault)
        return {};
    return {u"--ulimit"_s, u"%1=%2:%2"_s.arg(name).arg(limit)};
}

} // namespace

Surroundings surroundings()
{
    return {.root = ::geteuid() == 0,
            .inContainer = qEnvironmentVariableIsSet("container") || QFileInfo::exists(u"/run/.containerenv"_s) ||
                           QFileInfo::exists(u"/.dockerenv"_s),
            .mayRaiseLimits = maySysResource(),
            .isolationChosen = qEnvironmentVariableIsSet("BUILDAH_ISOLATION"),
            .openFiles = hardLimit(RLIMIT_NOFILE),
            .processes = hardLimit(RLIMIT_NPROC)};
}

QStringList confinementOptions(const Surroundings& surroundings)
{
    QStringList options;
    // An ordinary user's engine runs in a user namespace and sees to its own limits.
    const bool weakRoot = surroundings.root && !surroundings.mayRaiseLimits;
    if (!surroundings.isolationChosen && (surroundings.inContainer || weakRoot))
        options << u"--isolation"_s << u"chroot"_s;
    if (weakRoot)
        options << limitOption(u"nofile"_s, surroundings.openFiles) << limitOption(u"nproc"_s, surroundings.processes);
    return options;
}

} // namespace stagelift
