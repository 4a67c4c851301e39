// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/commands.h"

#include "ui/diagram/diagram_view.h"
#include "ui/diagram/hit.h"
#include "ui/diagram/menu_entries.h"
#include "ui/diagram/walk.h"
#include "ui/diagram/words.h"
#include "ui/editor/editor.h"
#include "ui/window/document_tab.h"
#include "ui/window/main_window.h"
#include "ui/window/toolbar.h"

#include <QAction>
#include <QComboBox>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>

#include <memory>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Commands)
};

/// Each item of a box of the toolbar: "Target: build".
void addBox(Commands& commands, QComboBox& box)
{
    for (int i = 0; box.isEnabled() && i < box.count(); ++i)
        commands.push_back({.what = Words::tr("%1: %2").arg(box.accessibleName(), box.itemText(i)),
                            .where = Words::tr("Toolbar"),
                            .keys = {},
                            .enabled = true,
                            .run = [box = QPointer(&box), i, item = box.itemText(i)] {
                                if (!box || box->itemText(i) != item)
                                    return;
                                box->setCurrentIndex(i);
                                emit box->activated(i);
                            }});
}

void goTo(DocumentTab& tab, int stage)
{
    const StageGraph& graph = tab.shown()->graph;
    const bool inDiagram = tab.diagram().hasFocus();
    tab.diagram().select({.node = stageNode(stage), .edge = {}});
    const std::uint32_t begin = graph.stages[static_cast<std::size_t>(stage)].span.begin;
    tab.editor().select({begin, begin});
    if (!inDiagram)
        tab.editor().setFocus();
}

void addStages(Commands& commands, DocumentTab& tab)
{
    const StageGraph& graph = tab.shown()->graph;
    for (const Stage& stage : graph.stages)
        commands.push_back({.what = Words::tr("Go to Stage %1").arg(toQt(graph.label(stageNode(stage.index)))),
                            .where = Words::tr("Stages"),
                            .keys = {},
                            .enabled = true,
                            .run = [tab = QPointer(&tab), of = tab.shown(), stage = stage.index] {
                                if (tab && tab->shown() == of)
                                    goTo(*tab, stage);
                            }});
}

/// The commands of a menu that nobody else keeps; it lives as long as they do.
void addOwned(Commands& commands, std::unique_ptr<QMenu> made, const QString& prefix)
{
    // Its parent may go first, and takes it along.
    const std::shared_ptr<QPointer<QMenu>> menu(new QPointer<QMenu>(made.release()), [](QPointer<QMenu>* held) {
        delete held->data();
        delete held;
    });
    const std::size_t first = commands.size();
    addMenu(commands, **menu, Words::tr("Diagram"), prefix);
    for (std::size_t i = first; i < commands.size(); ++i)
        commands[i].run = [menu, run = std::move(commands[i].run)] { run(); };
}

QString nameOf(const Picture& picture, const Hit& hit)
{
    if (hit.node >= 0)
        return picture.nodes[static_cast<std::size_t>(hit.node)].title.whole;
    const PictureEdge& edge = picture.edges[static_cast<std::size_t>(hit.edge)];
    return u"%1 → %2"_s.arg(picture.nodes[static_cast<std::size_t>(edge.from)].title.whole,
                            picture.nodes[static_cast<std::size_t>(edge.to)].title.whole);
}

} // namespace

void addMenu(Commands& commands, QMenu& menu, const QString& where, const QString& prefix)
{
    for (const MenuEntry& entry : entriesOf(menu))
        commands.push_back({.what = prefix + entry.text,
                            .where = where,
                            .keys = entry.action->shortcut().toString(QKeySequence::NativeText),
                            .enabled = entry.enabled,
                            .run = [action = entry.action] {
                                if (action)
                                    action->trigger();
                            }});
}

Commands windowCommands(MainWindow& window)
{
    Commands commands;
    for (QAction* action : window.menuBar()->actions())
        if (QMenu* menu = action->menu())
            addMenu(commands, *menu, plainText(action->text()));
    const QString itself = plainText(window.action(ActionId::CommandPalette)->text());
    std::erase_if(commands, [&](const Command& command) { return command.what == itself; });
    addStages(commands, window.tab());
    addBox(commands, window.toolbar().targets());
    addBox(commands, window.toolbar().engines());
    return commands;
}

Commands diagramCommands(MainWindow& window)
{
    Commands commands;
    DiagramView& diagram = window.tab().diagram();
    const Hit selected = hitOf(diagram.picture(), diagram.selection());
    if (selected.kind != HitKind::Nothing)
        addOwned(commands, diagram.menuFor(selected), nameOf(diagram.picture(), selected) + u": "_s);
    addOwned(commands, diagram.menuFor({}), Words::tr("Diagram: "));
    return commands;
}

} // namespace stagelift::ui
