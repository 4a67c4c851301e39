// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command_line.h"

#include "app/verb.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QTextStream>

#include <cstdio>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace stagelift::app {

namespace {

/// Writes to standard output.
int print(const QString& text)
{
    const auto written = writeOutput({}, text.toUtf8());
    return written ? kFine : refuse(written.error());
}

std::expected<std::string, QString> readAll(QFile& file, const QString& name)
{
    QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return std::unexpected(u"%1 can't be read: %2"_s.arg(name, file.errorString()));
    return bytes.toStdString();
}

/// "text, json or dot"
QString oneOf(const QStringList& words)
{
    return words.sliced(0, words.size() - 1).join(u", "_s) + u" or "_s + words.last();
}

} // namespace

int printHelp()
{
    QString text;
    QTextStream out(&text);
    out << "Usage: stagelift [FILE...]          open the window\n"
           "       stagelift VERB [OPTIONS] FILE...\n\n";
    for (const Verb& verb : verbs())
        out << "  " << QString::fromLatin1(verb.name).leftJustified(12) << verb.summary << "\n";
    out << "\nstagelift VERB --help tells a verb's options. A FILE of - is standard input.\n"
           "Exit status: 0 fine, 1 the Dockerfile or the build is at fault, 2 the command is,\n"
           "130 a build was stopped by Ctrl+C.\n";
    return print(text);
}

int printVersion()
{
    return print(u"stagelift " STAGELIFT_VERSION "\n"_s);
}

int refuse(const QString& sentence)
{
    QTextStream(stderr) << "stagelift: " << sentence << "\n";
    return kCommandAtFault;
}

void process(QCommandLineParser& parser, const QString& operands)
{
    // Not Qt's own, which would offer --help-all, for options that are Qt's.
    const QCommandLineOption help({u"h"_s, u"help"_s}, u"Print this."_s);
    parser.addOption(help);
    QStringList arguments = QCoreApplication::arguments();
    const QString verb = arguments.takeAt(1);
    if (!parser.parse(arguments))
        std::exit(refuse(parser.errorText() + u" See: stagelift %1 --help"_s.arg(verb)));
    if (!parser.isSet(help))
        return;
    // Qt's first line has the path of the program, and no verb.
    const QString usage = u"Usage: stagelift %1 [OPTIONS] %2\n"_s.arg(verb, operands);
    std::exit(print(usage + parser.helpText().section(u'\n', 1)));
}

std::expected<std::string, QString> readInput(const QString& path)
{
    QFile file(path);
    if (path == "-"_L1) {
        if (!file.open(stdin, QIODevice::ReadOnly))
            return std::unexpected(u"standard input can't be read: %1"_s.arg(file.errorString()));
        return readAll(file, u"standard input"_s);
    }
    const QFileInfo info(path);
    if (!info.exists())
        return std::unexpected(u"%1: there is no such file"_s.arg(path));
    if (info.isDir())
        return std::unexpected(u"%1 is a folder; name a Dockerfile in it"_s.arg(path));
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(u"%1 can't be read: %2"_s.arg(path, file.errorString()));
    return readAll(file, path);
}

QCommandLineOption formatOption(const QStringList& formats)
{
    return {u"format"_s, u"%1; %2 unless given."_s.arg(oneOf(formats), formats.first()), u"FORMAT"_s, formats.first()};
}

std::expected<QString, QString> formatFrom(const QCommandLineParser& parser, const QStringList& formats)
{
    QString format = parser.value(u"format"_s);
    if (!formats.contains(format))
        return std::unexpected(u"--format takes %1, not %2"_s.arg(oneOf(formats), format));
    return format;
}

QCommandLineOption buildArgOption()
{
    return {u"build-arg"_s, u"Set a build argument; KEY alone takes its value from the environment."_s, u"KEY=VALUE"_s};
}

std::expected<BuildOptions, QString> buildOptions(const QCommandLineParser& parser)
{
    BuildOptions options;
    for (const QString& argument : parser.values(u"build-arg"_s)) {
        const qsizetype equals = argument.indexOf('='_L1);
        const QString key = argument.left(equals);
        if (key.trimmed().isEmpty())
            return std::unexpected(u"--build-arg takes KEY=VALUE, or KEY alone, not \"%1\""_s.arg(argument));
        if (equals >= 0)
            options.buildArgs.emplace_back(key.toStdString(), argument.mid(equals + 1).toStdString());
        else if (qEnvironmentVariableIsSet(key.toLocal8Bit().constData()))
            options.buildArgs.emplace_back(key.toStdString(),
                                           qEnvironmentVariable(key.toLocal8Bit().constData()).toStdString());
    }
    return options;
}

QCommandLineOption buildContextOption()
{
    return {u"build-context"_s, u"What FROM NAME and --from=NAME mean: a folder, docker-image://IMAGE or a URL."_s,
            u"NAME=VALUE"_s};
}

std::expected<QList<NamedContext>, QString> namedContexts(const QCommandLineParser& parser)
{
    QList<NamedContext> contexts;
    for (const QString& text : parser.values(u"build-context"_s)) {
        auto context = namedContextFrom(text);
        if (!context)
            return std::unexpected(context.error());
        contexts << std::move(*context);
    }
    return contexts;
}

std::vector<std::string> namesOf(const QList<NamedContext>& contexts)
{
    std::vector<std::string> names;
    for (const NamedContext& context : contexts)
        names.push_back(context.name.toStdString());
    return names;
}

QCommandLineOption contextOption()
{
    return {u"context"_s, u"The build context; the file's folder unless given."_s, u"DIR"_s};
}

std::expected<QString, QString> contextFrom(const QCommandLineParser& parser)
{
    QString context = parser.value(u"context"_s);
    if (parser.isSet(u"context"_s) && !QFileInfo(context).isDir())
        return std::unexpected(u"the build context %1 is no folder"_s.arg(context.isEmpty() ? u"\"\""_s : context));
    return context;
}

std::expected<void, QString> writeOutput(const QString& path, const QByteArray& bytes)
{
    if (path.isEmpty() || path == "-"_L1) {
        const auto length = static_cast<std::size_t>(bytes.size());
        if (std::fwrite(bytes.constData(), 1, length, stdout) != length || std::fflush(stdout) != 0)
            return std::unexpected(u"standard output can't be written"_s);
        return {};
    }
    const auto failed = [&path](const QFileDevice& file) {
        return std::unexpected(u"%1 can't be written: %2"_s.arg(path, file.errorString()));
    };
    const QFileInfo found(path);
    if (found.exists() && !found.isFile()) { // which QSaveFile would replace by a file
        QFile device(path);
        if (!device.open(QIODevice::WriteOnly | QIODevice::Unbuffered) || device.write(bytes) != bytes.size())
            return failed(device);
        return {};
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return failed(file);
    return {};
}

} // namespace stagelift::app
