// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rows of the build form that few builds need, under a heading that folds them: folded until one of them is set.

#pragma once

#include "core/engine/build_extras.h"

#include <QObject>

#include <expected>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QToolButton;

namespace stagelift::ui {

class LinesField;

class MoreOptions : public QObject {
    Q_OBJECT
public:
    /// Adds its rows to `form`, which lays out `dialog`.
    MoreOptions(QFormLayout& form, const BuildExtras& extras, QWidget* dialog);

    /// What is set; or what is wrong with it, in a sentence.
    [[nodiscard]] std::expected<BuildExtras, QString> extras() const;
    [[nodiscard]] bool isUnfolded() const;

signals:
    void changed();
    void unfolded(bool unfolded);

private:
    void addHeading(QWidget* dialog);
    LinesField* addLines(const QString& label, const QString& placeholder, const QStringList& lines, QWidget* dialog);
    void unfold(bool shown);

    QFormLayout& m_form;
    QToolButton* m_heading = nullptr;
    QCheckBox* m_pull = nullptr;
    QComboBox* m_network = nullptr;
    LinesField* m_contexts = nullptr;
    LinesField* m_secrets = nullptr;
    LinesField* m_ssh = nullptr;
    LinesField* m_cacheFrom = nullptr;
    LinesField* m_cacheTo = nullptr;
    QList<QWidget*> m_rows;
};

} // namespace stagelift::ui
