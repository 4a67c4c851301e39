// SPDX-License-Identifier: GPL-3.0-or-later
//
// What takes longer than a person should wait for a key is done in another thread.

#pragma once

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <type_traits>
#include <utility>

namespace stagelift::ui {

/// Calls `work` in another thread, and then `then` with what it gives in that of `receiver`, if that is still there.
/// @param work can be copied, and holds nothing that another thread changes meanwhile
/// @param then takes a constant reference to what `work` returns
template<typename Work, typename Then>
void inBackground(QObject* receiver, Work work, Then then)
{
    using Result = std::invoke_result_t<Work&>;
    auto promise = std::make_shared<QPromise<Result>>();
    promise->start();
    promise->future().then(receiver, [then = std::move(then)](const Result& result) { then(result); });
    QThreadPool::globalInstance()->start([promise, work = std::move(work)]() mutable {
        promise->addResult(work());
        promise->finish();
    });
}

} // namespace stagelift::ui
