// SPDX-License-Identifier: GPL-3.0-or-later
//
// A treemap with the line above it. The files of a stage are read by somebody else, when a person asks for it here or
// there; what is known of them is asked of a source, and summed up by folder in another thread.

#pragma once

#include "ui/build/treemap_bar.h"
#include "ui/build/treemap_view.h"

#include <functional>

namespace stagelift::ui {

/// What is known of the files of a stage.
struct StageFilesState {
    bool canBeRead = false;
    ImageFilesPtr files = nullptr; // null: they were not read
    QString progress = {};         // of reading them, in a sentence; "" while they aren't
    bool isOtherRead = false;      // another stage's are being read
    QString problem = {};          // why they could not be, in a sentence
};

class TreemapPage : public QWidget {
    Q_OBJECT
public:
    explicit TreemapPage(QWidget* parent = nullptr);

    /// @param source of a stage that is shown; filesChanged() asks it again
    void setFilesSource(std::function<StageFilesState(int stage)> source);
    void showStage(const AnalysisPtr& analysis, const StageSize& size);
    void clear();

    [[nodiscard]] TreemapView& view() { return *m_view; }
    /// That is shown; -1 for none.
    [[nodiscard]] int stage() const { return m_stage; }
    [[nodiscard]] TreemapBar& bar() { return *m_bar; }
    /// Whether files are being summed up.
    [[nodiscard]] bool isBusy() const { return m_asked != nullptr && m_asked != m_summed; }

public slots:
    void filesChanged();

signals:
    void readWanted(int stage);
    void stopWanted();

private:
    void sumUp(const ImageFilesPtr& files);
    void showState(const StageFilesState& state);
    void press();

    std::function<StageFilesState(int stage)> m_source;
    TreemapBar* m_bar = nullptr;
    TreemapView* m_view = nullptr;
    int m_stage = -1;
    ImageFilesPtr m_asked;  // whose folders are wanted
    ImageFilesPtr m_summed; // whose folders are shown
};

} // namespace stagelift::ui
