// SPDX-License-Identifier: GPL-3.0-or-later
//
// The folders in the layers of a treemap: that they come with the stage's files and weigh what the layers do, what is
// said of them, how a hand and the keys go into them and back, and how the files get read from there.

#include "contrast.h"
#include "engine/image_fixture.h"
#include "ui/artifacts/files_pane.h"
#include "ui/artifacts/stage_reader.h"
#include "ui/build/sizes_pane.h"
#include "ui/build/treemap_page.h"
#include "ui/window/build_desk.h"
#include "window_fixture.h"

#include <QSignalSpy>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;
using namespace stagelift::ui;

namespace {

constexpr auto kText = "FROM debian AS build\nCOPY . /src\nRUN make\nCMD [\"app\"]\n";

/// The base has libraries and programs, COPY two sources, and RUN a program and what it hides.
ImageFilesPtr someFiles()
{
    return imageFilesOf(
        {u"usr/lib/x86/libc:30000 usr/lib/x86/libm:10000 usr/bin/sh:20000 etc/passwd:100 etc/group:100"_s,
         u"src/main.c:6000 src/deep/er/data:4000"_s, u"usr/local/bin/app:15000 .wh.etc"_s});
}

/// As the engine measures it: it counts 1000 bytes of RUN that are no file's.
StageSize someSize()
{
    StageSize size;
    size.stage = 0;
    size.layers = {{.createdBy = u"bookworm"_s, .bytes = 60'200, .instruction = -1},
                   {.createdBy = {}, .bytes = 10'000, .instruction = 1},
                   {.createdBy = {}, .bytes = 16'000, .instruction = 2},
                   {.createdBy = {}, .bytes = 0, .instruction = 3}};
    size.total = 86'200;
    return size;
}

class Shown {
public:
    Shown()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        analysis = analyse(kText);
        view.resize(900, 400);
        view.showStage(analysis, someSize());
        view.showFolders(std::make_shared<const LayerFolders>(someFiles()));
    }

    [[nodiscard]] const TreemapTile* tile(const QString& name) const
    {
        const auto found = std::ranges::find_if(
            view.tiles(), [&](const TreemapTile& each) { return view.plan().name(*each.node) == name; });
        return found == view.tiles().end() ? nullptr : &*found;
    }
    /// In its head, where it is a frame.
    [[nodiscard]] QPoint placeOf(const QString& name) const
    {
        const TreemapTile* found = tile(name);
        if (!found)
            qFatal("there is no %s", qPrintable(name));
        const double down = found->head > 0 ? found->head / 2 : found->rect.height / 2;
        return QPointF(found->rect.left + found->rect.width / 2, found->rect.top + down).toPoint();
    }
    [[nodiscard]] QString names() const
    {
        QStringList names;
        for (const TreemapTile& each : view.tiles())
            names << view.plan().name(*each.node);
        return names.join(u' ');
    }
    [[nodiscard]] QString way() const
    {
        QStringList texts;
        for (const TreemapCrumb& crumb : view.plan().crumbs())
            texts << crumb.text;
        return texts.join(u" > "_s);
    }

    AnalysisPtr analysis;
    TreemapView view;
};

} // namespace

class TreemapFoldersTest : public QObject {
    Q_OBJECT
private slots:
    void dividesLayers();
    void saysWhatIsThere_data();
    void saysWhatIsThere();
    void aClickGoesToTheLine();
    void aDoubleClickGoesIn_data();
    void aDoubleClickGoesIn();
    void goesInAndOutByKeys();
    void keepsItsPlaceInAnotherSize();
    void letsKeysPassThatItDoesNotTake();
    void hasTextsThatCanBeRead();
    void forgetsFoldersOfAnotherStage();
    void saysHowFarTheFilesAre_data();
    void saysHowFarTheFilesAre();
    void showsTheWay();
    void readsTheFilesInTheWindow();
};

void TreemapFoldersTest::dividesLayers()
{
    const Shown shown;
    QCOMPARE(shown.tile(u"bookworm"_s)->node->total(), 60'200);
    QCOMPARE(shown.tile(u"RUN make"_s)->node->total(), 16'000);
    QVERIFY2(shown.tile(u"usr/"_s) && shown.tile(u"lib/x86/"_s) && shown.tile(u"libc"_s), qPrintable(shown.names()));
    QCOMPARE(shown.tile(u"usr/"_s)->node->total(), 60'000);
    QCOMPARE(shown.tile(u"usr/local/bin/app"_s)->node->total(), 15'000);
    // Every frame holds what its name says, and nothing that is elsewhere.
    for (const TreemapTile& tile : shown.view.tiles()) {
        if (tile.parent < 0)
            continue;
        const TreemapTile& frame = shown.view.tiles()[static_cast<std::size_t>(tile.parent)];
        QVERIFY(rectOf(frame.rect).adjusted(-0.01, -0.01, 0.01, 0.01).contains(rectOf(tile.rect)));
        QVERIFY(std::ranges::contains(frame.node->children, tile.node, [](const WeightTree& each) { return &each; }));
    }
}

void TreemapFoldersTest::saysWhatIsThere_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("hint");

    QTest::newRow("a folder") << u"lib/x86/"_s
                              << u"/usr/lib/x86/\n40,000 bytes in 2 files, 66.4 % of the layer, 46.4 % of the image\n"
                                 "bookworm\nof the base image"_s;
    QTest::newRow("a file") << u"usr/local/bin/app"_s
                            << u"/usr/local/bin/app\n15,000 bytes, 93.8 % of the layer, 17.4 % of the image\nRUN make\n"
                               "of build"_s;
    QTest::newRow("what the engine counts besides")
        << u"besides files"_s
        << u"What the engine counts besides the content of files: folders, links, headers, and the blocks of the disk "
           "that files fill in part\n1,000 bytes, 6.3 % of the layer, 1.2 % of the image\nRUN make\nof build"_s;
    QTest::newRow("a layer")
        << u"RUN make"_s << u"RUN make\nof build\n16,000 bytes, 18.6 % of the image\n3 added, 0 changed, 3 hidden"_s;
}

void TreemapFoldersTest::saysWhatIsThere()
{
    QFETCH(QString, name);
    const Shown shown;
    QTEST(shown.view.hintAt(shown.placeOf(name)), "hint");
}

void TreemapFoldersTest::aClickGoesToTheLine()
{
    Shown shown;
    QSignalSpy chosen(&shown.view, &TreemapView::spanChosen);
    QTest::mouseClick(&shown.view, Qt::LeftButton, {}, shown.placeOf(u"deep/er/data"_s));
    QTest::mouseClick(&shown.view, Qt::LeftButton, {}, shown.placeOf(u"libc"_s)); // of the base: nowhere in the file
    QTest::mouseClick(&shown.view, Qt::LeftButton, {}, shown.placeOf(u"RUN make"_s));
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(shown.analysis->source.at(chosen[0][0].value<Span>()), "COPY . /src");
    QCOMPARE(shown.analysis->source.at(chosen[1][0].value<Span>()), "RUN make");
    QVERIFY(!shown.view.plan().isZoomed());
}

void TreemapFoldersTest::aDoubleClickGoesIn_data()
{
    QTest::addColumn<QString>("on");
    QTest::addColumn<QString>("way");

    QTest::newRow("a layer") << u"COPY . /src"_s << u"build > COPY . /src"_s;
    QTest::newRow("a folder") << u"usr/"_s << u"build > bookworm > usr"_s;
    QTest::newRow("a chain of folders") << u"lib/x86/"_s << u"build > bookworm > usr > lib/x86"_s;
    QTest::newRow("a file: into its folder") << u"libm"_s << u"build > bookworm > usr > lib/x86"_s;
    QTest::newRow("a file alone in its folders: to where there is more")
        << u"usr/local/bin/app"_s << u"build > RUN make"_s;
    QTest::newRow("what is besides: into its layer") << u"besides files"_s << u"build > RUN make"_s;
}

void TreemapFoldersTest::aDoubleClickGoesIn()
{
    QFETCH(QString, on);
    Shown shown;
    QSignalSpy zoomed(&shown.view, &TreemapView::zoomed);
    QTest::mouseDClick(&shown.view, Qt::LeftButton, {}, shown.placeOf(on));
    QTEST(shown.way(), "way");
    QCOMPARE(zoomed.size(), 1);
    QVERIFY(!shown.view.tiles().empty());
    const qsizetype steps = shown.view.plan().crumbs().size();
    QTest::mouseClick(&shown.view, Qt::BackButton, {}, {20, 20});
    QCOMPARE(shown.view.plan().crumbs().size(), steps - 1);
    QCOMPARE(zoomed.size(), 2);
}

void TreemapFoldersTest::goesInAndOutByKeys()
{
    Shown shown;
    QSignalSpy chosen(&shown.view, &TreemapView::spanChosen);
    QVERIFY(shown.view.accessibleDescription().contains(u"Enter goes into a folder"_s));
    QTest::keyClick(&shown.view, Qt::Key_Home);
    QCOMPARE(shown.view.currentName(), u"libc"_s); // the heaviest
    QVERIFY(shown.view.accessibleDescription().startsWith(u"/usr/lib/x86/libc, 30,000 bytes, "_s));
    QTest::keyClick(&shown.view, Qt::Key_Plus, Qt::ShiftModifier); // a step
    QCOMPARE(shown.way(), u"build > bookworm"_s);
    QTest::keyClick(&shown.view, Qt::Key_Plus);
    QCOMPARE(shown.way(), u"build > bookworm > usr"_s);
    QTest::keyClick(&shown.view, Qt::Key_Enter); // it is libc: into its folder
    QCOMPARE(shown.way(), u"build > bookworm > usr > lib/x86"_s);
    QCOMPARE(shown.view.currentName(), u"libc"_s);
    QTest::keyClick(&shown.view, Qt::Key_Plus); // there is nothing further in
    QCOMPARE(shown.way(), u"build > bookworm > usr > lib/x86"_s);
    QTest::keyClick(&shown.view, Qt::Key_Backspace);
    QCOMPARE(shown.way(), u"build > bookworm > usr"_s);
    QVERIFY(shown.view.accessibleDescription().startsWith(u"/usr/lib/x86/, "_s)); // where one comes from
    QTest::keyClick(&shown.view, Qt::Key_Escape);
    QCOMPARE(shown.way(), u"build"_s);
    QCOMPARE(chosen.size(), 0);
    QTest::mouseClick(&shown.view, Qt::LeftButton, {}, shown.placeOf(u"usr/local/bin/app"_s));
    QTest::keyClick(&shown.view, Qt::Key_Space);
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(chosen[1][0].value<Span>(), chosen[0][0].value<Span>());
    // By arrows, from file to file: none leads where there is a frame around others.
    for (const Qt::Key key : {Qt::Key_Left, Qt::Key_Up, Qt::Key_Right, Qt::Key_Down, Qt::Key_Right, Qt::Key_Left}) {
        QTest::keyClick(&shown.view, key);
        QVERIFY2(!QStringList({u"usr/"_s, u"bookworm"_s, u"RUN make"_s}).contains(shown.view.currentName()),
                 qPrintable(shown.view.currentName()));
    }
}

void TreemapFoldersTest::keepsItsPlaceInAnotherSize()
{
    Shown shown;
    shown.view.show(); // else it hears of its size only later
    QTest::keyClick(&shown.view, Qt::Key_Home);
    shown.view.resize(160, 80); // there is no room for libc any more
    QVERIFY2(!shown.tile(u"libc"_s), qPrintable(shown.names()));
    QVERIFY(!shown.view.currentName().isEmpty());
    QCOMPARE(shown.view.currentLayer(), 0);
    shown.view.resize(900, 400);
    QCOMPARE(shown.view.currentName(), u"libc"_s);
}

/// Escape may be another's as long as there is nothing to go back from.
void TreemapFoldersTest::letsKeysPassThatItDoesNotTake()
{
    Shown shown;
    const auto isTaken = [&](int key) {
        QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
        QCoreApplication::sendEvent(&shown.view, &event);
        return event.isAccepted();
    };
    QVERIFY(!isTaken(Qt::Key_Escape));
    QVERIFY(!isTaken(Qt::Key_F));
    QTest::mouseDClick(&shown.view, Qt::LeftButton, {}, shown.placeOf(u"usr/"_s));
    QVERIFY(isTaken(Qt::Key_Escape));
    QVERIFY(!shown.view.plan().isZoomed());
}

/// The name of a frame and of what is in it stand on a ground of their stage's hue, in both themes.
void TreemapFoldersTest::hasTextsThatCanBeRead()
{
    Shown shown;
    for (const Theme* theme : {&Theme::lightTheme(), &Theme::darkTheme()}) {
        shown.view.setTheme(*theme);
        const QImage image = shown.view.grab().toImage();
        for (const QString& name : {u"usr/"_s, u"libc"_s, u"RUN make"_s, u"usr/local/bin/app"_s, u"besides files"_s}) {
            const TreemapTile* tile = shown.tile(name);
            const QColor ground = image.pixelColor(
                qRound(tile->rect.right()) - 4, qRound(tile->head > 0 ? tile->rect.top + 4 : tile->rect.bottom() - 4));
            const QColor text = name == "besides files"_L1 ? theme->textQuiet : theme->text;
            QVERIFY2(contrast(text, ground) >= kReadable,
                     qPrintable(u"%1 on %2: %3"_s.arg(name, ground.name()).arg(contrast(text, ground))));
        }
    }
}

void TreemapFoldersTest::forgetsFoldersOfAnotherStage()
{
    Shown shown;
    QTest::mouseDClick(&shown.view, Qt::LeftButton, {}, shown.placeOf(u"usr/"_s));
    StageSize other = someSize();
    other.layers = other.layers.first(1);
    shown.view.showStage(shown.analysis, other);
    QVERIFY(!shown.view.plan().isZoomed());
    QCOMPARE(shown.names(), u"debian bookworm"_s);
    shown.view.clear();
    QVERIFY(shown.view.tiles().empty());
    QTest::keyClick(&shown.view, Qt::Key_Backspace);
    QTest::keyClick(&shown.view, Qt::Key_Plus);
    QTest::mouseDClick(&shown.view, Qt::LeftButton, {}, {100, 100});
    QVERIFY(!shown.view.plan().isZoomed());
}

void TreemapFoldersTest::saysHowFarTheFilesAre_data()
{
    QTest::addColumn<StageFilesState>("state");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("button");
    QTest::addColumn<QString>("asks"); // by the button

    QTest::newRow("of no build") << StageFilesState() << QString() << QString() << QString();
    QTest::newRow("not read") << StageFilesState{.canBeRead = true}
                              << u"Folders are shown once the stage's files were read"_s << u"Read Files"_s
                              << u"read 0"_s;
    QTest::newRow("being read") << StageFilesState{.canBeRead = true,
                                                   .progress = u"Reading files: 1,203 files, 14 MB"_s}
                                << u"Reading files: 1,203 files, 14 MB"_s << u"Stop"_s << u"stop"_s;
    QTest::newRow("another stage's are") << StageFilesState{.canBeRead = true, .isOtherRead = true}
                                         << u"The files of another stage are being read"_s << QString() << QString();
    QTest::newRow("a problem") << StageFilesState{.canBeRead = true, .problem = u"No space."_s} << u"No space."_s
                               << u"Try Again"_s << u"read 0"_s;
    QTest::newRow("read") << StageFilesState{.canBeRead = true, .files = someFiles()}
                          << u"A double click or Enter goes into a folder"_s << QString() << QString();
    QTest::newRow("of other layers") << StageFilesState{.canBeRead = true, .files = imageFilesOf({u"a:1"_s})}
                                     << u"The files that were read are not of these layers"_s << QString() << QString();
}

void TreemapFoldersTest::saysHowFarTheFilesAre()
{
    QFETCH(StageFilesState, state);
    TreemapPage page;
    page.resize(900, 400);
    page.show();
    QStringList asked;
    connect(&page, &TreemapPage::readWanted, &page, [&](int stage) { asked << u"read %1"_s.arg(stage); });
    connect(&page, &TreemapPage::stopWanted, &page, [&] { asked << u"stop"_s; });
    page.setFilesSource([&](int) { return state; });
    page.showStage(analyse(kText), someSize());
    QTRY_VERIFY(!page.isBusy());
    QTEST(page.bar().state(), "text");
    QTEST(page.bar().button().isVisible() ? page.bar().button().text() : QString(), "button");
    if (page.bar().button().isVisible())
        QTest::mouseClick(&page.bar().button(), Qt::LeftButton);
    QTEST(asked.join(u' '), "asks");
    // Once they are there, the layers are divided, and what was read stays until other files are.
    state = {.canBeRead = true, .files = someFiles()};
    page.filesChanged();
    QTRY_VERIFY(!page.isBusy());
    QVERIFY(page.view().plan().hasFolders());
    state = {.canBeRead = true};
    page.filesChanged();
    QVERIFY(!page.view().plan().hasFolders());
}

void TreemapFoldersTest::showsTheWay()
{
    TreemapPage page;
    page.resize(900, 400);
    page.show();
    page.setFilesSource([files = someFiles()](int) { return StageFilesState{.canBeRead = true, .files = files}; });
    page.showStage(analyse(kText), someSize());
    QTRY_VERIFY(page.view().plan().hasFolders());
    QCOMPARE(page.bar().way(), u"build"_s);
    page.view().setFocus();
    QTest::keyClick(&page.view(), Qt::Key_Home);
    QTest::keyClick(&page.view(), Qt::Key_Return);
    QCOMPARE(page.bar().way(), u"build › bookworm › usr › lib/x86"_s);
    QCOMPARE(page.bar().steps().size(), 4);
    QCOMPARE(page.bar().steps().at(1)->accessibleName(), u"Back to bookworm"_s);
    QVERIFY(!page.bar().steps().at(3)->isEnabled()); // one is there
    QVERIFY(page.bar().state().contains(u"Esc"_s));
    QTest::mouseClick(page.bar().steps().at(1), Qt::LeftButton);
    QCOMPARE(page.bar().way(), u"build › bookworm"_s);
    QVERIFY(page.view().hasFocus());
    QTest::mouseClick(page.bar().steps().at(0), Qt::LeftButton);
    QCOMPARE(page.bar().way(), u"build"_s);
    // A way of any length makes the window no wider.
    QCOMPARE_LE(page.minimumSizeHint().width(), page.view().minimumSizeHint().width());
}

/// Built, measured and read as by Podman, for which a script stands in.
void TreemapFoldersTest::readsTheFilesInTheWindow()
{
    OnlyOnPath path;
    path.add(u"podman"_s, "PATH=/usr/bin:/bin\n"
                          "case \"$1\" in\n"
                          "build) while [ $# -gt 0 ]; do\n"
                          "    [ \"$1\" = --iidfile ] && printf sha256:abc > \"$2\"\n"
                          "    shift\n"
                          "done ;;\n"
                          "history) echo '[{\"CreatedBy\":\"CMD\",\"size\":0},{\"CreatedBy\":\"RUN\",\"size\":5200},"
                          "{\"CreatedBy\":\"COPY\",\"size\":1000}]' ;;\n"
                          "image) cat \"$0.archive\" ;;\n"
                          "*) echo podman version 5.4.2 ;;\n"
                          "esac\n");
    writeFile(path.file(u"podman.archive"_s),
              dockerArchive(QStringList{u"srv/data:1000"_s, u"usr/lib/x/big:3000 usr/bin/app:2000"_s}));
    Desk desk;
    BuildDesk& builds = desk.window().buildDesk();
    builds.controller().findEngines();
    QVERIFY(desk.open(u"Dockerfile"_s, "FROM scratch AS site\nCOPY a /\nRUN make\nCMD [\"app\"]\n"));
    QVERIFY(QTest::qWaitFor([&] { return builds.controller().engine().has_value(); }));
    SizesPane& sizes = desk.tab().sizes();
    TreemapPage& page = sizes.treemapPage();
    const auto build = [&] {
        QSignalSpy finished(&builds, &BuildDesk::finished);
        builds.build(desk.tab());
        return finished.wait(20'000) && finished.at(0).at(0).value<BuildResult>().outcome == BuildOutcome::Succeeded;
    };
    QVERIFY(build());
    sizes.showTreemap();
    QVERIFY(!page.view().plan().hasFolders());
    QVERIFY(page.bar().button().isVisible()); // it does not read unasked
    QTest::mouseClick(&page.bar().button(), Qt::LeftButton);
    QVERIFY2(QTest::qWaitFor([&] { return page.view().plan().hasFolders(); }, 20'000), qPrintable(page.bar().state()));
    QVERIFY(desk.tab().files().reader().files(0)); // they are one
    const auto& tiles = page.view().tiles();
    const auto app = std::ranges::find(tiles, u"bin/app"_s,
                                       [&](const TreemapTile& tile) { return page.view().plan().name(*tile.node); });
    QVERIFY(app != tiles.end());
    const QPoint place = rectOf(app->rect).center().toPoint();
    QTest::mouseClick(&page.view(), Qt::LeftButton, {}, place);
    QCOMPARE(desk.tab().editor().bytes().substr(desk.tab().editor().caret(), 1), "\n"); // behind RUN make
    QVERIFY(desk.tab().editor().hasFocus());
    // A double click leads to the line as well, but brings the keys back: Backspace must not go to the text.
    const std::string text = desk.text();
    QTest::mouseDClick(&page.view(), Qt::LeftButton, {}, place);
    QCOMPARE(page.bar().way(), u"site › RUN make › usr"_s);
    QVERIFY(page.view().hasFocus());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backspace);
    QCOMPARE(desk.text(), text);
    QCOMPARE(page.bar().way(), u"site › RUN make"_s);
    QVERIFY(build()); // its files were not read yet
    QVERIFY(!page.view().plan().hasFolders());
    QCOMPARE(page.bar().button().text(), u"Read Files"_s);
}

QTEST_MAIN(TreemapFoldersTest)
#include "treemap_folders_test.moc"
