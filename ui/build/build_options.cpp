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

} // namespace stagelift::ui
