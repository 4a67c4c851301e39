// SPDX-License-Identifier: GPL-3.0-or-later
//
// What may stand at the caret. The caret is written as |.

#include "core/edits/analysis.h"
#include "ui/editor/completion.h"
#include "ui/editor/explanation.h"

#include <QStringList>
#include <QTest>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

struct Place {
    AnalysisPtr analysis;
    std::uint32_t caret = 0;
};

Place placeIn(QString text)
{
    const auto caret = text.left(text.indexOf(u'|')).toUtf8().size();
    return {analyse(text.remove(u'|').toStdString()), static_cast<std::uint32_t>(caret)};
}

} // namespace

class EditorCompletionTest : public QObject {
    Q_OBJECT

private slots:
    void offers_data();
    void offers();
    void explains_data();
    void explains();
};

void EditorCompletionTest::offers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("typed"); // what is replaced
    QTest::addColumn<QString>("items"); // "-" for no offer

    QTest::newRow("an instruction") << u"FROM a\nCO|"_s << u"CO"_s << u"COPY"_s;
    QTest::newRow("in the case that is typed") << u"FROM a\ne|"_s << u"e"_s << u"entrypoint env expose"_s;
    QTest::newRow("after ONBUILD") << u"FROM a\nONBUILD WO|"_s << u"WO"_s << u"WORKDIR"_s;
    QTest::newRow("not in a comment") << u"FROM a\n# CO|"_s << u""_s << u"-"_s;
    QTest::newRow("not where it is written out") << u"FROM a\nCOPY|"_s << u""_s << u"-"_s;
    QTest::newRow("flags of COPY") << u"FROM a\nCOPY --|"_s << u"--"_s
                                   << u"--chmod= --chown= --exclude= --from= --link --parents"_s;
    QTest::newRow("flags of ADD know no from") << u"FROM a\nADD --f|"_s << u""_s << u"-"_s;
    QTest::newRow("stages above") << u"FROM a AS one\nFROM b AS two\nCOPY --from=|\nFROM c AS three\n"_s << u""_s
                                  << u"one"_s;
    QTest::newRow("stages in a mount") << u"FROM a AS one\nFROM b\nRUN --mount=type=bind,from=o|"_s << u"o"_s
                                       << u"one"_s;
    QTest::newRow("types of mounts") << u"FROM b\nRUN --mount=type=s|"_s << u"s"_s << u"secret ssh"_s;
    QTest::newRow("keys of mounts") << u"FROM b\nRUN --mount=type=cache,s|"_s << u"s"_s << u"sharing= size= source="_s;
    QTest::newRow("FROM knows stages, scratch and images in use")
        << u"FROM alpine AS one\nFROM |"_s << u""_s << u"alpine one scratch"_s;
    QTest::newRow("AS behind the image") << u"FROM alpine a|"_s << u"a"_s << u"AS"_s;
    QTest::newRow("variables of the stage")
        << u"ARG G=1\nFROM a\nARG AB\nENV ABC=1\nRUN x $A|"_s << u"A"_s << u"AB ABC"_s;
    QTest::newRow("braced") << u"FROM a\nENV ABC=1\nRUN x ${A|"_s << u"A"_s << u"ABC"_s;
    QTest::newRow("of the base stage too") << u"FROM a AS b\nENV ABC=1\nFROM b\nRUN x $A|"_s << u"A"_s << u"ABC"_s;
    QTest::newRow("not those below") << u"FROM a\nRUN x $A|\nENV ABC=1\n"_s << u""_s << u"-"_s;
    QTest::newRow("global ones in FROM") << u"ARG TAG=1\nFROM a:$TA|"_s << u"TA"_s
                                         << u"TAG TARGETARCH TARGETOS TARGETPLATFORM TARGETVARIANT"_s;
    QTest::newRow("a heredoc is the shell's") << u"FROM a\nRUN <<EOF\nCO|\nEOF\n"_s << u""_s << u"-"_s;
    QTest::newRow("on a continued line") << u"FROM a AS one\nFROM b\nCOPY \\\n  --from=|"_s << u""_s << u"one"_s;
    QTest::newRow("what the stage leaves behind")
        << u"FROM a AS one\nCOPY x /opt/x\nFROM b\nCOPY --from=one /o|"_s << u"/o"_s << u"/opt/x"_s;
    QTest::newRow("paths in a stage that was built, folder by folder")
        << u"FROM a AS one\nFROM b\nCOPY --from=one /usr/b|"_s << u"/usr/b"_s << u"/usr/bar /usr/bin/"_s;
    QTest::newRow("its root, beside what it is seen to leave behind")
        << u"FROM a AS one\nCOPY x /opt/x\nFROM b\nCOPY --from=one |"_s << u""_s << u"/etc/ /opt/x /usr/"_s;
    QTest::newRow("of a stage that nobody has read")
        << u"FROM a\nFROM a AS two\nFROM b\nCOPY --from=two |"_s << u""_s << u"-"_s;
    QTest::newRow("files of the context") << u"FROM a\nCOPY src/m| /"_s << u"m"_s << u"main.go make/"_s;
}

