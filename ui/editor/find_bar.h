// SPDX-License-Identifier: GPL-3.0-or-later
//
// Find and replace, in a bar below the text. Matches are marked as the pattern is typed, and counted.

#pragma once

#include "ui/editor/search.h"

#include <QLabel>
#include <QLineEdit>
#include <QTimer>
#include <QToolButton>
#include <QWidget>

#include <expected>

namespace stagelift::ui {

class Editor;

class FindBar : public QWidget {
    Q_OBJECT
public:
    FindBar(Editor& editor, QWidget* parent);

    /// Opens the bar; a selection of one line becomes the pattern.
    void open(bool withReplace);
    void close();
    void findNext();
    void findPrevious();
    void replaceOne();
    void replaceAll();
    /// The text changed: looks again, after a moment.
    void textChanged();

    [[nodiscard]] std::size_t matchCount() const { return m_matches.size(); }

signals:
    void visibilityChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QToolButton* makeButton(const QString& text, const QString& name, const QString& tip);
    [[nodiscard]] QWidget* findRow();
    [[nodiscard]] QWidget* replaceRow();
    [[nodiscard]] SearchQuery query() const;
    void look();
    void searchAgain();
    void tellCount();
    void go(std::ptrdiff_t index);

    Editor& m_editor;
    QLineEdit* m_pattern = nullptr;
    QLineEdit* m_replacement = nullptr;
    QLabel* m_count = nullptr;
    QToolButton* m_matchCase = nullptr;
    QToolButton* m_wholeWords = nullptr;
    QToolButton* m_regularExpression = nullptr;
    QWidget* m_replaceRow = nullptr;
    QTimer m_later;
    std::vector<Span> m_matches;
    QString m_problem;
    std::uint32_t m_origin = 0; // where looking begins while the pattern is typed
};

} // namespace stagelift::ui
