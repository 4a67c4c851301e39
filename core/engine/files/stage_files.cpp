// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/stage_files.h"

#include "core/engine/build_workspace.h"
#include "core/engine/files/file_links.h"
#include "core/engine/files/file_sinks.h"
#include "core/engine/measure.h"
#include "core/engine/secrets.h"

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stagelift {

namespace {

constexpr auto kTick = 100ms;

/// The history's entries by the instruction that made them, and without what must not be seen.
void explainLayers(ImageFiles& files, const Analysis& analysis, int stage, const Redactor& redactor)
{
    Layers history;
    for (const HistoryEntry& entry : files.history())
        history.append({.createdBy = entry.createdBy, .bytes = 0});
    tieToInstructions(analysis, stage, history);
    const Stage& own = analysis.graph.stages.at(static_cast<std::size_t>(stage));
    for (qsizetype i = 0; i < history.size(); ++i) {
        const int layer = files.history().at(i).layer;
        if (layer < 0)
            continue;
        const int instruction = history.at(i).instruction;
        files.layers()[layer].instruction = instruction;
        files.layers()[layer].isOwn =
            std::cmp_greater_equal(instruction, own.firstInstruction) && std::cmp_less(instruction, own.endInstruction);
        files.layers()[layer].createdBy = redactor.clean(history.at(i).createdBy);
    }
}

} // namespace

struct FilesReading::State {
    ReadingWatch watch;
    std::expected<ImageFiles, QString> files = std::unexpected(QString());
};

FilesReading::FilesReading(BuildRequest request, QObject* parent) : QObject(parent), m_state(std::make_shared<State>())
{
    const auto reader = [state = m_state, request](ByteSource source) -> QString {
        state->files = readImage(std::move(source), state->watch);
        if (!state->files)
            return state->files.error();
        explainLayers(*state->files, *request.analysis, targetOf(request), Redactor(secretValues(request)));
        return {};
    };
    m_export = std::make_unique<ImageExport>(std::move(request), reader);
    connect(m_export.get(), &ImageExport::entered, this, [this](ImageExport::Phase phase) {
        m_phase = phase;
        emit progressed(m_phase, m_state->watch.bytes, m_state->watch.files);
    });
    connect(m_export.get(), &ImageExport::done, this, &FilesReading::finish);
    connect(&m_ticks, &QTimer::timeout, this,
            [this] { emit progressed(m_phase, m_state->watch.bytes, m_state->watch.files); });
}

FilesReading::~FilesReading()
{
    m_state->watch.stop = true;
}

void FilesReading::start()
{
    m_ticks.start(kTick);
    m_export->start();
}

void FilesReading::stop()
{
    m_state->watch.stop = true;
    m_export->stop();
}

void FilesReading::finish(const QString& problem)
{
    m_ticks.stop();
    if (problem.isEmpty() && m_state->files)
        emit done(std::make_shared<const ImageFiles>(std::move(*m_state->files)), {});
    else
        emit done(nullptr, problem);
}

std::expected<FileAddress, QString> addressOf(const ImageFiles& files, ImageFiles::Id node)
{
    const auto none = [](const char* sentence) { return std::unexpected(FileFetch::tr(sentence)); };
    const ImageFiles::Version* version = files.newest(node);
    if (version && version->change != FileChange::Hidden && version->type == FileType::Link) {
        node = follow(files, files.path(node));
        version = node == ImageFiles::kNone ? nullptr : files.newest(node);
        if (!version)
            return none("The link leads nowhere in this image.");
    }
    if (version && version->change == FileChange::Hidden)
        version = files.before(*version);
    if (!version || (version->type != FileType::File && version->type != FileType::HardLink))
        return none("Only files have a content.");
    const std::string path =
        version->type == FileType::HardLink ? std::string(files.linkOf(*version)) : files.path(node);
    return FileAddress{.blob = files.layers().at(version->layer).blob, .path = path, .mode = version->mode};
}

struct FileFetch::State {
    ReadingWatch watch;
    QByteArray bytes;
};

FileFetch::FileFetch(BuildRequest request, FileAddress address, QObject* parent)
    : QObject(parent), m_state(std::make_shared<State>()), m_request(std::move(request)), m_address(std::move(address))
{
}

FileFetch::~FileFetch()
{
    m_state->watch.stop = true;
}

void FileFetch::run(const std::function<QString(ByteSource)>& reader)
{
    m_export = std::make_unique<ImageExport>(m_request, reader);
    connect(m_export.get(), &ImageExport::done, this, [this](const QString& problem) {
        emit fetched(problem.isEmpty() ? m_state->bytes : QByteArray(), problem);
    });
    m_export->start();
}

void FileFetch::startPreview(qint64 most)
{
    run([state = m_state, address = m_address, most](ByteSource source) -> QString {
        BeginningSink sink(most);
        const auto read = extractFile(std::move(source), address.blob, address.path, sink, state->watch);
        state->bytes = sink.bytes();
        return read ? QString() : read.error();
    });
}

void FileFetch::startSaving(const QString& destination)
{
    run([state = m_state, address = m_address, destination](ByteSource source) -> QString {
        NewFileSink sink(destination, (address.mode & 0111) != 0);
        const auto read = extractFile(std::move(source), address.blob, address.path, sink, state->watch);
        if (!sink.problem().isEmpty())
            return sink.problem();
        return read ? sink.commit() : read.error();
    });
}

void FileFetch::stop()
{
    m_state->watch.stop = true;
    if (m_export)
        m_export->stop();
}

} // namespace stagelift
