// SPDX-License-Identifier: GPL-3.0-or-later
//
// What layers the images of a build have. The engine is asked: several questions at once, and each as soon as the image
// is there, while the others are still being built; what is asked too early and fails is asked again in the end. Or
// somebody else finds out, and gives them.

#pragma once

#include "core/engine/docker_api.h"
#include "core/engine/measure.h"

#include <QObject>
#include <QSet>

#include <expected>
#include <functional>
#include <memory>
#include <optional>

namespace stagelift {

class LayerReader {
public:
    /// @param ended called once after finish(), when all is known, with "", or with what went wrong, in a sentence
    LayerReader(const Engine& engine, std::function<void(const QString& problem)> ended);

    /// The layers of a stage will be given: the engine is not asked for them.
    void expect(int stage) { m_open.insert(stage); }
    /// @param layers of a stage that was expected; or why they can't be had, in a sentence
    void give(int stage, const QString& image, const std::expected<Layers, QString>& layers);
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
    void put(const Question& question);
    void putToProgram(const Question& question);
    void take(Question question, const Answer& answer);
    void end(const QString& problem);

    Engine m_engine;
    const BuildStrategy& m_strategy;
    std::function<void(const QString& problem)> m_ended;
    std::optional<DockerApi> m_api; // quicker than the program, where there is one
    QList<Question> m_waiting;
    QSet<int> m_open; // stages whose answer is on its way
    QHash<int, MeasuredStage> m_measured;
    std::unique_ptr<QObject> m_asking; // owns the questions that are open
    QString m_problem;                 // of what was given
    bool m_final = false;
};

} // namespace stagelift
