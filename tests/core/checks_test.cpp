// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/findings.h"

#include <QElapsedTimer>
#include <QTest>

using namespace stagelift;
using namespace stagelift::test;
using namespace Qt::StringLiterals;

class ChecksTest : public QObject {
    Q_OBJECT
private slots:
    void finds_data();
    void finds();
    void saysWhatABuildStopsAt_data();
    void saysWhatABuildStopsAt();
    void skipsWhatTheFileWants_data();
    void skipsWhatTheFileWants();
    void saysWhatDependsOnTheImage();
    void looksAtTheImageWhereItIsKnown();
    void findsIgnoredFiles_data();
    void findsIgnoredFiles();
    void leavesOurOwnOut();
    void isQuickOnLargeFiles_data();
    void isQuickOnLargeFiles();
};

void ChecksTest::finds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("findings");

    const auto row = [](const char* name, const QByteArray& text, const QString& finding = {}) {
        QTest::newRow(name) << text << (finding.isEmpty() ? QStringList() : QStringList{finding});
    };
    row("nothing", "FROM a AS b\nFROM b\nCMD [\"x\"]\n");
    row("a stage in capitals", "FROM a AS B\n", u"1 StageNameCasing: Stage name 'B' should be lowercase"_s);
    row("as in lower case", "FROM a as b\n", u"1 FromAsCasing: 'as' and 'FROM' keywords' casing do not match"_s);
    row("a FROM in mixed case is another's", "From a as b\nRUN c\n",
        u"1 ConsistentInstructionCasing: Command 'From' should match the case of the command majority (uppercase)"_s);
    row("most are lower", "from a\nrun b\nCOPY c d\n",
        u"3 ConsistentInstructionCasing: Command 'COPY' should match the case of the command majority (lowercase)"_s);
    row("an empty line in a continuation", "FROM a\nRUN b \\\n\n c\n",
        u"4 NoEmptyContinuation: Empty continuation line"_s);
    row("a name twice", "FROM a AS b\nFROM c AS b\n",
        u"2 DuplicateStageName: Duplicate stage name \"b\", stage names should be unique"_s);
    row("a reserved name", "FROM a AS context\n",
        u"1 ReservedStageName: Stage name should not use the same name as reserved stage \"context\""_s);
    row("a CMD in words", "FROM a\nCMD b\n",
        u"2 JSONArgsRecommended: JSON arguments recommended for CMD to prevent unintended behavior related to OS signals"_s);
    row("with a SHELL that is meant", "FROM a AS b\nSHELL [\"sh\"]\nFROM b\nCMD c\n");
    row("a maintainer", "FROM a\nMAINTAINER b\n",
        u"2 MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label"_s);
    row("an argument nobody declared", "FROM a:${V:-1}\n",
        u"1 UndefinedArgInFrom: FROM argument 'V' is not declared"_s);
    row("a relative folder", "FROM scratch\nWORKDIR b\nWORKDIR c\n",
        u"2 WorkdirRelativePath: Relative workdir \"b\" can have unexpected results if the base image changes"_s);
    row("below an absolute one of the base", "FROM scratch AS x\nWORKDIR /b\nFROM x\nWORKDIR c\n");
    row("absolute on Windows", "FROM --platform=windows/amd64 a AS windows\nWORKDIR C:/b\n");
    row("a variable nobody set", "FROM scratch\nCOPY $b /\n", u"2 UndefinedVar: Usage of undefined variable '$b'"_s);
    row("nearly one that was", "FROM scratch\nENV c=$PAHT\n",
        u"2 UndefinedVar: Usage of undefined variable '$PAHT' (did you mean $PATH?)"_s);
    row("an ARG over what is in the image, until another stage is built on it",
        "FROM scratch AS x\nENV b=/c\nARG b=d\nFROM x\nWORKDIR $b\n");
    row("of several the one that was not set again", "FROM scratch\nENV c1=x\nENV d1=x c1=y\nCOPY $e1 /\n",
        u"4 UndefinedVar: Usage of undefined variable '$e1' (did you mean $d1?)"_s);
    row("declared is enough", "FROM scratch\nARG b\nCOPY $b /\n");
    row("in a line all are set at once", "FROM scratch\nENV b=1 c=$b\n",
        u"2 UndefinedVar: Usage of undefined variable '$b'"_s);
    row("in the shell it is the shell's", "FROM scratch\nRUN echo $b\n");
    row("in a heredoc", "FROM scratch\nCOPY <<E /f\n$b\nE\n", u"2 UndefinedVar: Usage of undefined variable '$b'"_s);
    row("in a quoted heredoc", "FROM scratch\nCOPY <<'E' /f\n$b\nE\n");
    row("an ARG of the base stage", "FROM scratch AS x\nARG b=1\nFROM x\nCOPY $b /\n");
    row("two of what counts once", "FROM a\nENTRYPOINT [\"b\"]\nENTRYPOINT [\"c\"]\n",
        u"2 MultipleInstructionsDisallowed: Multiple ENTRYPOINT instructions should not be used in the same stage "
        u"because "
        "only the last one will be used"_s);
    row("one a stage is fine", "FROM a AS x\nCMD [\"b\"]\nFROM x\nCMD [\"c\"]\n");
    row("a pair with a blank", "FROM a\nENV b c\n",
        u"2 LegacyKeyValueFormat: \"ENV key=value\" should be used instead of legacy \"ENV key value\" format"_s);
    row("a platform that goes without saying", "FROM --platform=$TARGETPLATFORM a\n",
        u"1 RedundantTargetPlatform: Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is "
        u"the "
        "default behavior"_s);
    row("a secret", "FROM a\nARG MY_TOKEN\n",
        u"2 SecretsUsedInArgOrEnv: Do not use ARG or ENV instructions for sensitive data (ARG \"MY_TOKEN\")"_s);
    row("what is public is no secret", "FROM a\nENV PUBLIC_KEY=x KEYBOARD=y\n");
    row("a default that makes no image", "ARG V\nFROM a:$V\n",
        u"2 : failed to parse stage name \"a:\": invalid reference format"_s);
    row("a fixed platform", "FROM --platform=linux/arm64 a\n",
        u"1 FromPlatformFlagConstDisallowed: FROM --platform flag should not use constant value \"linux/arm64\""_s);
    row("that the name tells", "FROM --platform=linux/arm64 a AS build-arm64\n");
    row("a protocol in capitals", "FROM a\nEXPOSE 80/TCP\n",
        u"2 ExposeProtoCasing: Defined protocol '80/TCP' in EXPOSE instruction should be lowercase"_s);
    row("a port of the host", "FROM a\nEXPOSE 8080:80\n",
        u"2 ExposeInvalidFormat: EXPOSE instruction should not define an IP address or host-port mapping, found '8080:80'"_s);
    row("a protocol that a variable brings", "FROM scratch\nARG p=80/TCP\nEXPOSE \"$p\"\n",
        u"3 ExposeProtoCasing: Defined protocol '80/TCP' in EXPOSE instruction should be lowercase"_s);
    row("a colon without a port of the host", "FROM a\nEXPOSE :80\n");
    row("a trigger runs where the stage begins that is built on it",
        "FROM scratch AS x\nONBUILD ENV a b\nFROM x AS y\nRUN b\n",
        u"3 LegacyKeyValueFormat: \"ENV key=value\" should be used instead of legacy \"ENV key value\" format"_s);
    row("and counts for what may be there once", "FROM scratch AS x\nONBUILD CMD [\"b\"]\nFROM x\nCMD [\"c\"]\n",
        u"3 MultipleInstructionsDisallowed: Multiple CMD instructions should not be used in the same stage because "
        u"only "
        u"the last one will be used"_s);
    row("but not where the last stage has no need of it",
        "FROM scratch AS x\nONBUILD ENV a b\nFROM x AS y\nFROM scratch\n");
    row("a description of something else", "# check=experimental=all\n\n# not of b\nFROM a AS b\n",
        u"4 InvalidDefinitionDescription: Comment for FROM should follow the format: `# b <description>`"_s);
    row("a directive describes nothing", "# check=experimental=all\nFROM a AS b\n");
    row("of it", "# check=experimental=all\n\n# b is this\nFROM a AS b\n");
    row("or not right above", "# check=experimental=all\n\n# not of b\n\nFROM a AS b\n");
    row("a check option nobody knows", "# check=skp=all\nFROM a\n",
        u"0 : failed to parse check options: invalid check option \"skp\""_s);
}

