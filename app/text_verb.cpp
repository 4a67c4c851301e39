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
    const QStringList files = parser.positionalArguments().mid(1);
    if (files.isEmpty())
        return refuse(u"name a Dockerfile, or - for standard input"_s);
    const QString output = parser.optionNames().contains(u"o"_s) ? parser.value(u"o"_s) : QString();
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
        if (!output.isEmpty())
            continue;
        if (const auto written = writeOutput({}, std::exchange(kept, {})); !written)
            return refuse(written.error());
    }
    if (output.isEmpty() || kept.isEmpty())
        return worst;
    if (const auto written = writeOutput(output, kept); !written)
        return refuse(written.error());
    return worst;
}

void addFiles(QCommandLineParser& parser, const QString& verb)
{
    parser.addPositionalArgument(verb, u"This verb."_s);
    parser.addPositionalArgument(u"FILE"_s, u"Dockerfiles; - for standard input."_s, u"FILE..."_s);
}

QString formatFrom(const QCommandLineParser& parser, const QStringList& formats)
{
    QString format = parser.value(u"format"_s);
    if (formats.contains(format))
        return format;
    refuse(u"--format takes %1, not %2"_s.arg(formats.join(u", "_s), format));
    return {};
}

} // namespace stagelift::app
