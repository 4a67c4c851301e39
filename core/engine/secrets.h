// SPDX-License-Identifier: GPL-3.0-or-later
//
// Build arguments that look like secrets stay out of logs, histories and command lines.

#pragma once

#include <QString>
#include <QStringList>

namespace stagelift {

/// By its name: TOKEN, DB_PASSWORD, NPM_AUTH, AWS_SECRET_ACCESS_KEY. The words are those of BuildKit's rule
/// SecretsUsedInArgOrEnv (frontend/dockerfile/dockerfile2llb/convert.go), its exceptions included: PUBLIC_KEY is none.
[[nodiscard]] bool looksSecret(const QString& name);

/// True where a build argument's name or value looks like a credential: TOKEN, PASSWORD, KEY …, a value of a known
/// token's shape, or a link with a password in it. Such values are never written to the settings or the history.
[[nodiscard]] bool looksSecret(const QString& name, const QString& value);

/// What stands in a secret's place.
inline constexpr QStringView kMask = u"****";

/// Takes secrets out of a text that comes in pieces: what may be the beginning of one is held back until it is known.
/// The text may hold style sequences (see LogText), whole ones in each piece.
class Redactor {
public:
    explicit Redactor(QStringList secrets = {});

    /// The part of what came so far that can be shown.
    [[nodiscard]] QString feed(const QString& piece);
    /// What was held back: the text has ended.
    [[nodiscard]] QString flush();
    /// A whole text at once.
    [[nodiscard]] QString clean(QString text) const;

private:
    [[nodiscard]] qsizetype heldBack(const QString& text) const;

    QStringList m_secrets; // longest first, none empty
    QString m_held;
};

} // namespace stagelift
