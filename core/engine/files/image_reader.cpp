// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/image_reader.h"

#include "core/dockerfile/paths.h"
#include "core/engine/files/content_sum.h"
#include "core/engine/files/image_files_builder.h"
#include "core/engine/files/image_manifest.h"
#include "core/engine/files/program_reader.h"

#include <QCoreApplication>

#include <map>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr qsizetype kLargestDocument = 16 * 1024 * 1024; // bytes of a manifest or a configuration
constexpr qsizetype kMostDocuments = 64 * 1024 * 1024;   // bytes of all

QString words(const char* text)
{
    return QCoreApplication::translate("stagelift::Files", text);
}

QString stopped()
{
    return words("Stopped.");
}

QString tooMany()
{
    return words("The image has too many files to be shown: more than %L1.").arg(kMostFiles);
}

/// "./a//b" is "a/b", and so is "../a/b": there is nothing above an archive.
std::string cleaned(std::string_view path)
{
    return cleanedPath('/' + std::string(path)).substr(1);
}

/// What a link in the archive points to.
std::string targetOf(const std::string& link, std::string_view target)
{
    const std::size_t slash = link.rfind('/');
    const std::string folder = slash == std::string::npos ? std::string() : link.substr(0, slash + 1);
    return cleaned(folder + std::string(target));
}

/// The content of an entry.
/// @param first the piece that was looked at already
ByteSource contentOf(TarStream& tar, ReadingWatch& watch, std::optional<QByteArrayView> first = std::nullopt)
{
    return [&tar, first, &watch]() mutable -> std::expected<QByteArrayView, QString> {
        if (watch.stop)
            return std::unexpected(stopped());
        if (const auto looked = std::exchange(first, std::nullopt))
            return *looked;
        const auto piece = tar.piece();
        if (!piece)
            return std::unexpected(piece.error());
        return piece->bytes;
    };
}

ByteSource counted(ByteSource source, ReadingWatch& watch)
{
    return [source = std::move(source), &watch]() -> std::expected<QByteArrayView, QString> {
        if (watch.stop)
            return std::unexpected(stopped());
        auto piece = source();
        if (piece)
            watch.bytes += piece->size();
        return piece;
    };
}

class ImageReader {
public:
    ImageReader(ByteSource source, ReadingWatch& watch, ReadingDepth depth)
        : m_tar(counted(std::move(source), watch)), m_watch(watch), m_depth(depth)
    {
    }

    std::expected<ImageFiles, QString> read();

private:
    std::expected<void, QString> takeEntry(const TarEntry& entry);
    std::expected<void, QString> takeDocument(const std::string& path, QByteArrayView first);
    std::expected<void, QString> takeLayer(const std::string& path, QByteArrayView first);
    std::expected<void, QString> lookInto(TarStream& tar, const TarEntry& entry, LayerEntries& layer);
    void keep(ProgramFacts facts, LayerEntries& layer);
    [[nodiscard]] std::expected<ImageFiles, QString> layOut() const;

    TarStream m_tar;
    ReadingWatch& m_watch;
    ReadingDepth m_depth;
    ImageDocuments m_documents;
    qsizetype m_documentBytes = 0;
    std::map<std::string, std::expected<LayerEntries, QString>> m_layers;
    std::size_t m_entries = 0;
    std::size_t m_text = 0;
    ProgramReader m_program;
    std::size_t m_programs = 0;
    std::size_t m_programText = 0;
};

std::expected<ImageFiles, QString> ImageReader::read()
{
    for (;;) {
        const auto entry = m_tar.next();
        if (!entry)
            return std::unexpected(entry.error());
        if (!*entry)
            return layOut();
        if (auto taken = takeEntry(**entry); !taken)
            return std::unexpected(taken.error());
    }
}

std::expected<void, QString> ImageReader::takeEntry(const TarEntry& entry)
{
    const std::string path = cleaned(entry.path);
    if (entry.type == FileType::Link || entry.type == FileType::HardLink) {
        m_documents.links[path] = entry.type == FileType::Link ? targetOf(path, entry.link) : cleaned(entry.link);
        return {};
    }
    if (entry.type != FileType::File)
        return {};
    const auto first = m_tar.piece();
    if (!first)
        return std::unexpected(first.error());
    if (first->bytes.startsWith('{') || first->bytes.startsWith('['))
        return takeDocument(path, first->bytes);
    return takeLayer(path, first->bytes);
}

std::expected<void, QString> ImageReader::takeDocument(const std::string& path, QByteArrayView first)
{
    const ByteSource content = contentOf(m_tar, m_watch, first);
    QByteArray document;
    for (;;) {
        const auto piece = content();
        if (!piece)
            return std::unexpected(piece.error());
        if (piece->isEmpty())
            break;
        m_documentBytes += piece->size();
        if (document.size() + piece->size() > kLargestDocument || m_documentBytes > kMostDocuments)
            return {}; // of no use to us, whatever it is
        document += *piece;
    }
    m_documents.texts[path] = document;
    return {};
}

