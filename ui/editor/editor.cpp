// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/editor/editor.h"

#include "ui/editor/find_bar.h"
#include "ui/editor/gutter.h"
#include "ui/editor/lexer.h"
#include "ui/editor/scintilla_numbers.h"
#include "ui/theme/readable.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPainter>
#include <QResizeEvent>
#include <Qsci/qscicommandset.h>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

using Sci = QsciScintillaBase;

constexpr double kSmallestFont = 10.5; // points
constexpr int kAir = 2;                // pixels above and below a line

bool hasBold(const QString& family)
{
    const QStringList styles = QFontDatabase::styles(family);
    return std::ranges::any_of(styles, [&family](const QString& style) { return QFontDatabase::bold(family, style); });
}

/// The desktop's, unless it has no bold, in which instructions would not stand out.
QFont textFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    const QStringList families{QFontInfo(font).family(), u"Hack"_s, u"Noto Sans Mono"_s, u"DejaVu Sans Mono"_s};
    if (const auto bold = std::ranges::find_if(families, hasBold); bold != families.end())
        font.setFamily(*bold);
    font.setPointSizeF(std::max(font.pointSizeF(), kSmallestFont));
    return font;
}

} // namespace

Editor::Editor(QWidget* parent) : QsciScintilla(parent), m_sci(*this), m_theme(Theme::lightTheme())
{
    setAccessibleName(tr("Dockerfile text"));
    setUtf8(true);
    QWidget::setFont(textFont());
    m_lexer = std::make_unique<Lexer>(*this);
    setLexer(m_lexer.get());
    m_gutter = std::make_unique<Gutter>(*this);
    setUpText();
    setUpIndicators();
    setUpKeys();
    m_findBar = new FindBar(*this, this);
    m_findBar->hide();
    connect(m_findBar, &FindBar::visibilityChanged, this, &Editor::placeFindBar);
    connectScintilla();
    setTheme(Theme::ofDesktop());
}

Editor::~Editor()
{
    disconnect(); // QScintilla still speaks while it goes
    setLexer(nullptr);
}

void Editor::setUpText()
{
    setFrameShape(QFrame::NoFrame);
    setTabWidth(4);
    setIndentationsUseTabs(false);
    setAutoIndent(true);
    setFolding(NoFoldStyle);
    setBraceMatching(SloppyBraceMatch);
    setScrollWidth(1);
    setScrollWidthTracking(true);
    m_sci(Sci::SCI_SETPASTECONVERTENDINGS, 1);
    m_sci(Sci::SCI_SETEXTRAASCENT, kAir);
    m_sci(Sci::SCI_SETEXTRADESCENT, kAir);
    m_sci(Sci::SCI_SETMULTIPLESELECTION, 1);
    m_sci(Sci::SCI_SETADDITIONALSELECTIONTYPING, 1);
    m_sci(Sci::SCI_SETMULTIPASTE, Sci::SC_MULTIPASTE_EACH);
    m_sci(Sci::SCI_SETCARETLINEVISIBLE, 1);
    m_sci(Sci::SCI_SETCARETLINEVISIBLEALWAYS, 1);
    m_sci(Sci::SCI_SETCARETWIDTH, 2);
    m_sci(Sci::SCI_SETIDLESTYLING, Sci::SC_IDLESTYLING_ALL);
    m_sci(Sci::SCI_SETAUTOMATICFOLD,
          Sci::SC_AUTOMATICFOLD_SHOW | Sci::SC_AUTOMATICFOLD_CLICK | Sci::SC_AUTOMATICFOLD_CHANGE);
    m_sci(Sci::SCI_SETFOLDFLAGS, Sci::SC_FOLDFLAG_LINEAFTER_CONTRACTED);
    m_sci(Sci::SCI_SETENDATLASTLINE, 1);
    m_sci(Sci::SCI_AUTOCSETIGNORECASE, 1);
    m_sci(Sci::SCI_AUTOCSETORDER, Sci::SC_ORDER_CUSTOM);
    m_sci(Sci::SCI_AUTOCSETSEPARATOR, '\n');
    m_sci(Sci::SCI_AUTOCSETMAXHEIGHT, 12);
    m_sci(Sci::SCI_AUTOCSETDROPRESTOFWORD, 0);
}

void Editor::setUpIndicators()
{
    struct Look {
        Indicator indicator;
        int style;
    };
    constexpr std::array kLooks{
        Look{kErrorIndicator, Sci::INDIC_SQUIGGLE}, Look{kWarningIndicator, Sci::INDIC_SQUIGGLE},
        Look{kHintIndicator, Sci::INDIC_DOTS},      Look{kMatchIndicator, Sci::INDIC_STRAIGHTBOX},
        Look{kUseIndicator, Sci::INDIC_ROUNDBOX},   Look{kDestinationIndicator, Sci::INDIC_PLAIN}};
    for (const Look& look : kLooks) {
        m_sci(Sci::SCI_INDICSETSTYLE, look.indicator, std::int64_t{look.style});
        m_sci(Sci::SCI_INDICSETUNDER, look.indicator, std::int64_t{look.style != Sci::INDIC_SQUIGGLE});
    }
    m_sci(Sci::SCI_MARKERDEFINE, kFailedMarker, Sci::SC_MARK_BACKGROUND);
    m_sci(Sci::SCI_ANNOTATIONSETVISIBLE, Sci::ANNOTATION_INDENTED);
}

