// SPDX-License-Identifier: GPL-3.0-or-later
//
// The values are those of BuildKit's client/graph.go: SolveStatus. Text that is no JSON stands between them: an error
// at the end, a warning of the command line at the start.

#include "core/engine/progress.h"

#include <QDateTime>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr qsizetype kLargestValue = 64 * 1024 * 1024; // bytes; a stream that opens a brace and never closes it

constexpr qint64 kMostBytes = 1'000'000'000'000'000; // so that nobody's sum is out of range

/// Ms since the epoch of a time as Go writes it, "2026-11-23T18:53:34.970452849Z"; 0 where it is none, or Go's own
/// none, which is in the year 1.
qint64 moment(const QJsonValue& value)
{
    const QDateTime time = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    return time.isValid() ? std::max<qint64>(0, time.toMSecsSinceEpoch()) : 0;
}

/// Finds where JSON objects begin and end without understanding more of them than strings and braces.
class ObjectCutter {
public:
    enum class Piece : quint8 { None, Object, Line };

    /// Takes one byte; says what it completed, which is then in `piece`.
    Piece take(char c);
    [[nodiscard]] const QByteArray& piece() const { return m_piece; }
    void clear() { m_piece.clear(); }

private:
    Piece takeInside(char c);

    QByteArray m_piece;
    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
};

ObjectCutter::Piece ObjectCutter::take(char c)
{
    if (m_depth > 0)
        return takeInside(c);
    if (c == '{' && m_piece.trimmed().isEmpty()) {
        m_piece = "{";
        m_depth = 1;
        return Piece::None;
    }
    m_piece += c;
    return c == '\n' || m_piece.size() > kLargestValue ? Piece::Line : Piece::None;
}

ObjectCutter::Piece ObjectCutter::takeInside(char c)
{
    m_piece += c;
    if (m_inString) {
        if (m_escaped)
            m_escaped = false;
        else if (c == '\\')
            m_escaped = true;
        else if (c == '"')
            m_inString = false;
    } else if (c == '"') {
        m_inString = true;
    } else if (c == '{') {
        ++m_depth;
    } else if (c == '}') {
        --m_depth;
    }
    if (m_piece.size() > kLargestValue) {
        m_depth = 0;
        m_inString = m_escaped = false;
        return Piece::Line;
    }
    return m_depth == 0 ? Piece::Object : Piece::None;
}

qint64 amountIn(const QJsonValue& bytes)
{
    return std::clamp<qint64>(bytes.toInteger(), 0, kMostBytes);
}

class RawJsonProgress : public Progress {
public:
    using Progress::Progress;

    void feed(QByteArrayView bytes) override;
    void finish(bool succeeded) override;

private:
    void readObject(const QByteArray& json);
    void readVertex(const QJsonObject& vertex) const;
    void readStatus(const QJsonObject& status);

    struct Amount {
        qint64 bytes = 0;
        qint64 all = 0;
    };

    ObjectCutter m_cutter;
    QHash<QString, QHash<QString, Amount>> m_amounts; // by vertex, by what it transfers: layers come side by side
};

void RawJsonProgress::feed(QByteArrayView bytes)
{
    for (const char c : bytes) {
        const auto piece = m_cutter.take(c);
        if (piece == ObjectCutter::Piece::Object)
            readObject(m_cutter.piece());
        else if (piece == ObjectCutter::Piece::Line && m_cutter.piece() != "\n" && m_cutter.piece() != "\r\n")
            log({}, m_cutter.piece());
        if (piece != ObjectCutter::Piece::None)
            m_cutter.clear();
    }
}

void RawJsonProgress::finish(bool /*succeeded*/)
{
    if (!m_cutter.piece().isEmpty())
        log({}, m_cutter.piece() + '\n');
    m_cutter.clear();
}

void RawJsonProgress::readObject(const QByteArray& json)
{
    QJsonParseError error;
    const QJsonObject status = QJsonDocument::fromJson(json, &error).object();
    if (error.error != QJsonParseError::NoError) {
        log({}, json + '\n');
        return;
    }
    for (const auto& vertex : status.value("vertexes"_L1).toArray())
        readVertex(vertex.toObject());
    for (const auto& entry : status.value("statuses"_L1).toArray())
        readStatus(entry.toObject());
    for (const auto& entry : status.value("logs"_L1).toArray())
        log(entry["vertex"_L1].toString(), QByteArray::fromBase64(entry["data"_L1].toString().toLatin1()));
    for (const auto& entry : status.value("warnings"_L1).toArray())
        log({}, "WARNING: " + QByteArray::fromBase64(entry["short"_L1].toString().toLatin1()) + '\n');
}

/// "transferring context:" counts up; a layer is "downloading", "extracting" and "done", under one id.
void RawJsonProgress::readStatus(const QJsonObject& status)
{
    const qint64 bytes = amountIn(status.value("current"_L1));
    const QString vertex = status.value("vertex"_L1).toString();
    if (bytes <= 0 || status.value("name"_L1) == "extracting"_L1)
        return;
    auto& amounts = m_amounts[vertex];
    amounts.insert(status.value("id"_L1).toString(), {bytes, amountIn(status.value("total"_L1))});
    Amount sum;
    bool isAllKnown = true;
    for (const Amount& each : std::as_const(amounts)) {
        sum.bytes = std::min(sum.bytes + each.bytes, kMostBytes);
        sum.all = std::min(sum.all + each.all, kMostBytes);
        isAllKnown = isAllKnown && each.all > 0;
    }
    transfer(vertex, sum.bytes, isAllKnown ? sum.all : 0);
}

void RawJsonProgress::readVertex(const QJsonObject& vertex) const
{
    StepEvent event;
    event.id = vertex.value("digest"_L1).toString();
    event.name = vertex.value("name"_L1).toString();
    event.error = vertex.value("error"_L1).toString();
    if (event.id.isEmpty())
        return;
    event.started = moment(vertex.value("started"_L1));
    event.completed = moment(vertex.value("completed"_L1));
    if (event.started > 0 && event.completed > 0)
        event.milliseconds = std::max<qint64>(0, event.completed - event.started);
    for (const auto& input : vertex.value("inputs"_L1).toArray())
        event.inputs << input.toString();

    if (event.error.endsWith("context canceled"_L1))
        event.state = StepState::Stopped; // another step failed; as BuildKit's own printer reads it
    else if (!event.error.isEmpty())
        event.state = StepState::Failed;
    else if (vertex.value("cached"_L1).toBool())
        event.state = StepState::Cached;
    else if (event.completed > 0)
        event.state = StepState::Done;
    else if (event.started > 0)
        event.state = StepState::Running;
    step(event);
}

} // namespace

std::unique_ptr<Progress> rawJsonProgress(ProgressSink sink)
{
    return std::make_unique<RawJsonProgress>(std::move(sink));
}

} // namespace stagelift
