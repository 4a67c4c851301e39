// SPDX-License-Identifier: GPL-3.0-or-later
//
// A built stage is run at a terminal: with which commands, in which terminal, and what a shell there makes of it.

#include "core/engine/build_plan.h"
#include "core/engine/image_run.h"
#include "core/engine/leftovers.h"
#include "core/engine/stage_image.h"
#include "core/engine/terminal.h"
#include "engine/engine_fixture.h"
#include "engine/image_fixture.h"

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

Engine engineOf(EngineKind kind, const QString& program, const QStringList& at = {})
{
    Engine engine;
    engine.kind = kind;
    engine.id = program;
    engine.program = u"/usr/bin/"_s + program;
    engine.at = at;
    engine.ready = true;
    return engine;
}

QStringList lines(const QList<Command>& commands)
{
    QStringList lines;
    for (const Command& command : commands)
        lines << shellLine(command);
    return lines;
}

/// "before && run; after", or the refusal.
QString told(const std::expected<ImageRun, QString>& run)
{
    if (!run)
        return run.error();
    return (lines(run->before) + QStringList{shellLine(run->run)}).join(u" && "_s) + u"; "_s +
           lines(run->after).join(u"; "_s);
}

Command program(const QString& path, const QStringList& arguments)
{
    return {path, arguments, {}, {}, {}};
}

struct Ended {
    int status = -1;
    QString output;
};

const QList<Engine>& enginesHere()
{
    static const QList<Engine> engines = findEngines();
    return engines;
}

/// What a shell makes of the script, with Enter pressed at its end.
Ended ran(const ImageRun& run)
{
    QProcess shell;
    shell.setProcessChannelMode(QProcess::MergedChannels);
    shell.start(u"/bin/sh"_s, {u"-c"_s, terminalScript(run)});
    shell.write("\n");
    shell.closeWriteChannel();
    if (!shell.waitForFinished(20000))
        return {};
    return {shell.exitCode(), QString::fromUtf8(shell.readAll())};
}

/// For as long as it lives, the terminal is a program that shows nothing: it runs what it is given at a terminal of its
/// own, keeps what is said there, and presses Enter where it is asked to.
class QuietTerminal {
public:
    QuietTerminal() : m_path(qgetenv("PATH"))
    {
        writeProgram(m_folder.filePath(u"xdg-terminal-exec"_s),
                     "exec python3 -c 'import os, pty, sys\n"
                     "said = open(sys.argv[1], \"wb\")\n"
                     "all = b\"\"\n"
                     "def keep(fd):\n"
                     "    global all\n"
                     "    data = os.read(fd, 4096)\n"
                     "    said.write(data); said.flush(); all += data\n"
                     "    if b\"Press Enter\" in all: os.write(fd, b\"\\n\")\n"
                     "    return data\n"
                     "pty.spawn(sys.argv[2:], keep)\n"
                     "open(sys.argv[1] + \".done\", \"w\")' \"" +
                         said().toUtf8() + "\" \"$@\" < \"" + typed().toUtf8() + "\"");
        qputenv("PATH", m_folder.path().toLocal8Bit() + ':' + m_path);
    }
    ~QuietTerminal() { qputenv("PATH", m_path); }
    QuietTerminal(const QuietTerminal&) = delete;
    QuietTerminal& operator=(const QuietTerminal&) = delete;

    void type(const QByteArray& keys) { writeFile(typed(), keys); }
    /// All that was said, once the window would be closed.
    QString heard()
    {
        if (!QTest::qWaitFor([this] { return QFile::exists(said() + u".done"_s); }, 60000))
            return u"it never ended"_s;
        QFile file(said());
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).remove(u'\r') : QString();
    }

private:
    [[nodiscard]] QString said() const { return m_folder.filePath(u"said"_s); }
    [[nodiscard]] QString typed() const { return m_folder.filePath(u"typed"_s); }

    QTemporaryDir m_folder;
    QByteArray m_path;
};

} // namespace

class ImageRunTest : public QObject {
    Q_OBJECT
private slots:
    void eachEngineHasItsCommands_data();
    void eachEngineHasItsCommands();
    void podmanRunsWhatBuildahHasBuilt_data();
    void podmanRunsWhatBuildahHasBuilt();
    void aPersonTypes_data();
    void aPersonTypes();
    void findsTheTerminal_data();
    void findsTheTerminal();
    void givesEveryTerminalItsOwnWay_data();
    void givesEveryTerminalItsOwnWay();
    void theShellSaysHowItEnded_data();
    void theShellSaysHowItEnded();
    void wordsAreNotReadByTheShell();
    void tidiesUpWhenTheWindowIsClosed();
    void knowsAnImageWithoutAShell_data();
    void knowsAnImageWithoutAShell();
    void runsWhatWasBuilt_data();
    void runsWhatWasBuilt();
    void sawNoShellInAnEmptyImage();
};

