// SPDX-License-Identifier: GPL-3.0-or-later
//
// A diagram on a text, wired as the window wires it: what the diagram asks for is applied to the text, and the text is
// analysed and shown anew.

#pragma once

#include "ui/diagram/diagram_view.h"
#include "ui/diagram/hit.h"
#include "ui/diagram/picture.h"
#include "ui/diagram/spoken.h"
#include "ui/diagram/walk.h"

#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QProxyStyle>
#include <QTest>

#include <algorithm>
#include <string>
#include <vector>

namespace stagelift::ui {

inline constexpr auto kGo = "FROM golang:1.25 AS builder\n"
                            "WORKDIR /src\n"
                            "COPY . .\n"
                            "RUN go build -o /src/server .\n"
                            "\n"
                            "FROM debian:13 AS tools\n"
                            "RUN make /tool\n"
                            "\n"
                            "FROM scratch AS final\n"
                            "COPY --from=tools /tool /tool\n"
                            "USER 1000\n";

/// Nothing glides: a test asks where things are, not where they are on their way.
class StillStyle : public QProxyStyle {
public:
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override
    {
        return hint == SH_Widget_Animation_Duration ? 0 : QProxyStyle::styleHint(hint, option, widget, data);
    }
};

class DiagramDesk {
public:
    explicit DiagramDesk(std::string text, QSize size = QSize(900, 600)) : m_text(std::move(text))
    {
        m_view.resize(size);
        QObject::connect(&m_view, &DiagramView::edited, [this](const EditResult& result, std::uint64_t revision) {
            if (revision != m_revision || m_deaf)
                return;
            ++m_edits;
            type(applied(m_text, result.edits));
        });
        QObject::connect(&m_view, &DiagramView::filesDropped, [this](const QList<QUrl>& files) { m_opened += files; });
        QObject::connect(&m_view, &DiagramView::refused,
                         [this](const Refusal& refusal) { m_refusals.push_back(refusal); });
        QObject::connect(&m_view, &DiagramView::spanChosen,
                         [this](Span span) { m_chosen = m_text.substr(span.begin, span.size()); });
        m_view.showAnalysis(analyse(m_text, {}, m_revision));
        m_view.show();
        static_cast<void>(QTest::qWaitForWindowExposed(&m_view));
    }

    /// The text changes, by whatever hand.
    void type(std::string text)
    {
        m_text = std::move(text);
        m_view.showAnalysis(analyse(m_text, {}, ++m_revision));
    }

    /// The text takes no edit from now on, as one that has just changed would not.
    void refuseEdits() { m_deaf = true; }

    DiagramView& view() { return m_view; }
    [[nodiscard]] const std::string& text() const { return m_text; }
    [[nodiscard]] const std::string& chosen() const { return m_chosen; }
    [[nodiscard]] int edits() const { return m_edits; }
    [[nodiscard]] const std::vector<Refusal>& refusals() const { return m_refusals; }
    /// Files that were dropped to be opened.
    [[nodiscard]] const QList<QUrl>& opened() const { return m_opened; }
    [[nodiscard]] const Picture& picture() const { return m_view.picture(); }
    [[nodiscard]] const Marks& marks() const { return m_view.marks(); }
    [[nodiscard]] AnalysisPtr analysis() const { return picture().analysis; }

    [[nodiscard]] const PictureNode& node(const QString& title) const
    {
        const auto found =
            std::ranges::find_if(picture().nodes, [&](const PictureNode& each) { return each.title.whole == title; });
        if (found == picture().nodes.end())
            qFatal("no node called %s", qPrintable(title));
        return *found;
    }

    [[nodiscard]] const PictureEdge& edge(const QString& from, const QString& to) const
    {
        const auto found = std::ranges::find_if(picture().edges, [&](const PictureEdge& each) {
            return &picture().nodes[static_cast<std::size_t>(each.from)] == &node(from) &&
                   &picture().nodes[static_cast<std::size_t>(each.to)] == &node(to);
        });
        if (found == picture().edges.end())
            qFatal("no edge from %s to %s", qPrintable(from), qPrintable(to));
        return *found;
    }

    [[nodiscard]] QPoint onTitle(const QString& title) const
    {
        const PictureNode& there = node(title);
        return m_view.mapFromScene(there.rect.topLeft() + there.title.rect.center());
    }

    [[nodiscard]] QPoint onRow(const QString& title, const QString& path) const
    {
        const PictureNode& there = node(title);
        const auto row = std::ranges::find_if(there.rows, [&](const PictureRow& r) { return r.text.whole == path; });
        if (row == there.rows.end())
            qFatal("%s has no %s", qPrintable(title), qPrintable(path));
        return m_view.mapFromScene(there.rect.topLeft() + row->rect.center());
    }

    [[nodiscard]] QPoint onEdge(const QString& from, const QString& to) const
    {
        return m_view.mapFromScene(edge(from, to).path.pointAtPercent(0.5));
    }

    void click(QPoint place) { QTest::mouseClick(m_view.viewport(), Qt::LeftButton, {}, place); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        m_view.setFocus();
        QTest::keyClick(&m_view, key, modifiers);
    }

    /// The field that is open in the diagram, or null.
    [[nodiscard]] QLineEdit* field()
    {
        auto* field = m_view.findChild<QLineEdit*>(QStringLiteral("diagramField"));
        return field && field->isVisible() ? field : nullptr;
    }

    /// The menu that asks what a drag has meant, or null.
    [[nodiscard]] QMenu* choice()
    {
        auto* menu = m_view.findChild<QMenu*>(QStringLiteral("diagramChoice"));
        return menu && menu->isVisible() ? menu : nullptr;
    }

    /// What the bubble says, "" while there is none.
    [[nodiscard]] QString bubble()
    {
        const auto* bubble = m_view.findChild<QWidget*>(QStringLiteral("diagramBubble"));
        return bubble && bubble->isVisible() ? bubble->accessibleName() : QString();
    }

private:
    std::string m_text;
    std::uint64_t m_revision = 1;
    std::string m_chosen;
    int m_edits = 0;
    bool m_deaf = false;
    std::vector<Refusal> m_refusals;
    QList<QUrl> m_opened;
    DiagramView m_view;
};

/// The entry of that text, a reason behind a tab left out, in the menu or in one below it; null where there is none.
inline QAction* entry(const QMenu& menu, const QString& text)
{
    for (QAction* action : menu.actions()) {
        if (action->text().remove(u'&').section(u'\t', 0, 0) == text)
            return action;
        if (action->menu())
            if (QAction* inside = entry(*action->menu(), text))
                return inside;
    }
    return nullptr;
}

} // namespace stagelift::ui
