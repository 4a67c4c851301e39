// SPDX-License-Identifier: GPL-3.0-or-later
//
// The history of a file as a person sees it: its list, two builds side by side, and a text brought back.

#include "core/history/history_report.h"
#include "history/kept_builds.h"
#include "history_chart_text.h"
#include "ui/build/placeholder.h"
#include "ui/build/sizes_pane.h"
#include "ui/build/timeline_plan.h"
#include "ui/history/builds_model.h"
#include "ui/history/chart_view.h"
#include "ui/history/comparison.h"
#include "ui/history/comparison_dialog.h"
#include "ui/history/history_pane.h"
#include "ui/window_fixture.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>
#include <QTextBrowser>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;
using stagelift::test::failedBuild;
using stagelift::test::keptBuild;
using stagelift::test::kOlder;
using stagelift::test::kText;
using stagelift::test::threeBuilds;

namespace {

/// A window that keeps a history in a folder of its own, with a file in it that was built three times.
class HistoryDesk {
public:
    HistoryDesk()
    {
        QStandardPaths::setTestModeEnabled(true);
        auto [store, notice] = HistoryStore::open(historyFolder());
        QList<KeptBuild> builds = threeBuilds();
        std::ranges::reverse(builds);
        write(kText);
        for (const KeptBuild& build : builds)
            if (!store->add(historyKey(file()), build, build.textHash == threeBuilds()[2].textHash ? kOlder : kText))
                qFatal("no build can be kept");
        Settings settings = Settings::forgetful();
        settings.setHistoryFolder(historyFolder());
        m_window = std::make_unique<MainWindow>(std::move(settings));
        m_window->resize(1200, 800);
        m_window->show();
        static_cast<void>(QTest::qWaitForWindowExposed(m_window.get()));
    }

    [[nodiscard]] QString historyFolder() const { return m_folder.filePath(u"history"_s); }
    [[nodiscard]] QString file() const { return m_folder.filePath(u"Dockerfile"_s); }
    void write(const QByteArray& bytes) const
    {
        QFile made(file());
        if (!made.open(QIODevice::WriteOnly) || made.write(bytes) != bytes.size())
            qFatal("the file can't be made");
    }

    /// Opens the file and waits for its history.
    bool open()
    {
        return m_window->openFile(file()) && QTest::qWaitFor([this] { return !pane().builds().isEmpty(); });
    }

    MainWindow& window() { return *m_window; }
    DocumentTab& tab() { return m_window->tab(); }
    HistoryPane& pane() { return tab().history(); }
    QByteArray text() { return QByteArray::fromStdString(tab().editor().bytes()); }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace

class HistoryTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void listsBuilds_data();
    void listsBuilds();
    void isASoundModel();
    void comparesStages();
    void comparesSettings_data();
    void comparesSettings();

    void saysWhyThereIsNothing();
    void showsTheFilesHistory();
    void choosesInChartAndList();
    void drawsAStageByItself();
    void comparesTwoBuilds();
    void comparesWithTheBuildBefore();
    void bringsATextBackInOneStep();
    void bringsNoTextBackThatIsThere();
    void forgetsAfterAsking();
    void keepsWhatIsBuilt();
    void comparesSizesWithTheSessionBefore();
    void followsTheFilesName();
    void saysWhatIsWrongWithIt();
};

void HistoryTest::listsBuilds_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<QStringList>("shown"); // all but when

    const QString engine = u"docker 26.1.5 (default)"_s;
    QTest::newRow("larger than before") << 0 << QStringList{u"runtime"_s, u"succeeded"_s, u"16 MB"_s,
                                                            u"+2 MB"_s,   u"4.8 s"_s,     engine};
    QTest::newRow("failed") << 1 << QStringList{u"runtime"_s, u"failed at line 3"_s, {}, {}, u"4.8 s"_s, engine};
    QTest::newRow("the first") << 2 << QStringList{u"runtime"_s, u"succeeded"_s, u"14 MB"_s, {}, u"4.8 s"_s, engine};
}

void HistoryTest::listsBuilds()
{
    QFETCH(int, row);
    QFETCH(QStringList, shown);
    BuildsModel model;
    model.showBuilds(threeBuilds());
    QStringList found;
    for (int column = 1; column < model.columnCount(); ++column)
        found << model.index(row, column).data().toString();
    QCOMPARE(found, shown);
    QCOMPARE(model.index(row, 0).data().toString(), beginText(threeBuilds()[row]));
    QVERIFY(model.index(row, 0)
                .data(Qt::ToolTipRole)
                .toString()
                .endsWith(u"MODE=fast<br>NPM_TOKEN, whose value is not kept"_s));
}

