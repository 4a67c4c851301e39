// SPDX-License-Identifier: GPL-3.0-or-later
//
// Built stages run in the user's terminal, from the menus of the diagram and the sizes, and from the Build menu.
// Scripts stand in for Buildah, Podman and the terminal; real ones are in tests/engine/image_run_test.

#include "ui/build/sizes_pane.h"
#include "ui/build/stage_runner.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/hit.h"
#include "ui/diagram/menu_entries.h"
#include "ui/diagram/walk.h"
#include "ui/window/build_desk.h"
#include "ui/window/commands.h"
#include "window_fixture.h"

#include <QAction>
#include <QClipboard>
#include <QMenu>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

constexpr auto kText = "FROM scratch AS one\nCOPY a /\nFROM scratch AS two\nCOPY --from=one a /\n";

/// Builds each stage into an image that is called after it.
const QByteArray kEngine = "PATH=/usr/bin:/bin\n"
                           "case \"$1\" in\n"
                           "build)\n"
                           "    target=two\n"
                           "    while [ $# -gt 0 ]; do\n"
                           "        [ \"$1\" = --target ] && target=$2\n"
                           "        [ \"$1\" = --iidfile ] && file=$2\n"
                           "        shift\n"
                           "    done\n"
                           "    while [ -e \"$0.hold\" ]; do sleep 0.05; done\n"
                           "    [ -e \"$0.broken\" ] && { echo 'Error: no such layer' >&2; exit 1; }\n"
                           "    printf sha256:of-$target > \"$file\" ;;\n"
                           "inspect) printf '%s\\n' '{\"Config\":\"{\\\"history\\\":[]}\",\"Manifest\":"
                           "\"{\\\"layers\\\":[]}\"}' ;;\n"
                           "history) echo '[]' ;;\n"
                           "*) echo buildah version 1.39.3 ;;\n"
                           "esac\n";

/// A window in which a file was built with Buildah.
class Workshop {
public:
    explicit Workshop(bool hasTerminal = true)
    {
        m_path.add(u"buildah"_s, kEngine);
        if (hasTerminal)
            m_path.add(u"xdg-terminal-exec"_s, "printf '%s\\n' \"$@\" > \"$0.tmp\"; PATH=/bin:/usr/bin\n"
                                               "mv \"$0.tmp\" \"$0.log\"");
        desk.window().buildDesk().controller().findEngines();
        if (!desk.open(u"Dockerfile"_s, kText) || !QTest::qWaitFor([this] { return isReady(); }))
            qFatal("no engine");
    }
    ~Workshop() { mark(u"hold"_s, false); }
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;

    void build()
    {
        desk.window().buildDesk().build(desk.tab());
        if (!QTest::qWaitFor([this] { return !desk.tab().sizes().model().sizes().isEmpty(); }))
            qFatal("not built");
    }
    /// From now on builds hold on, or fail.
    void mark(const QString& what, bool wanted = true)
    {
        const QString file = m_path.file(u"buildah."_s + what);
        if (wanted)
            test::writeFile(file, {});
        else
            QFile::remove(file);
    }
    /// What the terminal was given; "" where it was not opened.
    QString ran()
    {
        QFile log(m_path.file(u"xdg-terminal-exec.log"_s));
        if (!QTest::qWaitFor([&] { return log.exists(); }) || !log.open(QIODevice::ReadOnly))
            return {};
        return QString::fromUtf8(log.readAll());
    }
    bool wasOpened()
    {
        QTest::qWait(300);
        return QFile::exists(m_path.file(u"xdg-terminal-exec.log"_s));
    }
    QAction* inDiagram(int stage, const QString& text)
    {
        desk.tab().diagram().select({.node = stageNode(stage), .edge = {}});
        m_menu = desk.tab().diagram().menuFor(hitOf(desk.tab().diagram().picture(), desk.tab().diagram().selection()));
        for (const MenuEntry& entry : entriesOf(*m_menu))
            if (entry.text == text)
                return entry.enabled ? entry.action.data() : nullptr;
        qFatal("there is no %s", qPrintable(text));
    }

    Desk desk;

private:
    bool isReady()
    {
        const auto engine = desk.window().buildDesk().controller().engine();
        return engine && engine->ready && engine->program == m_path.file(u"buildah"_s);
    }

    OnlyOnPath m_path;
    std::unique_ptr<QMenu> m_menu;
};

