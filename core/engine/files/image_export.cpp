// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/image_export.h"

#include "core/engine/build_failure.h"
#include "core/engine/build_plan.h"
#include "core/engine/build_workspace.h"
#include "core/engine/files/pipe_source.h"
#include "core/engine/leftovers.h"
#include "core/engine/process.h"
#include "core/engine/secrets.h"
#include "core/engine/stage_image.h"

#include <QTimer>

#include <chrono>
#include <thread>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stagelift {

namespace {

constexpr auto kLastWords = 2s;
constexpr qsizetype kWordsKept = 16 * 1024; // bytes of what the engine says: enough to find its error among them

} // namespace

class ImageExport::Private : public QObject {
public:
    Private(ImageExport& owner, BuildRequest wanted, Reader wantedReader)
        : q(owner), m_request(onceMore(std::move(wanted))), m_reader(std::move(wantedReader))
    {
    }
    ~Private() override;

    void begin();
    void halt();

    bool started = false;

private:
    void stream();
    void build();
    void read(const Command& writer);
    void readerEnded(const QString& problem);
    void writerEnded(const ProcessResult& result);
    void concludeReading();
    void listenTo(Process& process);
    [[nodiscard]] QString failure(const ProcessResult& result) const;
    void end(const QString& problem);

    ImageExport& q;
    BuildRequest m_request;
    Reader m_reader;
    Workspace m_workspace;
    QByteArray m_words;                  // the last that the engine has said
    std::unique_ptr<StageImage> m_image; // while it is asked for
    QStringList m_names;                 // private ones of the image, to be taken away
    std::unique_ptr<Process> m_process;
    std::unique_ptr<PipeSource> m_pipe;
    std::jthread m_thread;
    std::optional<QString> m_readerProblem; // once the reader has ended
    std::optional<ProcessResult> m_writerResult;
    bool m_stopped = false;
    bool m_ended = false;
};

ImageExport::Private::~Private()
{
    if (m_pipe)
        m_pipe->callOff();
    if (m_thread.joinable())
        m_thread.join();
    m_process.reset();
    forgetDetached(m_request.engine, m_names);
}

void ImageExport::Private::begin()
{
    if (m_stopped) {
        end(ImageExport::tr("Stopped."));
        return;
    }
    emit q.entered(Phase::Building);
    if (buildStrategy(m_request.engine.kind).stream && m_request.engine.buildsElsewhere())
        stream();
    else
        build();
}

/// The builder writes the image itself.
void ImageExport::Private::stream()
{
    QString problem = refusalToBuild(m_request);
    if (problem.isEmpty())
        problem = m_workspace.prepareTargetAlone(m_request);
    if (problem.isEmpty())
        read(buildStrategy(m_request.engine.kind).stream(m_workspace.task(m_request), m_workspace.target()));
    else
        end(problem);
}

/// The engine has the image, and then writes it.
void ImageExport::Private::build()
{
    m_image = std::make_unique<StageImage>(m_request);
    connect(m_image.get(), &StageImage::failed, this, [this](const QString& problem) {
        m_image.release()->deleteLater();
        end(problem);
    });
    connect(m_image.get(), &StageImage::ready, this, [this](const QString& image, const QStringList& names) {
        m_image.release()->deleteLater();
        m_names = names;
        read(buildStrategy(m_request.engine.kind).save(m_request.engine, image));
    });
    m_image->start();
}

void ImageExport::Private::listenTo(Process& process)
{
    const auto keep = [this](const QByteArray& bytes) { m_words = (m_words + bytes).right(kWordsKept); };
    m_words.clear();
    connect(&process, &Process::output, this, keep);
    connect(&process, &Process::errorOutput, this, keep);
}

QString ImageExport::Private::failure(const ProcessResult& result) const
{
    const QStringList words = QString::fromUtf8(m_words).split(u'\n', Qt::SkipEmptyParts);
    return Redactor(secretValues(m_request))
        .clean(describeFailure(*m_request.analysis, m_request.engine, result, std::nullopt, words, false).message);
}

void ImageExport::Private::read(const Command& writer)
{
    m_pipe = std::make_unique<PipeSource>();
    if (!m_pipe->isOpen()) {
        end(ImageExport::tr("There are too many open files to read the image."));
        return;
    }
    m_process = std::make_unique<Process>(writer, Process::Channels::Apart);
    m_process->sendOutputTo(m_pipe->writeEnd());
    listenTo(*m_process);
    connect(m_process.get(), &Process::done, this, &Private::writerEnded);
    m_process->start();
    m_pipe->closeWriteEnd();
    emit q.entered(Phase::Reading);
    m_thread = std::jthread([this] {
        const QString problem = m_reader([this] { return m_pipe->next(); });
        QMetaObject::invokeMethod(this, [this, problem] { readerEnded(problem); }, Qt::QueuedConnection);
    });
}

/// It may have had enough before the engine has written all. Where it is the engine that wrote too little, it is about
/// to end, and says why.
void ImageExport::Private::readerEnded(const QString& problem)
{
    m_thread.join();
    m_readerProblem = problem;
    m_pipe->closeReadEnd();
    const bool waits = !problem.isEmpty() && m_pipe->hasEnded();
    if (m_process && waits)
        QTimer::singleShot(kLastWords, m_process.get(), &Process::stop);
    else if (m_process)
        m_process->stop();
    concludeReading();
}

void ImageExport::Private::writerEnded(const ProcessResult& result)
{
    m_process.release()->deleteLater();
    m_writerResult = result;
    if (result.end == ProcessEnd::NotStarted && m_pipe) // nobody else ends the pipe then
        m_pipe->callOff();
    concludeReading();
}

void ImageExport::Private::concludeReading()
{
    if (!m_readerProblem || !m_writerResult)
        return;
    const bool writerFailed = !m_writerResult->succeeded() && m_writerResult->end != ProcessEnd::Stopped;
    if (m_stopped)
        end(ImageExport::tr("Stopped."));
    else if (!m_readerProblem->isEmpty() && writerFailed) // what it wrote till then is no whole archive
        end(failure(*m_writerResult));
    else
        end(*m_readerProblem);
}

void ImageExport::Private::halt()
{
    if (m_ended || std::exchange(m_stopped, true))
        return;
    if (m_pipe)
        m_pipe->callOff();
    if (m_image)
        m_image->stop();
    if (m_process)
        m_process->stop();
}

void ImageExport::Private::end(const QString& problem)
{
    if (std::exchange(m_ended, true))
        return;
    forgetDetached(m_request.engine, std::exchange(m_names, {}));
    emit q.done(problem);
}

ImageExport::ImageExport(BuildRequest request, Reader reader, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(*this, std::move(request), std::move(reader)))
{
}

ImageExport::~ImageExport() = default;

void ImageExport::start()
{
    if (!std::exchange(d->started, true))
        QMetaObject::invokeMethod(d.get(), &Private::begin, Qt::QueuedConnection);
}

void ImageExport::stop()
{
    d->halt();
}

} // namespace stagelift
