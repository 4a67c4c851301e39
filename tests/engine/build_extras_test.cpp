// SPDX-License-Identifier: GPL-3.0-or-later
//
// How further options of a build are written and read, and what is refused before any engine is asked.

#include "engine/engine_fixture.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

class BuildExtrasTest : public QObject {
    Q_OBJECT

private slots:
    void readsWhatIsWritten_data();
    void readsWhatIsWritten();
    void takesPathsFromAFolder_data();
    void takesPathsFromAFolder();
    void refusesWhatIsNotThere_data();
    void refusesWhatIsNotThere();
    void knowsWhatMustNotBeSeen_data();
    void knowsWhatMustNotBeSeen();
};

namespace {

/// What an option is read as, written again; or the sentence.
QString readAgain(const QString& option, const QString& text)
{
    const auto told = [](const auto& read) { return read ? written(*read) : read.error(); };
    if (option == "context"_L1)
        return told(namedContextFrom(text));
    if (option == "secret"_L1)
        return told(secretFrom(text));
    if (option == "ssh"_L1)
        return told(sshFrom(text));
    if (option == "network"_L1) {
        const auto network = networkFrom(text);
        return network ? networkWord(*network) : network.error();
    }
    const auto cache = cacheFrom(text);
    return cache ? *cache : cache.error();
}

BuildExtras withContext(const QString& value)
{
    BuildExtras extras;
    extras.contexts = {{u"a"_s, value}};
    return extras;
}

BuildExtras withSecret(const QString& file, const QString& variable)
{
    BuildExtras extras;
    extras.secrets = {{u"a"_s, file, variable}};
    return extras;
}

BuildExtras withSsh(const QString& id, const QString& path)
{
    BuildExtras extras;
    extras.ssh = {{id, path}};
    return extras;
}

} // namespace

void BuildExtrasTest::readsWhatIsWritten_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("read");

    const auto row = [](const char* option, const QString& text, const QString& read) {
        QTest::addRow("%s %s", option, qPrintable(text)) << QString::fromLatin1(option) << text << read;
    };
    const QString context = u"A named context is NAME=FOLDER, NAME=docker-image://IMAGE or NAME=URL, not \"%1\"."_s;
    const QString secret =
        u"A secret is id=NAME,src=FILE or id=NAME,env=VARIABLE: where it comes from, never what it is."_s;
    const QString ssh = u"SSH is default, for the agent, or ID=PATH, for a key or a socket, not \"%1\"."_s;
    row("context", u"assets=../assets"_s, u"assets=../assets"_s);
    row("context", u" base = docker-image://a:1?x=y "_s, u"base=docker-image://a:1?x=y"_s);
    row("context", u"assets"_s, context.arg(u"assets"_s));
    row("context", u"=x"_s, context.arg(u"=x"_s));
    row("secret", u"id=npm,src=.npmrc"_s, u"id=npm,src=.npmrc"_s);
    row("secret", u"src=.npmrc,id=npm"_s, u"id=npm,src=.npmrc"_s);
    row("secret", u"type=file,id=npm,source=/a b"_s, u"id=npm,src=/a b"_s);
    row("secret", u"id=key,env=API_KEY"_s, u"id=key,env=API_KEY"_s);
    for (const QString& refused : {u"id=npm"_s, u"hunter2"_s, u"id=npm,value=hunter2"_s, u"id=npm,src="_s,
                                   u"id=npm,src=a,env=B"_s, u"id=npm,src=a,b"_s, u"src=a"_s, u"id=npm,hunter2"_s})
        row("secret", refused, secret);
    row("ssh", u"default"_s, u"default"_s);
    row("ssh", u"git=~/.ssh/id"_s, u"git=~/.ssh/id"_s);
    row("ssh", u"git"_s, ssh.arg(u"git"_s));
    row("ssh", u"default="_s, ssh.arg(u"default="_s));
    row("network", u"none"_s, u"none"_s);
    row("network", u"default"_s, u"default"_s);
    row("network", u"bridge"_s, u"The network is default, none or host, not \"bridge\"."_s);
    row("cache", u"r/app"_s, u"r/app"_s);
    row("cache", u"type=registry,ref=r/app,mode=max"_s, u"type=registry,ref=r/app,mode=max"_s);
    row("cache", u"type=s3,secret_access_key=hunter2"_s,
        u"A cache takes its credentials from the environment: secret_access_key has no place here."_s);
}

void BuildExtrasTest::readsWhatIsWritten()
{
    QFETCH(QString, option);
    QFETCH(QString, text);
    QFETCH(QString, read);
    QCOMPARE(readAgain(option, text), read);
}

