// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the analysis and the last build have to say, marked in the editor's text.

#include "ui/editor/editor.h"
#include "ui/editor/gutter.h"
#include "ui/editor/lexer.h"
#include "ui/editor/scintilla_numbers.h"
#include "ui/editor/stage_names.h"

#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

using Sci = QsciScintillaBase;

constexpr std::size_t kMostDiagnostics = 2000; // that are drawn; nobody reads more

/// What stands below a line, with a style for each byte.
struct Annotation {
    QByteArray text;
    QByteArray styles;

    void add(const QString& words, Style style)
    {
        const QByteArray bytes = (text.isEmpty() ? "" : "\n") + words.toUtf8();
        text += bytes;
        styles += QByteArray(bytes.size(), static_cast<char>(style));
    }
};

int indicatorOf(Severity severity)
{
    constexpr std::array kIndicators{kErrorIndicator, kWarningIndicator, kHintIndicator};
    return kIndicators.at(static_cast<std::size_t>(severity));
}

} // namespace

bool Editor::isCurrent() const
{
    return m_analysis && m_analysis->source.bytes() == m_sci.bytes(0, m_sci.length());
}

void Editor::showAnalysis(const AnalysisPtr& analysis)
{
    if (!analysis || analysis->source.bytes() != m_sci.bytes(0, m_sci.length()))
        return;
    m_analysis = analysis;
    m_lexer->resumeAt(analysis->dockerfile.resumed);
    setFoldLevels(m_sci, *analysis);
    m_gutter->showAnalysis(analysis);
    showDiagnostics();
    showUses();
    if (m_completionDue)
        offerCompletion(false);
}

void Editor::showDiagnostics()
{
    for (const int indicator : {kErrorIndicator, kWarningIndicator, kHintIndicator})
        unmark(indicator);
    std::size_t shown = 0;
    for (const Diagnostic& diagnostic : m_analysis->diagnostics) {
        if (++shown > kMostDiagnostics)
            break;
        Span span = diagnostic.span;
        if (span.empty() && span.end < m_sci.length())
            ++span.end; // nothing to underline would be nothing to see
        mark(indicatorOf(diagnostic.severity), span);
    }
}

void Editor::mark(int indicator, Span span)
{
    m_sci(Sci::SCI_SETINDICATORCURRENT, indicator);
    m_sci(Sci::SCI_INDICATORFILLRANGE, span.begin, std::int64_t{span.size()});
}

void Editor::unmark(int indicator)
{
    m_sci(Sci::SCI_SETINDICATORCURRENT, indicator);
    m_sci(Sci::SCI_INDICATORCLEARRANGE, 0, m_sci.length());
}

void Editor::showUses()
{
    unmark(kUseIndicator);
    const int stage = stageNamedAtCaret();
    if (stage < 0)
        return;
    for (const Span use : usesOf(*m_analysis, stage))
        mark(kUseIndicator, use);
}

void Editor::showLayerSizes(const QHash<int, qint64>& bytesOfInstruction)
{
    m_gutter->showSizes(bytesOfInstruction);
}

void Editor::showFailure(int instruction, const QString& message, const QStringList& output)
{
    clearFailure();
    if (!isCurrent() || instruction < 0 ||
        static_cast<std::size_t>(instruction) >= m_analysis->dockerfile.instructions.size())
        return;
    const Span span = m_analysis->dockerfile.instructions[static_cast<std::size_t>(instruction)].span;
    m_failureMark = static_cast<int>(m_sci(Sci::SCI_MARKERADD, m_sci.lineAt(span.begin), std::int64_t{kFailedMarker}));
    Annotation words;
    words.add(message.trimmed(), kFailureStyle);
    if (!output.isEmpty())
        words.add(tr("Its last lines (Esc hides this):"), kAsideStyle);
    for (const QString& line : output)
        words.add(u"  "_s + line, kOutputStyle);
    const int line = m_sci.lineAt(span.end);
    m_sci(Sci::SCI_ANNOTATIONSETTEXT, line, words.text.constData());
    m_sci(Sci::SCI_ANNOTATIONSETSTYLES, line, words.styles.constData());
}

void Editor::clearFailure()
{
    m_sci(Sci::SCI_ANNOTATIONCLEARALL);
    m_sci(Sci::SCI_MARKERDELETEALL, kFailedMarker);
    m_failureMark = -1;
}

bool Editor::dismissFailure()
{
    bool any = false;
    for (int line = 0; line < m_sci.lineCount() && !any; ++line)
        any = m_sci(Sci::SCI_ANNOTATIONGETLINES, line) > 0;
    if (any)
        m_sci(Sci::SCI_ANNOTATIONCLEARALL);
    return any;
}

int Editor::stageNamedAtCaret() const
{
    return isCurrent() ? stageNamedAt(*m_analysis, caret()) : -1;
}

} // namespace stagelift::ui
