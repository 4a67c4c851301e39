// SPDX-License-Identifier: GPL-3.0-or-later
//
// Builds to be kept, made up.

#pragma once

#include "core/history/history_store.h"

#include <QCryptographicHash>
#include <QTimeZone>

namespace stagelift::test {

inline const QByteArray kText = "FROM golang:1.22 AS build\nCOPY . /src\nRUN make\n"
                                "FROM scratch AS runtime\nCOPY --from=build /app /app\n";

/// That began so many minutes after noon of 1 May 2026, and whose image is so large.
inline KeptBuild keptBuild(int minute, qint64 ships, const QByteArray& text = kText)
{
    KeptBuild build;
    build.begun = QDateTime(QDate(2026, 5, 1), QTime(12, 0), QTimeZone::UTC).addSecs(60 * minute);
    build.target = QStringLiteral("runtime");
    build.engine = QStringLiteral("docker");
    build.version = QStringLiteral("26.1.5");
    build.where = QStringLiteral("default");
    build.milliseconds = 4800;
    build.arguments = {{QStringLiteral("MODE"), QStringLiteral("fast")}, {QStringLiteral("NPM_TOKEN"), std::nullopt}};
    build.textHash = QCryptographicHash::hash(text, QCryptographicHash::Sha256);
    build.stages = {{.index = 0,
                     .label = QStringLiteral("build"),
                     .from = QStringLiteral("golang:1.22"),
                     .total = 812'000'000,
                     .base = 800'000'000,
                     .own = 12'000'000,
                     .milliseconds = 4000,
                     .needed = true,
                     .instructions = {{2, 2, 2'000'000}, {3, 3, 10'000'000}}},
                    {.index = 1,
                     .label = QStringLiteral("runtime"),
                     .from = QStringLiteral("scratch"),
                     .total = ships,
                     .own = ships,
                     .milliseconds = 100,
                     .cached = true,
                     .ships = true,
                     .needed = true,
                     .instructions = {{5, 5, ships}}}};
    return build;
}

/// One that failed, and so has no stages.
inline KeptBuild failedBuild(int minute, const QByteArray& text = kText)
{
    KeptBuild build = keptBuild(minute, 0, text);
    build.outcome = BuildOutcome::Failed;
    build.message = QStringLiteral("Line 3, RUN make: exit code: 2");
    build.failedLine = 3;
    build.stages.clear();
    return build;
}

inline const QByteArray kOlder = "FROM golang:1.21 AS build\nCOPY . /src\nRUN make\n"
                                 "FROM scratch AS runtime\nCOPY --from=build /app /app\n";

/// Newest first: 16 MB, a failure, 14 MB.
inline QList<KeptBuild> threeBuilds()
{
    QList<KeptBuild> builds{keptBuild(2, 16'000'000), failedBuild(1), keptBuild(0, 14'000'000, kOlder)};
    builds[2].stages[1].cached = false;
    for (int i = 0; i < 3; ++i)
        builds[i].id = 3 - i;
    return builds;
}

} // namespace stagelift::test
