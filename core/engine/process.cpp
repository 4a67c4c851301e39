// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/process.h"

#include <QDir>
#include <QFile>
#include <QProcessEnvironment>

#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <utility>
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

namespace stagelift {

using namespace std::chrono_literals;

namespace {

/// What is done to stop a group, one after the other, and how long each is given.
struct Measure {
    bool leaderToo;
    int signal;
    std::chrono::milliseconds grace;
};
constexpr std::array measures{
    Measure{.leaderToo = false, .signal = SIGTERM, .grace = 400ms},
    Measure{.leaderToo = false, .signal = SIGKILL, .grace = 500ms},
    Measure{.leaderToo = true, .signal = SIGTERM, .grace = 700ms},
    Measure{.leaderToo = true, .signal = SIGKILL, .grace = 700ms},
};

constexpr int kKilled = 2000; // ms until a killed process is gone, at most

/// In the child, between fork and exec: async-signal-safe calls only.
void prepareChild(int output)
{
    if (output >= 0)
        ::dup2(output, STDOUT_FILENO);
    ::setpgid(0, 0);
#ifdef Q_OS_LINUX
    ::prctl(PR_SET_PDEATHSIG, SIGTERM); // should this program crash, a build does not run on unseen
#endif
}

/// The process group of a process, from /proc/PID/stat: behind the name in parentheses come state, parent, group.
qint64 groupOf(const QString& pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray stat = file.readAll();
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return fields.size() > 2 ? fields.at(2).toLongLong() : 0;
}

QStringList commandLineOf(const QString& pid)
{
    QFile file(QStringLiteral("/proc/%1/cmdline").arg(pid));
    return file.open(QIODevice::ReadOnly) ? QString::fromLocal8Bit(file.readAll()).split(u'\0') : QStringList();
}

} // namespace

Process::Process(Command command, Channels channels, QObject* parent) : QObject(parent), m_command(std::move(command))
{
    m_process.setProgram(m_command.program);
    m_process.setArguments(m_command.arguments);
    m_process.setWorkingDirectory(m_command.folder);
    m_process.setProcessChannelMode(channels == Channels::Merged ? QProcess::MergedChannels
                                                                 : QProcess::SeparateChannels);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto& [name, value] : std::as_const(m_command.environment))
        environment.insert(name, value);
    m_process.setProcessEnvironment(environment);
    if (m_command.input.isEmpty())
        m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setChildProcessModifier([this] { prepareChild(m_output); });
    m_escalation.setSingleShot(true);

    connect(&m_process, &QProcess::readyReadStandardOutput, this,
            [this] { emit output(m_process.readAllStandardOutput()); });
    connect(&m_process, &QProcess::readyReadStandardError, this,
            [this] { emit errorOutput(m_process.readAllStandardError()); });
    connect(&m_process, &QProcess::finished, this, &Process::finished);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        // It comes out of QProcess::start() itself: `done` shall not be emitted before our start() has returned.
        if (error == QProcess::FailedToStart)
            QMetaObject::invokeMethod(
                this,
                [this] {
                    conclude({.end = ProcessEnd::NotStarted, .exitCode = -1, .problem = m_process.errorString()});
                },
                Qt::QueuedConnection);
    });
    connect(&m_escalation, &QTimer::timeout, this, &Process::escalate);
}

Process::~Process()
{
    m_process.disconnect(this);
    if (m_process.state() != QProcess::NotRunning) {
        signalGroup(SIGKILL);
        m_process.kill(); // ahead of setpgid there is no group yet
        m_process.waitForFinished(kKilled);
    }
}

void Process::start()
{
    m_process.start();
    m_group = m_process.processId();
    if (!m_command.input.isEmpty()) {
        m_process.write(m_command.input);
        m_process.closeWriteChannel();
    }
}

void Process::stop()
{
    if (m_stopping || m_concluded)
        return;
    m_stopping = true;
    escalate();
}

void Process::escalate()
{
    const Measure* measure = &measures.at(m_measure++);
    if (!measure->leaderToo && !signalFollowers(measure->signal)) {
        // It is alone: its turn at once.
        while (!measure->leaderToo)
            measure = &measures.at(m_measure++);
    }
    if (measure->leaderToo)
        signalGroup(measure->signal);
    if (m_measure < measures.size())
        m_escalation.start(measure->grace);
}

void Process::finished(int exitCode, QProcess::ExitStatus status)
{
    if (m_stopping)
        signalGroup(SIGKILL); // whoever stayed behind the leader
    const auto end = m_stopping                      ? ProcessEnd::Stopped
                     : status == QProcess::CrashExit ? ProcessEnd::Crashed
                                                     : ProcessEnd::Exited;
    conclude({.end = end,
              .exitCode = exitCode,
              .problem = end == ProcessEnd::Crashed ? m_process.errorString() : QString()});
}

void Process::conclude(ProcessResult result)
{
    if (std::exchange(m_concluded, true))
        return;
    m_escalation.stop();
    if (m_stopping)
        result.end = ProcessEnd::Stopped;
    if (const QByteArray rest = m_process.readAllStandardOutput(); !rest.isEmpty())
        emit output(rest);
    if (m_process.processChannelMode() == QProcess::SeparateChannels)
        if (const QByteArray rest = m_process.readAllStandardError(); !rest.isEmpty())
            emit errorOutput(rest);
    emit done(result);
}

void Process::signalGroup(int signal) const
{
    if (m_group > 1)
        ::kill(static_cast<pid_t>(-m_group), signal);
}

bool Process::signalFollowers(int signal) const
{
    const QList<Follower> all = followers();
    for (const Follower& follower : all)
        ::kill(static_cast<pid_t>(follower.pid), signal);
    return !all.isEmpty();
}

QList<Process::Follower> Process::followers() const
{
    QList<Follower> found;
    if (m_group <= 1)
        return found;
    for (const QString& entry : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const qint64 pid = entry.toLongLong();
        if (pid > 0 && pid != m_group && groupOf(entry) == m_group)
            found.append({.pid = pid, .words = commandLineOf(entry)});
    }
    return found;
}

} // namespace stagelift