void ChecksTest::finds()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, findings);
    QStringList found = findingsOf(checked(text)->diagnostics);
    // A default that makes no image is also an error of the build, which is the row's.
    found.removeIf([](const QString& finding) { return finding.contains(u"InvalidDefaultArgInFrom"_s); });
    QCOMPARE(found, findings);
}

void ChecksTest::saysWhatABuildStopsAt_data()
{
    QTest::addColumn<QByteArray>("instruction");
    QTest::addColumn<QString>("error");

    const auto row = [](const char* name, const QByteArray& instruction, const QString& error = {}) {
        QTest::newRow(name) << instruction << error;
    };
    row("words in quotes", "ENV a=\"b c\" d='e \"' f=\"it's ${PATH:-x}\"");
    row("a quote without its match", "WORKDIR \"a",
        u"failed to process \"\\\"a\": unexpected end of statement while looking for matching double-quote"_s);
    row("a single one", "LABEL a='b",
        u"failed to process \"'b\": unexpected end of statement while looking for matching single-quote"_s);
    row("an open brace", "COPY ${a /b", u"failed to process \"${a\": unsupported modifier (\uFFFD) in substitution"_s);
    row("and behind it", "COPY ${a:-b /c", u"failed to process \"${a:-b\": syntax error: missing '}'"_s);
    row("inside of quotes", "ENV a=\"it's ${b\"",
        u"failed to process \"\\\"it's ${b\\\"\": unsupported modifier (\") in substitution"_s);
    row("a value that must be there", "USER ${a:?who}", u"failed to process \"${a:?who}\": a: who"_s);
    row("and is", "USER ${PATH:?who}");
    row("a pattern with a colon", "ENV a=${PATH:#x}",
        u"failed to process \"${PATH:#x}\": unsupported modifier (:#) in substitution"_s);
    row("in a heredoc", "COPY <<E /f\n${a\nE",
        u"failed to process \"${a\\n\": unsupported modifier (\n) in substitution"_s);
    row("in one that is not looked through", "COPY <<'E' /f\n${a\nE");
    row("a default", "ARG a=${b:?no}", u"failed to process \"${b:?no}\": b: no"_s);
    row("mounts", "RUN --mount=type=cache,target=/a,sharing=locked,mode=0755 --mount=type=tmpfs,dst=/b,size=64m "
                  "--mount=type=secret,id=c,required --mount=type=ssh --mount=type=bind,target=d,rw e");
    row("no type of mount", "RUN --mount=type=cahce,target=/a b",
        u"unsupported mount type \"cahce\" (did you mean cache?)"_s);
    row("no key", "RUN --mount=tagret=/a b", u"unexpected key 'tagret' in 'tagret=/a' (did you mean target?)"_s);
    row("a key without a value", "RUN --mount=target b", u"invalid field 'target' must be a key=value pair"_s);
    row("a key of another type", "RUN --mount=target=/a,size=1 b", u"unexpected key 'size' for mount type 'bind'"_s);
    row("no size", "RUN --mount=type=tmpfs,target=/a,size=x b", u"invalid value for size: x"_s);
    row("no mode", "RUN --mount=type=cache,target=/a,mode=9 b", u"invalid value 9 for mode"_s);
    row("a mode for no file", "RUN --mount=target=/a,mode=0644 b", u"mode not allowed for \"bind\" type mounts"_s);
    row("no way to share", "RUN --mount=type=cache,target=/a,sharing=lock b",
        u"unsupported sharing value \"lock\" (did you mean locked?)"_s);
    row("sharing what is no cache", "RUN --mount=target=/a,sharing=locked b",
        u"invalid cache sharing set for bind mount"_s);
    row("a secret from a stage", "RUN --mount=type=secret,id=a,from=b c", u"secret mount should not have a from"_s);
    row("a secret of nothing", "RUN --mount=type=secret b", u"invalid secret mount. one of source, target required"_s);
    row("a mount over all", "RUN --mount=target=/ b", u"invalid mount target \"/\""_s);
    row("by a folder that is all", "RUN --mount=type=cache b", u"invalid mount target \"/\""_s);
    row("by another", "WORKDIR /a\nRUN --mount=type=cache b");
    row("a variable in a mount", "RUN --mount=type=cache,target=${a}/ b", u"invalid mount target \"/\""_s);
    row("modes", "COPY --chmod=u=rwx,go+X a /\nCOPY --chmod=0755 a /");
    row("no mode of files", "COPY --chmod=8 a /",
        u"invalid chmod parameter: '8'. it should be octal string and between 0 and 07777"_s);
    row("none in letters either", "COPY --chmod=rwx a /", u"invalid syntax"_s);
    row("a size with its sign", "RUN --mount=type=tmpfs,target=/a,size=+1m b");
    row("a COPY from afar by a variable", "ARG u=https://a/b\nCOPY \"$u\" /", u"source can't be a URL for COPY"_s);
    row("a number no signal has", "STOPSIGNAL 99999999999999999999", u"invalid signal: 99999999999999999999"_s);
    row("a COPY from afar", "COPY https://a/b /", u"source can't be a URL for COPY"_s);
    row("from a repository", "COPY me@a.org:b /", u"source can't be a git ref for COPY"_s);
    row("a file with a colon", "COPY a:b /");
    row("a sum of a file", "ADD --checksum=sha256:a b /", u"checksum requires HTTP(S) or Git sources"_s);
    row("ports", "EXPOSE 1 2-3/udp 65535/sctp");
    row("a port too high", "EXPOSE 65536", u"invalid containerPort: 65536"_s);
    row("a range the wrong way", "EXPOSE 3-2", u"invalid containerPort: 3-2"_s);
    row("no protocol", "EXPOSE 1/icmp", u"invalid port: \"1/icmp\": invalid proto: icmp"_s);
    row("no port", "EXPOSE /tcp", u"invalid port: \"/tcp\": no port specified"_s);
    row("signals", "STOPSIGNAL SIGRTMIN+3\nSTOPSIGNAL term\nSTOPSIGNAL 9");
    row("no signal", "STOPSIGNAL SIGFOO", u"invalid signal: SIGFOO"_s);
    row("a volume of nothing", "VOLUME $a", u"VOLUME specified can not be an empty string"_s);
    row("a trigger that cannot run", "FROM scratch AS x\nONBUILD COPY a\nFROM x\nFROM x",
        u"COPY requires at least two arguments, but only one was provided. Destination could not be determined"_s);
}

