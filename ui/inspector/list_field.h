// SPDX-License-Identifier: GPL-3.0-or-later
//
// Several values of a kind, a line each: paths that are copied, patterns that are left out. An empty line at the end
// takes one more; what is emptied goes.

#pragma once

#include "ui/inspector/property_field.h"

#include <functional>
#include <string>
#include <vector>

class QToolButton;
class QVBoxLayout;

namespace stagelift::ui {

class ListField : public QWidget {
    Q_OBJECT
public:
    using Values = std::vector<std::string>;
    using Check = std::function<Objection(const Values&)>;

    /// `name` is what a screen reader calls a line of it; `more` stands in the empty line.
    ListField(const QString& name, const QString& more, QWidget* parent);

    void setTheme(const Theme& theme);
    void setCheck(Check check) { m_check = std::move(check); }
    void showValues(const Values& values);
    void startWith(const Values& values);
    /// Beside the line that was changed last.
    void object(const Objection& objection);

    /// The line at `index`; the empty one behind the last.
    [[nodiscard]] PropertyField& line(std::size_t index) { return *m_lines.at(index).field; }
    [[nodiscard]] QToolButton& removeButton(std::size_t index) { return *m_lines.at(index).remove; }
    [[nodiscard]] std::size_t lineCount() const { return m_lines.size(); }

signals:
    void committed(const std::vector<std::string>& values);
    void remedyChosen(const stagelift::ui::Objection& objection);

private:
    struct Line {
        QWidget* holder = nullptr;
        PropertyField* field = nullptr;
        QToolButton* remove = nullptr;
    };

    void setLineCount(std::size_t count);
    void addLine();
    [[nodiscard]] Values with(std::size_t index, const QString& text) const;
    void change(std::size_t index, const QString& text);

    QString m_name;
    QString m_more;
    Theme m_theme;
    Check m_check;
    Values m_values;
    std::vector<Line> m_lines;
    std::size_t m_changed = 0;
    QVBoxLayout* m_column = nullptr;
};

} // namespace stagelift::ui
