// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a program writes to a pipe, read on a thread that may wait for it. The pipe holds the writer back where the
// reader is slower, so nothing piles up between them; and the reader can be called off at any time.

#pragma once

#include "core/engine/files/tar_stream.h"

#include <vector>

namespace stagelift {

class PipeSource {
public:
    PipeSource();
    /// A pipe with a name, which is made for it: whoever opens that writes to it.
    explicit PipeSource(const QString& name);
    ~PipeSource();
    PipeSource(const PipeSource&) = delete;
    PipeSource& operator=(const PipeSource&) = delete;
    PipeSource(PipeSource&&) = delete;
    PipeSource& operator=(PipeSource&&) = delete;

    /// False where the system had no pipe to give.
    [[nodiscard]] bool isOpen() const { return m_read >= 0; }
    /// For the program's standard output.
    [[nodiscard]] int writeEnd() const { return m_write; }
    /// Once the program has it, or has ended where the pipe has a name: the pipe ends when the program does.
    void closeWriteEnd();

    /// The next piece. Only on the reader's thread.
    [[nodiscard]] std::expected<QByteArrayView, QString> next();
    /// The writer has written all that it will. Not while a thread is in next().
    [[nodiscard]] bool hasEnded() const { return m_ended; }
    /// Ends next(), now and later. On any thread.
    void callOff();
    /// Lets the program see that nobody reads any more. When no thread is in next().
    void closeReadEnd();

private:
    void complete(bool isMade);

    int m_read = -1;
    int m_write = -1;
    int m_wakeRead = -1; // becomes readable when the reader is called off
    int m_wakeWrite = -1;
    bool m_ended = false;
    std::vector<char> m_buffer;
};

} // namespace stagelift
