// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a hand does to an edge that is there: take it out, put either end elsewhere, change where it ends.

#include "core/edit_outcome.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

class CopyEdgesTest : public QObject {
    Q_OBJECT

private slots:
    void removes_data();
    void removes();
    void takesFromElsewhere_data();
    void takesFromElsewhere();
    void goesElsewhere_data();
    void goesElsewhere();
    void endsElsewhere_data();
    void endsElsewhere();
};

void CopyEdgesTest::removes_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("edge");
    QTest::addColumn<QString>("after");

    QTest::newRow("the whole line") << "FROM a AS x\nFROM b\n  COPY --from=x /y /y\nCMD z\n"
                                    << "1 copy" << "FROM a AS x\nFROM b\nCMD z\n";
    QTest::newRow("behind a byte order mark")
        << "\uFEFFFROM a AS x\nFROM b\nCOPY --from=x /y /y" << "1 copy" << "\uFEFFFROM a AS x\nFROM b";
    QTest::newRow("all its lines") << "FROM a AS x\nFROM b\nCOPY --from=x \\\n  # why\n  /y /y\nCMD z\n"
                                   << "1 copy" << "FROM a AS x\nFROM b\nCMD z\n";
    QTest::newRow("the comment above stays") << "FROM a AS x\nFROM b\n# y\nCOPY --from=x /y /y\n"
                                             << "1 copy" << "FROM a AS x\nFROM b\n# y\n";
    QTest::newRow("the last line of a file without a line ending")
        << "FROM a AS x\nFROM b\nCOPY --from=x /y /y" << "1 copy" << "FROM a AS x\nFROM b";
    QTest::newRow("the last line of a CRLF file without a line ending")
        << "FROM a AS x\r\nFROM b\r\nCOPY --from=x /y /y" << "1 copy" << "FROM a AS x\r\nFROM b";
    QTest::newRow("the second of two") << "FROM a AS x\nFROM b\nCOPY --from=x /y /y\nCOPY --from=x /z /z\n"
                                       << "1 copy 1" << "FROM a AS x\nFROM b\nCOPY --from=x /y /y\n";
    QTest::newRow("a copy of the context") << "FROM a\nCOPY . .\nCMD z\n" << "0 copy" << "FROM a\nCMD z\n";
    QTest::newRow("an ADD") << "FROM a\nADD x.tar /\nCMD z\n" << "0 copy" << "FROM a\nCMD z\n";
    QTest::newRow("an ONBUILD") << "FROM a AS x\nFROM b AS y\nONBUILD COPY --from=x /z /z\nFROM y\n"
                                << "2 onbuild" << "FROM a AS x\nFROM b AS y\nFROM y\n";
    QTest::newRow("a forward reference") << "FROM a AS x\nCOPY --from=y /y /y\nFROM b AS y\n"
                                         << "0 copy" << "FROM a AS x\nFROM b AS y\n";
    QTest::newRow("of a RUN, its mount only") << "FROM a AS x\nFROM b\nRUN --mount=from=x,target=/m make\n"
                                              << "1 mount" << "FROM a AS x\nFROM b\nRUN make\n";
    QTest::newRow("the first of two mounts")
        << "FROM a AS x\nFROM b\nRUN --mount=from=x,target=/m \\\n    --mount=type=cache,target=/c \\\n    make\n"
        << "1 mount"
        << "FROM a AS x\nFROM b\nRUN --mount=type=cache,target=/c \\\n    make\n";
    QTest::newRow("the second of two mounts")
        << "FROM a AS x\nFROM b\nRUN --mount=type=cache,target=/c \\\n    --mount=from=x,target=/m \\\n    make\n"
        << "1 mount"
        << "FROM a AS x\nFROM b\nRUN --mount=type=cache,target=/c \\\n    make\n";
    QTest::newRow("a comment below the mount stays")
        << "FROM a AS x\nFROM b\nRUN --mount=from=x,target=/m \\\n    # why\n    make\n"
        << "1 mount"
        << "FROM a AS x\nFROM b\nRUN \\\n    # why\n    make\n";
    QTest::newRow("with the other escape character")
        << "# escape=`\nFROM a AS x\nFROM b\nRUN --mount=from=x,target=/m `\n    make\n"
        << "1 mount"
        << "# escape=`\nFROM a AS x\nFROM b\nRUN make\n";
    QTest::newRow("a mount of the context") << "FROM a\nRUN --mount=type=bind,target=/m make\n"
                                            << "0 mount" << "FROM a\nRUN make\n";
    QTest::newRow("a base can't go") << "FROM a AS x\nFROM x\n"
                                     << "1 base" << "refused: A stage can't be without a base";
    QTest::newRow("an edge that is gone") << "FROM a\n" << "0 copy" << "refused: This connection is no longer there";
}

