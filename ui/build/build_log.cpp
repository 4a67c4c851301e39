// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/build_log.h"

#include "ui/build/log_line_delegate.h"
#include "ui/build/log_work.h"
#include "ui/build/placeholder.h"
#include "ui/build/sizes_model.h"
#include "ui/theme/apply_theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QStackedLayout>
#include <QToolButton>
#include <QTreeView>

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
      m_lines(new LogLineDelegate(this)),
      m_work(new LogWork(this)),
      m_page(new QWidget(this)),
      m_placeholder(new Placeholder(this)),
      m_pages(new QStackedLayout(this)),
      m_theme(Theme::ofDesktop())
{
    makeTree();
    wireTree();
    auto* column = new QVBoxLayout(m_page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    column->addWidget(makeTrouble());
    column->addWidget(m_view, 1);
    m_pages->addWidget(m_placeholder);
    m_pages->addWidget(m_page);
    connect(m_model, &BuildLogModel::linesAdded, this, &BuildLog::follow);
    connect(m_work, &LogWork::found, this, &BuildLog::showFound);
    connect(m_work, &LogWork::saved, this, &BuildLog::saved);
    connect(m_work, &LogWork::saveFailed, this, &BuildLog::saveFailed);
}

void BuildLog::makeTree()
{
    m_view->setModel(m_model);
    m_view->setItemDelegate(m_lines);
    m_view->setAccessibleName(tr("Build log"));
    m_view->setHeaderHidden(true);
    m_view->setTreePosition(BuildLogModel::Text);
    m_view->setUniformRowHeights(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setResizeContentsPrecision(0); // by what is in sight: there may be thousands of rows
    m_view->header()->resizeSection(BuildLogModel::State, kStateWidth);
    m_view->header()->setSectionResizeMode(BuildLogModel::State, QHeaderView::Fixed);
}

void BuildLog::wireTree()
{
    connect(m_view, &QTreeView::pressed, this, [this] { setFollowing(false); }); // what is pointed at shall stay
    connect(m_view, &QTreeView::clicked, this,
            [this](const QModelIndex& index) { choose(index, &BuildLog::spanPointedAt); });
    connect(m_view, &QTreeView::activated, this,
            [this](const QModelIndex& index) { choose(index, &BuildLog::spanChosen); });
    connect(m_view, &QTreeView::customContextMenuRequested, this, &BuildLog::showMenu);
    const auto touched = [this](const QModelIndex& step) {
        if (!m_byUs && !step.parent().isValid())
            m_unfolded.remove(m_model->stepId(step));
    };
    connect(m_view, &QTreeView::expanded, this, touched);
    connect(m_view, &QTreeView::collapsed, this, touched);
    connect(m_view, &QTreeView::expanded, this, &BuildLog::widen, Qt::QueuedConnection); // once it is laid out
    connect(m_view->verticalScrollBar(), &QScrollBar::valueChanged, this, &BuildLog::widen);
    connect(m_view->verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        const QScrollBar* bar = m_view->verticalScrollBar();
        setFollowing(bar->sliderPosition() >= bar->maximum());
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
    m_found = new QLabel(header);
    m_found->setTextFormat(Qt::PlainText);
    m_search = new QLineEdit(header);
    m_search->setPlaceholderText(tr("Search the log"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(kSearchWidth);
    m_search->setToolTip(tr("Enter finds the next line, Shift+Enter the one before; all of the log is searched"));
    m_copyCommand = flatButton(header, tr("Copy Command"), {});
    m_saveLog = flatButton(header, tr("Save Log…"), tr("Save everything that the build said as text"));
    row->addWidget(m_headline, 1);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_found, m_search, m_copyCommand, m_saveLog})
        row->addWidget(widget);

    connect(m_search, &QLineEdit::textEdited, this, &BuildLog::searchFor);
    connect(m_copyCommand, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_commandLine); });
    connect(m_saveLog, &QToolButton::clicked, this, &BuildLog::save);
    return header;
}

QWidget* BuildLog::makeTrouble()
{
    m_trouble = new QLabel(m_page);
    m_trouble->setTextFormat(Qt::PlainText);
    m_trouble->setWordWrap(true);
    m_trouble->setContentsMargins(8, 3, 8, 3);
    m_trouble->hide();
    connect(m_model, &BuildLogModel::troubled, this, [this](const QString& sentence) {
        m_trouble->setText(sentence);
        m_trouble->show();
    });
    return m_trouble;
}

void BuildLog::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_model->setTheme(theme);
    m_lines->setTheme(theme);
    m_copyCommand->setIcon(themeIcon(u"edit-copy"_s));
    m_saveLog->setIcon(themeIcon(u"document-save-as"_s));
    QPalette warning = palette();
    warning.setColor(QPalette::WindowText, theme.warning);
    m_trouble->setPalette(warning);
    QPalette quiet = palette();
    quiet.setColor(QPalette::WindowText, theme.textQuiet);
    m_found->setPalette(quiet);
    m_view->viewport()->update();
}

