// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/stage_runner.h"

#include "core/engine/build_plan.h"
#include "core/engine/leftovers.h"
#include "core/engine/stage_image.h"
#include "core/engine/terminal.h"
#include "ui/document/background.h"

#include <chrono>

namespace stagelift::ui {

namespace {

constexpr std::chrono::milliseconds kPatience{700}; // after which a person wants to know what is going on

} // namespace

StageRunner::StageRunner(QObject* parent) : QObject(parent)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] { emit preparing(m_stage); });
}

StageRunner::~StageRunner() = default;

void StageRunner::setBuild(const BuildRequest& request, const BuildResult& result, const QList<Engine>& engines)
{
    stop();
    m_request = request;
    m_runner = runnerOf(request.engine, engines);
    m_target = result.target;
    m_images.clear();
    for (const StageSize& size : result.sizes)
        m_images.insert(size.stage, size.image);
}

void StageRunner::run(int stage, RunMode mode)
{
    stop();
    // Before anything is built for nothing.
    if (const auto possible = imageRun(m_runner, {}, mode, {}); !possible) {
        emit failed(possible.error(), {});
        return;
    }
    BuildRequest request = *m_request;
    request.target = stage;
    m_image = std::make_unique<StageImage>(request);
    connect(m_image.get(), &StageImage::failed, this, [this](const QString& problem) {
        m_image.release()->deleteLater();
        m_patience.stop();
        emit failed(problem, {});
    });
    connect(m_image.get(), &StageImage::ready, this,
            [this, stage, mode](const QString& image, const QStringList& names) {
                m_image.release()->deleteLater();
                m_patience.stop();
                open(image, names, stage, mode);
            });
    m_stage = stage;
    m_image->start();
    m_patience.start(kPatience);
}

void StageRunner::open(const QString& image, const QStringList& names, int stage, RunMode mode)
{
    ImageRun run = *imageRun(m_runner, image, mode, privateName(Namer::own()));
    if (!names.isEmpty())
        run.after << forgetCommand(m_request->engine, names);
    if (const auto started = startInTerminal(run); !started) {
        forgetDetached(m_request->engine, names);
        emit failed(started.error(), commandLine(stage).value_or(QString()));
        return;
    }
    emit settled();
}

void StageRunner::stop()
{
    if (!m_image)
        return;
    m_patience.stop();
    giveUp(m_image, &StageImage::failed, this);
    emit settled();
}

std::expected<QString, QString> StageRunner::commandLine(int stage) const
{
    return typedRun(*m_request, stage, m_images.value(stage), m_runner);
}

} // namespace stagelift::ui
