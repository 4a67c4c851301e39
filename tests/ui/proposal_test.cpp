// SPDX-License-Identifier: GPL-3.0-or-later
//
// Changes that are shown before they are made: what stands on the page, what comes of a choice, and that accepting it
// is one step to undo.

#include "ui/contrast.h"
#include "ui/diagram/diagram_view.h"
#include "ui/proposal/diff_page.h"
#include "ui/proposal/multistage_dialog.h"
#include "ui/proposal/split_dialog.h"
#include "ui/window_fixture.h"

#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTextBrowser>
#include <QTextDocument>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

const QByteArray kGo = "FROM golang:1.22\n"
                       "WORKDIR /src\n"
                       "COPY . .\n"
                       "RUN CGO_ENABLED=0 go build -o /out/server .\n"
                       "EXPOSE 8080\n"
                       "CMD [\"/out/server\"]\n";

template<typename Dialog>
Dialog* openDialog(DocumentTab& tab)
{
    return tab.findChild<Dialog*>();
}

QPushButton* acceptButton(const ProposalDialog& dialog)
{
    for (QAbstractButton* button : dialog.findChild<QDialogButtonBox*>()->buttons())
        if (dialog.findChild<QDialogButtonBox*>()->buttonRole(button) == QDialogButtonBox::AcceptRole)
            return qobject_cast<QPushButton*>(button);
    return nullptr;
}

QString page(const ProposalDialog& dialog)
{
    return dialog.findChild<QTextBrowser*>()->toPlainText();
}

QListWidget* list(const ProposalDialog& dialog, const QString& name)
{
    for (auto* each : dialog.findChildren<QListWidget*>())
        if (each->accessibleName() == name)
            return each;
    return nullptr;
}

} // namespace

class ProposalTest : public QObject {
    Q_OBJECT
private slots:
    void pageMarksLines_data();
    void pageMarksLines();
    void pageLeavesOutWhatStays();
    void groundsAreLegible();
    void makesAFileMultiStageInOneStep();
    void takesAnotherBase();
    void saysWhyThereIsNothingToSplit();
    void splitsWhatIsChosen();
    void offersWhatTheChosenInstructionsMake();
    void changesTheStageInHand_data();
    void changesTheStageInHand();
};

void ProposalTest::pageMarksLines_data()
{
    QTest::addColumn<TextEdits>("edits");
    QTest::addColumn<QString>("rows");

    QTest::newRow("a word") << TextEdits{{{6, 6}, " AS b"}} << u"1 − FROM a|1 + FROM a AS b|2 2 RUN b"_s;
    QTest::newRow("a line") << TextEdits{{{7, 7}, "USER <me>\n"}} << u"1 1 FROM a|2 + USER <me>|2 3 RUN b"_s;
}

void ProposalTest::pageMarksLines()
{
    QFETCH(TextEdits, edits);
    QFETCH(QString, rows);

    const std::string text = "FROM a\nRUN b\n";
    const SourceText before(text);
    const SourceText after(applied(text, edits));
    const Proposal proposal{.title = {}, .edits = edits, .select = {}, .explanations = {}, .cautions = {}};
    QTextDocument document;
    document.setHtml(diffPage(before, after, proposal, Theme::lightTheme(), QApplication::font()));
    // A cell a line of plain text: those of one row are joined again.
    QStringList words = document.toPlainText().split(u'\n');
    QCOMPARE(words.join(u' ').simplified(), rows.replace(u'|', u' '));
}

void ProposalTest::pageLeavesOutWhatStays()
{
    std::string text = "FROM a\n";
    for (int line = 0; line < 40; ++line)
        text += "RUN step" + std::to_string(line) + '\n';
    const TextEdits edits{{{0, 6}, "FROM b"}};
    const SourceText before(text);
    const SourceText after(applied(text, edits));
    Proposal proposal{.title = {}, .edits = edits, .select = {}, .explanations = {}, .cautions = {}};
    QTextDocument document;
    document.setHtml(diffPage(before, after, proposal, Theme::darkTheme(), QApplication::font()));
    QVERIFY(document.toPlainText().contains(u"RUN step2"_s));
    QVERIFY(!document.toPlainText().contains(u"RUN step3\n"_s));
    QVERIFY(document.toPlainText().contains(u"37"_s)); // lines as they are

    proposal.explanations.push_back({{20, 21}, "because"});
    document.setHtml(diffPage(before, after, proposal, Theme::darkTheme(), QApplication::font()));
    QVERIFY(document.toPlainText().contains(u"RUN step18"_s));
    QVERIFY(document.toPlainText().contains(u"because"_s));
}

void ProposalTest::groundsAreLegible()
{
    for (const Theme* theme : {&Theme::lightTheme(), &Theme::darkTheme()}) {
        QVERIFY(contrast(theme->text, addedGround(*theme)) >= 4.5);
        QVERIFY(contrast(theme->text, removedGround(*theme)) >= 4.5);
        QVERIFY(contrast(theme->textQuiet, theme->palette.color(QPalette::Base)) >= 4.5);
    }
}

void ProposalTest::makesAFileMultiStageInOneStep()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, kGo));
    desk.window().action(ActionId::MakeMultiStage)->trigger();
    auto* dialog = openDialog<MultiStageDialog>(desk.tab());
    QVERIFY(dialog && dialog->isVisible());
    QVERIFY(page(*dialog).contains(u"COPY --from="_s));
    QCOMPARE(desk.text(), kGo.toStdString()); // only shown
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(desk.text() != kGo.toStdString());
    const AnalysisPtr now = desk.tab().document().analysis();
    QCOMPARE(now->graph.stages.size(), std::size_t(2));
    QVERIFY(now->graph.stages[0].isNamed());
    desk.tab().editor().undo();
    QCOMPARE(desk.text(), kGo.toStdString());
}