void Editor::setTheme(const Theme& theme)
{
    m_theme = theme;
    const QColor ground = theme.palette.color(QPalette::Base);
    setPalette(theme.palette);
    const QColor caretLine = between(ground, theme.textQuiet, 0.08);
    const QColor failed = between(ground, theme.error, 0.14);
    m_lexer->applyTheme(theme, {caretLine, failed}, font());
    m_gutter->setTheme(theme);
    m_sci(Sci::SCI_SETCARETLINEBACK, Scintilla::colourNumber(caretLine));
    m_sci(Sci::SCI_SETCARETFORE, Scintilla::colourNumber(theme.text));
    m_sci(Sci::SCI_SETADDITIONALCARETFORE, Scintilla::colourNumber(theme.text));
    const QColor selected = between(ground, theme.accent, theme.dark ? 0.45 : 0.28);
    m_sci(Sci::SCI_SETSELBACK, 1, selected);
    m_sci(Sci::SCI_SETSELFORE, 1, theme.text); // the highlighting's colours are made for the other ground
    m_sci(Sci::SCI_SETADDITIONALSELBACK, Scintilla::colourNumber(selected));
    setUnmatchedBraceForegroundColor(theme.error);
    setUnmatchedBraceBackgroundColor(ground);
    setMatchedBraceForegroundColor(theme.accent);
    setMatchedBraceBackgroundColor(between(ground, theme.accent, 0.18));
    struct Colour {
        Indicator indicator;
        QColor colour;
    };
    const std::array colours{Colour{kErrorIndicator, theme.error},    Colour{kWarningIndicator, theme.warning},
                             Colour{kHintIndicator, theme.textQuiet}, Colour{kMatchIndicator, theme.warning},
                             Colour{kUseIndicator, theme.accent},     Colour{kDestinationIndicator, theme.accent}};
    for (const Colour& each : colours)
        m_sci(Sci::SCI_INDICSETFORE, each.indicator, each.colour);
    m_sci(Sci::SCI_MARKERSETBACK, kFailedMarker, failed);
    const QColor failure = between(ground, theme.error, 0.08);
    m_sci(Sci::SCI_STYLESETFORE, kFailureStyle, readable(theme.error, failure));
    m_sci(Sci::SCI_STYLESETFORE, kOutputStyle, readable(theme.text, failure));
    m_sci(Sci::SCI_STYLESETFORE, kAsideStyle, readable(theme.textQuiet, failure));
    for (const Style style : {kFailureStyle, kOutputStyle, kAsideStyle})
        m_sci(Sci::SCI_STYLESETBACK, style, failure);
    m_sci(Sci::SCI_STYLESETFORE, Sci::STYLE_FOLDDISPLAYTEXT, theme.textQuiet);
    m_gutter->updateWidths();
    update();
}

void Editor::connectScintilla()
{
    // A selection keeps its colour when another program selects something, as everywhere in Qt.
    disconnect(QGuiApplication::clipboard(), nullptr, this, nullptr);
    connect(this, &QsciScintillaBase::SCN_MODIFIED, this,
            [this](int position, int type, const char*, int, int linesAdded) { modified(position, type, linesAdded); });
    connect(this, &QsciScintillaBase::SCN_CHARADDED, this, &Editor::characterAdded);
    connect(this, &QsciScintillaBase::SCN_UPDATEUI, this, &Editor::updated);
    connect(this, &QsciScintillaBase::SCN_MARGINCLICK, this,
            [this](int position, int /*modifiers*/, int margin) { marginClicked(position, margin); });
    connect(this, &QsciScintillaBase::SCN_ZOOM, this, [this] { m_gutter->updateWidths(); });
    connect(this, &QsciScintilla::linesChanged, this, [this] { m_gutter->updateWidths(); });
}

void Editor::modified(int position, int type, int linesAdded)
{
    if ((type & (Sci::SC_MOD_INSERTTEXT | Sci::SC_MOD_DELETETEXT)) == 0)
        return;
    m_lexer->linesChanged(m_sci.lineAt(position), linesAdded);
    tellChanged();
}

void Editor::tellChanged()
{
    m_changeUntold = m_changesHeld > 0;
    if (m_changeUntold)
        return;
    emit bufferChanged();
    m_findBar->textChanged();
}

// The text

