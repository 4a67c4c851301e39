// SPDX-License-Identifier: GPL-3.0-or-later
//
// The history for a window: all that waits for the disk is done in a thread of its own, in the order it was asked for,
// and answered with a signal. The database is opened when there is first something to read or to write.

#pragma once

#include "core/history/history_store.h"

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QThread>

#include <functional>

namespace stagelift {

class History : public QObject {
    Q_OBJECT
public:
    /// @param folder of the database; "" for a history that keeps nothing and knows of nothing
    explicit History(QString folder, QObject* parent = nullptr);
    /// Waits until all is written that add() was asked for.
    ~History() override;

    /// Whether builds are kept from now on; what is there already stays, and is shown.
    void setKeeping(bool wanted) { m_isKeeping = wanted; }
    [[nodiscard]] bool isKeeping() const { return m_isKeeping && !m_folder.isEmpty(); }

    // `file` is a path of a file, as it was opened. Without a name it has no history, and nothing is done.

    /// Keeps the build, where builds are kept and this is one, and loads the file's builds anew.
    void add(const BuildRequest& request, const BuildResult& result, const QDateTime& begun);
    /// Answers with loaded().
    void load(const QString& file);
    /// Forgets all builds of the file, and answers with loaded().
    void forget(const QString& file);

    using Texts = std::expected<QList<QByteArray>, QString>; // or a sentence
    /// The texts of some builds by their ids, in that order; as long as the receiver lives, in its thread.
    void readTexts(const QList<qint64>& builds, QObject* receiver, std::function<void(const Texts&)> take);

signals:
    /// @param file as historyKey() has it
    /// @param builds newest first
    void loaded(const QString& file, const QList<stagelift::KeptBuild>& builds);
    /// Something could not be kept, read or forgotten, or a damaged history was set aside. Each is said once.
    void troubled(const QString& sentence);

private:
    class Worker;

    void run(std::function<void(Worker&)> work);

    QString m_folder;
    bool m_isKeeping = true;
    QThread m_thread;
    Worker* m_worker = nullptr; // lives in the thread, and goes with it
};

} // namespace stagelift