void ImageRunTest::eachEngineHasItsCommands_data()
{
    QTest::addColumn<Engine>("engine");
    QTest::addColumn<bool>("shell");
    QTest::addColumn<QString>("container");
    QTest::addColumn<QString>("commands");

    const Engine buildah = engineOf(EngineKind::Buildah, u"buildah"_s);
    const Engine prod = engineOf(EngineKind::DockerBuildx, u"docker"_s, {u"--context"_s, u"prod"_s});
    QTest::newRow("docker") << engineOf(EngineKind::DockerBuildx, u"docker"_s) << false << u"c1"_s
                            << u"docker run --rm -it --name c1 img; docker rm --force --volumes c1"_s;
    QTest::newRow("docker, a shell") << engineOf(EngineKind::DockerClassic, u"docker"_s) << true << u"c1"_s
                                     << u"docker run --rm -it --name c1 --entrypoint sh img; "
                                        "docker rm --force --volumes c1"_s;
    QTest::newRow("docker at a context") << prod << false << u"c1"_s
                                         << u"docker --context prod run --rm -it --name c1 img; "
                                            "docker --context prod rm --force --volumes c1"_s;
    QTest::newRow("a container that nobody has named")
        << engineOf(EngineKind::DockerBuildKit, u"docker"_s) << false << QString() << u"docker run --rm -it img; "_s;
    QTest::newRow("podman at a connection")
        << engineOf(EngineKind::Podman, u"podman"_s, {u"--connection"_s, u"vm"_s}) << true << u"c1"_s
        << u"podman --connection vm run --rm -it --name c1 --entrypoint sh img; "
           "podman --connection vm rm --force --volumes c1"_s;
    QTest::newRow("buildah, a shell") << buildah << true << u"c1"_s
                                      << u"buildah from --name c1 img && buildah run --terminal c1 -- sh; "
                                         "buildah rm c1"_s;
    QTest::newRow("buildah, its command") << buildah << false << u"c1"_s
                                          << u"Buildah runs no image by its own command: run it with a shell, or "
                                             "install Podman, which has the same images."_s;
}

void ImageRunTest::eachEngineHasItsCommands()
{
    QFETCH(Engine, engine);
    QFETCH(bool, shell);
    QFETCH(QString, container);
    QFETCH(QString, commands);
    const Surroundings free{.mayRaiseLimits = true};
    const RunMode mode = shell ? RunMode::Shell : RunMode::ItsCommand;
    QCOMPARE(told(imageRun(engine, u"img"_s, mode, container, free)), commands);
    if (engine.kind == EngineKind::Buildah && shell) {
        const Surroundings inContainer{.root = true, .inContainer = true};
        QVERIFY(told(imageRun(engine, u"img"_s, mode, container, inContainer))
                    .contains(u"run --terminal --isolation chroot c1 -- sh"_s));
    }
}

void ImageRunTest::podmanRunsWhatBuildahHasBuilt_data()
{
    QTest::addColumn<Engine>("builder");
    QTest::addColumn<QList<Engine>>("engines");
    QTest::addColumn<QString>("runner");

    const Engine docker = engineOf(EngineKind::DockerBuildx, u"docker"_s);
    const Engine buildah = engineOf(EngineKind::Buildah, u"buildah"_s);
    const Engine podman = engineOf(EngineKind::Podman, u"podman"_s);
    const Engine away = engineOf(EngineKind::Podman, u"podman"_s, {u"--connection"_s, u"vm"_s});
    Engine broken = podman;
    broken.ready = false;
    QTest::newRow("docker runs its own") << docker << QList{docker, podman} << u"docker"_s;
    QTest::newRow("podman is there") << buildah << QList{docker, buildah, podman} << u"podman"_s;
    QTest::newRow("podman is not there") << buildah << QList{docker, buildah} << u"buildah"_s;
    QTest::newRow("podman is not ready") << buildah << QList{buildah, broken} << u"buildah"_s;
    QTest::newRow("a podman elsewhere has other images") << buildah << QList{buildah, away} << u"buildah"_s;
}

