// SPDX-License-Identifier: GPL-3.0-or-later
//
// Splitting a stage by hand: which of its instructions go into a builder, and which of the files they make the stage
// still needs.

#pragma once

#include "ui/proposal/proposal_dialog.h"

class QLineEdit;
class QListWidget;

namespace stagelift::ui {

class SplitDialog : public ProposalDialog {
    Q_OBJECT
public:
    /// At first all that works is checked, up to the last instruction that makes something.
    SplitDialog(const AnalysisPtr& before, int stage, const Theme& theme, QWidget* parent = nullptr);

protected:
    [[nodiscard]] std::expected<Proposal, Refusal> propose() const override;

private:
    [[nodiscard]] QWidget* makeInstructions();
    [[nodiscard]] QWidget* makeSurvivors();
    [[nodiscard]] std::vector<std::size_t> usualChoice() const;
    [[nodiscard]] std::vector<std::size_t> chosenInstructions() const;
    [[nodiscard]] std::vector<std::string> chosenSurvivors() const;
    /// The files that the chosen instructions make; what was checked or not by hand stays so.
    void offerSurvivors();

    int m_stage;
    QLineEdit* m_name = nullptr;
    QListWidget* m_instructions = nullptr;
    QListWidget* m_survivors = nullptr;
    QLineEdit* m_morePaths = nullptr;
};

} // namespace stagelift::ui
