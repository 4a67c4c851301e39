// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/build_options.h"

#include "core/engine/secrets.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

bool looksSecret(const QString& name, const QString& value)
{
    static const QRegularExpression kSecretValue(
        u"^(gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk-|AKIA|ASIA|npm_|pypi-|eyJ)|-----BEGIN |://[^/@\\s]+:[^/@\\s]+@"_s);
    return stagelift::looksSecret(name) || kSecretValue.match(value).hasMatch();
}

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
