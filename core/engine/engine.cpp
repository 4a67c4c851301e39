// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/engine.h"

namespace stagelift {

QString Engine::label() const
{
    QString label = id;
    if (!version.isEmpty())
        label += u' ' + version;
    if (!where.isEmpty())
        label += QStringLiteral(" (%1)").arg(where);
    return label;
}

} // namespace stagelift
