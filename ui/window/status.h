// SPDX-License-Identifier: GPL-3.0-or-later
//
// The status bar: where the caret is, what the file holds, which engine builds, and what the last build came to.

#pragma once

#include "core/edits/analysis.h"

#include <QObject>

class QLabel;
class QProgressBar;
class QStatusBar;

namespace stagelift::ui {

class Status : public QObject {
    Q_OBJECT
public:
    explicit Status(QStatusBar& bar);

    /// Both from 0 on; the column counts characters, as people do, not bytes.
    void showCaret(int line, int column);
    void showStages(const StageGraph& graph, int target);
    void showEngine(const QString& label, const QString& tip);
    void showShipment(const QString& sentence);
    void showRunning(bool running);

private:
    QLabel* m_caret = nullptr;
    QLabel* m_stages = nullptr;
    QLabel* m_engine = nullptr;
    QLabel* m_shipment = nullptr;
    QProgressBar* m_progress = nullptr;
};

/// "2 stages, target final"
[[nodiscard]] QString stagesText(const StageGraph& graph, int target);

} // namespace stagelift::ui
