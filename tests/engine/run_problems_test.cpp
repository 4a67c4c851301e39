// SPDX-License-Identifier: GPL-3.0-or-later
//
// Programs that can't start where a COPY has put them: which, what they miss, what helps; and of which stages of a text
// that has changed since that can still be told.

#include "core/engine/files/run_problems.h"
#include "engine/program_fixture.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

/// "/app needs /lib64/ld-linux-x86-64.so.2 libc.so.6"; where one of them lies elsewhere, and who wants it, in brackets.
QString shown(const RunProblem& problem)
{
    QStringList words;
    for (const std::string& program : problem.programs)
        words << toText(program);
    words << u"needs"_s;
    for (const MissingNeed& missing : problem.missing) {
        QStringList more;
        if (!missing.wantedBy.empty())
            more << u"for "_s + toText(missing.wantedBy);
        if (!missing.at.empty())
            more << u"at "_s + toText(missing.at);
        words << toText(missing.name) + (more.isEmpty() ? QString() : u" ("_s + more.join(u' ') + u')');
    }
    return words.join(u' ');
}

KnownFiles knownOf(const QHash<int, ImageFilesPtr>& files, int shift = 0)
{
    return [files, shift](int stage) { return KnownStage{.files = files.value(stage), .shift = shift}; };
}

ImageFilesPtr shared(ImageFiles files)
{
    return std::make_shared<const ImageFiles>(std::move(files));
}

} // namespace

class RunProblemsTest : public QObject {
    Q_OBJECT

private slots:
    void saysWhatCannotStart_data();
    void saysWhatCannotStart();
    void saysWhatIsMissingAndWhere_data();
    void saysWhatIsMissingAndWhere();
    void bringsAlongWhatIsMissing_data();
    void bringsAlongWhatIsMissing();
    void followsAStageThatHasMoved();
    void knowsStagesThatAreMadeAlike_data();
    void knowsStagesThatAreMadeAlike();
};

void RunProblemsTest::saysWhatCannotStart_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problems");

    // The stage `build` holds /app, which is dynamic, its loader and library in folders of Debian, /static, and
    // /run.sh.
    const QString build = u"FROM debian AS build\nRUN make\n"_s;
    const QString loader = u"/lib64/ld-linux-x86-64.so.2"_s;
    QTest::newRow("a dynamic program in a scratch stage") << build + u"FROM scratch\nCOPY --from=build /app /bin/\n"_s
                                                          << u"stage 2: /bin/app needs %1 libc.so.6"_s.arg(loader);
    QTest::newRow("a static one") << build + u"FROM scratch\nCOPY --from=build /static /\n"_s << QString();
    QTest::newRow("what it needs comes along")
        << build +
               u"FROM scratch\nCOPY --from=build /app /\nCOPY --from=build /lib64/ld-linux-x86-64.so.2 /lib64/\nCOPY --from=build /usr/lib/x86_64-linux-gnu/libc.so.6 /lib/x86_64-linux-gnu/\n"_s
        << QString();
    QTest::newRow("the library only")
        << build + u"FROM scratch\nCOPY --from=build /app /\nCOPY --from=build /usr/lib /usr/lib\n"_s
        << u"stage 2: /app needs %1"_s.arg(loader);
    QTest::newRow("another place than it is looked for")
        << build +
               u"FROM scratch\nCOPY --from=build /app /\nCOPY --from=build /lib64/ld-linux-x86-64.so.2 /\nCOPY --from=build /usr/lib /usr/lib\n"_s
        << u"stage 2: /app needs %1"_s.arg(loader);
    QTest::newRow("all of it") << build + u"FROM scratch\nCOPY --from=build / /\n"_s << QString();
    QTest::newRow("a name of its own") << build + u"FROM scratch\nWORKDIR /srv\nCOPY --from=build app server\n"_s
                                       << u"stage 2: /srv/server needs %1 libc.so.6"_s.arg(loader);
    QTest::newRow("into the folder that is there")
        << build + u"FROM scratch\nWORKDIR /srv\nCOPY --from=build app /srv\n"_s
        << u"stage 2: /srv/app needs %1 libc.so.6"_s.arg(loader);
    QTest::newRow("a script") << build + u"FROM scratch\nCOPY --from=build /run.sh /\n"_s
                              << u"stage 2: /run.sh needs /bin/sh"_s;
    QTest::newRow("what nobody knows may hold it")
        << build + u"FROM scratch\nCOPY rootfs /\nCOPY --from=build /app /\n"_s << QString();
    QTest::newRow("what nobody knows can't be in its place")
        << build + u"FROM scratch\nCOPY conf /etc/app/\nCOPY --from=build /app /\n"_s
        << u"stage 2: /app needs %1"_s.arg(loader);
    QTest::newRow("a command may make anything")
        << build + u"FROM scratch\nCOPY --from=build /app /\nRUN [\"/app\"]\n"_s << QString();
    QTest::newRow("a base that was not read") << build + u"FROM alpine\nCOPY --from=build /app /\n"_s << QString();
    QTest::newRow("a variable decides where to")
        << build + u"FROM scratch\nARG to=/x\nCOPY --from=build /app $to\n"_s << QString();
    QTest::newRow("a pattern decides what") << build + u"FROM scratch\nCOPY --from=build /ap* /\n"_s << QString();
    QTest::newRow("from a stage that was not read")
        << build + u"FROM other AS two\nFROM scratch\nCOPY --from=two /app /\n"_s << QString();
}

