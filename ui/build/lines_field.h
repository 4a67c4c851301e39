// SPDX-License-Identifier: GPL-3.0-or-later
//
// A field for several values, one a line: as high as a line edit until there are more.

#pragma once

#include <QPlainTextEdit>

namespace stagelift::ui {

class LinesField : public QPlainTextEdit {
    Q_OBJECT
public:
    LinesField(const QString& name, const QString& placeholder, const QStringList& lines, QWidget* parent);

    /// Without blanks around, and without empty ones.
    [[nodiscard]] QStringList lines() const;

    static constexpr int kMostLines = 4; // seen at once

private:
    void fitHeight();
};

} // namespace stagelift::ui
