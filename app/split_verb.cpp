// SPDX-License-Identifier: GPL-3.0-or-later
//
// stagelift split: a Dockerfile of one stage as one of two. The file itself is left alone.

#include "app/text_verb.h"
#include "core/multistage/multistage.h"
#include "core/report/unified_diff.h"

#include <QCoreApplication>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace stagelift::app {

namespace {

void addOptions(QCommandLineParser& parser, const QStringList& formats)
{
    parser.setApplicationDescription(
        u"Prints a Dockerfile of one stage as one of two: a builder, and a lean image that takes what it builds.\n"
        "The file is left alone. Why each line stands there, and what is to be checked, is said on standard error,\n"
        "as comments. Exit status 1 where the file can't be split."_s);
    parser.addOption(formatOption(formats));
    parser.addOption({u"base"_s, u"The image of the final stage; a fitting one unless given."_s, u"IMAGE"_s});
    parser.addOption(buildArgOption());
    parser.addOption(outputOption());
    parser.addPositionalArgument(u"FILE"_s, u"A Dockerfile; - for standard input."_s);
}

/// What would be obeyed by a terminal is shown as a question mark.
QString printable(const std::string& text)
{
    QString line = QString::fromStdString(text);
    for (QChar& character : line) {
        if (character.category() == QChar::Other_Control)
            character = u'?';
    }
    return line;
}

void explain(const Proposal& proposal)
{
    QTextStream out(stderr);
    out << "# " << printable(proposal.title) << "\n";
    for (const Explanation& each : proposal.explanations) {
        const QString lines = each.lines.first == each.lines.last
                                  ? u"line %1"_s.arg(each.lines.first)
                                  : u"lines %1 to %2"_s.arg(each.lines.first).arg(each.lines.last);
        out << "#   " << lines << ": " << printable(each.why) << "\n";
    }
    for (const std::string& caution : proposal.cautions)
        out << "# Check: " << printable(caution) << "\n";
}

int split(const QCommandLineParser& parser, const QString& file, std::string bytes, const CheckOptions& build)
{
    const AnalysisPtr before = analyse(std::move(bytes), build);
    MultiStageOptions options;
    options.runtimeBase = parser.value(u"base"_s).toStdString();
    const auto proposal = makeMultiStage(*before, options);
    if (!proposal) {
        const auto& [reason, mend, remedy] = proposal.error();
        refuse(u"%1: %2%3"_s.arg(file, printable(reason), mend.empty() ? QString() : u". "_s + printable(mend)));
        return kDockerfileAtFault;
    }
    explain(*proposal);
    const std::string text = parser.value(u"format"_s) == "diff"_L1
                                 ? unifiedDiff(file.toStdString(), before->source, proposal->edits)
                                 : applied(before->source.bytes(), proposal->edits);
    const auto written = writeOutput(parser.value(u"o"_s), QByteArray::fromStdString(text));
    return written ? kFine : refuse(written.error());
}

} // namespace

int runSplit(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    const QStringList formats{u"text"_s, u"diff"_s};
    addOptions(parser, formats);
    process(parser, u"FILE"_s);
    if (const auto format = formatFrom(parser, formats); !format)
        return refuse(format.error());
    const QStringList files = parser.positionalArguments();
    if (files.size() != 1)
        return refuse(u"split takes one FILE"_s);
    CheckOptions build;
    if (auto given = buildOptions(parser))
        build.build = std::move(*given);
    else
        return refuse(given.error());
    auto bytes = readInput(files.first());
    return bytes ? split(parser, files.first(), std::move(*bytes), build) : refuse(bytes.error());
}

} // namespace stagelift::app
