// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a reference means and why: which stage, image or context the word in the text is, and the rule that decides.

#pragma once

#include "core/edits/analysis.h"
#include "ui/theme/theme.h"

#include <QFrame>

#include <optional>

class QLabel;

namespace stagelift::ui {

class ResolutionCard : public QFrame {
    Q_OBJECT
public:
    explicit ResolutionCard(QWidget* parent);

    void setTheme(const Theme& theme);
    void showEdge(const AnalysisPtr& analysis, std::size_t edge);
    [[nodiscard]] QString text() const; // without markup

signals:
    /// The stage that it tells of is asked for.
    void spanChosen(stagelift::Span span);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fill();

    QLabel* m_label = nullptr;
    Theme m_theme;
    AnalysisPtr m_analysis;
    std::size_t m_edge = 0;
};

} // namespace stagelift::ui
