// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts of a FROM, read and set one by one.

#include "core/edit_outcome.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

class FromPartsTest : public QObject {
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void setsTheTag_data();
    void setsTheTag();
    void setsTheImage_data();
    void setsTheImage();
    void setsThePlatform_data();
    void setsThePlatform();
    void offersARemedy_data();
    void offersARemedy();
};

namespace {

QString shownParts(const ImageParts& parts)
{
    return QString::fromStdString(parts.name + '|' + parts.tag + '|' + parts.digest);
}

} // namespace

void FromPartsTest::reads_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("resolved");
    QTest::addColumn<QString>("platform");

    QTest::newRow("a name") << "FROM alpine\n" << "alpine||" << "alpine||" << "|";
    QTest::newRow("a tag") << "FROM golang:1.22\n" << "golang|1.22|" << "golang|1.22|" << "|";
    QTest::newRow("a port is no tag") << "FROM reg:5000/app\n" << "reg:5000/app||" << "reg:5000/app||" << "|";
    QTest::newRow("a port, a tag and a digest") << "FROM reg:5000/app:1@sha256:ab\n"
                                                << "reg:5000/app|1|sha256:ab" << "reg:5000/app|1|sha256:ab" << "|";
    QTest::newRow("a tag by a variable") << "ARG V=1.22\nFROM golang:${V}-alpine\n"
                                         << "golang|${V}-alpine|"
                                         << "golang|1.22-alpine|" << "|";
    QTest::newRow("all by a variable") << "ARG BASE=golang:1.22\nFROM ${BASE}\n"
                                       << "${BASE}||" << "golang|1.22|"
                                       << "|";
    QTest::newRow("a colon within a variable is no tag") << "FROM ${BASE:-golang}:1.22\n"
                                                         << "${BASE:-golang}|1.22|" << "golang|1.22|" << "|";
    QTest::newRow("a platform") << "FROM --platform=$BUILDPLATFORM alpine\n"
                                << "alpine||" << "alpine||"
                                << "$BUILDPLATFORM|linux/amd64";
    QTest::newRow("scratch") << "FROM scratch\n" << "scratch||" << "scratch||" << "|";
}

void FromPartsTest::reads()
{
    QFETCH(QString, before);
    QFETCH(QString, written);
    QFETCH(QString, resolved);
    QFETCH(QString, platform);

    const auto analysis = analysisOf(before);
    const BaseParts parts = baseParts(*analysis, 0);
    QCOMPARE(shownParts(parts.written), written);
    QCOMPARE(shownParts(parts.resolved), resolved);
    QCOMPARE(QString::fromStdString(parts.writtenPlatform + '|' + parts.resolvedPlatform), platform);
}

