// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/build_log.h"

#include "ui/build/placeholder.h"
#include "ui/build/sizes_model.h"
#include "ui/theme/apply_theme.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QStackedLayout>
#include <QToolButton>
#include <QTreeView>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kStateWidth = 84;   // px
constexpr int kSearchWidth = 220; // px

QToolButton* flatButton(QWidget* parent, const QString& text, const QString& tip)
{
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setToolTip(tip);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return button;
}

} // namespace

BuildLog::BuildLog(QWidget* parent)
    : QWidget(parent),
      m_model(new BuildLogModel(this)),
      m_view(new QTreeView(this)),
      m_page(new QWidget(this)),
      m_placeholder(new Placeholder(this)),
      m_pages(new QStackedLayout(this)),
      m_theme(Theme::ofDesktop())
{
    makeTree();
    auto* column = new QVBoxLayout(m_page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    column->addWidget(m_view, 1);
    m_pages->addWidget(m_placeholder);
    m_pages->addWidget(m_page);
    connect(m_model, &BuildLogModel::linesAdded, this, &BuildLog::follow);
}

void BuildLog::makeTree()
{
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Build log"));
    m_view->setHeaderHidden(true);
    m_view->setTreePosition(BuildLogModel::Text);
    m_view->setUniformRowHeights(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->header()->setStretchLastSection(false);
    m_view->header()->resizeSection(BuildLogModel::State, kStateWidth);
    m_view->header()->setSectionResizeMode(BuildLogModel::State, QHeaderView::Fixed);
    m_view->header()->setSectionResizeMode(BuildLogModel::Text, QHeaderView::ResizeToContents);
    const auto choose = [this](const QModelIndex& index) {
        const int instruction = index.data(BuildLogModel::InstructionRole).toInt();
        if (m_analysis && instruction >= 0 &&
            static_cast<std::size_t>(instruction) < m_analysis->dockerfile.instructions.size())
            emit spanChosen(m_analysis->dockerfile.instructions[static_cast<std::size_t>(instruction)].span);
    };
    connect(m_view, &QTreeView::clicked, this, choose);
    connect(m_view, &QTreeView::activated, this, choose);
    connect(m_view->verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        const QScrollBar* bar = m_view->verticalScrollBar();
        m_follows = bar->sliderPosition() >= bar->maximum();
    });
}

QWidget* BuildLog::makeHeader()
{
    auto* header = new QWidget(m_page);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(8, 3, 4, 3);
    m_headline = new QLabel(header);
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_headline->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_search = new QLineEdit(header);
    m_search->setPlaceholderText(tr("Search the log"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(kSearchWidth);
    m_search->setToolTip(tr("Enter finds the next line, Shift+Enter the one before"));
    m_copyCommand = flatButton(header, tr("Copy Command"), {});
    m_openFile = flatButton(header, tr("Whole Log"), tr("Open the file with everything the build said"));
    m_openFile->hide();
    row->addWidget(m_headline, 1);
    row->addWidget(m_search);
    row->addWidget(m_copyCommand);
    row->addWidget(m_openFile);

    connect(m_search, &QLineEdit::textEdited, this, &BuildLog::findNext);
    connect(m_copyCommand, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_commandLine); });
    connect(m_openFile, &QToolButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_logFile)); });
    return header;
}

void BuildLog::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_model->setTheme(theme);
    m_copyCommand->setIcon(themeIcon(u"edit-copy"_s));
    m_openFile->setIcon(themeIcon(u"document-open"_s));
    m_view->viewport()->update();
}

void BuildLog::start(const AnalysisPtr& analysis, const QString& engineTitle, const QString& commandLine)
{
    m_analysis = analysis;
    m_commandLine = commandLine;
    m_follows = true;
    m_copyCommand->setToolTip(commandLine);
    m_openFile->hide();
    m_headline->setText(tr("Building…"));
    m_headline->setForegroundRole(QPalette::WindowText);
    m_headline->setPalette({});
    m_engine = {};
    m_engine.name = engineTitle;
    m_model->start(engineTitle);
    m_pages->setCurrentWidget(m_page);
}

void BuildLog::showStep(const BuildStep& step)
{
    m_model->setStep(step);
}

void BuildLog::addText(const QString& stepId, const QString& text)
{
    m_model->addText(stepId, text);
}

void BuildLog::finish(const BuildResult& result)
{
    m_model->flush();
    const bool succeeded = result.outcome == BuildOutcome::Succeeded;
    m_engine.state = succeeded                                 ? StepState::Done
                     : result.outcome == BuildOutcome::Stopped ? StepState::Stopped
                                                               : StepState::Failed;
    m_engine.milliseconds = result.milliseconds;
    m_model->setStep(m_engine);
    const QString time = durationText(result.milliseconds);
    m_headline->setText(!succeeded ? result.message.section(u'\n', 0, 0) : tr("Built in %1").arg(time));
    m_headline->setToolTip(result.message);
    QPalette words = palette();
    if (result.outcome == BuildOutcome::Failed || result.outcome == BuildOutcome::NotStarted)
        words.setColor(QPalette::WindowText, m_theme.error);
    m_headline->setPalette(words);
    m_logFile = result.logFile;
    m_openFile->setVisible(!m_logFile.isEmpty());
}

QString BuildLog::headline() const
{
    return m_headline->text();
}

void BuildLog::follow(const QModelIndex& step)
{
    m_view->expand(step);
    if (m_follows)
        m_view->scrollTo(m_model->index(m_model->rowCount(step) - 1, 0, step));
}

void BuildLog::copy()
{
    QModelIndexList rows = m_view->selectionModel()->selectedRows(BuildLogModel::State);
    if (rows.isEmpty()) {
        QGuiApplication::clipboard()->setText(m_model->wholeText());
        return;
    }
    // Lines sort behind their own step and ahead of the next.
    const auto place = [](const QModelIndex& row) {
        return row.parent().isValid() ? std::pair(row.parent().row(), row.row() + 1) : std::pair(row.row(), 0);
    };
    std::ranges::sort(rows, {}, place);
    QStringList lines;
    for (const QModelIndex& row : std::as_const(rows))
        lines << row.siblingAtColumn(BuildLogModel::Text).data().toString();
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void BuildLog::find(bool backwards)
{
    const QModelIndex hit = m_model->find(m_search->text(), m_view->currentIndex(), backwards);
    if (hit.isValid()) {
        m_follows = false;
        m_view->setCurrentIndex(hit);
        m_view->scrollTo(hit);
    }
}

void BuildLog::findNext()
{
    find(false);
}

void BuildLog::findPrevious()
{
    find(true);
}

void BuildLog::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && m_search->hasFocus())
        find(event->modifiers().testFlag(Qt::ShiftModifier));
    else if (event->matches(QKeySequence::Find))
        m_search->setFocus(Qt::ShortcutFocusReason);
    else
        QWidget::keyPressEvent(event);
}

} // namespace stagelift::ui
