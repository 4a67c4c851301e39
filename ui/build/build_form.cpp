// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/build_form.h"

#include "ui/build/more_options.h"
#include "ui/theme/apply_theme.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTableWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kWidth = 620;      // px
constexpr int kFieldWidth = 480; // px; the least that is beside the labels
constexpr int kArgumentRows = 5; // seen at once
constexpr int kCommandLines = 4; // seen at once
constexpr int kAlsoPadding = 10; // px, round a word
constexpr int kAlsoInARow = 4;   // words, about
constexpr int kAlsoRows = 3;     // seen at once
constexpr int kNameWidth = 200;  // px
constexpr int kNameColumn = 0;
constexpr int kValueColumn = 1;

QString text(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

QString withoutQuotes(const QString& value)
{
    const bool quoted =
        value.size() >= 2 && value.front() == value.back() && (value.front() == u'"' || value.front() == u'\'');
    return quoted ? value.sliced(1, value.size() - 2) : value;
}

} // namespace

QList<DeclaredArgument> declaredArguments(const Dockerfile& dockerfile)
{
    QList<DeclaredArgument> declared;
    for (const Instruction& instruction : dockerfile.instructions) {
        if (instruction.keyword != Keyword::Arg)
            continue;
        for (const Word& word : instruction.args) { // NAME or NAME=VALUE
            const QString written = text(word.text);
            const QString name = written.section(u'=', 0, 0);
            const bool known = std::ranges::any_of(declared, [&](const auto& each) { return each.name == name; });
            if (!known)
                declared.append({.name = name, .defaultValue = withoutQuotes(written.section(u'=', 1))});
        }
    }
    return declared;
}

BuildForm::BuildForm(const AnalysisPtr& analysis, const BuildChoices& choices, const QString& defaultContext,
                     Preview preview, QWidget* parent, int target)
    : QDialog(parent),
      m_arguments(new QTableWidget(this)),
      m_secretNote(new QLabel(this)),
      m_tags(new QLineEdit(this)),
      m_platform(new QComboBox(this)),
      m_allStages(new QCheckBox(tr("Build and measure stages that the target does not need"), this)),
      m_noCache(new QCheckBox(tr("Build anew, without the cache"), this)),
      m_problem(new QLabel(this)),
      m_preview(std::move(preview))
{
    setWindowTitle(tr("Build Options"));
    auto* form = new QFormLayout(this);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    makeArguments(analysis, choices);
    form->addRow(tr("Build &arguments"), m_arguments);
    form->addRow(QString(), m_secretNote);
    form->addRow(tr("&Context"), makeContext(choices, defaultContext));

    QWidget* also = makeAlso(analysis->graph, choices.alsoTargets, target);
    form->addRow(tr("Build a&lso"), also);
    form->setRowVisible(also, m_also->count() > 0);

    m_tags->setText(choices.tags.join(u' '));
    m_tags->setPlaceholderText(tr("none; several are divided by blanks"));
    form->addRow(tr("&Tags"), m_tags);
    m_platform->setEditable(true);
    m_platform->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_platform->addItems({{}, u"linux/amd64"_s, u"linux/arm64"_s, u"linux/arm/v7"_s});
    m_platform->lineEdit()->setPlaceholderText(tr("the engine's own"));
    m_platform->setCurrentText(choices.platform);
    form->addRow(tr("&Platform"), m_platform);
    m_allStages->setChecked(choices.allStages);
    m_noCache->setChecked(choices.noCache);
    form->addRow(QString(), m_allStages);
    form->addRow(QString(), m_noCache);
    m_more = new MoreOptions(*form, choices.extras, this);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    form->addRow(QString(), m_problem);
    form->addRow(tr("Command"), makeCommand());
    addButtons(*form);
    wireFields();
    changed();
    resize(kWidth, sizeHint().height());
}