void ProposalTest::takesAnotherBase()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, kGo));
    desk.tab().makeMultiStage();
    auto* dialog = openDialog<MultiStageDialog>(desk.tab());
    auto* base = dialog->findChild<QComboBox*>();
    base->setFocus();
    base->lineEdit()->selectAll();
    QTest::keyClicks(base->lineEdit(), u"alpine:3.20"_s);
    QTRY_VERIFY(page(*dialog).contains(u"FROM alpine:3.20"_s));
    acceptButton(*dialog)->click();
    QTRY_VERIFY(QString::fromStdString(desk.text()).contains(u"\nFROM alpine:3.20"_s));
}

void ProposalTest::saysWhyThereIsNothingToSplit()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, "FROM a AS b\nRUN c\nFROM d\nCOPY --from=b /x /x\n"));
    desk.tab().makeMultiStage();
    auto* dialog = openDialog<MultiStageDialog>(desk.tab());
    QVERIFY(!acceptButton(*dialog)->isEnabled());
    QVERIFY(page(*dialog).contains(u"stage"_s));
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!openDialog<MultiStageDialog>(desk.tab()));
}

void ProposalTest::splitsWhatIsChosen()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, "FROM a\nRUN make -o x\nRUN mkdir /data\nCMD [\"x\"]\n"));
    desk.tab().splitStage(0);
    auto* dialog = openDialog<SplitDialog>(desk.tab());
    auto* instructions = list(*dialog, u"Move into a builder"_s);
    QCOMPARE(instructions->count(), 2);
    for (int row = 0; row < 2; ++row) // the first alone, whatever is proposed
        instructions->item(row)->setCheckState(row == 0 ? Qt::Checked : Qt::Unchecked);
    for (auto* field : dialog->findChildren<QLineEdit*>())
        if (field->placeholderText().contains(u"/usr/local/bin"_s))
            QTest::keyClicks(field, u"/out/x"_s);
    QTRY_VERIFY(page(*dialog).contains(u"COPY --from="_s));
    acceptButton(*dialog)->click(); // at once: what was typed last counts
    QTRY_COMPARE(desk.tab().document().analysis()->graph.stages.size(), std::size_t(2));
    const QString text = QString::fromStdString(desk.text());
    QVERIFY2(text.contains(u" /out/x /out/x\n"_s), qPrintable(text));
    QVERIFY2(text.indexOf(u"RUN make"_s) < text.lastIndexOf(u"FROM a"_s), qPrintable(text));
    QVERIFY2(text.indexOf(u"RUN mkdir"_s) > text.lastIndexOf(u"FROM a"_s), qPrintable(text));
    desk.tab().editor().undo();
    QVERIFY(desk.text().starts_with("FROM a\nRUN make"));
}

void ProposalTest::offersWhatTheChosenInstructionsMake()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, kGo));
    desk.tab().splitStage(0);
    auto* dialog = openDialog<SplitDialog>(desk.tab());
    auto* instructions = list(*dialog, u"Move into a builder"_s);
    auto* survivors = list(*dialog, u"Copy back what the stage still needs"_s);
    QCOMPARE(instructions->count(), 3); // WORKDIR, COPY and RUN; not EXPOSE and CMD
    QCOMPARE(instructions->item(2)->checkState(), Qt::Checked);
    QVERIFY(!survivors->findItems(u"/out/server"_s, Qt::MatchStartsWith).isEmpty());

    instructions->setFocus();
    instructions->setCurrentRow(2);
    QTest::keyClick(instructions, Qt::Key_Space); // what makes it stays: nothing of it is to be copied
    QVERIFY(survivors->findItems(u"/out/server"_s, Qt::MatchStartsWith).isEmpty());
}

void ProposalTest::changesTheStageInHand_data()
{
    QTest::addColumn<ActionId>("action");
    QTest::addColumn<int>("line"); // of the caret, 0-based
    QTest::addColumn<QByteArray>("after");

    QTest::newRow("duplicate")
        << ActionId::DuplicateStage << 1
        << "FROM a AS one\nRUN x\nFROM a AS one-2\nRUN x\nFROM b AS two\nCOPY --from=0 /x /x\n"_ba;
    QTest::newRow("move up") << ActionId::MoveStageUp << 2 << QByteArray();
    QTest::newRow("name indexes") << ActionId::NameIndices << 0
                                  << "FROM a AS one\nRUN x\nFROM b AS two\nCOPY --from=one /x /x\n"_ba;
    QTest::newRow("remove") << ActionId::RemoveStage << 2 << "FROM a AS one\nRUN x\n"_ba;
}

void ProposalTest::changesTheStageInHand()
{
    QFETCH(ActionId, action);
    QFETCH(int, line);
    QFETCH(QByteArray, after);

    const QByteArray before = "FROM a AS one\nRUN x\nFROM b AS two\nCOPY --from=0 /x /x\n";
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, before));
    desk.tab().editor().setFocus();
    desk.tab().editor().setCursorPosition(line, 0);
    desk.window().action(action)->trigger();
    if (after.isEmpty()) { // refused, and said
        QCOMPARE(desk.text(), before.toStdString());
        QVERIFY(!desk.message().isEmpty());
        return;
    }
    QVERIFY2(desk.text() == after.toStdString(), qPrintable(QString::fromStdString(desk.text()) + desk.message()));
    desk.tab().editor().undo();
    QCOMPARE(desk.text(), before.toStdString());
}

QTEST_MAIN(ProposalTest)
#include "proposal_test.moc"
