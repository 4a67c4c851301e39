// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/size_table.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;

namespace {

SizeReport report()
{
    SizeReport report;
    report.file = "Dockerfile";
    report.engine = "docker 26.1.5 (default)";
    report.target = "site";
    report.milliseconds = 1500;
    SizeRow builder{.index = 0,
                    .stage = "bau-über",
                    .from = "golang:1.22",
                    .total = 1'240'000'000,
                    .base = 812'000'000,
                    .own = 428'000'000,
                    .needed = true,
                    .cached = true,
                    .layers = {}};
    builder.layers.push_back({"RUN make", 428'000'000, {3, 4}});
    builder.layers.push_back({"", 0, {}});
    const SizeRow site{.index = 1,
                       .stage = "site",
                       .from = "scratch",
                       .total = 97,
                       .own = 97,
                       .ships = true,
                       .needed = true,
                       .target = true,
                       .milliseconds = 12,
                       .layers = {}};
    const SizeRow lint{
        .index = 2, .stage = "lint", .from = "bau-über", .total = 1'240'000'000, .base = 1'240'000'000, .layers = {}};
    report.rows = {builder, site, lint};
    return report;
}

} // namespace

class SizeTableTest : public QObject {
    Q_OBJECT

private slots:
    void alignsItsColumns();
    void isOneObjectForScripts();
    void saysWhatFailed();
};

void SizeTableTest::alignsItsColumns()
{
    QCOMPARE(QString::fromStdString(sizeTable(report())),
             QStringLiteral("STAGE     FROM           TOTAL     BASE     OWN\n"
                            "bau-über  golang:1.22  1.24 GB   812 MB  428 MB  left behind\n"
                            "site *    scratch         97 B      0 B    97 B  ships\n"
                            "lint      bau-über     1.24 GB  1.24 GB     0 B  not needed\n"));
}

void SizeTableTest::isOneObjectForScripts()
{
    const QByteArray json = QByteArray::fromStdString(sizeJson(report()));
    QCOMPARE(json.count('\n'), 1);
    QVERIFY(json.endsWith('\n'));
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    QCOMPARE(object["target"_L1].toString(), QStringLiteral("site"));
    QCOMPARE(object["milliseconds"_L1].toInteger(), 1500);
    QVERIFY(!object.contains("error"_L1));
    const QJsonObject builder = object["stages"_L1][0].toObject();
    QCOMPARE(builder["name"_L1].toString(), QStringLiteral("bau-über"));
    QCOMPARE(builder["own"_L1].toInteger(), builder["total"_L1].toInteger() - builder["base"_L1].toInteger());
    QVERIFY(builder["cached"_L1].toBool() && builder["needed"_L1].toBool() && !builder["ships"_L1].toBool());
    QCOMPARE(builder["layers"_L1][0]["lines"_L1].toArray(), (QJsonArray{3, 4}));
    QVERIFY(builder["layers"_L1][1]["lines"_L1].isUndefined());
    QVERIFY(object["stages"_L1][1]["ships"_L1].toBool());
}

void SizeTableTest::saysWhatFailed()
{
    SizeReport failed = report();
    failed.rows.clear();
    failed.error = "Line 3, RUN \xff: exit code: 3";
    failed.errorLines = {3, 4};
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(sizeJson(failed))).object();
    QCOMPARE(object["error"_L1]["msg"_L1].toString(), QStringLiteral("Line 3, RUN \uFFFD: exit code: 3"));
    QCOMPARE(object["error"_L1]["lines"_L1].toArray(), (QJsonArray{QJsonArray{3, 4}}));
    QVERIFY(!object.contains("stages"_L1));
}

QTEST_GUILESS_MAIN(SizeTableTest)
#include "size_table_test.moc"
