// SPDX-License-Identifier: GPL-3.0-or-later
//
// The files of a stage beside those of another, in the pane. What differs is found in tests/engine.

#include "files_fixture.h"
#include "ui/artifacts/file_preview.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QLineEdit>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;
using namespace stagelift::ui;

namespace {

/// "bin/app +2 kB changed", a row each, folders ahead of what is in them.
QStringList rows(const FilesModel& model, const QModelIndex& parent = {})
{
    QStringList all;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, FilesModel::Name, parent);
        QString text = index.data().toString();
        for (const auto column : {FilesModel::Size, FilesModel::Change})
            text += u' ' + index.siblingAtColumn(column).data().toString();
        all << text.trimmed() << rows(model, index);
    }
    return all;
}

} // namespace

class FilesComparisonTest : public QObject {
    Q_OBJECT

private slots:
    void comparesWithAnotherStage();
};

void FilesComparisonTest::comparesWithAnotherStage()
{
    ReadPane read;
    FilesPane& pane = read.pane;
    QAbstractItemModelTester tester(&pane.model());
    QVERIFY(!box(pane, u"Compare with"_s).isEnabled()); // with which?

    writeFile(read.engine.file(u"archive"_s),
              dockerArchive(QStringList{u"bin/ bin/app:5300,755 etc/ etc/conf:30 lib/ lib/a->b new:4000"_s}));
    choose(pane, u"Stage"_s, 1);
    pane.readOrStop();
    QVERIFY(settled(pane));
    QVERIFY(box(pane, u"Compare with"_s).isEnabled());
    choose(pane, u"Compare with"_s, 1);
    QCOMPARE(rows(pane.model()), (QStringList{u"new +4 kB added"_s, u"bin +300 B"_s, u"app +300 B changed"_s,
                                              u"etc −7 B"_s, u"extra −7 B removed"_s}));
    QVERIFY2(pane.summary().startsWith(u"Beside build: 1 added (+4 kB), 1 removed (−7 B), 1 changed (+300 B) · "_s),
             qPrintable(pane.summary()));
    QVERIFY(!box(pane, u"Layer"_s).isEnabled());
    QCOMPARE(pane.model().headerData(FilesModel::Size, Qt::Horizontal, Qt::DisplayRole).toString(), u"Difference"_s);
    QCOMPARE(find(pane.model(), "bin/app").data(Qt::ToolTipRole).toString(),
             u"/bin/app\nin stage 1: file, rwxr-xr-x, 5,300 bytes\nin build: file, rwxr-xr-x, 5,000 bytes"_s);

    // What is there can be dragged and looked into; what was removed can't.
    QVERIFY(pane.model().dragOf({find(pane.model(), "bin/app")}));
    QVERIFY(!pane.model().dragOf({find(pane.model(), "etc/extra")}));
    pane.view().setCurrentIndex(find(pane.model(), "new"));
    pane.previewSelected();
    QTRY_COMPARE(pane.preview().headline(), u"/new: 4 kB"_s);

    pane.findChild<QLineEdit*>()->setText(u"app"_s);
    QTest::qWait(200); // a person has stopped typing
    QVERIFY(settled(pane));
    QCOMPARE(rows(pane.model()), (QStringList{u"bin +300 B"_s, u"app +300 B changed"_s}));
    pane.findChild<QLineEdit*>()->clear();
    choose(pane, u"Compare with"_s, 0);
    QVERIFY(settled(pane));
    QTRY_VERIFY(pane.summary().startsWith(u"4 files"_s));
    QVERIFY(box(pane, u"Layer"_s).isEnabled());

    choose(pane, u"Compare with"_s, 1);
    choose(pane, u"Stage"_s, 0); // which is not compared with itself
    QVERIFY(settled(pane));
    QVERIFY(!pane.model().view().compares());
}

QTEST_MAIN(FilesComparisonTest)
#include "files_comparison_test.moc"
