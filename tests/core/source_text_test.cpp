// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/source_text.h"
#include "tests/core/reading.h"

#include <QTest>

using namespace stagelift;
using namespace Qt::StringLiterals;

class SourceTextTest : public QObject {
    Q_OBJECT
private slots:
    void knowsItsLines_data();
    void knowsItsLines();
    void findsTheLineOfAByte_data();
    void findsTheLineOfAByte();
    void answersForWhatIsNotThere();
};

void SourceTextTest::knowsItsLines_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<QString>("ending");

    QTest::newRow("empty") << ""_ba << QStringList{u""_s} << u"\n"_s;
    QTest::newRow("no ending") << "FROM a"_ba << QStringList{u"FROM a"_s} << u"\n"_s;
    QTest::newRow("an ending makes an empty last line") << "a\n"_ba << QStringList{u"a"_s, u""_s} << u"\n"_s;
    QTest::newRow("CRLF") << "a\r\nb\r\n"_ba << QStringList{u"a"_s, u"b"_s, u""_s} << u"\r\n"_s;
    QTest::newRow("mixed: the first counts") << "a\nb\r\nc"_ba << QStringList{u"a"_s, u"b"_s, u"c"_s} << u"\n"_s;
    QTest::newRow("a lone CR is text") << "a\rb\nc"_ba << QStringList{u"a\rb"_s, u"c"_s} << u"\n"_s;
    QTest::newRow("only endings") << "\n\r\n\n"_ba << QStringList{u""_s, u""_s, u""_s, u""_s} << u"\n"_s;
}

void SourceTextTest::knowsItsLines()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, lines);
    QFETCH(QString, ending);

    const SourceText source(text.toStdString());
    QStringList found;
    QByteArray whole;
    for (std::uint32_t line = 1; line <= source.lineCount(); ++line) {
        found << test::shown(source.at(source.lineSpan(line)));
        whole += QByteArray(source.at(source.fullLineSpan(line)));
    }
    QCOMPARE(found, lines);
    QCOMPARE(whole, text); // no byte is lost between the lines
    QCOMPARE(test::shown(source.lineEnding()), ending);
}

void SourceTextTest::findsTheLineOfAByte_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<quint32>("offset");
    QTest::addColumn<quint32>("line");

    QTest::newRow("first byte") << "ab\ncd\n"_ba << 0U << 1U;
    QTest::newRow("the ending belongs to its line") << "ab\ncd\n"_ba << 2U << 1U;
    QTest::newRow("begin of the second") << "ab\ncd\n"_ba << 3U << 2U;
    QTest::newRow("behind the last ending") << "ab\ncd\n"_ba << 6U << 3U;
    QTest::newRow("far behind the end") << "ab\ncd\n"_ba << 600U << 3U;
    QTest::newRow("of nothing") << ""_ba << 0U << 1U;
}

void SourceTextTest::findsTheLineOfAByte()
{
    QFETCH(QByteArray, text);
    QFETCH(quint32, offset);
    QFETCH(quint32, line);
    QCOMPARE(SourceText(text.toStdString()).lineAt(offset), line);
}

void SourceTextTest::answersForWhatIsNotThere()
{
    const SourceText source("ab\n");
    QVERIFY(source.lineSpan(0).empty());
    QVERIFY(source.lineSpan(99).empty());
    QVERIFY(source.at({5, 9}).empty());
    QCOMPARE(test::shown(source.at({1, 99})), u"b\n"_s);
}

QTEST_GUILESS_MAIN(SourceTextTest)
#include "source_text_test.moc"
