// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything the window can be told to do, as a table: its words, its icon, its keys, its menu. Menus, toolbar and the
// help page are made from it, so that none of them can forget one.

#pragma once

#include <QHash>
#include <QKeySequence>
#include <QObject>

#include <span>

class QAction;
class QMenu;

namespace stagelift::ui {

enum class ActionId : quint8 {
    New,
    Open,
    OpenRecent,  // a submenu
    OpenExample, // a submenu
    Save,
    SaveAs,
    ExportDiagram,
    Close,
    Quit,
    Undo,
    Redo,
    Cut,
    Copy,
    Paste,
    SelectAll,
    CopyDiagram,
    CopyDiagramAs, // a submenu
    Find,
    Replace,
    ToggleComment,
    Complete,
    QuickFix,
    RenameStage,
    GoToStage,
    FindUses,
    MakeMultiStage,
    SplitStage,
    InlineStage,
    AddStage,
    DuplicateStage,
    MoveStageUp,
    MoveStageDown,
    NameIndices,
    RemoveStage,
    CommandPalette,
    ZoomIn,
    ZoomOut,
    Fit,
    NextPane,
    PreviousPane,
    ShowProblems,
    ShowLog,
    ShowSizes,
    ShowTimeline,
    ShowFiles,
    ShowHistory,
    ShowLegend,
    ShowInspector,
    DiagramMenu, // a submenu
    FocusOnNeeds,
    FocusOnNeedsAndUsers,
    ShowAllStages,
    HideImages,
    HideContext,
    CollapseChains,
    ExpandChains,
    CompareBuilders,
    ThemeMenu, // a submenu
    Build,
    BuildAgain,
    BuildOnSave,
    KeepHistory,
    NotifyAtEnd,
    Stop,
    BuildOptions,
    RunStage,
    RunShell,
    CopyRunCommand,
    GoBetweenTextAndLog,
    SaveLog,
    FindEngines,
    Help,
    About,
};

enum class MenuId : quint8 { File, Edit, View, Diagram, Stages, Build, Help }; // Diagram is within View

struct ActionRow {
    ActionId id;
    MenuId menu;
    bool startsGroup;     // a separator goes ahead of it
    const char* text;     // translated in the context Actions
    const char* icon;     // a freedesktop name; "" for none
    const char* shortcut; // portable; several are divided by "; "
    const char* tip;      // what it does, for the tooltip and the help page
};

class Actions : public QObject {
    Q_OBJECT
public:
    explicit Actions(QObject* parent = nullptr);

    [[nodiscard]] QAction* operator[](ActionId id) const { return m_actions.value(id); }
    /// Sets the icons anew, after the theme has changed.
    void loadIcons();
    void fill(QMenu& menu, MenuId id) const;

    [[nodiscard]] static std::span<const ActionRow> table();
    [[nodiscard]] static QString menuTitle(MenuId id);
    [[nodiscard]] static QString text(const ActionRow& row); // without the mnemonic's mark
    [[nodiscard]] static QString tip(const ActionRow& row);
    [[nodiscard]] static QList<QKeySequence> shortcuts(const ActionRow& row);

private:
    QHash<ActionId, QAction*> m_actions;
};

} // namespace stagelift::ui
