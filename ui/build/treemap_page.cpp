// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/treemap_page.h"

#include "ui/document/background.h"

#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace stagelift::ui {

TreemapPage::TreemapPage(QWidget* parent) : QWidget(parent), m_bar(new TreemapBar(this)), m_view(new TreemapView(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_view, 1);
    setFocusProxy(m_view);
    connect(m_bar, &TreemapBar::spotChosen, this, [this](const TreemapSpot& spot) {
        m_view->goTo(spot);
        m_view->setFocus(Qt::OtherFocusReason);
    });
    connect(m_bar, &TreemapBar::buttonPressed, this, &TreemapPage::press);
    connect(m_view, &TreemapView::zoomed, this, [this] {
        m_bar->showWay(m_view->plan().crumbs());
        filesChanged();
    });
}

void TreemapPage::setFilesSource(std::function<StageFilesState(int stage)> source)
{
    m_source = std::move(source);
    filesChanged();
}

void TreemapPage::showStage(const AnalysisPtr& analysis, const StageSize& size)
{
    m_stage = size.stage;
    m_asked = m_summed = nullptr;
    m_view->showStage(analysis, size);
}

void TreemapPage::clear()
{
    m_stage = -1;
    m_asked = m_summed = nullptr;
    m_view->clear();
}

void TreemapPage::filesChanged()
{
    const StageFilesState state = m_stage >= 0 && m_source ? m_source(m_stage) : StageFilesState();
    if (state.files != m_asked)
        sumUp(state.files);
    showState(state);
}

/// Files that are read again have the folders that are shown until the new ones are there.
void TreemapPage::sumUp(const ImageFilesPtr& files)
{
    m_asked = files;
    if (!files) {
        m_summed = nullptr;
        m_view->showFolders(nullptr);
        return;
    }
    inBackground(
        this, [files] { return LayerFoldersPtr(std::make_shared<const LayerFolders>(files)); },
        [this](const LayerFoldersPtr& folders) {
            if (folders->files() != m_asked)
                return;
            m_summed = m_asked;
            m_view->showFolders(folders);
        });
}

void TreemapPage::showState(const StageFilesState& state)
{
    const TreemapPlan& plan = m_view->plan();
    if (!state.progress.isEmpty())
        m_bar->showState(state.progress, tr("Stop"));
    else if (plan.isZoomed())
        m_bar->showState(tr("Backspace goes back, Esc to all layers"), {});
    else if (plan.hasFolders())
        m_bar->showState(tr("A double click or Enter goes into a folder"), {});
    else if (state.files && !isBusy())
        m_bar->showState(tr("The files that were read are not of these layers"), {});
    else if (state.files || !state.canBeRead || plan.tree().children.empty())
        m_bar->showState({}, {});
    else if (!state.problem.isEmpty())
        m_bar->showState(state.problem, tr("Try Again"));
    else if (state.isOtherRead)
        m_bar->showState(tr("The files of another stage are being read"), {});
    else
        m_bar->showState(tr("Folders are shown once the stage's files were read"), tr("Read Files"));
}

void TreemapPage::press()
{
    const StageFilesState state = m_source ? m_source(m_stage) : StageFilesState();
    if (!state.progress.isEmpty())
        emit stopWanted();
    else if (state.canBeRead)
        emit readWanted(m_stage);
}

} // namespace stagelift::ui
