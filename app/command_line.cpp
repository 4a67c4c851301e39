// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command_line.h"

#include "app/verb.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QTextStream>

#include <cstdio>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace stagelift::app {

void printHelp()
{
    QTextStream out(stdout);
    out << "Usage: stagelift [FILE...]          open the window\n"
           "       stagelift VERB [OPTIONS] FILE...\n\n";
    for (const Verb& verb : verbs())
        out << "  " << QString::fromLatin1(verb.name).leftJustified(12) << verb.summary << "\n";
    out << "\nstagelift VERB --help tells a verb's options. A FILE of - is standard input.\n"
           "Exit status: 0 fine, 1 the Dockerfile or the build is at fault, 2 the command is.\n";
}

void printVersion()
{
    QTextStream(stdout) << "stagelift " STAGELIFT_VERSION "\n";
}

int refuse(const QString& sentence)
{
    QTextStream(stderr) << "stagelift: " << sentence << "\n";
    return kCommandAtFault;
}

void process(QCommandLineParser& parser, const QStringList& arguments)
{
    const QCommandLineOption help = parser.addHelpOption();
    if (!parser.parse(arguments)) {
        const QString verb = arguments.value(1);
        std::exit(refuse(parser.errorText() + u" See: stagelift %1 --help"_s.arg(verb)));
    }
    if (parser.isSet(help)) {
        QTextStream(stdout) << parser.helpText();
        std::exit(kFine);
    }
}

std::expected<std::string, QString> readInput(const QString& path)
{
    QFile file(path);
    if (path == "-"_L1) {
        if (!file.open(stdin, QIODevice::ReadOnly))
            return std::unexpected(u"standard input can't be read: %1"_s.arg(file.errorString()));
        return file.readAll().toStdString();
    }
    const QFileInfo info(path);
    if (!info.exists())
        return std::unexpected(u"%1: there is no such file"_s.arg(path));
    if (info.isDir())
        return std::unexpected(u"%1 is a folder; name a Dockerfile in it"_s.arg(path));
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(u"%1 can't be read: %2"_s.arg(path, file.errorString()));
    QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return std::unexpected(u"%1 can't be read: %2"_s.arg(path, file.errorString()));
    return bytes.toStdString();
}

QCommandLineOption buildArgOption()
{
    return {u"build-arg"_s, u"Set a build argument; KEY alone takes its value from the environment."_s, u"KEY=VALUE"_s};
}

BuildOptions buildOptions(const QCommandLineParser& parser)
{
    BuildOptions options;
    for (const QString& argument : parser.values(u"build-arg"_s)) {
        const qsizetype equals = argument.indexOf('='_L1);
        const QString key = argument.left(equals);
        if (equals >= 0)
            options.buildArgs.emplace_back(key.toStdString(), argument.mid(equals + 1).toStdString());
        else if (qEnvironmentVariableIsSet(key.toLocal8Bit().constData()))
            options.buildArgs.emplace_back(key.toStdString(),
                                           qEnvironmentVariable(key.toLocal8Bit().constData()).toStdString());
    }
    return options;
}

std::expected<void, QString> writeOutput(const QString& path, const QByteArray& bytes)
{
    if (path.isEmpty() || path == "-"_L1) {
        const auto length = static_cast<std::size_t>(bytes.size());
        if (std::fwrite(bytes.constData(), 1, length, stdout) != length || std::fflush(stdout) != 0)
            return std::unexpected(u"standard output can't be written"_s);
        return {};
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return std::unexpected(u"%1 can't be written: %2"_s.arg(path, file.errorString()));
    return {};
}

} // namespace stagelift::app
