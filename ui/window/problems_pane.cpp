// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/problems_pane.h"

#include "ui/theme/apply_theme.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QStackedLayout>
#include <QTreeView>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

ProblemsPane::ProblemsPane(QWidget* parent)
    : QWidget(parent),
      m_model(new ProblemsModel(this)),
      m_view(new QTreeView(this)),
      m_none(new QLabel(this)),
      m_pages(new QStackedLayout(this))
{
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Problems"));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setSectionResizeMode(ProblemsModel::Line, QHeaderView::ResizeToContents);
    m_view->header()->setSectionResizeMode(ProblemsModel::Problem, QHeaderView::Stretch);
    m_view->header()->setSectionResizeMode(ProblemsModel::Rule, QHeaderView::ResizeToContents);
    m_none->setAlignment(Qt::AlignCenter);
    m_none->setBackgroundRole(QPalette::Base);
    m_none->setAutoFillBackground(true);
    m_none->setText(tr("No problems found."));
    m_pages->addWidget(m_none);
    m_pages->addWidget(m_view);

    connect(m_view, &QTreeView::clicked, this, &ProblemsPane::choose);
    connect(m_view, &QTreeView::activated, this, &ProblemsPane::choose);
    connect(m_view, &QTreeView::customContextMenuRequested, this, &ProblemsPane::showMenu);
}

void ProblemsPane::setTheme(const Theme& theme)
{
    m_model->setTheme(theme);
    QPalette quiet = theme.palette;
    quiet.setColor(QPalette::WindowText, theme.textQuiet);
    m_none->setPalette(quiet);
}

void ProblemsPane::showAnalysis(const AnalysisPtr& analysis)
{
    const QModelIndex current = m_view->currentIndex();
    const QString message = current.siblingAtColumn(ProblemsModel::Problem).data().toString();
    m_model->showAnalysis(analysis);
    m_pages->setCurrentWidget(m_model->rowCount() > 0 ? static_cast<QWidget*>(m_view) : m_none);
    keepCurrent(current.row(), message);
}

void ProblemsPane::keepCurrent(int row, const QString& message)
{
    const QModelIndex same = m_model->index(row, ProblemsModel::Problem);
    if (same.isValid() && same.data().toString() == message)
        m_view->setCurrentIndex(same);
}

void ProblemsPane::choose(const QModelIndex& index)
{
    if (const Diagnostic* problem = m_model->diagnostic(index.row()))
        emit spanChosen(problem->span);
}

void ProblemsPane::fillMenu(QMenu& menu, int row)
{
    const Diagnostic* problem = m_model->diagnostic(row);
    if (!problem)
        return;
    const std::uint64_t revision = m_model->analysis()->revision;
    for (const Fix& fix : problem->fixes) {
        QAction* action = menu.addAction(themeIcon(u"tools-wizard"_s), QString::fromStdString(fix.title));
        connect(action, &QAction::triggered, this,
                [this, result = resultOf(fix), revision] { emit fixChosen(result, revision); });
    }
    menu.addSeparator();
    const QString message = QString::fromStdString(problem->message);
    QAction* copy = menu.addAction(themeIcon(u"edit-copy"_s), tr("Copy Message"));
    connect(copy, &QAction::triggered, this, [message] { QGuiApplication::clipboard()->setText(message); });
    if (problem->url.empty())
        return;
    const QUrl page(QString::fromUtf8(problem->url.data(), static_cast<qsizetype>(problem->url.size())));
    QAction* explain = menu.addAction(themeIcon(u"help-contents"_s), tr("Explain This Rule in the Browser"));
    connect(explain, &QAction::triggered, this, [page] { QDesktopServices::openUrl(page); });
}

void ProblemsPane::showMenu(const QPoint& position)
{
    QMenu menu(this);
    fillMenu(menu, m_view->indexAt(position).row());
    if (!menu.isEmpty())
        menu.exec(m_view->viewport()->mapToGlobal(position));
}

} // namespace stagelift::ui