void RunProblemsTest::saysWhatCannotStart()
{
    QFETCH(QString, text);
    QFETCH(QString, problems);
    const AnalysisPtr analysis = analyse(text.toStdString());
    const auto build = shared(
        imageOf({{file("usr/lib/x86_64-linux-gnu/libc.so.6", library(), 0644),
                  file("lib64/ld-linux-x86-64.so.2", library()), file("bin/sh", program({"libc.so.6"}))},
                 {file("app", program({"libc.so.6"})), file("static", elf({.isShared = false, .isDynamic = false})),
                  file("run.sh", "#!/bin/sh\n")}}));
    QStringList words;
    for (const RunProblem& each : runProblems(*analysis, knownOf({{0, build}}))) {
        QCOMPARE(each.programs.size(), std::size_t{1});
        QStringList missing;
        for (const MissingNeed& need : each.missing)
            missing << toText(need.name);
        words << u"stage %1: %2 needs %3"_s.arg(each.stage + 1).arg(toText(each.programs.front()), missing.join(u' '));
    }
    QCOMPARE(words.join(u'|'), problems);
}

namespace {

/// Debian's, in which what is loaded loads more; and a script.
ImageFilesPtr debian()
{
    return shared(
        imageOf({{file("usr/lib/x86_64-linux-gnu/libc.so.6", library(), 0644),
                  file("usr/lib/x86_64-linux-gnu/libz.so.1.2", library({"libc.so.6"}), 0644),
                  {.path = "usr/lib/x86_64-linux-gnu/libz.so.1", .link = "libz.so.1.2", .type = AE_IFLNK},
                  file("usr/lib/x86_64-linux-gnu/libcurl.so.4", library({"libz.so.1", "libc.so.6"}), 0644),
                  file("usr/lib64/ld-linux-x86-64.so.2", library()),
                  {.path = "lib64", .link = "usr/lib64", .type = AE_IFLNK},
                  file("bin/sh", program({"libc.so.6"}))},
                 {file("out/app", program({"libcurl.so.4"})), file("out/tool", program({"libcurl.so.4"})),
                  file("out/gone", program({"libgone.so.1", "libc.so.6"})), file("out/run.sh", "#!/bin/sh\n")}}));
}

} // namespace

void RunProblemsTest::saysWhatIsMissingAndWhere_data()
{
    QTest::addColumn<Layer>("copied"); // what the second stage has of its own COPY, upon what its base has
    QTest::addColumn<QString>("problems");

    const QString copied = u"usr/lib/x86_64-linux-gnu/"_s;
    QTest::newRow("a library, and where the builder has it")
        << Layer{file("app", program({"libcurl.so.4"}))}
        << u"/app needs libcurl.so.4 (at /usr/lib/x86_64-linux-gnu/libcurl.so.4)"_s;
    QTest::newRow("what a library wants, by its name")
        << Layer{file("app", program({"libcurl.so.4"})), file("usr/lib/libcurl.so.4", library({"libz.so.1"}), 0644)}
        << u"/app needs libz.so.1 (for /usr/lib/libcurl.so.4 at /usr/lib/x86_64-linux-gnu/libz.so.1)"_s;
    QTest::newRow("what nobody has") << Layer{file("gone", program({"libgone.so.1", "libc.so.6"}))}
                                     << u"/gone needs libgone.so.1"_s;
    QTest::newRow("several that miss the same are one")
        << Layer{file("app", program({"libcurl.so.4"})), file("tool", program({"libcurl.so.4"}))}
        << u"/app /tool needs libcurl.so.4 (at /usr/lib/x86_64-linux-gnu/libcurl.so.4)"_s;
    QTest::newRow("a script, and where its interpreter is")
        << Layer{file("run.sh", "#!/bin/sh\n")} << u"/run.sh needs /bin/sh (at /bin/sh)"_s;
    QTest::newRow("of another size it is another program")
        << Layer{file("app", program({"libcurl.so.4", "libmore.so.1"}))} << u"/app needs libcurl.so.4 libmore.so.1"_s;
    QTest::newRow("nothing") << Layer{file("app", program({"libc.so.6"}))} << QString();
}

