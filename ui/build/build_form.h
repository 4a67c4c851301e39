// SPDX-License-Identifier: GPL-3.0-or-later
//
// The form for a file's builds: arguments, context, tags, platform; and the command that comes of them.

#pragma once

#include "core/edits/analysis.h"
#include "ui/build/build_options.h"

#include <QDialog>

#include <functional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QTableWidget;

namespace stagelift::ui {

class MoreOptions;

/// What choices come to.
struct BuildPreview {
    QString command; // "" where none can be told
    QString problem; // why the engine can't build so; "" where it can
};

class BuildForm : public QDialog {
    Q_OBJECT
public:
    using Preview = std::function<BuildPreview(const BuildChoices&)>;

    /// `defaultContext` is what an empty context means. `target` is a stage, which can't be chosen to be built beside
    /// itself; -1 for the last.
    BuildForm(const AnalysisPtr& analysis, const BuildChoices& choices, const QString& defaultContext, Preview preview,
              QWidget* parent = nullptr, int target = -1);

    /// What is set and can be read; what can't is told below, and until then nothing is accepted.
    [[nodiscard]] BuildChoices choices() const;
    [[nodiscard]] bool wantsBuild() const { return m_wantsBuild; }

private:
    void makeArguments(const AnalysisPtr& analysis, const BuildChoices& choices);
    QWidget* makeContext(const BuildChoices& choices, const QString& defaultContext);
    QWidget* makeCommand();
    QWidget* makeAlso(const StageGraph& graph, const QStringList& chosen, int target);
    void addButtons(QFormLayout& form);
    void wireFields();
    void addArgument(const QString& name, const QString& value, const QString& defaultValue);
    void changed();

    QTableWidget* m_arguments = nullptr;
    QLabel* m_secretNote = nullptr;
    QLineEdit* m_context = nullptr;
    QLineEdit* m_tags = nullptr;
    QComboBox* m_platform = nullptr;
    QListWidget* m_also = nullptr; // stages to be built beside the target; checked where they are
    QStringList m_alsoGone;        // chosen once, and not in the file as it is now
    QCheckBox* m_allStages = nullptr;
    QCheckBox* m_noCache = nullptr;
    MoreOptions* m_more = nullptr;
    BuildExtras m_readable; // the last that could be read
    QLabel* m_problem = nullptr;
    QList<QPushButton*> m_accepting; // what needs all to be readable
    QPlainTextEdit* m_command = nullptr;
    Preview m_preview;
    bool m_wantsBuild = false;
};

/// A declared build argument and what it is without --build-arg.
struct DeclaredArgument {
    QString name;
    QString defaultValue;
};

/// Every ARG of the file, each name once, in the order of the file.
[[nodiscard]] QList<DeclaredArgument> declaredArguments(const Dockerfile& dockerfile);

} // namespace stagelift::ui
