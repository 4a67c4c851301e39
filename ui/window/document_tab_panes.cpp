// SPDX-License-Identifier: GPL-3.0-or-later
//
// The panes of a tab: where each stands, how one goes from one to the next, and how their shares are remembered.

#include "ui/artifacts/files_pane.h"
#include "ui/build/build_log.h"
#include "ui/build/sizes_pane.h"
#include "ui/build/timeline.h"
#include "ui/build/timeline_view.h"
#include "ui/diagram/diagram_pane.h"
#include "ui/diagram/diagram_view.h"
#include "ui/editor/editor.h"
#include "ui/history/chart_view.h"
#include "ui/history/history_pane.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/what_if_strip.h"
#include "ui/window/document_tab.h"
#include "ui/window/problems_pane.h"

#include <QIODevice>
#include <QSplitter>
#include <QTabWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace stagelift::ui {

namespace {

constexpr std::array kColumnShares{45, 55};
constexpr std::array kRowShares{74, 26};

void setShares(QSplitter& splitter, const std::array<int, 2>& shares)
{
    static constexpr int kScale = 100; // a splitter takes sizes as shares of their sum
    splitter.setSizes({shares[0] * kScale, shares[1] * kScale});
    for (int i = 0; i < 2; ++i)
        splitter.setStretchFactor(i, shares[static_cast<std::size_t>(i)]);
}

} // namespace

void DocumentTab::makePanes()
{
    m_messages = new MessageBar(this);
    m_rows = new QSplitter(Qt::Vertical, this);
    m_columns = new QSplitter(Qt::Horizontal, m_rows);
    m_editor = new Editor(m_columns);
    makeDiagramSide();
    m_results = new QTabWidget(m_rows);
    m_problems = new ProblemsPane(m_results);
    m_log = new BuildLog(m_results);
    m_sizes = new SizesPane(m_results);
    m_timeline = new Timeline(m_results);
    m_files = new FilesPane(m_results);
    m_history = new HistoryPane(m_results);
    m_results->addTab(m_problems, tr("Problems"));
    m_results->addTab(m_log, tr("Build log"));
    m_results->addTab(m_sizes, tr("Sizes"));
    m_results->addTab(m_timeline, tr("Timeline"));
    m_results->addTab(m_files, tr("Files"));
    m_results->addTab(m_history, tr("History"));
    m_results->setAccessibleName(tr("Results"));
    m_results->setDocumentMode(true);
    m_editor->setFrameShape(QFrame::NoFrame);
    m_diagram->setFrameShape(QFrame::NoFrame);
    m_columns->setChildrenCollapsible(false);
    m_rows->setCollapsible(0, false);
    setShares(*m_columns, kColumnShares);
    setShares(*m_rows, kRowShares);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_messages);
    column->addWidget(m_rows, 1);
    setFocusProxy(m_editor);
}

/// The diagram with the strip above it, and the inspector on its right.
void DocumentTab::makeDiagramSide()
{
    m_diagramSide = new QSplitter(Qt::Horizontal, m_columns);
    auto* holder = new QWidget(m_diagramSide);
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_whatIf = new WhatIfStrip(holder);
    m_diagramPane = new DiagramPane(holder);
    m_diagram = &m_diagramPane->diagram();
    column->addWidget(m_whatIf);
    column->addWidget(m_diagramPane, 1);
    m_inspector = new Inspector(m_diagramSide);
    m_inspector->hide();
    m_diagramSide->setChildrenCollapsible(false);
    m_diagramSide->setStretchFactor(0, 1);
    m_diagramSide->setStretchFactor(1, 0); // it keeps its width
}

void DocumentTab::showPane(ResultPane pane)
{
    m_results->setCurrentIndex(static_cast<int>(pane));
}

void DocumentTab::focusPane(int step)
{
    const std::array<QWidget*, 6> views{&m_problems->view(), &m_log->view(),    &m_sizes->front(),
                                        &m_timeline->view(), &m_files->front(), &m_history->chart()};
    QWidget* result = views.at(static_cast<std::size_t>(m_results->currentIndex()));
    struct Pane {
        const QWidget* whole;
        QWidget* focus;
    };
    std::vector<Pane> panes{{m_editor, m_editor}, {m_diagram, m_diagram}};
    if (isInspectorShown())
        panes.push_back({m_inspector, nullptr});
    panes.push_back({m_results, result->isVisible() ? result : m_results->tabBar()});
    const int count = std::max(1, static_cast<int>(panes.size()));
    int current = 0;
    for (int i = 0; i < count; ++i) {
        const QWidget* pane = panes[static_cast<std::size_t>(i)].whole;
        if (pane->hasFocus() || pane->isAncestorOf(focusWidget()))
            current = i;
    }
    const Pane& next = panes[static_cast<std::size_t>((current + step + count) % count)];
    next.focus ? next.focus->setFocus(Qt::ShortcutFocusReason) : m_inspector->focusFirst();
}

QByteArray DocumentTab::saveLayout() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << m_columns->saveState() << m_rows->saveState() << m_diagramSide->saveState() << isInspectorShown();
    return state;
}

void DocumentTab::restoreLayout(const QByteArray& state)
{
    QDataStream stream(state);
    QByteArray columns;
    QByteArray rows;
    stream >> columns >> rows;
    if (stream.status() != QDataStream::Ok)
        return;
    m_columns->restoreState(columns);
    m_rows->restoreState(rows);
    QByteArray diagramSide;
    bool isShown = false;
    stream >> diagramSide >> isShown;
    if (stream.status() != QDataStream::Ok) // written before there was an inspector
        return;
    m_diagramSide->restoreState(diagramSide);
    showInspector(isShown);
}

} // namespace stagelift::ui
