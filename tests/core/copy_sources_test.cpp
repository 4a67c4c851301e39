// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a COPY takes, changed word by word; and images that a COPY takes from for the first time.

#include "core/edit_outcome.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

class CopySourcesTest : public QObject {
    Q_OBJECT

private slots:
    void changes_data();
    void changes();
    void offersTheSlash_data();
    void offersTheSlash();
    void takesFromANewImage_data();
    void takesFromANewImage();
    void retargetsToAnImage_data();
    void retargetsToAnImage();
};

namespace {

std::vector<std::string> pathsFrom(const QStringList& texts)
{
    std::vector<std::string> paths;
    for (const QString& text : texts)
        paths.push_back(text.toStdString());
    return paths;
}

} // namespace

void CopySourcesTest::changes_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QStringList>("paths");
    QTest::addColumn<QString>("after");

    const auto row = [](const char* name, const QString& line, const QStringList& paths, const QString& after) {
        const QString head = u"FROM a AS x\nFROM b\n"_s;
        const bool isRefused = after.startsWith(u"refused");
        QTest::newRow(name) << head + line << paths << (isRefused ? after : head + after);
    };
    row("another", u"COPY --from=x /a /b\n"_s, {u"/c"_s}, u"COPY --from=x «/c» /b\n"_s);
    row("the same", u"COPY --from=x /a /b\n"_s, {u"/a"_s}, u"COPY --from=x /a /b\n"_s);
    row("one more", u"COPY --from=x /a /b/\n"_s, {u"/a"_s, u"/c"_s}, u"COPY --from=x /a «/c» /b/\n"_s);
    row("two more ahead", u"COPY --from=x /a /b/\n"_s, {u"/c"_s, u"/d"_s, u"/a"_s},
        u"COPY --from=x «/c» /d /a /b/\n"_s);
    row("one fewer", u"COPY a b c /d/\n"_s, {u"a"_s, u"c"_s}, u"COPY a c /d/\n"_s);
    row("one of several changes", u"COPY a b c /d/\n"_s, {u"a"_s, u"x"_s, u"c"_s}, u"COPY a «x» c /d/\n"_s);
    row("the last fewer keeps the folder", u"COPY a b /d/\n"_s, {u"a"_s}, u"COPY a /d/\n"_s);
    row("over several lines", u"COPY a \\\n  b \\\n  # why\n  /d/\n"_s, {u"b"_s}, u"COPY b \\\n  # why\n  /d/\n"_s);
    row("a blank takes the JSON form", u"COPY --link a b /d/\n"_s, {u"a"_s, u"b c"_s},
        u"COPY --link [\"«a»\", \"b c\", \"/d/\"]\n"_s);
    row("the JSON form stays", u"COPY [ \"a\",  \"b\" ]\n"_s, {u"x \"y\""_s},
        u"COPY [ \"«x \\\"y\\\"»\",  \"b\" ]\n"_s);
    row("one more in the JSON form", u"COPY [\"a\", \"/b/\"]\n"_s, {u"a"_s, u"c"_s},
        u"COPY [\"a\", \"«c»\", \"/b/\"]\n"_s);
    row("one ahead in the JSON form", u"COPY [\"a\", \"/b/\"]\n"_s, {u"c"_s, u"a"_s},
        u"COPY [\"«c»\", \"a\", \"/b/\"]\n"_s);
    row("one fewer in the JSON form", u"COPY [\"a\" , \"c\", \"/b/\"]\n"_s, {u"c"_s}, u"COPY [\"c\", \"/b/\"]\n"_s);
    row("a folder that a variable may be", u"COPY a $D\n"_s, {u"a"_s, u"b"_s}, u"COPY a «b» $D\n"_s);
    row("where it works", u"COPY a .\n"_s, {u"a"_s, u"b"_s}, u"COPY a «b» .\n"_s);
    row("contents in the line itself stay", u"COPY a <<EOF /d/\nx\nEOF\n"_s, {u"b"_s},
        u"COPY «b» <<EOF /d/\nx\nEOF\n"_s);
    row("beside contents no blank", u"COPY a <<EOF /d/\nx\nEOF\n"_s, {u"b c"_s},
        u"refused: Beside a heredoc a path can't hold a blank"_s);
    row("what an ADD fetches stays", u"ADD a https://example.com/x /d/\n"_s, {u"b"_s},
        u"ADD «b» https://example.com/x /d/\n"_s);
    row("nothing", u"COPY a /d/\n"_s, {},
        u"refused: COPY requires at least two arguments, but only one was provided. Destination could not be determined"_s);
    row("of a line that names nothing yet", u"COPY --from=x\n"_s, {u"/a"_s},
        u"refused: COPY requires at least two arguments, but only one was provided. Destination could not be determined"_s);
    row("beside contents alone", u"COPY --from=x <<EOF /d/\ny\nEOF\n"_s, {u"/a"_s},
        u"COPY --from=x <<EOF «/a» /d/\ny\nEOF\n"_s);
    row("a URL", u"COPY a /d/\n"_s, {u"https://example.com/x"_s}, u"refused: source can't be a URL for COPY"_s);
    row("a variable without its brace", u"COPY a /d/\n"_s, {u"${x"_s},
        u"refused: failed to process \"${x\": unsupported modifier (\uFFFD) in substitution"_s);
    row("several and no folder", u"COPY a /d\n"_s, {u"a"_s, u"b"_s},
        u"refused: When using COPY with more than one source file, the destination must be a directory and end with a /"_s);
    QTest::newRow("a mount") << u"FROM a\nFROM b\nRUN --mount=target=/m x\n"_s << QStringList{u"b"_s}
                             << u"refused: Only a COPY or an ADD has sources"_s;
}