/// As the last instructions of a file.
void ChecksTest::saysWhatABuildStopsAt()
{
    QFETCH(QByteArray, instruction);
    QFETCH(QString, error);
    const AnalysisPtr analysis = analyse(("FROM scratch\n" + instruction + '\n').toStdString());
    QStringList errors;
    for (const Diagnostic& diagnostic : analysis->diagnostics) {
        if (diagnostic.severity == Severity::Error)
            errors << shown(diagnostic.message);
    }
    QCOMPARE(errors, error.isEmpty() ? QStringList() : QStringList{error});
}

void ChecksTest::skipsWhatTheFileWants_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("rules");

    QTest::newRow("one") << "# check=skip=FromAsCasing\nFROM a as B\n"_ba << QStringList{u"StageNameCasing"_s};
    QTest::newRow("several") << "# check=skip=FromAsCasing,StageNameCasing\nFROM a as B\n"_ba << QStringList{};
    QTest::newRow("all") << "# check=skip=all\nFROM a as B\n"_ba << QStringList{};
    QTest::newRow("cut at the first space")
        << "# check=skip=FromAsCasing, StageNameCasing\nFROM a as B\n"_ba << QStringList{u"StageNameCasing"_s};
    QTest::newRow("as an error") << "# check=error=true\nFROM a as b\n"_ba << QStringList{u""_s, u"FromAsCasing"_s};
    QTest::newRow("as an error, with nothing found") << "# check=error=true\nFROM a AS b\n"_ba << QStringList{};
    QTest::newRow("above one instruction")
        << "FROM a\n# check=skip=LegacyKeyValueFormat\nENV b c\nENV d e\n"_ba << QStringList{u"LegacyKeyValueFormat"_s};
}

