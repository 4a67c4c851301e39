// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/edge_links.h"

using namespace Qt::StringLiterals;

namespace stagelift::ui {

EdgeLinks::EdgeLinks(QWidget* parent) : QLabel(parent)
{
    setWordWrap(true);
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::TextBrowserInteraction);
    connect(this, &QLabel::linkActivated, this, [this](const QString& link) {
        const auto place = static_cast<std::size_t>(link.toULongLong());
        if (place < m_spans.size())
            emit spanChosen(m_spans[place]);
    });
}

void EdgeLinks::show(const StageGraph& graph, const QString& heading, const std::vector<Link>& links,
                     const Theme& theme)
{
    QString text;
    if (!heading.isEmpty())
        text = u"<p style='margin:0 0 5px 0; color:%1'>%2</p>"_s.arg(theme.textQuiet.name(), heading.toHtmlEscaped());
    m_spans.clear();
    for (const Link& link : links) {
        const Edge& edge = graph.edges[link.edge];
        text += u"<p style='margin:0 0 5px 0'><a href='%1' style='color:%4; text-decoration:none'>%2</a>: %3</p>"_s
                    .arg(m_spans.size())
                    .arg(tr("Line %1").arg(edge.lines.first), link.words.toHtmlEscaped(), theme.accent.name());
        m_spans.push_back(edge.span);
    }
    setText(text);
}

} // namespace stagelift::ui
