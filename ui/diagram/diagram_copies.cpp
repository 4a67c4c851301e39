// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a new edge copies: asked in a menu where it is drawn to, and by key or menu where it begins.

#include "ui/diagram/diagram_private.h"
#include "ui/diagram/known_paths.h"
#include "ui/diagram/words.h"

#include <QMenu>

namespace stagelift::ui {

namespace {

/// The text of an entry; what stands in it is no mnemonic.
QString plain(QString text)
{
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace

QMenu* DiagramView::Private::popupMenu()
{
    auto* menu = new QMenu(&view);
    menu->setObjectName(QStringLiteral("diagramChoice"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    return menu;
}

/// Everything that is known of the source, for one target.
void DiagramView::Private::fillCopyInto(QMenu& menu, NodeRef source, const Spot& target)
{
    for (const KnownPath& known : knownPaths(*analysis(), source))
        menu.addAction(plain(toQt(known.path)) + QLatin1Char('\t') + plain(known.reason), this,
                       whileSame([this, source, target, path = known.path] {
                           copy(copyIntent(source, target.node.index, {path}, target.place));
                       }));
    menu.addSeparator();
    menu.addAction(Diagram::tr("Another &Path…"), this, whileSame([this, source, target] {
                       askPath(copyIntent(source, target.node.index, {}, target.place));
                   }));
    menu.addAction(Diagram::tr("From Another &Image…"), this, whileSame([this, target] { askImage(target); }));
}

/// An image that need not be in the file yet, and then the path in it.
void DiagramView::Private::askImage(const Spot& target)
{
    const AnalysisPtr now = picture().analysis;
    const auto from = [target](const QString& image) {
        CopyIntent intent = copyIntent({}, target.node.index, {}, target.place);
        intent.image = image.trimmed().toStdString();
        return intent;
    };
    openField(
        placeOf({.node = target.node, .edge = {}}), Diagram::tr("Image to copy from, such as nginx:1.27"), {},
        [now, from](const QString& image) {
            CopyIntent intent = from(image);
            intent.paths = {"/"};
            const EditOutcome outcome = image.trimmed().isEmpty() ? EditResult{} : copyArtifact(*now, intent);
            return image.trimmed().isEmpty() ? Diagram::tr("The name of an image is needed.")
                                             : (outcome ? QString() : sentences(outcome.error()));
        },
        [this, from](const QString& image) { askPath(from(image)); });
}

/// Everything that is known of the source, each with the stages that can take it.
void DiagramView::Private::fillCopyOf(QMenu& menu, NodeRef source)
{
    const std::vector<int> takers = stagesThatTake(source);
    if (const int node = picture().nodeOf(source); node >= 0) {
        const std::vector<std::string> chosen = rows.paths(picture().nodes[static_cast<std::size_t>(node)]);
        if (chosen.size() > 1)
            addCopyTargets(*menu.addMenu(Diagram::tr("%n chosen to", nullptr, static_cast<int>(chosen.size()))), source,
                           chosen, takers);
    }
    for (const KnownPath& known : knownPaths(*analysis(), source))
        addCopyTargets(*menu.addMenu(Diagram::tr("%1 to").arg(plain(toQt(known.path)))), source, {known.path}, takers);
    addCopyTargets(*menu.addMenu(Diagram::tr("Another Path to")), source, {}, takers);
}

void DiagramView::Private::askWhatToCopy(NodeRef source, const Spot& target)
{
    QMenu* menu = popupMenu();
    fillCopyInto(*menu, source, target);
    menu->popup(menuPlace());
    menu->setActiveAction(menu->actions().front());
}

/// By key: out of the selected node.
void DiagramView::Private::askWhatToCopyOut()
{
    QMenu* menu = popupMenu();
    const NodeRef source = *selection.node;
    const int node = picture().nodeOf(source);
    const std::vector<std::string> chosen = rows.paths(picture().nodes[static_cast<std::size_t>(node)]);
    if (chosen.empty())
        fillCopyOf(*menu, source);
    else
        addCopyTargets(*menu, source, chosen, stagesThatTake(source));
    const QRect place = placeOf(selection);
    menu->popup(view.viewport()->mapToGlobal(QPoint(place.right(), place.center().y())));
    menu->setActiveAction(menu->actions().front());
}

QPoint DiagramView::Private::menuPlace() const
{
    return view.viewport()->mapToGlobal(view.mapFromScene(hand.at));
}

/// A node that was dropped on a stage: it may become its base, or something is copied from it. Asked where it may be
/// either; with Ctrl the base.
void DiagramView::Private::putNode(const Carried& carried, const Spot& spot, Qt::KeyboardModifiers modifiers)
{
    const auto source = sourceNow(carried.artifact, *analysis());
    const EditOutcome copied = dropped(carried.artifact, *analysis(), spot.node.index, spot.place);
    const QRect place = placeOf({.node = spot.node, .edge = {}});
    if (!source) {
        object(source.error(), place);
        return;
    }
    const EditOutcome based = basedOn(*analysis(), *source, spot.node.index);
    const bool canBeBase = based && !based->edits.empty();
    if (canBeBase && (!copied || modifiers.testFlag(Qt::ControlModifier))) {
        give(based, place);
    } else if (!canBeBase && copied) {
        askWhatToCopy(*source, spot);
    } else if (!canBeBase) {
        object(copied.error(), place);
    } else {
        QMenu* menu = popupMenu();
        menu->addAction(Diagram::tr("&Build It FROM %1").arg(plain(toQt(picture().graph().label(*source)))), this,
                        whileSame([this, based, place] { give(based, place); }));
        fillCopyInto(*menu->addMenu(Diagram::tr("&Copy from It")), *source, spot);
        menu->popup(menuPlace());
        menu->setActiveAction(menu->actions().front());
    }
}

} // namespace stagelift::ui
