// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/credential_watch.h"

#include "core/engine/process.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace stagelift {

namespace {

constexpr std::chrono::milliseconds kBetweenLooks = 5s;

/// "docker-credential-pass", which may be a script; "" where it is something else.
QString helperIn(const QStringList& words)
{
    for (const QString& word : words.first(std::min<qsizetype>(words.size(), 2)))
        if (const QString name = QFileInfo(word).fileName(); name.startsWith(u"docker-credential-"))
            return name;
    return {};
}

} // namespace

CredentialWatch::CredentialWatch(const Process& engine, std::chrono::milliseconds patience,
                                 std::function<void(const QString& helper)> hear)
    : m_engine(engine), m_patience(patience), m_hear(std::move(hear))
{
    m_looks.callOnTimeout([this] { look(); });
    m_looks.start(std::min(kBetweenLooks, patience / 4));
}

void CredentialWatch::look()
{
    QHash<qint64, QElapsedTimer> since;
    QString overdue;
    for (const Process::Follower& follower : m_engine.followers()) {
        const QString helper = helperIn(follower.words);
        if (helper.isEmpty())
            continue;
        QElapsedTimer clock = m_since.value(follower.pid);
        if (!clock.isValid())
            clock.start();
        since.insert(follower.pid, clock);
        if (clock.durationElapsed() > m_patience)
            overdue = helper;
    }
    m_since = since;
    if (overdue.isEmpty())
        return;
    m_looks.stop();
    m_hear(overdue);
}

} // namespace stagelift
