// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/log_store.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr std::size_t kMostCached = 12; // blocks

std::vector<std::int32_t> lineBegins(const QByteArray& lines)
{
    std::vector<std::int32_t> begins{0};
    for (qsizetype end = lines.indexOf('\n'); end >= 0; end = lines.indexOf('\n', end + 1))
        begins.push_back(static_cast<std::int32_t>(end + 1));
    return begins;
}

QString lineIn(const QByteArray& lines, const std::vector<std::int32_t>& begins, qint64 line)
{
    const auto at = static_cast<std::size_t>(line);
    if (at + 1 >= begins.size())
        return {};
    return QString::fromUtf8(QByteArrayView(lines).sliced(begins[at], begins[at + 1] - begins[at] - 1));
}

} // namespace

QString lostLine()
{
    return QCoreApplication::translate("stagelift::LogStore", "(not kept: the disk was full)");
}

LogStore::LogStore(const QString& folder) : m_file(std::make_shared<LogFile>(folder)) {}

int LogStore::addStep()
{
    m_steps.emplace_back();
    return stepCount() - 1;
}

void LogStore::append(int number, QStringView text)
{
    Step& step = m_steps[static_cast<std::size_t>(number)];
    step.restLines += step.lines.feed(text, step.rest);
    if (m_restStep == number)
        m_restStep = -1;
    if (step.rest.size() >= kBlock)
        write(step);
}

void LogStore::write(Step& step)
{
    step.blocks.push_back({.place = m_file->append(step.rest),
                           .firstLine = step.restLine,
                           .bytes = static_cast<std::int32_t>(step.rest.size()),
                           .lines = static_cast<std::int32_t>(step.restLines)});
    step.restLine += step.restLines;
    step.restLines = 0;
    step.rest = {}; // the file has it now, and shall be the only one
}

qint64 LogStore::lineCount(int step) const
{
    const Step& asked = at(step);
    return asked.restLine + asked.restLines + (asked.lines.isOpen() ? 1 : 0);
}

QString LogStore::line(int number, qint64 line) const
{
    const Step& step = at(number);
    if (line >= step.restLine + step.restLines)
        return step.lines.open();
    if (line >= step.restLine) {
        if (std::exchange(m_restStep, number) != number)
            m_restBegins = lineBegins(step.rest);
        return lineIn(step.rest, m_restBegins, line - step.restLine);
    }
    const auto next = std::ranges::upper_bound(step.blocks, line, {}, &LogBlock::firstLine);
    if (next == step.blocks.begin())
        return {};
    const LogBlock& block = *std::prev(next);
    const Cached& read = cached(block);
    return read.lost ? lostLine() : lineIn(read.bytes, read.begins, line - block.firstLine);
}

const LogStore::Cached& LogStore::cached(const LogBlock& block) const
{
    const auto known = std::ranges::find(m_cache, block.place, &Cached::place);
    if (known != m_cache.end()) {
        std::rotate(m_cache.begin(), known, std::next(known));
        return m_cache.front();
    }
    const auto bytes = m_file->read(block.place, block.bytes);
    if (m_cache.size() >= kMostCached)
        m_cache.pop_back();
    m_cache.push_front({.place = block.place,
                        .bytes = bytes.value_or(QByteArray()),
                        .begins = bytes ? lineBegins(*bytes) : std::vector<std::int32_t>(),
                        .lost = !bytes});
    return m_cache.front();
}

QString LogStore::problem() const
{
    const QString why = m_file->problem();
    if (why.isEmpty())
        return {};
    return QCoreApplication::translate(
               "stagelift::LogStore", "The log is not whole: the disk takes no more of it (%1). The build goes on, and "
                                      "the last %2 MB of the log are kept.")
        .arg(why)
        .arg(LogFile::kMostKept / (1024 * 1024));
}

LogSnapshot LogStore::snapshot() const
{
    LogSnapshot taken{.file = m_file, .steps = {}};
    for (int number = 0; number < stepCount(); ++number) {
        const Step& step = at(number);
        QByteArray rest = step.rest;
        if (step.lines.isOpen())
            rest += step.lines.open().toUtf8() + '\n';
        taken.steps.push_back({.title = {}, .blocks = step.blocks, .rest = rest, .restLine = step.restLine});
    }
    return taken;
}

} // namespace stagelift
