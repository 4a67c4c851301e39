// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/secrets.h"

#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace stagelift {

bool looksSecret(const QString& name)
{
    static const QRegularExpression secret(
        QStringLiteral("(?:_|^)(?:apikey|auth|credential|credentials|key|password|pword|passwd|secret|token)(?:_|$)"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression open(QStringLiteral("(?:_|^)public(?:_|$)"),
                                         QRegularExpression::CaseInsensitiveOption);
    return secret.match(name).hasMatch() && !open.match(name).hasMatch();
}

bool looksSecret(const QString& name, const QString& value)
{
    static const QRegularExpression kSecretValue(
        QStringLiteral("^(gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk-|AKIA|ASIA|npm_|pypi-|eyJ)|-----BEGIN |"
                       "://[^/@\\s]+:[^/@\\s]+@"));
    return looksSecret(name) || kSecretValue.match(value).hasMatch();
}

Redactor::Redactor(QStringList secrets) : m_secrets(std::move(secrets))
{
    m_secrets.removeAll(QString());
    m_secrets.removeDuplicates();
    std::ranges::stable_sort(m_secrets, std::ranges::greater(), &QString::size);
}

QString Redactor::feed(const QString& piece)
{
    const QString text = m_held + piece;
    qsizetype keep = 0;
    for (const QString& secret : std::as_const(m_secrets))
        for (qsizetype length = std::min(secret.size() - 1, text.size()); length > keep; --length)
            if (text.endsWith(QStringView(secret).first(length)))
                keep = length;
    // What is kept back must not begin inside a whole secret.
    for (const QString& secret : std::as_const(m_secrets))
        if (const qsizetype at = text.lastIndexOf(secret); at >= 0 && at + secret.size() > text.size() - keep)
            keep = std::max(keep, text.size() - at);
    m_held = text.last(keep);
    return clean(text.chopped(keep));
}

QString Redactor::flush()
{
    return clean(std::exchange(m_held, {}));
}

QString Redactor::clean(QString text) const
{
    for (const QString& secret : m_secrets)
        text.replace(secret, kMask.toString());
    return text;
}

} // namespace stagelift
