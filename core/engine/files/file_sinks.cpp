// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/file_sinks.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace stagelift {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("stagelift::Files", text);
}

} // namespace

bool BeginningSink::take(QByteArrayView bytes, qint64 offset)
{
    if (offset > m_bytes.size()) // a hole
        m_bytes.append(std::min(offset, m_most) - m_bytes.size(), '\0');
    m_bytes.append(bytes.first(std::min<qint64>(bytes.size(), m_most - m_bytes.size())));
    return m_bytes.size() < m_most;
}

NewFileSink::NewFileSink(const QString& destination, bool executable) : m_file(destination), m_executable(executable)
{
    const QFileInfo there(destination);
    if (there.isSymLink())
        m_problem = words("%1 is a link. Choose another name, so that nothing is written elsewhere.").arg(destination);
    else if (there.exists() && !there.isFile())
        m_problem = words("%1 is no file.").arg(destination);
    else if (!m_file.open(QIODevice::WriteOnly))
        fail();
}

void NewFileSink::fail()
{
    m_problem = words("%1 can't be written: %2").arg(m_file.fileName(), m_file.errorString());
}

bool NewFileSink::take(QByteArrayView bytes, qint64 offset)
{
    if (!m_problem.isEmpty())
        return false;
    if (!m_file.seek(offset) || m_file.write(bytes.data(), bytes.size()) != bytes.size())
        fail();
    return m_problem.isEmpty();
}

void NewFileSink::finish(qint64 size)
{
    if (m_problem.isEmpty() && m_file.size() < size && !m_file.resize(size))
        fail();
}

QString NewFileSink::commit()
{
    if (m_executable)
        m_file.setPermissions(m_file.permissions() | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther);
    if (m_problem.isEmpty() && !m_file.commit())
        fail();
    return m_problem;
}

} // namespace stagelift
