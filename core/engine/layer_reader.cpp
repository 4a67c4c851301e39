// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/layer_reader.h"

#include <algorithm>
#include <utility>

namespace stagelift {

namespace {

constexpr qsizetype kAtOnce = 4; // processes: they mostly wait for the daemon

} // namespace

LayerReader::LayerReader(const Engine& engine, std::function<void(const QString& problem)> ended)
    : m_engine(engine),
      m_strategy(buildStrategy(engine.kind)),
      m_ended(std::move(ended)),
      m_asking(std::make_unique<QObject>())
{
    if (!engine.socket.isEmpty())
        m_api.emplace(engine.socket);
}

void LayerReader::begin(int stage, const QString& image)
{
    if (!m_asking || m_measured.contains(stage) || m_open.contains(stage) ||
        std::ranges::contains(m_waiting, stage, &Question::stage))
        return;
    m_waiting.append({.stage = stage, .image = image, .early = true});
    askNext();
}

void LayerReader::give(int stage, const QString& image, const std::expected<Layers, QString>& layers)
{
    if (!m_asking)
        return;
    m_open.remove(stage);
    if (layers)
        m_measured.insert(stage, {image, *layers});
    else
        m_problem = layers.error();
    askNext();
}

void LayerReader::finish(const QHash<int, QString>& images)
{
    m_final = true;
    m_waiting.clear();
    for (const auto& [stage, image] : images.asKeyValueRange())
        if (!m_measured.contains(stage) && !m_open.contains(stage))
            m_waiting.append({.stage = stage, .image = image, .early = false});
    askNext();
}

void LayerReader::giveUp()
{
    m_waiting.clear();
    if (m_asking)
        m_asking.release()->deleteLater(); // one of its slots may be running
}

void LayerReader::askNext()
{
    while (!m_waiting.isEmpty() && m_open.size() < kAtOnce) {
        const Question question = m_waiting.takeFirst();
        m_open.insert(question.stage);
        put(question);
    }
    if (m_final && m_open.isEmpty())
        end(m_problem);
}

void LayerReader::put(const Question& question)
{
    if (!m_api) {
        putToProgram(question);
        return;
    }
    m_api->askHistory(question.image, m_asking.get(), [this, question](const Answer& answer) {
        // It may not listen any more; or docker's context is another one since, and docker has built elsewhere.
        if (answer.ok)
            take(question, answer);
        else
            putToProgram(question);
    });
}

void LayerReader::putToProgram(const Question& question)
{
    ask(m_strategy.history(m_engine, question.image), m_asking.get(),
        [this, question](const Answer& answer) { take(question, answer); });
}

void LayerReader::take(Question question, const Answer& answer)
{
    if (!m_asking) // given up, and this one was on its way
        return;
    m_open.remove(question.stage);
    const auto layers = answer.ok ? m_strategy.layers(m_engine, answer.output) : std::nullopt;
    if (layers)
        m_measured.insert(question.stage, {question.image, *layers});
    else if (!question.early) {
        end(answer.ok ? Build::tr("the engine's answer is not understood.") : answer.problem);
        return;
    } else if (m_final) {
        question.early = false;
        m_waiting.append(question);
    }
    askNext();
}

void LayerReader::end(const QString& problem)
{
    giveUp();
    if (const auto ended = std::exchange(m_ended, {}))
        ended(problem);
}

} // namespace stagelift
