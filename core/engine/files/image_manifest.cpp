// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/image_manifest.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <optional>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr qsizetype kMostLayers = 1000; // an engine takes some 127
constexpr int kDeepestIndex = 4;        // an index may lead to another

QString words(const char* text)
{
    return QCoreApplication::translate("stagelift::Files", text);
}

/// Where the configuration and the layers lie in the archive.
struct Places {
    std::string config;
    std::vector<std::string> layers;
};

QJsonDocument documentAt(const ImageDocuments& documents, const std::string& path)
{
    const auto found = documents.texts.find(path);
    return found == documents.texts.end() ? QJsonDocument() : QJsonDocument::fromJson(found->second);
}

std::string followed(const ImageDocuments& documents, const std::string& path)
{
    const auto link = documents.links.find(path);
    return link == documents.links.end() ? path : link->second;
}

/// "sha256:ab…" lies in blobs/sha256/ab….
std::string blobOf(const QJsonValue& descriptor)
{
    return "blobs/" + descriptor["digest"_L1].toString().replace(u':', u'/').toStdString();
}

std::optional<Places> dockerPlaces(const ImageDocuments& documents)
{
    const QJsonValue image = documentAt(documents, "manifest.json").array().at(0);
    if (!image.isObject())
        return std::nullopt;
    Places places{.config = image["Config"_L1].toString().toStdString(), .layers = {}};
    for (const auto& layer : image["Layers"_L1].toArray())
        places.layers.push_back(followed(documents, layer.toString().toStdString()));
    return places;
}

/// Provenance and such is filed as an image of no platform (buildkit, docs/attestations/attestation-storage.md).
bool isAttestation(const QJsonValue& descriptor)
{
    return descriptor["platform"_L1]["os"_L1].toString() == "unknown"_L1 ||
           descriptor["annotations"_L1]["vnd.docker.reference.type"_L1].isString();
}

std::optional<Places> ociPlaces(const ImageDocuments& documents)
{
    QJsonObject manifest = documentAt(documents, "index.json").object();
    for (int depth = 0; depth < kDeepestIndex && manifest.contains("manifests"_L1); ++depth) {
        QJsonObject next;
        for (const auto& descriptor : manifest["manifests"_L1].toArray())
            if (next.isEmpty() && !isAttestation(descriptor))
                next = documentAt(documents, blobOf(descriptor)).object();
        manifest = next;
    }
    if (!manifest["layers"_L1].isArray())
        return std::nullopt;
    Places places{.config = blobOf(manifest["config"_L1]), .layers = {}};
    for (const auto& layer : manifest["layers"_L1].toArray())
        places.layers.push_back(blobOf(layer));
    return places;
}

} // namespace

std::expected<ImageManifest, QString> manifestOf(const ImageDocuments& documents)
{
    auto places = dockerPlaces(documents);
    if (!places)
        places = ociPlaces(documents);
    if (!places)
        return std::unexpected(words("What the engine has written is no image archive."));
    if (std::cmp_greater(places->layers.size(), kMostLayers))
        return std::unexpected(words("The image has more than %1 layers.").arg(kMostLayers));
    ImageManifest manifest;
    for (std::string& layer : places->layers)
        manifest.layers.push_back({.blob = std::move(layer), .createdBy = {}});
    int next = 0;
    for (const auto& entry : documentAt(documents, places->config).object().value("history"_L1).toArray()) {
        HistoryEntry kept{.createdBy = entry["created_by"_L1].toString(), .layer = -1};
        if (!entry["empty_layer"_L1].toBool() && std::cmp_less(next, manifest.layers.size())) {
            kept.layer = next++;
            manifest.layers[static_cast<std::size_t>(kept.layer)].createdBy = kept.createdBy;
        }
        manifest.history.append(kept);
    }
    return manifest;
}

} // namespace stagelift
