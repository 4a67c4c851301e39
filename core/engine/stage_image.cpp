// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/stage_image.h"

#include "core/engine/build_failure.h"
#include "core/engine/build_plan.h"
#include "core/engine/build_workspace.h"
#include "core/engine/leftovers.h"
#include "core/engine/process.h"
#include "core/engine/secrets.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr qsizetype kWordsKept = 16 * 1024; // bytes of what the engine says: enough to find its error among them

} // namespace

class StageImage::Private : public QObject {
public:
    Private(StageImage& owner, BuildRequest wanted) : q(owner), m_request(onceMore(std::move(wanted))) {}
    ~Private() override;

    void begin();
    void halt();

    bool started = false;

private:
    void planLoading();
    void runNext();
    void runEnded(const ProcessResult& result);
    [[nodiscard]] QString failure(const ProcessResult& result) const;
    void fail(const QString& problem);

    StageImage& q;
    BuildRequest m_request;
    Workspace m_workspace;
    BuildPlan m_plan;
    qsizetype m_run = -1;
    QByteArray m_words; // the last that the engine has said
    std::unique_ptr<Process> m_process;
    bool m_mayHaveTags = false;
    bool m_stopped = false;
};

StageImage::Private::~Private()
{
    m_process.reset();
    if (m_mayHaveTags)
        forgetDetached(m_request.engine, m_plan.privateTags);
}

void StageImage::Private::begin()
{
    if (m_stopped) {
        fail(StageImage::tr("Stopped."));
        return;
    }
    QString problem = refusalToBuild(m_request);
    if (problem.isEmpty())
        problem = m_workspace.prepareTargetAlone(m_request);
    if (!problem.isEmpty()) {
        fail(problem);
        return;
    }
    planLoading();
    runNext();
}

/// A builder elsewhere loads nothing but what is to have a name; of that, its images as archives are of no interest.
void StageImage::Private::planLoading()
{
    const bool elsewhere = m_request.engine.buildsElsewhere();
    if (elsewhere)
        m_request.tags = QStringList{privateName(Namer::own()) + u":0"_s};
    m_plan = buildStrategy(m_request.engine.kind).plan(m_workspace.task(m_request));
    if (!elsewhere)
        return;
    m_plan.runs.removeIf([](const BuildRun& run) { return !run.streams.isEmpty(); });
    m_plan.privateTags += m_request.tags;
}

void StageImage::Private::runNext()
{
    if (++m_run == m_plan.runs.size()) {
        m_mayHaveTags = false;
        emit q.ready(m_plan.images.value(m_workspace.target()), m_plan.privateTags);
        return;
    }
    m_words.clear();
    m_process = std::make_unique<Process>(m_plan.runs.at(m_run).command, Process::Channels::Merged);
    connect(m_process.get(), &Process::output, this,
            [this](const QByteArray& bytes) { m_words = (m_words + bytes).right(kWordsKept); });
    connect(m_process.get(), &Process::done, this, &Private::runEnded);
    m_mayHaveTags = true;
    m_process->start();
}

void StageImage::Private::runEnded(const ProcessResult& result)
{
    m_process.release()->deleteLater();
    if (m_stopped) {
        fail(StageImage::tr("Stopped."));
        return;
    }
    if (!result.succeeded()) {
        fail(StageImage::tr("The stage can't be built: %1").arg(failure(result)));
        return;
    }
    readImageId(m_plan.runs.at(m_run), m_plan);
    runNext();
}

QString StageImage::Private::failure(const ProcessResult& result) const
{
    const QStringList words = QString::fromUtf8(m_words).split(u'\n', Qt::SkipEmptyParts);
    return Redactor(secretValues(m_request))
        .clean(describeFailure(*m_request.analysis, m_request.engine, result, std::nullopt, words, false).message);
}

void StageImage::Private::fail(const QString& problem)
{
    if (std::exchange(m_mayHaveTags, false))
        forgetDetached(m_request.engine, m_plan.privateTags);
    emit q.failed(problem);
}

void StageImage::Private::halt()
{
    if (!std::exchange(m_stopped, true) && m_process)
        m_process->stop();
}

StageImage::StageImage(BuildRequest request, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(*this, std::move(request)))
{
}

StageImage::~StageImage() = default;

void StageImage::start()
{
    if (!std::exchange(d->started, true))
        QMetaObject::invokeMethod(d.get(), &Private::begin, Qt::QueuedConnection);
}

void StageImage::stop()
{
    d->halt();
}

} // namespace stagelift