void CopyEdgesTest::removes()
{
    QFETCH(QString, before);
    QFETCH(QString, edge);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    QCOMPARE(shown(*analysis, removeCopy(*analysis, edgeFrom(*analysis, edge))), after);
}

void CopyEdgesTest::takesFromElsewhere_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("edge");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("after");

    const QString two = u"FROM a AS x\nFROM b AS y\nFROM c\n"_s;
    QTest::newRow("another stage") << two + u"COPY --from=x /m /m\n"_s << "2 copy" << "1"
                                   << two + u"COPY --from=«y» /m /m\n"_s;
    QTest::newRow("behind a byte order mark") << "\uFEFFFROM a\nFROM b\nCOPY m /m\n"
                                              << "1 copy" << "0"
                                              << "\uFEFFFROM a AS a\nFROM b\nCOPY --from=«a» m /m\n";
    QTest::newRow("an index becomes a name")
        << two + u"COPY --from=0 /m /m\n"_s << "2 copy" << "1" << two + u"COPY --from=«y» /m /m\n"_s;
    QTest::newRow("an image") << two + u"COPY --from=x /m /m\n"_s << "2 copy" << "b"
                              << two + u"COPY --from=«b» /m /m\n"_s;
    QTest::newRow("the context") << two + u"COPY --link --from=x --chown=1 /m /m\n"_s << "2 copy" << "context"
                                 << two + u"COPY --link --chown=1 /m /m\n"_s;
    QTest::newRow("from the context to a stage")
        << two + u"COPY --link m /m\n"_s << "2 copy" << "0" << two + u"COPY --from=«x» --link m /m\n"_s;
    QTest::newRow("an ADD becomes a COPY")
        << two + u"ADD --chown=1 m /m\n"_s << "2 copy" << "0" << two + u"COPY --from=«x» --chown=1 m /m\n"_s;
    QTest::newRow("an add in lower case too")
        << two + u"add m /m\n"_s << "2 copy" << "0" << two + u"copy --from=«x» m /m\n"_s;
    QTest::newRow("an ADD that COPY can't do")
        << two + u"ADD --unpack m.tar /m\n"_s << "2 copy" << "0"
        << "refused: ADD takes nothing from a stage, and this one does what COPY can't";
    QTest::newRow("the JSON form") << two + u"COPY [\"m\", \"/m\"]\n"_s << "2 copy" << "1"
                                   << two + u"COPY --from=«y» [\"m\", \"/m\"]\n"_s;
    QTest::newRow("a mount") << two + u"RUN --mount=from=x,target=/m z\n"_s << "2 mount" << "1"
                             << two + u"RUN --mount=from=«y»,target=/m z\n"_s;
    QTest::newRow("a mount of the context")
        << two + u"RUN --mount=target=/m z\n"_s << "2 mount" << "1" << two + u"RUN --mount=target=/m,from=«y» z\n"_s;
    QTest::newRow("a mount to the context") << two + u"RUN --mount=type=bind,from=x,target=/m z\n"_s << "2 mount"
                                            << "context" << two + u"RUN --mount=type=bind,target=/m z\n"_s;
    QTest::newRow("a mount to the context, from first") << two + u"RUN --mount=from=x,target=/m z\n"_s << "2 mount"
                                                        << "context" << two + u"RUN --mount=target=/m z\n"_s;
    QTest::newRow("a cache has no context")
        << two + u"RUN --mount=type=cache,from=x,target=/m z\n"_s << "2 mount" << "context"
        << "refused: Only a bind mount can come from the build context";
    QTest::newRow("one of two mounts") << two + u"RUN --mount=from=x,target=/m --mount=from=x,target=/n z\n"_s
                                       << "2 mount 1" << "1"
                                       << two + u"RUN --mount=from=x,target=/m --mount=from=«y»,target=/n z\n"_s;
    QTest::newRow("an unnamed stage is named") << "FROM a AS x\nFROM b:1\nFROM c\nCOPY --from=x /m /m\n"
                                               << "2 copy" << "1"
                                               << "FROM a AS x\nFROM b:1 AS b\nFROM c\nCOPY --from=«b» /m /m\n";
    QTest::newRow("a base from a stage") << two << "2 base" << "0" << "FROM a AS x\nFROM b AS y\nFROM «x»\n";
    QTest::newRow("a base from an unnamed stage") << "FROM a:1\nFROM b\n"
                                                  << "1 base" << "0" << "FROM a:1 AS a\nFROM «a»\n";
    QTest::newRow("a base from a stage in capitals") << "FROM a AS Xy\nFROM b\n"
                                                     << "1 base" << "0" << "FROM a AS Xy\nFROM «xy»\n";
    QTest::newRow("a base from a later stage")
        << two << "0 base" << "1"
        << "refused: FROM sees the stages above it only: here \"y\" would be an image of that name";
    QTest::newRow("a base from the context")
        << two << "0 base" << "context"
        << "refused: A stage is built from an image or a stage, not from a build context";
    QTest::newRow("an ONBUILD") << "FROM a AS x\nFROM b AS y\nFROM c AS z\nONBUILD COPY --from=x /m /m\nFROM z\n"
                                << "3 onbuild" << "1"
                                << "FROM a AS x\nFROM b AS y\nFROM c AS z\nONBUILD COPY --from=«y» /m /m\nFROM z\n";
    QTest::newRow("a later stage")
        << "FROM a AS x\nFROM b AS y\nCOPY --from=x /m /m\nFROM c AS z\n"
        << "1 copy" << "2"
        << "refused: cannot copy from stage \"z\", it needs to be defined before current stage \"y\"";
    QTest::newRow("a later stage, by mount")
        << "FROM a AS x\nFROM b AS y\nRUN --mount=from=x,target=/m m\nFROM c AS z\n"
        << "1 mount" << "2"
        << "refused: cannot mount from stage \"z\" to \"/m\", stage needs to be defined before current command";
    QTest::newRow("itself") << two + u"COPY --from=x /m /m\n"_s << "2 copy" << "2"
                            << "refused: circular dependency detected on stage: c";
    QTest::newRow("where it comes from already")
        << two + u"COPY --from=x /m /m\n"_s << "2 copy" << "0" << two + u"COPY --from=x /m /m\n"_s;
}

