// SPDX-License-Identifier: GPL-3.0-or-later
//
// A build of one target or several: started, followed step by step, stopped, and measured stage by stage.

#pragma once

#include "core/edits/analysis.h"
#include "core/engine/build_extras.h"
#include "core/engine/engine.h"

#include <QList>
#include <QObject>
#include <QPair>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>

namespace stagelift {

struct BuildRequest {
    Engine engine;
    AnalysisPtr analysis;   // what is built is this text, saved or not
    QString file;           // the Dockerfile's path; empty where it was never saved
    QString context;        // a folder
    int target = -1;        // a stage; -1 is the default target
    QList<int> moreTargets; // stages that are to be built as well, for themselves
    bool allStages = false; // build and measure also the stages that the target does not need
    QList<QPair<QString, QString>> buildArgs;
    QStringList tags; // for the target's image; may be empty, and is where there are more targets
    QString platform; // empty: the engine's own
    bool noCache = false;
    BuildExtras extras; // with absolute paths, see resolved()
};

enum class StepState : quint8 { Waiting, Running, Cached, Done, Failed, Stopped };

struct BuildStep {
    QString id;           // the same through all changes of a step
    QString name;         // as the engine prints it, without its own prefixes: "RUN make"
    int stage = -1;       // -1 where it belongs to none: "load build context"
    int instruction = -1; // into Dockerfile::instructions, -1 where it is not known
    StepState state = StepState::Waiting;
    qint64 milliseconds = 0;
    QString error;
    qint64 transferred = 0; // bytes of the context or an image that have come or gone so far, where the engine tells
    qint64 toTransfer = 0;  // of how many; 0 where it does not know
    // On the build's own clock: ms since the first of its steps began. One from the cache takes no time.
    qint64 startedAt = -1;      // -1 where it has not begun
    qint64 endedAt = -1;        // -1 where it has not ended
    QStringList waitedFor = {}; // ids of the steps without which it could not begin, as far as they are known
};

struct LayerSize {
    QString createdBy;
    qint64 bytes = 0; // unpacked, as `docker history` gives it
    int instruction = -1;
};

struct StageSize {
    int stage = 0;
    QString image;           // id or private tag of the stage's image
    qint64 total = 0;        // bytes: all layers of the stage's image
    qint64 base = 0;         // those it got from its FROM
    qint64 own = 0;          // total - base
    bool ships = false;      // a target is this stage or is built FROM it
    bool needed = false;     // a target needs it
    qint64 milliseconds = 0; // spent in its steps
    bool cached = false;     // all of its steps came from the cache
    QList<LayerSize> layers; // from the base up, empty ones included
};

/// The stages that are built for themselves, each once, in the order of the file; the default where none is named.
[[nodiscard]] QList<int> targetsOf(const BuildRequest& request);
/// What a person calls them: "runtime", "web, worker".
[[nodiscard]] QString targetLabel(const StageGraph& graph, const QList<int>& targets);

enum class BuildOutcome : quint8 { Succeeded, Failed, Stopped, NotStarted };

struct BuildResult {
    BuildOutcome outcome = BuildOutcome::NotStarted;
    QString message; // for a person: what failed, where, what to do
    int failedInstruction = -1;
    int target = -1;
    QList<int> moreTargets;
    QList<StageSize> sizes; // in the order of the file; empty unless it succeeded
    qint64 milliseconds = 0;
    QString advice; // what would make the next one quicker, in a sentence or two; mostly empty
};

/// One build. Emits `done` and then `tidied` exactly once after start(), whatever happens; it may be deleted at any
/// time but in the slot of its own signal, and ends what it started.
class Build : public QObject {
    Q_OBJECT
public:
    explicit Build(BuildRequest request, QObject* parent = nullptr);
    ~Build() override;

    /// The command that is run, for a person to copy into a shell.
    [[nodiscard]] QString commandLine() const;

    /// How long the engine may wait for a credential helper: see CredentialWatch, whose patience it is from the start.
    void setHelperPatience(std::chrono::milliseconds patience);
    void start();
    /// Ends it within two seconds, with all its processes.
    void stop();

signals:
    void stepChanged(const stagelift::BuildStep& step);
    /// Text of a step's output, as LogText gives it, without secrets. An empty id is the engine's own word.
    void logged(const QString& stepId, const QString& text);
    void done(const stagelift::BuildResult& result);
    /// Nothing of it is left with the engine but what it was asked for. Where it is deleted before, a process of its
    /// own sees to that.
    void tidied();

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// "812 MB", "1.24 GB", "97 B": decimal units in three digits, as Docker prints them.
[[nodiscard]] QString humanSize(qint64 bytes);

} // namespace stagelift
