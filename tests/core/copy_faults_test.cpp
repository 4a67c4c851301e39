// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words that a hand may write into a COPY, an ADD or a mount and that BuildKit would read as something else, or refuse.

#include "core/edit_outcome.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

const QString kStages = u"FROM a AS x\nFROM b AS y\nFROM c\n"_s;
const QString kUnpacks = u"refused: ADD unpacks \"%1\", and a COPY would not"_s;
const QString kUnfit = u"refused: The target of a mount can't hold a blank, a comma, a quote or a backslash"_s;
const QString kSwallowed = u"refused: The new line would be read as part of the line above it"_s;

QString mendOf(const EditOutcome& outcome)
{
    return outcome ? QString() : QString::fromStdString(outcome.error().mend);
}

} // namespace

class CopyFaultsTest : public QObject {
    Q_OBJECT

private slots:
    void anAddThatCopyCannotBe_data();
    void anAddThatCopyCannotBe();
    void aSourceThatOnlyAddFetches();
    void readsTheDestinationAgain_data();
    void readsTheDestinationAgain();
    void writesWhatCanBeRead_data();
    void writesWhatCanBeRead();
    void leavesOtherMountsAlone_data();
    void leavesOtherMountsAlone();
    void cutsWholeFields_data();
    void cutsWholeFields();
    void mendsByTheCause_data();
    void mendsByTheCause();
    void addsNoStageToALineThatGoesOn();
    void movesNoLineThatGoesOn();
    void refusesWhatJsonCannotHold();
};

void CopyFaultsTest::anAddThatCopyCannotBe_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("after");

    const QString url = u"refused: source can't be a URL for COPY"_s;
    const QString git = u"refused: source can't be a git ref for COPY"_s;
    QTest::newRow("a URL beside a file") << "ADD https://x.org/y local /d/\n" << url;
    QTest::newRow("a URL behind a file, in JSON form") << "ADD [\"local\", \"http://x.org/y\", \"/d/\"]\n" << url;
    QTest::newRow("a URL by a variable") << "ARG URL=https://x.org/y\nADD ${URL} local /d/\n" << url;
    QTest::newRow("a repository by git") << "ADD git://x.org/y local /d/\n" << git;
    QTest::newRow("a repository by ssh") << "ADD ssh://git@x.org/y local /d/\n" << git;
    QTest::newRow("a repository by its short form") << "ADD git@x.org:y local /d/\n" << git;
    QTest::newRow("a repository by HTTP") << "ADD https://x.org/y.git#main:doc local /d/\n" << git;
    for (const char* name : {"m.tar", "m.tar.gz", "m.tgz", "m.tar.xz", "m.txz", "m.tar.bz2", "m.tbz2", "m.tar.zst",
                             "M.TAR.GZ", "m.tar.*", "m-*.tar"})
        QTest::newRow(name) << u"ADD %1 /m\n"_s.arg(QLatin1String(name)) << kUnpacks.arg(QLatin1String(name));
    QTest::newRow("an archive by a variable") << "ENV ARCHIVE=m.tgz\nADD $ARCHIVE /m\n" << kUnpacks.arg(u"m.tgz"_s);
    QTest::newRow("an archive's signature is a file") << "ADD m.tar.gz.sig /m\n" << "COPY --from=«x» m.tar.gz.sig /m\n";
    QTest::newRow("a folder of archives is a folder") << "ADD m.tar.d/*.conf /m/\n"
                                                      << "COPY --from=«x» m.tar.d/*.conf /m/\n";
    QTest::newRow("a COPY unpacks nothing anyway") << "COPY m.tar /m\n" << "COPY --from=«x» m.tar /m\n";
}

void CopyFaultsTest::anAddThatCopyCannotBe()
{
    QFETCH(QString, line);
    QFETCH(QString, after);

    const auto analysis = analysisOf(kStages + line);
    const EditOutcome outcome = retargetSource(*analysis, edgeFrom(*analysis, u"2 copy"_s), stageNode(0));
    QCOMPARE(shown(*analysis, outcome), after.startsWith(u"refused"_s) ? after : kStages + after);
    QCOMPARE(mendOf(outcome), outcome ? u""_s : u"Add a COPY of its own for the files of the stage."_s);
}

void CopyFaultsTest::aSourceThatOnlyAddFetches()
{
    const auto analysis = analysisOf(kStages);
    const EditOutcome outcome = copyArtifact(*analysis, {stageNode(0), 2, {"https://x.org/y"}, "/d/", {}});
    QCOMPARE(shown(*analysis, outcome), u"refused: source can't be a URL for COPY"_s);
    QCOMPARE(mendOf(outcome), u"Leave that to an ADD of its own."_s);
}

