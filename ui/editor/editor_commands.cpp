// SPDX-License-Identifier: GPL-3.0-or-later
//
// The editor's keys, and what they do.

#include "ui/editor/completion.h"
#include "ui/editor/editor.h"
#include "ui/editor/find_bar.h"
#include "ui/editor/scintilla_numbers.h"
#include "ui/editor/stage_names.h"

#include <QContextMenuEvent>
#include <QDir>
#include <QDirListing>
#include <QKeyEvent>
#include <QMenu>
#include <Qsci/qscicommandset.h>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

using Sci = QsciScintillaBase;

struct Key {
    QKeyCombination combination;
    void (Editor::*command)();
};

const std::array kKeys{
    Key{Qt::CTRL | Qt::Key_Space, &Editor::complete},        Key{QKeyCombination(Qt::Key_F12), &Editor::goToDefinition},
    Key{Qt::SHIFT | Qt::Key_F12, &Editor::selectUses},       Key{QKeyCombination(Qt::Key_F2), &Editor::startRename},
    Key{Qt::CTRL | Qt::Key_Period, &Editor::showQuickFixes}, Key{Qt::CTRL | Qt::Key_Slash, &Editor::toggleComment},
    Key{Qt::ALT | Qt::Key_Up, &Editor::moveLinesUp},         Key{Qt::ALT | Qt::Key_Down, &Editor::moveLinesDown},
    Key{Qt::CTRL | Qt::Key_D, &Editor::duplicate},           Key{Qt::CTRL | Qt::Key_F, &Editor::showFind},
    Key{Qt::CTRL | Qt::Key_H, &Editor::showReplace},         Key{QKeyCombination(Qt::Key_F3), &Editor::goToNextMatch},
    Key{Qt::SHIFT | Qt::Key_F3, &Editor::goToPreviousMatch}, Key{Qt::ALT | Qt::Key_J, &Editor::selectNextOccurrence},
};

struct ZoomKey {
    QKeyCombination combination;
    int step; // points; 0 is back to normal
};

constexpr std::array kZoomKeys{ZoomKey{Qt::CTRL | Qt::Key_Plus, 1}, ZoomKey{Qt::CTRL | Qt::Key_Equal, 1},
                               ZoomKey{Qt::CTRL | Qt::SHIFT | Qt::Key_Plus, 1}, ZoomKey{Qt::CTRL | Qt::Key_Minus, -1},
                               ZoomKey{Qt::CTRL | Qt::Key_0, 0}};

QKeyCombination combinationOf(const QKeyEvent& event)
{
    return QKeyCombination(event.modifiers() & ~Qt::KeypadModifier, static_cast<Qt::Key>(event.key()));
}

constexpr std::size_t kMostNames = 10'000; // of a folder: nobody reads further, and the keyboard waits

std::vector<std::string> namesIn(const QString& root, const std::string& folder)
{
    std::vector<std::string> names;
    if (root.isEmpty())
        return names;
    const QDir place(root + u'/' + QString::fromStdString(folder));
    const QString outside = QDir(QDir(root).canonicalPath()).relativeFilePath(place.canonicalPath());
    if (outside == ".."_L1 || outside.startsWith("../"_L1))
        return names; // a context ends at its root
    for (const auto& entry : QDirListing(place.path(), QDirListing::IteratorFlag::IncludeHidden)) {
        names.push_back((entry.fileName() + (entry.isDir() ? u"/"_s : QString())).toStdString());
        if (names.size() == kMostNames)
            break;
    }
    std::ranges::sort(names);
    return names;
}

/// Where a byte of the text before the edits stands after them.
std::uint32_t movedBy(const TextEdits& edits, std::uint32_t offset)
{
    std::int64_t moved = offset;
    for (const TextEdit& edit : edits) {
        if (edit.span.begin < offset)
            moved += static_cast<std::int64_t>(edit.text.size()) -
                     static_cast<std::int64_t>(std::min(edit.span.end, offset) - edit.span.begin);
    }
    return static_cast<std::uint32_t>(std::max<std::int64_t>(moved, 0));
}

} // namespace

void Editor::setUpKeys()
{
    QsciCommandSet* commands = standardCommands();
    for (const Key& key : kKeys) {
        if (QsciCommand* bound = commands->boundTo(key.combination.toCombined()))
            bound->setKey(0);
    }
    if (QsciCommand* deleteLine = commands->boundTo((Qt::CTRL | Qt::SHIFT | Qt::Key_L).toCombined()))
        deleteLine->setKey(0); // the window's, to go to the log
    if (QsciCommand* redo = commands->find(QsciCommand::Redo))
        redo->setAlternateKey((Qt::CTRL | Qt::SHIFT | Qt::Key_Z).toCombined());
}

