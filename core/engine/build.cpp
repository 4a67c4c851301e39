// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/build.h"

#include "core/engine/build_advice.h"
#include "core/engine/build_failure.h"
#include "core/engine/build_plan.h"
#include "core/engine/build_workspace.h"
#include "core/engine/credential_watch.h"
#include "core/engine/failure_cause.h"
#include "core/engine/files/image_streams.h"
#include "core/engine/layer_reader.h"
#include "core/engine/leftovers.h"
#include "core/engine/log_text.h"
#include "core/engine/process.h"
#include "core/engine/secrets.h"
#include "core/engine/step_book.h"

#include <QDir>
#include <QElapsedTimer>

#include <map>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stagelift {

namespace {

constexpr auto kForgetPatience = 5s; // the images are untagged when this is over, or the daemon is gone anyway

/// Of a name or an error, which may quote what a step has printed.
QString bareText(const QString& text)
{
    return plainText(LogText().feed(text.toUtf8()));
}

} // namespace

class Build::Private : public QObject {
public:
    Private(Build& build, BuildRequest request);
    ~Private() override;

    void begin();
    void halt();

    Build& q;
    BuildRequest request;
    QStringList secrets; // read when it begins
    bool started = false;
    std::chrono::milliseconds helperPatience = CredentialWatch::kPatience;

private:
    /// What a step's output goes through on its way to a person.
    struct Stream {
        explicit Stream(const QStringList& secrets) : redactor(secrets) {}

        LogText text;
        Redactor redactor;
    };

    void runNext();
    [[nodiscard]] bool readStreams(const BuildRun& run);
    void runEnded(const ProcessResult& result);
    void measured(const QString& problem);
    void takeStep(const StepEvent& event);
    void publish(BuildStep step);
    void takeLog(const QString& eventId, QByteArrayView bytes);
    void tellHeard();
    void say(const QString& stepId, const QString& text);
    void closeStreams();
    void failed(const ProcessResult& result);
    void end(BuildOutcome outcome, const QString& message);
    void conclude();
    void tidy();
    void forgetDetached();

    const BuildStrategy& m_strategy = buildStrategy(request.engine.kind);
    Redactor m_redactor; // of whole texts
    Workspace m_workspace;
    BuildPlan m_plan;
    qsizetype m_run = -1;
    std::unique_ptr<Progress> m_progress;
    std::unique_ptr<Process> m_process;
    std::unique_ptr<CredentialWatch> m_watch; // of m_process
    QString m_hangs;                          // the credential helper that the engine was ended for
    std::unique_ptr<LayerReader> m_layers;
    std::unique_ptr<ImageStreams> m_images;
    std::unique_ptr<QObject> m_tidying; // owns the question that is open
    std::unique_ptr<StepBook> m_steps;
    std::map<QString, Stream> m_streams; // by step
    QString m_speaker;                   // the step whose words `m_heard` are
    QByteArray m_heard;                  // not told yet: line by line would take ten times as long
    QStringList m_engineWords;           // the last of them
    BuildResult m_result;
    QElapsedTimer m_clock;
    bool m_stopped = false;
    bool m_ended = false;
    bool m_mayHaveTags = false;
    bool m_diskFull = false; // a step has said so
};

Build::Private::Private(Build& build, BuildRequest wanted) : q(build), request(std::move(wanted)) {}

Build::Private::~Private()
{
    m_watch.reset();
    m_process.reset();
    m_images.reset();
    m_layers.reset();
    m_tidying.reset();
    forgetDetached();
}

void Build::Private::begin()
{
    m_clock.start();
    if (m_ended)
        return;
    if (m_stopped) {
        end(BuildOutcome::Stopped, Build::tr("Stopped."));
        return;
    }
    if (const QString refusal = refusalToBuild(request); !refusal.isEmpty()) {
        end(BuildOutcome::NotStarted, refusal);
        return;
    }
    if (const QString problem = m_workspace.prepare(request); !problem.isEmpty()) {
        end(BuildOutcome::NotStarted, problem);
        return;
    }
    secrets = secretValues(request);
    m_redactor = Redactor(secrets);
    m_result.target = m_workspace.target();
    m_result.moreTargets = request.moreTargets;
    m_plan = m_strategy.plan(m_workspace.task(request));
    m_steps = std::make_unique<StepBook>(request.analysis, m_workspace.text().names);
    m_layers = std::make_unique<LayerReader>(request.engine, [this](const QString& problem) { measured(problem); });
    // What runs may be one bake of several stages, read from standard input: this is the same for a person to type.
    say({}, Build::tr("By hand: %1\n").arg(q.commandLine()));
    m_engineWords.clear(); // that was ours
    runNext();
}

