// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands in a node and how large it must be for that. A face is a node at (0, 0); the layout then says where it
// goes.

#pragma once

#include "core/artifacts/artifacts.h"
#include "core/stages/budgets.h"
#include "ui/diagram/picture.h"

#include <QHash>

namespace stagelift::ui {

/// What the faces of one picture have in common.
class FaceMaker {
public:
    FaceMaker(const PictureInput& input, const PictureFonts& fonts, int target);

    [[nodiscard]] PictureNode face(NodeRef ref) const;
    /// One for a chain of stages: what leaves the chain is in it.
    [[nodiscard]] PictureNode stackFace(const std::vector<int>& chain) const;
    [[nodiscard]] Role role(int stage) const;
    [[nodiscard]] bool isNeeded(int stage) const;

private:
    struct Header;

    [[nodiscard]] PictureNode stageFace(int stage, const std::vector<int>& members) const;
    [[nodiscard]] QString titleOf(const PictureNode& node) const;
    [[nodiscard]] std::optional<StageProgress> progressOf(const PictureNode& node) const;
    [[nodiscard]] PictureNode quietFace(NodeRef ref, const QString& title) const;
    [[nodiscard]] double addRows(PictureNode& node, double top, double& width) const;
    /// Those of an open stage.
    [[nodiscard]] double addInstructions(PictureNode& node, double top, double& width) const;
    [[nodiscard]] double addStatus(PictureNode& node, double top, double& width) const;
    void describeSize(PictureNode& node, const StageSize& size) const;
    void describeProgress(PictureNode& node, const StageProgress& progress) const;
    void cutToWidth(PictureNode& node, double width) const;
    void setRole(PictureNode& node) const;
    [[nodiscard]] PictureText badgeOf(const PictureNode& node) const;
    [[nodiscard]] QString subtitleOf(const PictureNode& node) const;

    const PictureInput& m_input;
    const PictureFonts& m_fonts;
    const StageGraph& m_graph;
    mutable ArtifactFinder m_artifacts; // remembers what it has found
    Budgets m_budgets;
    int m_target;
    double m_unit;
    std::vector<bool> m_needed;
    std::vector<bool> m_ships;
    std::vector<std::vector<int>> m_tests; // of each stage that is only for tests
    QHash<int, StageSize> m_sizes;
    qint64 m_largest = 0;
};

} // namespace stagelift::ui