void CopyFaultsTest::readsTheDestinationAgain_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("destination");
    QTest::addColumn<QString>("after");

    const QString mount = u"RUN --mount=from=x,target=/m make\n"_s;
    const QString unmatched = u"unexpected end of statement while looking for matching "_s;
    QTest::newRow("a mount with an apostrophe") << mount << "/a'b" << kUnfit;
    QTest::newRow("a mount with a backslash") << mount << "/a\\" << kUnfit;
    QTest::newRow("a mount in another script")
        << mount << "/größe" << "refused: The target of a mount can hold ASCII only: BuildKit reads flags byte by byte";
    QTest::newRow("a mount with a broken variable")
        << mount << "/a${b" << "refused: failed to process \"/a${b\": unsupported modifier (\uFFFD) in substitution";
    QTest::newRow("a mount with two targets") << "RUN --mount=from=x,dst=/l,target=/m make\n"
                                              << "/n" << "RUN --mount=from=x,dst=/l,target=«/n» make\n";
    QTest::newRow("one of two mounts") << "RUN --mount=target=/l --mount=target=/m make\n"
                                       << "/n" << "RUN --mount=target=«/n» --mount=target=/m make\n";
    QTest::newRow("an apostrophe") << "COPY --from=x /m /m\n"
                                   << "/y'z"
                                   << u"refused: failed to process \"/y'z\": "_s + unmatched + u"single-quote"_s;
    QTest::newRow("a quote in JSON form")
        << "COPY --from=x [\"/m\", \"/m\"]\n"
        << "/y\"z" << u"refused: failed to process \"/y\\\"z\": "_s + unmatched + u"double-quote"_s;
    QTest::newRow("a broken variable")
        << "COPY --from=x /m /m\n"
        << "/${y"
        << "refused: failed to process \"/${y\": unsupported modifier (\uFFFD) in substitution";
    QTest::newRow("no substitution") << "COPY --from=x /m /m\n"
                                     << "/${}"
                                     << "refused: failed to process \"/${}\": syntax error: bad substitution";
    QTest::newRow("an escaped apostrophe") << "COPY --from=x /m /m\n" << "/y\\'z" << "COPY --from=x /m «/y\\'z»\n";
    QTest::newRow("a variable that has to be set")
        << "COPY --from=x /m /m\n"
        << "/${V:?is missing}" << "COPY --from=x [\"/m\", \"«/${V:?is missing}»\"]\n";
    QTest::newRow("beside a word that was wrong before") << "COPY --from=x /m'n /m\n"
                                                         << "/o" << "COPY --from=x /m'n «/o»\n";
    QTest::newRow("a control character brings the JSON form")
        << "COPY --from=x /m /m\n"
        << "/\x01\uFFFD" << "COPY --from=x [\"/m\", \"«/\\u0001\uFFFD»\"]\n";
    QTest::newRow("a wide blank at its end") << "COPY --from=x /m /m\n"
                                             << "/n\u3000" << "COPY --from=x [\"/m\", \"«/n\u3000»\"]\n";
    QTest::newRow("a blank that does not break at its end") << "COPY --from=x /m /m\n"
                                                            << "/n\u00A0" << "COPY --from=x [\"/m\", \"«/n\u00A0»\"]\n";
    QTest::newRow("a wide blank within") << "COPY --from=x /m /m\n" << "/n\u3000o" << "COPY --from=x /m «/n\u3000o»\n";
}

void CopyFaultsTest::readsTheDestinationAgain()
{
    QFETCH(QString, line);
    QFETCH(QString, destination);
    QFETCH(QString, after);

    const auto analysis = analysisOf(kStages + line);
    const std::size_t edge = std::min(edgeFrom(*analysis, u"2 copy"_s), edgeFrom(*analysis, u"2 mount"_s));
    QCOMPARE(shown(*analysis, changeDestination(*analysis, edge, destination.toStdString())),
             after.startsWith(u"refused"_s) ? after : kStages + after);
}

