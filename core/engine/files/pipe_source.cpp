// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/pipe_source.h"

#include <QCoreApplication>
#include <QFile>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace stagelift {

namespace {

constexpr std::size_t kPiece = 256 * 1024; // bytes
constexpr int kForever = -1;

void closeEnd(int& descriptor)
{
    if (const int open = std::exchange(descriptor, -1); open >= 0)
        ::close(open);
}

/// Programs that are started meanwhile do not inherit it.
bool makePipe(int& read, int& write)
{
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0)
        return false;
    for (const int end : ends)
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    read = ends[0];
    write = ends[1];
    return true;
}

/// The write end stays open, so that the pipe does not end before a writer has come.
bool makePipe(const QString& name, int& read, int& write)
{
    const QByteArray path = QFile::encodeName(name);
    if (::mkfifo(path.constData(), S_IRUSR | S_IWUSR) != 0)
        return false;
    read = ::open(path.constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    write = ::open(path.constData(), O_WRONLY | O_CLOEXEC);
    return read >= 0 && write >= 0;
}

} // namespace

PipeSource::PipeSource() : m_buffer(kPiece)
{
    complete(makePipe(m_read, m_write));
}

PipeSource::PipeSource(const QString& name) : m_buffer(kPiece)
{
    complete(makePipe(name, m_read, m_write));
}

void PipeSource::complete(bool isMade)
{
    if (isMade && makePipe(m_wakeRead, m_wakeWrite))
        return;
    closeEnd(m_read);
    closeEnd(m_write);
}

PipeSource::~PipeSource()
{
    for (int* end : {&m_read, &m_write, &m_wakeRead, &m_wakeWrite})
        closeEnd(*end);
}

void PipeSource::closeWriteEnd()
{
    closeEnd(m_write);
}

void PipeSource::closeReadEnd()
{
    closeEnd(m_read);
}

void PipeSource::callOff()
{
    constexpr char kAny = 0;
    [[maybe_unused]] const auto written = ::write(m_wakeWrite, &kAny, 1);
}

std::expected<QByteArrayView, QString> PipeSource::next()
{
    for (;;) {
        std::array<pollfd, 2> ends{pollfd{.fd = m_read, .events = POLLIN, .revents = 0},
                                   pollfd{.fd = m_wakeRead, .events = POLLIN, .revents = 0}};
        if (::poll(ends.data(), ends.size(), kForever) < 0 && errno != EINTR)
            break;
        if (ends[1].revents != 0)
            return std::unexpected(QCoreApplication::translate("stagelift::Files", "Stopped."));
        if (ends[0].revents == 0)
            continue;
        const auto size = ::read(m_read, m_buffer.data(), m_buffer.size());
        m_ended = size == 0;
        if (size >= 0)
            return QByteArrayView(m_buffer.data(), static_cast<qsizetype>(size));
        if (errno != EINTR && errno != EAGAIN)
            break;
    }
    return std::unexpected(QCoreApplication::translate("stagelift::Files", "What the engine writes can't be read."));
}

} // namespace stagelift