void FromPartsTest::setsTheTag_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QString>("after");

    QTest::newRow("another") << "FROM golang:1.22 AS x\n" << "1.23" << "FROM golang:«1.23» AS x\n";
    QTest::newRow("the same") << "FROM golang:1.22\n" << "1.22" << "FROM golang:1.22\n";
    QTest::newRow("the first one") << "FROM golang\n" << "1.23" << "FROM golang:«1.23»\n";
    QTest::newRow("behind a port") << "FROM reg:5000/golang\n" << "1.23" << "FROM reg:5000/golang:«1.23»\n";
    QTest::newRow("none") << "FROM golang:1.22\n" << "" << "FROM golang\n";
    QTest::newRow("none, but the sign of one") << "FROM golang: AS x\n" << "" << "FROM «golang» AS x\n";
    QTest::newRow("in quotes") << "FROM \"golang:1.22\"\n" << "1.23" << "FROM \"golang:«1.23»\"\n";
    QTest::newRow("the digest says more") << "FROM golang:1.22@sha256:ab\n"
                                          << "1.23"
                                          << "refused: The digest sha256:ab says which image it is, whatever else is "
                                             "written";
    const QString digest = QString(64, u'a');
    QTest::newRow("with a digest of its own") << u"FROM golang:1.22@sha256:ab\n"_s << u"1.23@sha256:"_s + digest
                                              << u"FROM golang:«1.23»@sha256:%1\n"_s.arg(digest);
    QTest::newRow("a variable's default") << "ARG V=1.22\nFROM golang:${V}\n"
                                          << "1.23"
                                          << "ARG V=«1.23»\nFROM golang:${V}\n";
    QTest::newRow("a default in quotes") << "ARG V=\"1.22\"\nFROM golang:$V\n"
                                         << "1.23"
                                         << "ARG V=\"«1.23»\"\nFROM golang:$V\n";
    QTest::newRow("what is around the variable stays") << "ARG V=1.22\nFROM golang:${V}-alpine\n"
                                                       << "1.23-alpine"
                                                       << "ARG V=«1.23»\nFROM golang:${V}-alpine\n";
    QTest::newRow("what is around the variable is another")
        << "ARG V=1.22\nFROM golang:${V}-alpine\n"
        << "1.23" << "refused: ${V}-alpine is put together from variables";
    QTest::newRow("a default in the FROM") << "FROM golang:${V:-1.22}\n" << "1.23" << "FROM golang:${V:-«1.23»}\n";
    QTest::newRow("a default in the FROM that is not asked") << "ARG V=1.21\nFROM golang:${V:-1.22}\n"
                                                             << "1.23" << "ARG V=«1.23»\nFROM golang:${V:-1.22}\n";
    QTest::newRow("a default in the FROM for an empty one") << "ARG V=\nFROM golang:${V:-1.22}\n"
                                                            << "1.23" << "ARG V=\nFROM golang:${V:-«1.23»}\n";
    QTest::newRow("a variable that is the whole name") << "ARG BASE=golang:1.22\nFROM ${BASE}\n"
                                                       << "1.23"
                                                       << "ARG BASE=golang:«1.23»\nFROM ${BASE}\n";
    QTest::newRow("a default in the FROM that is the whole name") << "FROM ${BASE:-golang:1.22}\n"
                                                                  << "1.23" << "FROM ${BASE:-golang:«1.23»}\n";
    QTest::newRow("a variable's variable") << "ARG V=1.22\nFROM golang:${W:-${V}}\n"
                                           << "1.23"
                                           << "ARG V=«1.23»\nFROM golang:${W:-${V}}\n";
    QTest::newRow("a variable that another FROM uses") << "ARG V=1.22\nFROM golang:$V\nFROM go:$V\n"
                                                       << "1.23"
                                                       << "refused: The variable V is used on line 3 too";
    QTest::newRow("a variable that a stage declares")
        << "ARG V=1.22\nFROM golang:$V\nARG V\n"
        << "1.23" << "refused: The variable V is set or used on line 3 too";
    QTest::newRow("a variable without a default") << "ARG V\nFROM golang:a$V\n"
                                                  << "ab" << "refused: The variable V has its value from elsewhere";
    QTest::newRow("a variable of another") << "ARG A=1\nARG V=$A.2\nFROM golang:$V\n"
                                           << "1.3"
                                           << "refused: The variable V is put together from others";
    QTest::newRow("none where a variable was") << "ARG V=1.22\nFROM golang:$V\n" << "" << "ARG V=1.22\nFROM golang\n";
    QTest::newRow("of a stage") << "FROM x AS a\nFROM a\n"
                                << "1"
                                << "FROM x:«1» AS a\nFROM a\n";
    QTest::newRow("of scratch") << "FROM scratch\n" << "1" << "refused: 'scratch' is a reserved name";
    QTest::newRow("what is no tag") << "FROM golang\n"
                                    << "a b"
                                    << "refused: FROM requires either one or three arguments";
    QTest::newRow("a slash") << "FROM golang\n"
                             << "a/b"
                             << "refused: failed to parse stage name \"golang:a/b\": invalid reference format";
    QTest::newRow("CRLF stays") << "FROM golang:1.22\r\nRUN x\r\n" << "1" << "FROM golang:«1»\r\nRUN x\r\n";
    QTest::newRow("no stage") << "# nothing\n" << "1" << "refused: This stage is no longer there";
}

void FromPartsTest::setsTheTag()
{
    QFETCH(QString, before);
    QFETCH(QString, tag);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    QCOMPARE(shown(*analysis, setTag(*analysis, 0, tag.toStdString())), after);
}

