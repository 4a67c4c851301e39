// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands left of the text, line numbers excepted: the size of each layer, a bar in the stage's own hue, a mark at
// each FROM that builds its stage, and the folds. Painted by us over Scintilla's empty margins, because its markers are
// few and blurred on a dense display.

#pragma once

#include "core/edits/analysis.h"
#include "ui/editor/scintilla.h"
#include "ui/theme/theme.h"

#include <QHash>
#include <QPainter>
#include <Qsci/qsciscintilla.h>

#include <string>
#include <vector>

namespace stagelift::ui {

class Gutter {
public:
    explicit Gutter(QsciScintilla& editor);

    void setTheme(const Theme& theme);
    void showAnalysis(const AnalysisPtr& analysis);
    void showSizes(const QHash<int, qint64>& bytesOfInstruction);
    /// After a change of font, zoom, or the number of lines.
    void updateWidths();
    void paint(QPainter& painter) const;

    /// The stage whose FROM stands in this line; -1 for none.
    [[nodiscard]] int stageBegunIn(int line) const;
    /// What is shown as the size of the layer that begins in this line; "" for none.
    [[nodiscard]] QString sizeOf(int line) const { return m_sizeOfLine.value(line); }
    /// In pixels of the viewport.
    [[nodiscard]] QRect marginRect(int margin) const;

private:
    struct Size {
        int mark = -1; // handle of a marker, which moves with its line
        std::string text;
        QString label;
    };
    struct Place { // of a line on the screen
        int line = 0;
        QRect row;
        int lineHeight = 0;
    };

    void paintLine(QPainter& painter, const Place& place) const;
    void paintStage(QPainter& painter, const Place& place) const;
    void paintFold(QPainter& painter, const Place& place) const;
    void placeSizes();
    [[nodiscard]] QFont smallFont() const;
    [[nodiscard]] int unit() const; // pixels; grows with the text

    QsciScintilla& m_editor;
    Scintilla m_sci;
    Theme m_theme;
    AnalysisPtr m_analysis;
    std::vector<Size> m_sizes;
    QHash<int, QString> m_sizeOfLine;
    QHash<int, int> m_stageOfLine; // the FROM lines
};

/// Folds by stage and by instructions of several lines, heredocs included.
void setFoldLevels(const Scintilla& sci, const Analysis& analysis);

} // namespace stagelift::ui
