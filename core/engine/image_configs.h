// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the images an engine has say of themselves: platform, environment, shell. Each is asked for once, one after
// another and without blocking, and never fetched: what is not here stays unknown.

#pragma once

#include "core/checks/checks.h"
#include "core/engine/engine.h"

#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace stagelift {

/// By the name as in the Dockerfile, after expansion.
using KnownImages = std::map<std::string, ImageConfig, std::less<>>;
using KnownImagesPtr = std::shared_ptr<const KnownImages>; // never null

class ImageConfigs : public QObject {
    Q_OBJECT
public:
    explicit ImageConfigs(QObject* parent = nullptr);

    /// Forgets what another engine has said. Without an engine, or with one that is not ready, nothing is known.
    void setEngine(const std::optional<Engine>& engine);
    /// Asks for those that nobody has asked for yet.
    void want(const std::vector<std::string>& images);
    /// The same once a person has stopped typing, for half a name is another image. The last call of each `who` counts.
    void wantSoon(const QObject* who, std::vector<std::string> images);
    /// A build may have fetched what was not here before, or have made another image of a name.
    void askAgain(const std::vector<std::string>& images);

    /// A snapshot, for any thread.
    [[nodiscard]] KnownImagesPtr known() const { return m_known; }
    [[nodiscard]] bool isAsking() const { return m_isAsking; }

signals:
    void changed(); // known() holds more, or less
    void settled(); // all that was wanted has been asked for

private:
    void askNext();
    void hear(const QString& image, const QByteArray& json);

    std::optional<Engine> m_engine;
    QTimer m_pause;
    std::map<const QObject*, std::vector<std::string>> m_soon;
    QSet<QString> m_wanted;
    QStringList m_open;
    bool m_isAsking = false;
    bool m_hasNews = false;
    std::uint64_t m_turn = 0; // an answer of an engine that is no longer meant is not heard
    KnownImagesPtr m_known = std::make_shared<const KnownImages>();
};

/// What an engine's `inspect` has said of one image; nothing where that is no answer.
[[nodiscard]] std::optional<ImageConfig> imageConfigFrom(const QByteArray& json);

/// Looks an image up, as CheckOptions wants it.
[[nodiscard]] std::function<std::optional<ImageConfig>(std::string_view)> lookUpIn(KnownImagesPtr images);

} // namespace stagelift