void FromPartsTest::setsTheImage_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("image");
    QTest::addColumn<QString>("after");

    QTest::newRow("the tag stays") << "FROM golang:1.22 AS x\n" << "go" << "FROM «go»:1.22 AS x\n";
    QTest::newRow("a port is part of it") << "FROM reg:5000/golang:1\n" << "reg:6000/go" << "FROM «reg:6000/go»:1\n";
    QTest::newRow("a tag comes along") << "FROM golang:1.22\n" << "go:2" << "FROM «go»:2\n";
    QTest::newRow("a digest is of another image") << "FROM golang:1.22@sha256:ab\n"
                                                  << "go"
                                                  << "refused: The digest sha256:ab says which image it is, whatever "
                                                     "else is written";
    QTest::newRow("a digest gives way to a tag") << "FROM golang@sha256:ab\n" << "go:2" << "FROM «go»:2\n";
    QTest::newRow("a variable's default") << "ARG I=golang\nFROM ${I}:1.22\n" << "go" << "ARG I=«go»\nFROM ${I}:1.22\n";
    QTest::newRow("a registry by a variable") << "ARG R=ghcr.io\nFROM $R/team/app:1\n"
                                              << "quay.io/team/app"
                                              << "ARG R=«quay.io»\nFROM $R/team/app:1\n";
    QTest::newRow("scratch becomes an image") << "FROM scratch\n" << "go:2" << "FROM «go:2»\n";
    QTest::newRow("an image becomes scratch") << "FROM golang:1\n"
                                              << "scratch" << "refused: 'scratch' is a reserved name";
    QTest::newRow("what is no name") << "FROM golang:1.22\n"
                                     << "Go"
                                     << "refused: failed to parse stage name \"Go:1.22\": invalid reference format: "
                                        "repository name (library/Go) must be lowercase";
    QTest::newRow("a name of a stage above") << "FROM golang AS x\nFROM go\n"
                                             << "x"
                                             << "refused: It would be built from the stage \"x\" instead of the image";
}

void FromPartsTest::setsTheImage()
{
    QFETCH(QString, before);
    QFETCH(QString, image);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    const int last = analysis->graph.defaultTarget();
    QCOMPARE(shown(*analysis, setImage(*analysis, last, image.toStdString())), after);
}

void FromPartsTest::setsThePlatform_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("platform");
    QTest::addColumn<QString>("after");

    QTest::newRow("the first one") << "FROM alpine AS x\n"
                                   << "linux/arm64" << "FROM --platform=«linux/arm64» alpine AS x\n";
    QTest::newRow("another") << "FROM --platform=linux/amd64 alpine\n"
                             << "linux/arm/v7"
                             << "FROM --platform=«linux/arm/v7» alpine\n";
    QTest::newRow("the same") << "FROM --platform=linux/amd64 alpine\n"
                              << "linux/amd64"
                              << "FROM --platform=linux/amd64 alpine\n";
    QTest::newRow("a variable") << "FROM alpine\n" << "$BUILDPLATFORM" << "FROM --platform=«$BUILDPLATFORM» alpine\n";
    QTest::newRow("none") << "FROM --platform=linux/amd64 \\\n  alpine\n" << "(none)" << "FROM alpine\n";
    QTest::newRow("what is none") << "FROM alpine\n"
                                  << "linux/a b"
                                  << "refused: failed to parse platform linux/a b: \"a b\" is an invalid "
                                     "component of \"linux/a b\": platform specifier component must match "
                                     "\"^[A-Za-z0-9_.-]+$\": invalid argument";
    QTest::newRow("a variable that is none") << "FROM alpine\n"
                                             << "$PLATFORM"
                                             << "refused: empty platform value from expression $PLATFORM";
    QTest::newRow("empty") << "FROM alpine\n" << "" << "refused: missing a value on flag: --platform";
    QTest::newRow("no stage") << "" << "linux/amd64" << "refused: This stage is no longer there";
}

void FromPartsTest::setsThePlatform()
{
    QFETCH(QString, before);
    QFETCH(QString, platform);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    const auto value = platform == u"(none)" ? std::nullopt : std::optional(platform.toStdString());
    QCOMPARE(shown(*analysis, setPlatform(*analysis, 0, value)), after);
}

void FromPartsTest::offersARemedy_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QString>("mend");
    QTest::addColumn<QString>("after");

    QTest::newRow("without the digest") << "FROM golang:1.22@sha256:ab\n"
                                        << "1.23" << "Take the digest out"
                                        << "FROM golang:«1.23»\n";
    QTest::newRow("without the variable") << "ARG V=1.22\nFROM golang:$V\nFROM go:$V\n"
                                          << "1.23"
                                          << "Write golang:1.23 into this FROM"
                                          << "ARG V=1.22\nFROM «golang:1.23»\nFROM go:$V\n";
}

void FromPartsTest::offersARemedy()
{
    QFETCH(QString, before);
    QFETCH(QString, tag);
    QFETCH(QString, mend);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    const EditOutcome outcome = setTag(*analysis, 0, tag.toStdString());
    QVERIFY(!outcome);
    QCOMPARE(QString::fromStdString(outcome.error().mend), mend);
    QVERIFY(outcome.error().remedy);
    QCOMPARE(shown(*analysis, *outcome.error().remedy), after);
}

QTEST_GUILESS_MAIN(FromPartsTest)
#include "from_parts_test.moc"