/// The line that a terminal says and runs.
QString commandIn(const QString& given)
{
    return given.section(u"'$ "_s, 1)
        .section(u"'\n"_s, 0, 0)
        .replace(QRegularExpression(u"stagelift-[-0-9a-f]+"_s), u"NAME"_s);
}

} // namespace

class StageRunTest : public QObject {
    Q_OBJECT
private slots:
    void theDiagramRunsAStage();
    void aStageThatWasNotBuiltCantBeRun();
    void theSizesRunTheirRow();
    void theMenuRunsTheStageInHand();
    void thePaletteHasThem();
    void itsCommandNeedsPodman();
    void saysWhatIsTypedWithoutATerminal();
    void saysWhatTakesLong();
    void saysWhatWentWrong();
    void aStageIsFoundAfterTheTextHasChanged();
};

void StageRunTest::theDiagramRunsAStage()
{
    Workshop workshop;
    workshop.build();
    workshop.inDiagram(0, u"Run ▸ With a Shell"_s)->trigger();
    const QString given = workshop.ran();
    QVERIFY2(given.startsWith(u"/bin/sh\n-c\n"_s), qPrintable(given));
    QVERIFY2(given.contains(u"of-one >/dev/null && "_s), qPrintable(given));
    QVERIFY2(commandIn(given).startsWith(u"buildah run --terminal "_s), qPrintable(given));
    QVERIFY2(commandIn(given).endsWith(u" NAME -- sh"_s), qPrintable(given));
    QCOMPARE(workshop.desk.message(), QString());
}

void StageRunTest::aStageThatWasNotBuiltCantBeRun()
{
    Workshop workshop;
    QVERIFY(!workshop.inDiagram(0, u"Run ▸ With a Shell"_s));
    workshop.desk.window().action(ActionId::RunShell)->trigger();
    QCOMPARE(workshop.desk.message(), u"This stage was not built yet.\nBuild it, then it can be run."_s);
    workshop.desk.window().action(ActionId::CopyRunCommand)->trigger();
    QCOMPARE(workshop.desk.message(), u"This stage was not built yet.\nBuild it, then it can be run."_s);
    QVERIFY(!workshop.wasOpened());
}

void StageRunTest::theSizesRunTheirRow()
{
    Workshop workshop;
    workshop.build();
    SizesPane& sizes = workshop.desk.tab().sizes();
    const auto menu = sizes.menuFor(sizes.model().index(1, 0));
    QStringList texts;
    for (const MenuEntry& entry : entriesOf(*menu))
        texts << entry.text;
    QCOMPARE(texts.first(4), (QStringList{u"Run two with Its Command"_s, u"Run two with a Shell"_s,
                                          u"Copy Run Command"_s, u"Copy Table"_s}));
    menu->actions().at(1)->trigger();
    QVERIFY(workshop.ran().contains(u"of-two >/dev/null && "_s));
    QCOMPARE(entriesOf(*sizes.menuFor({})).front().text, u"Copy Table"_s);
}

void StageRunTest::theMenuRunsTheStageInHand()
{
    Workshop workshop;
    workshop.build();
    workshop.desk.tab().editor().setCursorPosition(1, 0);
    workshop.desk.window().action(ActionId::RunShell)->trigger();
    QVERIFY(workshop.ran().contains(u"of-one >/dev/null && "_s));
}

void StageRunTest::thePaletteHasThem()
{
    Workshop workshop;
    workshop.build();
    workshop.desk.tab().diagram().select({.node = stageNode(0), .edge = {}});
    QStringList all;
    for (const auto& commands : {windowCommands(workshop.desk.window()), diagramCommands(workshop.desk.window())})
        for (const auto& command : commands)
            all << command.what;
    for (const QString& what : {u"Run Stage with Its Command"_s, u"Run Stage with a Shell"_s, u"Copy Run Command"_s,
                                u"one: Run ▸ With a Shell"_s, u"one: Run ▸ Copy Run Command"_s})
        QVERIFY2(all.contains(what), qPrintable(what));
}

