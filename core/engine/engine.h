// SPDX-License-Identifier: GPL-3.0-or-later
//
// A container engine, as far as it can be told without building anything: one on this machine, or a place elsewhere
// that it knows of (a Docker context, a buildx builder, a Podman connection).

#pragma once

#include "core/engine/command.h"

#include <QList>
#include <QObject>
#include <QString>

namespace stagelift {

enum class EngineKind : quint8 {
    DockerBuildx,   // docker with buildx: every stage from one bake
    DockerBuildKit, // docker without buildx, old enough for DOCKER_BUILDKIT=1
    DockerClassic,  // docker without buildx: the classic builder
    Podman,
    Buildah,
};

struct Engine {
    EngineKind kind = EngineKind::DockerBuildx;
    QString id;             // "docker", "docker@CONTEXT", "docker/BUILDER", "podman@CONNECTION": what --engine takes
    QString program;        // an absolute path
    QString version;        // "26.1.5"
    QString buildx;         // the version of docker's buildx, "" where there is none
    QString store;          // where Buildah keeps what it knows of layers; "" for the others
    QString where;          // "default": docker's context and builder; "" where there is only this machine
    QStringList at;         // names the place, ahead of any command: {"--context", "prod"}; empty for the current one
    QString builder;        // buildx's, where it is not the current one
    QString currentBuilder; // the one that buildx takes where none is named; "" where it is not known
    QString driver;         // of buildx's builder: "docker", "docker-container", "remote", …; "" where it is not known
    QString socket;         // of docker's daemon, where that is on this machine: a path; "" elsewhere
    QString address;        // "ssh://me@host": where the place says it is; "" where nothing does
    bool asked = true;      // false: only its name is known, nobody has asked it yet; see EngineFinder::ask()
    bool ready = false;
    QString problem; // why it is not ready, in a sentence
    QString mend;    // what to do about it

    /// "docker", whatever its place.
    [[nodiscard]] QString name() const;
    /// A builder that is not the engine itself, and hands its images over to nobody who does not ask for them.
    [[nodiscard]] bool buildsElsewhere() const { return !driver.isEmpty() && driver != QLatin1StringView("docker"); }
    /// "docker 26.1.5 (default)"
    [[nodiscard]] QString label() const;
    /// Its program with these arguments, at its place.
    [[nodiscard]] Command command(const QStringList& arguments) const;
};

/// Looks for docker, podman and buildah on PATH and asks each whether it answers, all at once and without blocking.
/// Other places that they know of are listed, but not asked: that may take a key, a password, or a long time.
class EngineFinder : public QObject {
    Q_OBJECT
public:
    explicit EngineFinder(QObject* parent = nullptr);
    ~EngineFinder() override;

    /// Starts a search; one that is under way is given up.
    void find();
    /// Asks a place of the last search; `answered` follows.
    void ask(const Engine& place);

signals:
    /// Every engine that is installed, best first, then those that are not ready, then other places. Emitted once a
    /// search.
    void found(const QList<stagelift::Engine>& engines);
    /// The place as it is known now; its `asked` is true.
    void answered(const stagelift::Engine& place);

private:
    struct Search;
    std::unique_ptr<Search> m_search;
    std::unique_ptr<Search> m_asking;
};

} // namespace stagelift
