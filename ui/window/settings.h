// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the program remembers between two starts. A forgetful one remembers nothing: for pictures and for tests.

#pragma once

#include "ui/build/build_options.h"
#include "ui/theme/apply_theme.h"

#include <QByteArray>
#include <QStringList>
#include <QVariant>

#include <memory>

class QSettings;

namespace stagelift::ui {

struct Session {
    QStringList files; // absolute paths, in the order of their tabs
    int current = 0;
};

class Settings {
public:
    /// In the user's configuration folder.
    [[nodiscard]] static Settings ofUser();
    [[nodiscard]] static Settings inFile(const QString& path);
    [[nodiscard]] static Settings forgetful();

    Settings(Settings&&) noexcept;
    Settings& operator=(Settings&&) noexcept;
    ~Settings();

    [[nodiscard]] bool isForgetful() const { return m_store == nullptr; }

    /// Where the history of builds is; "" for nowhere, unless it is the user's or was set.
    [[nodiscard]] const QString& historyFolder() const { return m_historyFolder; }
    void setHistoryFolder(const QString& folder) { m_historyFolder = folder; }
    /// Whether builds are kept there; yes unless someone did not want it.
    [[nodiscard]] bool keepsHistory() const;
    void setKeepsHistory(bool wanted);

    [[nodiscard]] ThemeChoice theme() const;
    void setTheme(ThemeChoice choice);

    /// Whether the diagram has its legend; no unless someone wanted it.
    [[nodiscard]] bool legend() const;
    void setLegend(bool shown);

    [[nodiscard]] QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);
    /// Of a splitter or a header, by a name of its own.
    [[nodiscard]] QByteArray paneState(const QString& pane) const;
    void setPaneState(const QString& pane, const QByteArray& state);

    /// Newest first, at most kMaxRecentFiles, each once.
    [[nodiscard]] QStringList recentFiles() const;
    void addRecentFile(const QString& path);
    void clearRecentFiles();

    [[nodiscard]] Session session() const;
    void setSession(const Session& session);

    /// What was last built with: "docker", "podman", "buildah", or "".
    [[nodiscard]] QString engine() const;
    void setEngine(const QString& id);

    /// Whether a save builds again; no unless someone wanted it.
    [[nodiscard]] bool buildOnSave() const;
    void setBuildOnSave(bool wanted);

    /// Whether the end of a build is told by the desktop; yes unless someone did not want it.
    [[nodiscard]] bool notifiesAtEnd() const;
    void setNotifiesAtEnd(bool wanted);

    /// Of a file, by its path. Arguments that look like secrets are not written.
    [[nodiscard]] BuildChoices buildChoices(const QString& file) const;
    void setBuildChoices(const QString& file, const BuildChoices& choices);

    static constexpr int kMaxRecentFiles = 12;
    static constexpr int kMaxFilesWithChoices = 100; // the oldest are forgotten

private:
    explicit Settings(std::unique_ptr<QSettings> store);
    [[nodiscard]] QVariant value(const QString& key, const QVariant& fallback = {}) const;
    void setValue(const QString& key, const QVariant& value);

    std::unique_ptr<QSettings> m_store;
    QString m_historyFolder; // is not stored
};

} // namespace stagelift::ui
