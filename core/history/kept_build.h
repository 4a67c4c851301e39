// SPDX-License-Identifier: GPL-3.0-or-later
//
// A build as the history keeps it: what was built from which text, with what, and what came of it.
//
// Nothing secret is in it. A build argument that looks like a secret is kept by its name alone; secrets and SSH keys
// are not kept at all; what a layer was made by, in which an engine repeats arguments, is left out: the text says it.
// That text is kept as it was built.

#pragma once

#include "core/engine/build.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace stagelift {

/// What an instruction added to the image of its own stage.
struct KeptInstruction {
    int firstLine = 0; // 1-based, of the text that was built
    int lastLine = 0;  // inclusive
    qint64 bytes = 0;

    [[nodiscard]] bool operator==(const KeptInstruction&) const = default;
};

struct KeptStage {
    int index = 0;
    QString label;    // "build", "stage 2"
    QString from;     // after expansion: "golang:1.22"
    qint64 total = 0; // bytes, as in StageSize
    qint64 base = 0;
    qint64 own = 0;
    qint64 milliseconds = 0;
    bool cached = false;
    bool ships = false;
    bool needed = false;
    QList<KeptInstruction> instructions = {}; // that made a layer, in the order of the file

    [[nodiscard]] bool operator==(const KeptStage&) const = default;
};

struct KeptArgument {
    QString name;
    std::optional<QString> value; // nothing where it looked like a secret

    [[nodiscard]] bool operator==(const KeptArgument&) const = default;
};

struct KeptBuild {
    qint64 id = 0; // in the store; 0 before it is there
    QDateTime begun;
    QString target; // as a person calls it: "runtime"; of several: "web, worker"
    QString engine; // "docker", wherever it is
    QString version;
    QString where;    // the engine's context, as in Engine
    QString platform; // "" for the engine's own
    QList<KeptArgument> arguments = {};
    BuildOutcome outcome = BuildOutcome::Succeeded;
    qint64 milliseconds = 0;
    QString message;              // one line; of a build that did not succeed
    int failedLine = 0;           // 1-based; 0 where it is not known
    QByteArray textHash = {};     // SHA-256 of the text: equal texts have equal hashes
    QList<KeptStage> stages = {}; // empty unless it succeeded

    [[nodiscard]] bool operator==(const KeptBuild&) const = default;

    [[nodiscard]] const KeptStage* stage(const QString& label) const;
    /// What the target's image weighs; nothing where that is not known, or where there are several.
    [[nodiscard]] std::optional<qint64> ships() const;
    /// "docker 26.1.5 (default)"
    [[nodiscard]] QString engineLabel() const;
};

/// What the history keeps of a build.
/// @param begun when it was started, in any time zone
[[nodiscard]] KeptBuild keptBuild(const BuildRequest& request, const BuildResult& result, const QDateTime& begun);

/// The text that was built, without a byte order mark.
[[nodiscard]] QByteArray builtText(const BuildRequest& request);

/// Whether the history keeps it: it has been started, and its file has a name.
[[nodiscard]] bool isKept(const BuildRequest& request, const BuildResult& result);

/// "succeeded", "failed", "stopped".
[[nodiscard]] QString outcomeWord(BuildOutcome outcome);
[[nodiscard]] BuildOutcome outcomeFrom(const QString& word);

/// Whether a file can have a history, by its path alone: one with a name, that is not a part of the program.
[[nodiscard]] bool hasHistory(const QString& file);

/// What a file goes by: its path with all links followed, so that it is the same however it is opened. A file that is
/// moved or renamed is another one. "" for one without a history. Looks at the disk.
[[nodiscard]] QString historyKey(const QString& file);

} // namespace stagelift
