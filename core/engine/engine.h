// SPDX-License-Identifier: GPL-3.0-or-later
//
// A container engine on this machine, as far as it can be told without building anything.

#pragma once

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
    QString id;      // "docker", "podman", "buildah": what --engine takes
    QString program; // an absolute path
    QString version; // "26.1.5"
    QString buildx;  // the version of docker's buildx, "" where there is none
    QString store;   // where Buildah keeps what it knows of layers; "" for the others
    QString where;   // "default": docker's context and builder; "" where there is only this machine
    bool ready = false;
    QString problem; // why it is not ready, in a sentence
    QString mend;    // what to do about it

    /// "docker 26.1.5 (default)"
    [[nodiscard]] QString label() const;
};

/// Looks for docker, podman and buildah on PATH and asks each whether it answers, all at once and without blocking.
class EngineFinder : public QObject {
    Q_OBJECT
public:
    explicit EngineFinder(QObject* parent = nullptr);
    ~EngineFinder() override;

    /// Starts a search; one that is under way is given up.
    void find();

signals:
    /// Every engine that is installed, best first, those that are not ready last. Emitted once a search.
    void found(const QList<stagelift::Engine>& engines);

private:
    struct Search;
    std::unique_ptr<Search> m_search;
};

} // namespace stagelift
