// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/build_log.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr qsizetype kLogsKept = 20;
constexpr qint64 kLargestLog = 256LL * 1024 * 1024; // bytes; a step that never stops talking fills no disk

void prune(const QDir& folder)
{
    const QStringList logs = folder.entryList({u"build-*.log"_s}, QDir::Files, QDir::Name | QDir::Reversed);
    for (qsizetype i = kLogsKept; i < logs.size(); ++i)
        QFile::remove(folder.filePath(logs.at(i)));
}

} // namespace

void BuildLog::open()
{
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + u"/stagelift/builds"_s);
    if (!folder.mkpath(u"."_s))
        return;
    prune(folder);
    const QString stamp = QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss-zzz"_s);
    m_file.setFileName(folder.filePath(u"build-%1-%2.log"_s.arg(stamp).arg(QCoreApplication::applicationPid())));
    if (m_file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

void BuildLog::write(const QString& speaker, const QString& text)
{
    if (!m_file.isOpen() || text.isEmpty() || m_file.size() > kLargestLog)
        return;
    if (speaker != m_speaker) {
        m_file.write(m_lineOpen ? "\n" : "");
        m_file.write(speaker.isEmpty() ? QByteArray("--\n") : u"-- %1\n"_s.arg(speaker).toUtf8());
        m_speaker = speaker;
    }
    m_file.write(text.toUtf8());
    m_lineOpen = !text.endsWith(u'\n');
}

void BuildLog::close()
{
    m_file.close();
}

} // namespace stagelift
