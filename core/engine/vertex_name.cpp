// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/vertex_name.h"

#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

/// What buildx does by itself, ahead of any target of its bake file.
constexpr QStringView kBakeItself = u"[internal] load local bake definitions";

/// os/architecture, with a variant perhaps. A stage's name can't hold a slash.
bool isPlatform(const QString& word)
{
    return word.contains(u'/');
}

void readLabel(QStringList words, VertexName& name)
{
    static const QRegularExpression place(u"^(\\d+)/(\\d+)$"_s);
    if (!words.isEmpty() && words.constFirst() == u"internal") {
        name.internal = true;
        return;
    }
    if (!words.isEmpty()) {
        if (const auto match = place.match(words.constLast()); match.hasMatch()) {
            name.number = match.captured(1).toInt();
            name.count = match.captured(2).toInt();
            words.removeLast();
        }
    }
    if (!words.isEmpty() && isPlatform(words.constFirst()))
        words.removeFirst();
    name.stage = words.value(0);
}

} // namespace

VertexName vertexName(const QString& name, bool inBake)
{
    static const QRegularExpression bracketed(u"^\\[([^\\]]*)\\]\\s*(.*)$"_s,
                                              QRegularExpression::DotMatchesEverythingOption);
    VertexName result;
    result.text = name;
    result.byClient = name == kBakeItself;
    const auto match = bracketed.match(name);
    if (match.hasMatch()) {
        QStringList words = match.captured(1).split(u' ', Qt::SkipEmptyParts);
        if (inBake && !result.byClient && !words.isEmpty())
            result.solve = words.takeFirst();
        if (words.isEmpty()) { // "[s1] exporting to image"
            result.text = match.captured(2);
            return result;
        }
        readLabel(words, result);
        if (result.internal || result.number > 0)
            result.text = match.captured(2);
    }
    return result;
}

} // namespace stagelift
