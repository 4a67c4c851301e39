// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is remembered between two starts, and what is not.

#include "ui/window/settings.h"

#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

BuildChoices inContext(const QString& folder)
{
    BuildChoices choices;
    choices.context = folder;
    return choices;
}

} // namespace

class WindowSettingsTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void remembersTheTheme();
    void remembersTheLegend();
    void remembersWhatIsNotWanted();
    void keepsRecentFilesShort();
    void remembersTheSession();
    void remembersBuildChoicesByFile();
    void forgetsSecrets();
    void remembersOnlyWhereSecretsComeFrom();
    void readsNoSecretThatAHandWrote();
    void remembersToBuildOnSave();
    void forgetsOldFiles();
    void writesNothingWhenForgetful();
    void standsABrokenFile();

private:
    [[nodiscard]] Settings settings() const { return Settings::inFile(m_folder.filePath(u"settings.ini"_s)); }
    QTemporaryDir m_folder;
};

void WindowSettingsTest::init()
{
    QFile::remove(m_folder.filePath(u"settings.ini"_s));
}

void WindowSettingsTest::remembersTheTheme()
{
    QCOMPARE(settings().theme(), ThemeChoice::System);
    for (const ThemeChoice choice : {ThemeChoice::Dark, ThemeChoice::Light, ThemeChoice::System}) {
        settings().setTheme(choice);
        QCOMPARE(settings().theme(), choice);
    }
}

void WindowSettingsTest::remembersTheLegend()
{
    QVERIFY(!settings().legend());
    settings().setLegend(true);
    QVERIFY(settings().legend());
}

void WindowSettingsTest::remembersWhatIsNotWanted()
{
    QVERIFY(settings().notifiesAtEnd());
    settings().setNotifiesAtEnd(false);
    QVERIFY(!settings().notifiesAtEnd());
}

void WindowSettingsTest::keepsRecentFilesShort()
{
    for (int i = 0; i < Settings::kMaxRecentFiles + 5; ++i)
        settings().addRecentFile(u"/src/%1/Dockerfile"_s.arg(i));
    settings().addRecentFile(u"/src/10/Dockerfile"_s);
    const QStringList files = settings().recentFiles();
    QCOMPARE(files.size(), Settings::kMaxRecentFiles);
    QCOMPARE(files[0], u"/src/10/Dockerfile"_s);
    QCOMPARE(files[1], u"/src/16/Dockerfile"_s);
    QCOMPARE(files.count(u"/src/10/Dockerfile"_s), 1);
    settings().clearRecentFiles();
    QCOMPARE(settings().recentFiles(), QStringList());
}

void WindowSettingsTest::remembersTheSession()
{
    settings().setSession({.files = {u"/a"_s, u"/b, with a comma"_s}, .current = 1});
    const Session session = settings().session();
    QCOMPARE(session.files, (QStringList{u"/a"_s, u"/b, with a comma"_s}));
    QCOMPARE(session.current, 1);
}

void WindowSettingsTest::remembersBuildChoicesByFile()
{
    BuildChoices choices;
    choices.buildArgs = {{u"V"_s, u"a=b, \"c\" ü"_s}};
    choices.context = u"/src"_s;
    choices.tags = QStringList{u"x:1"_s};
    choices.platform = u"linux/arm64"_s;
    choices.alsoTargets = QStringList{u"web"_s, u"stage 2"_s};
    choices.allStages = true;
    choices.noCache = true;
    choices.extras.pull = true;
    choices.extras.network = BuildNetwork::None;
    choices.extras.contexts = {{u"assets"_s, u"../a s=s"_s}};
    choices.extras.secrets = {{u"npm"_s, u"~/.npmrc"_s, {}}, {u"key"_s, {}, u"API_KEY"_s}};
    choices.extras.ssh = {{u"default"_s, {}}, {u"git"_s, u"id"_s}};
    choices.extras.cacheFrom = QStringList{u"r/a"_s, u"type=local,src=c"_s};
    choices.extras.cacheTo = QStringList{u"type=inline"_s};
    settings().setBuildChoices(u"/src/Dockerfile"_s, choices);
    settings().setBuildChoices(u"/src/other"_s, inContext(u"/"_s));
    QVERIFY(settings().buildChoices(u"/src/Dockerfile"_s) == choices);
    QCOMPARE(settings().buildChoices(u"/src/other"_s).context, u"/"_s);
    QVERIFY(settings().buildChoices(u"/src/third"_s) == BuildChoices{});
}