void Editor::keyPressEvent(QKeyEvent* event)
{
    const QKeyCombination pressed = combinationOf(*event);
    if (const auto* key = std::ranges::find(kKeys, pressed, &Key::combination); key != kKeys.end()) {
        (this->*key->command)();
        return;
    }
    if (const auto* zoom = std::ranges::find(kZoomKeys, pressed, &ZoomKey::combination); zoom != kZoomKeys.end()) {
        zoom->step == 0 ? zoomTo(0) : zoomIn(zoom->step);
        return;
    }
    if (event->key() == Qt::Key_Escape && !m_findBar->isHidden() && m_sci(Sci::SCI_AUTOCACTIVE) == 0) {
        m_findBar->close();
        return;
    }
    // Several carets and a list to complete from go first.
    if (event->key() == Qt::Key_Escape && m_sci(Sci::SCI_AUTOCACTIVE) == 0 && m_sci(Sci::SCI_GETSELECTIONS) == 1 &&
        dismissFailure())
        return;
    QsciScintilla::keyPressEvent(event);
}

// Completion

void Editor::characterAdded(int character)
{
    // Offered as soon as the analysis knows of the character.
    const auto letter = static_cast<unsigned int>(character);
    m_completionDue = letter > ' ' && letter != '"' && letter != '\'';
}

void Editor::complete()
{
    if (isCurrent())
        offerCompletion(true);
    else
        m_completionDue = true;
}

void Editor::offerCompletion(bool askedFor)
{
    m_completionDue = false;
    if ((!hasFocus() && !askedFor) || m_sci(Sci::SCI_GETSELECTIONS) > 1)
        return;
    const auto completion = completionAt(
        *m_analysis, caret(), [this](const std::string& folder) { return namesIn(m_contextFolder, folder); },
        m_listStage);
    if (!completion) {
        m_sci(Sci::SCI_AUTOCCANCEL);
        return;
    }
    std::string list;
    for (const std::string& item : completion->items)
        list += (list.empty() ? "" : "\n") + item;
    m_sci(Sci::SCI_AUTOCSHOW, caret() - completion->begin, list.c_str());
}

// Stages

void Editor::goToDefinition()
{
    if (const int stage = stageNamedAtCaret(); stage >= 0)
        select(definitionOf(*m_analysis, stage));
}

void Editor::selectUses()
{
    const int stage = stageNamedAtCaret();
    if (stage < 0)
        return;
    bool first = true;
    for (const Span use : usesOf(*m_analysis, stage)) {
        if (std::exchange(first, false))
            m_sci(Sci::SCI_SETSEL, use.begin, std::int64_t{use.end});
        else
            m_sci(Sci::SCI_ADDSELECTION, use.end, std::int64_t{use.begin});
    }
    caretSettled();
}

void Editor::startRename()
{
    if (const int stage = stageNamedAtCaret(); stage >= 0)
        emit renameRequested(stage);
}

// Quick fixes

void Editor::showQuickFixes()
{
    if (!isCurrent())
        return;
    const auto line = analysisLine();
    auto* menu = new QMenu(this);
    menu->setObjectName(u"quickFixes"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Diagnostic& diagnostic : m_analysis->diagnostics) {
        const bool here = diagnostic.span.touches(caret()) || diagnostic.lines.contains(line);
        for (const Fix& fix : diagnostic.fixes) {
            if (here)
                menu->addAction(QString::fromStdString(fix.title), this, [this, fix, made = m_analysis] {
                    if (made == m_analysis && isCurrent())
                        applyFix(fix);
                });
        }
    }
    if (menu->isEmpty())
        menu->addAction(tr("Nothing to mend here"))->setEnabled(false);
    const auto x = static_cast<int>(m_sci(Sci::SCI_POINTXFROMPOSITION, 0, std::int64_t{caret()}));
    const auto y = static_cast<int>(m_sci(Sci::SCI_POINTYFROMPOSITION, 0, std::int64_t{caret()}));
    menu->popup(viewport()->mapToGlobal(QPoint(x, y + static_cast<int>(m_sci(Sci::SCI_TEXTHEIGHT)))));
}

std::uint32_t Editor::analysisLine() const
{
    return m_analysis->source.lineAt(caret());
}

