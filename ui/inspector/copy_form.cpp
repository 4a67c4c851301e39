// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/stage_names.h"
#include "ui/diagram/words.h"
#include "ui/inspector/forms.h"

#include <QCheckBox>
#include <QLabel>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

QString contextLabel()
{
    return CopyForm::tr("build context");
}

/// What the word of a person means as a source: a stage above by its name or by what the diagram calls it, the build
/// context, a named context, an image that the file uses.
std::optional<NodeRef> sourceNamed(const StageGraph& graph, const std::string& word)
{
    if (word.empty() || word == contextLabel().toStdString()) {
        const auto own = std::ranges::find(graph.contexts, std::string());
        // One that nothing takes from yet is behind those that are.
        return NodeRef{NodeKind::Context, static_cast<int>(own - graph.contexts.begin())};
    }
    if (const auto stage = lastStageNamed(graph, word))
        return stageNode(*stage);
    for (const Stage& stage : graph.stages) {
        if (!stage.isNamed() && graph.label(stageNode(stage.index)) == word)
            return stageNode(stage.index);
    }
    const auto context = std::ranges::find(graph.contexts, word);
    if (context != graph.contexts.end())
        return NodeRef{NodeKind::Context, static_cast<int>(context - graph.contexts.begin())};
    const auto image = std::ranges::find(graph.images, word);
    if (image != graph.images.end())
        return NodeRef{NodeKind::Image, static_cast<int>(image - graph.images.begin())};
    return std::nullopt;
}

EditOutcome takeFrom(const Analysis& before, const Place& place, const std::string& word)
{
    if (const auto source = sourceNamed(before.graph, word))
        return retargetSource(before, *place.edge, *source);
    return retargetSourceToImage(before, *place.edge, word);
}

QString sourceLabel(const StageGraph& graph, const Edge& edge)
{
    const bool isOwn = edge.from.kind == NodeKind::Context && edge.spec.empty();
    return isOwn ? contextLabel() : toQt(graph.label(edge.from));
}

/// Stages above, the build context, then what else the file takes from.
QStringList sourcesFor(const StageGraph& graph, const Edge& edge)
{
    QStringList sources;
    for (int stage = edge.to - 1; stage >= 0; --stage)
        sources << toQt(graph.label(stageNode(stage)));
    sources << contextLabel();
    for (const std::string& context : graph.contexts) {
        if (!context.empty())
            sources << toQt(context);
    }
    for (const std::string& image : graph.images)
        sources << toQt(image);
    sources.removeDuplicates();
    return sources;
}

/// The values of a flag that is there once, or "".
QString valueOf(const CopyFlag& flag)
{
    return flag.values.empty() ? QString() : toQt(flag.values.front());
}

std::optional<std::string> unlessEmpty(const std::string& text)
{
    return text.empty() ? std::nullopt : std::optional(text);
}

} // namespace

CopyForm::CopyForm(Editing& editing, QWidget* parent) : Form(editing, parent)
{
    m_from = addField(PropertyField::Kind::Choice, tr("From"), takeFrom);
    m_sources = new ListField(tr("Source"), tr("one more path"), this);
    bind(*m_sources, setCopySources);
    addRow(tr("Sources"), m_sources);
    m_destination = addField(PropertyField::Kind::Line, tr("Destination"),
                             [](const Analysis& before, const Place& at, const std::string& text) {
                                 return changeDestination(before, *at.edge, text);
                             });
    for (const char* name : {"chown", "chmod", "link", "parents", "unpack", "keep-git-dir", "checksum", "exclude"})
        addFlag(name);
    m_boxObjection = new QLabel(this);
    m_boxObjection->setWordWrap(true);
    m_boxObjection->setTextFormat(Qt::PlainText);
    m_boxObjection->hide();
    addWide(m_boxObjection);
    m_others = new EdgeLinks(this);
    m_others->setAccessibleName(tr("Copies that are drawn as the same line"));
    addWide(m_others);
    connect(m_others, &EdgeLinks::spanChosen, this, &CopyForm::spanChosen);
}

QWidget* CopyForm::FlagRow::widget() const
{
    return field ? static_cast<QWidget*>(field) : box ? static_cast<QWidget*>(box) : list;
}

void CopyForm::bind(ListField& list, const ListAct& act)
{
    const auto on = [act](const std::vector<std::string>& values) {
        return [act, values](const Analysis& before, const Place& at) { return act(before, *at.edge, values); };
    };
    list.setCheck([this, on](const auto& values) { return editing().objectionTo(on(values)); });
    connect(&list, &ListField::committed, this,
            [this, on, &list](const auto& values) { list.object(editing().perform(on(values))); });
    connect(&list, &ListField::remedyChosen, &editing(), &Editing::applyRemedy);
}