void BuildForm::addButtons(QFormLayout& form)
{
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    QPushButton* build = buttons->addButton(tr("&Build"), QDialogButtonBox::ActionRole);
    build->setIcon(themeIcon(u"media-playback-start"_s));
    form.addRow(buttons);
    m_accepting = {buttons->button(QDialogButtonBox::Ok), build};
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(build, &QPushButton::clicked, this, [this] {
        m_wantsBuild = true;
        accept();
    });
}

void BuildForm::wireFields()
{
    for (QLineEdit* edit : {m_context, m_tags, m_platform->lineEdit()})
        connect(edit, &QLineEdit::textChanged, this, &BuildForm::changed);
    for (QCheckBox* box : {m_allStages, m_noCache})
        connect(box, &QCheckBox::toggled, this, &BuildForm::changed);
    connect(m_also, &QListWidget::itemChanged, this, &BuildForm::changed);
    connect(m_arguments, &QTableWidget::itemChanged, this, &BuildForm::changed);
    connect(m_more, &MoreOptions::changed, this, &BuildForm::changed);
    connect(m_more, &MoreOptions::unfolded, this, [this] {
        layout()->activate();
        resize(width(), sizeHint().height());
    });
}

void BuildForm::makeArguments(const AnalysisPtr& analysis, const BuildChoices& choices)
{
    m_arguments->setColumnCount(2);
    m_arguments->setHorizontalHeaderLabels({tr("Name"), tr("Value")});
    m_arguments->horizontalHeader()->setStretchLastSection(true);
    m_arguments->horizontalHeader()->resizeSection(kNameColumn, kNameWidth);
    m_arguments->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_arguments->verticalHeader()->hide();
    m_arguments->setAccessibleName(tr("Build arguments"));
    m_arguments->setTabKeyNavigation(false);

    QList<QPair<QString, QString>> set = choices.buildArgs;
    for (const DeclaredArgument& declared : declaredArguments(analysis->dockerfile)) {
        const auto given = std::ranges::find(set, declared.name, &QPair<QString, QString>::first);
        addArgument(declared.name, given == set.end() ? QString() : given->second, declared.defaultValue);
        if (given != set.end())
            set.erase(given);
    }
    for (const auto& [name, value] : std::as_const(set))
        addArgument(name, value, {});
    addArgument({}, {}, {});
    const int row = m_arguments->rowHeight(0);
    const int header = m_arguments->horizontalHeader()->sizeHint().height();
    m_arguments->setMinimumHeight(header + row * std::min(m_arguments->rowCount(), kArgumentRows) + row / 3);
}

void BuildForm::addArgument(const QString& name, const QString& value, const QString& defaultValue)
{
    const int row = m_arguments->rowCount();
    m_arguments->insertRow(row);
    m_arguments->setItem(row, kNameColumn, new QTableWidgetItem(name));
    auto* cell = new QTableWidgetItem(value);
    if (!defaultValue.isEmpty())
        cell->setToolTip(tr("Left empty: %1, as the file says").arg(defaultValue));
    m_arguments->setItem(row, kValueColumn, cell);
}

QWidget* BuildForm::makeContext(const BuildChoices& choices, const QString& defaultContext)
{
    auto* holder = new QWidget(this);
    auto* row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    m_context = new QLineEdit(choices.context, holder);
    m_context->setPlaceholderText(defaultContext.isEmpty() ? tr("a folder; the file was never saved") : defaultContext);
    m_context->setAccessibleName(tr("Context"));
    auto* browse = new QPushButton(tr("Choose…"), holder);
    browse->setAutoDefault(false);
    connect(browse, &QPushButton::clicked, this, [this, defaultContext] {
        const QString start = m_context->text().isEmpty() ? defaultContext : m_context->text();
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Build Context"), start);
        if (!folder.isEmpty())
            m_context->setText(folder);
    });
    row->addWidget(m_context, 1);
    row->addWidget(browse);
    holder->setFocusProxy(m_context);
    return holder;
}

