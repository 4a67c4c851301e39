// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/engine.h"

using namespace Qt::StringLiterals;

namespace stagelift {

QString Engine::name() const
{
    return id.section(u'@', 0, 0).section(u'/', 0, 0);
}

QString Engine::label() const
{
    QString label = name();
    if (!version.isEmpty())
        label += u' ' + version;
    if (!where.isEmpty())
        label += u" (%1)"_s.arg(where);
    return label;
}

Command Engine::command(const QStringList& arguments) const
{
    return {program, at + arguments, {}, {}, {}};
}

} // namespace stagelift
