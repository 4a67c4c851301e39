// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/log_work.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <functional>
#include <utility>

namespace stagelift::ui {

namespace {

/// Calls `work` in another thread, and `then` with what it gives, in this one, if `receiver` is still there.
template<typename Result>
void inBackground(QObject* receiver, std::function<Result()> work, std::function<void(const Result&)> then)
{
    auto promise = std::make_shared<QPromise<Result>>();
    promise->start();
    promise->future().then(receiver, [then = std::move(then)](const Result& result) { then(result); });
    QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
}

} // namespace

LogWork::~LogWork()
{
    *m_searchGivenUp = true;
    *m_savingGivenUp = true;
}

void LogWork::giveUpSearch()
{
    *m_searchGivenUp = true;
}

void LogWork::find(LogSnapshot log, const LogQuery& query)
{
    giveUpSearch();
    m_searchGivenUp = std::make_shared<std::atomic_bool>(false);
    using Answer = std::optional<LogPlace>;
    inBackground<Answer>(
        this, [log = std::move(log), query, givenUp = m_searchGivenUp] { return findInLog(log, query, *givenUp); },
        [this, givenUp = m_searchGivenUp](const Answer& place) {
            if (!*givenUp)
                emit found(place);
        });
}

void LogWork::save(LogSnapshot log, const QString& path)
{
    inBackground<QString>(
        this,
        [log = std::move(log), path, givenUp = m_savingGivenUp] {
            const auto done = saveLog(log, path, *givenUp);
            return done ? QString() : done.error();
        },
        [this, path](const QString& problem) {
            if (problem.isEmpty())
                emit saved(path);
            else
                emit saveFailed(problem);
        });
}

} // namespace stagelift::ui