/// The stages beside the target, one after the other as words in a line.
QWidget* BuildForm::makeAlso(const StageGraph& graph, const QStringList& chosen, int target)
{
    m_also = new QListWidget(this);
    m_also->setAccessibleName(tr("Build also"));
    m_also->setToolTip(tr("Stages that are built in the same build, each into an image of its own"));
    m_also->setFlow(QListView::LeftToRight);
    m_also->setWrapping(true);
    m_also->setResizeMode(QListView::Adjust);
    m_also->setSpacing(2);
    m_also->setTabKeyNavigation(false);
    m_also->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_alsoGone = chosen;
    for (const Stage& stage : graph.stages) {
        const QString label = QString::fromStdString(graph.label(stageNode(stage.index)));
        if (stage.index == (target < 0 ? graph.defaultTarget() : target) ||
            !m_also->findItems(label, Qt::MatchExactly | Qt::MatchCaseSensitive).isEmpty())
            continue;
        auto* item = new QListWidgetItem(label, m_also);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(chosen.contains(label) ? Qt::Checked : Qt::Unchecked);
        m_alsoGone.removeAll(label);
    }
    const int row = m_also->fontMetrics().lineSpacing() + kAlsoPadding;
    const int rows = m_also->count() > kAlsoInARow ? kAlsoRows : 1;
    m_also->setFixedHeight(row * rows + 2 * m_also->frameWidth() + 2 * m_also->spacing());
    return m_also;
}

QWidget* BuildForm::makeCommand()
{
    auto* holder = new QWidget(this);
    auto* row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    m_command = new QPlainTextEdit(holder);
    m_command->setReadOnly(true);
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_command->setFixedHeight(m_command->fontMetrics().lineSpacing() * kCommandLines + 12);
    m_command->setTabChangesFocus(true);
    m_command->setAccessibleName(tr("Command"));
    auto* copy = new QPushButton(themeIcon(u"edit-copy"_s), tr("Copy"), holder);
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_command->toPlainText()); });
    row->addWidget(m_command, 1);
    row->addWidget(copy, 0, Qt::AlignTop);
    return holder;
}

BuildChoices BuildForm::choices() const
{
    static const QRegularExpression kBlanks(u"[\\s,]+"_s);
    BuildChoices choices;
    for (int row = 0; row < m_arguments->rowCount(); ++row) {
        const QString name = m_arguments->item(row, kNameColumn)->text().trimmed();
        const QString value = m_arguments->item(row, kValueColumn)->text();
        if (!name.isEmpty() && !value.isEmpty())
            choices.buildArgs.emplace_back(name, value);
    }
    choices.context = m_context->text().trimmed();
    choices.tags = m_tags->text().split(kBlanks, Qt::SkipEmptyParts);
    choices.platform = m_platform->currentText().trimmed();
    for (int row = 0; row < m_also->count(); ++row)
        if (m_also->item(row)->checkState() == Qt::Checked)
            choices.alsoTargets << m_also->item(row)->text();
    choices.alsoTargets += m_alsoGone; // they may come back
    choices.allStages = m_allStages->isChecked();
    choices.noCache = m_noCache->isChecked();
    choices.extras = m_more->extras().value_or(m_readable);
    return choices;
}

void BuildForm::changed()
{
    const int last = m_arguments->rowCount() - 1;
    if (!m_arguments->item(last, kNameColumn)->text().isEmpty()) {
        const QSignalBlocker blocker(m_arguments);
        addArgument({}, {}, {});
    }
    const auto extras = m_more->extras();
    if (extras)
        m_readable = *extras;
    const BuildChoices now = choices();
    const QStringList secrets = forgotten(now);
    m_secretNote->setVisible(!secrets.isEmpty());
    m_secretNote->setText(tr("Not remembered, because it looks like a secret: %1").arg(secrets.join(u", "_s)));
    const BuildPreview preview = m_preview(now);
    const QString problem = extras ? preview.problem : extras.error();
    m_problem->setText(problem);
    m_problem->setMinimumHeight(problem.isEmpty() ? 0 : m_problem->heightForWidth(kFieldWidth));
    m_problem->setVisible(!problem.isEmpty());
    for (QPushButton* button : std::as_const(m_accepting))
        button->setEnabled(extras.has_value());
    m_command->setPlainText(preview.command);
}

} // namespace stagelift::ui