std::expected<void, QString> ImageReader::takeLayer(const std::string& path, QByteArrayView first)
{
    TarStream tar(contentOf(m_tar, m_watch, first));
    LayerEntries layer;
    // There are other things in an archive than layers: whether a broken one is of them is known at the end.
    const auto giveUp = [&](const QString& problem) -> std::expected<void, QString> {
        if (tar.sourceFailed())
            return std::unexpected(problem);
        m_layers.insert_or_assign(path, std::unexpected(problem));
        return {};
    };
    for (;;) {
        const auto entry = tar.next();
        if (!entry)
            return giveUp(entry.error());
        if (!*entry)
            break;
        m_text += (*entry)->path.size() + (*entry)->link.size();
        if (++m_entries > kMostFiles || m_text > kMostText)
            return std::unexpected(tooMany());
        ++m_watch.files;
        layer.add(**entry);
        if (const auto looked = lookInto(tar, **entry, layer); !looked)
            return giveUp(looked.error());
    }
    m_layers.insert_or_assign(path, std::move(layer));
    return {};
}

/// Its content goes by once: what it needs to run is kept, and a sum.
std::expected<void, QString> ImageReader::lookInto(TarStream& tar, const TarEntry& entry, LayerEntries& layer)
{
    constexpr unsigned kCanBeRun = 0111;
    if (m_depth == ReadingDepth::Entries || entry.type != FileType::File || entry.size == 0)
        return {};
    m_program.begin();
    ContentSum sum;
    for (;;) {
        const auto piece = tar.piece();
        if (!piece)
            return std::unexpected(piece.error());
        if (piece->bytes.isEmpty())
            break;
        sum.take(piece->bytes, piece->offset);
        if (m_program.wantsMore())
            m_program.take(piece->bytes, piece->offset);
    }
    layer.setLastSum(sum.value(entry.size));
    auto facts = m_program.facts(entry.size);
    if (facts && (facts->kind != ProgramKind::Script || (entry.mode & kCanBeRun) != 0))
        keep(std::move(*facts), layer);
    return {};
}

void ImageReader::keep(ProgramFacts facts, LayerEntries& layer)
{
    m_programText += facts.interpreter.size() + facts.argument.size();
    for (const std::vector<std::string>* names : {&facts.needed, &facts.searchPaths})
        for (const std::string& name : *names)
            m_programText += sizeof(name) + name.size();
    if (++m_programs > kMostPrograms || m_programText > kMostProgramText)
        layer.leaveOutPrograms();
    else
        layer.describeLast(std::move(facts));
}

std::expected<ImageFiles, QString> ImageReader::layOut() const
{
    const auto manifest = manifestOf(m_documents);
    if (!manifest)
        return std::unexpected(manifest.error());
    ImageFilesBuilder builder;
    for (const ManifestLayer& layer : manifest->layers) {
        if (m_watch.stop)
            return std::unexpected(stopped());
        const auto found = m_layers.find(layer.blob);
        const QString name = QString::fromStdString(layer.blob);
        if (found == m_layers.end())
            return std::unexpected(words("The image's layer %1 is not in the archive.").arg(name));
        if (!found->second)
            return std::unexpected(words("The image's layer %1 is broken: %2").arg(name, found->second.error()));
        if (!builder.add(*found->second, layer))
            return std::unexpected(tooMany());
    }
    return builder.take(manifest->history);
}

} // namespace

std::expected<ImageFiles, QString> readImage(ByteSource source, ReadingWatch& watch, ReadingDepth depth)
{
    return ImageReader(std::move(source), watch, depth).read();
}

std::expected<void, QString> extractFile(ByteSource source, const std::string& blob, const std::string& path,
                                         FileSink& sink, ReadingWatch& watch)
{
    TarStream archive(counted(std::move(source), watch));
    auto entry = archive.next();
    while (entry && *entry && cleaned((*entry)->path) != blob)
        entry = archive.next();
    if (!entry)
        return std::unexpected(entry.error());
    if (!*entry)
        return std::unexpected(words("The image has changed since its files were read. Read them again."));
    TarStream layer(contentOf(archive, watch));
    const std::string wanted = cleaned(path);
    auto file = layer.next();
    while (file && *file && cleaned((*file)->path) != wanted)
        file = layer.next();
    if (!file)
        return std::unexpected(file.error());
    if (!*file || (*file)->type != FileType::File)
        return std::unexpected(words("%1 is no file there.").arg(QString::fromStdString(path)));
    const qint64 size = (*file)->size;
    for (;;) {
        const auto piece = layer.piece();
        if (!piece)
            return std::unexpected(piece.error());
        if (piece->bytes.isEmpty()) {
            sink.finish(size);
            return {};
        }
        if (!sink.take(piece->bytes, piece->offset))
            return {};
    }
}

} // namespace stagelift
