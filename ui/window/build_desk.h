// SPDX-License-Identifier: GPL-3.0-or-later
//
// Brings the builds and the open files together: starts a build for a file, hands what it reports to that file's panes,
// and tells every file's panes what to install where nothing can build.

#pragma once

#include "core/engine/image_configs.h"
#include "core/history/history.h"
#include "ui/build/build_controller.h"
#include "ui/build/build_form.h"
#include "ui/window/document_tab.h"

#include <QPointer>

class QWidget;

namespace stagelift::ui {

class Settings;

class BuildDesk : public QObject {
    Q_OBJECT
public:
    BuildDesk(Settings& settings, QWidget* parent);

    [[nodiscard]] BuildController& controller() { return m_controller; }
    /// What the engine that builds knows of base images.
    [[nodiscard]] ImageConfigs& images() { return m_images; }
    /// Where every build is kept.
    [[nodiscard]] History& history() { return m_history; }
    /// The file whose build runs; nullptr where none does.
    [[nodiscard]] DocumentTab* runningTab() const { return m_controller.isRunning() ? m_tab : nullptr; }
    /// Of the build that runs or ran last.
    [[nodiscard]] const BuildRequest& request() const { return m_request; }
    /// A stage of the file, -1 for its target.
    void build(DocumentTab& tab, int stage = -1);
    /// What was built last of the file, once more; its target where nothing was.
    void buildAgain(DocumentTab& tab);
    /// Whether a save that changed the text builds again.
    void setBuildOnSave(bool wanted);
    /// Whether builds are kept.
    void setKeepHistory(bool wanted);
    /// The file has a new text: builds it again if that is wanted, once the build that runs has ended.
    void textSaved(DocumentTab& tab);
    /// Starts none of the builds that wait.
    void forgetWaiting() { m_waiting.clear(); }
    void editOptions(DocumentTab& tab);
    /// What the panes of a file say before there is a build.
    void advise(DocumentTab& tab) const;

signals:
    void changed(); // engines, or whether a build runs
    void finished(const stagelift::BuildResult& result);

private:
    void ended(const BuildResult& result);
    void buildWaiting();
    [[nodiscard]] BuildPreview preview(DocumentTab& tab, const BuildChoices& choices) const;

    Settings& m_settings;
    BuildController m_controller;
    ImageConfigs m_images;
    History m_history;
    QPointer<DocumentTab> m_tab;
    BuildRequest m_request; // of the build that runs or ran last
    QDateTime m_begun;
    QList<QPointer<DocumentTab>> m_waiting; // to be built again
    bool m_onSave = false;
};

} // namespace stagelift::ui
