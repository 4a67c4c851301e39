// SPDX-License-Identifier: GPL-3.0-or-later
//
// The diagram's words for people, under one name for translators, and how strings of core become Qt's.

#pragma once

#include <QCoreApplication>
#include <QString>

#include <string_view>

namespace stagelift::ui {

struct Diagram {
    Q_DECLARE_TR_FUNCTIONS(Diagram)
};

[[nodiscard]] inline QString toQt(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace stagelift::ui
