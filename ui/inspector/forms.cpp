// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/forms.h"

#include "ui/diagram/words.h"

#include <QLabel>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

Form::Form(Editing& editing, QWidget* parent) : Section({}, parent), m_editing(editing), m_theme(Theme::ofDesktop()) {}

void Form::setTheme(const Theme& theme)
{
    m_theme = theme;
    for (PropertyField* field : findChildren<PropertyField*>())
        field->setTheme(theme);
    for (ListField* list : findChildren<ListField*>())
        list->setTheme(theme);
}

void Form::showPlace(bool isSame)
{
    fill(isSame);
}

PropertyField* Form::addField(PropertyField::Kind kind, const QString& label, const FieldAct& act)
{
    auto* field = new PropertyField(kind, label, this);
    addRow(label, field);
    bind(*field, act);
    return field;
}

void Form::bind(PropertyField& field, const FieldAct& act)
{
    const auto on = [act](const QString& text) {
        return [act, text = text.toStdString()](const Analysis& analysis, const Place& place) {
            return act(analysis, place, text);
        };
    };
    field.setCheck([this, on](const QString& text) { return m_editing.objectionTo(on(text)); });
    connect(&field, &PropertyField::committed, this,
            [this, on, &field](const QString& text) { field.object(m_editing.perform(on(text))); });
    connect(&field, &PropertyField::remedyChosen, &m_editing, &Editing::applyRemedy);
}

void Form::put(PropertyField& field, const QString& value, bool isSame)
{
    isSame ? field.showValue(value) : field.startWith(value);
}

UsesForm::UsesForm(Editing& editing, QWidget* parent) : Form(editing, parent), m_uses(new EdgeLinks(this))
{
    m_uses->setAccessibleName(tr("Uses"));
    addWide(m_uses);
    connect(m_uses, &EdgeLinks::spanChosen, this, &UsesForm::spanChosen);
}

void UsesForm::fill(bool /*isSame*/)
{
    const StageGraph& graph = analysis().graph;
    const NodeRef node = place().outside.value_or(NodeRef{});
    static constexpr const char* kKinds[]{"", QT_TR_NOOP("Image %1"), QT_TR_NOOP("Files: %1"), QT_TR_NOOP("%1")};
    setHeading(tr(kKinds[static_cast<std::size_t>(node.kind)]).arg(toQt(graph.label(node))));
    std::vector<EdgeLinks::Link> uses;
    for (std::size_t i = 0; i < graph.edges.size(); ++i) {
        const Edge& edge = graph.edges[i];
        if (edge.from != node)
            continue;
        static constexpr const char* kWords[]{QT_TR_NOOP("%1 is built from it"), QT_TR_NOOP("%1 copies from it"),
                                              QT_TR_NOOP("%1 mounts it"), QT_TR_NOOP("%1 copies from it")};
        uses.push_back({i, tr(kWords[static_cast<std::size_t>(edge.kind)]).arg(toQt(graph.label(stageNode(edge.to))))});
    }
    m_uses->show(graph, {}, uses, theme());
}

} // namespace stagelift::ui