void HistoryTest::isASoundModel()
{
    BuildsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.showBuilds(threeBuilds());
    model.setTheme(Theme::darkTheme());
    model.showBuilds({});
}

void HistoryTest::comparesStages()
{
    KeptBuild before = threeBuilds()[2];
    KeptBuild after = threeBuilds()[0];
    before.stages[0].label = u"compile"_s;
    const QList<StageDifference> stages = compareStages(before, after);
    QStringList told;
    for (const StageDifference& each : stages)
        told << u"%1: %2, %3"_s.arg(each.stage, sizeDifference(each.totalBefore, each.totalAfter),
                                    timeDifference(each.timeBefore, each.timeAfter));
    QCOMPARE(told, (QStringList{u"build: new, new"_s, u"runtime: +2 MB, none"_s, u"compile: gone, gone"_s}));
    QCOMPARE(sizeDifference(5000, 2000), u"−3 kB"_s);
    QCOMPARE(timeDifference(1500, 400), u"−1.1 s"_s);
}

void HistoryTest::comparesSettings_data()
{
    QTest::addColumn<QList<KeptArgument>>("arguments"); // before it was MODE=fast and some NPM_TOKEN
    QTest::addColumn<QString>("engine");
    QTest::addColumn<QStringList>("sentences");

    const KeptArgument mode{u"MODE"_s, u"fast"_s};
    const KeptArgument token{u"NPM_TOKEN"_s, std::nullopt};
    QTest::newRow("nothing") << QList{mode, token} << u"docker"_s << QStringList();
    QTest::newRow("in another order") << QList{token, mode} << u"docker"_s << QStringList();
    QTest::newRow("another value") << QList{KeptArgument{u"MODE"_s, u"slow"_s}, token} << u"docker"_s
                                   << QStringList{u"MODE was fast, and is slow"_s};
    QTest::newRow("no value") << QList{KeptArgument{u"MODE"_s, u""_s}, token} << u"docker"_s
                              << QStringList{u"MODE was fast, and is empty"_s};
    QTest::newRow("one that is not set any more")
        << QList{mode} << u"docker"_s << QStringList{u"NPM_TOKEN was something that is not kept, and is not set"_s};
    QTest::newRow("one that is set now") << QList{mode, token, KeptArgument{u"A"_s, u"1"_s}} << u"docker"_s
                                         << QStringList{u"A is 1, and was not set"_s};
    QTest::newRow("another engine") << QList{mode, token} << u"podman"_s
                                    << QStringList{
                                           u"The engine was docker 26.1.5 (default), and is podman 26.1.5 (default)"_s};
}

void HistoryTest::comparesSettings()
{
    QFETCH(QList<KeptArgument>, arguments);
    QFETCH(QString, engine);
    QFETCH(QStringList, sentences);
    KeptBuild after = keptBuild(1, 1);
    after.arguments = arguments;
    after.engine = engine;
    QCOMPARE(compareSettings(keptBuild(0, 1), after), sentences);
}

void HistoryTest::saysWhyThereIsNothing()
{
    HistoryDesk desk;
    QVERIFY(desk.pane().isEmpty());
    QVERIFY2(desk.pane().placeholder().words().contains(u"This file has no name yet"_s),
             qPrintable(desk.pane().placeholder().words()));
    desk.window().action(ActionId::KeepHistory)->trigger();
    QVERIFY(desk.pane().placeholder().words().contains(u"Builds are not kept"_s));
    desk.window().action(ActionId::KeepHistory)->trigger();
    QTemporaryDir folder;
    QFile other(folder.filePath(u"Dockerfile"_s));
    QVERIFY(other.open(QIODevice::WriteOnly) && other.write("FROM scratch\n") > 0);
    other.close();
    QVERIFY(desk.window().openFile(other.fileName()));
    QVERIFY(desk.pane().placeholder().words().contains(u"No build of this file is kept yet"_s));
}

void HistoryTest::showsTheFilesHistory()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    desk.window().action(ActionId::ShowHistory)->trigger();
    QVERIFY(desk.pane().isVisible() && !desk.pane().isEmpty());
    QCOMPARE(desk.pane().builds().size(), 3);
    QCOMPARE(desk.pane().builds()[0].ships(), 16'000'000);
    QCOMPARE(told(desk.pane().chart().chart()), u"build 0:812000000,2:812000000 | runtime 0:14000000,2:16000000"_s);
    // What another program has built meanwhile is there as soon as somebody asks again.
    QVERIFY(HistoryStore::open(desk.historyFolder()).store->add(historyKey(desk.file()), keptBuild(5, 1), kText));
    desk.pane().reload();
    QTRY_COMPARE(desk.pane().builds().size(), 4);
}