void Build::Private::runNext()
{
    if (++m_run == m_plan.runs.size()) {
        m_layers->finish(m_plan.images);
        return;
    }
    const BuildRun& run = m_plan.runs.at(m_run);
    if (!run.streams.isEmpty() && !readStreams(run)) {
        end(BuildOutcome::NotStarted,
            Build::tr("No pipe can be made in the folder for temporary files, %1.").arg(QDir::tempPath()));
        return;
    }
    ProgressSink sink{.step = [this](const StepEvent& event) { takeStep(event); },
                      .log = [this](const QString& id, QByteArrayView bytes) { takeLog(id, bytes); }};
    sink.transfer = [this](const QString& id, qint64 bytes, qint64 all) {
        if (const auto step = m_plan.runs.at(m_run).followed ? m_steps->take(id, bytes, all) : std::nullopt)
            publish(*step);
    };
    m_progress = m_strategy.progress(request.engine, std::move(sink));
    m_process = std::make_unique<Process>(run.command, Process::Channels::Merged);
    connect(m_process.get(), &Process::output, this, [this](const QByteArray& bytes) {
        m_progress->feed(bytes);
        tellHeard();
    });
    connect(m_process.get(), &Process::done, this, &Private::runEnded);
    m_mayHaveTags = true;
    m_process->start();
    m_watch = std::make_unique<CredentialWatch>(*m_process, helperPatience, [this](const QString& helper) {
        m_hangs = helper;
        m_process->stop();
    });
}

/// The images of a run come by as it writes them.
bool Build::Private::readStreams(const BuildRun& run)
{
    m_images = std::make_unique<ImageStreams>(run.streams, [this](int stage, const auto& layers) {
        m_layers->give(stage, m_plan.images.value(stage), layers);
    });
    for (const int stage : run.streams.keys())
        m_layers->expect(stage);
    return m_images->areOpen();
}

void Build::Private::runEnded(const ProcessResult& result)
{
    m_watch.reset();
    m_process.release()->deleteLater();
    if (m_images)
        m_images->writersHaveEnded();
    m_progress->finish(result.succeeded());
    closeStreams();
    if (m_stopped) {
        end(BuildOutcome::Stopped, Build::tr("Stopped."));
        return;
    }
    if (!m_hangs.isEmpty()) {
        end(BuildOutcome::Failed, helperHangs(m_hangs, request.engine));
        return;
    }
    if (!result.succeeded()) {
        failed(result);
        return;
    }
    const BuildRun& run = m_plan.runs.at(m_run);
    readImageId(run, m_plan);
    if (run.stage >= 0)
        m_layers->begin(run.stage, m_plan.images.value(run.stage));
    runNext();
}

void Build::Private::failed(const ProcessResult& result)
{
    const Failure failure =
        describeFailure(*request.analysis, request.engine, result, m_steps->failed(), m_engineWords, m_diskFull);
    m_result.failedInstruction = failure.instruction;
    end(result.end == ProcessEnd::NotStarted ? BuildOutcome::NotStarted : BuildOutcome::Failed,
        m_redactor.clean(failure.message));
}

void Build::Private::measured(const QString& problem)
{
    if (!problem.isEmpty()) {
        end(BuildOutcome::Failed, Build::tr("The build succeeded, but its image can't be measured: %1").arg(problem));
        return;
    }
    QHash<int, MeasuredStage> stages = m_layers->measured();
    measureBelow(*request.analysis, stages);
    m_result.sizes = stageSizes(*request.analysis, stages, targetsOf(request), *m_steps, m_redactor);
    end(BuildOutcome::Succeeded, {});
}