void ImageRunTest::podmanRunsWhatBuildahHasBuilt()
{
    QFETCH(Engine, builder);
    QFETCH(QList<Engine>, engines);
    QFETCH(QString, runner);
    QCOMPARE(runnerOf(builder, engines).id, runner);
}

void ImageRunTest::aPersonTypes_data()
{
    QTest::addColumn<Engine>("engine");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("stage");
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QString>("line");

    const QString named = u"FROM scratch AS build\nFROM scratch AS final\n"_s;
    const QString unnamed = u"FROM scratch\nFROM scratch\n"_s;
    const QString twice = u"FROM scratch AS a\nFROM scratch AS a\nFROM scratch\n"_s;
    Engine docker = engineOf(EngineKind::DockerBuildx, u"docker"_s);
    const Engine old = engineOf(EngineKind::DockerBuildKit, u"docker"_s);
    QTest::newRow("docker builds it first") << docker << named << 0 << QString()
                                            << u"docker run --rm -it \"$(docker buildx build --quiet --load --file "
                                               "/src/Dockerfile --target build /src)\""_s;
    QTest::newRow("the last stage needs no target") << docker << unnamed << 1 << QString()
                                                    << u"docker run --rm -it \"$(docker buildx build --quiet --load "
                                                       "--file /src/Dockerfile /src)\""_s;
    QTest::newRow("docker without buildx")
        << old << named << 0 << QString()
        << u"docker run --rm -it \"$(DOCKER_BUILDKIT=1 docker build --quiet --file /src/Dockerfile --target build "
           "/src)\""_s;
    QTest::newRow("the target has a tag") << docker << named << 1 << u"web:1"_s << u"docker run --rm -it web:1"_s;
    QTest::newRow("another stage has not") << docker << named << 0 << u"web:1"_s
                                           << u"docker run --rm -it \"$(docker buildx build --quiet --load --file "
                                              "/src/Dockerfile --target build /src)\""_s;
    QTest::newRow("a stage without a name")
        << docker << unnamed << 0 << QString()
        << u"A stage without a name can't be asked for on a command line. Name it first."_s;
    QTest::newRow("a stage whose name means another")
        << docker << twice << 0 << QString()
        << u"Another stage further down has the same name, and is the one that a command line asks for."_s;
    docker.at = QStringList{u"--context"_s, u"build"_s};
    docker.builder = u"farm"_s;
    QTest::newRow("docker at a context, with a builder")
        << docker << named << 0 << QString()
        << u"docker --context build run --rm -it \"$(docker --context build buildx build --quiet --load --builder farm "
           "--file /src/Dockerfile --target build /src)\""_s;
    QTest::newRow("podman keeps its images")
        << engineOf(EngineKind::Podman, u"podman"_s) << unnamed << 0 << QString() << u"podman run --rm -it 1234abcd"_s;
    QTest::newRow("so does the classic builder") << engineOf(EngineKind::DockerClassic, u"docker"_s) << named << 0
                                                 << QString() << u"docker run --rm -it 1234abcd"_s;
}

void ImageRunTest::aPersonTypes()
{
    QFETCH(Engine, engine);
    QFETCH(QString, text);
    QFETCH(int, stage);
    QFETCH(QString, tag);
    QFETCH(QString, line);
    BuildRequest built = request(engine, u"/src"_s, text.toUtf8());
    built.file = u"/src/Dockerfile"_s;
    built.noCache = true; // was wanted of that build, and not of this one
    built.extras.cacheTo = QStringList{u"r/c"_s};
    if (!tag.isEmpty())
        built.tags = QStringList{tag};
    const auto typed = typedRun(built, stage, u"1234abcd"_s, engine);
    QCOMPARE(typed ? *typed : typed.error(), line);
    built.file.clear();
    if (line.contains(u"--file"_s))
        QVERIFY(typedRun(built, stage, u"1234abcd"_s, engine).error().startsWith(u"Save the file first"_s));
}

