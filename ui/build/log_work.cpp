// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/log_work.h"

#include "ui/document/background.h"

namespace stagelift::ui {

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
    inBackground(
        this, [log = std::move(log), query, givenUp = m_searchGivenUp] { return findInLog(log, query, *givenUp); },
        [this, givenUp = m_searchGivenUp](const std::optional<LogPlace>& place) {
            if (!*givenUp)
                emit found(place);
        });
}

void LogWork::save(LogSnapshot log, const QString& path)
{
    inBackground(
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
