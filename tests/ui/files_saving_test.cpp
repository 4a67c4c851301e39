// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file of a stage is saved: whatever is looked at meanwhile, it comes to an end, and that is told.

#include "files_fixture.h"
#include "ui/artifacts/file_preview.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTimer>
#include <QTreeView>

#include <functional>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;
using namespace stagelift::ui;

namespace {

/// An engine that hands nothing out while this is held.
class Hold {
public:
    static constexpr auto kSave = "while [ -e \"$ARCHIVE.hold\" ]; do sleep 0.02; done; cat \"$ARCHIVE\"";

    explicit Hold(const Scripted& engine) : m_path(engine.file(u"archive.hold"_s)) { writeFile(m_path, {}); }
    void release() const { QFile::remove(m_path); }

private:
    QString m_path;
};

/// Saves what is selected as `path` in the dialog, after `meanwhile`, while the dialog is open.
void saveSelected(FilesPane& pane, const QString& path, const std::function<void()>& meanwhile = [] {})
{
    QTimer timer;
    timer.callOnTimeout([&] {
        auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        if (!dialog)
            return;
        timer.stop();
        meanwhile();
        dialog->findChild<QLineEdit*>()->setText(path);
        QMetaObject::invokeMethod(dialog, "accept");
    });
    timer.start(20);
    pane.saveSelected();
}

} // namespace

class FilesSavingTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }
    void savesAFile();
    void savesWhatIsSelected();
    void goesOnWhatever_data();
    void goesOnWhatever();
    void saysThatItWasStopped_data();
    void saysThatItWasStopped();
    void outlivesABuildUnderTheDialog();
};

void FilesSavingTest::savesAFile()
{
    ReadPane read;
    FilesPane& pane = read.pane;
    QSignalSpy saved(&pane.reader(), &StageReader::saved);
    const QString path = read.engine.file(u"saved"_s);
    pane.reader().save(0, pane.reader().files(0)->find("bin/app"), path);
    QVERIFY(saved.wait());
    QCOMPARE(saved.takeFirst(), (QVariantList{path, QString()}));
    QCOMPARE(QFileInfo(path).size(), 5000);

    QSignalSpy failed(&pane, &FilesPane::failed);
    pane.reader().save(0, pane.reader().files(0)->find("etc"), path);
    QCOMPARE(failed.takeFirst().constFirst().toString(), u"Only files have a content."_s);
}

void FilesSavingTest::savesWhatIsSelected()
{
    ReadPane read(threeLayers(), Hold::kSave);
    const Hold hold(read.engine);
    const QString shown = read.pane.summary();
    const QString path = read.engine.file(u"saved"_s);
    QSignalSpy saved(&read.pane.reader(), &StageReader::saved);
    read.pane.view().setCurrentIndex(find(read.pane.model(), "bin/app"));
    saveSelected(read.pane, path);
    QCOMPARE(read.pane.summary(), u"Saving %1…"_s.arg(path));
    hold.release();
    QVERIFY(saved.wait());
    QCOMPARE(saved.takeFirst(), (QVariantList{path, QString()}));
    QCOMPARE(read.pane.summary(), shown);
}

void FilesSavingTest::goesOnWhatever_data()
{
    using Deed = std::function<void(FilesPane&)>;
    QTest::addColumn<Deed>("deed");

    QTest::newRow("another file is looked at") << Deed([](FilesPane& pane) {
        pane.view().setCurrentIndex(find(pane.model(), "etc/conf"));
        pane.previewSelected();
    });
    QTest::newRow("a folder is looked at, which has no content") << Deed([](FilesPane& pane) {
        pane.view().setCurrentIndex(find(pane.model(), "etc"));
        pane.previewSelected();
    });
    QTest::newRow("the preview is closed") << Deed([](FilesPane& pane) { emit pane.preview().closed(); });
    QTest::newRow("another stage is shown") << Deed([](FilesPane& pane) { choose(pane, u"Stage"_s, 1); });
}

void FilesSavingTest::goesOnWhatever()
{
    QFETCH(std::function<void(FilesPane&)>, deed);
    ReadPane read(threeLayers(), Hold::kSave);
    const Hold hold(read.engine);
    QSignalSpy saved(&read.pane.reader(), &StageReader::saved);
    const QString path = read.engine.file(u"saved"_s);
    read.pane.view().setCurrentIndex(find(read.pane.model(), "bin/app"));
    saveSelected(read.pane, path);
    QCOMPARE(read.pane.summary(), u"Saving %1…"_s.arg(path));
    deed(read.pane);
    hold.release();
    QVERIFY(saved.wait());
    QCOMPARE(saved.takeFirst(), (QVariantList{path, QString()}));
    QCOMPARE(QFileInfo(path).size(), 5000);
    QVERIFY(!read.pane.summary().startsWith(u"Saving"_s));
}

void FilesSavingTest::saysThatItWasStopped_data()
{
    QTest::addColumn<bool>("isBuild");
    QTest::newRow("by a new build") << true;
    QTest::newRow("by another file that is saved") << false;
}

void FilesSavingTest::saysThatItWasStopped()
{
    QFETCH(bool, isBuild);
    ReadPane read(threeLayers(), Hold::kSave);
    const Hold hold(read.engine);
    StageReader& reader = read.pane.reader();
    QSignalSpy saved(&reader, &StageReader::saved);
    QSignalSpy failed(&read.pane, &FilesPane::failed);
    const QString path = read.engine.file(u"saved"_s);
    const QString other = read.engine.file(u"other"_s);
    reader.save(0, reader.files(0)->find("bin/app"), path);
    if (isBuild)
        read.pane.setBuild(read.engine.request());
    else
        reader.save(0, reader.files(0)->find("etc/conf"), other);
    QCOMPARE(saved.size(), 1);
    QCOMPARE(saved.takeFirst(), (QVariantList{path, u"Stopped."_s}));
    QCOMPARE(failed.takeFirst().constFirst().toString(), u"Stopped."_s);
    QCOMPARE(reader.savingTo(), isBuild ? QString() : other);
    hold.release();
    if (!isBuild) {
        QVERIFY(saved.wait());
        QCOMPARE(saved.takeFirst(), (QVariantList{other, QString()}));
    }
    QVERIFY(!QFileInfo::exists(path));
}

void FilesSavingTest::outlivesABuildUnderTheDialog()
{
    ReadPane read;
    QSignalSpy saved(&read.pane.reader(), &StageReader::saved);
    QSignalSpy failed(&read.pane, &FilesPane::failed);
    const QString path = read.engine.file(u"saved"_s);
    read.pane.view().setCurrentIndex(find(read.pane.model(), "bin/app"));
    saveSelected(read.pane, path, [&] { read.pane.setBuild(read.engine.request()); });
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.constFirst().constFirst().toString(),
             u"The stage was built anew meanwhile. Read its files again to save app."_s);
    QVERIFY(saved.isEmpty());
    QVERIFY(!QFileInfo::exists(path));
}

QTEST_MAIN(FilesSavingTest)
#include "files_saving_test.moc"
