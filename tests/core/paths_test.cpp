// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a path tells by its letters.

#include "core/dockerfile/paths.h"

#include <QtTest>

using namespace stagelift;

class PathsTest : public QObject {
    Q_OBJECT

private slots:
    void filesAndFolders_data();
    void filesAndFolders();
};

void PathsTest::filesAndFolders_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isFile");

    QTest::newRow("an ending") << "/app/app.jar" << true;
    QTest::newRow("none") << "/usr/bin/app" << false;
    QTest::newRow("a slash behind it") << "/srv/app.jar/" << false;
    QTest::newRow("one that begins with a dot") << "/root/.config" << false;
    QTest::newRow("the dot of a folder above") << "/etc/conf.d/local" << false;
    QTest::newRow("a dot at the end") << "/app/x." << false;
    QTest::newRow("a folder of pieces") << "/etc/nginx/conf.d" << false;
    QTest::newRow("a folder of pieces that begins with a dot") << "/root/.bashrc.d" << false;
    QTest::newRow("a repository") << "/srv/site.git" << false;
    QTest::newRow("what pip leaves") << "/lib/shop-1.0.dist-info" << false;
    QTest::newRow("a version") << "/usr/lib/python3.13" << false;
    QTest::newRow("a version of three parts") << "/opt/jdk-21.0.5" << false;
    QTest::newRow("a library's version") << "/lib/libssl.so.3" << true;
    QTest::newRow("a library's version of three parts") << "/lib/libz.so.1.3.1" << true;
    QTest::newRow("a page of the manual") << "/usr/share/man/man1/app.1" << true;
    QTest::newRow("an archive") << "/tmp/files.7z" << true;
    QTest::newRow("a project") << "src/Shop.UnitTests" << false;
    QTest::newRow("capitals") << "README.MD" << true;
}

void PathsTest::filesAndFolders()
{
    QFETCH(QString, path);
    QFETCH(bool, isFile);
    QCOMPARE(looksLikeAFile(path.toStdString()), isFile);
}

QTEST_GUILESS_MAIN(PathsTest)
#include "paths_test.moc"
