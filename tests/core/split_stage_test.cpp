// SPDX-License-Identifier: GPL-3.0-or-later
//
// A stage made two, and two made one.

#include "core/edit_outcome.h"
#include "core/edits/stage_edits.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

class SplitStageTest : public QObject {
    Q_OBJECT

private slots:
    void splits_data();
    void splits();
    void becomesAPartOfWhatIsBuiltOnIt_data();
    void becomesAPartOfWhatIsBuiltOnIt();
    void becomesAPartOfWhatCopiesFromIt_data();
    void becomesAPartOfWhatCopiesFromIt();
    void isWholeAgain();
};

void SplitStageTest::splits_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("lines"); // where the chosen instructions begin
    QTest::addColumn<QString>("survivors");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("after");

    const QString plain = u"FROM go AS app\nWORKDIR /src\nCOPY . .\nRUN make\nCMD [\"/out/app\"]\n"_s;
    QTest::newRow("a build, and what it makes")
        << plain << "3 4" << "/out/app" << "build"
        << "FROM go AS «build»\nWORKDIR /src\nCOPY . .\nRUN make\n\n"
           "FROM go AS app\nWORKDIR /src\nCOPY --from=build /out/app /out/app\nCMD [\"/out/app\"]\n";
    QTest::newRow("a name is suggested") << "FROM go AS build\nRUN make\nRUN x\n"
                                         << "2" << "/f" << ""
                                         << "FROM go AS «build-2»\nRUN make\n\n"
                                            "FROM go AS build\nCOPY --from=build-2 /f /f\nRUN x\n";
    QTest::newRow("the last of them")
        << plain << "4" << "/out/app" << "m"
        << "FROM go AS «m»\nWORKDIR /src\nRUN make\n\n"
           "FROM go AS app\nWORKDIR /src\nCOPY . .\nCOPY --from=m /out/app /out/app\nCMD [\"/out/app\"]\n";
    QTest::newRow("a chosen WORKDIR holds in both")
        << plain << "2 3 4" << "/out/app" << "build"
        << "FROM go AS «build»\nWORKDIR /src\nCOPY . .\nRUN make\n\n"
           "FROM go AS app\nWORKDIR /src\nCOPY --from=build /out/app /out/app\nCMD [\"/out/app\"]\n";
    QTest::newRow("what holds for them, in its order, and not what comes behind")
        << "ARG V=1\nFROM go:${V}\nARG V\nRUN first\nENV A=1 \\\n    B=2\nSHELL [\"/bin/bash\", \"-c\"]\nUSER me\n"
           "RUN make\nENV C=3\nRUN last\n"
        << "9" << "/f" << "b"
        << "ARG V=1\nFROM go:${V} AS «b»\nARG V\nENV A=1 \\\n    B=2\nSHELL [\"/bin/bash\", \"-c\"]\nUSER me\n"
           "RUN make\n\n"
           "FROM go:${V}\nARG V\nRUN first\nENV A=1 \\\n    B=2\nSHELL [\"/bin/bash\", \"-c\"]\nUSER me\n"
           "COPY --from=b /f /f\nENV C=3\nRUN last\n";
    QTest::newRow("comments move along, those of the stage stay")
        << "# the app\nFROM go\n# tools\n# for make\nRUN apk add make\n\n# more\nRUN x\n"
        << "5" << "/usr/bin/make" << "b"
        << "FROM go AS «b»\n# tools\n# for make\nRUN apk add make\n\n"
           "# the app\nFROM go\nCOPY --from=b /usr/bin/make /usr/bin/make\n\n# more\nRUN x\n";
    QTest::newRow("lines that stand apart")
        << "FROM go\nRUN one\nRUN two\nRUN three\nRUN four\n"
        << "2 4" << "/f" << "b"
        << "FROM go AS «b»\nRUN one\nRUN three\n\nFROM go\nCOPY --from=b /f /f\nRUN two\nRUN four\n";
    QTest::newRow("files of one folder in one COPY, folders and programs in their own")
        << "FROM go\nRUN make\nRUN x\n"
        << "2" << "/lib/a.so /usr/bin/app /lib/b.so /srv/www/ /lib/c.so" << "b"
        << "FROM go AS «b»\nRUN make\n\nFROM go\nCOPY --from=b /lib/a.so /lib/b.so /lib/c.so /lib/\n"
           "COPY --from=b /usr/bin/app /usr/bin/app\nCOPY --from=b /srv/www/ /srv/www/\nRUN x\n";
    QTest::newRow("folders with a dot in their names in their own, too")
        << "FROM go\nRUN make\nRUN x\n"
        << "2" << "/etc/site.d /etc/a.conf /etc/conf.d /etc/b.conf" << "b"
        << "FROM go AS «b»\nRUN make\n\nFROM go\nCOPY --from=b /etc/site.d /etc/site.d\n"
           "COPY --from=b /etc/a.conf /etc/b.conf /etc/\nCOPY --from=b /etc/conf.d /etc/conf.d\nRUN x\n";
    QTest::newRow("what a pattern matches goes to its folder")
        << "FROM go\nRUN make\nRUN x\n"
        << "2" << "/lib/*.so" << "b"
        << "FROM go AS «b»\nRUN make\n\nFROM go\nCOPY --from=b /lib/*.so /lib/\nRUN x\n";
    QTest::newRow("from the WORKDIR on, also of a base in the file")
        << "FROM go AS base\nWORKDIR /src\nFROM base\nWORKDIR app\nRUN make\nRUN x\n"
        << "5" << "bin out/" << "b"
        << "FROM go AS base\nWORKDIR /src\nFROM base AS «b»\nWORKDIR app\nRUN make\n\n"
           "FROM base\nWORKDIR app\nCOPY --from=b /src/app/bin /src/app/bin\n"
           "COPY --from=b /src/app/out/ /src/app/out/\nRUN x\n";
    QTest::newRow("nothing comes back: a test") << "FROM go\nRUN make\nRUN make test\nCMD a\n"
                                                << "3" << "" << "test"
                                                << "FROM go AS «test»\nRUN make test\n\nFROM go\nRUN make\nCMD a\n";
    QTest::newRow("platform and case stay") << "from --platform=$BUILDPLATFORM go as app\nrun make\nrun x\n"
                                            << "2" << "/f" << "b"
                                            << "from --platform=$BUILDPLATFORM go as «b»\nrun make\n\n"
                                               "from --platform=$BUILDPLATFORM go as app\ncopy --from=b /f /f\nrun x\n";
    QTest::newRow("a heredoc and all")
        << "FROM go\nRUN <<E\nFROM z\n# no comment\nE\nRUN x\n"
        << "2" << "/f" << "b"
        << "FROM go AS «b»\nRUN <<E\nFROM z\n# no comment\nE\n\nFROM go\nCOPY --from=b /f /f\nRUN x\n";
    QTest::newRow("numbers count anew, in what moves and elsewhere")
        << "FROM a\nFROM go\nCOPY --from=0 /0 /0\nRUN x\nFROM c\nCOPY --from=1 /1 /1\nCOPY --from=0 /0 /0\n"
        << "3" << "/0" << "b"
        << "FROM a\nFROM go AS «b»\nCOPY --from=0 /0 /0\n\nFROM go\nCOPY --from=b /0 /0\nRUN x\nFROM c\n"
           "COPY --from=2 /1 /1\nCOPY --from=0 /0 /0\n";
    QTest::newRow("what is built on it and copies from it still does")
        << "FROM go AS app\nRUN make\nRUN x\nFROM app AS test\nFROM s\nCOPY --from=app /f /f\n"
        << "2" << "/f" << "b"
        << "FROM go AS «b»\nRUN make\n\nFROM go AS app\nCOPY --from=b /f /f\nRUN x\nFROM app AS test\nFROM s\n"
           "COPY --from=app /f /f\n";
    QTest::newRow("an ONBUILD of the base works in both")
        << "FROM go AS base\nONBUILD COPY f f\nFROM base\nRUN make\nRUN x\n"
        << "4" << "/f" << "b"
        << "FROM go AS base\nONBUILD COPY f f\nFROM base AS «b»\nRUN make\n\n"
           "FROM base\nCOPY --from=b /f /f\nRUN x\n";
    QTest::newRow("CRLF, and no line ending at the end")
        << "FROM go\r\nRUN x\r\nRUN make" << "3" << "/f" << "b"
        << "FROM go AS «b»\r\nRUN make\r\n\r\nFROM go\r\nRUN x\r\nCOPY --from=b /f /f";
    QTest::newRow("nothing back, CRLF, and no line ending at the end")
        << "FROM go\r\nRUN x\r\nRUN make" << "3" << "" << "b"
        << "FROM go AS «b»\r\nRUN make\r\n\r\nFROM go\r\nRUN x";
    QTest::newRow("a back tick as escape")
        << "# escape=`\nFROM go\nRUN make `\n  all\nRUN x\n"
        << "3" << "/f" << "b"
        << "# escape=`\nFROM go AS «b»\nRUN make `\n  all\n\nFROM go\nCOPY --from=b /f /f\nRUN x\n";
    QTest::newRow("a base that only a build argument tells")
        << "ARG B\nFROM ${B} AS app\nRUN make\nRUN x\n"
        << "3"
        << "/f"
        << "b"
        << "ARG B\nFROM ${B} AS «b»\nRUN make\n\nFROM ${B} AS app\nCOPY --from=b /f /f\nRUN x\n";
    QTest::newRow("a blank in a path, and a byte order mark")
        << "\uFEFFFROM go\nRUN make\nRUN x\n"
        << "2" << "/a%20b" << "b"
        << "\uFEFFFROM go AS «b»\nRUN make\n\nFROM go\nCOPY --from=b [\"/a b\", \"/a b\"]\nRUN x\n";

    QTest::newRow("nothing chosen") << plain << "" << "/f" << "b" << "refused: No instruction is chosen";
    QTest::newRow("the FROM") << plain << "1 4" << "/f" << "b" << "refused: A stage can't be without a base";
    QTest::newRow("of another stage") << plain + u"FROM z\nRUN z\n"_s << "7" << "/f" << "b"
                                      << "refused: This instruction is no longer there";
    QTest::newRow("what describes the image") << plain << "4 5" << "/f" << "b"
                                              << "refused: CMD on line 5 only describes the image";
    QTest::newRow("an ONBUILD") << "FROM go\nRUN x\nONBUILD RUN y\n"
                                << "3" << "/f" << "b"
                                << "refused: ONBUILD on line 3 only describes the image";
    QTest::newRow("only what holds for others") << plain << "2" << "/f" << "b"
                                                << "refused: None of the chosen instructions makes a file";
    QTest::newRow("all of them, and nothing back")
        << plain << "3 4" << "" << "b" << "refused: The stage would have nothing of what it makes now";
    QTest::newRow("a name that is taken") << plain << "4" << "/f" << "app"
                                          << "refused: Duplicate stage name \"app\", stage names should be unique";
    QTest::newRow("a name that is none")
        << plain << "4" << "/f" << "-"
        << "refused: invalid name for build stage: \"-\", name can't start with a number or contain symbols";
    QTest::newRow("a name that an image has")
        << plain << "4" << "/f" << "go"
        << "refused: Line 1 would take from stage \"go\" instead of the image \"go\"";
    QTest::newRow("a path from a folder that nobody knows")
        << "FROM go\nRUN make\nRUN x\n"
        << "2" << "bin" << "b" << "refused: Nothing tells in which folder \"bin\" is: the stage has no WORKDIR";
}

