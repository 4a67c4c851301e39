// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which of the blobs in an image archive are the layers of its image, in which order, and what made each.

#pragma once

#include "core/engine/files/image_files.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <expected>
#include <map>
#include <string>
#include <vector>

namespace stagelift {

/// The JSON files of an archive by their paths in it, and its links.
struct ImageDocuments {
    std::map<std::string, QByteArray> texts;
    std::map<std::string, std::string> links; // an old `docker save` keeps layers that are alike once
};

struct ManifestLayer {
    std::string blob; // its path in the archive
    QString createdBy;
};

struct ImageManifest {
    std::vector<ManifestLayer> layers; // from the base up
    QList<HistoryEntry> history;       // likewise
};

/// Of the first image there is; attestations are none.
[[nodiscard]] std::expected<ImageManifest, QString> manifestOf(const ImageDocuments& documents);

} // namespace stagelift
