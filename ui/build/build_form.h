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
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QTableWidget;

namespace stagelift::ui {

class BuildForm : public QDialog {
    Q_OBJECT
public:
    using Preview = std::function<QString(const BuildChoices&)>;

    /// `defaultContext` is what an empty context means; `preview` gives the command line, "" where none can be told.
    BuildForm(const AnalysisPtr& analysis, const BuildChoices& choices, const QString& defaultContext, Preview preview,
              QWidget* parent = nullptr);

    [[nodiscard]] BuildChoices choices() const;
    [[nodiscard]] bool wantsBuild() const { return m_wantsBuild; }

private:
    void makeArguments(const AnalysisPtr& analysis, const BuildChoices& choices);
    QWidget* makeContext(const BuildChoices& choices, const QString& defaultContext);
    QWidget* makeCommand();
    void addArgument(const QString& name, const QString& value, const QString& defaultValue);
    void changed();

    QTableWidget* m_arguments = nullptr;
    QLabel* m_secretNote = nullptr;
    QLineEdit* m_context = nullptr;
    QLineEdit* m_tags = nullptr;
    QComboBox* m_platform = nullptr;
    QCheckBox* m_allStages = nullptr;
    QCheckBox* m_noCache = nullptr;
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
