// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/argument_form.h"

#include "ui/diagram/words.h"
#include "ui/inspector/property_field.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stagelift::ui {

namespace {

constexpr auto kTyping = 200ms; // until what is typed shows
constexpr int kSpace = 8;       // px
constexpr int kMostLabel = 140; // px, so that a long name leaves room for its value

QString valueIn(const ArgumentForm::Given& given, const QString& name)
{
    // The last of a name counts, as on a command line.
    const auto found = std::ranges::find_last(given, name, &QPair<QString, QString>::first);
    return found.empty() ? QString() : found.front().second;
}

QToolButton* plainButton(const QString& text, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

ArgumentForm::ArgumentForm(QWidget* parent)
    : QWidget(parent),
      m_routing(new Section(tr("Build arguments"), this)),
      m_others(new Section({}, this)),
      m_more(plainButton(tr("Others"), this)),
      m_reset(plainButton(tr("Reset"), this)),
      m_note(new QLabel(this)),
      m_theme(Theme::ofDesktop())
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kSpace);
    m_note->setWordWrap(true);
    m_more->setCheckable(true);
    m_more->setArrowType(Qt::RightArrow);
    m_reset->setToolTip(tr("Take all of them back to their defaults"));
    m_others->hide();
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_more);
    buttons->addStretch();
    buttons->addWidget(m_reset);
    column->addWidget(m_routing);
    column->addWidget(m_note);
    column->addLayout(buttons);
    column->addWidget(m_others);
    connect(m_more, &QToolButton::toggled, this, [this](bool open) {
        m_more->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        m_others->setVisible(open);
    });
    connect(m_reset, &QToolButton::clicked, this, [this] {
        m_soon.stop();
        for (const Row& row : m_rows)
            row.field->startWith({});
        emit resetRequested();
    });
    m_soon.setSingleShot(true);
    m_soon.setInterval(kTyping);
    connect(&m_soon, &QTimer::timeout, this, &ArgumentForm::giveTyped);
}

void ArgumentForm::setTheme(const Theme& theme)
{
    m_theme = theme;
    QPalette quiet = theme.palette;
    quiet.setColor(QPalette::WindowText, theme.textQuiet);
    m_note->setPalette(quiet);
    for (const Row& row : m_rows)
        row.field->setTheme(theme);
}

void ArgumentForm::showArguments(const AnalysisPtr& analysis, const Given& given)
{
    const std::vector<BuildArgument> arguments = buildArgumentsOf(analysis->dockerfile, analysis->build);
    const auto sameRow = [](const Row& row, const BuildArgument& argument) {
        return row.argument.name == argument.name && row.argument.routes == argument.routes;
    };
    if (!std::ranges::equal(m_rows, arguments, sameRow))
        remake(arguments);
    bool isAnyGiven = false;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        Row& row = m_rows[i];
        row.argument = arguments[i];
        const QString value = valueIn(given, toQt(row.argument.name));
        row.field->showValue(value);
        row.field->setPlaceholder(row.argument.value.empty() ? tr("no default") : toQt(row.argument.value));
        QFont marked = font();
        marked.setBold(!value.isEmpty());
        row.label->setFont(marked);
        isAnyGiven = isAnyGiven || !value.isEmpty();
    }
    const auto routing = std::ranges::count(m_rows, true, [](const Row& row) { return row.argument.routes; });
    const auto others = static_cast<std::ptrdiff_t>(m_rows.size()) - routing;
    m_note->setVisible(routing == 0);
    m_note->setText(m_rows.empty() ? tr("The file declares none.") : tr("No FROM depends on one."));
    m_more->setVisible(others > 0);
    m_more->setText(tr("%n others", nullptr, static_cast<int>(others)));
    m_others->setVisible(others > 0 && m_more->isChecked());
    m_reset->setVisible(isAnyGiven);
}

void ArgumentForm::remake(const std::vector<BuildArgument>& arguments)
{
    QString focused;
    for (const Row& row : m_rows) {
        if (row.field->line().hasFocus())
            focused = toQt(row.argument.name);
    }
    giveTyped();
    m_rows.clear();
    m_routing->clearRows();
    m_others->clearRows();
    for (const BuildArgument& argument : arguments)
        addRow(argument);
    if (PropertyField* again = field(focused))
        again->line().setFocus();
}

void ArgumentForm::addRow(const BuildArgument& argument)
{
    const QString name = toQt(argument.name);
    Section* section = argument.routes ? m_routing : m_others;
    auto* field = new PropertyField(PropertyField::Kind::Line, tr("Build argument %1").arg(name), section);
    field->setTheme(m_theme);
    field->setLive(true);
    field->line().setClearButtonEnabled(true);
    section->addRow(name, field);
    QLabel* label = section->labelOf(field);
    QFont bold = font(); // as it is while it is given
    bold.setBold(true);
    label->setText(QFontMetrics(bold).elidedText(name, Qt::ElideMiddle, kMostLabel));
    label->setToolTip(argument.line > 0 ? tr("%1, declared in line %2").arg(name).arg(argument.line)
                                        : tr("%1, set by BuildKit").arg(name));
    m_rows.push_back({argument, field, label});
    connect(field, &PropertyField::typed, this, [this, name](const QString& value) {
        if (m_typedName != name)
            giveTyped();
        m_typedName = name;
        m_typedValue = value;
        m_soon.start();
    });
    connect(field, &PropertyField::committed, this, [this, name](const QString& value) {
        m_typedName = name;
        m_typedValue = value;
        giveTyped();
    });
}

void ArgumentForm::giveTyped()
{
    m_soon.stop();
    if (m_typedName.isEmpty())
        return;
    const QString name = std::exchange(m_typedName, {});
    emit argumentGiven(name, m_typedValue);
}

PropertyField* ArgumentForm::field(const QString& name) const
{
    const auto row = std::ranges::find(m_rows, name, [](const Row& each) { return toQt(each.argument.name); });
    return row == m_rows.end() ? nullptr : row->field;
}

ArgumentForm::Given routingArguments(const Analysis& analysis, const ArgumentForm::Given& given)
{
    ArgumentForm::Given routing;
    for (const BuildArgument& argument : buildArgumentsOf(analysis.dockerfile, analysis.build)) {
        const QString name = toQt(argument.name);
        const QString value = valueIn(given, name);
        if (argument.routes && !value.isEmpty())
            routing.emplace_back(name, value);
    }
    return routing;
}

} // namespace stagelift::ui
