// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/interruption.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <utility>

namespace stagelift::app {

namespace {

constexpr std::array handled{SIGINT, SIGTERM, SIGHUP};

/// The handler may do next to nothing: it writes a byte that the event loop reads.
std::array<int, 2> ends{-1, -1};

void onSignal(int signal)
{
    std::signal(signal, SIG_DFL);
    const char byte = 0;
    (void)!::write(ends[1], &byte, 1);
}

} // namespace

Interruption::Interruption(std::function<void()> interrupted)
{
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(ends[0], QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [interrupted = std::move(interrupted)] {
                         std::array<char, 16> bytes{};
                         (void)!::read(ends[0], bytes.data(), bytes.size());
                         interrupted();
                     });
    for (const int signal : handled)
        std::signal(signal, onSignal);
}

Interruption::~Interruption()
{
    for (const int signal : handled)
        std::signal(signal, SIG_DFL);
    m_notifier.reset();
    for (int& end : ends)
        ::close(std::exchange(end, -1));
}

} // namespace stagelift::app
