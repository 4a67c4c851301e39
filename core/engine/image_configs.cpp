// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/image_configs.h"

#include "core/engine/ask.h"
#include "core/stages/image_name.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr std::chrono::milliseconds kTypingPause{500};

Command inspectCommand(const Engine& engine, const QString& image)
{
    const QStringList arguments = engine.kind == EngineKind::Buildah
                                      ? QStringList{u"inspect"_s, u"--type"_s, u"image"_s, image}
                                      : QStringList{u"image"_s, u"inspect"_s, image};
    return engine.command(arguments);
}

QString platformOf(const QJsonObject& image, QLatin1StringView os, QLatin1StringView architecture,
                   QLatin1StringView variant)
{
    QString platform = image[os].toString() + u'/' + image[architecture].toString();
    if (const QString last = image[variant].toString(); !last.isEmpty())
        platform += u'/' + last;
    return platform;
}

} // namespace

std::optional<ImageConfig> imageConfigFrom(const QByteArray& json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    // Docker and Podman answer with a list of one, Buildah with both formats of the image it knows.
    const QJsonObject image = document.isArray() ? document[0].toObject() : document.object();
    const bool isBuildah = image.contains("OCIv1"_L1);
    const QJsonObject oci = image["OCIv1"_L1].toObject();
    const QJsonObject config = isBuildah ? oci["config"_L1].toObject() : image["Config"_L1].toObject();
    const QJsonValue shell = isBuildah ? image["Docker"_L1]["config"_L1]["Shell"_L1] : config["Shell"_L1];
    ImageConfig result;
    result.platform = (isBuildah ? platformOf(oci, "os"_L1, "architecture"_L1, "variant"_L1)
                                 : platformOf(image, "Os"_L1, "Architecture"_L1, "Variant"_L1))
                          .toStdString();
    if (result.platform.starts_with('/') || result.platform.ends_with('/'))
        return std::nullopt;
    for (const auto& entry : config["Env"_L1].toArray()) {
        const QString pair = entry.toString();
        result.environment.emplace_back(pair.section(u'=', 0, 0).toStdString(), pair.section(u'=', 1).toStdString());
    }
    result.isLocalCopy = true;
    result.hasShell = !shell.toArray().isEmpty();
    return result;
}

std::function<std::optional<ImageConfig>(std::string_view)> lookUpIn(KnownImagesPtr images)
{
    return [images = std::move(images)](std::string_view name) -> std::optional<ImageConfig> {
        const auto found = images->find(name);
        return found == images->end() ? std::nullopt : std::optional(found->second);
    };
}

ImageConfigs::ImageConfigs(QObject* parent) : QObject(parent)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(kTypingPause);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        for (const auto& [who, images] : std::exchange(m_soon, {}))
            want(images);
    });
}

void ImageConfigs::setEngine(const std::optional<Engine>& engine)
{
    const bool isReady = engine && engine->ready;
    const bool isSame = isReady == m_engine.has_value() &&
                        (!isReady || (engine->program == m_engine->program && engine->where == m_engine->where));
    if (isSame)
        return;
    ++m_turn;
    m_engine = isReady ? engine : std::nullopt;
    m_isAsking = false;
    m_open = m_wanted.values();
    if (!m_known->empty()) {
        m_known = std::make_shared<const KnownImages>();
        emit changed();
    }
    askNext();
}

void ImageConfigs::want(const std::vector<std::string>& images)
{
    for (const std::string& name : images) {
        const QString image = QString::fromStdString(name);
        // What a person is typing is no name yet; and what begins with a dash would be read as an option.
        if (imageNameProblem(name) || name.starts_with('-') || m_wanted.contains(image))
            continue;
        m_wanted.insert(image);
        m_open.append(image);
    }
    askNext();
}

void ImageConfigs::wantSoon(const QObject* who, std::vector<std::string> images)
{
    m_soon.insert_or_assign(who, std::move(images));
    m_pause.start();
}

void ImageConfigs::askAgain(const std::vector<std::string>& images)
{
    for (const std::string& name : images)
        m_wanted.remove(QString::fromStdString(name));
    want(images);
}

void ImageConfigs::askNext()
{
    if (m_isAsking)
        return;
    if (m_open.isEmpty() || !m_engine) {
        if (std::exchange(m_hasNews, false))
            emit changed();
        emit settled();
        return;
    }
    m_isAsking = true;
    const QString image = m_open.takeFirst();
    ask(inspectCommand(*m_engine, image), this, [this, image, turn = m_turn](const Answer& answer) {
        if (turn != m_turn)
            return;
        m_isAsking = false;
        if (answer.ok)
            hear(image, answer.output);
        askNext();
    });
}

void ImageConfigs::hear(const QString& image, const QByteArray& json)
{
    auto config = imageConfigFrom(json);
    if (!config)
        return;
    const auto before = m_known->find(image.toStdString());
    if (before != m_known->end() && before->second == *config)
        return;
    auto images = std::make_shared<KnownImages>(*m_known);
    images->insert_or_assign(image.toStdString(), std::move(*config));
    m_known = std::move(images);
    m_hasNews = true;
}

} // namespace stagelift
