// SPDX-License-Identifier: GPL-3.0-or-later
//
// The beginning of one file as text. A file that is none is said to be so, and never shown as one.

#pragma once

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace stagelift::ui {

class FilePreview : public QWidget {
    Q_OBJECT
public:
    static constexpr qint64 kMost = 256 * 1024; // bytes that are shown

    explicit FilePreview(QWidget* parent = nullptr);

    /// It is being fetched.
    void expect(const QString& path);
    /// @param size of the whole file, in bytes
    void showContent(const QByteArray& bytes, qint64 size);
    /// What is said of it instead of its content.
    void showWords(const QString& headline, const QString& text);
    void showProblem(const QString& problem);

    [[nodiscard]] QString headline() const;
    [[nodiscard]] QString text() const;

signals:
    void closed();

private:
    QLabel* m_headline = nullptr;
    QPlainTextEdit* m_text = nullptr;
    QString m_path;
};

/// The text of a file's beginning, whose last character may be cut; nothing where it is no text.
[[nodiscard]] std::optional<QString> textOfFile(const QByteArray& bytes);

} // namespace stagelift::ui
