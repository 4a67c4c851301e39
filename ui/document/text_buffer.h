// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a document needs of whatever holds its text. The editor is one; a test may be another.

#pragma once

#include "core/text/text_edit.h"

#include <string>

namespace stagelift::ui {

class TextBuffer {
public:
    virtual ~TextBuffer() = default;

    [[nodiscard]] virtual std::string bytes() const = 0;
    /// For loading only: forgets the undo history and counts as saved.
    virtual void load(std::string_view bytes) = 0;
    /// One undo step. `select` is a span of the text after the edits.
    virtual void apply(const TextEdits& edits, Span select) = 0;
    /// From now on the text counts as saved.
    virtual void setSavePoint() = 0;
    [[nodiscard]] virtual bool isModified() const = 0;
};

} // namespace stagelift::ui