void BuildExtrasTest::takesPathsFromAFolder_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("taken");

    const QString home = QDir::homePath();
    QTest::newRow("beside") << u"assets"_s << u"/src/app/assets"_s;
    QTest::newRow("above") << u"../assets"_s << u"/src/assets"_s;
    QTest::newRow("the folder itself") << u"."_s << u"/src/app"_s;
    QTest::newRow("absolute") << u"/assets/"_s << u"/assets"_s;
    QTest::newRow("at home") << u"~/assets"_s << home + u"/assets"_s;
    QTest::newRow("an image") << u"docker-image://a"_s << u"docker-image://a"_s;
    QTest::newRow("a URL") << u"https://a/b.git#c"_s << u"https://a/b.git#c"_s;
    QTest::newRow("a repository") << u"git@a:b"_s << u"git@a:b"_s;
}

void BuildExtrasTest::takesPathsFromAFolder()
{
    QFETCH(QString, given);
    QFETCH(QString, taken);

    BuildExtras extras;
    extras.contexts = {{u"a"_s, given}};
    QCOMPARE(resolved(extras, u"/src/app"_s).contexts.constFirst().value, taken);
    if (given.contains(u':'))
        return;
    extras.secrets = {{u"a"_s, given, {}}, {u"b"_s, {}, u"V"_s}};
    extras.ssh = {{u"default"_s, {}}, {u"a"_s, given}};
    extras.cacheFrom = QStringList{u"type=local,src="_s + given, u"r/app"_s};
    extras.cacheTo = QStringList{u"type=local,mode=max,dest="_s + given, u"type=registry,ref="_s + given};
    const BuildExtras now = resolved(extras, u"/src/app"_s);
    QCOMPARE(allWritten(now.secrets), (QStringList{u"id=a,src="_s + taken, u"id=b,env=V"_s}));
    QCOMPARE(allWritten(now.ssh), (QStringList{u"default"_s, u"a="_s + taken}));
    QCOMPARE(now.cacheFrom, (QStringList{u"type=local,src="_s + taken, u"r/app"_s}));
    QCOMPARE(now.cacheTo, (QStringList{u"type=local,mode=max,dest="_s + taken, u"type=registry,ref="_s + given}));
}

void BuildExtrasTest::refusesWhatIsNotThere_data()
{
    QTest::addColumn<BuildExtras>("extras");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("nothing") << BuildExtras{} << QString();
    QTest::newRow("a context") << withContext(u"/no/such"_s) << u"The named context a is no folder: /no/such."_s;
    QTest::newRow("a context elsewhere") << withContext(u"https://no.such"_s) << QString();
    QTest::newRow("a secret's file") << withSecret(u"/no/such"_s, {})
                                     << u"The secret a can't be read: there is no file /no/such."_s;
    QTest::newRow("a secret's variable") << withSecret({}, u"NO_SUCH"_s)
                                         << u"The secret a can't be read: the environment has no variable NO_SUCH."_s;
    QTest::newRow("an agent") << withSsh(u"default"_s, {})
                              << u"There is no SSH agent to forward: the environment has no variable SSH_AUTH_SOCK."_s;
    QTest::newRow("a key") << withSsh(u"a"_s, u"/no/such"_s) << u"The SSH key or socket a is not there: /no/such."_s;
}

void BuildExtrasTest::refusesWhatIsNotThere()
{
    QFETCH(BuildExtras, extras);
    QFETCH(QString, sentence);
    qunsetenv("SSH_AUTH_SOCK");
    QCOMPARE(refusalOf(extras, {}), sentence);
}

void BuildExtrasTest::knowsWhatMustNotBeSeen_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("hidden");

    QTest::newRow("one line") << QByteArray("hunter2\n") << QStringList{u"hunter2"_s};
    QTest::newRow("so short that it would blot out half of a log") << QByteArray("on\n") << QStringList{};
    QTest::newRow("several lines") << QByteArray("[default]\r\n  key = hunter2\n}\n")
                                   << QStringList{u"[default]"_s, u"key = hunter2"_s};
    QTest::newRow("nothing") << QByteArray() << QStringList{};
}

void BuildExtrasTest::knowsWhatMustNotBeSeen()
{
    QFETCH(QByteArray, content);
    QFETCH(QStringList, hidden);

    const QTemporaryDir folder;
    const QString file = folder.filePath(u"secret"_s);
    writeFile(file, content);
    QCOMPARE(contentsOf({{u"a"_s, file, {}}}), hidden);
    qputenv("STAGELIFT_TEST_SECRET", content);
    QCOMPARE(contentsOf({{u"a"_s, {}, u"STAGELIFT_TEST_SECRET"_s}}), hidden);
    qunsetenv("STAGELIFT_TEST_SECRET");
}

QTEST_GUILESS_MAIN(BuildExtrasTest)
#include "build_extras_test.moc"
