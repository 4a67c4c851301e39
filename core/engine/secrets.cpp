// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/secrets.h"

#include "core/engine/log_style.h"

#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace stagelift {

namespace {

constexpr QChar kEscape(u'\x1b');

/// A secret is one as well where a style begins in the middle of it, as `grep --color` has it. Its styles stay.
/// @param bare the text without styles
QString cleanStyled(const QString& text, const QString& bare, const QString& secret)
{
    const QList<qsizetype> places = placesWithoutStyles(text);
    QString cleaned;
    qsizetype done = 0;
    for (qsizetype at = bare.indexOf(secret); at >= 0; at = bare.indexOf(secret, at + secret.size())) {
        const qsizetype begin = places[at];
        const qsizetype end = places[at + secret.size() - 1] + 1;
        cleaned += QStringView(text).sliced(done, begin - done);
        cleaned += kMask;
        for (qsizetype i = at; i + 1 < at + secret.size(); ++i)
            cleaned += QStringView(text).sliced(places[i] + 1, places[i + 1] - places[i] - 1);
        done = end;
    }
    return cleaned.append(QStringView(text).sliced(done));
}

} // namespace

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

qsizetype Redactor::heldBack(const QString& text) const
{
    qsizetype keep = 0;
    for (const QString& secret : std::as_const(m_secrets))
        for (qsizetype length = std::min(secret.size() - 1, text.size()); length > keep; --length)
            if (text.endsWith(QStringView(secret).first(length)))
                keep = length;
    // What is kept back must not begin inside a whole secret.
    for (const QString& secret : std::as_const(m_secrets))
        if (const qsizetype at = text.lastIndexOf(secret); at >= 0 && at + secret.size() > text.size() - keep)
            keep = std::max(keep, text.size() - at);
    return keep;
}

QString Redactor::feed(const QString& piece)
{
    if (m_secrets.isEmpty())
        return piece;
    const QString text = m_held + piece;
    const QString bare = withoutStyles(text);
    const qsizetype keep = heldBack(bare);
    const qsizetype cut = keep == 0                    ? text.size()
                          : bare.size() == text.size() ? text.size() - keep
                                                       : placesWithoutStyles(text)[bare.size() - keep];
    m_held = text.sliced(cut);
    return clean(text.first(cut));
}

QString Redactor::flush()
{
    return clean(std::exchange(m_held, {}));
}

QString Redactor::clean(QString text) const
{
    const bool isStyled = text.contains(kEscape);
    QString bare = isStyled ? withoutStyles(text) : QString();
    for (const QString& secret : m_secrets) {
        if (!isStyled) {
            text.replace(secret, kMask.toString());
        } else if (bare.contains(secret)) {
            text = cleanStyled(text, bare, secret);
            bare = withoutStyles(text);
        }
    }
    return text;
}

} // namespace stagelift
