// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which paths a .dockerignore leaves out.

#include "core/checks/ignore_patterns.h"

#include <QTest>

using namespace stagelift;
using namespace Qt::StringLiterals;

class IgnorePatternsTest : public QObject {
    Q_OBJECT
private slots:
    void matchesIgnorePatterns_data();
    void matchesIgnorePatterns();
};

void IgnorePatternsTest::matchesIgnorePatterns_data()
{
    QTest::addColumn<QString>("patterns");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isIgnored");

    const auto row = [](const QString& patterns, const QString& path, bool isIgnored) {
        QTest::addRow("%s on %s", qPrintable(patterns), qPrintable(path)) << patterns << path << isIgnored;
    };
    row(u"a"_s, u"a"_s, true);
    row(u"/a/"_s, u"a"_s, true);
    row(u"a"_s, u"ab"_s, false);
    row(u"a"_s, u"b/a"_s, false);
    row(u"*.md"_s, u"x.md"_s, true);
    row(u"*.md"_s, u"d/x.md"_s, false);
    row(u"**/*.md"_s, u"d/e/x.md"_s, true);
    row(u"**/*.md"_s, u"x.md"_s, true);
    row(u"d/**"_s, u"d/e/f"_s, true);
    row(u"**/node_modules"_s, u"a/node_modules/b"_s, true);
    row(u"**/node_modules"_s, u"a/b/node_modules/c"_s, true);
    row(u"**b"_s, u"a/xb"_s, true);
    row(u"**/b"_s, u"a/xb"_s, false);
    row(u"**b?"_s, u"a/xbc"_s, false);
    row(u"/"_s, u"/a"_s, true);
    row(u"a?c"_s, u"abc"_s, true);
    row(u"a?c"_s, u"a/c"_s, false);
    row(u"[a-c]x"_s, u"bx"_s, true);
    row(u"[^a-c]x"_s, u"bx"_s, false);
    row(u"\\*"_s, u"*"_s, true);
    row(u"\\*"_s, u"a"_s, false);
    QTest::newRow("a path longer than a stack is deep") << u"*b"_s << QString(1'000'000, u'a') << false;
    row(u"a*a*a*a*a*a*a*a*a*b"_s, u"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"_s, false);
}

void IgnorePatternsTest::matchesIgnorePatterns()
{
    QFETCH(QString, patterns);
    QFETCH(QString, path);
    QFETCH(bool, isIgnored);
    const std::string file = patterns.toStdString();
    QCOMPARE(IgnorePatterns(file).matches(path.toStdString()), isIgnored);
}

QTEST_GUILESS_MAIN(IgnorePatternsTest)
#include "ignore_patterns_test.moc"
