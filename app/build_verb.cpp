// SPDX-License-Identifier: GPL-3.0-or-later
//
// stagelift build: what the Build button does, for scripts. The log goes to standard error while it comes, the table of
// stages to standard output when all is done.

#include "app/command_line.h"
#include "app/engines.h"
#include "app/interruption.h"
#include "app/verb.h"
#include "core/edits/analysis.h"
#include "core/engine/build.h"
#include "core/engine/engine.h"
#include "core/engine/leftovers.h"
#include "core/engine/log_text.h"
#include "core/engine/size_report.h"
#include "core/history/history_store.h"
#include "core/stages/budgets.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSet>
#include <QTextStream>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace stagelift::app {

namespace {

constexpr int kInterrupted = 130; // as a shell has it

struct BuildWish {
    QString file;
    QString engine; // "" for the best
    QString format;
    bool quiet = false;
    bool checksSize = false;
    bool keeps = true; // in the history
    BuildRequest request;
};

QStringList formats()
{
    return {u"text"_s, u"json"_s};
}

void addOptions(QCommandLineParser& parser)
{
    parser.setApplicationDescription(u"Builds a target and prints the size of each stage it is made of.\n"
                                     "* marks the target. A stage ships when a target is that stage or is built FROM "
                                     "it;\neverything else is left behind."_s);
    parser.addPositionalArgument(u"FILE"_s, u"The Dockerfile; - for standard input."_s);
    parser.addOptions({
        {u"target"_s,
         u"The stage to build; the last one unless given. Given several times: all of them, in one build."_s,
         u"STAGE"_s},
        {u"all-stages"_s, u"Build and measure also the stages that the target does not need."_s},
        {u"engine"_s,
         u"docker, podman or buildah, or one of their places: docker@CONTEXT, docker/BUILDER, podman@CONNECTION; the "
         "best that is ready unless given."_s,
         u"ENGINE"_s},
        contextOption(),
        buildArgOption(),
        buildContextOption(),
        {u"tag"_s, u"Name the target's image; without it, nothing is left but the build cache."_s, u"NAME"_s},
        {u"platform"_s, u"Build for this platform, as linux/arm64."_s, u"PLATFORM"_s},
        {u"no-cache"_s, u"Do every step anew."_s},
        {u"pull"_s, u"Ask the registry for newer base images."_s},
        {u"network"_s, u"What RUN can reach: default, none or host."_s, u"NETWORK"_s, u"default"_s},
        {u"secret"_s,
         u"Lend a file or a variable to RUN --mount=type=secret: id=NAME,src=FILE or id=NAME,env=VARIABLE."_s,
         u"SECRET"_s},
        {u"ssh"_s, u"Lend the SSH agent or a key to RUN --mount=type=ssh: default or ID=PATH."_s, u"SSH"_s},
        {u"cache-from"_s, u"Look for cached steps there: an image, or as docker buildx takes it."_s, u"CACHE"_s},
        {u"cache-to"_s, u"Leave the cache there: an image, or as docker buildx takes it."_s, u"CACHE"_s},
        {u"check-size"_s,
         u"Fail with status 1 where a stage is larger than its budget, a comment: # stagelift: budget STAGE <= 25 MB"_s},
        formatOption(formats()),
        {u"quiet"_s, u"No log."_s},
        {u"no-history"_s, u"Don't keep this build: stagelift history prints those that are kept."_s},
    });
}

/// Every value of an option, read; the first that can't be read is refused.
template<typename Value>
QList<Value> readAll(const QCommandLineParser& parser, const QString& option,
                     std::expected<Value, QString> (*read)(const QString&), std::optional<QString>& problem)
{
    QList<Value> values;
    for (const QString& text : parser.values(option)) {
        if (auto value = read(text))
            values << *value;
        else if (!problem)
            problem = value.error();
    }
    return values;
}

/// Paths are taken from the current folder, as every path on a command line.
std::expected<BuildExtras, QString> extrasFrom(const QCommandLineParser& parser)
{
    std::optional<QString> problem;
    BuildExtras extras;
    extras.pull = parser.isSet(u"pull"_s);
    if (const auto network = networkFrom(parser.value(u"network"_s)))
        extras.network = *network;
    else
        problem = network.error();
    extras.contexts = readAll(parser, u"build-context"_s, namedContextFrom, problem);
    extras.secrets = readAll(parser, u"secret"_s, secretFrom, problem);
    extras.ssh = readAll(parser, u"ssh"_s, sshFrom, problem);
    extras.cacheFrom = readAll(parser, u"cache-from"_s, cacheFrom, problem);
    extras.cacheTo = readAll(parser, u"cache-to"_s, cacheFrom, problem);
    if (problem)
        return std::unexpected(*problem);
    return resolved(extras, QDir::currentPath());
}

/// All but what depends on the file's text.
std::expected<BuildWish, QString> wishFrom(const QCommandLineParser& parser, const BuildOptions& options)
{
    if (parser.positionalArguments().size() != 1)
        return std::unexpected(u"build takes one Dockerfile. See: stagelift build --help"_s);
    const auto format = formatFrom(parser, formats());
    if (!format)
        return std::unexpected(format.error());
    const auto context = contextFrom(parser);
    if (!context)
        return std::unexpected(context.error());

    const auto extras = extrasFrom(parser);
    if (!extras)
        return std::unexpected(extras.error());

    BuildWish wish;
    wish.file = parser.positionalArguments().constFirst();
    wish.engine = parser.value(u"engine"_s);
    wish.format = *format;
    wish.quiet = parser.isSet(u"quiet"_s);
    wish.checksSize = parser.isSet(u"check-size"_s);
    wish.keeps = !parser.isSet(u"no-history"_s);
    BuildRequest& request = wish.request;
    request.file = wish.file == "-"_L1 ? QString() : QFileInfo(wish.file).absoluteFilePath();
    if (context->isEmpty())
        request.context = request.file.isEmpty() ? QDir::currentPath() : QFileInfo(request.file).absolutePath();
    else
        request.context = QDir(*context).absolutePath();
    request.allStages = parser.isSet(u"all-stages"_s);
    request.tags = parser.values(u"tag"_s);
    request.platform = parser.value(u"platform"_s);
    request.noCache = parser.isSet(u"no-cache"_s);
    request.extras = *extras;
    for (const auto& [name, value] : options.buildArgs)
        request.buildArgs.append({QString::fromStdString(name), QString::fromStdString(value)});
    return wish;
}

SizeReport reportOf(const BuildWish& wish, const Budgets& budgets, const BuildResult& result)
{
    const Analysis& analysis = *wish.request.analysis;
    const QList<int> targets = targetsOf(wish.request);
    SizeReport report;
    report.file = wish.file.toStdString();
    report.engine = wish.request.engine.label().toStdString();
    report.target = targetLabel(analysis.graph, targets).toStdString();
    report.milliseconds = result.milliseconds;
    for (const StageSize& size : result.sizes)
        report.rows.push_back(sizeRow(analysis, budgets, size, targets));
    if (result.outcome != BuildOutcome::Succeeded) {
        report.error = result.message.toStdString();
        report.errorLines = linesOf(analysis, result.failedInstruction);
    }
    return report;
}

/// Says which stages are over their budgets; and which budgets can't be read, for they would never be exceeded.
int checkSizes(const BuildWish& wish, const Budgets& budgets, const SizeReport& report)
{
    const Analysis& analysis = *wish.request.analysis;
    ExitStatus status = kFine;
    const auto object = [&status](const QString& sentence) {
        (void)refuse(sentence);
        status = kDockerfileAtFault;
    };
    for (const BudgetFault& fault : budgets.faults)
        object(u"line %1: %2"_s.arg(fault.lines.first).arg(QString::fromStdString(fault.message)));
    for (const SizeRow& row : report.rows)
        if (row.isOver())
            object(u"%1 is %2, which is %3 over its budget of %4"_s.arg(
                QString::fromStdString(row.stage), humanSize(row.total), humanSize(row.total - row.budget),
                QString::fromStdString(budgets.of(row.index)->text)));
    if (budgets.budgets.empty() && budgets.faults.empty())
        object(u"%1 sets no budget: say one in a comment, as # stagelift: budget STAGE <= 25 MB"_s.arg(wish.file));
    for (const Budget& budget : budgets.budgets)
        if (std::ranges::find(report.rows, budget.stage, &SizeRow::index) == report.rows.end())
            object(
                u"line %1: %2 was not built, so its size is not known: --all-stages builds it"_s.arg(budget.lines.first)
                    .arg(QString::fromStdString(analysis.graph.label(stageNode(budget.stage)))));
    return status;
}

int tell(const BuildWish& wish, const BuildResult& result)
{
    const Budgets budgets = budgetsOf(wish.request.analysis->dockerfile, wish.request.analysis->graph);
    const SizeReport report = reportOf(wish, budgets, result);
    const bool json = wish.format == "json"_L1;
    if (result.outcome != BuildOutcome::Succeeded)
        (void)refuse(result.message);
    else if (!result.advice.isEmpty())
        (void)refuse(result.advice);
    if (json || result.outcome == BuildOutcome::Succeeded)
        if (const auto written =
                writeOutput({}, QByteArray::fromStdString(json ? sizeJson(report) : sizeTable(report)));
            !written)
            return refuse(written.error());
    switch (result.outcome) {
    case BuildOutcome::Succeeded:
        return wish.checksSize ? checkSizes(wish, budgets, report) : kFine;
    case BuildOutcome::Failed:
        return kDockerfileAtFault;
    case BuildOutcome::Stopped:
        return kInterrupted;
    case BuildOutcome::NotStarted:
        break;
    }
    return kCommandAtFault;
}

/// Steps as they begin and end, and their output in between.
class LiveLog {
public:
    explicit LiveLog(const StageGraph& graph) : m_graph(graph) {}

