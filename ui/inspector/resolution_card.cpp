// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/resolution_card.h"

#include "core/stages/resolution.h"
#include "ui/diagram/words.h"

#include <QFontDatabase>
#include <QLabel>
#include <QPainter>
#include <QTextDocumentFragment>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kPad = 9;
constexpr qreal kCorner = 5;

QString escaped(std::string_view text)
{
    return toQt(text).toHtmlEscaped();
}

QString paragraph(const QString& html, const QColor& colour)
{
    return u"<p style='margin:0 0 5px 0; color:%2'>%1</p>"_s.arg(html, colour.name());
}

} // namespace

ResolutionCard::ResolutionCard(QWidget* parent) : QFrame(parent), m_label(new QLabel(this)), m_theme(Theme::ofDesktop())
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kPad, kPad, kPad, kPad - 5); // the last paragraph brings its own margin
    m_label->setWordWrap(true);
    m_label->setTextFormat(Qt::RichText);
    m_label->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_label->setAccessibleName(tr("What it means and why"));
    column->addWidget(m_label);
    connect(m_label, &QLabel::linkActivated, this, [this] {
        const StageGraph& graph = m_analysis->graph;
        const NodeRef from = graph.edges[m_edge].from;
        if (from.kind == NodeKind::Stage)
            emit spanChosen(graph.stages[static_cast<std::size_t>(from.index)].span);
    });
}

void ResolutionCard::setTheme(const Theme& theme)
{
    m_theme = theme;
    fill();
    update();
}

void ResolutionCard::showEdge(const AnalysisPtr& analysis, std::size_t edge)
{
    m_analysis = analysis;
    m_edge = edge;
    fill();
}

void ResolutionCard::fill()
{
    if (!m_analysis)
        return;
    const Resolution resolution = resolutionOf(m_analysis->dockerfile, m_analysis->graph, m_edge, m_analysis->build);
    QString meaning = u"<b>%1</b>"_s.arg(escaped(resolution.meaning));
    if (m_analysis->graph.edges[m_edge].from.kind == NodeKind::Stage)
        meaning =
            u"<a href='stage' style='color:%2; text-decoration:none'>%1</a>"_s.arg(meaning, m_theme.accent.name());
    QString html;
    if (!resolution.written.empty())
        html +=
            paragraph(u"<span style='font-family:%2'>%1</span>"_s.arg(
                          escaped(resolution.written), QFontDatabase::systemFont(QFontDatabase::FixedFont).family()),
                      m_theme.textQuiet);
    html += paragraph(meaning, m_theme.text);
    if (!resolution.problem.empty())
        html += paragraph(escaped(resolution.problem), m_theme.error);
    for (const UsedVariable& variable : resolution.variables)
        html += paragraph(escaped(variable.sentence()), m_theme.textQuiet);
    for (const std::string& reason : resolution.reasons)
        html += paragraph(escaped(reason), m_theme.textQuiet);
    m_label->setText(html);
}

QString ResolutionCard::text() const
{
    return QTextDocumentFragment::fromHtml(m_label->text()).toPlainText();
}

void ResolutionCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.nodeBorder);
    painter.setBrush(m_theme.node);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kCorner, kCorner);
}

} // namespace stagelift::ui
