// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/terminal.h"

#include <QCoreApplication>
#include <QProcess>
#include <QStandardPaths>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

/// xdg-terminal-exec and Debian's x-terminal-emulator are whatever has been chosen. The others are what their own
/// manual pages say.
constexpr std::array kTerminals{TerminalRow{"xdg-terminal-exec", ""},
                                TerminalRow{"x-terminal-emulator", "-e"},
                                TerminalRow{"konsole", "-e"},
                                TerminalRow{"gnome-terminal", "--"},
                                TerminalRow{"ptyxis", "--"},
                                TerminalRow{"kgx", "--"},
                                TerminalRow{"xfce4-terminal", "-x"},
                                TerminalRow{"mate-terminal", "-x"},
                                TerminalRow{"kitty", ""},
                                TerminalRow{"alacritty", "-e"},
                                TerminalRow{"foot", ""},
                                TerminalRow{"ghostty", "-e"},
                                TerminalRow{"xterm", "-e"}};

constexpr std::size_t kAheadOfVariable = 1; // rows: what the desktop's settings say goes before TERMINAL

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Terminal)
};

QStringList optionOf(QLatin1StringView option)
{
    return option.isEmpty() ? QStringList() : QStringList{option};
}

/// Of a terminal that the table does not know: most of them follow xterm.
QStringList optionFor(const QString& program)
{
    const QString name = program.section(u'/', -1);
    const auto row = std::ranges::find_if(
        kTerminals, [&](const TerminalRow& each) { return name == QLatin1StringView(each.program); });
    return optionOf(QLatin1StringView(row == kTerminals.end() ? "-e" : row->option));
}

/// As a shell reads it, with the whole path of the program: PATH may be another in the terminal.
QString scriptLine(const Command& command)
{
    QStringList words;
    for (const auto& [name, value] : command.environment)
        words << name + u'=' + shellWord(value);
    words << shellWord(command.program);
    for (const QString& argument : command.arguments)
        words << shellWord(argument);
    return words.join(u' ');
}

QString saying(const QString& words)
{
    return u"printf '\\n%s\\n' %1"_s.arg(shellWord(words));
}

/// How it has ended, and nothing more until somebody has read it.
QString waiting()
{
    const QString words = Words::tr("Ended with exit status %1. Press Enter to close this window.");
    return u"printf '\\n%s%s%s\\n' %1 \"$status\" %2; read -r _"_s.arg(shellWord(words.section(u"%1"_s, 0, 0)),
                                                                       shellWord(words.section(u"%1"_s, 1)));
}

} // namespace

std::span<const TerminalRow> terminals()
{
    return kTerminals;
}

Command Terminal::running(const QStringList& words) const
{
    return {program, arguments + words, {}, {}, {}};
}

std::optional<Terminal> findTerminal(const QString& chosen, const std::function<QString(const QString&)>& find)
{
    for (std::size_t i = 0; i < kTerminals.size(); ++i) {
        const QStringList own = QProcess::splitCommand(chosen);
        if (const QString path = i == kAheadOfVariable && !own.isEmpty() ? find(own.constFirst()) : QString();
            !path.isEmpty())
            return Terminal{.program = path, .arguments = own.sliced(1) + optionFor(own.constFirst())};
        const TerminalRow& row = kTerminals.at(i);
        if (const QString path = find(QString::fromLatin1(row.program)); !path.isEmpty())
            return Terminal{.program = path, .arguments = optionOf(QLatin1StringView(row.option))};
    }
    return std::nullopt;
}

QString terminalScript(const ImageRun& run)
{
    QStringList tidying;
    for (const Command& command : run.after)
        tidying << scriptLine(command) + u" >/dev/null 2>&1;"_s;
    QStringList steps;
    for (const Command& command : run.before)
        steps << scriptLine(command) + u" >/dev/null"_s;
    steps << scriptLine(run.run);
    QStringList lines{
        u"tidy() { %1 :; }"_s.arg(tidying.join(u' ')),
        // Docker's client outlives the window, and a shell that waits for it hears of nothing else: somebody has to
        // look.
        u"if [ -t 1 ]; then (while sleep 1; do [ -t 1 ] || { tidy; exit; }; done) & look=$!; fi"_s,
        // Of themselves, these signals would end the shell without a word to its EXIT.
        u"trap '[ -z \"$look\" ] || kill $look; tidy' EXIT; trap 'exit 129' HUP; trap 'exit 143' TERM; trap : INT"_s,
        u"printf '%s\\n\\n' %1"_s.arg(shellWord(u"$ "_s + shellLine(run.run))),
        steps.join(u" && "_s),
        u"status=$?"_s,
    };
    if (run.mode == RunMode::ItsCommand) { // it may have printed something and be gone at once
        lines << waiting();
    } else { // whoever leaves a shell has read what it said; 130 is Ctrl+C
        // 127: the program is not there, as Docker and Podman have it; Podman has it for other faults, too. Buildah
        // says so in words alone.
        lines << u"[ $status -ne 127 ] || "_s +
                     saying(Words::tr(
                         "Where no program called sh was found: an image that is built FROM scratch has what its "
                         "COPY lines bring, and nothing else."));
        lines << u"[ $status -eq 0 ] || [ $status -eq 130 ] || { %1; }"_s.arg(waiting());
    }
    return lines.join(u'\n') + u'\n';
}

std::expected<void, QString> startInTerminal(const ImageRun& run)
{
    const auto terminal = findTerminal(qEnvironmentVariable("TERMINAL"),
                                       [](const QString& name) { return QStandardPaths::findExecutable(name); });
    if (!terminal)
        return std::unexpected(Words::tr("No terminal program was found."));
    const Command command = terminal->running({u"/bin/sh"_s, u"-c"_s, terminalScript(run)});
    QProcess process;
    process.setProgram(command.program);
    process.setArguments(command.arguments);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    if (!process.startDetached())
        return std::unexpected(Words::tr("%1 can't be started: %2").arg(command.program, process.errorString()));
    return {};
}

} // namespace stagelift
