// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/build_extras.h"

#include "core/engine/build.h"
#include "core/engine/csv.h"
#include "core/engine/option_support.h"
#include "core/engine/secrets.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <array>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr std::array kNetworks{"default", "none", "host"};
constexpr qsizetype kShortestSecret = 3;   // characters, where it is the only line
constexpr qsizetype kShortestLine = 8;     // of a file with several: an "}" is no secret
constexpr qint64 kLargestSecret = 500'000; // bytes; BuildKit takes no larger one (session/secrets/secrets.go)

/// Not a folder of this machine (buildx, build/build.go: loadInputs).
bool isRemote(const QString& context)
{
    return context.contains("://"_L1) || context.startsWith("git@"_L1) || context.startsWith("github.com/"_L1);
}

QString absolute(const QString& path, const QString& folder)
{
    if (path.isEmpty())
        return {};
    if (path == "~"_L1 || path.startsWith("~/"_L1))
        return QDir::cleanPath(QDir::homePath() + path.sliced(1));
    return folder.isEmpty() ? path : QDir::cleanPath(QDir(folder).absoluteFilePath(path));
}

/// "type=local,src=PATH" and "type=local,dest=PATH" name a folder.
QString absoluteCache(const QString& cache, const QString& folder)
{
    QStringList fields = cache.split(u',');
    if (!fields.contains("type=local"_L1))
        return cache;
    for (QString& each : fields) {
        const QString key = each.section(u'=', 0, 0);
        if (key == "src"_L1 || key == "dest"_L1)
            each = csvField(key + u'=' + absolute(each.section(u'=', 1), folder));
    }
    return fields.join(u',');
}

} // namespace

QString networkWord(BuildNetwork network)
{
    return QString::fromLatin1(kNetworks.at(static_cast<std::size_t>(network)));
}

std::expected<BuildNetwork, QString> networkFrom(const QString& text)
{
    for (std::size_t i = 0; i < kNetworks.size(); ++i)
        if (text == QLatin1StringView(kNetworks[i]))
            return static_cast<BuildNetwork>(i);
    return std::unexpected(Build::tr("The network is default, none or host, not \"%1\".").arg(text));
}

std::expected<NamedContext, QString> namedContextFrom(const QString& text)
{
    NamedContext context{.name = text.section(u'=', 0, 0).trimmed(), .value = text.section(u'=', 1).trimmed()};
    if (context.name.isEmpty() || context.value.isEmpty())
        return std::unexpected(
            Build::tr("A named context is NAME=FOLDER, NAME=docker-image://IMAGE or NAME=URL, not \"%1\".").arg(text));
    return context;
}

std::expected<BuildSecret, QString> secretFrom(const QString& text)
{
    // What was written is not said again: it may be the secret.
    const auto refusal = std::unexpected(
        Build::tr("A secret is id=NAME,src=FILE or id=NAME,env=VARIABLE: where it comes from, never what it is."));
    BuildSecret secret;
    bool typed = false;
    for (const QString& each : text.split(u',')) {
        const QString key = each.section(u'=', 0, 0).trimmed();
        const QString value = each.section(u'=', 1).trimmed();
        QString* place = key == "id"_L1                          ? &secret.id
                         : key == "src"_L1 || key == "source"_L1 ? &secret.file
                         : key == "env"_L1                       ? &secret.variable
                                                                 : nullptr;
        const bool isType = key == "type"_L1 && !typed && (value == "file"_L1 || value == "env"_L1);
        typed = typed || isType;
        if (isType)
            continue;
        if (place == nullptr || !place->isEmpty() || value.isEmpty())
            return refusal;
        *place = value;
    }
    if (secret.id.isEmpty() || secret.file.isEmpty() == secret.variable.isEmpty())
        return refusal;
    return secret;
}

