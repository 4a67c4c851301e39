// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/lines_field.h"

#include <QLineEdit>
#include <QTextDocument>

#include <algorithm>

namespace stagelift::ui {

LinesField::LinesField(const QString& name, const QString& placeholder, const QStringList& lines, QWidget* parent)
    : QPlainTextEdit(lines.join(u'\n'), parent)
{
    setAccessibleName(name);
    setPlaceholderText(placeholder);
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &LinesField::fitHeight);
    fitHeight();
}

QStringList LinesField::lines() const
{
    QStringList lines;
    for (const QString& line : toPlainText().split(u'\n'))
        if (const QString text = line.trimmed(); !text.isEmpty())
            lines << text;
    return lines;
}

void LinesField::fitHeight()
{
    const int shown = std::clamp(blockCount(), 1, kMostLines);
    const int one = QLineEdit().sizeHint().height();
    setFixedHeight(one + (shown - 1) * fontMetrics().lineSpacing());
    // With one line there is nothing to scroll, whatever the margins come to.
    setVerticalScrollBarPolicy(blockCount() > kMostLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
}

} // namespace stagelift::ui