void WindowSettingsTest::forgetsSecrets()
{
    BuildChoices choices;
    choices.buildArgs = {{u"NPM_TOKEN"_s, u"t0ps3cret"_s}, {u"V"_s, u"1"_s}};
    settings().setBuildChoices(u"/src/Dockerfile"_s, choices);
    QCOMPARE(settings().buildChoices(u"/src/Dockerfile"_s).buildArgs,
             (QList<QPair<QString, QString>>{{u"V"_s, u"1"_s}}));
    QFile file(m_folder.filePath(u"settings.ini"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("t0ps3cret"));
}

void WindowSettingsTest::remembersOnlyWhereSecretsComeFrom()
{
    qputenv("STAGELIFT_TEST_SECRET", "t0ps3cret");
    BuildChoices choices;
    choices.extras.secrets = {{u"key"_s, {}, u"STAGELIFT_TEST_SECRET"_s}};
    choices.extras.contexts = {{u"a"_s, u"https://me:t0ps3cret@example.org/a.git"_s}, {u"b"_s, u"../b"_s}};
    settings().setBuildChoices(u"/src/Dockerfile"_s, choices);
    const BuildExtras kept = settings().buildChoices(u"/src/Dockerfile"_s).extras;
    QCOMPARE(allWritten(kept.secrets), QStringList{u"id=key,env=STAGELIFT_TEST_SECRET"_s});
    QCOMPARE(allWritten(kept.contexts), QStringList{u"b=../b"_s});
    QFile file(m_folder.filePath(u"settings.ini"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("t0ps3cret"));
    qunsetenv("STAGELIFT_TEST_SECRET");
}

void WindowSettingsTest::readsNoSecretThatAHandWrote()
{
    QSettings(m_folder.filePath(u"settings.ini"_s), QSettings::IniFormat)
        .setValue(u"build/choices"_s, uR"([{"file":"/src/Dockerfile","more":{"network":"bridge","pull":7,)"
                                      uR"("secrets":["id=a,value=t0ps3cret","id=b,src=c"],"ssh":"default"}}])"_s);
    const BuildExtras read = settings().buildChoices(u"/src/Dockerfile"_s).extras;
    QCOMPARE(allWritten(read.secrets), QStringList{u"id=b,src=c"_s});
    QCOMPARE(read.network, BuildNetwork::Default);
    QVERIFY(read.ssh.isEmpty());
}

void WindowSettingsTest::remembersToBuildOnSave()
{
    QVERIFY(!settings().buildOnSave());
    settings().setBuildOnSave(true);
    QVERIFY(settings().buildOnSave());
}

void WindowSettingsTest::forgetsOldFiles()
{
    Settings store = settings();
    for (int i = 0; i <= Settings::kMaxFilesWithChoices; ++i)
        store.setBuildChoices(u"/src/%1"_s.arg(i), inContext(u"/"_s));
    QCOMPARE(store.buildChoices(u"/src/0"_s).context, QString());
    QCOMPARE(store.buildChoices(u"/src/1"_s).context, u"/"_s);
}

void WindowSettingsTest::writesNothingWhenForgetful()
{
    Settings store = Settings::forgetful();
    store.setTheme(ThemeChoice::Dark);
    store.addRecentFile(u"/a"_s);
    QCOMPARE(store.theme(), ThemeChoice::System);
    QCOMPARE(store.recentFiles(), QStringList());
}

void WindowSettingsTest::standsABrokenFile()
{
    QFile file(m_folder.filePath(u"settings.ini"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[build]\nchoices=[{\"file\": 7\n[window\ntheme=purple\n\x00\xff");
    file.close();
    QVERIFY(settings().buildChoices(u"/src/Dockerfile"_s) == BuildChoices{});
    QCOMPARE(settings().theme(), ThemeChoice::System);
    settings().setTheme(ThemeChoice::Dark);
    QCOMPARE(settings().theme(), ThemeChoice::Dark);
}

QTEST_GUILESS_MAIN(WindowSettingsTest)
#include "window_settings_test.moc"
