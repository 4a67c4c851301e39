// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/artifacts/files_model.h"

#include "core/edits/copy_edits.h"
#include "core/engine/build.h"
#include "core/history/history_report.h"
#include "ui/artifacts/program_words.h"
#include "ui/build/layer_tree.h"
#include "ui/build/sizes_model.h"
#include "ui/diagram/words.h"

#include <QMimeData>

#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr qsizetype kLongestInstruction = 60; // characters in a list

QString typeText(FileType type)
{
    switch (type) {
    case FileType::File:
        return FilesModel::tr("file");
    case FileType::Folder:
        return FilesModel::tr("folder");
    case FileType::Link:
        return FilesModel::tr("link");
    case FileType::HardLink:
        return FilesModel::tr("hard link");
    case FileType::Device:
        return FilesModel::tr("device");
    case FileType::Other:
        break;
    }
    return FilesModel::tr("pipe or socket");
}

/// "added", "changed", "hidden"
QString changeText(FileChange change)
{
    static const std::array<const char*, 3> kWords{QT_TRANSLATE_NOOP("stagelift::ui::FilesModel", "added"),
                                                   QT_TRANSLATE_NOOP("stagelift::ui::FilesModel", "changed"),
                                                   QT_TRANSLATE_NOOP("stagelift::ui::FilesModel", "hidden")};
    return FilesModel::tr(kWords.at(static_cast<std::size_t>(change)));
}

} // namespace

QString modeText(quint16 mode)
{
    QString text = u"rwxrwxrwx"_s;
    for (qsizetype i = 0; i < text.size(); ++i)
        if (!((mode >> (text.size() - 1 - i)) & 1U))
            text[i] = u'-';
    if (mode & 04000U)
        text[2] = text.at(2) == u'x' ? u's' : u'S';
    if (mode & 02000U)
        text[5] = text.at(5) == u'x' ? u's' : u'S';
    if (mode & 01000U)
        text[8] = text.at(8) == u'x' ? u't' : u'T';
    return text;
}

QString layerLabel(const ImageFiles& files, const Analysis& analysis, int layer)
{
    const ImageLayer& about = files.layers().at(layer);
    QString instruction = layerText(analysis, {.createdBy = about.createdBy, .instruction = about.instruction});
    if (instruction.size() > kLongestInstruction)
        instruction = instruction.left(kLongestInstruction - 1) + u'…';
    if (about.instruction < 0)
        return instruction.isEmpty() ? FilesModel::tr("layer %1").arg(layer + 1)
                                     : FilesModel::tr("base: %1").arg(instruction);
    const auto line = analysis.dockerfile.instructions.at(static_cast<std::size_t>(about.instruction)).lines.first;
    return FilesModel::tr("line %1: %2").arg(line).arg(instruction);
}

FilesModel::FilesModel(QObject* parent) : QAbstractItemModel(parent) {}

void FilesModel::setTheme(const Theme& theme)
{
    m_theme = theme;
}

void FilesModel::show(FileView view, const AnalysisPtr& analysis, int stage)
{
    beginResetModel();
    m_view = std::move(view);
    m_analysis = analysis;
    m_stage = stage;
    endResetModel();
}

void FilesModel::clear()
{
    show({}, nullptr, -1);
}

ImageFiles::Id FilesModel::node(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<ImageFiles::Id>(index.internalId()) : ImageFiles::kRoot;
}

QModelIndex FilesModel::indexOf(ImageFiles::Id node) const
{
    if (!m_view.files() || node == ImageFiles::kRoot || node >= m_view.files()->count())
        return {};
    const auto siblings = m_view.children(m_view.parent(node));
    const auto row = static_cast<std::size_t>(m_view.row(node));
    return row < siblings.size() && siblings[row] == node ? createIndex(m_view.row(node), Name, quintptr{node})
                                                          : QModelIndex();
}