void HistoryTest::choosesInChartAndList()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    desk.tab().showPane(ResultPane::History);
    emit desk.pane().chart().buildChosen(desk.pane().builds()[2].id);
    const QModelIndexList rows = desk.pane().view().selectionModel()->selectedRows();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0].row(), 2);
    // It stays selected where a newer one comes.
    QVERIFY(HistoryStore::open(desk.historyFolder()).store->add(historyKey(desk.file()), keptBuild(5, 1), kText));
    desk.pane().reload();
    QTRY_COMPARE(desk.pane().builds().size(), 4);
    const QModelIndexList after = desk.pane().view().selectionModel()->selectedRows();
    QCOMPARE(after.size(), 1);
    QCOMPARE(after[0].row(), 3);
}

void HistoryTest::drawsAStageByItself()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    QComboBox& stages = desk.pane().stages();
    QStringList offered;
    for (int i = 0; i < stages.count(); ++i)
        offered << stages.itemText(i);
    QCOMPARE(offered, (QStringList{u"All stages"_s, u"build"_s, u"runtime"_s}));
    stages.setCurrentIndex(2);
    QCOMPARE(told(desk.pane().chart().chart()), u"runtime 0:14000000,2:16000000"_s);
    QVERIFY(HistoryStore::open(desk.historyFolder()).store->add(historyKey(desk.file()), keptBuild(5, 1), kText));
    desk.pane().reload();
    QTRY_COMPARE(told(desk.pane().chart().chart()), u"runtime 0:14000000,2:16000000,3:1"_s); // still alone
    stages.setCurrentIndex(0);
    QCOMPARE(desk.pane().chart().chart().lines.size(), 2U);
}

void HistoryTest::comparesTwoBuilds()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    desk.pane().view().selectAll();
    desk.pane().compare();
    QTest::qWait(50);
    QVERIFY(!desk.pane().comparison()); // three are no two
    desk.pane().view().selectRow(0);
    desk.pane().view().selectionModel()->select(desk.pane().view().model()->index(2, 0),
                                                QItemSelectionModel::Select | QItemSelectionModel::Rows);
    desk.pane().compare();
    QTRY_VERIFY(desk.pane().comparison());
    ComparisonDialog& dialog = *desk.pane().comparison();
    QCOMPARE(dialog.words().section(u'\n', 0, 0), beginText(threeBuilds()[2]) + u" → "_s + beginText(threeBuilds()[0]));
    QStringList row;
    for (int column = 0; column < dialog.table().columnCount(); ++column)
        row << dialog.table().item(1, column)->text();
    QCOMPARE(row, (QStringList{u"runtime"_s, u"14 MB"_s, u"16 MB"_s, u"+2 MB"_s, u"+2 MB"_s, u"100 ms"_s, u"cached"_s,
                               u"none"_s}));
    const QString page = dialog.page().toPlainText();
    QVERIFY2(page.contains(u"−\nFROM golang:1.21 AS build"_s) && page.contains(u"+\nFROM golang:1.22 AS build"_s),
             qPrintable(page));
    QVERIFY(!page.contains(u"−\nRUN make"_s));
    // It follows the theme as long as it is open.
    for (const Theme* theme : {&Theme::darkTheme(), &Theme::lightTheme()}) {
        desk.tab().setTheme(*theme);
        QCOMPARE(dialog.table().item(1, 3)->foreground().color(), theme->warning);
        QVERIFY(dialog.page().toHtml().contains(theme->text.name()));
    }
}

void HistoryTest::comparesWithTheBuildBefore()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    desk.pane().view().selectRow(0);
    desk.pane().compare();
    QTRY_VERIFY(desk.pane().comparison());
    QCOMPARE(desk.pane().comparison()->page().toPlainText(), u"Both were built from the same text."_s);
    QCOMPARE(desk.pane().comparison()->table().item(0, 3)->text(), u"new"_s); // that one failed
    desk.pane().comparison()->close();
    QTRY_VERIFY(!desk.pane().comparison());
    desk.pane().view().selectRow(2); // there is none before the first
    desk.pane().compare();
    QTest::qWait(50);
    QVERIFY(!desk.pane().comparison());
}

void HistoryTest::bringsATextBackInOneStep()
{
    HistoryDesk desk;
    const QByteArray now = QByteArray(kText).replace("RUN make\n", "RUN make all\nRUN strip /app\n") + "# mine\n";
    desk.write(now);
    QVERIFY(desk.open());
    desk.pane().view().selectRow(2);
    desk.pane().bringBack();
    QTRY_COMPARE(desk.text(), kOlder);
    QVERIFY(desk.tab().document().isModified());
    QVERIFY2(desk.tab().messages().text().contains(u"undo brings yours back"_s),
             qPrintable(desk.tab().messages().text()));
    QCOMPARE(QApplication::activeModalWidget(), nullptr); // nothing was asked
    desk.tab().editor().undo();
    QCOMPARE(desk.text(), now);
    QVERIFY(!desk.tab().editor().isUndoAvailable());
    desk.tab().editor().redo();
    QCOMPARE(desk.text(), kOlder);
}

