// SPDX-License-Identifier: GPL-3.0-or-later
//
// A process that ends in exactly one `done`, whatever becomes of it: never started, exited, crashed, stopped.
//
// It leads a process group of its own, because an engine's command line starts others (plugins, runtimes, the steps of
// a build) that outlive a signal to the leader alone. Stopping is gentle first: the group's other members are ended, so
// that the leader sees its work fail and tidies up (Podman and Buildah would leave a working container behind); then
// the leader is asked too; then all are killed.
// Nothing here ever blocks.

#pragma once

#include "core/engine/command.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <cstddef>

namespace stagelift {

enum class ProcessEnd : quint8 { Exited, Crashed, NotStarted, Stopped };

struct ProcessResult {
    ProcessEnd end = ProcessEnd::NotStarted;
    int exitCode = -1;
    QString problem; // why it did not start or crashed

    [[nodiscard]] bool succeeded() const { return end == ProcessEnd::Exited && exitCode == 0; }
};

class Process : public QObject {
    Q_OBJECT
public:
    enum class Channels : quint8 { Apart, Merged };

    explicit Process(Command command, Channels channels, QObject* parent = nullptr);
    /// Kills what still runs. No signal any more.
    ~Process() override;

    /// Its standard output goes to a file descriptor instead, which stays the caller's; nothing of it is heard here.
    void sendOutputTo(int descriptor) { m_output = descriptor; }

    /// A process that it has started, or one of those has.
    struct Follower {
        qint64 pid = 0;
        QStringList words; // of its command line: an interpreter stands ahead of its script
    };
    /// Those that run now. Reads all of /proc.
    [[nodiscard]] QList<Follower> followers() const;

    void start();
    /// Ends it and its group, within 1.6 seconds.
    void stop();

signals:
    void output(const QByteArray& bytes); // both channels where they are merged
    void errorOutput(const QByteArray& bytes);
    void done(const stagelift::ProcessResult& result);

private:
    void conclude(ProcessResult result);
    void finished(int exitCode, QProcess::ExitStatus status);
    void signalGroup(int signal) const;
    [[nodiscard]] bool signalFollowers(int signal) const;
    void escalate();

    Command m_command;
    QProcess m_process;
    QTimer m_escalation;
    qint64 m_group = 0;
    int m_output = -1; // a descriptor
    bool m_stopping = false;
    std::size_t m_measure = 0; // of stopping: how far it has come
    bool m_concluded = false;
};

} // namespace stagelift
