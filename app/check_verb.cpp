// SPDX-License-Identifier: GPL-3.0-or-later
//
// stagelift check: what `docker build --check` says, and what we say. An engine is asked only with --inspect.

#include "app/engines.h"
#include "app/text_verb.h"
#include "core/dockerfile/parser.h"
#include "core/edits/analysis.h"
#include "core/engine/image_configs.h"
#include "core/report/json.h"
#include "core/report/text.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QFileInfo>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace stagelift::app {

namespace {

QStringList formats()
{
    return {u"text"_s, u"json"_s};
}

/// NAME.dockerignore beside the Dockerfile replaces the context's .dockerignore.
std::optional<std::string> ignoreFileFor(const QString& file, const QString& context)
{
    const QString folder = context.isEmpty() ? QFileInfo(file).path() : context;
    for (const QString& path : {file + u".dockerignore"_s, QDir(folder).filePath(u".dockerignore"_s)}) {
        if (auto bytes = QFileInfo(path).isFile() ? readInput(path) : std::unexpected(QString()))
            return std::move(*bytes);
    }
    return std::nullopt;
}

bool isFault(const Diagnostic& diagnostic)
{
    return diagnostic.severity != Severity::Hint;
}

void addOptions(QCommandLineParser& parser)
{
    parser.setApplicationDescription(
        u"Prints what BuildKit and Stagelift have to say about a Dockerfile. `# check=skip=RULE` in it is heeded.\n"
        "Exit status 1 where there is anything but hints."_s);
    parser.addOptions({
        formatOption(formats()),
        buildArgOption(),
        buildContextOption(),
        contextOption(),
        {u"buildkit-only"_s, u"Leave out Stagelift's own checks."_s},
        {u"inspect"_s, u"Ask the container engine what base images that are here set; nothing is fetched."_s},
    });
}

/// Base images that the engine has, looked up before a file is checked.
class Inspector {
public:
    explicit Inspector(const Engine& engine)
    {
        m_configs.setEngine(engine);
        QObject::connect(&m_configs, &ImageConfigs::settled, &m_loop, &QEventLoop::quit);
    }

    [[nodiscard]] KnownImagesPtr look(const std::vector<std::string>& images)
    {
        m_configs.want(images);
        if (m_configs.isAsking())
            m_loop.exec();
        return m_configs.known();
    }

private:
    ImageConfigs m_configs;
    QEventLoop m_loop;
};

std::vector<std::string> imagesIn(const std::string& bytes, const BuildOptions& options)
{
    const SourceText source(bytes);
    return resolve(parse(source), options).images;
}

/// Nothing where --inspect was not asked for.
std::expected<std::unique_ptr<Inspector>, QString> inspectorFrom(const QCommandLineParser& parser)
{
    if (!parser.isSet(u"inspect"_s))
        return nullptr;
    return choose(findEngines(), {}).transform([](const Engine& engine) {
        return std::make_unique<Inspector>(engine);
    });
}

} // namespace

int runCheck(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    addOptions(parser);
    processFiles(parser);
    const auto format = formatFrom(parser, formats());
    if (!format)
        return refuse(format.error());
    CheckOptions options;
    if (const auto given = buildOptions(parser))
        options.build = *given;
    else
        return refuse(given.error());
    if (const auto contexts = namedContexts(parser))
        options.build.namedContexts = namesOf(*contexts);
    else
        return refuse(contexts.error());
    const auto context = contextFrom(parser);
    if (!context)
        return refuse(context.error());
    options.own = !parser.isSet(u"buildkit-only"_s);
    const auto inspector = inspectorFrom(parser);
    if (!inspector)
        return refuse(inspector.error());
    return runOverFiles(parser, [&](const std::string& name, std::string bytes) -> Answer {
        options.ignoreFile = ignoreFileFor(QString::fromStdString(name), *context);
        if (*inspector)
            options.imageConfig = lookUpIn((*inspector)->look(imagesIn(bytes, options.build)));
        const AnalysisPtr analysis = analyse(std::move(bytes), options);
        const Diagnostics& found = analysis->diagnostics;
        std::string text = *format == "json"_L1 ? checkAsJson(name, found) + '\n' : checkAsText(name, found);
        return {std::move(text), std::ranges::any_of(found, isFault) ? kDockerfileAtFault : kFine};
    });
}

} // namespace stagelift::app