void CopyFaultsTest::writesWhatCanBeRead_data()
{
    QTest::addColumn<QStringList>("paths");
    QTest::addColumn<QString>("destination");
    QTest::addColumn<QString>("after");

    const auto one = [](const char16_t* path) { return QStringList{QString::fromUtf16(path)}; };
    QTest::newRow("a pattern in a middle part")
        << one(u"/src/dist-*/app.js") << "" << "COPY --from=x /src/dist-*/app.js «/src/»\n";
    QTest::newRow("a pattern in the first part")
        << one(u"/dist-*/app.js") << "" << "COPY --from=x /dist-*/app.js «/»\n";
    QTest::newRow("a pattern in a path that stands nowhere")
        << one(u"dist-*/app.js") << "" << "COPY --from=x dist-*/app.js «./»\n";
    QTest::newRow("a bracket that stands for itself, ahead of a pattern")
        << one(u"/a[[]b]/c/*.js") << "" << "COPY --from=x /a[[]b]/c/*.js «/a[b]/c/»\n";
    QTest::newRow("a bracket that stands for itself is no pattern")
        << one(u"/a/[[]id]") << "" << "COPY --from=x /a/[[]id] «/a/[id]»\n";
    QTest::newRow("brackets that stand for themselves, in a folder that several share")
        << QStringList{u"/a[[]b]/c"_s, u"/a[[]b]/d"_s} << "" << "COPY --from=x /a[[]b]/c /a[[]b]/d «/a[b]/»\n";
    QTest::newRow("an apostrophe in the destination")
        << one(u"/m") << "/y'z"
        << "refused: failed to process \"/y'z\": unexpected end of statement while looking for matching single-quote";
    QTest::newRow("an apostrophe in the source")
        << one(u"/y'z") << "/m"
        << "refused: failed to process \"/y'z\": unexpected end of statement while looking for matching single-quote";
    QTest::newRow("a wide blank ahead of the source")
        << one(u"\u3000m") << "/n" << "COPY --from=x [\"\u3000m\", \"«/n»\"]\n";
    QTest::newRow("a wide blank behind the destination")
        << one(u"/m") << "/n\u3000" << "COPY --from=x [\"/m\", \"«/n\u3000»\"]\n";
}

void CopyFaultsTest::writesWhatCanBeRead()
{
    QFETCH(QStringList, paths);
    QFETCH(QString, destination);
    QFETCH(QString, after);

    CopyIntent intent{stageNode(0), 2, {}, destination.toStdString(), {}};
    for (const QString& path : paths)
        intent.paths.push_back(path.toStdString());
    const auto analysis = analysisOf(kStages);
    QCOMPARE(shown(*analysis, copyArtifact(*analysis, intent)),
             after.startsWith(u"refused"_s) ? after : kStages + after);
}

void CopyFaultsTest::leavesOtherMountsAlone_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("after");

    QTest::newRow("an ssh mount") << "RUN --mount=type=ssh,target=/m --mount=type=bind,target=/m make\n"
                                  << "RUN --mount=type=ssh,target=/m make\n";
    QTest::newRow("a cache") << "RUN --mount=type=cache,target=/m --mount=target=/m make\n"
                             << "RUN --mount=type=cache,target=/m make\n";
    QTest::newRow("a secret") << "RUN --mount=type=secret,id=k,dst=/m --mount=type=bind,dst=/m make\n"
                              << "RUN --mount=type=secret,id=k,dst=/m make\n";
    QTest::newRow("another mount of the context") << "RUN --mount=target=/m --mount=target=/n make\n"
                                                  << "RUN --mount=target=/n make\n";
}

void CopyFaultsTest::leavesOtherMountsAlone()
{
    QFETCH(QString, line);
    QFETCH(QString, after);

    const auto analysis = analysisOf(kStages + line);
    QCOMPARE(shown(*analysis, removeCopy(*analysis, edgeFrom(*analysis, u"2 mount"_s))), kStages + after);
}

void CopyFaultsTest::cutsWholeFields_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("after");

    QTest::newRow("on a line of its own") << "RUN --mount=type=bind,\\\nfrom=x,target=/m make\n"
                                          << "RUN --mount=type=bind,target=/m make\n";
    QTest::newRow("the comma on the line below") << "RUN --mount=type=bind\\\n,from=x,target=/m make\n"
                                                 << "RUN --mount=type=bind,target=/m make\n";
    QTest::newRow("the first, its comma on the line below") << "RUN --mount=from=x\\\n,target=/m make\n"
                                                            << "RUN --mount=target=/m make\n";
    QTest::newRow("in quotes") << "RUN --mount=type=bind,\"from=x\",target=/m make\n"
                               << "RUN --mount=type=bind,target=/m make\n";
    QTest::newRow("its value in quotes") << "RUN --mount=type=bind,from='x',target=/m make\n"
                                         << "RUN --mount=type=bind,target=/m make\n";
    QTest::newRow("among others in quotes") << "RUN --mount=\"type=bind,from=x,target=/m\" make\n"
                                            << "RUN --mount=\"type=bind,target=/m\" make\n";
    QTest::newRow("the last") << "RUN --mount=target=/m,\\\r\nfrom=x make\r\n" << "RUN --mount=target=/m make\r\n";
}

