// SPDX-License-Identifier: GPL-3.0-or-later
//
// Colours the text: KSyntaxHighlighting's engine and our syntax definition, driven by Scintilla's requests.
//
// A state is kept for each line, so that a change costs the lines it changes the meaning of and no more: where the
// state below a restyled line is what it was, the lines below keep their colours. An instruction starts afresh whatever
// the one above it left open, so that a forgotten quote spoils one instruction and not the file. Where a heredoc is
// open, only the parser can tell how far it goes: it looks below.

#pragma once

#include "ui/editor/line_scan.h"
#include "ui/editor/scintilla.h"
#include "ui/editor/utf8_line.h"
#include "ui/theme/theme.h"

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/State>
#include <Qsci/qscilexercustom.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace stagelift::ui {

class Lexer : public QsciLexerCustom, public KSyntaxHighlighting::AbstractHighlighter {
    Q_OBJECT
    Q_INTERFACES(KSyntaxHighlighting::AbstractHighlighter)
public:
    explicit Lexer(QsciScintilla& editor);

    [[nodiscard]] const char* language() const override;
    [[nodiscard]] QString description(int style) const override;
    void styleText(int start, int end) override;

    /// Sets the colours and the font of every style. `ground` is what lies behind the text.
    /// Every colour can be read on the text's own ground and on those that lines are marked with.
    void applyTheme(const Theme& theme, const QList<QColor>& marked, const QFont& font);

    /// The text changed in this line, and this many lines were added behind it; negative: taken away.
    void linesChanged(int line, int added);

    /// An instruction begins in these lines (1-based, ascending) though a heredoc above is open: Dockerfile::resumed.
    void resumeAt(const std::vector<std::uint32_t>& lines);

protected:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format& format) override;

private:
    struct LineState {
        KSyntaxHighlighting::State state;
        std::shared_ptr<const ScanState> scan;
        bool styled = false;  // its colours fit its text and its state
        bool resumes = false; // no heredoc above goes on here
    };

    [[nodiscard]] LineState styleLine(std::string_view line, const LineState& before);
    [[nodiscard]] KSyntaxHighlighting::State highlight(std::string_view line, std::size_t shown,
                                                       const KSyntaxHighlighting::State& state, char escape);
    [[nodiscard]] KSyntaxHighlighting::State stateBehind(const ScanState& scan) const;
    void fill(std::size_t length, int style);
    void restyle(int line);
    static void handOn(LineState& below, LineState next);

    Scintilla m_sci;
    std::vector<LineState> m_lines;
    std::string m_styles;             // of the line at hand, a byte a byte
    const Utf8Line* m_line = nullptr; // the same
    KSyntaxHighlighting::State m_instructionState;
    std::array<KSyntaxHighlighting::State, 3> m_bodyStates; // by BodyKind
};

} // namespace stagelift::ui