void ChecksTest::skipsWhatTheFileWants()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, rules);
    QStringList found;
    const AnalysisPtr analysis = analyse(text.toStdString());
    for (const Diagnostic& diagnostic : analysis->diagnostics)
        found << shown(diagnostic.rule);
    QCOMPARE(found, rules);
}

void ChecksTest::saysWhatDependsOnTheImage()
{
    const AnalysisPtr analysis = checked("FROM a\nCOPY $GOPATH /\nFROM scratch\nCOPY $GOPATH /\n");
    QCOMPARE(analysis->diagnostics.size(), std::size_t(2));
    QVERIFY(analysis->diagnostics[0].provisional);
    QVERIFY(!analysis->diagnostics[1].provisional);

    const AnalysisPtr errors = analyse("FROM a\nUSER \"b\nRUN --mount=type=cache c\n");
    QCOMPARE(errors->diagnostics.size(), std::size_t(2));
    QVERIFY(!errors->diagnostics[0].provisional);
    QVERIFY(errors->diagnostics[1].provisional);
}

void ChecksTest::looksAtTheImageWhereItIsKnown()
{
    CheckOptions options;
    options.imageConfig = [](std::string_view image) -> std::optional<ImageConfig> {
        if (image != "golang")
            return std::nullopt;
        return ImageConfig{"linux/arm64", {{"GOPATH", "/go"}}, true};
    };
    const AnalysisPtr analysis = analyse("FROM golang\nCOPY $GOPATH $NOT\nCMD x\n", options);
    QCOMPARE(findingsOf(analysis->diagnostics),
             (QStringList{u"1 InvalidBaseImagePlatform: Base image golang was pulled with platform \"linux/arm64\", "
                          "expected \"linux/amd64\" for current build"_s,
                          u"2 UndefinedVar: Usage of undefined variable '$NOT'"_s}));
    QVERIFY(!analysis->diagnostics[1].provisional);
}

