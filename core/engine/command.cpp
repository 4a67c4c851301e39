// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/command.h"

#include <QFileInfo>
#include <QRegularExpression>

namespace stagelift {

QString shellWord(const QString& word)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_@%+=:,./-]+$"));
    if (plain.match(word).hasMatch())
        return word;
    QString inside = word;
    inside.replace(u'\'', QStringLiteral("'\\''"));
    return u'\'' + inside + u'\'';
}

QString shellLine(const Command& command)
{
    QStringList words;
    for (const auto& [name, value] : command.environment)
        words << name + u'=' + shellWord(value);
    words << shellWord(QFileInfo(command.program).fileName());
    for (const QString& argument : command.arguments)
        words << shellWord(argument);
    return words.join(u' ');
}

} // namespace stagelift