    void step(const BuildStep& step)
    {
        static const QHash<StepState, QString> lines{{StepState::Running, u"=> %1%2\n"_s},
                                                     {StepState::Cached, u"=> %1%2 (cached)\n"_s},
                                                     {StepState::Failed, u"=> %1%2 failed\n"_s},
                                                     {StepState::Done, u"=> %1%2\n"_s}};
        // One that is over at once was never seen to run; and one that runs may be news again and again.
        if ((step.state == StepState::Done || step.state == StepState::Running) && m_begun.contains(step.id))
            return;
        if (step.state != StepState::Waiting)
            m_begun.insert(step.id);
        const QString stage =
            step.stage < 0 ? QString() : QString::fromStdString(m_graph.label(stageNode(step.stage))) + u": "_s;
        if (const QString line = lines.value(step.state); !line.isEmpty())
            write(line.arg(stage, step.name.section(u'\n', 0, 0)));
    }

    void write(const QString& text) { (m_err << text).flush(); }

private:
    const StageGraph& m_graph;
    QSet<QString> m_begun; // ids of steps
    QTextStream m_err{stderr};
};

/// That it can't be kept is no fault of the build.
void keep(const BuildWish& wish, const BuildResult& result, const QDateTime& begun)
{
    if (!wish.keeps || !isKept(wish.request, result))
        return;
    const auto [store, notice] = HistoryStore::open(HistoryStore::userFolder());
    QString problem = notice;
    if (store)
        if (const auto added = store->add(historyKey(wish.request.file), keptBuild(wish.request, result, begun),
                                          builtText(wish.request));
            !added)
            problem = added.error();
    if (!problem.isEmpty())
        (void)refuse(problem);
}

int build(BuildWish wish)
{
    const QDateTime begun = QDateTime::currentDateTimeUtc();
    Build build(wish.request);
    LiveLog log(wish.request.analysis->graph);
    if (!wish.quiet) {
        QObject::connect(&build, &Build::stepChanged, &build, [&log](const BuildStep& step) { log.step(step); });
        QObject::connect(&build, &Build::logged, &build,
                         [&log](const QString&, const QString& text) { log.write(plainText(text)); });
    }
    int status = kCommandAtFault;
    QObject::connect(&build, &Build::done, &build, [&](const BuildResult& result) {
        status = tell(wish, result);
        keep(wish, result, begun);
    });
    QObject::connect(&build, &Build::tidied, &build, &QCoreApplication::quit);
    const Interruption interruption([&build] { build.stop(); });
    build.start();
    QCoreApplication::exec();
    return status;
}

} // namespace