void ImageRunTest::findsTheTerminal_data()
{
    QTest::addColumn<QString>("chosen");
    QTest::addColumn<QStringList>("there");
    QTest::addColumn<QString>("command");

    const QStringList some{u"xterm"_s, u"konsole"_s};
    QTest::newRow("the first that is there") << QString() << some << u"konsole -e ls /"_s;
    QTest::newRow("the one that TERMINAL names") << u"xterm"_s << some << u"xterm -e ls /"_s;
    QTest::newRow("TERMINAL names one that is not there") << u"kitty"_s << some << u"konsole -e ls /"_s;
    QTest::newRow("TERMINAL has options") << u"xterm -fa Mono"_s << some << u"xterm -fa Mono -e ls /"_s;
    QTest::newRow("TERMINAL is one of its own way") << u"foot"_s << (some + QStringList{u"foot"_s}) << u"foot ls /"_s;
    QTest::newRow("TERMINAL is one that nobody knows") << u"st"_s << (some + QStringList{u"st"_s}) << u"st -e ls /"_s;
    QTest::newRow("what the desktop has chosen goes before")
        << u"xterm"_s << (some + QStringList{u"xdg-terminal-exec"_s}) << u"xdg-terminal-exec ls /"_s;
    QTest::newRow("what Debian has chosen does not")
        << u"xterm"_s << (some + QStringList{u"x-terminal-emulator"_s}) << u"xterm -e ls /"_s;
    QTest::newRow("there is none") << u"xterm"_s << QStringList() << QString();
}

void ImageRunTest::findsTheTerminal()
{
    QFETCH(QString, chosen);
    QFETCH(QStringList, there);
    QFETCH(QString, command);
    const auto terminal = findTerminal(
        chosen, [&](const QString& name) { return there.contains(name) ? u"/usr/bin/"_s + name : QString(); });
    QCOMPARE(terminal ? shellLine(terminal->running({u"ls"_s, u"/"_s})) : QString(), command);
}

void ImageRunTest::givesEveryTerminalItsOwnWay_data()
{
    QTest::addColumn<QString>("command");
    for (const char* command :
         {"xdg-terminal-exec ls /", "x-terminal-emulator -e ls /", "konsole -e ls /", "gnome-terminal -- ls /",
          "ptyxis -- ls /", "kgx -- ls /", "xfce4-terminal -x ls /", "mate-terminal -x ls /", "kitty ls /",
          "alacritty -e ls /", "foot ls /", "ghostty -e ls /", "xterm -e ls /"})
        QTest::newRow(command) << QString::fromLatin1(command);
    QCOMPARE(terminals().size(), 13U);
}

void ImageRunTest::givesEveryTerminalItsOwnWay()
{
    QFETCH(QString, command);
    const QString only = command.section(u' ', 0, 0);
    const auto terminal =
        findTerminal({}, [&](const QString& name) { return name == only ? u"/usr/bin/"_s + name : QString(); });
    QVERIFY(terminal);
    QCOMPARE(shellLine(terminal->running({u"ls"_s, u"/"_s})), command);
}

void ImageRunTest::theShellSaysHowItEnded_data()
{
    QTest::addColumn<bool>("shell");
    QTest::addColumn<QString>("does");
    QTest::addColumn<QString>("output");

    const auto ended = [](int status) {
        return u"\nEnded with exit status %1. Press Enter to close this window.\n"_s.arg(status);
    };
    const QString none =
        u"\nWhere no program called sh was found: an image that is built FROM scratch has what its COPY "
        "lines bring, and nothing else.\n"_s;
    QTest::newRow("a command that printed something") << false << u"echo hello"_s << u"hello\n"_s + ended(0);
    QTest::newRow("a command that failed") << false << u"echo oh; exit 3"_s << u"oh\n"_s + ended(3);
    QTest::newRow("a shell that was left") << true << u"echo bye"_s << u"bye\n"_s;
    QTest::newRow("a shell that was left by Ctrl+C") << true << u"exit 130"_s << QString();
    QTest::newRow("a shell that failed") << true << u"exit 2"_s << ended(2);
    QTest::newRow("no shell there") << true << u"echo 'no sh'; exit 127"_s << u"no sh\n"_s + none + ended(127);
    QTest::newRow("a command that is not there") << false << u"exit 127"_s << ended(127);
}

void ImageRunTest::theShellSaysHowItEnded()
{
    QFETCH(bool, shell);
    QFETCH(QString, does);
    QFETCH(QString, output);
    QTemporaryDir folder;
    const QString gone = folder.filePath(u"gone"_s);
    const Command run = program(u"/bin/sh"_s, {u"-c"_s, does});
    const Ended end = ran({.mode = shell ? RunMode::Shell : RunMode::ItsCommand,
                           .before = {program(u"/bin/true"_s, {})},
                           .run = run,
                           .after = {program(u"/bin/false"_s, {}), program(u"/bin/touch"_s, {gone})}});
    QCOMPARE(end.output, u"$ %1\n\n%2"_s.arg(shellLine(run), output));
    QVERIFY2(QFile::exists(gone), "what is left is taken away, whatever has failed");
}