void CopySourcesTest::changes()
{
    QFETCH(QString, before);
    QFETCH(QStringList, paths);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    const std::size_t copy = edgeFrom(*analysis, u"1 copy"_s);
    const std::size_t edge = copy < analysis->graph.edges.size() ? copy : edgeFrom(*analysis, u"1 mount"_s);
    QCOMPARE(shown(*analysis, setCopySources(*analysis, edge, pathsFrom(paths))), after);
}

void CopySourcesTest::offersTheSlash_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("mend");
    QTest::addColumn<QString>("after");

    QTest::newRow("as words") << u"FROM a\nCOPY a /d\n"_s << u"Make the destination /d/"_s
                              << u"FROM a\nCOPY a «b» /d/\n"_s;
    QTest::newRow("as JSON") << u"FROM a\nCOPY [\"a\", \"/d\"]\n"_s << u"Make the destination /d/"_s
                             << u"FROM a\nCOPY [\"a\", \"«b»\", \"/d/\"]\n"_s;
    QTest::newRow("an ONBUILD") << u"FROM a AS x\nONBUILD COPY a d\nFROM x\n"_s << u"Make the destination d/"_s
                                << u"FROM a AS x\nONBUILD COPY a «b» d/\nFROM x\n"_s;
}

void CopySourcesTest::offersTheSlash()
{
    QFETCH(QString, before);
    QFETCH(QString, mend);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    const auto& edges = analysis->graph.edges;
    const auto edge = std::ranges::find_if(edges, [](const Edge& each) { return each.kind != EdgeKind::Base; });
    const EditOutcome outcome = setCopySources(*analysis, static_cast<std::size_t>(edge - edges.begin()), {"a", "b"});
    QVERIFY(!outcome);
    QCOMPARE(QString::fromStdString(outcome.error().mend), mend);
    QVERIFY(outcome.error().remedy);
    QCOMPARE(shown(*analysis, *outcome.error().remedy), after);
}

