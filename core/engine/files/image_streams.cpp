// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/image_streams.h"

#include "core/engine/files/image_reader.h"
#include "core/engine/files/pipe_source.h"

#include <algorithm>
#include <thread>

namespace stagelift {

/// The thread is the last member: it uses the others, and is waited for first.
struct ImageStreams::Stream {
    explicit Stream(const QString& path) : pipe(path) {}

    PipeSource pipe;
    ReadingWatch watch;
    std::jthread thread;
};

namespace {

/// A writer that nobody reads from any more would wait for ever.
void drain(PipeSource& pipe)
{
    for (auto piece = pipe.next(); piece && !piece->isEmpty();)
        piece = pipe.next();
}

} // namespace

ImageStreams::ImageStreams(const QHash<int, QString>& paths, Hear hear) : m_receiver(std::make_unique<QObject>())
{
    for (const auto& [stage, path] : paths.asKeyValueRange()) {
        const auto stream = std::make_shared<Stream>(path);
        m_streams.insert(stage, stream);
        if (!stream->pipe.isOpen())
            return;
    }
    for (const auto& [stage, stream] : m_streams.asKeyValueRange())
        stream->thread = std::jthread([receiver = m_receiver.get(), stage, &reading = *stream, hear] {
            const auto files =
                readImage([&reading] { return reading.pipe.next(); }, reading.watch, ReadingDepth::Entries);
            const auto layers = files.transform(layersOf);
            QMetaObject::invokeMethod(receiver, [hear, stage, layers] { hear(stage, layers); }, Qt::QueuedConnection);
            drain(reading.pipe);
        });
}

ImageStreams::~ImageStreams()
{
    for (const auto& stream : std::as_const(m_streams)) {
        stream->watch.stop = true;
        stream->pipe.callOff();
    }
    m_streams.clear();
}

bool ImageStreams::areOpen() const
{
    return std::ranges::all_of(m_streams, [](const auto& stream) { return stream->pipe.isOpen(); });
}

void ImageStreams::writersHaveEnded()
{
    for (const auto& stream : std::as_const(m_streams))
        stream->pipe.closeWriteEnd();
}

Layers layersOf(const ImageFiles& files)
{
    QList<qint64> weights;
    for (const ImageLayer& layer : files.layers())
        weights << layer.bytes;
    for (ImageFiles::Id node = 0; node < files.count(); ++node)
        for (const auto* version = files.newest(node); version; version = files.before(*version))
            if (version->type == FileType::Link && version->change != FileChange::Hidden)
                weights[version->layer] += version->linkSize;
    Layers layers;
    for (const HistoryEntry& entry : files.history())
        layers.append({.createdBy = entry.createdBy, .bytes = entry.layer < 0 ? 0 : weights.at(entry.layer)});
    return layers;
}

} // namespace stagelift
