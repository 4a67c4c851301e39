// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the checks find in a text, as a person reads it.

#pragma once

#include "core/edits/analysis.h"
#include "tests/core/reading.h"

#include <QStringList>

namespace stagelift::test {

/// "2 Rule: sentence"
inline QStringList findingsOf(const Diagnostics& diagnostics)
{
    QStringList list;
    for (const Diagnostic& diagnostic : diagnostics)
        list << QStringLiteral("%1 %2: %3")
                    .arg(diagnostic.lines.first)
                    .arg(shown(diagnostic.rule), shown(diagnostic.message));
    return list;
}

/// BuildKit's checks alone: ours have a test of their own.
inline AnalysisPtr checked(const QByteArray& text)
{
    CheckOptions options;
    options.own = false;
    return analyse(text.toStdString(), options);
}

} // namespace stagelift::test
