// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/csv.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift {

QString csvField(QString text)
{
    static constexpr QStringView kSpecial = u",\"\r\n";
    const bool special = std::ranges::any_of(text, [](QChar c) { return kSpecial.contains(c); });
    if (!special)
        return text;
    return u'"' + text.replace(u'"', u"\"\""_s) + u'"';
}

} // namespace stagelift