/// The second stage was read, too: its base has a loader and the C library.
void RunProblemsTest::saysWhatIsMissingAndWhere()
{
    QFETCH(Layer, copied);
    QFETCH(QString, problems);
    const AnalysisPtr analysis = analyse("FROM debian AS build\nRUN make\nFROM base\nCOPY --from=build /out /\n");
    const auto final = shared(imageOf(
        {{file("lib64/ld-linux-x86-64.so.2", library()), file("usr/lib/libc.so.6", library(), 0644)}, copied}, 1, 3));
    QStringList words;
    for (const RunProblem& each : runProblems(*analysis, knownOf({{0, debian()}, {1, final}}))) {
        QCOMPARE(each.stage, 1);
        QCOMPARE(each.instruction, 3);
        QCOMPARE(each.source, 0);
        QVERIFY(each.mend.empty()); // what else a base has can't be tried
        words << shown(each);
    }
    QCOMPARE(words.join(u'|'), problems);
}

void RunProblemsTest::bringsAlongWhatIsMissing_data()
{
    QTest::addColumn<QString>("copies"); // in the second stage
    QTest::addColumn<QStringList>("lines");

    const QString loader = u"COPY --from=build /usr/lib64/ld-linux-x86-64.so.2 /lib64/ld-linux-x86-64.so.2"_s;
    const auto library = [](const QString& name) {
        return u"COPY --from=build /usr/lib/x86_64-linux-gnu/%1 /usr/lib/x86_64-linux-gnu/%1"_s.arg(name);
    };
    const QStringList all{loader, library(u"libcurl.so.4"_s), library(u"libz.so.1"_s), library(u"libc.so.6"_s)};
    QTest::newRow("the loader, and all that is loaded") << u"COPY --from=build /out/app /"_s << all;
    QTest::newRow("under another name") << u"COPY --from=build out/app /srv/server"_s << all;
    QTest::newRow("not what is there")
        << u"COPY --from=build /lib64/ld-linux-x86-64.so.2 /lib64/\nCOPY --from=build /out/app /"_s << all.sliced(1);
    QTest::newRow("by the stage's number, as it is written")
        << u"COPY --from=0 /out/app /"_s << QStringList(all).replaceInStrings(u"=build"_s, u"=0"_s);
    QTest::newRow("in the case of the file")
        << u"copy --from=build /out/app /\ncopy x /y"_s << QStringList(all).replaceInStrings(u"COPY"_s, u"copy"_s);
    QTest::newRow("beside what nobody knows") << u"COPY conf /etc/app/\nCOPY --from=build /out/app /"_s << all;
    QTest::newRow("what a script is run by")
        << u"COPY --from=build /out/run.sh /"_s
        << QStringList{u"COPY --from=build /bin/sh /bin/sh"_s, loader, library(u"libc.so.6"_s)};
    QTest::newRow("not where the builder lacks it, too") << u"COPY --from=build /out/gone /"_s << QStringList();
    QTest::newRow("of a folder, what helps each, and nothing for what nobody has")
        << u"COPY --from=build /out /"_s
        << all + QStringList{u"COPY --from=build /bin/sh /bin/sh"_s, loader, library(u"libc.so.6"_s)};
    QTest::newRow("not where commands may make more")
        << u"COPY --from=build /out/app /\nRUN [\"/app\"]"_s << QStringList();
}

