// SPDX-License-Identifier: GPL-3.0-or-later
//
// Notices when another program changes, replaces or deletes a file. Many editors save by putting a new file in the
// place of the old one, which ends a plain watch: so the folder is watched too, and what counts is the file's stamp.

#pragma once

#include "ui/document/disk_file.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

namespace stagelift::ui {

class FileWatch : public QObject {
    Q_OBJECT
public:
    explicit FileWatch(QObject* parent = nullptr);

    /// Watches `path` from the state `known` on, and files beside it that say something about it. "" watches nothing.
    void watch(const QString& path, const FileStamp& known, const QStringList& besides = {});
    /// The other files, while the first stays as it is watched.
    void setBesides(const QStringList& besides);
    /// We wrote it ourselves, or have read it again.
    void setKnown(const FileStamp& known);
    [[nodiscard]] const FileStamp& known() const { return m_known; }

signals:
    void changed(); // the file's stamp is another; it may be gone
    void besidesChanged();

private:
    void look();
    void follow();

    QFileSystemWatcher m_watcher;
    QTimer m_settle;
    QString m_path;
    QStringList m_besides;
    QList<FileStamp> m_besidesKnown;
    FileStamp m_known;
};

} // namespace stagelift::ui
