// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/build_options.h"

#include "core/engine/secrets.h"

namespace stagelift::ui {

QStringList forgotten(const BuildChoices& choices)
{
    QStringList names;
    for (const auto& [name, value] : choices.buildArgs)
        if (looksSecret(name, value))
            names << name;
    for (const NamedContext& context : choices.extras.contexts)
        if (looksSecret({}, context.value))
            names << context.name;
    return names;
}

} // namespace stagelift::ui
