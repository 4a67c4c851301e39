// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/build.h"
#include "core/report/size_table.h"

namespace stagelift {

QString humanSize(qint64 bytes)
{
    return QString::fromStdString(humanBytes(bytes));
}

} // namespace stagelift