void ImageRunTest::wordsAreNotReadByTheShell()
{
    QTemporaryDir folder;
    const QStringList odd{u"a b"_s,     u"$HOME"_s,  u"`id`"_s,       u"it's"_s, u"\"q\""_s,
                          u"%s\\n%d"_s, u"; exit"_s, u"two\nlines"_s, QString(), u"*"_s};
    QString name = folder.filePath(u"odd $PATH 'engine'"_s);
    writeProgram(name, "for word in \"$@\"; do printf '<%s>' \"$word\"; done");
    const Ended end = ran({.mode = RunMode::Shell, .before = {}, .run = program(name, odd), .after = {}});
    QCOMPARE(end.output.section(u"\n\n"_s, -1), u'<' + odd.join(u"><"_s) + u'>');
    const Ended unborn = ran({.mode = RunMode::ItsCommand,
                              .before = {program(u"/bin/sh"_s, {u"-c"_s, u"exit 5"_s})},
                              .run = program(u"/bin/echo"_s, {u"never"_s}),
                              .after = {}});
    QVERIFY(!unborn.output.contains(u"\nnever"_s));
    QVERIFY(unborn.output.contains(u"status 5."_s));
}

/// With a client that takes no notice, as Docker's.
void ImageRunTest::tidiesUpWhenTheWindowIsClosed()
{
    QTemporaryDir folder;
    const QString begun = folder.filePath(u"begun"_s);
    const QString gone = folder.filePath(u"gone"_s);
    const QString client = u"trap '' HUP; touch %1; while [ ! -e %2 ]; do sleep 0.1; done"_s.arg(begun, gone);
    QProcess window;
    window.start(u"python3"_s, {u"-c"_s, u"import pty, sys; pty.spawn(sys.argv[1:])"_s, u"/bin/sh"_s, u"-c"_s,
                                terminalScript({.mode = RunMode::Shell,
                                                .before = {},
                                                .run = program(u"/bin/sh"_s, {u"-c"_s, client}),
                                                .after = {program(u"/bin/touch"_s, {gone})}})});
    QVERIFY(QTest::qWaitFor([&] { return QFile::exists(begun); }));
    QTest::qWait(100);
    QVERIFY2(!QFile::exists(gone), "as long as it is open, all stays");
    window.kill();
    QVERIFY(QTest::qWaitFor([&] { return QFile::exists(gone); }, 5000));
    QTRY_COMPARE(window.state(), QProcess::NotRunning);
}

void ImageRunTest::knowsAnImageWithoutAShell_data()
{
    QTest::addColumn<QStringList>("layers");
    QTest::addColumn<bool>("mayHave");

    QTest::newRow("a program") << QStringList{u"bin/ bin/sh:10"_s} << true;
    QTest::newRow("a link") << QStringList{u"bin/ bin/busybox:10 bin/sh->busybox"_s} << true;
    QTest::newRow("somewhere else") << QStringList{u"busybox/ busybox/sh:10"_s} << true;
    QTest::newRow("none") << QStringList{u"app:10 bash:3"_s} << false;
    QTest::newRow("a folder of that name") << QStringList{u"sh/ sh/app:10"_s} << false;
    QTest::newRow("it was removed") << QStringList{u"bin/ bin/sh:10"_s, u"bin/ bin/.wh.sh"_s} << false;
}

void ImageRunTest::knowsAnImageWithoutAShell()
{
    QFETCH(QStringList, layers);
    QFETCH(bool, mayHave);
    ReadingWatch watch;
    const QByteArray archive = dockerArchive(layers);
    const auto files = readImage(sourceOf(archive), watch);
    QVERIFY(files.has_value());
    QCOMPARE(mayHaveShell(*files), mayHave);
}

void ImageRunTest::runsWhatWasBuilt_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("shell");
    for (const auto& id : {u"docker"_s, u"podman"_s, u"buildah"_s})
        for (const bool shell : {false, true})
            if (id == u"docker"_s || shell)
                QTest::addRow("%s, %s", qPrintable(id), shell ? "a shell" : "its command") << id << shell;
}

