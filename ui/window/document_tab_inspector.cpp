// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a tab's inspector follows the diagram, and how what it says goes into the text or, of build arguments, into the
// graph and the next build.

#include "ui/diagram/diagram_view.h"
#include "ui/diagram/picture.h"
#include "ui/document/document.h"
#include "ui/editor/editor.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/what_if_strip.h"
#include "ui/window/document_tab.h"

#include <QSplitter>

#include <algorithm>

namespace stagelift::ui {

void DocumentTab::wireInspector()
{
    m_inspector->setLatest([this] { return m_document->analysis(); });
    connect(m_diagram, &DiagramView::selectionChanged, this, &DocumentTab::followSelection);
    connect(m_diagram, &DiagramView::pictureShown, this, &DocumentTab::followSelection);
    connect(m_diagram, &DiagramView::propertiesWanted, this, [this] {
        showInspector(true);
        m_inspector->focusFirst();
    });
    connect(m_inspector, &Inspector::edited, this, &DocumentTab::applyEdit);
    connect(m_inspector, &Inspector::targetChosen, this, &DocumentTab::setTarget);
    connect(m_inspector, &Inspector::spanChosen, m_editor, &Editor::select);
    connect(&m_inspector->arguments(), &ArgumentForm::argumentGiven, this, &DocumentTab::giveArgument);
    connect(&m_inspector->arguments(), &ArgumentForm::resetRequested, this, [this] { resetArguments(false); });
    connect(m_whatIf, &WhatIfStrip::resetRequested, this, [this] { resetArguments(true); });
}

void DocumentTab::followSelection()
{
    followFiles();
    // The caret has moved on a text that the diagram is yet to show: what it selects now is about the text before.
    const AnalysisPtr& drawn = m_diagram->picture().analysis;
    if (!m_applying && drawn && drawn->revision == m_document->revision())
        m_inspector->showSelection(drawn, m_diagram->selection());
}

void DocumentTab::showInspector(bool shown)
{
    if (!shown && m_inspector->isAncestorOf(focusWidget()))
        m_diagram->setFocus();
    m_inspector->setVisible(shown);
    // Where it was hidden when the layout was remembered, it has no width there.
    if (shown && m_diagramSide->sizes().value(1) < m_inspector->minimumWidth())
        m_diagramSide->setSizes(
            {m_diagramSide->width() - m_inspector->sizeHint().width(), m_inspector->sizeHint().width()});
    emit inspectorShown(shown);
}

bool DocumentTab::isInspectorShown() const
{
    return m_inspector->isVisibleTo(m_diagramSide);
}

void DocumentTab::showArguments()
{
    m_inspector->arguments().showArguments(m_shown, m_choices.buildArgs);
    m_whatIf->showArguments(routingArguments(*m_shown, m_choices.buildArgs));
}

void DocumentTab::giveArgument(const QString& name, const QString& value)
{
    BuildChoices choices = m_choices;
    choices.buildArgs.removeIf([&name](const auto& given) { return given.first == name; });
    if (!value.isEmpty())
        choices.buildArgs.emplace_back(name, value);
    if (choices == m_choices)
        return;
    setChoices(choices);
    emit argumentsChanged();
}

void DocumentTab::resetArguments(bool onlyRouting)
{
    const auto known = buildArgumentsOf(m_shown->dockerfile, m_shown->build);
    BuildChoices choices = m_choices;
    choices.buildArgs.removeIf([&](const auto& given) {
        const auto argument = std::ranges::find(known, given.first.toStdString(), &BuildArgument::name);
        return argument != known.end() && (argument->routes || !onlyRouting);
    });
    setChoices(choices);
    emit argumentsChanged();
}

} // namespace stagelift::ui
