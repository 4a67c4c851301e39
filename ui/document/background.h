// SPDX-License-Identifier: GPL-3.0-or-later
//
// What takes longer than a person should wait for a key is done in another thread, or by an object that says when it is
// done; and such work is given up without waiting for it.

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

/// Stops work of an object's own, and deletes it once that has come to its end: nobody waits for it, and nobody hears
/// of it. Its own signal may be on the stack.
/// @param done the signal that follows once it was stopped
/// @param owner deletes it at the latest
template<typename Work, typename Done>
void giveUp(std::unique_ptr<Work>& work, Done done, QObject* owner)
{
    if (!work)
        return;
    Work* given = work.release();
    given->disconnect();
    given->setParent(owner);
    QObject::connect(given, done, given, &QObject::deleteLater);
    given->stop();
}

} // namespace stagelift::ui