/// Built, run at a terminal of its own, and gone again. Podman's containers need more of the kernel than its builds: it
/// is asked first whether it can run any.
void ImageRunTest::runsWhatWasBuilt()
{
    QFETCH(QString, id);
    QFETCH(bool, shell);
    const QList<Engine>& engines = enginesHere();
    STAGELIFT_NEED(absence(engines, id));
    STAGELIFT_NEED(busybox().isEmpty() ? u"busybox is not there"_s : QString());
    const Engine engine = *std::ranges::find(engines, id, &Engine::id);
    QTemporaryDir folder;
    QFile::copy(busybox(), folder.filePath(u"busybox"_s));
    BuildRequest wanted = request(engine, folder.path(),
                                  "FROM scratch AS tool\nCOPY busybox /bin/sh\nENV PATH=/bin\nWORKDIR /work\n"
                                  "CMD [\"sh\", \"-c\", \"[ -t 0 ] && echo at a terminal in $PWD\"]\n"
                                  "FROM tool\nCMD [\"sh\", \"-c\", \"echo not this\"]\n");
    wanted.target = 0;
    StageImage image(wanted);
    QSignalSpy ready(&image, &StageImage::ready);
    QSignalSpy failed(&image, &StageImage::failed);
    image.start();
    QVERIFY(QTest::qWaitFor([&] { return !ready.isEmpty() || !failed.isEmpty(); }, 120000));
    QVERIFY2(failed.isEmpty(), qPrintable(failed.value(0).value(0).toString()));
    const QString name = ready.at(0).at(0).toString();
    const QStringList names = ready.at(0).at(1).toStringList();

    const QString container = privateName(Namer::own());
    ImageRun run = *imageRun(engine, name, shell ? RunMode::Shell : RunMode::ItsCommand, container);
    if (!names.isEmpty())
        run.after << forgetCommand(engine, names);
    QuietTerminal terminal;
    terminal.type(shell ? "[ -t 0 ] && echo at a terminal in $PWD\nexit\n" : "");
    const auto started = startInTerminal(run);
    QVERIFY2(started, started ? "" : qPrintable(started.error()));
    const QString heard = terminal.heard();
    QVERIFY2(heard.contains(u"$ "_s + shellLine(run.run) + u'\n'), qPrintable(heard));
    if (id == u"podman"_s && heard.contains(u"Error: "_s)) { // it can run nothing here, and says so of this image
        QVERIFY2(!heard.contains(u"no such image"_s), qPrintable(heard));
        QCOMPARE(QProcess::execute(engine.program, {u"image"_s, u"exists"_s, name}), 0);
        QVERIFY(heard.contains(u"Press Enter"_s));
        return;
    }
    QVERIFY2(heard.contains(u"\nat a terminal in /work\n"_s), qPrintable(heard));
    QCOMPARE(heard.contains(u"Press Enter"_s), !shell);

    if (id == u"buildah"_s) {
        QVERIFY(!outputOf(engine.program, {u"containers"_s}).contains(container.toUtf8()));
        return;
    }
    QVERIFY(!outputOf(engine.program, {u"ps"_s, u"--all"_s}).contains(container.toUtf8()));
    for (const QString& each : names)
        QVERIFY(!outputOf(engine.program, {u"image"_s, u"ls"_s}).contains(each.section(u':', 0, 0).toUtf8()));
}

void ImageRunTest::sawNoShellInAnEmptyImage()
{
    const QList<Engine>& engines = enginesHere();
    STAGELIFT_NEED(absence(engines, u"docker"_s));
    const Engine engine = *std::ranges::find(engines, u"docker"_s, &Engine::id);
    QTemporaryDir folder;
    writeFile(folder.filePath(u"a"_s), "a");
    StageImage image(request(engine, folder.path(), "FROM scratch\nCOPY a /\n"));
    QSignalSpy ready(&image, &StageImage::ready);
    image.start();
    QVERIFY(QTest::qWaitFor([&] { return !ready.isEmpty(); }, 60000));
    ImageRun run = *imageRun(engine, ready.at(0).at(0).toString(), RunMode::Shell, privateName(Namer::own()));
    if (const QStringList names = ready.at(0).at(1).toStringList(); !names.isEmpty())
        run.after << forgetCommand(engine, names);
    QuietTerminal terminal;
    terminal.type({});
    QVERIFY(startInTerminal(run));
    const QString heard = terminal.heard();
    QVERIFY2(heard.contains(u"an image that is built FROM scratch has what its COPY"_s), qPrintable(heard));
    QVERIFY2(heard.contains(u"executable file not found"_s), qPrintable(heard));
    QVERIFY2(heard.contains(u"Ended with exit status 127. Press Enter"_s), qPrintable(heard));
}

QTEST_GUILESS_MAIN(ImageRunTest)
#include "image_run_test.moc"
