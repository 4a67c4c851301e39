// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an engine prints while it builds, read into events. One reader for each way that engines have of telling it;
// each takes bytes in chunks that may be cut anywhere.

#pragma once

#include "core/engine/build.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QHash>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

namespace stagelift {

/// What is known of a step at one moment.
struct StepEvent {
    QString id;          // the same through all events of a step
    QString solve;       // which of several builds at once speaks: they share steps
    bool inBake = false; // see vertexName()
    QString name;        // as the engine prints it, its brackets included
    int stage = -1;      // where the engine gives it as a number,
    int number = 0;      // and which instruction of the stage it is, 1 being the FROM; of the file where stage is -1
    StepState state = StepState::Waiting;
    qint64 milliseconds = 0;
    QString error;
    qint64 started = 0;      // ms since the epoch; 0 where it has not begun
    qint64 completed = 0;    // the same; 0 where it has not ended
    QStringList inputs = {}; // the ids of what it is made from, where the engine tells
};

/// Ms since the epoch by our clock, which never goes back while the program runs.
[[nodiscard]] qint64 steadyTime();

struct ProgressSink {
    std::function<void(const StepEvent&)> step;
    /// Output of a step, as bytes; an empty id is the engine's own word.
    std::function<void(const QString& id, QByteArrayView bytes)> log;
    /// What time it is, for what an engine says without one.
    std::function<qint64()> now = steadyTime;
    /// Bytes of a step that have come so far, of the context or an image, out of how many; 0 where that is not known.
    std::function<void(const QString& id, qint64 bytes, qint64 all)> transfer = [](const QString&, qint64, qint64) {};
};

class Progress {
public:
    explicit Progress(ProgressSink sink) : m_sink(std::move(sink)) {}
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    virtual ~Progress() = default;

    virtual void feed(QByteArrayView bytes) = 0;
    /// The process has ended: what it left open comes to its end too.
    virtual void finish(bool succeeded) = 0;

protected:
    void step(const StepEvent& event) const { m_sink.step(event); }
    void log(const QString& id, QByteArrayView bytes) const { m_sink.log(id, bytes); }
    void transfer(const QString& id, qint64 bytes, qint64 all) const { m_sink.transfer(id, bytes, all); }

    // For engines that tell no times: what their lines say has happened as they come.
    /// The step runs from now on.
    void begin(StepEvent& event) const;
    /// It has run, and is in this state from now on.
    void end(StepEvent& event, StepState state) const;
    /// The same, where the engine has measured it. It may say so late, or have named the step late, but not early.
    void end(StepEvent& event, StepState state, qint64 milliseconds) const;

private:
    ProgressSink m_sink;
};

/// Cuts a stream into lines. A carriage return alone ends one too: it is how progress bars are drawn.
class LineCutter {
public:
    /// What is called with each line and with what ended it: '\n', also for CR LF, or '\r'.
    using Line = std::function<void(const QByteArray& line, char end)>;

    explicit LineCutter(Line line) : m_line(std::move(line)) {}
    void feed(QByteArrayView bytes);
    void flush(); // a last line without an end

private:
    void takeRun(QByteArrayView run);
    void end(char by);

    Line m_line;
    QByteArray m_open;
    bool m_returned = false; // the line has ended, by what is seen from what comes next
};

/// buildx --progress=rawjson: a stream of JSON values, pretty-printed before buildx 0.15, one a line since.
[[nodiscard]] std::unique_ptr<Progress> rawJsonProgress(ProgressSink sink);
/// BuildKit's --progress=plain, also that of docker 20.10: "#7 [build 2/3] RUN make", "#7 0.345 text", "#7 DONE 0.4s".
[[nodiscard]] std::unique_ptr<Progress> plainProgress(ProgressSink sink);
/// Docker's classic builder: "Step 2/7 : RUN make", " ---> Using cache".
[[nodiscard]] std::unique_ptr<Progress> classicProgress(ProgressSink sink);
/// Podman and Buildah: "[1/2] STEP 2/3: RUN make", "--> Using cache 4f5e", "[1/2] COMMIT name".
[[nodiscard]] std::unique_ptr<Progress> podmanProgress(ProgressSink sink);

} // namespace stagelift