void SplitStageTest::splits()
{
    QFETCH(QString, before);
    QFETCH(QString, lines);
    QFETCH(QString, survivors);
    QFETCH(QString, name);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    SplitIntent intent;
    intent.name = name.toStdString();
    for (QString path : survivors.split(u' ', Qt::SkipEmptyParts))
        intent.survivors.push_back(path.replace(u"%20"_s, u" "_s).toStdString());
    for (const QString& line : lines.split(u' ', Qt::SkipEmptyParts)) {
        const auto& all = analysis->dockerfile.instructions;
        const auto found =
            std::ranges::find_if(all, [&](const auto& each) { return each.lines.first == line.toUInt(); });
        intent.instructions.insert(intent.instructions.begin(), static_cast<std::size_t>(found - all.begin()));
    }
    // The stage of the last FROM ahead of the first chosen line.
    const std::size_t first = intent.instructions.empty() ? 1 : intent.instructions.back();
    for (const Stage& stage : analysis->graph.stages) {
        if (stage.firstInstruction <= first)
            intent.stage = stage.index;
    }
    if (QLatin1StringView(QTest::currentDataTag()) == "of another stage"_L1)
        intent.stage = 0;
    QCOMPARE(shown(*analysis, splitStage(*analysis, intent)), after);
}

