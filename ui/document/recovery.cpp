// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/document/recovery.h"

#include "ui/document/disk_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPromise>
#include <QSaveFile>
#include <QThreadPool>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

// A copy is one line of JSON that says whose it is, and then the text as it was.
constexpr qint64 kLongestHeader = 64 * 1024; // bytes

QString folder()
{
    return privateFolder(u"recovery"_s);
}

QString lockOf(const QString& copy)
{
    return copy + u".lock"_s;
}

void writeCopy(const QString& copy, const QByteArray& header, const std::string& bytes)
{
    // Not being able to keep a copy must not stand in the way of typing.
    QSaveFile file(copy);
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.write(header);
    file.write(bytes.data(), qsizetype(bytes.size()));
    file.commit();
}

/// The lock's owner is gone. Takes nothing: the lock is let go again.
bool isAbandoned(const QString& copy)
{
    QLockFile lock(lockOf(copy));
    lock.setStaleLockTime(0);
    return lock.tryLock(0);
}

} // namespace

QList<RecoveredFile> recoverable()
{
    QList<RecoveredFile> found;
    for (const QFileInfo& info : QDir(folder()).entryInfoList({u"*.text"_s}, QDir::Files)) {
        const QString copy = info.absoluteFilePath();
        QFile file(copy);
        if (!isAbandoned(copy) || !file.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject header = QJsonDocument::fromJson(file.readLine(kLongestHeader)).object();
        if (header.isEmpty())
            continue;
        found.append({.copy = copy,
                      .path = header["path"_L1].toString(),
                      .title = header["title"_L1].toString(),
                      .when = info.lastModified()});
    }
    std::ranges::sort(found, std::ranges::greater{}, &RecoveredFile::when);
    return found;
}

std::expected<std::string, QString> recoveredText(const RecoveredFile& recovered)
{
    QFile file(recovered.copy);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(QCoreApplication::translate("Recovery", "The unsaved text of %1 can't be read: %2.")
                                   .arg(recovered.title, file.errorString()));
    file.readLine(kLongestHeader);
    return file.readAll().toStdString();
}

void discard(const RecoveredFile& file)
{
    QFile::remove(file.copy);
    QFile::remove(lockOf(file.copy));
}

Recovery::Recovery(std::function<Snapshot()> look, QObject* parent) : QObject(parent), m_look(std::move(look))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kDelay);
    connect(&m_timer, &QTimer::timeout, this, &Recovery::write);
}

Recovery::~Recovery()
{
    clear();
}

void Recovery::textChanged()
{
    // Not restarted by further typing, or someone who never pauses would never be safe.
    if (!m_timer.isActive())
        m_timer.start();
}

void Recovery::adopt(const RecoveredFile& file)
{
    clear();
    auto lock = std::make_unique<QLockFile>(lockOf(file.copy));
    lock->setStaleLockTime(0);
    if (lock->tryLock(0)) { // else another Stagelift was quicker, and this document gets a copy of its own
        m_copy = file.copy;
        m_lock = std::move(lock);
    }
    textChanged();
}

void Recovery::clear()
{
    m_timer.stop();
    m_writing.waitForFinished();
    if (!m_copy.isEmpty())
        QFile::remove(m_copy);
    m_copy.clear();
    m_lock.reset();
}

void Recovery::write()
{
    Snapshot now = m_look();
    if (!now.modified) {
        clear();
        return;
    }
    if (m_writing.isRunning()) { // a slow disk: the next turn takes the newer text
        m_timer.start();
        return;
    }
    if (m_copy.isEmpty()) {
        m_copy = folder() + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces) + u".text"_s;
        m_lock = std::make_unique<QLockFile>(lockOf(m_copy));
        m_lock->setStaleLockTime(0);
        m_lock->tryLock(0);
    }
    const QJsonObject header{{u"path"_s, now.path}, {u"title"_s, now.title}};
    auto promise = std::make_shared<QPromise<void>>();
    m_writing = promise->future();
    promise->start();
    QThreadPool::globalInstance()->start([promise, copy = m_copy, bytes = std::move(now.bytes),
                                          line = QJsonDocument(header).toJson(QJsonDocument::Compact) + '\n'] {
        writeCopy(copy, line, bytes);
        promise->finish();
    });
}

} // namespace stagelift::ui