void StageRunTest::itsCommandNeedsPodman()
{
    Workshop workshop;
    workshop.build();
    workshop.desk.window().action(ActionId::RunStage)->trigger();
    QVERIFY2(workshop.desk.message().startsWith(u"Buildah runs no image by its own command"_s),
             qPrintable(workshop.desk.message()));
    QVERIFY(!workshop.wasOpened());

    StageRunner& runner = workshop.desk.tab().runner();
    Engine podman;
    podman.kind = EngineKind::Podman;
    podman.program = u"/usr/bin/podman"_s;
    podman.ready = true;
    BuildRequest request;
    request.engine = *workshop.desk.window().buildDesk().controller().engine();
    request.analysis = workshop.desk.tab().shown();
    request.context = workshop.desk.path({});
    BuildResult result;
    result.target = 1;
    result.sizes = {StageSize{.stage = 1, .image = u"of-two"_s, .layers = {}}};
    runner.setBuild(request, result, {podman});
    workshop.desk.window().action(ActionId::CopyRunCommand)->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"podman run --rm -it of-two"_s);
    QCOMPARE(workshop.desk.message(), u"Copied: podman run --rm -it of-two"_s);
    workshop.desk.window().action(ActionId::RunStage)->trigger();
    QCOMPARE(commandIn(workshop.ran()), u"podman run --rm -it --name NAME of-two"_s);
}

void StageRunTest::saysWhatIsTypedWithoutATerminal()
{
    Workshop workshop(false);
    workshop.build();
    Engine podman;
    podman.kind = EngineKind::Podman;
    podman.program = u"/usr/bin/podman"_s;
    BuildRequest request;
    request.engine = *workshop.desk.window().buildDesk().controller().engine();
    request.engine.kind = EngineKind::Podman;
    request.analysis = workshop.desk.tab().shown();
    request.context = workshop.desk.path({});
    BuildResult result;
    result.target = 1;
    result.sizes = {StageSize{.stage = 1, .image = u"of-two"_s, .layers = {}}};
    StageRunner& runner = workshop.desk.tab().runner();
    runner.setBuild(request, result, {podman});
    runner.run(1, RunMode::Shell);
    QVERIFY(QTest::qWaitFor([&] { return !workshop.desk.message().isEmpty(); }));
    QCOMPARE(workshop.desk.message(), u"No terminal program was found.\nRun it by hand: buildah run --rm -it of-two"_s);
    for (auto* button : workshop.desk.tab().messages().findChildren<QAbstractButton*>())
        if (button->text() == u"Copy Command"_s)
            button->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"buildah run --rm -it of-two"_s);
}

void StageRunTest::saysWhatTakesLong()
{
    Workshop workshop;
    workshop.build();
    workshop.mark(u"hold"_s);
    workshop.inDiagram(0, u"Run ▸ With a Shell"_s)->trigger();
    QCOMPARE(workshop.desk.message(), QString());
    QVERIFY(QTest::qWaitFor([&] { return workshop.desk.message() == u"Asking for the image of one…"_s; }));
    workshop.mark(u"hold"_s, false);
    QVERIFY(!workshop.ran().isEmpty());
    QTRY_COMPARE(workshop.desk.message(), QString());

    workshop.mark(u"hold"_s);
    workshop.inDiagram(0, u"Run ▸ With a Shell"_s)->trigger();
    QTRY_COMPARE(workshop.desk.message(), u"Asking for the image of one…"_s);
    workshop.desk.tab().runner().stop();
    QCOMPARE(workshop.desk.message(), QString());
}

void StageRunTest::saysWhatWentWrong()
{
    Workshop workshop;
    workshop.build();
    workshop.mark(u"broken"_s);
    workshop.inDiagram(0, u"Run ▸ With a Shell"_s)->trigger();
    QTRY_COMPARE(workshop.desk.message(), u"The stage can't be built: no such layer"_s);
    QVERIFY(!workshop.wasOpened());
}

void StageRunTest::aStageIsFoundAfterTheTextHasChanged()
{
    Workshop workshop;
    workshop.build();
    workshop.desk.type(u"FROM scratch AS zero\n"_s);
    QTRY_COMPARE(workshop.desk.tab().shown()->graph.stages.size(), 3U);
    QTRY_VERIFY(workshop.inDiagram(2, u"Run ▸ With a Shell"_s));
    QVERIFY(!workshop.inDiagram(0, u"Run ▸ With a Shell"_s));
    workshop.inDiagram(1, u"Run ▸ With a Shell"_s)->trigger();
    QVERIFY(workshop.ran().contains(u"of-one >/dev/null && "_s));
}

QTEST_MAIN(StageRunTest)
#include "stage_run_test.moc"
