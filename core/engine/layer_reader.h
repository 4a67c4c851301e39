// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks an engine what layers the images of a build have: several at once, and each as soon as it is there, while the
// others are still being built. What is asked too early and fails is asked again in the end.

#pragma once

#include "core/engine/measure.h"

#include <QObject>
#include <QSet>

#include <functional>
#include <memory>

namespace stagelift {

class LayerReader {
public:
    /// @param ended called once after finish(), when all is known, with "", or with what went wrong, in a sentence
    LayerReader(const Engine& engine, std::function<void(const QString& problem)> ended);

    /// The image is there, probably.
    void begin(int stage, const QString& image);
    /// All images of the build are there.
    void finish(const QHash<int, QString>& images);
    /// No question is open any more, and none is asked.
    void giveUp();

    /// By stage, as far as it is known.
    [[nodiscard]] const QHash<int, MeasuredStage>& measured() const { return m_measured; }

private:
    struct Question {
        int stage;
        QString image;
        bool early; // it may not be there yet
    };

    void askNext();
    void take(Question question, const Answer& answer);
    void end(const QString& problem);

    Engine m_engine;
    const BuildStrategy& m_strategy;
    std::function<void(const QString& problem)> m_ended;
    QList<Question> m_waiting;
    QSet<int> m_open; // stages that are asked for right now
    QHash<int, MeasuredStage> m_measured;
    std::unique_ptr<QObject> m_asking; // owns the questions that are open
    bool m_final = false;
};

} // namespace stagelift
