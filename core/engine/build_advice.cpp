// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/build_advice.h"

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stagelift {

namespace {

constexpr auto kLongContext = 10s;

} // namespace

QString adviceOn(const QList<BuildStep>& steps)
{
    const auto context = std::ranges::find(steps, u"load build context"_s, &BuildStep::name);
    if (context == steps.end() || std::chrono::milliseconds(context->milliseconds) < kLongContext)
        return {};
    const QString seconds = QString::number(context->milliseconds / 1000);
    const QString took =
        context->transferred > 0
            ? Build::tr("To send the build context took %1 s, for %2.").arg(seconds, humanSize(context->transferred))
            : Build::tr("To send the build context took %1 s.").arg(seconds);
    return took + u' ' + Build::tr("What no COPY and no ADD needs can be left out of it: list it in .dockerignore.");
}

} // namespace stagelift
