// SPDX-License-Identifier: GPL-3.0-or-later
//
// How many edits may be tried to say beforehand which are possible, without anyone waiting for the answer.

#pragma once

#include <QElapsedTimer>

namespace stagelift::ui {

/// For a menu that opens or a drag that begins: what there is no time left to try is offered untried, and refused, if
/// it must be, when it is chosen.
class Patience {
public:
    /// `always` are tried however long they take.
    explicit Patience(int always = 6) : m_always(always) { m_clock.start(); }
    [[nodiscard]] bool allowsAnother() { return m_tried++ < m_always || m_clock.elapsed() < kMilliseconds; }

private:
    static constexpr int kMilliseconds = 15;
    QElapsedTimer m_clock;
    int m_always;
    int m_tried = 0;
};

} // namespace stagelift::ui
