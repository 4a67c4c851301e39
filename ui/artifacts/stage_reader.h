// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is known of the files of a build's stages: read from the engine a stage at a time and kept until the next build.
// It knows no widget.

#pragma once

#include "core/engine/files/stage_files.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <optional>

namespace stagelift::ui {

class StageReader : public QObject {
    Q_OBJECT
public:
    explicit StageReader(QObject* parent = nullptr);
    ~StageReader() override;

    /// A build has succeeded: its stages can be read. What is known of another build's is forgotten, and a file of it
    /// that is being saved is given up; `saved` says so.
    void setBuild(const BuildRequest& request);
    /// Of the build whose stages can be read; null where there is none.
    [[nodiscard]] AnalysisPtr analysis() const { return m_request ? m_request->analysis : nullptr; }

    /// Begins to read a stage; one that is being read is given up.
    void read(int stage);
    void stop();
    /// -1 while none is.
    [[nodiscard]] int stageBeingRead() const { return m_reading ? m_readingStage : -1; }
    [[nodiscard]] ImageExport::Phase phase() const { return m_phase; }
    [[nodiscard]] qint64 bytesRead() const { return m_bytes; }
    [[nodiscard]] qint64 filesRead() const { return m_filesRead; }
    /// How far it is, for a person; "" while none is.
    [[nodiscard]] QString progress() const;

    /// Null where the stage was not read yet.
    [[nodiscard]] ImageFilesPtr files(int stage) const { return m_files.value(stage); }
    /// Why it could not be; "" where it could, or was not tried.
    [[nodiscard]] QString problem(int stage) const { return m_problems.value(stage); }

    /// Fetches the beginning of a file of a stage that was read; `previewed` has it. A preview that is being fetched is
    /// given up.
    void preview(int stage, ImageFiles::Id node, qint64 most);
    void stopPreview();
    /// Fetches a file of a stage that was read into a new one; `saved` says how it went. One that is being saved is
    /// given up, and `saved` says that, too.
    void save(int stage, ImageFiles::Id node, const QString& destination);
    /// Where a file is being saved; "" while none is.
    [[nodiscard]] QString savingTo() const { return m_saving ? m_destination : QString(); }

signals:
    void changed();    // what is read, or how far it is
    void filesKnown(); // of one more stage, or of none any more
    void previewed(const QByteArray& bytes, const QString& problem);
    void saved(const QString& destination, const QString& problem); // once for each save()

private:
    [[nodiscard]] BuildRequest requestFor(int stage) const;
    void giveUpSaving();

    std::optional<BuildRequest> m_request;
    QHash<int, ImageFilesPtr> m_files;
    QHash<int, QString> m_problems;
    std::unique_ptr<FilesReading> m_reading;
    int m_readingStage = -1;
    ImageExport::Phase m_phase = ImageExport::Phase::Building;
    qint64 m_bytes = 0;
    qint64 m_filesRead = 0;
    std::unique_ptr<FileFetch> m_preview;
    std::unique_ptr<FileFetch> m_saving;
    QString m_destination; // of m_saving
};

} // namespace stagelift::ui
