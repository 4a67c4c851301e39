// SPDX-License-Identifier: GPL-3.0-or-later
//
// A build whose one step prints without end, in the panes of a file: what it costs. The engine is a fake that only
// prints: BuildKit cuts a step's log off after 2 MB, and others are not at hand wherever this is measured.

#pragma once

#include "engine/scripted_engine.h"
#include "ui/build/build_controller.h"
#include "ui/document/document.h"
#include "ui/editor/editor.h"
#include "ui/window/document_tab.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTimer>

#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <functional>
#include <optional>

namespace stagelift::ui {

/// Watches the event loop of this thread while it lives: an event that is sent again as soon as it has come says how
/// long whatever came in between has taken. The mouse's would have had to wait as long.
class Pulse {
public:
    Pulse(const Pulse&) = delete;
    Pulse& operator=(const Pulse&) = delete;
    Pulse()
    {
        m_wall.start();
        m_cpu = cpu();
        beatAgain();
    }

    /// Ms between two beats at most.
    [[nodiscard]] double worstBlock() const { return m_worstBlock; }
    /// The same in time of this thread on a processor: what is ours of it where others want the processor, too.
    [[nodiscard]] double worstWork() const { return m_worstWork; }

private:
    static double cpu()
    {
        timespec now{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
    }

    void beatAgain()
    {
        QMetaObject::invokeMethod(&m_receiver, [this] { beat(); }, Qt::QueuedConnection);
    }

    void beat()
    {
        const double now = cpu();
        m_worstBlock = std::max(m_worstBlock, static_cast<double>(m_wall.nsecsElapsed()) / 1e6);
        m_worstWork = std::max(m_worstWork, now - m_cpu);
        m_cpu = now;
        m_wall.start();
        beatAgain();
    }

    QElapsedTimer m_wall;
    double m_cpu = 0; // ms, at the last beat
    double m_worstBlock = 0;
    double m_worstWork = 0;
    QObject m_receiver;
};

class Flood {
public:
    static constexpr qint64 kBlock = 1'000'000; // bytes that are printed again and again

    Flood()
    {
        QByteArray block;
        for (int line = 0; block.size() < kBlock - 200; ++line)
            block += "[" + QByteArray::number(line) + "/9999] \x1b[32mCompiling\x1b[0m src/module_" +
                     QByteArray::number(line % 97) + "/part.c with -O2 -Wall, and nothing to say about it\n";
        block += QByteArray(kBlock - block.size() - 1, '.') + '\n';
        test::writeFile(m_folder.filePath(QStringLiteral("block")), block);
        m_tab.resize(1200, 800);
    }

    /// Builds, until the log of `megabytes` is there.
    /// @returns whether the step has said all of it.
    bool run(int megabytes)
    {
        const Engine engine = test::scriptedEngine(m_folder.path(), EngineKind::Podman, script(megabytes));
        m_tab.show();
        m_tab.editor().load("FROM scratch\nRUN flood\n");
        bool done = false;
        BuildController controller;
        QObject::connect(&controller, &BuildController::stepChanged, &m_tab, &DocumentTab::showStep);
        QObject::connect(&controller, &BuildController::logged, &m_tab, &DocumentTab::addLog);
        QObject::connect(&controller, &BuildController::done, &m_tab, [&](const BuildResult& result) {
            m_tab.finishBuild(result);
            done = true;
        });
        const AnalysisPtr analysis = analyse("FROM scratch\nRUN flood\n");
        QObject::connect(&controller, &BuildController::started, &m_tab,
                         [&] { m_tab.startBuild(analysis, 0, QStringLiteral("fake"), controller.commandLine()); });
        const QString dockerfile = m_folder.filePath(QStringLiteral("Dockerfile"));
        if (!controller.start(requestFor(engine, analysis, dockerfile, 0, {})))
            return false;
        m_pulse.emplace();
        return waitFor([&done] { return done; });
    }

    /// Since the last build was started.
    [[nodiscard]] const Pulse& pulse() const { return *m_pulse; }

    bool waitFor(const std::function<bool()>& isThere)
    {
        constexpr int kPatience = 600'000; // ms
        const QDeadlineTimer deadline(kPatience);
        QTimer sample;
        QObject::connect(&sample, &QTimer::timeout, [this] { m_most = std::max(m_most, residentMegabytes()); });
        sample.start(20);
        while (!isThere() && !deadline.hasExpired())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        return isThere();
    }

    [[nodiscard]] DocumentTab& tab() { return m_tab; }
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

    /// Memory of this process, in MB.
    [[nodiscard]] static double residentMegabytes()
    {
        QFile file(QStringLiteral("/proc/self/statm"));
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        const QList<QByteArray> fields = file.readAll().split(' ');
        return fields.value(1).toDouble() * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
    }
    /// The most that was seen while waiting.
    [[nodiscard]] double mostMegabytes() const { return m_most; }
    void forgetMost() { m_most = 0; }

private:
    /// Fails, as `podman` does, after the flood.
    [[nodiscard]] QByteArray script(int megabytes) const
    {
        return "[ \"$1\" = build ] || exit 0\n"
               "echo 'STEP 1/2: FROM scratch'\necho 'STEP 2/2: RUN flood'\necho 'the first words'\n"
               "i=0\nwhile [ $i -lt " +
               QByteArray::number(megabytes) + " ]; do cat '" +
               m_folder.filePath(QStringLiteral("block")).toLocal8Bit() +
               "'; i=$((i+1)); done\n"
               "echo 'the last words'\necho 'Error: building at STEP \"RUN flood\": exit status 1' >&2\nexit 1";
    }

    QTemporaryDir m_folder;
    DocumentTab m_tab;
    double m_most = 0;
    std::optional<Pulse> m_pulse;
};

} // namespace stagelift::ui
