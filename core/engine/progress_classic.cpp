// SPDX-License-Identifier: GPL-3.0-or-later
//
// The classic builder counts the instructions of all stages in one row, global ARGs included, and does one at a time.

#include "core/engine/progress.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

class ClassicProgress : public Progress {
public:
    explicit ClassicProgress(ProgressSink sink)
        : Progress(std::move(sink)), m_lines([this](const QByteArray& line, char end) { readLine(line, end); })
    {
    }

    void feed(QByteArrayView bytes) override { m_lines.feed(bytes); }
    void finish(bool succeeded) override;

private:
    void readLine(const QByteArray& line, char lineEnd);
    void close(StepState state);

    LineCutter m_lines;
    StepEvent m_current;
    QString m_last; // the line, of a step or of the builder: where it fails, it is the builder's
};

void ClassicProgress::readLine(const QByteArray& line, char lineEnd)
{
    static const QRegularExpression stepLine(u"^Step (\\d+)/\\d+ : (.*)$"_s);
    static const QRegularExpression aside(
        u"^(?:\\x1b\\[0m)? ---> |^Removing intermediate container |^Sending build context |^Successfully (built|tagged) "_s);
    const QString text = QString::fromUtf8(line);
    if (const auto match = stepLine.match(text); match.hasMatch()) {
        close(StepState::Done);
        m_current = {.id = u"step "_s + match.captured(1),
                     .solve = {},
                     .name = match.captured(2),
                     .number = match.captured(1).toInt(),
                     .error = {}};
        begin(m_current);
        step(m_current);
    } else if (text == u" ---> Using cache") {
        close(StepState::Cached);
    } else if (aside.match(text).hasMatch()) {
        log({}, line + '\n');
    } else if (!line.isEmpty()) {
        log(m_current.state == StepState::Running ? m_current.id : QString(), line + lineEnd);
        m_last = text;
    }
}

void ClassicProgress::close(StepState state)
{
    if (m_current.state != StepState::Running)
        return;
    end(m_current, state);
    step(m_current);
}

void ClassicProgress::finish(bool succeeded)
{
    m_lines.flush();
    if (!succeeded && m_current.state == StepState::Running)
        m_current.error = m_last;
    close(succeeded ? StepState::Done : StepState::Failed);
}

} // namespace

std::unique_ptr<Progress> classicProgress(ProgressSink sink)
{
    return std::make_unique<ClassicProgress>(std::move(sink));
}

} // namespace stagelift
