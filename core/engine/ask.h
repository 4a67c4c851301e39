// SPDX-License-Identifier: GPL-3.0-or-later
//
// A short question to a program: run it, and hear its whole answer at once.

#pragma once

#include "core/engine/command.h"

#include <QObject>

#include <chrono>
#include <functional>

namespace stagelift {

struct Answer {
    bool ok = false; // it exited with 0
    QByteArray output;
    QByteArray errors;
    QString problem; // where it is not ok: the first line it complained with, or why it did not run

    [[nodiscard]] static QString complaint(const QByteArray& errors);
};

constexpr std::chrono::seconds kPatience{10};

/// Calls back exactly once, unless `context` goes away before; a program that takes longer than `patience` is ended.
void ask(const Command& command, QObject* context, std::function<void(const Answer&)> hear,
         std::chrono::milliseconds patience = kPatience);

} // namespace stagelift