void CopyForm::addFlag(const std::string& name)
{
    static constexpr std::array kBoxes{"link", "parents", "unpack", "keep-git-dir"};
    const QString label = u"--"_s + toQt(name);
    FlagRow row{.name = name};
    const auto set = [name](const std::optional<std::string>& value) {
        return [name, value](const Analysis& before, const Place& at) {
            return setCopyFlag(before, *at.edge, name, value);
        };
    };
    if (name == "exclude") {
        row.list = new ListField(label, tr("a pattern"), this);
        bind(*row.list, setCopyExcludes);
        addRow(label, row.list);
    } else if (std::ranges::contains(kBoxes, name)) {
        row.box = new QCheckBox(this);
        row.box->setAccessibleName(label);
        connect(row.box, &QCheckBox::clicked, this, [this, set, box = row.box](bool on) {
            const Objection objection = editing().perform(set(on ? std::optional<std::string>("") : std::nullopt));
            m_boxObjection->setText(objection.reason);
            m_boxObjection->setVisible(!objection.isNone());
            if (!objection.isNone())
                box->setChecked(!on);
        });
        addRow(label, row.box);
    } else {
        row.field = addField(PropertyField::Kind::Line, label,
                             [set](const Analysis& before, const Place& at, const std::string& text) {
                                 return set(unlessEmpty(text))(before, at);
                             });
    }
    m_flags.push_back(row);
}

void CopyForm::fill(bool isSame)
{
    const StageGraph& graph = analysis().graph;
    const Edge& edge = graph.edges[*place().edge];
    const bool isMount = edge.kind == EdgeKind::Mount;
    const QString into = toQt(graph.label(stageNode(edge.to)));
    const std::uint32_t line = analysis().dockerfile.instructions[edge.instruction].lines.first;
    const QString heading = isMount                              ? tr("Mount in %1, line %2")
                            : edge.kind == EdgeKind::OnbuildCopy ? tr("ONBUILD COPY in %1, line %2")
                                                                 : tr("Copy in %1, line %2");
    setHeading(heading.arg(into).arg(line));
    m_from->setChoices(sourcesFor(graph, edge));
    put(*m_from, sourceLabel(graph, edge), isSame);
    setRowVisible(m_sources, !isMount);
    isSame ? m_sources->showValues(edge.paths) : m_sources->startWith(edge.paths);
    put(*m_destination, toQt(edge.destination), isSame);
    const QString where = isMount ? tr("Target") : tr("Destination");
    labelOf(m_destination)->setText(where);
    m_destination->line().setAccessibleName(where);
    fillFlags(isSame);
    fillOthers();
}

/// What runs between the same two is one line in the diagram, but lines of their own in the file.
void CopyForm::fillOthers()
{
    const StageGraph& graph = analysis().graph;
    const Edge& shown = graph.edges[*place().edge];
    std::vector<EdgeLinks::Link> others;
    for (std::size_t i = 0; i < graph.edges.size(); ++i) {
        const Edge& edge = graph.edges[i];
        if (i == *place().edge || edge.kind == EdgeKind::Base || edge.from != shown.from || edge.to != shown.to)
            continue;
        QStringList paths;
        for (const std::string& path : edge.paths)
            paths += toQt(path);
        others.push_back({i, paths.join(u' ')});
    }
    m_others->setVisible(!others.empty());
    if (!others.empty())
        m_others->show(graph, tr("Drawn as one line with"), others, theme());
}

void CopyForm::fillFlags(bool isSame)
{
    const std::vector<CopyFlag> flags = copyFlags(analysis(), *place().edge);
    for (const FlagRow& row : m_flags) {
        const auto flag = std::ranges::find(flags, row.name, &CopyFlag::name);
        setRowVisible(row.widget(), flag != flags.end());
        if (flag == flags.end())
            continue;
        if (row.field)
            put(*row.field, valueOf(*flag), isSame);
        else if (row.box)
            row.box->setChecked(flag->isOn());
        else
            isSame ? row.list->showValues(flag->values) : row.list->startWith(flag->values);
    }
    if (!isSame)
        m_boxObjection->hide();
    QPalette words = palette();
    words.setColor(QPalette::WindowText, theme().error);
    m_boxObjection->setPalette(words);
}

} // namespace stagelift::ui
