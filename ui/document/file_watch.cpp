// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/document/file_watch.h"

#include <QFileInfo>

#include <chrono>
#include <utility>

using namespace std::chrono_literals;

namespace stagelift::ui {

namespace {

constexpr auto kSettle = 100ms; // a save comes as several events

QList<FileStamp> stampsOf(const QStringList& paths)
{
    QList<FileStamp> stamps;
    for (const QString& path : paths)
        stamps.append(stampOf(path));
    return stamps;
}

} // namespace

FileWatch::FileWatch(QObject* parent) : QObject(parent)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettle);
    const auto later = [this] {
        if (!m_settle.isActive()) // a busy folder must not put it off for ever
            m_settle.start();
    };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, later);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, later);
    connect(&m_settle, &QTimer::timeout, this, &FileWatch::look);
}

void FileWatch::watch(const QString& path, const FileStamp& known, const QStringList& besides)
{
    if (const QStringList old = m_watcher.files() + m_watcher.directories(); !old.isEmpty())
        m_watcher.removePaths(old);
    m_path = path;
    m_known = known;
    m_besides = besides;
    m_besidesKnown = stampsOf(besides);
    m_settle.stop();
    if (!path.isEmpty())
        follow();
}

void FileWatch::setBesides(const QStringList& besides)
{
    m_besides = besides;
    m_besidesKnown = stampsOf(besides);
    if (!m_path.isEmpty())
        follow();
}

void FileWatch::setKnown(const FileStamp& known)
{
    m_known = known;
    if (!m_path.isEmpty())
        follow();
}

void FileWatch::follow()
{
    QStringList wanted{QFileInfo(m_path).absolutePath(), m_path};
    // Behind a link, the file that is changed lies elsewhere.
    if (const QString real = QFileInfo(m_path).canonicalFilePath(); !real.isEmpty())
        wanted << real << QFileInfo(real).absolutePath();
    for (const QString& beside : std::as_const(m_besides)) // its folder tells where it comes to be
        wanted << beside << QFileInfo(beside).absolutePath();
    const QStringList have = m_watcher.files() + m_watcher.directories();
    wanted.removeDuplicates();
    wanted.removeIf([&have](const QString& path) { return have.contains(path) || !QFileInfo::exists(path); });
    if (!wanted.isEmpty())
        m_watcher.addPaths(wanted);
}

void FileWatch::look()
{
    follow();
    if (QList<FileStamp> now = stampsOf(m_besides); now != m_besidesKnown) {
        m_besidesKnown = std::move(now);
        emit besidesChanged();
    }
    if (stampOf(m_path) != m_known)
        emit changed();
}

} // namespace stagelift::ui
