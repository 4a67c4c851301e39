// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/history/history.h"

#include <QSet>

#include <utility>

namespace stagelift {

/// Does in its thread what it is told, with a store that it opens when it needs one.
class History::Worker : public QObject {
public:
    Worker(History& history, QString folder) : m_history(history), m_folder(std::move(folder)) {}

    void add(const QString& file, const KeptBuild& build, const QByteArray& text)
    {
        if (HistoryStore* store = storeToWrite())
            if (const auto added = store->add(file, build, text); !added)
                complain(added.error());
        load(file);
    }

    void load(const QString& file)
    {
        QList<KeptBuild> builds;
        if (HistoryStore* store = storeToRead()) {
            if (auto read = store->builds(file))
                builds = std::move(*read);
            else
                complain(read.error());
        }
        emit m_history.loaded(file, builds);
    }

    void forget(const QString& file)
    {
        if (HistoryStore* store = storeToRead())
            if (const auto forgotten = store->forget(file); !forgotten)
                complain(forgotten.error());
        load(file);
    }

    [[nodiscard]] Texts texts(const QList<qint64>& builds)
    {
        HistoryStore* store = storeToRead();
        if (!store)
            return std::unexpected(History::tr("The history has forgotten this build."));
        QList<QByteArray> texts;
        for (const qint64 build : builds) {
            auto text = store->text(build);
            if (!text)
                return std::unexpected(text.error());
            texts << *text;
        }
        return texts;
    }

private:
    HistoryStore* storeToWrite()
    {
        if (m_store || m_refused)
            return m_store.get();
        auto [store, notice] = HistoryStore::open(m_folder);
        m_store = std::move(store);
        m_refused = !m_store;
        if (!notice.isEmpty())
            complain(notice);
        return m_store.get();
    }

    /// Makes none where there is none.
    HistoryStore* storeToRead() { return m_store || HistoryStore::exists(m_folder) ? storeToWrite() : nullptr; }

    void complain(const QString& sentence)
    {
        if (m_said.contains(sentence))
            return;
        m_said.insert(sentence);
        emit m_history.troubled(sentence);
    }

    History& m_history; // waits for this thread before it goes; its signals are queued from here
    QString m_folder;
    std::unique_ptr<HistoryStore> m_store;
    bool m_refused = false; // it can't be opened: asking again and again would say so again and again
    QSet<QString> m_said;
};

History::History(QString folder, QObject* parent) : QObject(parent), m_folder(std::move(folder))
{
    if (m_folder.isEmpty())
        return;
    m_thread.setObjectName(QStringLiteral("history"));
    m_worker = new Worker(*this, m_folder);
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start(QThread::LowPriority);
}

History::~History()
{
    // Behind all that was asked for.
    run([this](Worker&) { m_thread.quit(); });
    m_thread.wait();
}

void History::run(std::function<void(Worker&)> work)
{
    if (m_worker)
        QMetaObject::invokeMethod(m_worker, [worker = m_worker, work = std::move(work)] { work(*worker); });
}

void History::add(const BuildRequest& request, const BuildResult& result, const QDateTime& begun)
{
    // What it is made from does not change; and secrets are read anew for it, from disk.
    if (isKeeping() && isKept(request, result))
        run([request, result, begun](Worker& worker) {
            worker.add(historyKey(request.file), keptBuild(request, result, begun), builtText(request));
        });
}

void History::load(const QString& file)
{
    if (hasHistory(file))
        run([file](Worker& worker) { worker.load(historyKey(file)); });
}

void History::forget(const QString& file)
{
    if (hasHistory(file))
        run([file](Worker& worker) { worker.forget(historyKey(file)); });
}

void History::readTexts(const QList<qint64>& builds, QObject* receiver, std::function<void(const Texts&)> take)
{
    run([this, builds, receiver = QPointer(receiver), take = std::move(take)](Worker& worker) {
        QMetaObject::invokeMethod(
            this,
            [receiver, take, texts = worker.texts(builds)] {
                if (receiver)
                    take(texts);
            },
            Qt::QueuedConnection);
    });
}

} // namespace stagelift
