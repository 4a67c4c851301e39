// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window: menus, toolbar, tabs, status. It opens and closes files and keeps the actions true; what belongs to one
// file is in its tab, what builds is at the build desk.

#pragma once

#include "ui/window/actions.h"
#include "ui/window/build_desk.h"
#include "ui/window/settings.h"

#include <QMainWindow>

class QMenu;
class QTabWidget;

namespace stagelift::ui {

class DocumentTab;
class BuildNews;
class CommandPalette;
struct ExportChoice;
class Help;
struct RecoveredFile;
class Status;
class Toolbar;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(Settings settings, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Opens a file in a tab of its own, or goes to the tab that it is open in; else says why not.
    bool openFile(const QString& path);
    void newFile();
    /// Puts text that lies in no file into the tab in front.
    void showText(const std::string& text);
    /// Opens the files that were open last time.
    void restoreSession();
    /// Asks about the unsaved text that a crash left behind.
    void offerRecovered();

    [[nodiscard]] DocumentTab& tab() const; // the one in front; there is always one
    [[nodiscard]] QList<DocumentTab*> allTabs() const;
    [[nodiscard]] QAction* action(ActionId id) const { return m_actions[id]; }
    [[nodiscard]] BuildDesk& buildDesk() { return *m_desk; }
    [[nodiscard]] CommandPalette& commandPalette() { return *m_palette; }
    [[nodiscard]] Toolbar& toolbar() { return *m_toolbar; }
    void setTheme(ThemeChoice choice);
    /// Writes it, or says on the strip why not.
    void exportDiagramTo(const QString& path, const ExportChoice& choice);

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void makeMenus();
    void makeThemeMenu();
    void makeCopyMenu();
    void wireActions();
    void wireFileActions();
    void wireEditActions();
    void wireEditorCommands();
    void wireViewActions();
    void wireStageActions();
    void wireBuildActions();
    void wireToolbar();
    DocumentTab* addTab();
    void restore(const RecoveredFile& file);
    void wireTab(DocumentTab& tab);
    [[nodiscard]] DocumentTab* findTab(const QString& path) const;
    /// Asks where there is something to lose. @returns false where the tab stays.
    bool closeTab(int index);
    bool mayClose(DocumentTab& tab);
    bool mayDiscard(DocumentTab& tab);
    void chooseFiles();
    bool chooseNameAndSave(DocumentTab& tab);
    void makeExampleMenu();
    void fillRecentMenu();
    void showTab();
    void showTitles();
    void showCaret();
    void showStages();
    void updateActions();
    void updateBuild();
    void applyTheme();
    void editFocus(const char* slot);
    void find();
    void showPalette();
    void exportDiagram();
    void zoom(double direction);
    void rememberSession();
    void notifyOfEnd(const BuildResult& result);

    Settings m_settings;
    Actions m_actions;
    BuildDesk* m_desk = nullptr;
    BuildNews* m_news = nullptr;
    Toolbar* m_toolbar = nullptr;
    QTabWidget* m_tabs = nullptr;
    Status* m_status = nullptr;
    QMenu* m_recentMenu = nullptr;
    QMenu* m_themeMenu = nullptr;
    Help* m_help = nullptr;
    CommandPalette* m_palette = nullptr;
    ThemeChoice m_themeChoice = ThemeChoice::System;
};

} // namespace stagelift::ui