void CopyEdgesTest::takesFromElsewhere()
{
    QFETCH(QString, before);
    QFETCH(QString, edge);
    QFETCH(QString, source);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    QCOMPARE(shown(*analysis, retargetSource(*analysis, edgeFrom(*analysis, edge), nodeFrom(*analysis, source))),
             after);
}

void CopyEdgesTest::goesElsewhere_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("edge");
    QTest::addColumn<int>("target");
    QTest::addColumn<QString>("after");

    QTest::newRow("down") << "FROM a AS x\nFROM b AS y\nCOPY --from=x /m /m\nFROM c\nCMD z\n"
                          << "1 copy" << 2 << "FROM a AS x\nFROM b AS y\nFROM c\n«COPY --from=x /m /m»\nCMD z\n";
    QTest::newRow("up") << "FROM a AS x\nFROM b AS y\nFROM c\nCOPY --from=x /m /m" << "2 copy" << 1
                        << "FROM a AS x\nFROM b AS y\n«COPY --from=x /m /m»\nFROM c";
    QTest::newRow("behind a byte order mark") << "\uFEFFFROM a AS x\nCOPY m /m\nFROM b\n"
                                              << "0 copy" << 1 << "\uFEFFFROM a AS x\nFROM b\n«COPY m /m»\n";
    QTest::newRow("with all its lines") << "FROM a AS x\nFROM b AS y\nCOPY --from=x \\\n  # why\n  /m /m\nFROM c"
                                        << "1 copy" << 2
                                        << "FROM a AS x\nFROM b AS y\nFROM c\n«COPY --from=x \\\n  # why\n  /m /m»";
    QTest::newRow("CRLF") << "FROM a AS x\r\nFROM b AS y\r\nCOPY --from=x /m /m\r\nFROM c\r\n"
                          << "1 copy" << 2 << "FROM a AS x\r\nFROM b AS y\r\nFROM c\r\n«COPY --from=x /m /m»\r\n";
    QTest::newRow("a heredoc's RUN goes to the end of the work")
        << "FROM a AS x\nFROM b AS y\nRUN --mount=from=x,target=/m <<EOF\nm\nEOF\nFROM c\nRUN z\nCMD z\n"
        << "1 mount" << 2
        << "FROM a AS x\nFROM b AS y\nFROM c\nRUN z\n«RUN --mount=from=x,target=/m <<EOF\nm\nEOF»\nCMD z\n";
    QTest::newRow("of the context") << "FROM a AS x\nCOPY . .\nFROM b\n"
                                    << "0 copy" << 1 << "FROM a AS x\nFROM b\n«COPY . .»\n";
    QTest::newRow("into the stage it comes from")
        << "FROM a AS x\nFROM b AS y\nCOPY --from=x /m /m\n"
        << "1 copy" << 0 << "refused: circular dependency detected on stage: x";
    QTest::newRow("above the stage it comes from")
        << "FROM a AS x\nFROM b AS y\nFROM c AS z\nCOPY --from=y /m /m\n"
        << "2 copy" << 0 << "refused: cannot copy from stage \"y\", it needs to be defined before current stage \"x\"";
    QTest::newRow("a base") << "FROM a AS x\nFROM x\n" << "1 base" << 0 << "refused: A stage can't be without a base";
    QTest::newRow("an ONBUILD") << "FROM a AS x\nFROM b AS y\nONBUILD COPY --from=x /z /z\nFROM y\n"
                                << "2 onbuild" << 0
                                << "refused: An ONBUILD works in every stage that is built on its own";
    QTest::newRow("where it goes already") << "FROM a AS x\nFROM b AS y\nCOPY --from=x /m /m\n"
                                           << "1 copy" << 1 << "FROM a AS x\nFROM b AS y\nCOPY --from=x /m /m\n";
}

