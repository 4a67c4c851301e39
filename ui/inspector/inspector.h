// SPDX-License-Identifier: GPL-3.0-or-later
//
// The panel beside the diagram: what is selected, in fields that change it; what its reference means and why; and the
// build arguments with which the diagram can be tried. Every field is one pure operation and one step to undo.

#pragma once

#include "ui/diagram/walk.h"
#include "ui/inspector/argument_form.h"
#include "ui/inspector/editing.h"
#include "ui/theme/theme.h"

#include <QScrollArea>

class QLabel;

namespace stagelift::ui {

class CopyForm;
class ResolutionCard;
class StageForm;
class UsesForm;

class Inspector : public QScrollArea {
    Q_OBJECT
public:
    explicit Inspector(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Who knows the text as it is now; without it, what was shown last is taken for it.
    void setLatest(std::function<AnalysisPtr()> latest) { m_editing.setLatest(std::move(latest)); }
    /// Shows what is selected in an analysis. What is being typed stays as long as that is about the same thing.
    void showSelection(const AnalysisPtr& analysis, const Selection& selection);
    void setTarget(int stage);
    [[nodiscard]] ArgumentForm& arguments() { return *m_arguments; }
    [[nodiscard]] ResolutionCard& card() { return *m_card; }
    /// To the first field of what is selected.
    void focusFirst();

    [[nodiscard]] QSize sizeHint() const override;

signals:
    void edited(const stagelift::EditResult& result, std::uint64_t revision);
    void targetChosen(int stage);
    void spanChosen(stagelift::Span span);

private:
    void showCard();
    [[nodiscard]] QWidget* form() const; // of what is selected; null for nothing

    Editing m_editing;
    QLabel* m_nothing = nullptr;
    CopyForm* m_copy = nullptr;
    StageForm* m_stage = nullptr;
    UsesForm* m_uses = nullptr;
    ResolutionCard* m_card = nullptr;
    ArgumentForm* m_arguments = nullptr;
};

} // namespace stagelift::ui
