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
    addFiles(parser, u"parse"_s);
    parser.addOption({u"format"_s, u"text or json."_s, u"FORMAT"_s, u"text"_s});
    process(parser, QCoreApplication::arguments());
    const QString format = formatFrom(parser, {u"text"_s, u"json"_s});
    if (format.isEmpty())
        return kCommandAtFault;
    return runOverFiles(parser, [&](const std::string& name, std::string bytes) -> Answer {
        const SourceText source(std::move(bytes));
        const Dockerfile dockerfile = parse(source);
        std::string text = format == "json"_L1 ? parseAsJson(name, dockerfile) + '\n' : parseAsText(name, dockerfile);
        return {std::move(text), dockerfile.errors.empty() ? kFine : kDockerfileAtFault};
    });
}

} // namespace stagelift::app
