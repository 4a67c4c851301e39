// SPDX-License-Identifier: GPL-3.0-or-later
//
// Unsaved text that outlives a crash. While a text differs from its file, a copy of it lies in the program's data
// folder, at most two seconds old; it goes when the text is saved or closed. A copy that is still there while the
// program that wrote it is not, is offered at the next start.

#pragma once

#include <QDateTime>
#include <QFuture>
#include <QList>
#include <QLockFile>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <string>

namespace stagelift::ui {

/// Unsaved text of a session that did not end well.
struct RecoveredFile {
    QString copy;  // where the text is kept
    QString path;  // of the file it belongs to; "" where it was never saved
    QString title; // for a person
    QDateTime when;
};

/// Newest first.
[[nodiscard]] QList<RecoveredFile> recoverable();
[[nodiscard]] std::expected<std::string, QString> recoveredText(const RecoveredFile& file);
void discard(const RecoveredFile& file);

/// Keeps the copy of one document.
class Recovery : public QObject {
    Q_OBJECT
public:
    /// From the first change to the copy on the disk.
    static constexpr std::chrono::milliseconds kDelay{1500};

    struct Snapshot {
        bool modified = false;
        QString path;
        QString title;
        std::string bytes; // empty unless modified
    };

    explicit Recovery(std::function<Snapshot()> look, QObject* parent = nullptr);
    ~Recovery() override; // the document was closed on purpose: the copy goes

    void textChanged();
    /// The copy of a crashed session is this document's from now on: it is never gone before a newer one is there.
    void adopt(const RecoveredFile& file);
    /// Takes the copy away, where there is one.
    void clear();

private:
    void write();

    std::function<Snapshot()> m_look;
    QString m_copy;
    std::unique_ptr<QLockFile> m_lock;
    QTimer m_timer;
    QFuture<void> m_writing;
};

} // namespace stagelift::ui
