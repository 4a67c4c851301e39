// SPDX-License-Identifier: GPL-3.0-or-later
//
// stagelift parse: the syntax tree, as BuildKit has it.

#include "app/text_verb.h"
#include "core/dockerfile/parser.h"
#include "core/report/json.h"
#include "core/report/text.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace stagelift::app {

int runParse(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Prints each instruction of a Dockerfile as BuildKit reads it."_s);
    const QStringList formats{u"text"_s, u"json"_s};
    parser.addOption(formatOption(formats));
    processFiles(parser);
    const auto format = formatFrom(parser, formats);
    if (!format)
        return refuse(format.error());
    return runOverFiles(parser, [&](const std::string& name, std::string bytes) -> Answer {
        const SourceText source(std::move(bytes));
        const Dockerfile dockerfile = parse(source);
        std::string text = *format == "json"_L1 ? parseAsJson(name, dockerfile) + '\n' : parseAsText(name, dockerfile);
        return {std::move(text), dockerfile.errors.empty() ? kFine : kDockerfileAtFault};
    });
}

} // namespace stagelift::app
