// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/diagram_menu.h"

#include "ui/diagram/diagram_pane.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/view_filter.h"
#include "ui/window/actions.h"

#include <QAction>
#include <QMenu>

#include <array>
#include <utility>

namespace stagelift::ui {

namespace {

constexpr std::array<std::pair<ActionId, bool ViewFilter::*>, 2> kSwitches{
    {{ActionId::HideImages, &ViewFilter::hidesImages}, {ActionId::HideContext, &ViewFilter::hidesContext}}};

} // namespace

void makeDiagramMenu(const Actions& actions, QWidget& window, const std::function<DiagramPane&()>& pane)
{
    const auto diagram = [pane]() -> DiagramView& { return pane().diagram(); };
    auto* menu = new QMenu(&window);
    actions.fill(*menu, MenuId::Diagram);
    actions[ActionId::DiagramMenu]->setMenu(menu);
    using Command = void (DiagramView::*)();
    static constexpr std::array<std::pair<ActionId, Command>, 3> kCommands{{
        {ActionId::ShowAllStages, &DiagramView::showAll},
        {ActionId::CollapseChains, &DiagramView::collapseChains},
        {ActionId::ExpandChains, &DiagramView::expandChains},
    }};
    for (const auto& [id, command] : kCommands)
        QObject::connect(actions[id], &QAction::triggered, &window,
                         [diagram, command = command] { (diagram().*command)(); });
    QObject::connect(actions[ActionId::FocusOnNeeds], &QAction::triggered, &window,
                     [diagram] { diagram().focusOnSelected(false); });
    QObject::connect(actions[ActionId::FocusOnNeedsAndUsers], &QAction::triggered, &window,
                     [diagram] { diagram().focusOnSelected(true); });
    for (const auto& [id, which] : kSwitches) {
        actions[id]->setCheckable(true);
        // By what is hidden now, not by what the action says: another file may have come to the front since.
        QObject::connect(actions[id], &QAction::triggered, &window, [diagram, which = which] {
            ViewFilter wanted = diagram().filter();
            wanted.*which = !(wanted.*which);
            diagram().setFilter(wanted);
        });
    }
    actions[ActionId::CompareBuilders]->setCheckable(true);
    QObject::connect(actions[ActionId::CompareBuilders], &QAction::triggered, &window,
                     [pane] { pane().setComparing(!pane().isComparing()); });
    QObject::connect(menu, &QMenu::aboutToShow, &window, [&actions, diagram, pane] {
        actions[ActionId::CompareBuilders]->setChecked(pane().isComparing());
        for (const auto& [id, which] : kSwitches)
            actions[id]->setChecked(diagram().filter().*which);
    });
}

} // namespace stagelift::ui