void SplitStageTest::becomesAPartOfWhatIsBuiltOnIt_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<int>("stage");
    QTest::addColumn<QString>("after");

    QTest::newRow("the next one") << "FROM a AS x\nRUN x\n\nFROM x AS y\nRUN y\n"
                                  << 0 << "FROM a AS «y»\nRUN x\n\nRUN y\n";
    QTest::newRow("one without a name") << "FROM a AS x\nRUN x\nFROM x\nRUN y\n" << 0 << "FROM a\nRUN x\nRUN y\n";
    QTest::newRow("one that adds nothing") << "FROM a AS x\nRUN x\n\nFROM x AS y\n" << 0 << "FROM a AS «y»\nRUN x\n";
    QTest::newRow("one empty line of two stays") << "FROM a AS x\nRUN x\n\nFROM x AS y\n\nRUN y\n"
                                                 << 0 << "FROM a AS «y»\nRUN x\n\nRUN y\n";
    QTest::newRow("one further down: there, for only what is above can be taken from")
        << "FROM a AS x\nRUN x\n\nFROM b AS z\nRUN z\n\nFROM x AS y\nCOPY --from=z /f /f\n"
        << 0 << "FROM b AS z\nRUN z\n\nFROM a AS «y»\nRUN x\n\nCOPY --from=z /f /f\n";
    QTest::newRow("comments stay") << "# of x\nFROM a AS x\n# x\nRUN x\n# below x\n\n# of y\nFROM x AS y\n# y\nRUN y\n"
                                   << 0 << "# of x\nFROM a AS «y»\n# x\nRUN x\n# below x\n\n# of y\n# y\nRUN y\n";
    QTest::newRow("the platform is that of the base")
        << "FROM --platform=linux/arm64 a AS x\nFROM --platform=linux/amd64 x AS y\nRUN y\n"
        << 0 << "FROM --platform=linux/arm64 a AS «y»\nRUN y\n";
    QTest::newRow("by a variable") << "ARG B=x\nFROM a AS x\nFROM ${B} AS y\nRUN y\n"
                                   << 0 << "ARG B=x\nFROM a AS «y»\nRUN y\n";
    QTest::newRow("on a stage itself") << "FROM a AS w\nFROM w AS x\nRUN x\nFROM x AS y\nRUN y\nFROM w\n"
                                       << 1 << "FROM a AS w\nFROM w AS «y»\nRUN x\nRUN y\nFROM w\n";
    QTest::newRow("what is overruled goes")
        << "FROM a AS x\nCMD x\nHEALTHCHECK CMD h\nENTRYPOINT e\nRUN x\nFROM x\nENTRYPOINT f\nHEALTHCHECK NONE\n"
        << 0 << "FROM a\nRUN x\nENTRYPOINT f\nHEALTHCHECK NONE\n";
    QTest::newRow("a CMD alone overrules no ENTRYPOINT") << "FROM a AS x\nENTRYPOINT e\nCMD x\nFROM x\nCMD y\n"
                                                         << 0 << "FROM a\nENTRYPOINT e\nCMD y\n";
    QTest::newRow("what its own ONBUILD overrules goes, too")
        << "FROM a AS x\nCMD c\nHEALTHCHECK CMD h\nONBUILD ENTRYPOINT e\nONBUILD HEALTHCHECK NONE\nFROM x\nRUN y\n"
        << 0 << "FROM a\nENTRYPOINT e\nHEALTHCHECK NONE\nRUN y\n";
    QTest::newRow("what the heir lets others do overrules nothing")
        << "FROM a AS x\nCMD c\nFROM x\nONBUILD ENTRYPOINT e\n"
        << 0 << "FROM a\nCMD c\nONBUILD ENTRYPOINT e\n";
    QTest::newRow("an ONBUILD that says nothing, and no line ending at the end")
        << "FROM a AS x\nONBUILD\nFROM x" << 0 << "FROM a";
    QTest::newRow("the same, CRLF and a name")
        << "FROM a AS x\r\nRUN x\r\nONBUILD\r\n\r\nFROM x AS y" << 0 << "FROM a AS «y»\r\nRUN x";
    QTest::newRow("an ARG, which goes from stage to stage as within one")
        << "FROM a AS x\nARG V=2\nFROM x\nRUN echo $V\n"
        << 0 << "FROM a\nARG V=2\nRUN echo $V\n";
    QTest::newRow("ONBUILD is done where the FROM was, in its order")
        << "FROM a AS x\nONBUILD COPY . .\nONBUILD RUN <<E\nmake\nE\nRUN x\n\nFROM x AS y\nRUN y\n"
        << 0 << "FROM a AS «y»\nRUN x\n\nCOPY . .\nRUN <<E\nmake\nE\nRUN y\n";
    QTest::newRow("ONBUILD of its own base")
        << "FROM a AS w\nONBUILD COPY . .\nFROM w AS x\nRUN x\nFROM x AS y\nRUN y\n"
        << 1 << "FROM a AS w\nONBUILD COPY . .\nFROM w AS «y»\nRUN x\nRUN y\n";
    QTest::newRow("numbers count anew")
        << "FROM a AS x\nFROM b\nFROM x\nCOPY --from=1 /1 /1\nONBUILD COPY --from=1 /1 /2\nFROM c\nCOPY --from=2 /2 "
           "/2\n"
        << 0 << "FROM b\nFROM a\nCOPY --from=0 /1 /1\nONBUILD COPY --from=1 /1 /2\nFROM c\nCOPY --from=1 /2 /2\n";
    QTest::newRow("an escape and CRLF, and no line ending at the end")
        << "# escape=`\r\nFROM a AS x\r\nRUN x `\r\n  z\r\n\r\nFROM x" << 0 << "# escape=`\r\nFROM a\r\nRUN x `\r\n  z";

    QTest::newRow("nobody needs it") << "FROM a AS x\nFROM b\n" << 0 << "refused: Nothing takes from \"x\"";
    QTest::newRow("two are built on it") << "FROM a AS x\nFROM x AS y\nFROM x AS z\n"
                                         << 0 << "refused: \"y\" and \"z\" both need it";
    QTest::newRow("another copies from it") << "FROM a AS x\nFROM x AS y\nFROM s AS z\nCOPY --from=x /f /f\n"
                                            << 0 << "refused: \"y\" and \"z\" both need it";
    QTest::newRow("it is copied from too") << "FROM a AS x\nFROM x AS y\nCOPY --from=x /f /g\n"
                                           << 0 << "refused: \"y\" is built on it and copies from it too, on line 3";
    QTest::newRow("an ONBUILD names it") << "FROM a AS x\nFROM x AS y\nONBUILD COPY --from=x /f /g\n"
                                         << 0 << "refused: An ONBUILD needs it, on line 3";
    QTest::newRow("an ARG that hides an ENV")
        << "FROM a AS x\nENV V=1\nARG V=2\nFROM x\nRUN y\n"
        << 0 << "refused: \"x\" has an ARG V behind an ENV V, which holds again behind a FROM";
    QTest::newRow("an ARG that hides an ENV of a stage below")
        << "FROM a AS w\nENV V=1\nFROM w AS x\nARG V=2\nFROM x\nRUN y\n"
        << 1 << "refused: \"x\" has an ARG V behind an ENV V, which holds again behind a FROM";
    QTest::newRow("an ARG that hides an ENV of an ONBUILD below")
        << "FROM a AS w\nONBUILD ENV V=1\nFROM w AS x\nARG V=2\nFROM x\nRUN y\n"
        << 1 << "refused: \"x\" has an ARG V behind an ENV V, which holds again behind a FROM";
    QTest::newRow("a heredoc that is open") << "FROM a AS x\nRUN <<E\nFROM x\n" << 0 << "refused: unterminated heredoc";
}

