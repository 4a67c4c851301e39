// SPDX-License-Identifier: GPL-3.0-or-later
//
// Image archives that are made up, from layers written in one line each:
//     etc/  etc/passwd:10  bin/sh->busybox  bin/ls=>bin/busybox  dev/null!  run/x?  opt/tool:10,755  .wh.gone
// a folder, a file of ten bytes, a link, a hard link, a device, a pipe, a file that can be run, a mark that hides.

#pragma once

#include "core/engine/files/image_reader.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <archive.h>
#include <archive_entry.h>

#include <utility>

namespace stagelift::test {

struct FixtureEntry {
    QByteArray path = {};
    QByteArray content = {};
    QByteArray link = {};
    unsigned mode = 0644;
    unsigned type = AE_IFREG;
    bool hard = false;
};

inline QByteArray tarOf(const QList<FixtureEntry>& entries, int filter = ARCHIVE_FILTER_NONE)
{
    QByteArray bytes;
    archive* writer = archive_write_new();
    archive_write_set_format_pax_restricted(writer);
    archive_write_add_filter(writer, filter);
    archive_write_set_bytes_in_last_block(writer, 1); // no filling behind what is packed
    const auto write = [](archive*, void* to, const void* from, std::size_t size) -> la_ssize_t {
        static_cast<QByteArray*>(to)->append(static_cast<const char*>(from), static_cast<qsizetype>(size));
        return static_cast<la_ssize_t>(size);
    };
    archive_write_open(writer, &bytes, nullptr, write, nullptr);
    for (const FixtureEntry& entry : entries) {
        archive_entry* header = archive_entry_new();
        archive_entry_copy_pathname(header, entry.path.constData());
        archive_entry_set_filetype(header, entry.type);
        archive_entry_set_perm(header, entry.mode);
        archive_entry_set_size(header, entry.content.size());
        if (entry.hard)
            archive_entry_copy_hardlink(header, entry.link.constData());
        else if (entry.type == AE_IFLNK)
            archive_entry_copy_symlink(header, entry.link.constData());
        archive_write_header(writer, header);
        archive_write_data(writer, entry.content.constData(), static_cast<std::size_t>(entry.content.size()));
        archive_entry_free(header);
    }
    archive_write_free(writer);
    return bytes;
}

/// A word of a layer.
inline FixtureEntry entryOf(const QByteArray& word)
{
    if (const auto at = word.indexOf("=>"); at >= 0)
        return {.path = word.first(at), .link = word.sliced(at + 2), .hard = true};
    if (const auto at = word.indexOf("->"); at >= 0)
        return {.path = word.first(at), .link = word.sliced(at + 2), .mode = 0777, .type = AE_IFLNK};
    if (word.endsWith('!'))
        return {.path = word.chopped(1), .type = AE_IFCHR};
    if (word.endsWith('?'))
        return {.path = word.chopped(1), .type = AE_IFIFO};
    const QByteArray path = word.split(':').constFirst();
    const QByteArray mode = word.contains(',') ? word.split(',').constLast() : QByteArray();
    if (path.endsWith('/'))
        return {.path = path, .mode = mode.isEmpty() ? 0755U : mode.toUInt(nullptr, 8), .type = AE_IFDIR};
    return {.path = path,
            .content = QByteArray(word.mid(path.size() + 1).split(',').constFirst().toInt(), 'x'),
            .mode = mode.isEmpty() ? 0644U : mode.toUInt(nullptr, 8)};
}

inline QByteArray layerOf(const QString& words, int filter = ARCHIVE_FILTER_NONE)
{
    QList<FixtureEntry> entries;
    for (const QString& word : words.split(u' ', Qt::SkipEmptyParts))
        entries << entryOf(word.toUtf8());
    return tarOf(entries, filter);
}

inline QByteArray json(const QJsonValue& value)
{
    return value.isArray() ? QJsonDocument(value.toArray()).toJson() : QJsonDocument(value.toObject()).toJson();
}

/// A configuration whose history is of one instruction a layer: "RUN 0", "RUN 1", and an empty one at the end.
inline QByteArray configOf(qsizetype layers)
{
    QJsonArray history;
    for (qsizetype i = 0; i < layers; ++i)
        history.append(QJsonObject{{QStringLiteral("created_by"), QStringLiteral("RUN %1").arg(i)}});
    history.append(
        QJsonObject{{QStringLiteral("created_by"), QStringLiteral("CMD")}, {QStringLiteral("empty_layer"), true}});
    return json(QJsonObject{{QStringLiteral("history"), history}});
}

/// As `docker save` writes it, the manifest last.
inline QByteArray dockerArchive(const QList<QByteArray>& layers)
{
    QList<FixtureEntry> entries;
    QJsonArray names;
    for (const QByteArray& layer : layers) {
        names.append(QStringLiteral("layer-%1.tar").arg(names.size()));
        entries << FixtureEntry{.path = names.last().toString().toUtf8(), .content = layer};
    }
    entries << FixtureEntry{.path = "config.json", .content = configOf(layers.size())};
    entries << FixtureEntry{.path = "manifest.json",
                            .content =
                                json(QJsonArray{QJsonObject{{QStringLiteral("Config"), QStringLiteral("config.json")},
                                                            {QStringLiteral("Layers"), names}}})};
    return tarOf(entries);
}

inline QByteArray dockerArchive(const QStringList& layers)
{
    QList<QByteArray> tars;
    for (const QString& layer : layers)
        tars << layerOf(layer);
    return dockerArchive(tars);
}

/// A source that gives `bytes` in pieces of a size. It looks at them: they must stay.
inline ByteSource sourceOf(const QByteArray& bytes, qsizetype piece = 64 * 1024)
{
    return [rest = QByteArrayView(bytes), piece]() mutable -> std::expected<QByteArrayView, QString> {
        const QByteArrayView next = rest.first(std::min(piece, rest.size()));
        rest = rest.sliced(next.size());
        return next;
    };
}

/// Of an image of these layers, as layerOf() takes them.
inline ImageFilesPtr imageFilesOf(const QStringList& layers)
{
    const QByteArray archive = dockerArchive(layers);
    ReadingWatch watch;
    auto files = readImage(sourceOf(archive), watch);
    if (!files)
        qFatal("%s", qPrintable(files.error()));
    return std::make_shared<const ImageFiles>(std::move(*files));
}

/// What a container sees, a word a path, in the order of the alphabet.
inline QString seen(const ImageFiles& files)
{
    QStringList words;
    for (ImageFiles::Id node = 1; node < files.count(); ++node) {
        if (!files.exists(node))
            continue;
        const ImageFiles::Version& version = *files.newest(node);
        const QString path = QString::fromStdString(files.path(node)).sliced(1);
        const std::string_view link = files.linkOf(version);
        const QString target = QString::fromUtf8(link.data(), static_cast<qsizetype>(link.size()));
        switch (version.type) {
        case FileType::File:
            words << path + u':' + QString::number(version.size);
            break;
        case FileType::Folder:
            words << path + u'/';
            break;
        case FileType::Link:
            words << path + QStringLiteral("->") + target;
            break;
        case FileType::HardLink:
            words << path + QStringLiteral("=>") + target;
            break;
        case FileType::Device:
            words << path + u'!';
            break;
        case FileType::Other:
            words << path + u'?';
            break;
        }
    }
    words.sort();
    return words.join(u' ');
}

/// What each layer has done: "+a ~b|-a".
inline QString changes(const ImageFiles& files)
{
    QStringList layers;
    for (int layer = 0; layer < files.layers().size(); ++layer) {
        QStringList words;
        for (ImageFiles::Id node = 1; node < files.count(); ++node)
            if (const auto* version = files.inLayer(node, layer))
                words << QStringLiteral("+~-").at(static_cast<int>(version->change)) +
                             QString::fromStdString(files.path(node)).sliced(1);
        std::ranges::sort(words, {}, [](const QString& word) { return word.sliced(1); });
        layers << words.join(u' ');
    }
    return layers.join(u'|');
}

} // namespace stagelift::test