void CopyEdgesTest::goesElsewhere()
{
    QFETCH(QString, before);
    QFETCH(QString, edge);
    QFETCH(int, target);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    QCOMPARE(shown(*analysis, retargetCopy(*analysis, edgeFrom(*analysis, edge), target)), after);
}

void CopyEdgesTest::endsElsewhere_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("destination");
    QTest::addColumn<QString>("after");

    QTest::newRow("another path") << "COPY --from=x /m /m\n" << "/n" << "COPY --from=x /m «/n»\n";
    QTest::newRow("in JSON form") << "COPY --from=x [\"/m\", \"/m\"]\n"
                                  << "/n \"o\"" << "COPY --from=x [\"/m\", \"«/n \\\"o\\\"»\"]\n";
    QTest::newRow("a blank brings the JSON form") << "COPY --from=x /m \\\n  /m\n"
                                                  << "/n o" << "COPY --from=x [\"/m\", \"«/n o»\"]\n";
    QTest::newRow("several sources: a folder") << "COPY --from=x /l /m /k/\n" << "/n" << "COPY --from=x /l /m «/n/»\n";
    QTest::newRow("over several lines") << "COPY --from=x \\\n  /m \\\n  /m\nCMD z\n"
                                        << "/n" << "COPY --from=x \\\n  /m \\\n  «/n»\nCMD z\n";
    QTest::newRow("a mount") << "RUN --mount=from=x,target=/m,ro z\n"
                             << "/n" << "RUN --mount=from=x,target=«/n»,ro z\n";
    QTest::newRow("a mount by another name") << "RUN --mount=from=x,dst=/m z\n"
                                             << "/n" << "RUN --mount=from=x,dst=«/n» z\n";
    QTest::newRow("a mount with a comma")
        << "RUN --mount=from=x,dst=/m z\n"
        << "/n,o" << "refused: The target of a mount can't hold a blank, a comma, a quote or a backslash";
    QTest::newRow("nothing") << "COPY --from=x /m /m\n"
                             << ""
                             << "refused: COPY requires at least two arguments, but only one was provided. Destination "
                                "could not be determined";
}

void CopyEdgesTest::endsElsewhere()
{
    QFETCH(QString, line);
    QFETCH(QString, destination);
    QFETCH(QString, after);

    const QString head = u"FROM a AS x\nFROM b\n"_s;
    const auto analysis = analysisOf(head + line);
    const std::size_t edge = std::min(edgeFrom(*analysis, u"1 copy"_s), edgeFrom(*analysis, u"1 mount"_s));
    QCOMPARE(shown(*analysis, changeDestination(*analysis, edge, destination.toStdString())),
             after.startsWith(u"refused"_s) ? after : head + after);
}

QTEST_GUILESS_MAIN(CopyEdgesTest)
#include "copy_edges_test.moc"
