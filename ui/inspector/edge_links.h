// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lines of the file as links, each with what it does.

#pragma once

#include "core/stages/stage_graph.h"
#include "ui/theme/theme.h"

#include <QLabel>

#include <vector>

namespace stagelift::ui {

class EdgeLinks : public QLabel {
    Q_OBJECT
public:
    struct Link {
        std::size_t edge;
        QString words;
    };

    explicit EdgeLinks(QWidget* parent);

    /// `heading` is left out where it is empty.
    void show(const StageGraph& graph, const QString& heading, const std::vector<Link>& links, const Theme& theme);

signals:
    void spanChosen(stagelift::Span span);

private:
    std::vector<Span> m_spans; // of the links
};

} // namespace stagelift::ui
