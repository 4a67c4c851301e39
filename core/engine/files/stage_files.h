// SPDX-License-Identifier: GPL-3.0-or-later
//
// The files of a built stage, and the content of one of them, asked of an engine without waiting for it.

#pragma once

#include "core/engine/files/image_export.h"
#include "core/engine/files/image_reader.h"

#include <QTimer>

namespace stagelift {

/// Reads which files a stage's image has.
class FilesReading : public QObject {
    Q_OBJECT
public:
    /// @param request as the stage was built; its target is the stage
    explicit FilesReading(BuildRequest request, QObject* parent = nullptr);
    ~FilesReading() override;

    void start();
    void stop();

signals:
    /// Some ten times a second. `bytes` of the archive have come, and `files` are known.
    void progressed(stagelift::ImageExport::Phase phase, qint64 bytes, qint64 files);
    /// Exactly once after start(). Without files there is a problem: a sentence. It may not be deleted in a slot of
    /// this.
    void done(const stagelift::ImageFilesPtr& files, const QString& problem);

private:
    void finish(const QString& problem);

    struct State;
    std::shared_ptr<State> m_state; // what the reading thread and this one share
    QTimer m_ticks;
    ImageExport::Phase m_phase = ImageExport::Phase::Building;
    std::unique_ptr<ImageExport> m_export;
};

/// Which file of an image is meant, and how it may be used by whoever saves it.
struct FileAddress {
    std::string blob; // its layer's
    std::string path;
    quint16 mode = 0;
};

/// Where the content of a file lies: behind links, in the layer of its newest version. Links never lead out of the
/// image, and in a circle they lead nowhere.
/// @returns the address, or in a sentence why it has no content
[[nodiscard]] std::expected<FileAddress, QString> addressOf(const ImageFiles& files, ImageFiles::Id node);

/// Reads the content of one file, the beginning of it or all.
class FileFetch : public QObject {
    Q_OBJECT
public:
    FileFetch(BuildRequest request, FileAddress address, QObject* parent = nullptr);
    ~FileFetch() override;

    /// The first bytes; `fetched` has them.
    void startPreview(qint64 most);
    /// All of it, into a new file that takes the place of `destination` once it is whole.
    void startSaving(const QString& destination);
    void stop();

signals:
    /// Exactly once after a start. It may not be deleted in a slot of this.
    void fetched(const QByteArray& bytes, const QString& problem);

private:
    void run(const std::function<QString(ByteSource)>& reader);

    struct State;
    std::shared_ptr<State> m_state;
    BuildRequest m_request;
    FileAddress m_address;
    std::unique_ptr<ImageExport> m_export;
};

} // namespace stagelift
