// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/actions.h"

#include "ui/theme/apply_theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>

#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

#define WORDS(text) QT_TRANSLATE_NOOP("stagelift::ui::Actions", text)

constexpr std::array kTable{
    ActionRow{ActionId::New, MenuId::File, false, WORDS("&New"), "document-new", "Ctrl+N",
              WORDS("Start an empty Dockerfile")},
    ActionRow{ActionId::Open, MenuId::File, false, WORDS("&Open…"), "document-open", "Ctrl+O",
              WORDS("Open a Dockerfile")},
    ActionRow{ActionId::OpenRecent, MenuId::File, false, WORDS("Open &Recent"), "document-open-recent", "",
              WORDS("Open a file again that was open lately")},
    ActionRow{ActionId::OpenExample, MenuId::File, false, WORDS("Open E&xample"), "help-hint", "",
              WORDS("Open one of the Dockerfiles that come with the program")},
    ActionRow{ActionId::Save, MenuId::File, true, WORDS("&Save"), "document-save", "Ctrl+S", WORDS("Save the file")},
    ActionRow{ActionId::SaveAs, MenuId::File, false, WORDS("Save &As…"), "document-save-as", "Ctrl+Shift+S",
              WORDS("Save under another name")},
    ActionRow{ActionId::ExportDiagram, MenuId::File, true, WORDS("&Export Diagram…"), "document-export", "Ctrl+E",
              WORDS("Save the diagram as SVG, PNG, PDF, DOT or Mermaid")},
    ActionRow{ActionId::Close, MenuId::File, true, WORDS("&Close"), "document-close", "Ctrl+W",
              WORDS("Close the file")},
    ActionRow{ActionId::Quit, MenuId::File, false, WORDS("&Quit"), "application-exit", "Ctrl+Q",
              WORDS("Close every file and end the program")},

    ActionRow{ActionId::Undo, MenuId::Edit, false, WORDS("&Undo"), "edit-undo", "Ctrl+Z",
              WORDS("Take back the last change, by hand or by diagram")},
    ActionRow{ActionId::Redo, MenuId::Edit, false, WORDS("&Redo"), "edit-redo", "Ctrl+Shift+Z; Ctrl+Y",
              WORDS("Make the change again")},
    ActionRow{ActionId::Cut, MenuId::Edit, true, WORDS("Cu&t"), "edit-cut", "Ctrl+X", WORDS("Cut the selection")},
    ActionRow{ActionId::Copy, MenuId::Edit, false, WORDS("&Copy"), "edit-copy", "Ctrl+C", WORDS("Copy the selection")},
    ActionRow{ActionId::Paste, MenuId::Edit, false, WORDS("&Paste"), "edit-paste", "Ctrl+V",
              WORDS("Put in what was copied")},
    ActionRow{ActionId::SelectAll, MenuId::Edit, false, WORDS("Select &All"), "edit-select-all", "Ctrl+A",
              WORDS("Select the whole text")},
    ActionRow{ActionId::CopyDiagram, MenuId::Edit, false, WORDS("Copy &Diagram"), "image-x-generic", "Ctrl+Shift+C",
              WORDS("Copy the diagram as a picture")},
    ActionRow{ActionId::CopyDiagramAs, MenuId::Edit, false, WORDS("Copy Dia&gram As"), "edit-copy", "",
              WORDS("Copy the diagram as a drawing, an image, or text that others draw")},
    ActionRow{ActionId::Find, MenuId::Edit, true, WORDS("&Find…"), "edit-find", "Ctrl+F",
              WORDS("Find in the pane that has the focus: text, diagram or build log")},
    ActionRow{ActionId::Replace, MenuId::Edit, false, WORDS("R&eplace…"), "edit-find-replace", "Ctrl+H",
              WORDS("Find and replace, with regular expressions where wanted")},
    ActionRow{ActionId::ToggleComment, MenuId::Edit, false, WORDS("Toggle Co&mment"), "code-context", "Ctrl+/",
              WORDS("Make the lines a comment, or no comment")},
    ActionRow{ActionId::Complete, MenuId::Edit, false, WORDS("Comp&lete"), "code-function", "Ctrl+Space",
              WORDS("Offer what may stand at the caret")},
    ActionRow{ActionId::QuickFix, MenuId::Edit, false, WORDS("&Quick Fix…"), "tools-wizard", "Ctrl+.",
              WORDS("Mend what is wrong with the line")},

    ActionRow{ActionId::CommandPalette, MenuId::View, false, WORDS("&Command Palette…"), "search", "Ctrl+Shift+P",
              WORDS("Find any command by a few letters of its name")},
    ActionRow{ActionId::Fit, MenuId::View, true, WORDS("&Fit Diagram"), "zoom-fit-best", "Ctrl+9",
              WORDS("Show the whole diagram")},
    ActionRow{ActionId::ZoomIn, MenuId::View, false, WORDS("Zoom &In"), "zoom-in",
              "Ctrl++; Ctrl+=", WORDS("Enlarge the pane that has the focus")},
    ActionRow{ActionId::ZoomOut, MenuId::View, false, WORDS("Zoom &Out"), "zoom-out", "Ctrl+-",
              WORDS("Shrink the pane that has the focus")},
    ActionRow{ActionId::NextPane, MenuId::View, true, WORDS("&Next Pane"), "go-next", "F6",
              WORDS("Go on to the next pane: editor, diagram, results")},
    ActionRow{ActionId::PreviousPane, MenuId::View, false, WORDS("Pre&vious Pane"), "go-previous", "Shift+F6",
              WORDS("Go back to the pane before")},
    ActionRow{ActionId::ShowProblems, MenuId::View, true, WORDS("&Problems"), "data-warning", "Alt+1",
              WORDS("Show what is wrong with the file")},
    ActionRow{ActionId::ShowLog, MenuId::View, false, WORDS("Build &Log"), "utilities-terminal", "Alt+2",
              WORDS("Show what the build says, step by step")},
    ActionRow{ActionId::ShowSizes, MenuId::View, false, WORDS("&Sizes"), "view-statistics", "Alt+3",
              WORDS("Show the size of every stage")},
    ActionRow{ActionId::ShowTimeline, MenuId::View, false, WORDS("Ti&meline"), "view-calendar-timeline", "Alt+4",
              WORDS("Show when each step of the build ran, and its critical path")},
    ActionRow{ActionId::ShowFiles, MenuId::View, false, WORDS("Fi&les"), "folder", "Alt+5",
              WORDS("Show the files of a built stage, layer by layer")},
    ActionRow{ActionId::ShowHistory, MenuId::View, false, WORDS("&History"), "view-history", "Alt+6",
              WORDS("Show how sizes and times moved from build to build, compare builds, bring a text back")},
    ActionRow{ActionId::ShowInspector, MenuId::View, false, WORDS("&Inspector"), "document-properties", "Ctrl+I",
              WORDS("Show what is selected in the diagram in fields, and try other build arguments")},
    ActionRow{ActionId::DiagramMenu, MenuId::View, true, WORDS("&Diagram"), "view-list-tree", "",
              WORDS("What the diagram shows of the file, and what it leaves out")},
    ActionRow{ActionId::FocusOnNeeds, MenuId::Diagram, false, WORDS("Show &Only What the Stage Needs"), "view-filter",
              "Ctrl+Alt+O", WORDS("Hide every stage that the selected one does not need, else the target")},
    ActionRow{ActionId::FocusOnNeedsAndUsers, MenuId::Diagram, false, WORDS("Show What It &Needs and What Needs It"),
              "", "Ctrl+Alt+N", WORDS("Hide every stage that has nothing to do with the selected one")},
    ActionRow{ActionId::ShowAllStages, MenuId::Diagram, false, WORDS("Show &All"), "", "Ctrl+Alt+A",
              WORDS("Show every stage, image and context again")},
    ActionRow{ActionId::HideImages, MenuId::Diagram, true, WORDS("Hide &Images"), "", "Ctrl+Alt+I",
              WORDS("Leave out external images; a stage still names its own")},
    ActionRow{ActionId::HideContext, MenuId::Diagram, false, WORDS("Hide the &Build Context"), "", "",
              WORDS("Leave out the build context and named contexts")},
    ActionRow{ActionId::CollapseChains, MenuId::Diagram, true, WORDS("&Collapse Chains"), "", "Ctrl+Alt+-",
              WORDS("Draw stages in a row that are used only once as one")},
    ActionRow{ActionId::ExpandChains, MenuId::Diagram, false, WORDS("&Expand Chains"), "", "Ctrl+Alt++",
              WORDS("Draw every stage of a chain")},
    ActionRow{ActionId::CompareBuilders, MenuId::Diagram, true, WORDS("Compare B&uilders"), "view-split-left-right",
              "Ctrl+Alt+B", WORDS("Show what BuildKit builds beside what the classic builder would")},
    ActionRow{ActionId::ShowLegend, MenuId::View, true, WORDS("L&egend"), "help-hint", "Alt+0",
              WORDS("Show what the signs of the diagram mean")},
    ActionRow{ActionId::ThemeMenu, MenuId::View, true, WORDS("&Theme"), "preferences-desktop-theme-global", "",
              WORDS("Light, dark, or as the desktop has it")},

    ActionRow{ActionId::MakeMultiStage, MenuId::Stages, false, WORDS("&Make Multi-Stage…"), "split", "Ctrl+Shift+M",
              WORDS("Split a file of one stage into a builder and a lean final stage, shown before it is done")},
    ActionRow{ActionId::SplitStage, MenuId::Stages, false, WORDS("&Split Stage…"), "edit-cut", "",
              WORDS("Move instructions of the stage into a builder, and copy back what it needs")},
    ActionRow{ActionId::InlineStage, MenuId::Stages, false, WORDS("&Inline Stage"), "merge", "",
              WORDS("Make the stage a part of the only one that uses it")},
    ActionRow{ActionId::AddStage, MenuId::Stages, true, WORDS("&Add Stage"), "list-add", "",
              WORDS("Put a new stage at the end of the file")},
    ActionRow{ActionId::DuplicateStage, MenuId::Stages, false, WORDS("&Duplicate Stage"), "edit-duplicate", "",
              WORDS("Write the stage once more under another name")},
    ActionRow{ActionId::MoveStageUp, MenuId::Stages, false, WORDS("Move Stage U&p"), "go-up", "",
              WORDS("Put the stage ahead of the one above")},
    ActionRow{ActionId::MoveStageDown, MenuId::Stages, false, WORDS("Move Stage Do&wn"), "go-down", "",
              WORDS("Put the stage behind the one below")},
    ActionRow{ActionId::RemoveStage, MenuId::Stages, false, WORDS("Remo&ve Stage"), "edit-delete", "",
              WORDS("Take the stage out; what uses it is said first")},
    ActionRow{ActionId::RenameStage, MenuId::Stages, true, WORDS("Re&name Stage"), "edit-rename", "F2",
              WORDS("Rename the stage at the caret wherever it is meant")},
    ActionRow{ActionId::NameIndices, MenuId::Stages, false, WORDS("Name Inde&xes"), "tag", "",
              WORDS("Give every stage that is meant by its number a name, and use that")},
    ActionRow{ActionId::GoToStage, MenuId::Stages, true, WORDS("&Go to Stage"), "go-jump", "F12",
              WORDS("Go to where the stage at the caret begins")},
    ActionRow{ActionId::FindUses, MenuId::Stages, false, WORDS("Select &Uses of Stage"), "edit-select", "Shift+F12",
              WORDS("Put a caret at each use of the stage at the caret")},

    ActionRow{ActionId::Build, MenuId::Build, false, WORDS("&Build"), "media-playback-start", "",
              WORDS("Build the target and measure its stages")},
    ActionRow{ActionId::BuildAgain, MenuId::Build, false, WORDS("Build &Again"), "", "Ctrl+B",
              WORDS("Build what was built last of this file once more; the target, where nothing was")},
    ActionRow{ActionId::Stop, MenuId::Build, false, WORDS("&Stop"), "media-playback-stop", "Ctrl+F2",
              WORDS("End the build that is running")},
    ActionRow{ActionId::BuildOnSave, MenuId::Build, true, WORDS("Build on &Save"), "", "",
              WORDS("Build again whenever a changed text is saved")},
    ActionRow{ActionId::KeepHistory, MenuId::Build, false, WORDS("&Keep History"), "", "",
              WORDS("Keep every build of a file on this machine: sizes, times, and the text that was built")},
    ActionRow{ActionId::NotifyAtEnd, MenuId::Build, false, WORDS("&Notify at the End"), "", "",
              WORDS("Let the desktop say what came of a build, where the window is not in front")},
    ActionRow{ActionId::BuildOptions, MenuId::Build, false, WORDS("Build &Options…"), "configure", "Ctrl+Shift+B",
              WORDS("Set build arguments, context, tags, platform, secrets and more")},
    ActionRow{ActionId::RunStage, MenuId::Build, true, WORDS("&Run Stage with Its Command"), "system-run", "",
              WORDS("Run the image of the built stage in your terminal: the one at the caret or selected, else the "
                    "target")},
    ActionRow{ActionId::RunShell, MenuId::Build, false, WORDS("Run Stage with a S&hell"), "utilities-terminal", "",
              WORDS("Open a shell in the image of the built stage, in your terminal")},
    ActionRow{ActionId::CopyRunCommand, MenuId::Build, false, WORDS("&Copy Run Command"), "edit-copy", "",
              WORDS("Copy the command that runs the stage, for a shell of yours")},
    ActionRow{ActionId::GoBetweenTextAndLog, MenuId::Build, true, WORDS("&Go Between Text and Log"), "go-jump",
              "Ctrl+Shift+L", WORDS("From the line at the caret to what the build said of it, and back from there")},
    ActionRow{ActionId::SaveLog, MenuId::Build, false, WORDS("Sa&ve Build Log…"), "document-save-as", "",
              WORDS("Save everything that the build said as text")},
    ActionRow{ActionId::FindEngines, MenuId::Build, true, WORDS("&Look for Engines Again"), "view-refresh", "",
              WORDS("Ask again which container engines are there")},

    ActionRow{ActionId::Help, MenuId::Help, false, WORDS("Stagelift &Help"), "help-contents", "F1",
              WORDS("What the program does, its gestures and its keys")},
    ActionRow{ActionId::About, MenuId::Help, false, WORDS("&About Stagelift"), "help-about", "",
              WORDS("Version and licence")},
};

