// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two builds of a file side by side: what became of each stage, what else is different, and how the text changed.

#pragma once

#include "core/history/kept_build.h"
#include "ui/theme/theme.h"

#include <QDialog>

class QLabel;
class QTableWidget;
class QTextBrowser;

namespace stagelift::ui {

class ComparisonDialog : public QDialog {
    Q_OBJECT
public:
    /// A build and its text.
    struct Side {
        KeptBuild build;
        QByteArray text;
    };

    ComparisonDialog(Side before, Side after, const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);

    [[nodiscard]] QTableWidget& table() { return *m_table; }
    /// The change of the text, line by line.
    [[nodiscard]] QTextBrowser& page() { return *m_page; }
    /// What is said above: the two builds, and what they were built with.
    [[nodiscard]] QString words() const;

private:
    void fillTable();
    void fillPage(const Theme& theme);

    Side m_before;
    Side m_after;
    QLabel* m_title = nullptr;
    QLabel* m_settings = nullptr;
    QTableWidget* m_table = nullptr;
    QTextBrowser* m_page = nullptr;
};

} // namespace stagelift::ui