void ChecksTest::findsIgnoredFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("ignoreFile");
    QTest::addColumn<QString>("finding");

    QTest::newRow("named") << "FROM a\nCOPY b /\n"_ba << u"b\n"_s
                           << u"Attempting to Copy file \"b\" that is excluded by .dockerignore"_s;
    QTest::newRow("in a folder that is") << "FROM a\nADD ./b/c /\n"_ba << u"b"_s
                                         << u"Attempting to Add file \"b/c\" that is excluded by .dockerignore"_s;
    QTest::newRow("another") << "FROM a\nCOPY b /\n"_ba << u"c\n#b\n"_s << u""_s;
    QTest::newRow("with exceptions nobody can tell") << "FROM a\nCOPY b /\n"_ba << u"*\n!b\n"_s << u""_s;
    QTest::newRow("from a stage") << "FROM a AS x\nFROM a\nCOPY --from=x b /\n"_ba << u"b\n"_s << u""_s;
    QTest::newRow("all of it") << "FROM a\nCOPY . /\n"_ba << u".*\n"_s << u""_s;
}

void ChecksTest::findsIgnoredFiles()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, ignoreFile);
    QFETCH(QString, finding);
    CheckOptions options;
    options.ignoreFile = ignoreFile.toStdString();
    const AnalysisPtr analysis = analyse(text.toStdString(), options);
    QCOMPARE(findingsOf(analysis->diagnostics).join(u'\n').section(u": "_s, 1), finding);
}

void ChecksTest::leavesOurOwnOut()
{
    CheckOptions options;
    options.own = false;
    const AnalysisPtr analysis = analyse("FROM a AS builder\nFROM b\nCOPY --from=buidler x /\n", options);
    QVERIFY(analysis->diagnostics.empty());
}

void ChecksTest::isQuickOnLargeFiles_data()
{
    constexpr int kMany = 40'000;
    QByteArray arguments("FROM a AS b\n");
    QByteArray pairs("FROM a\nENV");
    QByteArray global;
    for (int i = 0; i < kMany; ++i) {
        const QByteArray number = QByteArray::number(i);
        arguments += "ARG K" + number + "=v\nWORKDIR /$Z" + number + '\n';
        pairs += " K" + number + "=$Z" + number;
        global += "ARG K" + number + "=v\n";
    }
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("many arguments, and uses of others") << arguments;
    QTest::newRow("one ENV of many pairs") << pairs + '\n';
    QByteArray triggers("FROM a AS b\nONBUILD ENV x y\n");
    for (int i = 0; i < kMany / 4; ++i)
        triggers +=
            "USER z\nFROM b AS c" + QByteArray::number(i) + "\nCOPY --from=c" + QByteArray::number(i - 1) + " x /\n";
    QTest::newRow("many stages on one with triggers") << triggers;
    QTest::newRow("many arguments ahead of FROM") << global + "FROM $Z\nFROM ${K1}\n";
}

void ChecksTest::isQuickOnLargeFiles()
{
    // A square of their number would take minutes, a multiple of it a second even here.
    constexpr qint64 kPatience = 10'000; // ms
    QFETCH(QByteArray, text);
    QElapsedTimer clock;
    clock.start();
    QVERIFY(!analyse(text.toStdString())->diagnostics.empty());
    QVERIFY2(clock.elapsed() < kPatience, qPrintable(QString::number(clock.elapsed())));
}

QTEST_GUILESS_MAIN(ChecksTest)
#include "checks_test.moc"