#undef WORDS

QString words(const char* text)
{
    return QCoreApplication::translate("stagelift::ui::Actions", text);
}

} // namespace

Actions::Actions(QObject* parent) : QObject(parent)
{
    for (const ActionRow& row : kTable) {
        auto* action = new QAction(words(row.text), this);
        action->setObjectName(text(row));
        action->setShortcuts(shortcuts(row));
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        action->setToolTip(keys.isEmpty() ? tip(row) : u"%1 (%2)"_s.arg(tip(row), keys));
        action->setStatusTip(tip(row));
        m_actions.insert(row.id, action);
    }
    loadIcons();
}

void Actions::loadIcons()
{
    for (const ActionRow& row : kTable)
        m_actions[row.id]->setIcon(themeIcon(QString::fromLatin1(row.icon)));
}

void Actions::fill(QMenu& menu, MenuId id) const
{
    for (const ActionRow& row : kTable) {
        if (row.menu != id)
            continue;
        if (row.startsGroup)
            menu.addSeparator();
        menu.addAction(m_actions[row.id]);
    }
}

std::span<const ActionRow> Actions::table()
{
    return kTable;
}

QString Actions::menuTitle(MenuId id)
{
    switch (id) {
    case MenuId::File:
        return tr("&File");
    case MenuId::Edit:
        return tr("&Edit");
    case MenuId::View:
        return tr("&View");
    case MenuId::Stages:
        return tr("&Stages");
    case MenuId::Diagram:
        return tr("&Diagram");
    case MenuId::Build:
        return tr("&Build");
    case MenuId::Help:
        return tr("&Help");
    }
    return {};
}

QString Actions::text(const ActionRow& row)
{
    return words(row.text).remove(u'&').remove(u'…');
}

QString Actions::tip(const ActionRow& row)
{
    return words(row.tip);
}

QList<QKeySequence> Actions::shortcuts(const ActionRow& row)
{
    if (*row.shortcut == '\0')
        return {};
    return QKeySequence::listFromString(QString::fromLatin1(row.shortcut), QKeySequence::PortableText);
}

} // namespace stagelift::ui
