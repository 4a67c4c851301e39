// SPDX-License-Identifier: GPL-3.0-or-later
//
// stagelift graph: the stages and what they take from each other, as text for people, JSON for scripts, Graphviz and
// Mermaid for pages, and as a picture.

#include "app/text_verb.h"
#include "core/edits/analysis.h"
#include "core/report/dot.h"
#include "core/report/json.h"
#include "core/report/layout_json.h"
#include "core/report/mermaid.h"
#include "core/report/text.h"
#include "ui/diagram/export.h"

#include <QApplication>

#include <algorithm>
#include <array>
#include <expected>
#include <memory>

using namespace Qt::StringLiterals;

namespace stagelift::app {

namespace {

using Bytes = std::expected<std::string, QString>;

struct Subject {
    const std::string& file;
    const AnalysisPtr& analysis;
    int target; // -1 is the default target
    const QCommandLineParser& options;

    [[nodiscard]] const StageGraph& graph() const { return analysis->graph; }
};

Bytes asText(const Subject& subject)
{
    return graphAsText(subject.file, subject.graph(), subject.target);
}

Bytes asJson(const Subject& subject)
{
    if (!subject.options.isSet(u"layout"_s))
        return graphAsJson(subject.file, subject.graph()) + '\n';
    const nlohmann::ordered_json layout = layoutJson(subject.graph());
    return graphAsJson(subject.file, subject.graph(), &layout) + '\n';
}

Bytes asDot(const Subject& subject)
{
    return dotText(subject.graph(), subject.target);
}

Bytes asMermaid(const Subject& subject)
{
    return mermaidText(subject.graph(), subject.target);
}

/// PNG, SVG or PDF, as the diagram in the window draws it.
Bytes asPicture(const Subject& subject)
{
    const bool dark = subject.options.value(u"theme"_s) == "dark"_L1;
    const ui::Theme& theme = dark ? ui::Theme::darkTheme() : ui::Theme::lightTheme();
    const QString format = subject.options.value(u"format"_s);
    const ui::DrawOptions options{.scale = subject.options.value(u"scale"_s).toDouble(),
                                  .legend = subject.options.isSet(u"legend"_s)};
    const auto bytes = ui::drawnAs(format, subject.analysis, subject.target, theme, options);
    if (!bytes)
        return std::unexpected(bytes.error());
    return bytes->toStdString();
}

struct Format {
    QLatin1StringView name;
    Bytes (*draw)(const Subject&);
};

constexpr std::array kFormats{
    Format{"text"_L1, asText},       Format{"json"_L1, asJson},   Format{"dot"_L1, asDot},
    Format{"mermaid"_L1, asMermaid}, Format{"svg"_L1, asPicture}, Format{"png"_L1, asPicture},
    Format{"pdf"_L1, asPicture},
};

void addOptions(QCommandLineParser& parser)
{
    parser.setApplicationDescription(u"Prints or draws a Dockerfile's stages and what each takes from where."_s);
    parser.addOptions({
        formatOption(namesOf(kFormats)),
        {u"target"_s, u"The stage to build; the last one unless given."_s, u"STAGE"_s},
        {u"theme"_s, u"The colours of a picture: light or dark; light unless given."_s, u"THEME"_s, u"light"_s},
        {u"scale"_s, u"Pixels for each point of a PNG; 2 unless given, for sharp screens."_s, u"FACTOR"_s, u"2"_s},
        {u"legend"_s, u"Says below a picture what its signs mean."_s},
        {u"layout"_s, u"With json: where nodes and edges go, with all nodes of one size."_s},
        outputOption(),
        buildArgOption(),
        buildContextOption(),
    });
}

/// Only a picture needs fonts, and none needs a display.
std::unique_ptr<QCoreApplication> applicationFor(const QString& format, int& argc, char** argv)
{
    const auto row = std::ranges::find(kFormats, format, &Format::name);
    if (row == kFormats.end() || row->draw != asPicture)
        return std::make_unique<QCoreApplication>(argc, argv);
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    return std::make_unique<QApplication>(argc, argv);
}

QString formatAskedFor(int argc, char** argv)
{
    QCommandLineParser parser;
    addOptions(parser);
    QStringList arguments;
    for (int i = 1; i < argc; ++i) // the verb is in the program's place
        arguments += QString::fromLocal8Bit(argv[i]);
    parser.parse(arguments);
    return parser.value(u"format"_s);
}

/// Says what is wrong with the options; true where nothing is.
bool acceptable(const QCommandLineParser& parser, const Format& format)
{
    const QString theme = parser.value(u"theme"_s);
    bool isNumber = false;
    const double scale = parser.value(u"scale"_s).toDouble(&isNumber);
    if (theme != "light"_L1 && theme != "dark"_L1)
        refuse(u"--theme takes light or dark, not %1"_s.arg(theme));
    else if (!isNumber || scale <= 0)
        refuse(u"--scale takes a number above 0, not %1"_s.arg(parser.value(u"scale"_s)));
    else if (format.draw == asPicture && parser.positionalArguments().size() > 1)
        refuse(u"a picture is drawn of one file at a time"_s);
    else
        return true;
    return false;
}

Answer answerFor(const std::string& file, std::string bytes, const Format& format, const QCommandLineParser& parser,
                 const CheckOptions& options)
{
    const std::string wanted = parser.value(u"target"_s).toStdString();
    const AnalysisPtr analysis = analyse(std::move(bytes), options);
    const auto target = analysis->graph.findTarget(wanted);
    if (!target && !wanted.empty()) {
        refuse(u"%1: target stage \"%2\" could not be found"_s.arg(QString::fromStdString(file),
                                                                   QString::fromStdString(wanted)));
        return {{}, kCommandAtFault};
    }
    Bytes drawn = format.draw({file, analysis, target.value_or(-1), parser});
    if (!drawn)
        return {{}, static_cast<ExitStatus>(refuse(drawn.error()))};
    return {std::move(*drawn), analysis->graph.problems.empty() ? kFine : kDockerfileAtFault};
}

} // namespace

int runGraph(int argc, char** argv)
{
    const auto application = applicationFor(formatAskedFor(argc, argv), argc, argv);
    QCommandLineParser parser;
    addOptions(parser);
    processFiles(parser);
    const auto name = formatFrom(parser, namesOf(kFormats));
    if (!name)
        return refuse(name.error());
    const Format& format = *std::ranges::find(kFormats, *name, &Format::name);
    if (!acceptable(parser, format))
        return kCommandAtFault;
    CheckOptions options;
    if (const auto given = buildOptions(parser))
        options.build = *given;
    else
        return refuse(given.error());
    if (const auto contexts = namedContexts(parser))
        options.build.namedContexts = namesOf(*contexts);
    else
        return refuse(contexts.error());
    return runOverFiles(parser, [&](const std::string& file, std::string bytes) {
        return answerFor(file, std::move(bytes), format, parser, options);
    });
}

} // namespace stagelift::app