void CopySourcesTest::takesFromANewImage_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("image");
    QTest::addColumn<QStringList>("paths");
    QTest::addColumn<QString>("after");

    const QString two = u"FROM a AS x\nFROM b\n"_s;
    QTest::newRow("a file") << two << u"nginx:1.27"_s << QStringList{u"/etc/nginx/nginx.conf"_s}
                            << two + u"COPY --from=nginx:1.27 /etc/nginx/nginx.conf «/etc/nginx/nginx.conf»\n"_s;
    QTest::newRow("two files of a folder go there")
        << two << u"nginx:1.27"_s << QStringList{u"/etc/nginx/nginx.conf"_s, u"/etc/nginx/mime.types"_s}
        << two + u"COPY --from=nginx:1.27 /etc/nginx/nginx.conf /etc/nginx/mime.types «/etc/nginx/»\n"_s;
    QTest::newRow("an image that is there already")
        << two << u"a"_s << QStringList{u"/m"_s} << two + u"COPY --from=a /m «/m»\n"_s;
    QTest::newRow("a name that a stage has")
        << two << u"x"_s << QStringList{u"/m"_s}
        << u"refused: The line would take from stage \"x\" instead of the image \"x\""_s;
    QTest::newRow("the number of a stage")
        << two << u"0"_s << QStringList{u"/m"_s}
        << u"refused: The line would take from stage \"x\" instead of the image \"0\""_s;
    QTest::newRow("a name that no image has")
        << two << u"Nginx"_s << QStringList{u"/m"_s}
        << u"refused: failed to parse stage name \"Nginx\": invalid reference format: repository name (library/Nginx) "
           "must be lowercase"_s;
    QTest::newRow("a variable") << two << u"nginx:$V"_s << QStringList{u"/m"_s}
                                << u"refused: variable expansion is not supported for --from, define a new stage with "
                                   "FROM using ARG from global scope as a workaround"_s;
    QTest::newRow("nothing") << two << u" "_s << QStringList{u"/m"_s}
                             << u"refused: base name ( ) should not be blank"_s;
    QTest::newRow("scratch") << two << u"scratch"_s << QStringList{u"/m"_s}
                             << u"refused: scratch is empty: there is nothing to take from it"_s;
}

void CopySourcesTest::takesFromANewImage()
{
    QFETCH(QString, before);
    QFETCH(QString, image);
    QFETCH(QStringList, paths);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    const CopyIntent intent{{}, 1, pathsFrom(paths), {}, {}, image.toStdString()};
    QCOMPARE(shown(*analysis, copyArtifact(*analysis, intent)), after);
}

void CopySourcesTest::retargetsToAnImage_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("edge");
    QTest::addColumn<QString>("after");

    QTest::newRow("a COPY") << u"FROM b\nCOPY --from=x /m /m\n"_s << u"1 copy"_s
                            << u"FROM b\nCOPY --from=«c:2» /m /m\n"_s;
    QTest::newRow("a COPY of the context")
        << u"FROM b\nCOPY m /m\n"_s << u"1 copy"_s << u"FROM b\nCOPY --from=«c:2» m /m\n"_s;
    QTest::newRow("a mount") << u"FROM b\nRUN --mount=from=x,target=/m y\n"_s << u"1 mount"_s
                             << u"FROM b\nRUN --mount=from=«c:2»,target=/m y\n"_s;
    QTest::newRow("a base") << u"FROM x\n"_s << u"1 base"_s << u"FROM «c:2»\n"_s;
    QTest::newRow("the same image") << u"FROM b\nCOPY --from=c:2 /m /m\n"_s << u"1 copy"_s
                                    << u"FROM b\nCOPY --from=c:2 /m /m\n"_s;
    QTest::newRow("an ADD that fetches") << u"FROM b\nADD m https://example.com/x /m/\n"_s << u"1 copy"_s
                                         << u"refused: source can't be a URL for COPY"_s;
    QTest::newRow("an edge that is gone")
        << u"FROM b\n"_s << u"1 copy"_s << u"refused: This connection is no longer there"_s;
}

void CopySourcesTest::retargetsToAnImage()
{
    QFETCH(QString, line);
    QFETCH(QString, edge);
    QFETCH(QString, after);

    const QString head = u"FROM a AS x\n"_s;
    const auto analysis = analysisOf(head + line);
    const EditOutcome outcome = retargetSourceToImage(*analysis, edgeFrom(*analysis, edge), "c:2");
    QCOMPARE(shown(*analysis, outcome), after.startsWith(u"refused") ? after : head + after);
}

QTEST_GUILESS_MAIN(CopySourcesTest)
#include "copy_sources_test.moc"