void Editor::applyFix(const Fix& fix)
{
    const std::uint32_t place = movedBy(fix.edits, caret());
    apply(fix.edits, {place, place});
}

// Lines

void Editor::toggleComment()
{
    const int first = m_sci.lineAt(m_sci(Sci::SCI_GETSELECTIONSTART));
    const auto end = m_sci(Sci::SCI_GETSELECTIONEND);
    int last = m_sci.lineAt(end);
    if (last > first && m_sci.lineBegin(last) == end)
        --last; // a selection of whole lines ends at the start of the next
    commentLines(first, last);
}

void Editor::commentLines(int first, int last)
{
    struct Line {
        std::uint32_t text; // where its first letter stands
        std::string_view bytes;
    };
    std::vector<Line> lines;
    for (int line = first; line <= last; ++line) {
        const std::int64_t begin = m_sci(Sci::SCI_GETLINEINDENTPOSITION, line);
        const std::string_view bytes = m_sci.bytes(begin, m_sci.lineEnd(line));
        if (!bytes.empty())
            lines.push_back({static_cast<std::uint32_t>(begin), bytes});
    }
    const bool commented = std::ranges::all_of(lines, [](const Line& line) { return line.bytes.starts_with('#'); });
    TextEdits edits;
    for (const Line& line : lines) {
        const std::uint32_t length = line.bytes.starts_with("# ") ? 2 : 1;
        if (commented)
            edits.push_back({.span = {line.text, line.text + length}, .text = {}});
        else
            edits.push_back({.span = {line.text, line.text}, .text = "# "});
    }
    const auto anchor = static_cast<std::uint32_t>(m_sci(Sci::SCI_GETANCHOR));
    const auto [low, high] = std::minmax({movedBy(edits, anchor), movedBy(edits, caret())});
    apply(edits, {low, high});
}

void Editor::moveLinesUp()
{
    m_sci(Sci::SCI_MOVESELECTEDLINESUP);
}

void Editor::moveLinesDown()
{
    m_sci(Sci::SCI_MOVESELECTEDLINESDOWN);
}

void Editor::duplicate()
{
    m_sci(Sci::SCI_SELECTIONDUPLICATE);
}

void Editor::selectNextOccurrence()
{
    m_sci(Sci::SCI_TARGETWHOLEDOCUMENT);
    m_sci(Sci::SCI_SETSEARCHFLAGS, Sci::SCFIND_MATCHCASE);
    m_sci(Sci::SCI_MULTIPLESELECTADDNEXT);
}

// Find

void Editor::showFind()
{
    m_findBar->open(false);
}

void Editor::showReplace()
{
    m_findBar->open(true);
}

void Editor::goToNextMatch()
{
    m_findBar->findNext();
}

void Editor::goToPreviousMatch()
{
    m_findBar->findPrevious();
}

void Editor::showMatches(const std::vector<Span>& matches)
{
    unmark(kMatchIndicator);
    for (const Span match : matches)
        mark(kMatchIndicator, match);
}

// The menu

void Editor::contextMenuEvent(QContextMenuEvent* event)
{
    if (event->reason() == QContextMenuEvent::Mouse)
        goToUnselected(event->pos());
    QMenu menu(this);
    const auto add = [this, &menu](const QString& text, void (Editor::*command)(), bool enabled) {
        const auto* key = std::ranges::find(kKeys, command, &Key::command);
        QAction* action = menu.addAction(text, this, command);
        action->setShortcut(QKeySequence(key->combination));
        action->setEnabled(enabled);
    };
    const bool selected = !selection().empty();
    const bool onStage = stageNamedAtCaret() >= 0;
    add(tr("Go to stage"), &Editor::goToDefinition, onStage);
    add(tr("Select all uses"), &Editor::selectUses, onStage);
    add(tr("Rename stage…"), &Editor::startRename, onStage);
    add(tr("Quick fixes…"), &Editor::showQuickFixes, true);
    menu.addSeparator();
    menu.addAction(tr("Cut"), QKeySequence::Cut, this, [this] { cut(); })->setEnabled(selected);
    menu.addAction(tr("Copy"), QKeySequence::Copy, this, [this] { copy(); })->setEnabled(selected);
    menu.addAction(tr("Paste"), QKeySequence::Paste, this, [this] { paste(); });
    menu.addAction(tr("Select all"), QKeySequence::SelectAll, this, [this] { selectAll(); });
    menu.addSeparator();
    add(tr("Toggle comment"), &Editor::toggleComment, true);
    menu.exec(event->globalPos());
}

} // namespace stagelift::ui