void RunProblemsTest::bringsAlongWhatIsMissing()
{
    QFETCH(QString, copies);
    QFETCH(QStringList, lines);
    const bool isLower = copies.startsWith(u"copy"_s);
    const std::string text = (isLower ? "from debian as build\nrun make\nfrom scratch\n"
                                      : "FROM debian AS build\nRUN make\nFROM scratch\n") +
                             copies.toStdString() + "\n";
    const AnalysisPtr analysis = analyse(text);
    const KnownFiles known = knownOf({{0, debian()}});
    const std::vector<RunProblem> problems = runProblems(*analysis, known);
    QStringList mend;
    for (const RunProblem& problem : problems)
        for (const std::string& line : problem.mend)
            mend << toText(line);
    QCOMPARE(mend, lines);
    if (lines.isEmpty())
        return;
    const std::string mended = text + lines.join(u'\n').toStdString() + "\n";
    QStringList left;
    for (const RunProblem& problem : runProblems(*analyse(mended), known))
        left << shown(problem);
    QCOMPARE(left, copies.endsWith(u"/out /"_s) ? QStringList(u"/gone needs libgone.so.1"_s) : QStringList());
}

/// Its layers are still those of the text that was built.
void RunProblemsTest::followsAStageThatHasMoved()
{
    const std::string base = "FROM debian AS build\nRUN make\nFROM base AS final\nCOPY --from=build /out /\n";
    const auto final = shared(imageOf({{plain("etc/conf:9")}, {file("app", program({"libcurl.so.4"}))}}, 1, 3));
    const AnalysisPtr built = analyse(base);
    const AnalysisPtr now = analyse("FROM golang AS more\nRUN more\n" + base);
    QCOMPARE(stagesBuiltAs(*built, 1, *now), std::vector<int>{2});
    const auto problems = runProblems(*now, knownOf({{2, final}}, 2));
    QCOMPARE(problems.size(), std::size_t{1});
    QCOMPARE(problems.front().instruction, 5);
    QCOMPARE(problems.front().source, 1);
}

void RunProblemsTest::knowsStagesThatAreMadeAlike_data()
{
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<int>("first"); // of the stages there that are the first as it was built; -1 for none
    QTest::addColumn<int>("last");

    const QByteArray args = "ARG V=1\n";
    const QByteArray build = "FROM go:$V AS build\nCOPY a /\nRUN make\n";
    const QByteArray last = "FROM scratch\nCOPY --from=build /out /\n";
    QTest::newRow("the same") << args + build + last << 0 << 1;
    QTest::newRow("comments and blank lines")
        << "# hello\n\n" + args + "\n# here\n" + build + "\n\n# there\n" + last << 0 << 1;
    QTest::newRow("a stage above") << args + "FROM x AS other\nRUN y\n" + build + last << 1 << 2;
    QTest::newRow("another last stage") << args + build + last + "USER 1\n" << 0 << -1;
    QTest::newRow("another command") << args + QByteArray(build).replace("make", "make all") + last << -1 << -1;
    QTest::newRow("another base") << args + QByteArray(build).replace("go:", "rust:") + last << -1 << -1;
    QTest::newRow("another value") << "ARG V=2\n" + build + last << -1 << -1;
    QTest::newRow("another stage of that name below it") << args + build + "FROM x AS build\nRUN y\n" + last << 0 << -1;
    QTest::newRow("the image of a stage's name")
        << args + QByteArray(build).replace("AS build", "AS other") + last << -1 << -1;
    QTest::newRow("gone") << last << -1 << -1;
    QTest::newRow("twice") << args + build + "FROM go:$V AS build\nCOPY a /\nRUN make\n" + last << 0 << 2;
    QTest::newRow("read by another rule") << "# escape=`\n" + args + build + last << -1 << -1;
}

void RunProblemsTest::knowsStagesThatAreMadeAlike()
{
    QFETCH(QByteArray, now);
    QFETCH(int, first);
    QFETCH(int, last);
    const AnalysisPtr built = analyse("ARG V=1\nFROM go:$V AS build\nCOPY a /\nRUN make\nFROM scratch\n"
                                      "COPY --from=build /out /\n");
    const AnalysisPtr text = analyse(now.toStdString());
    const auto found = [&](int stage) {
        const std::vector<int> stages = stagesBuiltAs(*built, stage, *text);
        return stages.empty() ? -1 : stages.front();
    };
    QCOMPARE(found(0), first);
    QCOMPARE(found(1), last);
    CheckOptions otherwise;
    otherwise.build.buildArgs.emplace_back("V", "3");
    QVERIFY(stagesBuiltAs(*built, 0, *analyse(now.toStdString(), otherwise)).empty());
}

QTEST_GUILESS_MAIN(RunProblemsTest)
#include "run_problems_test.moc"
