// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which arguments a build can be given, and which of them decide what stages are built from.

#include "core/stages/build_arguments.h"
#include "tests/core/reading.h"

#include <QTest>

using namespace stagelift;
using namespace stagelift::test;
using namespace Qt::StringLiterals;

class BuildArgumentsTest : public QObject {
    Q_OBJECT
private slots:
    void finds_data();
    void finds();
    void findsWhatAGivenValueBringsIn();
};

namespace {

/// "NAME=value@line", with a star where it decides what a stage is built from.
QString listed(const QByteArray& text, const BuildOptions& options = {})
{
    const Reading reading(text);
    QStringList list;
    for (const BuildArgument& argument : buildArgumentsOf(reading.dockerfile, options))
        list += u"%1%2=%3@%4"_s.arg(argument.routes ? u"*"_s : QString(), shown(argument.name), shown(argument.value))
                    .arg(argument.line);
    return list.join(u' ');
}

} // namespace

void BuildArgumentsTest::finds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("found");

    const auto row = [](const char* name, const char* text, const QString& found) {
        QTest::newRow(name) << QByteArray(text) << found;
    };
    row("none", "FROM a\n", {});
    row("of a base", "ARG BASE=alpine:3\nFROM ${BASE}\n", u"*BASE=alpine:3@1"_s);
    row("without a default", "ARG BASE\nFROM ${BASE:-alpine}\n", u"*BASE=@1"_s);
    row("in a default", "ARG TAG=3\nARG BASE=alpine:$TAG\nFROM $BASE\n", u"*TAG=3@1 *BASE=alpine:3@2"_s);
    row("of a platform", "ARG P=linux/arm64\nFROM --platform=$P a\n", u"*P=linux/arm64@1"_s);
    row("of BuildKit", "FROM build-$TARGETARCH\n", u"*TARGETARCH=amd64@0"_s);
    row("of BuildKit, declared", "FROM a\nARG TARGETARCH\nFROM b-$TARGETARCH\n", u"*TARGETARCH=amd64@2"_s);
    row("of a stage", "FROM a\nARG V=1\nRUN echo $V\n", u"V=1@2"_s);
    row("of FROM ahead of others", "ARG V=1\nARG BASE=a\nFROM $BASE\nARG V\nARG W\n", u"*BASE=a@2 V=1@1 W=@5"_s);
    row("declared behind FROM, so not its own", "FROM a:${T:-1}\nARG T=2\n", u"T=2@2"_s);
    row("several in a line", "ARG A=1 B=2\nFROM $B\n", u"*B=2@1 A=1@1"_s);
    row("in quotes", "ARG BASE=\"alpine:3\"\nFROM $BASE\n", u"*BASE=alpine:3@1"_s);
}

void BuildArgumentsTest::finds()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, found);
    QCOMPARE(listed(text), found);
}

void BuildArgumentsTest::findsWhatAGivenValueBringsIn()
{
    const QByteArray text("ARG A=x\nARG B=y\nFROM ${A:+a-$B}${A:-c}\n");
    BuildOptions options;
    options.buildArgs = {{"A", "z"}};
    QCOMPARE(listed(text, options), u"*A=x@1 *B=y@2"_s); // the values stay those without --build-arg
}

QTEST_MAIN(BuildArgumentsTest)
#include "build_arguments_test.moc"
