// SPDX-License-Identifier: GPL-3.0-or-later
//
// Engines ask credential helpers (docker-credential-NAME) for passwords, and wait for them for ever: for a key ring
// that is locked, or for a person at a terminal that is not there. Here somebody looks at the clock.

#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

#include <chrono>
#include <functional>

namespace stagelift {

class Process;

class CredentialWatch {
public:
    /// Some helpers ask a person, who may have to look for a password first.
    static constexpr std::chrono::minutes kPatience{2};

    /// @param engine outlives this
    /// @param hear called once, with the name of a helper that has run for longer than `patience`
    CredentialWatch(const Process& engine, std::chrono::milliseconds patience,
                    std::function<void(const QString& helper)> hear);

private:
    void look();

    const Process& m_engine;
    std::chrono::milliseconds m_patience;
    std::function<void(const QString& helper)> m_hear;
    QHash<qint64, QElapsedTimer> m_since; // by process: when it was first seen
    QTimer m_looks;
};

} // namespace stagelift
