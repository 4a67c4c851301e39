// SPDX-License-Identifier: GPL-3.0-or-later
//
// A Docker daemon of a test's own, beside that of tests/with-engines. It needs root.

#pragma once

#include "engine/engine_fixture.h"

#include <csignal>
#include <utility>

namespace stagelift::test {

/// A Docker daemon that may be killed.
class Daemon {
public:
    /// @param folder on a file system that can hold an engine's data
    /// @param options further ones for dockerd
    explicit Daemon(QString folder, QStringList options = {})
        : m_folder(std::move(folder)), m_options(std::move(options))
    {
    }
    ~Daemon()
    {
        end(SIGTERM);
        // What a killed one has left mounted, the deepest first.
        outputOf(QStringLiteral("sh"),
                 {QStringLiteral("-c"),
                  QStringLiteral("awk -v d=\"$0/\" 'index($5, d) == 1 { print $5 }' /proc/self/mountinfo | sort -r | "
                                 "xargs -r umount -l; rm -rf \"$0/data\" \"$0/run\""),
                  m_folder});
    }
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;

    [[nodiscard]] QString address() const
    {
        return QStringLiteral("unix://") + m_folder + QStringLiteral("/docker.sock");
    }

    bool start()
    {
        QFile::remove(m_folder + QStringLiteral("/docker.pid"));
        m_process.setStandardErrorFile(m_folder + QStringLiteral("/dockerd.log"));
        // It leads a network of its own, as that of with-engines does.
        const QStringList arguments{QStringLiteral("--net"),
                                    QStringLiteral("dockerd"),
                                    QStringLiteral("--data-root"),
                                    m_folder + QStringLiteral("/data"),
                                    QStringLiteral("--exec-root"),
                                    m_folder + QStringLiteral("/run"),
                                    QStringLiteral("--pidfile"),
                                    m_folder + QStringLiteral("/docker.pid"),
                                    QStringLiteral("-H"),
                                    address(),
                                    QStringLiteral("--iptables=false"),
                                    QStringLiteral("--ip6tables=false"),
                                    QStringLiteral("--shutdown-timeout"),
                                    QStringLiteral("1")};
        m_process.start(QStringLiteral("unshare"), arguments + m_options);
        return QTest::qWaitFor([this] { return answers(); }, 30000);
    }
    /// With all that it runs, as when a machine loses power.
    void end(int signal)
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        kill(static_cast<pid_t>(m_process.processId()), signal); // `unshare` has become dockerd
        m_process.waitForFinished(20000);
        if (signal == SIGKILL)
            outputOf(QStringLiteral("sh"),
                     {QStringLiteral("-c"), QStringLiteral("pkill -9 -f \"$0/ru[n]\" || true"), m_folder});
    }

private:
    [[nodiscard]] bool answers() const
    {
        QProcess docker;
        docker.start(QStringLiteral("docker"), {QStringLiteral("--host"), address(), QStringLiteral("version")});
        const bool ended = docker.waitForFinished(1000); // one that is starting lets it wait
        docker.kill();
        docker.waitForFinished();
        return ended && docker.exitCode() == 0;
    }

    QString m_folder;
    QStringList m_options;
    QProcess m_process;
};

/// A folder that an engine can keep its data in: overlay file systems can't lie on overlay file systems, which /tmp may
/// be.
inline QString engineFolder(const QString& name)
{
    return QStringLiteral("%1/stagelift-%2.XXXXXX")
        .arg(qEnvironmentVariable("STAGELIFT_ENGINE_DIR", QStringLiteral("/var/lib")), name);
}

} // namespace stagelift::test
