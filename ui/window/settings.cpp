// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/settings.h"

#include "core/engine/secrets.h"
#include "core/history/history_store.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>

#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr std::array kThemeNames{"system", "light", "dark"};

QString stateKey(const QString& pane)
{
    return u"window/"_s + pane;
}

/// Secrets by where they come from; there is nothing else to write.
QJsonObject toJson(const BuildExtras& extras)
{
    QList<NamedContext> contexts = extras.contexts;
    contexts.removeIf([](const NamedContext& context) { return looksSecret({}, context.value); });
    return {{u"pull"_s, extras.pull},
            {u"network"_s, networkWord(extras.network)},
            {u"contexts"_s, QJsonArray::fromStringList(allWritten(contexts))},
            {u"secrets"_s, QJsonArray::fromStringList(allWritten(extras.secrets))},
            {u"ssh"_s, QJsonArray::fromStringList(allWritten(extras.ssh))},
            {u"cacheFrom"_s, QJsonArray::fromStringList(extras.cacheFrom)},
            {u"cacheTo"_s, QJsonArray::fromStringList(extras.cacheTo)}};
}

/// What can't be read, because another version or a hand wrote it, is left out.
template<typename Value>
QList<Value> readAll(const QJsonValue& texts, std::expected<Value, QString> (*read)(const QString&))
{
    QList<Value> values;
    for (const auto& text : texts.toArray())
        if (auto value = read(text.toString()))
            values << *value;
    return values;
}

BuildExtras extrasFromJson(const QJsonObject& object)
{
    return {.pull = object[u"pull"_s].toBool(),
            .network = networkFrom(object[u"network"_s].toString()).value_or(BuildNetwork::Default),
            .contexts = readAll(object[u"contexts"_s], namedContextFrom),
            .secrets = readAll(object[u"secrets"_s], secretFrom),
            .ssh = readAll(object[u"ssh"_s], sshFrom),
            .cacheFrom = readAll(object[u"cacheFrom"_s], cacheFrom),
            .cacheTo = readAll(object[u"cacheTo"_s], cacheFrom)};
}

QJsonObject toJson(const QString& file, const BuildChoices& choices)
{
    QJsonArray arguments;
    for (const auto& [name, value] : choices.buildArgs) {
        if (!looksSecret(name, value))
            arguments.append(QJsonArray{name, value});
    }
    return {{u"file"_s, file},
            {u"arguments"_s, arguments},
            {u"context"_s, choices.context},
            {u"tags"_s, QJsonArray::fromStringList(choices.tags)},
            {u"platform"_s, choices.platform},
            {u"also"_s, QJsonArray::fromStringList(choices.alsoTargets)},
            {u"allStages"_s, choices.allStages},
            {u"noCache"_s, choices.noCache},
            {u"more"_s, toJson(choices.extras)}};
}

BuildChoices fromJson(const QJsonObject& object)
{
    BuildChoices choices;
    for (const auto& argument : object[u"arguments"_s].toArray())
        choices.buildArgs.emplace_back(argument[0].toString(), argument[1].toString());
    for (const auto& tag : object[u"tags"_s].toArray())
        choices.tags << tag.toString();
    choices.context = object[u"context"_s].toString();
    choices.platform = object[u"platform"_s].toString();
    for (const auto& stage : object[u"also"_s].toArray())
        choices.alsoTargets << stage.toString();
    choices.allStages = object[u"allStages"_s].toBool();
    choices.noCache = object[u"noCache"_s].toBool();
    choices.extras = extrasFromJson(object[u"more"_s].toObject());
    return choices;
}

QString identity(const QString& file)
{
    const QFileInfo info(file);
    const QString canonical = info.canonicalFilePath();
    return canonical.isEmpty() ? info.absoluteFilePath() : canonical;
}

} // namespace

Settings::Settings(std::unique_ptr<QSettings> store) : m_store(std::move(store)) {}
Settings::Settings(Settings&&) noexcept = default;
Settings& Settings::operator=(Settings&&) noexcept = default;
Settings::~Settings() = default;

Settings Settings::ofUser()
{
    Settings settings(
        std::make_unique<QSettings>(QSettings::IniFormat, QSettings::UserScope, u"stagelift"_s, u"stagelift"_s));
    settings.setHistoryFolder(HistoryStore::userFolder());
    return settings;
}

