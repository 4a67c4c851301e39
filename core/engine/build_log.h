// SPDX-License-Identifier: GPL-3.0-or-later
//
// The whole log of a build, on disk; nothing of it is kept in memory. The newest logs stay, older ones go.

#pragma once

#include <QFile>
#include <QString>

namespace stagelift {

class BuildLog {
public:
    /// Begins a new file in the user's cache folder. Where that can't be done, nothing is logged and the path is empty.
    void open();
    /// A line that says which step speaks goes ahead of its text whenever the speaker changes.
    void write(const QString& speaker, const QString& text);
    void close();

    [[nodiscard]] QString path() const { return m_file.isOpen() || m_file.exists() ? m_file.fileName() : QString(); }

private:
    QFile m_file;
    QString m_speaker;
    bool m_lineOpen = false;
};

} // namespace stagelift