void BuildLog::start(const AnalysisPtr& analysis, const QString& engineTitle, const QString& commandLine)
{
    m_analysis = analysis;
    m_commandLine = commandLine;
    m_follows = true;
    m_followed.clear();
    m_unfolded.clear();
    m_heard.clear();
    m_searchBegan = {};
    m_work->giveUpSearch();
    m_found->clear();
    m_trouble->clear();
    m_trouble->hide();
    m_copyCommand->setToolTip(commandLine);
    m_headline->setText(tr("Building…"));
    m_headline->setForegroundRole(QPalette::WindowText);
    m_headline->setPalette({});
    m_engine = {};
    m_engine.name = engineTitle;
    m_model->start(engineTitle);
    m_view->header()->resizeSection(BuildLogModel::Text, 0);
    m_pages->setCurrentWidget(m_page);
}

void BuildLog::showStep(const BuildStep& step)
{
    m_model->setStep(step);
    if (step.state == StepState::Waiting || step.state == StepState::Running)
        return;
    m_model->flush(); // its last lines belong ahead of its end
    const QModelIndex row = m_model->stepIndex(step.id);
    if (step.state == StepState::Failed)
        unfold(row);
    else if (m_follows && m_unfolded.contains(step.id))
        fold(row);
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
    if (const QModelIndex failed = m_model->stepOfInstruction(result.failedInstruction); failed.isValid() && m_follows)
        m_view->scrollTo(m_model->index(std::max(0, m_model->rowCount(failed) - 1), 0, failed));
}

QString BuildLog::headline() const
{
    return m_headline->text();
}

QString BuildLog::searchNote() const
{
    return m_found->text();
}

QString BuildLog::trouble() const
{
    return m_trouble->text();
}

void BuildLog::setFollowing(bool following)
{
    m_follows = following;
    m_model->hold(!following);
}

void BuildLog::unfold(const QModelIndex& step)
{
    const QScopedValueRollback byUs(m_byUs, true);
    if (!m_view->isExpanded(step))
        m_unfolded.insert(m_model->stepId(step));
    m_view->expand(step);
}

void BuildLog::fold(const QModelIndex& step)
{
    const QScopedValueRollback byUs(m_byUs, true);
    m_unfolded.remove(m_model->stepId(step));
    m_view->collapse(step);
}

/// There is room for the widest line that was in sight since the build began. It is never taken back: with the line
/// that needs it, the horizontal bar would come, which moves the line out of sight, so that the bar goes, and so on.
void BuildLog::widen()
{
    const auto* view = static_cast<const QAbstractItemView*>(m_view);
    const int needed = view->sizeHintForColumn(BuildLogModel::Text);
    if (needed > m_view->columnWidth(BuildLogModel::Text))
        m_view->setColumnWidth(BuildLogModel::Text, needed);
}

/// One step is read along until it ends, although others may speak meanwhile.
void BuildLog::follow(const QModelIndex& step)
{
    const QString id = m_model->stepId(step);
    if (!m_heard.contains(id)) {
        m_heard.insert(id);
        unfold(step);
    }
    const QModelIndex followed = m_model->stepIndex(m_followed);
    const bool ended =
        followed.data(BuildLogModel::StateRole).toInt() != static_cast<int>(StepState::Running) || m_followed.isEmpty();
    if (ended || !m_view->isExpanded(followed))
        m_followed = id;
    if (m_follows && m_followed == id && m_view->isExpanded(step))
        m_view->scrollTo(m_model->index(m_model->rowCount(step) - 1, 0, step));
    widen();
}

} // namespace stagelift::ui