void SplitStageTest::becomesAPartOfWhatIsBuiltOnIt()
{
    QFETCH(QString, before);
    QFETCH(int, stage);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    QCOMPARE(shown(*analysis, inlineStage(*analysis, stage)), after);
}

void SplitStageTest::becomesAPartOfWhatCopiesFromIt_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("stage"); // its name, or its number
    QTest::addColumn<QString>("after");

    QTest::newRow("modules")
        << "FROM node AS deps\nWORKDIR /app\nCOPY package.json .\nRUN npm ci\n\n"
           "FROM node\nWORKDIR /app\nCOPY --from=deps /app/node_modules ./node_modules\nCOPY . .\nCMD [\"node\"]\n"
        << "deps" << "FROM node\nWORKDIR /app\nCOPY package.json .\nRUN npm ci\nCOPY . .\nCMD [\"node\"]\n";
    QTest::newRow("comments come along, and what only describes does not")
        << "# what it needs\nFROM node AS deps\nLABEL a=b\n# fetch\nRUN npm ci\nCMD x\n\n"
           "FROM node\n# modules\nCOPY --from=deps /m /m\n"
        << "deps" << "FROM node\n# modules\n# what it needs\n# fetch\nRUN npm ci\n";
    QTest::newRow("it goes back to the folder")
        << "FROM g AS x\nWORKDIR /src\nRUN make\nFROM g\nWORKDIR /app\n"
           "COPY --from=x /bin/x /bin/x\nRUN y\n"
        << "x" << "FROM g\nWORKDIR /app\nWORKDIR /src\nRUN make\nWORKDIR /app\nRUN y\n";
    QTest::newRow("what follows goes to its own folder")
        << "FROM g AS x\nWORKDIR /src\nRUN make\nFROM g\nCOPY --from=x /bin/x /bin/x\nENV A=1\nWORKDIR /app\nRUN y\n"
        << "x" << "FROM g\nWORKDIR /src\nRUN make\nENV A=1\nWORKDIR /app\nRUN y\n";
    QTest::newRow("the same settings") << "FROM g AS x\nARG V=1\nENV A=$V\nRUN make\nFROM g\nARG V=1\nRUN w\nENV A=$V\n"
                                          "COPY --from=x /f /f\nRUN y\n"
                                       << "x" << "FROM g\nARG V=1\nRUN w\nENV A=$V\nRUN make\nRUN y\n";
    QTest::newRow("several COPYs, files into their folder, a slash, a link")
        << "FROM g AS x\nRUN make\nFROM g\nCOPY --from=x /l/a.so /l/b.so /l/\n# too\n"
           "COPY --link --from=x /srv/ /srv/\nCOPY --from=x /f.txt /\nRUN y\n"
        << "x" << "FROM g\nRUN make\n# too\nRUN y\n";
    QTest::newRow("what is in a folder with a dot, to that folder")
        << "FROM g AS x\nRUN make\nFROM g\nCOPY --from=x /app/conf.d /app/conf.d/\nRUN y\n"
        << "x" << "FROM g\nRUN make\nRUN y\n";
    QTest::newRow("on one stage") << "FROM a AS w\nFROM w AS x\nRUN x\nFROM w AS y\nCOPY --from=x /f /f\nFROM y\n"
                                  << "x" << "FROM a AS w\nFROM w AS y\nRUN x\nFROM y\n";
    QTest::newRow("numbers count anew, in what comes in too")
        << "FROM a AS w\nFROM g\nRUN z\nFROM g\nCOPY --from=0 /0 /0\nFROM g\nCOPY --from=2 /0 /0\nFROM c\n"
           "COPY --from=3 /3 /3\n"
        << "2" << "FROM a AS w\nFROM g\nRUN z\nFROM g\nCOPY --from=0 /0 /0\nFROM c\nCOPY --from=2 /3 /3\n";
    QTest::newRow("a heredoc, CRLF, and no line ending at the end")
        << "FROM g AS x\r\nRUN <<E\r\nFROM z\r\nE\r\n\r\nFROM g\r\nCOPY --from=x /f /f"
        << "x" << "FROM g\r\nRUN <<E\r\nFROM z\r\nE";
    QTest::newRow("nothing but its base") << "FROM g AS x\nFROM g\nCOPY --from=x /f /f\nRUN y\n"
                                          << "x" << "FROM g\nRUN y\n";

    QTest::newRow("bases that differ") << "FROM g AS x\nRUN make\nFROM scratch AS y\nCOPY --from=x /f /f\n"
                                       << "x" << "refused: \"x\" is built on g, and \"y\" on scratch";
    QTest::newRow("platforms that differ")
        << "FROM --platform=linux/arm64 g AS x\nRUN make\nFROM g AS y\nCOPY --from=x /f /f\n"
        << "x" << "refused: \"x\" and \"y\" are built for different platforms";
    QTest::newRow("to another place")
        << "FROM g AS x\nRUN make\nFROM g\nCOPY --from=x /out/app /app\n"
        << "x"
        << "refused: Line 4 copies \"/out/app\" to \"/app\": within one stage nothing says that this is the same place";
    QTest::newRow("to a folder: who knows whether it is one itself")
        << "FROM g AS x\nRUN make\nFROM g\nCOPY --from=x /bin/app /bin/\n"
        << "x"
        << "refused: Line 4 copies \"/bin/app\" to \"/bin/\": within one stage nothing says that this is the same "
           "place";
    QTest::newRow("to a folder: that has a dot, and is one by custom")
        << "FROM g AS x\nRUN make\nFROM g\nCOPY --from=x /app/conf.d /app/\n"
        << "x"
        << "refused: Line 4 copies \"/app/conf.d\" to \"/app/\": within one stage nothing says that this is the same "
           "place";
    QTest::newRow("to a folder that is not told")
        << "FROM g AS x\nRUN make\nFROM g\nCOPY --from=x /app /app\nCOPY --from=x /m m\n"
        << "x" << "refused: Line 5 copies \"/m\" to \"m\": within one stage nothing says that this is the same place";
    QTest::newRow("with another owner") << "FROM g AS x\nRUN make\nFROM g\nCOPY --chown=me --from=x /f /f\n"
                                        << "x" << "refused: The COPY on line 4 does more than bring files: --chown";
    QTest::newRow("a setting of its own")
        << "FROM g AS x\nENV A=1\nRUN make\nFROM g AS y\nCOPY --from=x /f /f\n"
        << "x" << "refused: \"x\" sets ENV A, and \"y\" does not have the same ahead of its COPY";
    QTest::newRow("a setting of the other")
        << "FROM g AS x\nRUN make\nFROM g AS y\nUSER me\nCOPY --from=x /f /f\n"
        << "x" << "refused: \"y\" sets USER me, and \"x\" does not have the same ahead of its COPY";
    QTest::newRow("a setting behind what would be changed by it")
        << "FROM g AS x\nRUN w\nENV A=1\nFROM g AS y\nENV A=1\nCOPY --from=x /f /f\n"
        << "x" << "refused: \"x\" sets ENV A behind its first RUN";
    QTest::newRow("a folder of the other")
        << "FROM g AS x\nRUN make\nFROM g AS y\nWORKDIR /app\nCOPY --from=x /f /f\n"
        << "x" << "refused: \"x\" begins in the folder of its base, and the COPY stands in /app";
    QTest::newRow("a folder that nothing leads back from")
        << "FROM g AS x\nWORKDIR /src\nRUN make\nFROM g AS y\nCOPY --from=x /f /f\nRUN y\n"
        << "x" << "refused: \"x\" ends in the folder /src, and \"y\" goes on in that of its base";
    QTest::newRow("something between the COPYs")
        << "FROM g AS x\nRUN make\nFROM g\nCOPY --from=x /f /f\nRUN rm /g\nCOPY --from=x /g /g\n"
        << "x" << "refused: Line 5 stands between the COPYs from \"x\", and may change what they bring";
    QTest::newRow("a mount") << "FROM g AS x\nRUN make\nFROM g\nRUN --mount=from=x,target=/m cp /m/f /f\n"
                             << "x"
                             << "refused: A RUN mounts it, on line 4, and what is mounted stays out of the image";
    QTest::newRow("one above it")
        << "FROM g\nCOPY --from=x /f /f\nFROM g AS x\n"
        << "x" << "refused: cannot copy from stage \"x\", it needs to be defined before current stage \"stage-0\"";
}

void SplitStageTest::becomesAPartOfWhatCopiesFromIt()
{
    QFETCH(QString, before);
    QFETCH(QString, stage);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    const auto named = analysis->graph.findTarget(stage.toStdString());
    QCOMPARE(shown(*analysis, inlineStage(*analysis, named ? *named : stage.toInt())), after);
}

void SplitStageTest::isWholeAgain()
{
    const std::string text = "FROM go AS app\nWORKDIR /src\nCOPY . .\nRUN make\nCMD [\"/out/app\"]\n";
    const auto before = analysisOf(text);
    const EditOutcome split = splitStage(*before, {0, {2, 3}, {"/out/app"}, "build"});
    QVERIFY(split);
    const auto two = analysisOf(applied(text, split->edits));
    const EditOutcome whole = inlineStage(*two, 0);
    QVERIFY2(whole, whole ? "" : whole.error().reason.c_str());
    QCOMPARE(QString::fromStdString(applied(two->source.bytes(), whole->edits)), QString::fromStdString(text));
}

QTEST_GUILESS_MAIN(SplitStageTest)
#include "split_stage_test.moc"