void Build::Private::takeStep(const StepEvent& event)
{
    tellHeard();
    const BuildRun& run = m_plan.runs.at(m_run);
    if (event.state == StepState::Done && event.number == 0)
        if (const int stage = stageLoaded(event.name, m_plan, run.inBake); stage >= 0)
            m_layers->begin(stage, m_plan.images.value(stage));
    if (!run.followed)
        return;
    StepEvent here = event;
    here.error = bareText(here.error);
    here.solve = QString::number(m_run);
    here.inBake = run.inBake;
    for (const BuildStep& step : m_steps->take(here))
        publish(step);
}

void Build::Private::publish(BuildStep step)
{
    step.name = m_redactor.clean(bareText(step.name));
    step.error = m_redactor.clean(step.error);
    emit q.stepChanged(step);
}

void Build::Private::takeLog(const QString& eventId, QByteArrayView bytes)
{
    const QString id = m_plan.runs.at(m_run).followed ? m_steps->stepId(eventId) : QString();
    if (id != m_speaker)
        tellHeard();
    m_speaker = id;
    m_heard += bytes;
}

void Build::Private::tellHeard()
{
    if (m_heard.isEmpty())
        return;
    Stream& stream = m_streams.try_emplace(m_speaker, secrets).first->second;
    say(m_speaker, stream.redactor.feed(stream.text.feed(std::exchange(m_heard, {}))));
}

void Build::Private::say(const QString& stepId, const QString& text)
{
    if (text.isEmpty())
        return;
    if (stepId.isEmpty()) {
        m_engineWords += plainText(text).split(u'\n', Qt::SkipEmptyParts);
        if (m_engineWords.size() > kEngineWordsKept)
            m_engineWords = m_engineWords.last(kEngineWordsKept);
    }
    m_diskFull = m_diskFull || text.contains(kDiskFull);
    // What is only built again to be measured is of no interest to anybody.
    if (m_run < 0 || m_plan.runs.at(m_run).followed)
        emit q.logged(stepId, text);
}

void Build::Private::closeStreams()
{
    tellHeard();
    for (auto& [id, stream] : m_streams)
        say(id, stream.redactor.flush());
    m_streams.clear();
}

void Build::Private::halt()
{
    if (m_ended || m_stopped)
        return;
    m_stopped = true;
    if (m_layers)
        m_layers->giveUp();
    if (m_process)
        m_process->stop();
    else if (m_run >= 0)
        end(BuildOutcome::Stopped, Build::tr("Stopped."));
}

void Build::Private::end(BuildOutcome outcome, const QString& message)
{
    if (std::exchange(m_ended, true))
        return;
    m_result.outcome = outcome;
    m_result.message = message;
    m_result.milliseconds = m_clock.elapsed();
    if (m_steps) {
        const StepState rest = outcome == BuildOutcome::Succeeded ? StepState::Done : StepState::Stopped;
        for (const BuildStep& step : m_steps->closeAll(rest))
            publish(step);
        m_result.advice = adviceOn(m_steps->steps());
    }
    QMetaObject::invokeMethod(this, &Private::conclude, Qt::QueuedConnection);
}

void Build::Private::conclude()
{
    const BuildResult result = std::exchange(m_result, {});
    emit q.done(result);
    tidy();
}

/// Nobody waits for it but who ends the program.
void Build::Private::tidy()
{
    if (m_plan.privateTags.isEmpty() || !m_mayHaveTags) {
        emit q.tidied();
        return;
    }
    m_tidying = std::make_unique<QObject>();
    ask(
        forgetCommand(request.engine, m_plan.privateTags), m_tidying.get(),
        [this](const Answer&) {
            m_mayHaveTags = false;
            emit q.tidied();
        },
        kForgetPatience);
}

void Build::Private::forgetDetached()
{
    if (std::exchange(m_mayHaveTags, false))
        stagelift::forgetDetached(request.engine, m_plan.privateTags);
}

Build::Build(BuildRequest request, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(*this, std::move(request)))
{
}

Build::~Build() = default;

QString Build::commandLine() const
{
    return typedCommandLine(d->request);
}

void Build::setHelperPatience(std::chrono::milliseconds patience)
{
    d->helperPatience = patience;
}

void Build::start()
{
    if (!std::exchange(d->started, true))
        QMetaObject::invokeMethod(d.get(), &Private::begin, Qt::QueuedConnection);
}

void Build::stop()
{
    d->halt();
}

} // namespace stagelift