int runBuild(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    addOptions(parser);
    process(parser, u"FILE"_s);
    CheckOptions options;
    if (const auto given = buildOptions(parser))
        options.build = *given;
    else
        return refuse(given.error());
    auto wish = wishFrom(parser, options.build);
    if (!wish)
        return refuse(wish.error());
    options.build.namedContexts = namesOf(wish->request.extras.contexts);
    const auto text = readInput(wish->file);
    if (!text)
        return refuse(text.error());

    wish->request.analysis = analyse(*text, options);
    const StageGraph& graph = wish->request.analysis->graph;
    if (graph.stages.empty()) {
        (void)refuse(u"%1 has no FROM: there is nothing to build"_s.arg(wish->file));
        return kDockerfileAtFault;
    }
    for (const QString& target : parser.isSet(u"target"_s) ? parser.values(u"target"_s) : QStringList{QString()}) {
        const auto stage = graph.findTarget(target.toStdString());
        if (!stage)
            return refuse(u"target stage \"%1\" could not be found"_s.arg(target));
        wish->request.moreTargets << *stage;
    }
    wish->request.target = wish->request.moreTargets.takeFirst();

    const auto engine = choose(findEngines(), wish->engine);
    if (!engine)
        return refuse(engine.error());
    wish->request.engine = *engine;
    sweepLeftovers(*engine, QCoreApplication::instance()); // while it builds
    return build(std::move(*wish));
}

} // namespace stagelift::app
