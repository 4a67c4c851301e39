// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs stages of a file's last build in the user's terminal. It knows no widget.

#pragma once

#include "core/engine/image_run.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace stagelift {
class StageImage;
}

namespace stagelift::ui {

class StageRunner : public QObject {
    Q_OBJECT
public:
    explicit StageRunner(QObject* parent = nullptr);
    ~StageRunner() override;

    /// A build has succeeded: its stages can be run.
    /// @param engines all that are there, see runnerOf()
    void setBuild(const BuildRequest& request, const BuildResult& result, const QList<Engine>& engines);
    /// Of that build; null where there is none.
    [[nodiscard]] AnalysisPtr analysis() const { return m_request ? m_request->analysis : nullptr; }
    [[nodiscard]] int target() const { return m_target; }
    [[nodiscard]] bool wasBuilt(int stage) const { return m_images.contains(stage); }

    // `stage` is one that was built.

    /// Opens a terminal; `failed` says where it can't. One that is being prepared is given up.
    void run(int stage, RunMode mode);
    /// Gives up what is being prepared, without a word.
    void stop();
    /// The line that a person would type, or a sentence why there is none.
    [[nodiscard]] std::expected<QString, QString> commandLine(int stage) const;

signals:
    /// The image of a stage is asked for, which comes from the cache; this time it takes longer.
    void preparing(int stage);
    /// None is asked for any more: the terminal is there, or it was given up.
    void settled();
    /// @param command to type instead; "" where there is none
    void failed(const QString& sentence, const QString& command);

private:
    void open(const QString& image, const QStringList& names, int stage, RunMode mode);

    std::optional<BuildRequest> m_request;
    Engine m_runner;
    QHash<int, QString> m_images; // by stage
    int m_target = -1;
    std::unique_ptr<StageImage> m_image; // that is asked for
    int m_stage = -1;                    // whose it is
    QTimer m_patience;
};

} // namespace stagelift::ui