void HistoryTest::bringsNoTextBackThatIsThere()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    desk.pane().view().selectRow(0);
    desk.pane().bringBack();
    QTRY_VERIFY(desk.tab().messages().text().startsWith(u"The text is the one that was built on"_s));
    QCOMPARE(desk.text(), kText);
    QVERIFY(!desk.tab().editor().isUndoAvailable());
}

void HistoryTest::forgetsAfterAsking()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    {
        const Answer no(QMessageBox::Cancel);
        desk.pane().forget();
        QCOMPARE(no.asked(), 1);
    }
    desk.pane().reload();
    QTest::qWait(50);
    QCOMPARE(desk.pane().builds().size(), 3);
    const Answer yes(QMessageBox::Discard);
    desk.pane().forget();
    QTRY_VERIFY(desk.pane().isEmpty());
    QCOMPARE(HistoryStore::open(desk.historyFolder()).store->builds(historyKey(desk.file()))->size(), 0);
    QCOMPARE(desk.text(), kText);
}

void HistoryTest::keepsWhatIsBuilt()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    BuildRequest request;
    request.engine.id = u"podman"_s;
    request.analysis = desk.tab().document().analysis();
    request.file = desk.file();
    BuildResult result;
    result.outcome = BuildOutcome::Stopped;
    desk.window().buildDesk().history().add(request, result, QDateTime::currentDateTimeUtc());
    QTRY_COMPARE(desk.pane().builds().size(), 4);
    QCOMPARE(desk.pane().builds()[0].outcome, BuildOutcome::Stopped);
    desk.window().action(ActionId::KeepHistory)->setChecked(false);
    desk.window().buildDesk().history().add(request, result, QDateTime::currentDateTimeUtc());
    desk.pane().reload();
    QTest::qWait(100);
    QCOMPARE(desk.pane().builds().size(), 4);
}

void HistoryTest::comparesSizesWithTheSessionBefore()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    BuildResult result;
    result.outcome = BuildOutcome::Succeeded;
    result.target = 1;
    result.sizes = {
        {.stage = 1, .image = {}, .total = 15'500'000, .own = 15'500'000, .ships = true, .needed = true, .layers = {}}};
    desk.tab().startBuild(desk.tab().document().analysis(), 1, u"docker"_s, u"docker build"_s);
    desk.tab().finishBuild(result);
    const auto change = [&] { return desk.tab().sizes().model().index(0, SizesModel::Change).data().toString(); };
    QCOMPARE(change(), u"−500 kB"_s);
    QVERIFY(!desk.tab().sizes().view().isColumnHidden(SizesModel::Change));
    // What is not kept is the build before all the same.
    desk.window().action(ActionId::KeepHistory)->setChecked(false);
    for (const auto& [total, more] : {std::pair{15'700'000, u"+200 kB"_s}, std::pair{15'600'000, u"−100 kB"_s}}) {
        result.sizes[0].total = total;
        desk.tab().startBuild(desk.tab().document().analysis(), 1, u"docker"_s, u"docker build"_s);
        desk.tab().finishBuild(result);
        QCOMPARE(change(), more);
    }
}

void HistoryTest::followsTheFilesName()
{
    HistoryDesk desk;
    QVERIFY(desk.open());
    QSignalSpy loaded(&desk.window().buildDesk().history(), &History::loaded);
    QVERIFY(desk.tab().saveAs(desk.file() + u".new"_s));
    QTRY_VERIFY(!loaded.isEmpty() && loaded.constLast()[0] == historyKey(desk.file() + u".new"_s));
    QVERIFY(desk.pane().isEmpty()); // a history of its own
    QVERIFY(desk.tab().saveAs(desk.file()));
    QTRY_COMPARE(desk.pane().builds().size(), 3);
}

void HistoryTest::saysWhatIsWrongWithIt()
{
    HistoryDesk desk;
    QFile database(desk.historyFolder() + u"/builds.sqlite"_s);
    QVERIFY(database.open(QIODevice::WriteOnly | QIODevice::Truncate) && database.write("no database at all\n") > 0);
    database.close();
    QVERIFY(desk.window().openFile(desk.file()));
    QTRY_VERIFY2(desk.tab().messages().text().contains(u"The history of builds was damaged."_s),
                 qPrintable(desk.tab().messages().text()));
    QCOMPARE(desk.text(), kText); // and all else works
}

QTEST_MAIN(HistoryTest)
#include "history_test.moc"
