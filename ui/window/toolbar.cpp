// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/toolbar.h"

#include "ui/build/build_controller.h"
#include "ui/theme/apply_theme.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kIconSize = 20;     // px
constexpr int kComboLetters = 9;  // at least this wide
constexpr int kWidestCombo = 260; // px; a stage's name may be as long as a line
constexpr double kZoomStep = 1.2;

} // namespace

Toolbar::Toolbar(const Actions& actions, QWidget* parent)
    : QToolBar(parent), m_targets(new QComboBox(this)), m_engines(new QComboBox(this))
{
    setObjectName(u"toolbar"_s);
    setWindowTitle(tr("Toolbar"));
    setMovable(false);
    setIconSize({kIconSize, kIconSize});
    setContextMenuPolicy(Qt::PreventContextMenu);
    addAction(actions[ActionId::Open]);
    addAction(actions[ActionId::Save]);
    addSeparator();
    addAction(actions[ActionId::Undo]);
    addAction(actions[ActionId::Redo]);
    addSeparator();
    addCombo(*m_targets, tr("Target"), tr("The stage to build"));
    addCombo(*m_engines, tr("Engine"), tr("The container engine that builds"));
    addAction(actions[ActionId::Build]);
    addAction(actions[ActionId::Stop]);
    addAction(actions[ActionId::BuildOptions]);
    addSeparator();
    addAction(actions[ActionId::Fit]);
    m_zoomOut = addAction(tr("Zoom Out"), this, [this] { emit diagramZoomed(1 / kZoomStep); });
    m_zoomIn = addAction(tr("Zoom In"), this, [this] { emit diagramZoomed(kZoomStep); });
    m_zoomOut->setToolTip(tr("Shrink the diagram"));
    m_zoomIn->setToolTip(tr("Enlarge the diagram"));
    auto* gap = new QWidget(this);
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    addWidget(gap);
    addAction(actions[ActionId::Help]);
    // The one action that has words beside its icon: what all this is for.
    if (auto* build = qobject_cast<QToolButton*>(widgetForAction(actions[ActionId::Build])))
        build->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_targets, &QComboBox::activated, this,
            [this](int row) { emit targetChosen(m_targets->itemData(row).toInt()); });
    connect(m_engines, &QComboBox::activated, this,
            [this](int row) { emit engineChosen(m_engines->itemData(row).toString()); });
    loadIcons();
}

void Toolbar::addCombo(QComboBox& combo, const QString& label, const QString& tip)
{
    auto* text = new QLabel(label, this);
    text->setContentsMargins(6, 0, 4, 0);
    text->setBuddy(&combo);
    combo.setToolTip(tip);
    combo.setAccessibleName(label);
    combo.setSizeAdjustPolicy(QComboBox::AdjustToContents);
    combo.setMinimumContentsLength(kComboLetters);
    combo.setMaximumWidth(kWidestCombo);
    addWidget(text);
    addWidget(&combo);
    auto* gap = new QWidget(this);
    gap->setFixedWidth(6);
    addWidget(gap);
}

void Toolbar::loadIcons()
{
    m_zoomIn->setIcon(themeIcon(u"zoom-in"_s));
    m_zoomOut->setIcon(themeIcon(u"zoom-out"_s));
}

void Toolbar::showStages(const StageGraph& graph, int target)
{
    m_targets->clear();
    for (const Stage& stage : graph.stages)
        m_targets->addItem(QString::fromStdString(graph.label(stageNode(stage.index))), stage.index);
    m_targets->setCurrentIndex(target);
    m_targets->setEnabled(!graph.stages.empty());
}

void Toolbar::showEngines(const BuildController& controller)
{
    m_engines->clear();
    for (const Engine& engine : controller.engines()) {
        const bool isBroken = engine.asked && !engine.ready;
        m_engines->addItem(isBroken ? tr("%1 (not ready)").arg(engine.id) : engine.label(), engine.id);
        const QString place = engine.address.isEmpty() ? engine.program : engine.address;
        const QString tip = isBroken ? u"%1\n%2"_s.arg(engine.problem, engine.mend) : place;
        m_engines->setItemData(m_engines->count() - 1, tip, Qt::ToolTipRole);
    }
    const auto engine = controller.engine();
    if (engine)
        m_engines->setCurrentIndex(m_engines->findData(engine->id));
    else
        m_engines->addItem(controller.isSearching() ? tr("looking…") : tr("none found"));
    m_engines->setEnabled(engine.has_value());
}

} // namespace stagelift::ui
