// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ctrl+B, and builds that a save starts, with a Buildah that only writes down what it is asked.

#include "ui/build/sizes_pane.h"
#include "ui/window/build_desk.h"
#include "window_fixture.h"

#include <QAction>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

constexpr auto kText = "FROM scratch AS one\nCOPY a /\nFROM scratch AS two\nCOPY b /\n"
                       "FROM scratch\nCOPY c /\n";

const QByteArray kBuildah = R"(PATH=/usr/bin:/bin
case "$1" in
build)
    target=final
    while [ $# -gt 0 ]; do
        [ "$1" = --target ] && target=$2
        [ "$1" = --iidfile ] && printf sha256:abc > "$2"
        shift
    done
    echo $target >> "$0.log"
    while [ -e "$0.hold" ]; do sleep 0.05; done ;;
inspect) printf '%s\n' '{"Config":"{\"history\":[]}","Manifest":"{\"layers\":[]}"}' ;;
*) echo buildah version 1.39.3 ;;
esac
)";

/// A window whose only engine is that one.
class Workshop {
public:
    Workshop()
    {
        m_path.add(u"buildah"_s, kBuildah);
        desk.window().buildDesk().controller().findEngines();
        if (!desk.open(u"Dockerfile"_s, kText) || !QTest::qWaitFor([this] { return isReady(); }))
            qFatal("no engine");
        desk.window().activateWindow();
        static_cast<void>(QTest::qWaitForWindowActive(&desk.window()));
    }
    ~Workshop() { release(); }
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;