void CopyFaultsTest::cutsWholeFields()
{
    QFETCH(QString, line);
    QFETCH(QString, after);

    const auto analysis = analysisOf(kStages + line);
    const EditOutcome outcome =
        retargetSource(*analysis, edgeFrom(*analysis, u"2 mount"_s), NodeRef{NodeKind::Context, 0});
    QCOMPARE(shown(*analysis, outcome), kStages + after);
}

void CopyFaultsTest::mendsByTheCause_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("source");
    QTest::addColumn<int>("target");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("mend");

    const QString escape = u"Take the \\ off the end of that line first."_s;
    QTest::newRow("a line that goes on, from the context") << "FROM a\nRUN x \\\n"
                                                           << "context" << 0 << kSwallowed << escape;
    QTest::newRow("a line that goes on, from an image") << "FROM a\nCOPY --from=b /b /b\nFROM c\nRUN x \\"
                                                        << "b" << 1 << kSwallowed << escape;
    QTest::newRow("a line that goes on, from a stage") << "FROM a AS x\nFROM b\nRUN x \\\n"
                                                       << "0" << 1 << kSwallowed << escape;
    QTest::newRow("a FROM that goes on") << "FROM a AS x\nFROM b \\\n" << "0" << 1 << kSwallowed << escape;
    QTest::newRow("with the other escape character")
        << "# escape=`\nFROM a\nRUN x `\n"
        << "context" << 0 << kSwallowed << "Take the ` off the end of that line first.";
    QTest::newRow("a heredoc that goes on") << "FROM a\nRUN <<EOF\nx\n"
                                            << "context" << 0 << kSwallowed << "Close the heredoc of that line first.";
    QTest::newRow("the same, without a line ending")
        << "FROM a\nRUN <<EOF\nx"
        << "context" << 0 << kSwallowed << "Close the heredoc of that line first.";
    QTest::newRow("a stage that is called as the image")
        << "FROM nginx AS nginx\nFROM a\n"
        << "nginx" << 1 << "refused: The line would take from stage \"nginx\" instead of the image \"nginx\""
        << "Give the stage of that name another one first.";
    QTest::newRow("a stage below")
        << "FROM a AS x\nFROM b AS y\n"
        << "1" << 0 << "refused: cannot copy from stage \"y\", it needs to be defined before current stage \"x\""
        << "Move y above x";
}

void CopyFaultsTest::mendsByTheCause()
{
    QFETCH(QString, before);
    QFETCH(QString, source);
    QFETCH(int, target);
    QFETCH(QString, reason);
    QFETCH(QString, mend);

    const auto analysis = analysisOf(before);
    const EditOutcome outcome = copyArtifact(*analysis, {nodeFrom(*analysis, source), target, {"/m"}, "/m", {}});
    QCOMPARE(shown(*analysis, outcome), reason);
    QCOMPARE(mendOf(outcome), mend);
}

void CopyFaultsTest::addsNoStageToALineThatGoesOn()
{
    const auto analysis = analysisOf(u"FROM a\nRUN x \\\n"_s);
    const EditOutcome outcome = addStage(*analysis, "b", "y");
    QCOMPARE(shown(*analysis, outcome), kSwallowed);
    QCOMPARE(mendOf(outcome), u"Take the \\ off the end of that line first."_s);
}

void CopyFaultsTest::movesNoLineThatGoesOn()
{
    const auto analysis = analysisOf(u"FROM a AS x\nFROM b AS y\nCMD z\nFROM c\nCOPY --from=x /m /m \\\n"_s);
    const EditOutcome outcome = retargetCopy(*analysis, edgeFrom(*analysis, u"2 copy"_s), 1);
    QCOMPARE(shown(*analysis, outcome), u"refused: The line below would be read as part of the new line"_s);
    QCOMPARE(mendOf(outcome), u"Take the \\ off the end of that line first."_s);
}

void CopyFaultsTest::refusesWhatJsonCannotHold()
{
    const auto analysis = analysisOf(kStages + u"COPY --from=x /m /m\n"_s);
    const EditOutcome outcome = changeDestination(*analysis, edgeFrom(*analysis, u"2 copy"_s), "/n \xFF");
    QCOMPARE(shown(*analysis, outcome),
             u"refused: The destination would be read as \"/n \uFFFD\" instead of \"/n \\xff\""_s);
    QCOMPARE(mendOf(outcome), u"Choose another path."_s);
}

QTEST_GUILESS_MAIN(CopyFaultsTest)
#include "copy_faults_test.moc"
