// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ctrl-C, and a polite end from outside, as an event: a program that has started others ends them before itself.

#pragma once

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace stagelift::app {

/// While it lives, the first SIGINT, SIGTERM or SIGHUP calls `interrupted` from the event loop; the next ends the
/// program as usual.
class Interruption {
public:
    explicit Interruption(std::function<void()> interrupted);
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;
    ~Interruption();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace stagelift::app
