// SPDX-License-Identifier: GPL-3.0-or-later
//
// Short questions to a Docker daemon on this machine, in its own API (Docker Engine API, /images/{name}/history) and
// through its socket. An answer takes a few milliseconds; a `docker` that is started for it takes fifty, and the
// processor from the build.

#pragma once

#include "core/engine/ask.h"

#include <QNetworkAccessManager>
#include <QString>

#include <functional>

namespace stagelift {

/// @param endpoint as docker writes it: "unix:///var/run/docker.sock"
/// @returns the socket's path, or "" for what is not a socket on this machine
[[nodiscard]] QString socketOf(const QString& endpoint);

class DockerApi {
public:
    /// @param socket an absolute path
    explicit DockerApi(QString socket) : m_socket(std::move(socket)) {}

    /// Calls back once, unless `context` goes away before: with JSON of all layers of the image, from the newest.
    void askHistory(const QString& image, QObject* context, std::function<void(const Answer&)> hear);

private:
    QString m_socket;
    QNetworkAccessManager m_network;
};

} // namespace stagelift