QString FilesModel::path(const QModelIndex& index) const
{
    return m_view.files() ? toQt(m_view.files()->path(node(index))) : QString();
}

/// What is said of a row: what the view is about, else what a container sees.
const ImageFiles::Version* FilesModel::described(ImageFiles::Id node) const
{
    const ImageFiles::Version* version = m_view.version(node);
    return version ? version : m_view.files()->newest(node);
}

std::optional<ArtifactDrag> FilesModel::dragOf(const QModelIndexList& rows) const
{
    if (rows.isEmpty() || !m_analysis)
        return std::nullopt;
    const ImageFiles& files = *m_view.files();
    std::vector<std::string> paths;
    for (const QModelIndex& row : rows) {
        const ImageFiles::Id id = node(row);
        if (id == ImageFiles::kRoot || !files.exists(id))
            return std::nullopt;
        if (rows.size() > 1 && files.newest(id)->type == FileType::Folder)
            return std::nullopt;
        paths.push_back(literalPath(files.path(id), m_analysis->dockerfile.escape));
    }
    ArtifactDrag drag = artifactDrag(*m_analysis, stageNode(m_stage), std::move(paths));
    if (const CopyCandidate* candidate = m_view.candidate(node(rows.constFirst())); candidate && rows.size() == 1)
        drag.destination = candidate->destination;
    return drag;
}

QMimeData* FilesModel::mimeData(const QModelIndexList& indexes) const
{
    QModelIndexList rows;
    for (const QModelIndex& index : indexes)
        if (index.column() == Name)
            rows << index;
    const auto drag = dragOf(rows);
    return drag ? mimeOf(*drag).release() : nullptr;
}

QModelIndex FilesModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!m_view.files() || row < 0 || column < 0 || column >= kColumns)
        return {};
    const auto children = m_view.children(node(parent));
    if (std::cmp_greater_equal(row, children.size()))
        return {};
    return createIndex(row, column, quintptr{children[static_cast<std::size_t>(row)]});
}

QModelIndex FilesModel::parent(const QModelIndex& index) const
{
    return index.isValid() ? indexOf(m_view.parent(node(index))) : QModelIndex();
}

int FilesModel::rowCount(const QModelIndex& parent) const
{
    if (!m_view.files() || parent.column() > 0)
        return 0;
    return static_cast<int>(m_view.children(node(parent)).size());
}

int FilesModel::columnCount(const QModelIndex& /*parent*/) const
{
    return kColumns;
}

QString FilesModel::nameText(ImageFiles::Id node) const
{
    const ImageFiles& files = *m_view.files();
    QString name = toQt(m_view.isFlat() ? std::string_view(files.path(node)) : files.name(node));
    const ImageFiles::Version* version = described(node);
    if (version && version->type == FileType::Link)
        name += u" → "_s + toQt(files.linkOf(*version));
    return name;
}

QString FilesModel::text(ImageFiles::Id node, int column) const
{
    const ImageFiles::Version* version = described(node);
    switch (column) {
    case Name:
        return nameText(node);
    case Size:
        if (m_view.compares())
            return m_view.size(node) == 0 ? QString() : signedSize(m_view.size(node));
        if (version && version->change == FileChange::Hidden && m_view.query().arrangement != FileArrangement::Wasted)
            return humanSize(version->size);
        return version && version->type != FileType::Folder && version->type != FileType::File && m_view.size(node) == 0
                   ? QString()
                   : humanSize(m_view.size(node));
    case Change:
        if (m_view.compares() && m_view.version(node) && m_view.version(node)->change == FileChange::Hidden)
            return tr("removed");
        return m_view.version(node) ? changeText(m_view.version(node)->change) : QString();
    case Why:
        return m_view.candidate(node) ? candidateText(*m_view.files(), *m_view.candidate(node)) : QString();
    case Layer:
        return version ? layerLabel(*m_view.files(), *m_analysis, version->layer) : QString();
    case Mode:
        return version ? modeText(version->mode) : QString();
    default:
        return {};
    }
}

