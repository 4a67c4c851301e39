// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a build can be given beside its context and its arguments: fresh base images, a network, further contexts,
// secrets, keys, and caches elsewhere. Of a secret only where it comes from is known here: there is no room for its
// content. Each is written as docker's command line has it, which Podman and Buildah share.

#pragma once

#include "core/engine/engine.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <expected>

namespace stagelift {

/// What RUN can reach: as the engine has it, nothing, or all that this machine can.
enum class BuildNetwork : quint8 { Default, None, Host };

/// NAME=VALUE: what FROM NAME and --from=NAME mean, in place of an image or of a stage of that name.
struct NamedContext {
    QString name;
    QString value; // a folder, "docker-image://alpine", "https://…"
    [[nodiscard]] bool operator==(const NamedContext&) const = default;
};

/// id=NAME,src=FILE or id=NAME,env=VARIABLE.
struct BuildSecret {
    QString id;
    QString file;     // one of the two is ""
    QString variable; // of the environment
    [[nodiscard]] bool operator==(const BuildSecret&) const = default;
};

/// ID or ID=PATH: an SSH agent's socket or a key; without a path it is the agent of this session.
struct SshForward {
    QString id;
    QString path;
    [[nodiscard]] bool operator==(const SshForward&) const = default;
};

struct BuildExtras {
    bool pull = false; // ask the registry for base images, even where the engine has some
    BuildNetwork network = BuildNetwork::Default;
    QList<NamedContext> contexts;
    QList<BuildSecret> secrets;
    QList<SshForward> ssh;
    QStringList cacheFrom; // an image's name, or "type=…,…" as buildx takes it
    QStringList cacheTo;

    [[nodiscard]] bool operator==(const BuildExtras&) const = default;
};

/// "default", "none", "host".
[[nodiscard]] QString networkWord(BuildNetwork network);
/// Each of the five reads what a person wrote, or says in a sentence what is to be written. A secret's value and a
/// cache's credentials are refused: there is no way to hand them over here.
[[nodiscard]] std::expected<BuildNetwork, QString> networkFrom(const QString& text);
[[nodiscard]] std::expected<NamedContext, QString> namedContextFrom(const QString& text);
[[nodiscard]] std::expected<BuildSecret, QString> secretFrom(const QString& text);
[[nodiscard]] std::expected<SshForward, QString> sshFrom(const QString& text);
[[nodiscard]] std::expected<QString, QString> cacheFrom(const QString& text);

/// As the command line takes it, and as it is read again by the functions above.
[[nodiscard]] QString written(const NamedContext& context);
[[nodiscard]] QString written(const BuildSecret& secret);
[[nodiscard]] QString written(const SshForward& ssh);

template<typename Extra>
[[nodiscard]] QStringList allWritten(const QList<Extra>& extras)
{
    QStringList texts;
    for (const Extra& extra : extras)
        texts << written(extra);
    return texts;
}

/// Relative paths taken from `folder`, and "~/" from the home folder. What is no path stays as it is.
[[nodiscard]] BuildExtras resolved(BuildExtras extras, const QString& folder);

/// Why this engine can't build with these, in a sentence that names the option and the engine; or what of them is not
/// there. Empty where nothing is in the way.
[[nodiscard]] QString refusalOf(const BuildExtras& extras, const Engine& engine);

/// What the secrets hold, line by line, so that no log shows it. Very short lines are left out.
[[nodiscard]] QStringList contentsOf(const QList<BuildSecret>& secrets);

} // namespace stagelift
