// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/log_text.h"
#include "core/engine/secrets.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;

class LogTextTest : public QObject {
    Q_OBJECT

private slots:
    void isSafeToShow_data();
    void isSafeToShow();
    void knowsSecretsByName_data();
    void knowsSecretsByName();
    void hidesSecrets_data();
    void hidesSecrets();
};

void LogTextTest::isSafeToShow_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");

    QTest::newRow("plain") << QByteArray("hello\tyou\n") << u"hello\tyou\n"_s;
    QTest::newRow("colours stay") << QByteArray("\x1b[1;31mred\x1b[0m\n") << u"\x1b[1;31mred\x1b[0m\n"_s;
    QTest::newRow("what only looks like a colour")
        << QByteArray("\x1b[>4;2mA\x1b[?4mB\x1b[1 mC") << u"ABC"_s; // xterm's settings
    QTest::newRow("a cleared screen and a moved cursor") << QByteArray("a\x1b[2J\x1b[10;20Hb") << u"ab"_s;
    QTest::newRow("a window title") << QByteArray("\x1b]0;owned\x07ok") << u"ok"_s;
    QTest::newRow("a link") << QByteArray("\x1b]8;;http://x\x1b\\text\x1b]8;;\x1b\\") << u"text"_s;
    QTest::newRow("a character set") << QByteArray("\x1b(Bok") << u"ok"_s;
    QTest::newRow("a bell, a backspace, a NUL") << QByteArray("a\x07"
                                                              "b\x08"
                                                              "c\0d",
                                                              7)
                                                << u"abcd"_s;
    QTest::newRow("CRLF") << QByteArray("a\r\nb\r\n") << u"a\nb\n"_s;
    QTest::newRow("a progress bar") << QByteArray("10%\r20%\r\n") << u"10%\r20%\n"_s;
    QTest::newRow("a progress bar that clears its line")
        << QByteArray("10%\x1b[2K\x1b[1G20%\r\x1b[K30%\n") << u"10%\r20%\r30%\n"_s;
    QTest::newRow("a terminal's two returns") << QByteArray("a\r\r\nb") << u"a\nb"_s;
    QTest::newRow("a title that never ends") << QByteArray("\x1b]0;title\nnext") << u"\nnext"_s;
    QTest::newRow("a string broken off by another sequence") << QByteArray("\x1b]0;t\x1b[2Jok") << u"ok"_s;
    QTest::newRow("sequences of one character") << QByteArray("\xc2\x9b\x31\x4a"
                                                              "a\xc2\x9d"
                                                              "title\xc2\x9c"
                                                              "b")
                                                << u"ab"_s;
    QTest::newRow("a sequence that is cancelled") << QByteArray("\x1b[31\x18ok") << u"ok"_s;
    QTest::newRow("a sequence broken off by a line's end") << QByteArray("\x1b[31\nnext") << u"\nnext"_s;
    QTest::newRow("characters of two, three and four bytes") << QByteArray("ü€𝄞\n") << u"ü€𝄞\n"_s;
    QTest::newRow("the begin of a character, and it is none")
        << QByteArray("a\xd0R\xe2\x82R\xf0\x9f\x92\xe2\n") << u"a\uFFFDR\uFFFD\uFFFDR\uFFFD\uFFFD\uFFFD\uFFFD\n"_s;
    QTest::newRow("no UTF-8") << QByteArray("a\xff"
                                            "b")
                              << u"a\uFFFDb"_s;
}

void LogTextTest::isSafeToShow()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);

    LogText whole;
    QCOMPARE(whole.feed(bytes), text);
    for (qsizetype cut = 1; cut < bytes.size(); ++cut) {
        LogText twice;
        const QString first = twice.feed(QByteArrayView(bytes).first(cut));
        QVERIFY(!first.endsWith(u'\uFFFD') || text.contains(u'\uFFFD'));
        QCOMPARE(first + twice.feed(QByteArrayView(bytes).sliced(cut)), text);
    }
}

void LogTextTest::knowsSecretsByName_data()
{
    QTest::addColumn<bool>("secret");

    for (const char* name : {"TOKEN", "GITHUB_TOKEN", "db_password", "AWS_SECRET_ACCESS_KEY", "apikey", "NPM_AUTH"})
        QTest::newRow(name) << true;
    for (const char* name : {"VERSION", "PUBLIC_KEY", "KEYBOARD", "TOKENIZER", "AUTHOR"})
        QTest::newRow(name) << false;
}

void LogTextTest::knowsSecretsByName()
{
    QFETCH(bool, secret);
    QCOMPARE(looksSecret(QString::fromLatin1(QTest::currentDataTag())), secret);
}

void LogTextTest::hidesSecrets_data()
{
    QTest::addColumn<QStringList>("secrets");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");

    QTest::newRow("none") << QStringList{} << u"hunter2"_s << u"hunter2"_s;
    QTest::newRow("in a line") << QStringList{u"hunter2"_s} << u"pw=hunter2;\n"_s << u"pw=****;\n"_s;
    QTest::newRow("twice") << QStringList{u"hunter2"_s} << u"hunter2hunter2"_s << u"********"_s;
    QTest::newRow("a beginning that is none") << QStringList{u"hunter2"_s} << u"hunter"_s << u"hunter"_s;
    QTest::newRow("one inside another") << QStringList{u"abc"_s, u"xabcx"_s} << u"xabcx abc"_s << u"**** ****"_s;
    QTest::newRow("one that repeats its own beginning") << QStringList{u"aab"_s} << u"aaab"_s << u"a****"_s;
    QTest::newRow("empty") << QStringList{QString()} << u"text"_s << u"text"_s;
    QTest::newRow("painted") << QStringList{u"hunter2"_s} << u"\x1b[31mhunter2\x1b[0m!"_s << u"\x1b[31m****\x1b[0m!"_s;
    QTest::newRow("painted in the middle, as by grep")
        << QStringList{u"hunter2"_s} << u"<hun\x1b[31mter\x1b[0m2>"_s << u"<****\x1b[31m\x1b[0m>"_s;
    QTest::newRow("painted, and none") << QStringList{u"hunter2"_s} << u"hun\x1b[31mter"_s << u"hun\x1b[31mter"_s;
}

void LogTextTest::hidesSecrets()
{
    QFETCH(QStringList, secrets);
    QFETCH(QString, text);
    QFETCH(QString, shown);

    QCOMPARE(Redactor(secrets).clean(text), shown);
    for (qsizetype cut = 0; cut <= text.size(); ++cut) {
        if (const qsizetype escape = text.lastIndexOf(u'\x1b', cut - 1);
            cut > 0 && escape >= 0 && text.indexOf(u'm', escape) >= cut)
            continue; // LogText gives whole sequences
        Redactor redactor(secrets);
        QString parts = redactor.feed(text.first(cut));
        parts += redactor.feed(text.sliced(cut));
        parts += redactor.flush();
        QCOMPARE(parts, shown);
    }
}

QTEST_GUILESS_MAIN(LogTextTest)
#include "log_text_test.moc"
