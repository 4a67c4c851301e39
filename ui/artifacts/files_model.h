// SPDX-License-Identifier: GPL-3.0-or-later
//
// The files of a stage for a tree view. It answers from a FileView, so that a row costs nothing before it is shown, and
// hands rows out to be dragged as the paths that a COPY takes.

#pragma once

#include "core/edits/analysis.h"
#include "core/engine/files/file_view.h"
#include "ui/diagram/drag.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModel>
#include <QFileIconProvider>

namespace stagelift::ui {

class FilesModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column : quint8 { Name, Size, Bar, Change, Why, Layer, Mode, kColumns };

    explicit FilesModel(QObject* parent = nullptr);

    void setTheme(const Theme& theme);
    /// @param stage of `analysis`, whose files they are
    void show(FileView view, const AnalysisPtr& analysis, int stage);
    void clear();
    [[nodiscard]] const FileView& view() const { return m_view; }

    [[nodiscard]] ImageFiles::Id node(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(ImageFiles::Id node) const;
    /// "/usr/bin/app"
    [[nodiscard]] QString path(const QModelIndex& index) const;
    /// Rows as a COPY --from takes them; nothing where one of them can't be copied: hidden in the end, or the whole
    /// root, or a folder among others, for COPY would spread what is in it over the destination. What starts programs
    /// goes to where they look for it.
    [[nodiscard]] std::optional<ArtifactDrag> dragOf(const QModelIndexList& rows) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }
    [[nodiscard]] QStringList mimeTypes() const override { return {kArtifactFormat}; }
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;

private:
    [[nodiscard]] QString text(ImageFiles::Id node, int column) const;
    [[nodiscard]] QString nameText(ImageFiles::Id node) const;
    [[nodiscard]] QString explanation(ImageFiles::Id node) const;
    [[nodiscard]] QString inBoth(ImageFiles::Id node) const;
    [[nodiscard]] double share(ImageFiles::Id node) const;
    [[nodiscard]] const ImageFiles::Version* described(ImageFiles::Id node) const;

    Theme m_theme;
    FileView m_view;
    AnalysisPtr m_analysis;
    int m_stage = -1;
    QFileIconProvider m_icons;
};

/// What made a layer: "line 12: RUN npm ci", "base: ADD rootfs".
[[nodiscard]] QString layerLabel(const ImageFiles& files, const Analysis& analysis, int layer);
/// "rwxr-xr-x"
[[nodiscard]] QString modeText(quint16 mode);

} // namespace stagelift::ui
