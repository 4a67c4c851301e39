// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/artifacts/stage_reader.h"

#include "ui/document/background.h"

#include <QLocale>

#include <utility>

namespace stagelift::ui {

StageReader::StageReader(QObject* parent) : QObject(parent) {}

StageReader::~StageReader() = default;

void StageReader::setBuild(const BuildRequest& request)
{
    giveUp(m_reading, &FilesReading::done, this);
    giveUp(m_preview, &FileFetch::fetched, this);
    m_request = request;
    m_files.clear();
    m_problems.clear();
    giveUpSaving();
    emit filesKnown();
    emit changed();
}

BuildRequest StageReader::requestFor(int stage) const
{
    BuildRequest request = *m_request;
    request.target = stage;
    return request;
}

void StageReader::read(int stage)
{
    if (!m_request)
        return;
    giveUp(m_reading, &FilesReading::done, this);
    m_problems.remove(stage);
    m_readingStage = stage;
    m_phase = ImageExport::Phase::Building;
    m_bytes = 0;
    m_filesRead = 0;
    m_reading = std::make_unique<FilesReading>(requestFor(stage));
    connect(m_reading.get(), &FilesReading::progressed, this,
            [this](ImageExport::Phase phase, qint64 bytes, qint64 files) {
                m_phase = phase;
                m_bytes = bytes;
                m_filesRead = files;
                emit changed();
            });
    connect(m_reading.get(), &FilesReading::done, this,
            [this, stage](const ImageFilesPtr& files, const QString& problem) {
                m_reading.release()->deleteLater();
                if (files)
                    m_files.insert(stage, files);
                else
                    m_problems.insert(stage, problem);
                if (files)
                    emit filesKnown();
                emit changed();
            });
    m_reading->start();
    emit changed();
}

void StageReader::stop()
{
    if (m_reading)
        m_reading->stop();
}

QString StageReader::progress() const
{
    if (!m_reading)
        return {};
    if (m_phase == ImageExport::Phase::Building)
        return tr("The stage is built once more, from the cache.");
    return tr("%1 files, %2").arg(QLocale().toString(m_filesRead), humanSize(m_bytes));
}

void StageReader::preview(int stage, ImageFiles::Id node, qint64 most)
{
    giveUp(m_preview, &FileFetch::fetched, this);
    const auto address = addressOf(*m_files.value(stage), node);
    if (!address) {
        emit previewed({}, address.error());
        return;
    }
    m_preview = std::make_unique<FileFetch>(requestFor(stage), *address);
    connect(m_preview.get(), &FileFetch::fetched, this, [this](const QByteArray& bytes, const QString& problem) {
        m_preview.release()->deleteLater();
        emit previewed(bytes, problem);
    });
    m_preview->startPreview(most);
}

void StageReader::stopPreview()
{
    giveUp(m_preview, &FileFetch::fetched, this);
}

void StageReader::save(int stage, ImageFiles::Id node, const QString& destination)
{
    const auto address = addressOf(*m_files.value(stage), node);
    if (!address) {
        emit saved(destination, address.error());
        return;
    }
    giveUpSaving();
    m_destination = destination;
    m_saving = std::make_unique<FileFetch>(requestFor(stage), *address);
    connect(m_saving.get(), &FileFetch::fetched, this, [this, destination](const QByteArray&, const QString& problem) {
        m_saving.release()->deleteLater();
        emit saved(destination, problem);
    });
    m_saving->startSaving(destination);
}

/// Not in silence, as with a preview: somebody waits for the file.
void StageReader::giveUpSaving()
{
    if (!m_saving)
        return;
    giveUp(m_saving, &FileFetch::fetched, this);
    emit saved(std::exchange(m_destination, {}), tr("Stopped."));
}

} // namespace stagelift::ui