/// What it is in either stage of a comparison.
QString FilesModel::inBoth(ImageFiles::Id node) const
{
    const ImageFiles& files = *m_view.files();
    QStringList lines;
    for (const auto* version = files.newest(node); version; version = files.before(*version)) {
        const QString stage = files.layers().at(version->layer).createdBy;
        lines << (version->change == FileChange::Hidden
                      ? tr("in %1: not there").arg(stage)
                      : tr("in %1: %2, %3, %4")
                            .arg(stage, typeText(version->type), modeText(version->mode), exactSize(version->size)));
    }
    return lines.join(u'\n');
}

/// The tooltip: all that is known of it, version by version.
QString FilesModel::explanation(ImageFiles::Id node) const
{
    const ImageFiles& files = *m_view.files();
    QStringList lines{toQt(files.path(node))};
    if (const CopyCandidate* candidate = m_view.candidate(node))
        lines << candidateText(files, *candidate);
    else if (const ProgramFacts* facts = files.program(node))
        lines << programSummary(*facts);
    if (m_view.compares())
        return lines.join(u'\n') + u'\n' + inBoth(node);
    for (const auto* version = files.newest(node); version; version = files.before(*version))
        lines << tr("%1 by %2: %3, %4")
                     .arg(changeText(version->change), layerLabel(*m_view.files(), *m_analysis, version->layer),
                          typeText(version->type), exactSize(version->size));
    if (const qint64 wasted = files.wasted(node); wasted > 0)
        lines << tr("%1 of it are stored, and no container sees them").arg(exactSize(wasted));
    return lines.join(u'\n');
}

/// Of the folder that it is in; of all where there is no tree.
double FilesModel::share(ImageFiles::Id node) const
{
    const qint64 whole = m_view.size(m_view.parent(node));
    return whole > 0 ? static_cast<double>(m_view.size(node)) / static_cast<double>(whole) : 0;
}

QVariant FilesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ImageFiles::Id id = node(index);
    switch (role) {
    case Qt::DisplayRole:
        return text(id, index.column());
    case Qt::ToolTipRole:
        return explanation(id);
    case Qt::AccessibleTextRole:
        return index.column() == Size && !m_view.compares() ? exactSize(m_view.size(id)) : text(id, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == Size ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::DecorationRole: {
        const ImageFiles::Version* version = described(id);
        const bool isFolder = !version || version->type == FileType::Folder;
        return index.column() == Name
                   ? QVariant(m_icons.icon(isFolder ? QFileIconProvider::Folder : QFileIconProvider::File))
                   : QVariant();
    }
    case Qt::ForegroundRole: {
        const ImageFiles::Version* version = described(id);
        const bool isGone = version && version->change == FileChange::Hidden;
        return isGone || (index.column() >= Change && index.column() != Why) ? QVariant(m_theme.textQuiet) : QVariant();
    }
    case SizesModel::OwnShareRole:
        return index.column() == Bar ? QVariant(share(id)) : QVariant();
    case SizesModel::ShipsRole:
        return true;
    default:
        return {};
    }
}

QVariant FilesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractItemModel::headerData(section, orientation, role);
    switch (section) {
    case Name:
        return tr("Name");
    case Size:
        if (m_view.compares())
            return tr("Difference");
        return m_view.query().arrangement == FileArrangement::Wasted ? tr("Wasted") : tr("Size");
    case Change:
        return tr("Change");
    case Why:
        return tr("Why");
    case Layer:
        return tr("Layer");
    case Mode:
        return tr("Mode");
    default:
        return {};
    }
}

Qt::ItemFlags FilesModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (index.isValid() && m_view.files()->exists(node(index)))
        flags |= Qt::ItemIsDragEnabled;
    return flags;
}

} // namespace stagelift::ui