void EditorCompletionTest::offers()
{
    QFETCH(QString, text);
    QFETCH(QString, typed);
    QFETCH(QString, items);
    const Place place = placeIn(text);
    const auto listContext = [](const std::string& folder) {
        return folder == "src/" ? std::vector<std::string>{"main.go", "make/", "other"} : std::vector<std::string>{};
    };
    const auto listStage = [](int stage, const std::string& folder) {
        if (stage != 0)
            return std::vector<std::string>{};
        return folder == "/usr/" ? std::vector<std::string>{"bin/", "bar", "lib/"}
                                 : std::vector<std::string>{"etc/", "usr/"};
    };
    const auto completion = completionAt(*place.analysis, place.caret, listContext, listStage);
    QStringList offered;
    for (const std::string& item : completion ? completion->items : std::vector<std::string>{})
        offered += QString::fromStdString(item);
    QCOMPARE(offered.isEmpty() ? u"-"_s : offered.join(u' '), items);
    if (completion)
        QCOMPARE(QString::fromStdString(std::string(place.analysis->source.at({completion->begin, place.caret}))),
                 typed);
}

void EditorCompletionTest::explains_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("told");
    QTest::newRow("a stage by its name") << u"FROM x AS one\nFROM y\nCOPY --from=o|ne /a /\n"_s
                                         << u"a stage on x, lines 1 to 1"_s;
    QTest::newRow("a stage by its index") << u"FROM x AS one\nFROM y\nCOPY --from=|0 /a /\n"_s << u"one"_s;
    QTest::newRow("an image") << u"FROM x\nCOPY --from=ngi|nx /a /\n"_s << u"so it is an image"_s;
    QTest::newRow("why a base is no stage")
        << u"FROM x AS one\nFROM O|ne\n"_s << u"One is not the stage one in line 1"_s;
    QTest::newRow("what a base comes to") << u"ARG B=3\nFROM a:|$B\n"_s << u"image a:3"_s;
    QTest::newRow("a variable") << u"FROM x\nENV A=hello\nRUN echo $|A\n"_s << u"hello, set in line 2"_s;
    QTest::newRow("an instruction") << u"FROM x\nWORK|DIR /\n"_s << u"The folder that later"_s;
    QTest::newRow("a finding") << u"FROM x\nFO|RM y\n"_s << u"unknown instruction: FORM"_s;
    QTest::newRow("nothing") << u"FROM x\nRUN ma|ke\n"_s << QString();
}

void EditorCompletionTest::explains()
{
    QFETCH(QString, text);
    QFETCH(QString, told);
    const Place place = placeIn(text);
    const QString explanation = explain(*place.analysis, place.caret);
    QVERIFY2(explanation.contains(told), qPrintable(explanation));
    QCOMPARE(explanation.isEmpty(), told.isEmpty());
}

QTEST_MAIN(EditorCompletionTest)
#include "editor_completion_test.moc"
