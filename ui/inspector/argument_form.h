// SPDX-License-Identifier: GPL-3.0-or-later
//
// What if: the build arguments of the file, with their defaults. A value that is typed here shows in the diagram at
// once, and a build is given it too; those that no FROM depends on stand under a fold.

#pragma once

#include "core/edits/analysis.h"
#include "core/stages/build_arguments.h"
#include "ui/build/build_options.h"
#include "ui/inspector/section.h"
#include "ui/theme/theme.h"

#include <QTimer>

#include <vector>

class QLabel;
class QToolButton;

namespace stagelift::ui {

class PropertyField;

class ArgumentForm : public QWidget {
    Q_OBJECT
public:
    using Given = QList<QPair<QString, QString>>;

    explicit ArgumentForm(QWidget* parent);

    void setTheme(const Theme& theme);
    void showArguments(const AnalysisPtr& analysis, const Given& given);
    /// The field of an argument; null where the file has none of that name.
    [[nodiscard]] PropertyField* field(const QString& name) const;
    [[nodiscard]] QToolButton& resetButton() { return *m_reset; }
    [[nodiscard]] QToolButton& moreButton() { return *m_more; }

signals:
    void argumentGiven(const QString& name, const QString& value); // "" is the default again
    void resetRequested();

private:
    struct Row {
        BuildArgument argument;
        PropertyField* field = nullptr;
        QLabel* label = nullptr;
    };

    void remake(const std::vector<BuildArgument>& arguments);
    void addRow(const BuildArgument& argument);
    void giveTyped();

    Section* m_routing = nullptr;
    Section* m_others = nullptr;
    QToolButton* m_more = nullptr;
    QToolButton* m_reset = nullptr;
    QLabel* m_note = nullptr;
    Theme m_theme;
    std::vector<Row> m_rows;
    QTimer m_soon;
    QString m_typedName; // of the argument that is being typed
    QString m_typedValue;
};

/// What of the given arguments decides what the stages of the file are built from: those that the diagram shows.
[[nodiscard]] ArgumentForm::Given routingArguments(const Analysis& analysis, const ArgumentForm::Given& given);

} // namespace stagelift::ui
