// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/text_verb.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift::app {

QCommandLineOption outputOption()
{
    return {{u"o"_s, u"output"_s}, u"Write to a file instead of standard output."_s, u"OUT"_s};
}

int runOverFiles(const QCommandLineParser& parser,
                 const std::function<Answer(const std::string& name, std::string bytes)>& answer)
{
    const QStringList files = parser.positionalArguments();
    if (files.isEmpty())
        return refuse(u"name a Dockerfile, or - for standard input"_s);
    const QString output = parser.optionNames().contains(u"o"_s) ? parser.value(u"o"_s) : QString();
    const bool intoFile = !output.isEmpty() && output != "-"_L1;
    QByteArray kept; // what goes into a file is written at once, when all is well
    int worst = kFine;
    for (const QString& file : files) {
        auto bytes = readInput(file);
        if (!bytes) {
            worst = refuse(bytes.error());
            continue;
        }
        const Answer said = answer(file.toStdString(), std::move(*bytes));
        worst = std::max<int>(worst, said.status);
        kept += QByteArray::fromStdString(said.text);
        if (intoFile)
            continue;
        if (const auto written = writeOutput({}, std::exchange(kept, {})); !written)
            return refuse(written.error());
    }
    if (!intoFile || worst == kCommandAtFault)
        return worst;
    if (const auto written = writeOutput(output, kept); !written)
        return refuse(written.error());
    return worst;
}

void processFiles(QCommandLineParser& parser)
{
    parser.addPositionalArgument(u"FILE"_s, u"Dockerfiles; - for standard input."_s);
    process(parser, u"FILE..."_s);
}

} // namespace stagelift::app