    /// Targets in the order of their builds, once none runs any more.
    QString built()
    {
        static_cast<void>(QTest::qWaitFor([this] { return !isRunning(); }, 20'000));
        QTest::qWait(200); // another would have started
        static_cast<void>(QTest::qWaitFor([this] { return !isRunning(); }, 20'000));
        QFile log(program() + u".log"_s);
        return log.open(QIODevice::ReadOnly) ? QString::fromUtf8(log.readAll()).simplified() : QString();
    }
    /// Builds last until release().
    void hold()
    {
        QFile file(program() + u".hold"_s);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("can't hold");
    }
    void release() { QFile::remove(program() + u".hold"_s); }
    bool isRunning() { return desk.window().buildDesk().controller().isRunning(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::ControlModifier)
    {
        QTest::keyClick(&desk.tab().editor(), key, modifiers);
    }
    void buildOnSave(bool wanted) { desk.window().action(ActionId::BuildOnSave)->setChecked(wanted); }

    Desk desk;

private:
    [[nodiscard]] QString program() const { return m_path.file(u"buildah"_s); }
    bool isReady()
    {
        const auto engine = desk.window().buildDesk().controller().engine();
        return engine && engine->ready && engine->program == program();
    }

    OnlyOnPath m_path;
};

} // namespace

class BuildAgainTest : public QObject {
    Q_OBJECT
private slots:
    void theKeyBuildsTheTarget();
    void theKeyBuildsWhatWasBuiltLast();
    void aChosenTargetGoesBeforeWhatWasBuiltLast();
    void aStageThatIsGoneIsNotBuiltAgain();
    void aSaveBuildsNothingUnlessWanted();
    void aSaveThatChangedTheTextBuilds();
    void aSaveWaitsForTheBuildThatRuns();
    void whoeverStopsABuildWantsNoOther();
    void givesTheOptionsOfTheFile();
    void buildsWhatIsChosenBesideTheTarget();
};

void BuildAgainTest::theKeyBuildsTheTarget()
{
    Workshop workshop;
    workshop.press(Qt::Key_B);
    QCOMPARE(workshop.built(), u"final"_s);
    workshop.press(Qt::Key_B);
    QCOMPARE(workshop.built(), u"final final"_s);
}

void BuildAgainTest::theKeyBuildsWhatWasBuiltLast()
{
    Workshop workshop;
    emit workshop.desk.tab().buildRequested(0); // the arrow beside its FROM
    QCOMPARE(workshop.built(), u"one"_s);
    workshop.press(Qt::Key_B);
    QCOMPARE(workshop.built(), u"one one"_s);
    Document& document = workshop.desk.tab().document(); // it becomes another by number
    QVERIFY(
        document.apply({.edits = {{.span = {}, .text = "FROM scratch AS zero\n"}}, .select = {}}, document.revision()));
    workshop.press(Qt::Key_B);
    QCOMPARE(workshop.built(), u"one one one"_s);
    workshop.desk.window().action(ActionId::Build)->trigger();
    QCOMPARE(workshop.built(), u"one one one final"_s);
    workshop.press(Qt::Key_B);
    QCOMPARE(workshop.built(), u"one one one final final"_s);
}

void BuildAgainTest::aChosenTargetGoesBeforeWhatWasBuiltLast()
{
    Workshop workshop;
    emit workshop.desk.tab().buildRequested(0);
    QCOMPARE(workshop.built(), u"one"_s);
    workshop.desk.tab().setTarget(1);
    workshop.press(Qt::Key_B);
    QCOMPARE(workshop.built(), u"one two"_s);
}

void BuildAgainTest::aStageThatIsGoneIsNotBuiltAgain()
{
    Workshop workshop;
    emit workshop.desk.tab().buildRequested(0);
    QCOMPARE(workshop.built(), u"one"_s);
    Document& document = workshop.desk.tab().document();
    QVERIFY(document.apply({.edits = {{.span = {0, 29}, .text = {}}}, .select = {}}, document.revision()));
    QTRY_COMPARE(workshop.desk.tab().shown()->graph.stages.size(), 2U);
    workshop.press(Qt::Key_B);
    QCOMPARE(workshop.built(), u"one final"_s);
}

void BuildAgainTest::aSaveBuildsNothingUnlessWanted()
{
    Workshop workshop;
    QAction* wanted = workshop.desk.window().action(ActionId::BuildOnSave);
    QVERIFY(wanted->isCheckable());
    QVERIFY(!wanted->isChecked());
    workshop.desk.type(u"# a\n"_s);
    workshop.press(Qt::Key_S);
    QVERIFY(workshop.desk.onDisk(u"Dockerfile"_s).startsWith("# a\n"));
    QCOMPARE(workshop.built(), QString());
}

void BuildAgainTest::aSaveThatChangedTheTextBuilds()
{
    Workshop workshop;
    workshop.buildOnSave(true);
    emit workshop.desk.tab().buildRequested(1);
    QCOMPARE(workshop.built(), u"two"_s);
    workshop.desk.type(u"# a\n"_s);
    workshop.press(Qt::Key_S);
    QCOMPARE(workshop.built(), u"two two"_s);
    QVERIFY(workshop.desk.tab().save()); // the same text
    QCOMPARE(workshop.built(), u"two two"_s);
    workshop.buildOnSave(false);
    workshop.desk.type(u"# b\n"_s);
    workshop.press(Qt::Key_S);
    QCOMPARE(workshop.built(), u"two two"_s);
}

void BuildAgainTest::aSaveWaitsForTheBuildThatRuns()
{
    Workshop workshop;
    workshop.buildOnSave(true);
    workshop.hold();
    workshop.press(Qt::Key_B);
    QTRY_VERIFY(workshop.isRunning());
    for (const QString& line : {u"# a\n"_s, u"# b\n"_s}) {
        workshop.desk.type(line);
        workshop.press(Qt::Key_S);
    }
    QTest::qWait(100);
    QVERIFY(workshop.isRunning());
    workshop.release();
    QCOMPARE(workshop.built(), u"final final"_s); // once, with the text of the last save
}

void BuildAgainTest::whoeverStopsABuildWantsNoOther()
{
    Workshop workshop;
    workshop.buildOnSave(true);
    workshop.hold();
    workshop.press(Qt::Key_B);
    QTRY_VERIFY(workshop.isRunning());
    workshop.desk.type(u"# a\n"_s);
    workshop.press(Qt::Key_S);
    QTest::qWait(300); // the engine has begun
    workshop.press(Qt::Key_F2);
    QCOMPARE(workshop.built(), u"final"_s);
}

/// What the form sets goes into the graph and into the build.
void BuildAgainTest::givesTheOptionsOfTheFile()
{
    Workshop workshop;
    BuildChoices choices;
    choices.extras.contexts = {{u"one"_s, workshop.desk.path({})}};
    workshop.desk.tab().setChoices(choices);
    QTRY_COMPARE(workshop.desk.tab().shown()->graph.contexts, (std::vector<std::string>{"one", ""}));
    choices.extras.secrets = {{u"npm"_s, u"no-such"_s, {}}};
    workshop.desk.tab().setChoices(choices);
    workshop.press(Qt::Key_B);
    QTRY_VERIFY2(workshop.desk.message().startsWith(u"The secret npm can't be read: there is no file "_s),
                 qPrintable(workshop.desk.message()));
    QCOMPARE(workshop.built(), QString());
}

void BuildAgainTest::buildsWhatIsChosenBesideTheTarget()
{
    Workshop workshop;
    BuildChoices choices;
    choices.alsoTargets = QStringList{u"two"_s, u"gone"_s};
    workshop.desk.tab().setChoices(choices);
    workshop.press(Qt::Key_B);
    QCOMPARE(workshop.built(), u"final two"_s);
    QVERIFY2(workshop.desk.tab().sizes().summary().startsWith(u"two ships 0 B, stage 2 ships 0 B, "_s),
             qPrintable(workshop.desk.tab().sizes().summary()));
    emit workshop.desk.tab().buildRequested(2); // the arrow beside the FROM of the target: that alone
    QCOMPARE(workshop.built(), u"final two final"_s);
    workshop.press(Qt::Key_B);
    QCOMPARE(workshop.built(), u"final two final final"_s);
    workshop.desk.window().action(ActionId::Build)->trigger();
    QCOMPARE(workshop.built(), u"final two final final final two"_s);

    choices.tags = QStringList{u"web:1"_s};
    workshop.desk.tab().setChoices(choices);
    workshop.desk.window().action(ActionId::Build)->trigger();
    QCOMPARE(workshop.desk.message(), u"A tag is the name of one image: build one target, or leave the tags away."_s);
}

QTEST_MAIN(BuildAgainTest)
#include "build_again_test.moc"
