// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/editor/lexer.h"

#include "ui/theme/readable.h"

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/Theme>
#include <QFont>
#include <Qsci/qsciscintilla.h>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using KSyntaxHighlighting::State;

// The definition lies in a static library's resources, which the linker drops unless they are named. The macro wants to
// stand outside of a namespace.
static void bringResources()
{
    Q_INIT_RESOURCE(resources);
}

namespace stagelift::ui {

namespace {

using TextStyle = KSyntaxHighlighting::Theme::TextStyle;

constexpr int kTextStyles = TextStyle::Others + 1;
constexpr std::size_t kLongestLine = 64 * 1024; // bytes; what a person reads is shorter

KSyntaxHighlighting::Repository& repository()
{
    static KSyntaxHighlighting::Repository instance = [] {
        bringResources();
        return KSyntaxHighlighting::Repository();
    }();
    return instance;
}

KSyntaxHighlighting::Definition definition()
{
    static const KSyntaxHighlighting::Definition dockerfile = [] {
        repository().addCustomSearchPath(u":"_s);
        return repository().definitionForName(u"Dockerfile (Stagelift)"_s);
    }();
    return dockerfile;
}

} // namespace

Lexer::Lexer(QsciScintilla& editor) : QsciLexerCustom(&editor), m_sci(editor)
{
    setDefinition(ui::definition());
    const auto behind = [this](QStringView line) {
        const Utf8Line text({});
        m_line = &text;
        return highlightLine(line, State());
    };
    m_instructionState = behind(u"#");
    m_bodyStates = {behind(u"RUN <<EOF"), behind(u"COPY <<EOF /"), behind(u"COPY <<'EOF' /")};
    m_line = nullptr;
    m_lines.push_back({.state = State(), .scan = std::make_shared<const ScanState>()});
}

const char* Lexer::language() const
{
    return "Dockerfile";
}

QString Lexer::description(int /*style*/) const
{
    return {}; // or QScintilla would want to set up each style itself
}

void Lexer::linesChanged(int line, int added)
{
    const auto at = static_cast<std::ptrdiff_t>(line);
    m_lines.at(static_cast<std::size_t>(line)).styled = false;
    if (added > 0)
        m_lines.insert(m_lines.begin() + at + 1, static_cast<std::size_t>(added), LineState{});
    else
        m_lines.erase(m_lines.begin() + at + 1, m_lines.begin() + at + 1 - added);
}

void Lexer::resumeAt(const std::vector<std::uint32_t>& lines)
{
    const int count = static_cast<int>(m_lines.size());
    int first = count;
    for (int line = count - 1; line >= 0; --line) {
        LineState& state = m_lines[static_cast<std::size_t>(line)];
        const bool resumes = std::ranges::binary_search(lines, static_cast<std::uint32_t>(line + 1));
        if (resumes == state.resumes)
            continue;
        state.resumes = resumes;
        state.styled = false;
        first = line;
    }
    if (first == count)
        return;
    startStyling(static_cast<int>(m_sci.lineBegin(first)));
    editor()->viewport()->update(); // which asks for what is seen of it
}

void Lexer::styleText(int start, int end)
{
    const int last = m_sci.lineAt(end);
    const int count = static_cast<int>(m_lines.size());
    int line = m_sci.lineAt(start);
    for (; line < count && line <= last; ++line)
        restyle(line);
    // What lies behind and still has its colours need not be asked for again.
    while (line < count && m_lines[static_cast<std::size_t>(line)].styled)
        ++line;
    startStyling(static_cast<int>(line < count ? m_sci.lineBegin(line) : m_sci.length()));
}

void Lexer::restyle(int line)
{
    LineState& here = m_lines[static_cast<std::size_t>(line)];
    if (here.styled)
        return;
    const bool isLast = line + 1 == static_cast<int>(m_lines.size());
    const std::int64_t begin = m_sci.lineBegin(line);
    LineState next = styleLine(m_sci.bytes(begin, isLast ? m_sci.length() : m_sci.lineBegin(line + 1)), here);
    here.styled = true;
    startStyling(static_cast<int>(begin));
    m_sci(QsciScintillaBase::SCI_SETSTYLINGEX, static_cast<std::int64_t>(m_styles.size()), std::string_view(m_styles));
    if (!isLast)
        handOn(m_lines[static_cast<std::size_t>(line) + 1], std::move(next));
}

void Lexer::handOn(LineState& below, LineState next)
{
    if (below.scan && below.state == next.state && *below.scan == *next.scan)
        return;
    next.resumes = below.resumes;
    below = std::move(next); // which is not styled
}

Lexer::LineState Lexer::styleLine(std::string_view line, const LineState& before)
{
    const std::size_t full = line.size();
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
        line.remove_suffix(1);
    m_styles.clear();
    ScanState scan = *before.scan;
    if (before.resumes && scan.inBody())
        scan.heredocs.clear();
    const ScannedLine scanned = scanLine(line, scan);
    State state = before.state;
    switch (scanned.kind) {
    case LineKind::Comment:
    case LineKind::Blank:
        fill(line.size(), scanned.kind == LineKind::Blank ? TextStyle::Normal : TextStyle::Comment);
        if (!scan.continued)
            state = stateBehind(scan);
        break;
    case LineKind::Terminator:
        fill(line.size(), TextStyle::RegionMarker);
        state = stateBehind(scan);
        break;
    case LineKind::Directive:
        (void)highlight(line, line.size(), State(), '\\');
        state = State();
        break;
    case LineKind::Body:
        state = highlight(line, line.size(), state, '\\');
        break;
    case LineKind::Instruction: {
        const std::size_t shown = scanned.goesOn ? line.find_last_of(scan.escape) + 1 : line.size();
        if (!before.scan->continued)
            state = m_instructionState;
        state = highlight(line, shown, state, scan.escape);
        if (!scan.continued)
            state = stateBehind(scan);
        break;
    }
    }
    fill(full - m_styles.size(), TextStyle::Normal);
    return {.state = std::move(state), .scan = std::make_shared<const ScanState>(std::move(scan))};
}

State Lexer::stateBehind(const ScanState& scan) const
{
    return scan.inBody() ? m_bodyStates.at(static_cast<std::size_t>(scan.heredocs.front().kind)) : m_instructionState;
}

State Lexer::highlight(std::string_view line, std::size_t shown, const State& state, char escape)
{
    if (line.size() > kLongestLine) {
        fill(line.size(), TextStyle::Normal);
        return state;
    }
    Utf8Line text(line.substr(0, shown));
    // The definition knows the backslash. Where another character carries a line on, they change places at its end.
    if (QString& shownText = text.text(); escape != '\\' && !shownText.isEmpty()) {
        if (shownText.back() == QLatin1Char(escape))
            shownText.back() = u'\\';
        else if (shownText.back() == u'\\')
            shownText.back() = u'/';
    }
    m_styles.assign(line.size(), static_cast<char>(TextStyle::Normal));
    m_line = &text;
    State after = highlightLine(text.text(), state);
    m_line = nullptr;
    return after;
}

void Lexer::applyFormat(int offset, int length, const KSyntaxHighlighting::Format& format)
{
    const std::size_t begin = m_line->byteAt(offset);
    const std::size_t end = std::min<std::size_t>(m_line->byteAt(offset + length), m_styles.size());
    if (begin < end)
        std::fill(m_styles.begin() + static_cast<std::ptrdiff_t>(begin),
                  m_styles.begin() + static_cast<std::ptrdiff_t>(end), static_cast<char>(format.textStyle()));
}

void Lexer::fill(std::size_t length, int style)
{
    m_styles.append(length, static_cast<char>(style));
}

void Lexer::applyTheme(const Theme& theme, const QList<QColor>& marked, const QFont& font)
{
    using Sci = QsciScintillaBase;
    const KSyntaxHighlighting::Theme syntax = repository().theme(theme.syntaxTheme);
    const QColor ground = theme.palette.color(QPalette::Base);
    setTheme(syntax);
    m_sci(Sci::SCI_STYLESETFONT, int{Sci::STYLE_DEFAULT}, font.family().toUtf8().constData());
    m_sci(Sci::SCI_STYLESETSIZEFRACTIONAL, Sci::STYLE_DEFAULT,
          std::lround(font.pointSizeF() * int{Sci::SC_FONT_SIZE_MULTIPLIER}));
    m_sci(Sci::SCI_STYLESETFORE, Sci::STYLE_DEFAULT, theme.text);
    m_sci(Sci::SCI_STYLESETBACK, Sci::STYLE_DEFAULT, ground);
    m_sci(Sci::SCI_STYLECLEARALL);
    for (int style = 0; style < kTextStyles; ++style) {
        const auto textStyle = static_cast<TextStyle>(style);
        QColor colour = style == TextStyle::Normal ? theme.text : QColor::fromRgb(syntax.textColor(textStyle));
        colour = readable(colour, ground);
        for (const QColor& each : marked)
            colour = readable(colour, each);
        m_sci(Sci::SCI_STYLESETFORE, style, colour);
        m_sci(Sci::SCI_STYLESETBOLD, style, static_cast<std::int64_t>(syntax.isBold(textStyle)));
        m_sci(Sci::SCI_STYLESETITALIC, style, static_cast<std::int64_t>(syntax.isItalic(textStyle)));
    }
}

} // namespace stagelift::ui
