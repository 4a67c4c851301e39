// SPDX-License-Identifier: GPL-3.0-or-later
//
// "Make this multi-stage": the runtime base, the builder's name, the files taken along and the user, each proposed and
// each to be chosen otherwise.

#pragma once

#include "ui/proposal/proposal_dialog.h"

class QComboBox;
class QLineEdit;
class QListWidget;

namespace stagelift::ui {

class MultiStageDialog : public ProposalDialog {
    Q_OBJECT
public:
    MultiStageDialog(const AnalysisPtr& before, const Theme& theme, QWidget* parent = nullptr);

protected:
    [[nodiscard]] std::expected<Proposal, Refusal> propose() const override;

private:
    void makeChoices(const MultiStageChoices& choices);
    [[nodiscard]] QWidget* makeArtifacts(const MultiStageChoices& choices);

    QComboBox* m_base = nullptr;
    QLabel* m_why = nullptr; // of the base
    QLineEdit* m_builder = nullptr;
    QLineEdit* m_user = nullptr;
    QListWidget* m_artifacts = nullptr;
    bool m_artifactsChosen = false;
};

} // namespace stagelift::ui
