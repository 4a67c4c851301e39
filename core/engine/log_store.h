// SPDX-License-Identifier: GPL-3.0-or-later
//
// The whole log of a build, by step and line. It is on the disk (log_file.h); in memory is where to find what: a step's
// lines are written in blocks of whole lines, one behind the other, and a block is read when one of its lines is asked
// for. A gigabyte takes a few hundred kilobytes of memory.
//
// Lines are styled text (log_style.h).

#pragma once

#include "core/engine/log_file.h"
#include "core/engine/log_lines.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

namespace stagelift {

/// Some lines of a step in the file.
struct LogBlock {
    qint64 place = 0; // in the LogFile
    qint64 firstLine = 0;
    std::int32_t bytes = 0;
    std::int32_t lines = 0;
};

/// The log as it was at one moment, to be read in another thread.
struct LogSnapshot {
    struct Step {
        QString title; // as it is shown above its lines
        std::vector<LogBlock> blocks;
        QByteArray rest; // UTF-8: the lines behind the blocks, each with a line feed
        qint64 restLine = 0;
    };
    std::shared_ptr<const LogFile> file;
    std::vector<Step> steps;
};

class LogStore {
public:
    static constexpr qsizetype kBlock = 64 * 1024; // bytes, about

    explicit LogStore(const QString& folder = LogFile::defaultFolder());

    /// Steps are numbered from 0 on, as they come.
    int addStep();
    [[nodiscard]] int stepCount() const { return static_cast<int>(m_steps.size()); }
    /// @param text as LogText gives it.
    void append(int step, QStringView text);

    /// One that has not ended yet counts.
    [[nodiscard]] qint64 lineCount(int step) const;
    /// Where the disk was full, some are lost: a sentence says so in their place.
    [[nodiscard]] QString line(int step, qint64 line) const;
    /// Whether the last line has not ended: it may yet change.
    [[nodiscard]] bool isOpen(int step) const { return at(step).lines.isOpen(); }

    /// Why the log is not whole any more: a sentence for a person. "" while it is.
    [[nodiscard]] QString problem() const;
    /// Without the titles, which are not known here.
    [[nodiscard]] LogSnapshot snapshot() const;

private:
    struct Step {
        LogLines lines;
        std::vector<LogBlock> blocks;
        QByteArray rest; // lines that have ended and are in no block yet
        qint64 restLine = 0;
        qint64 restLines = 0;
    };
    struct Cached { // a block that was read, and where its lines begin
        qint64 place = -1;
        QByteArray bytes;
        std::vector<std::int32_t> begins;
        bool lost = false;
    };

    [[nodiscard]] const Step& at(int step) const { return m_steps[static_cast<std::size_t>(step)]; }
    void write(Step& step);
    [[nodiscard]] const Cached& cached(const LogBlock& block) const;

    std::shared_ptr<LogFile> m_file;
    std::deque<Step> m_steps;
    mutable std::deque<Cached> m_cache;             // the last that were asked for, the newest first
    mutable std::vector<std::int32_t> m_restBegins; // of the lines in the `rest` of the step that was asked last
    mutable int m_restStep = -1;
};

/// What stands in the place of a line that a full disk did not take.
[[nodiscard]] QString lostLine();

} // namespace stagelift