std::string Editor::bytes() const
{
    return std::string(m_sci.bytes(0, m_sci.length()));
}

void Editor::load(std::string_view bytes)
{
    const std::size_t lineBreak = bytes.find('\n');
    const bool dos = lineBreak != std::string_view::npos && lineBreak > 0 && bytes[lineBreak - 1] == '\r';
    setEolMode(dos ? EolWindows : EolUnix); // for new lines; what is there stays as it is
    ++m_changesHeld;
    m_sci(Sci::SCI_SETUNDOCOLLECTION, 0);
    m_sci(Sci::SCI_CLEARALL);
    m_sci(Sci::SCI_ALLOCATE, static_cast<std::int64_t>(bytes.size()));
    m_sci(Sci::SCI_ADDTEXT, static_cast<std::int64_t>(bytes.size()), bytes);
    m_sci(Sci::SCI_SETUNDOCOLLECTION, 1);
    m_sci(Sci::SCI_EMPTYUNDOBUFFER);
    m_sci(Sci::SCI_SETSAVEPOINT);
    m_sci(Sci::SCI_GOTOPOS, 0);
    m_sci(Sci::SCI_SETXOFFSET, 0);
    --m_changesHeld;
    clearFailure();
    tellChanged();
    caretSettled();
}

void Editor::apply(const TextEdits& edits, Span select)
{
    ++m_changesHeld;
    m_sci(Sci::SCI_BEGINUNDOACTION);
    for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
        m_sci(Sci::SCI_SETTARGETRANGE, edit->span.begin, std::int64_t{edit->span.end});
        m_sci(Sci::SCI_REPLACETARGET, static_cast<std::int64_t>(edit->text.size()), std::string_view(edit->text));
    }
    m_sci(Sci::SCI_ENDUNDOACTION);
    --m_changesHeld;
    if (m_changeUntold)
        tellChanged();
    this->select(select); // who hears of the caret knows by now that it is one of another text
}

void Editor::setSavePoint()
{
    m_sci(Sci::SCI_SETSAVEPOINT);
}

bool Editor::isModified() const
{
    return m_sci(Sci::SCI_GETMODIFY) != 0;
}

void Editor::select(Span span)
{
    const std::int64_t end = std::min<std::int64_t>(span.end, m_sci.length());
    const std::int64_t begin = std::min<std::int64_t>(span.begin, end);
    m_sci(Sci::SCI_ENSUREVISIBLEENFORCEPOLICY, m_sci.lineAt(end));
    m_sci(Sci::SCI_ENSUREVISIBLEENFORCEPOLICY, m_sci.lineAt(begin));
    m_sci(Sci::SCI_SETSEL, begin, end);
    m_sci(Sci::SCI_SCROLLRANGE, begin, end);
    caretSettled();
}

std::uint32_t Editor::caret() const
{
    return static_cast<std::uint32_t>(m_sci.caret());
}

Span Editor::selection() const
{
    return {static_cast<std::uint32_t>(m_sci(Sci::SCI_GETSELECTIONSTART)),
            static_cast<std::uint32_t>(m_sci(Sci::SCI_GETSELECTIONEND))};
}

// What happens

void Editor::updated(int what)
{
    if ((what & (Sci::SC_UPDATE_SELECTION | Sci::SC_UPDATE_CONTENT)) != 0)
        caretSettled();
    if ((what & Sci::SC_UPDATE_V_SCROLL) != 0)
        viewport()->update();
}

void Editor::caretSettled()
{
    if (caret() == m_toldCaret)
        return;
    m_toldCaret = caret();
    if (isCurrent())
        showUses();
    emit caretMoved(m_toldCaret);
}

void Editor::marginClicked(int position, int margin)
{
    const int line = m_sci.lineAt(position);
    const int stage = m_gutter->stageBegunIn(line);
    if (margin == kFoldMargin)
        m_sci(Sci::SCI_TOGGLEFOLD, line);
    else if (margin == kBuildMargin && stage >= 0)
        emit buildStageRequested(stage);
    viewport()->update();
}

void Editor::paintEvent(QPaintEvent* event)
{
    QsciScintilla::paintEvent(event);
    QPainter painter(viewport());
    painter.setClipRegion(event->region());
    m_gutter->paint(painter);
    paintDropLine(painter);
}

void Editor::resizeEvent(QResizeEvent* event)
{
    QsciScintilla::resizeEvent(event);
    placeFindBar();
}

void Editor::placeFindBar()
{
    const int height = m_findBar->isHidden() ? 0 : m_findBar->sizeHint().height();
    setViewportMargins(0, 0, 0, height);
    const QRect text = viewport()->geometry(); // the horizontal scroll bar comes below the margin
    m_findBar->setGeometry(text.left(), text.bottom() + 1, text.width(), height);
    m_findBar->raise();
}

} // namespace stagelift::ui
