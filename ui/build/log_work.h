// SPDX-License-Identifier: GPL-3.0-or-later
//
// Searches and saves a build log in another thread: of a gigabyte, either takes seconds.

#pragma once

#include "core/engine/log_search.h"

#include <QObject>
#include <QString>

#include <atomic>
#include <memory>
#include <optional>

namespace stagelift::ui {

class LogWork : public QObject {
    Q_OBJECT
public:
    explicit LogWork(QObject* parent = nullptr) : QObject(parent) {}
    /// Gives up what it is at.
    ~LogWork() override;

    /// In place of the search that is under way, which then has no answer.
    void find(LogSnapshot log, const LogQuery& query);
    void giveUpSearch();
    void save(LogSnapshot log, const QString& path);

signals:
    void found(std::optional<stagelift::LogPlace> place);
    void saved(const QString& path);
    void saveFailed(const QString& sentence);

private:
    using Flag = std::shared_ptr<std::atomic_bool>;
    Flag m_searchGivenUp = std::make_shared<std::atomic_bool>(false);
    Flag m_savingGivenUp = std::make_shared<std::atomic_bool>(false);
};

} // namespace stagelift::ui
