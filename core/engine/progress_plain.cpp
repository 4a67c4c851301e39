// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every line of a step begins with #N. The printer goes from step to step: it closes one with "#N ..." and names the
// other again. Source: BuildKit, util/progress/progressui/printer.go.

#include "core/engine/progress.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

qint64 toMilliseconds(const QString& seconds)
{
    constexpr double kLongest = 1e9; // a number of any length may be printed
    return qRound64(std::min(seconds.toDouble(), kLongest) * 1000);
}

class PlainProgress : public Progress {
public:
    explicit PlainProgress(ProgressSink sink)
        : Progress(std::move(sink)), m_lines([this](const QByteArray& line, char /*end*/) { readLine(line); })
    {
    }

    void feed(QByteArrayView bytes) override { m_lines.feed(bytes); }
    void finish(bool /*succeeded*/) override { m_lines.flush(); }

private:
    void readLine(const QByteArray& line);
    void readStep(StepEvent& known, const QString& rest, const QByteArray& bytes);
    [[nodiscard]] bool readState(StepEvent& known, const QString& rest) const;

    LineCutter m_lines;
    QHash<QString, StepEvent> m_steps;
};

void PlainProgress::readLine(const QByteArray& line)
{
    static const QRegularExpression numbered(u"^(#\\d+) (.*)$"_s);
    const auto match = numbered.match(QString::fromUtf8(line));
    if (!match.hasMatch()) {
        if (!line.isEmpty())
            log({}, line + '\n');
        return;
    }
    const QString id = match.captured(1);
    // "#0 building with "default" instance" is no step.
    if (id == u"#0") {
        log({}, line.mid(3) + '\n');
        return;
    }
    StepEvent& known = m_steps[id];
    if (known.id.isEmpty()) {
        known = {.id = id, .solve = {}, .name = match.captured(2), .error = {}};
        begin(known);
        step(known);
        return;
    }
    readStep(known, match.captured(2), line.mid(id.size() + 1));
}

void PlainProgress::readStep(StepEvent& known, const QString& rest, const QByteArray& bytes)
{
    static const QRegularExpression timed(u"^\\d+\\.\\d+ "_s);
    if (rest == u"..." || rest.startsWith(u'[') || rest == known.name)
        return; // it looks away, or comes back
    if (const auto match = timed.match(rest); match.hasMatch())
        log(known.id, bytes.mid(match.capturedLength()) + '\n');
    else if (readState(known, rest))
        step(known);
    else
        log(known.id, bytes + '\n'); // "transferring context: 2B done"
}

bool PlainProgress::readState(StepEvent& known, const QString& rest) const
{
    static const QRegularExpression done(u"^DONE (\\d+(?:\\.\\d+)?)s$"_s);
    constexpr QLatin1StringView failed("ERROR: ");
    if (const auto match = done.match(rest); match.hasMatch()) {
        end(known, StepState::Done, toMilliseconds(match.captured(1)));
    } else if (rest == u"CACHED") {
        end(known, StepState::Cached);
    } else if (rest == u"CANCELED") {
        end(known, StepState::Stopped);
    } else if (rest.startsWith(failed)) {
        end(known, StepState::Failed);
        known.error = rest.mid(failed.size());
    } else {
        return false;
    }
    return true;
}

} // namespace

std::unique_ptr<Progress> plainProgress(ProgressSink sink)
{
    return std::make_unique<PlainProgress>(std::move(sink));
}

} // namespace stagelift
