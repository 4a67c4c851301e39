// SPDX-License-Identifier: GPL-3.0-or-later
//
// An editor in a window of its own, with a document that follows it.

#pragma once

#include "ui/document/document.h"
#include "ui/editor/editor.h"
#include "ui/editor/scintilla_numbers.h"

#include <QTest>

namespace stagelift::ui {

using Sci = QsciScintillaBase;

struct Window {
    explicit Window(const std::string& text = {})
    {
        QObject::connect(&editor, &Editor::bufferChanged, &document, &Document::bufferChanged);
        QObject::connect(&document, &Document::analysed, &editor, &Editor::showAnalysis);
        editor.resize(700, 500);
        editor.show();
        editor.activateWindow();
        editor.setFocus();
        (void)QTest::qWaitForWindowExposed(&editor);
        editor.load(text);
        settle();
    }

    void settle() { editor.showAnalysis(document.analysis()); }
    [[nodiscard]] std::string selected() const
    {
        return editor.bytes().substr(editor.selection().begin, editor.selection().size());
    }
    void caretTo(std::uint32_t offset) { editor.select({offset, offset}); }
    [[nodiscard]] QPoint pointOf(std::uint32_t offset) const
    {
        return {int(sci(Sci::SCI_POINTXFROMPOSITION, 0, std::int64_t{offset})) + 2,
                int(sci(Sci::SCI_POINTYFROMPOSITION, 0, std::int64_t{offset})) + 6};
    }
    [[nodiscard]] bool marked(int indicator, std::uint32_t offset) const
    {
        return sci(Sci::SCI_INDICATORVALUEAT, indicator, std::int64_t{offset}) != 0;
    }

    Editor editor;
    Document document{editor};
    Scintilla sci{editor};
};

} // namespace stagelift::ui
