// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/log_file.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr std::chrono::milliseconds kPatience(30); // of one block with a disk that is slower than the engine

struct Block {
    qint64 place;
    QByteArray bytes;
};

/// A new file that only its handle leads to; -1 with errno where there can be none.
int openUnnamed(const QString& folder)
{
    QByteArray path = QFile::encodeName(folder + u"/log-XXXXXX"_s);
    const int handle = ::mkostemp(path.data(), O_CLOEXEC);
    if (handle >= 0)
        ::unlink(path.constData());
    return handle;
}

/// @returns 0, or errno.
int writeAll(int handle, const Block& block)
{
    for (qsizetype done = 0; done < block.bytes.size();) {
        const auto written = ::pwrite(handle, block.bytes.constData() + done,
                                      static_cast<std::size_t>(block.bytes.size() - done), block.place + done);
        if (written < 0 && errno != EINTR)
            return errno;
        done += std::max<ssize_t>(0, written);
    }
    return 0;
}

} // namespace

struct LogFile::State {
    ~State()
    {
        if (handle >= 0)
            ::close(handle); // which takes a while for a large one: mostly in the thread that has written it
    }
    void write();

    int handle = -1;
    mutable std::mutex mutex;
    std::condition_variable changed;
    std::deque<Block> waiting; // in the order of their places, as is `kept`
    std::deque<Block> kept;    // that the disk did not take
    qsizetype waitingBytes = 0;
    qsizetype keptBytes = 0;
    qint64 end = 0;
    int error = 0;
    bool ended = false;
};

/// Until the owner is gone. A block waits until it is written, so that whoever reads finds it.
void LogFile::State::write()
{
    std::unique_lock lock(mutex);
    while (true) {
        changed.wait(lock, [this] { return ended || !waiting.empty(); });
        if (ended)
            return;
        const Block block = waiting.front();
        int failed = error;
        if (failed == 0) {
            lock.unlock();
            failed = writeAll(handle, block);
            lock.lock();
        }
        waiting.pop_front();
        waitingBytes -= block.bytes.size();
        error = failed;
        if (failed != 0) {
            keptBytes += block.bytes.size();
            kept.push_back(block);
            while (keptBytes > kMostKept) {
                keptBytes -= kept.front().bytes.size();
                kept.pop_front();
            }
        }
        changed.notify_all();
    }
}

LogFile::LogFile(const QString& folder) : m_state(std::make_shared<State>())
{
    m_state->handle = openUnnamed(folder);
    m_state->error = m_state->handle < 0 ? errno : 0;
    // Not joined: a disk that does not answer must not hold up the window. What it works on is its own.
    std::thread([state = m_state] { state->write(); }).detach();
}

LogFile::~LogFile()
{
    const std::lock_guard lock(m_state->mutex);
    m_state->ended = true;
    m_state->changed.notify_all();
}

QString LogFile::defaultFolder()
{
    QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + u"/stagelift"_s;
    if (QDir().mkpath(folder))
        return folder;
    QString temporary = QDir::tempPath(); // "" where $TMPDIR names none that is there
    return temporary.isEmpty() ? u"/tmp"_s : temporary;
}

qint64 LogFile::append(const QByteArray& block)
{
    std::unique_lock lock(m_state->mutex);
    m_state->changed.wait_for(lock, kPatience, [this] { return m_state->waitingBytes < kMostWaiting; });
    const qint64 place = m_state->end;
    m_state->waiting.push_back({place, block});
    m_state->waitingBytes += block.size();
    m_state->end += block.size();
    m_state->changed.notify_all();
    return place;
}

std::optional<QByteArray> LogFile::read(qint64 place, qsizetype size) const
{
    {
        const std::lock_guard lock(m_state->mutex);
        for (const std::deque<Block>* blocks : {&m_state->waiting, &m_state->kept}) {
            const auto block = std::ranges::lower_bound(*blocks, place, {}, &Block::place);
            if (block != blocks->end() && block->place == place)
                return block->bytes;
        }
    }
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype done = 0; done < size;) {
        const auto got =
            ::pread(m_state->handle, bytes.data() + done, static_cast<std::size_t>(size - done), place + done);
        if (got == 0 || (got < 0 && errno != EINTR))
            return std::nullopt;
        done += std::max<ssize_t>(0, got);
    }
    return bytes;
}

QString LogFile::problem() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->error == 0 ? QString() : QString::fromLocal8Bit(std::strerror(m_state->error));
}

} // namespace stagelift