std::expected<SshForward, QString> sshFrom(const QString& text)
{
    SshForward ssh{.id = text.section(u'=', 0, 0).trimmed(), .path = text.section(u'=', 1).trimmed()};
    const bool lacksPath = ssh.path.isEmpty() && (text.contains(u'=') || ssh.id != "default"_L1);
    if (ssh.id.isEmpty() || lacksPath)
        return std::unexpected(
            Build::tr("SSH is default, for the agent, or ID=PATH, for a key or a socket, not \"%1\".").arg(text));
    return ssh;
}

std::expected<QString, QString> cacheFrom(const QString& text)
{
    for (const QString& each : text.split(u',')) {
        const QString key = each.section(u'=', 0, 0).trimmed();
        if (each.contains(u'=') && looksSecret(key))
            return std::unexpected(
                Build::tr("A cache takes its credentials from the environment: %1 has no place here.").arg(key));
    }
    return text;
}

QString written(const NamedContext& context)
{
    return context.name + u'=' + context.value;
}

QString written(const BuildSecret& secret)
{
    const QString from = secret.file.isEmpty() ? u"env="_s + secret.variable : u"src="_s + secret.file;
    return csvField(u"id="_s + secret.id) + u',' + csvField(from);
}

QString written(const SshForward& ssh)
{
    return ssh.path.isEmpty() ? ssh.id : ssh.id + u'=' + ssh.path;
}

BuildExtras resolved(BuildExtras extras, const QString& folder)
{
    for (NamedContext& context : extras.contexts)
        if (!isRemote(context.value))
            context.value = absolute(context.value, folder);
    for (BuildSecret& secret : extras.secrets)
        secret.file = absolute(secret.file, folder);
    for (SshForward& ssh : extras.ssh)
        ssh.path = absolute(ssh.path, folder);
    for (QStringList* caches : {&extras.cacheFrom, &extras.cacheTo})
        for (QString& cache : *caches)
            cache = absoluteCache(cache, folder);
    return extras;
}

QStringList contentsOf(const QList<BuildSecret>& secrets)
{
    QStringList contents;
    for (const BuildSecret& secret : secrets) {
        QByteArray bytes = qgetenv(secret.variable.toLocal8Bit().constData());
        if (!secret.file.isEmpty()) {
            QFile file(secret.file);
            bytes = file.open(QIODevice::ReadOnly) ? file.read(kLargestSecret) : QByteArray();
        }
        const QStringList lines = QString::fromUtf8(bytes).split(u'\n', Qt::SkipEmptyParts);
        const qsizetype shortest = lines.size() == 1 ? kShortestSecret : kShortestLine;
        for (const QString& line : lines)
            if (const QString told = line.trimmed(); told.size() >= shortest)
                contents << told;
    }
    return contents;
}

QString refusalOf(const BuildExtras& extras, const Engine& engine)
{
    if (QString lack = lackOf(extras, engine); !lack.isEmpty())
        return lack;
    for (const NamedContext& context : extras.contexts)
        if (!isRemote(context.value) && !QFileInfo(context.value).isDir())
            return Build::tr("The named context %1 is no folder: %2.").arg(context.name, context.value);
    for (const BuildSecret& secret : extras.secrets) {
        if (!secret.file.isEmpty() && !QFileInfo(secret.file).isFile())
            return Build::tr("The secret %1 can't be read: there is no file %2.").arg(secret.id, secret.file);
        if (!secret.variable.isEmpty() && !qEnvironmentVariableIsSet(secret.variable.toLocal8Bit().constData()))
            return Build::tr("The secret %1 can't be read: the environment has no variable %2.")
                .arg(secret.id, secret.variable);
    }
    for (const SshForward& ssh : extras.ssh) {
        if (ssh.path.isEmpty() && !qEnvironmentVariableIsSet("SSH_AUTH_SOCK"))
            return Build::tr("There is no SSH agent to forward: the environment has no variable SSH_AUTH_SOCK.");
        if (!ssh.path.isEmpty() && !QFileInfo::exists(ssh.path))
            return Build::tr("The SSH key or socket %1 is not there: %2.").arg(ssh.id, ssh.path);
    }
    return {};
}

} // namespace stagelift
