// SPDX-License-Identifier: GPL-3.0-or-later
//
// A change that is shown before it is made: what can be chosen above, the change as a diff with its reasons below, and
// the stages as they will be beside it. Each choice proposes anew. Nothing is written before it is accepted, and then
// by whoever asked, in one step.

#pragma once

#include "core/edits/edits.h"
#include "core/multistage/multistage.h"
#include "ui/theme/theme.h"

#include <QDialog>
#include <QTimer>

#include <expected>

class QDialogButtonBox;
class QLabel;
class QPushButton;
class QTextBrowser;
class QVBoxLayout;

namespace stagelift::ui {

class DiagramView;

class ProposalDialog : public QDialog {
    Q_OBJECT
public:
    ~ProposalDialog() override;

    /// What accepting it means; no edits while there is nothing to accept.
    [[nodiscard]] EditResult result() const;
    /// The text that it was made for.
    [[nodiscard]] std::uint64_t revision() const { return m_before->revision; }

    /// Of the choices as they stand: what was chosen a moment ago counts. Stays open where those can't be.
    void accept() override;

protected:
    ProposalDialog(const AnalysisPtr& before, const Theme& theme, const QString& accept, QWidget* parent);

    [[nodiscard]] const Analysis& before() const { return *m_before; }
    /// The widgets that choose; above the change.
    void setChoices(QWidget* choices);
    /// The change as chosen now, or why there can be none.
    [[nodiscard]] virtual std::expected<Proposal, Refusal> propose() const = 0;
    /// To be called after each choice; types that come together are answered once.
    void proposeSoon() { m_soon.start(); }
    void proposeNow();

private:
    void show(const Proposal& proposal);
    void object(const Refusal& refusal);

    AnalysisPtr m_before;
    Theme m_theme;
    std::expected<Proposal, Refusal> m_proposal;
    QTimer m_soon;
    QLabel* m_title = nullptr;
    QVBoxLayout* m_column = nullptr;
    QTextBrowser* m_page = nullptr;
    DiagramView* m_picture = nullptr;
    QLabel* m_cautions = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
    QPushButton* m_accept = nullptr;
};

} // namespace stagelift::ui