Settings Settings::inFile(const QString& path)
{
    return Settings(std::make_unique<QSettings>(path, QSettings::IniFormat));
}

Settings Settings::forgetful()
{
    return Settings(nullptr);
}

QVariant Settings::value(const QString& key, const QVariant& fallback) const
{
    return m_store ? m_store->value(key, fallback) : fallback;
}

void Settings::setValue(const QString& key, const QVariant& value)
{
    if (m_store)
        m_store->setValue(key, value);
}

ThemeChoice Settings::theme() const
{
    const QString name = value(u"window/theme"_s).toString();
    for (std::size_t i = 0; i < kThemeNames.size(); ++i) {
        if (name == QLatin1StringView(kThemeNames[i]))
            return static_cast<ThemeChoice>(i);
    }
    return ThemeChoice::System;
}

void Settings::setTheme(ThemeChoice choice)
{
    setValue(u"window/theme"_s, QString::fromLatin1(kThemeNames.at(static_cast<std::size_t>(choice))));
}

bool Settings::legend() const
{
    return value(u"diagram/legend"_s).toBool();
}

void Settings::setLegend(bool shown)
{
    setValue(u"diagram/legend"_s, shown);
}

QByteArray Settings::geometry() const
{
    return value(u"window/geometry"_s).toByteArray();
}

void Settings::setGeometry(const QByteArray& geometry)
{
    setValue(u"window/geometry"_s, geometry);
}

QByteArray Settings::paneState(const QString& pane) const
{
    return value(stateKey(pane)).toByteArray();
}

void Settings::setPaneState(const QString& pane, const QByteArray& state)
{
    setValue(stateKey(pane), state);
}

QStringList Settings::recentFiles() const
{
    return value(u"files/recent"_s).toStringList();
}

void Settings::addRecentFile(const QString& path)
{
    QStringList files = recentFiles();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    files.removeAll(absolute);
    files.prepend(absolute);
    setValue(u"files/recent"_s, files.mid(0, kMaxRecentFiles));
}

void Settings::clearRecentFiles()
{
    setValue(u"files/recent"_s, QStringList());
}

Session Settings::session() const
{
    return {.files = value(u"session/files"_s).toStringList(), .current = value(u"session/current"_s).toInt()};
}

void Settings::setSession(const Session& session)
{
    setValue(u"session/files"_s, session.files);
    setValue(u"session/current"_s, session.current);
}

QString Settings::engine() const
{
    return value(u"build/engine"_s).toString();
}

void Settings::setEngine(const QString& id)
{
    setValue(u"build/engine"_s, id);
}

bool Settings::buildOnSave() const
{
    return value(u"build/onSave"_s).toBool();
}

void Settings::setBuildOnSave(bool wanted)
{
    setValue(u"build/onSave"_s, wanted);
}

bool Settings::keepsHistory() const
{
    return value(u"build/history"_s, true).toBool();
}

void Settings::setKeepsHistory(bool wanted)
{
    setValue(u"build/history"_s, wanted);
}

bool Settings::notifiesAtEnd() const
{
    return value(u"build/notify"_s, true).toBool();
}

void Settings::setNotifiesAtEnd(bool wanted)
{
    setValue(u"build/notify"_s, wanted);
}

BuildChoices Settings::buildChoices(const QString& file) const
{
    const QString wanted = identity(file);
    const QJsonArray all = QJsonDocument::fromJson(value(u"build/choices"_s).toString().toUtf8()).array();
    for (const auto& each : all) {
        if (each[u"file"_s].toString() == wanted)
            return fromJson(each.toObject());
    }
    return {};
}

void Settings::setBuildChoices(const QString& file, const BuildChoices& choices)
{
    const QString wanted = identity(file);
    QJsonArray kept;
    if (choices != BuildChoices{})
        kept.append(toJson(wanted, choices));
    const QJsonArray all = QJsonDocument::fromJson(value(u"build/choices"_s).toString().toUtf8()).array();
    for (const auto& each : all) {
        if (each[u"file"_s].toString() != wanted && kept.size() < kMaxFilesWithChoices)
            kept.append(each);
    }
    setValue(u"build/choices"_s, QString::fromUtf8(QJsonDocument(kept).toJson(QJsonDocument::Compact)));
}

} // namespace stagelift::ui
