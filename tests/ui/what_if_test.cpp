// SPDX-License-Identifier: GPL-3.0-or-later
//
// Build arguments that are tried in the inspector: the diagram takes another shape, the strip above it says so, and
// the builds of the file are given them.

#include "ui/diagram/diagram_view.h"
#include "ui/diagram/picture.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/property_field.h"
#include "ui/inspector/what_if_strip.h"
#include "ui/window_fixture.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

constexpr auto kBase = "ARG BASE=build\n"
                       "ARG UNUSED=1\n"
                       "FROM golang:1.25 AS build\n"
                       "ARG VERSION=3\n"
                       "FROM ${BASE}\n"
                       "RUN true\n";

class Trial : public Desk {
public:
    explicit Trial(const char* text = kBase)
    {
        open(u"Dockerfile"_s, text);
        tab().showInspector(true);
        isOpen = QTest::qWaitFor([this] { return !tab().diagram().picture().nodes.empty(); });
    }

    PropertyField* argument(const QString& name) { return tab().inspector().arguments().field(name); }

    void type(const QString& name, const QString& value)
    {
        QLineEdit& line = argument(name)->line();
        line.setFocus();
        line.selectAll();
        QTest::keyClick(&line, Qt::Key_Backspace);
        QTest::keyClicks(&line, value);
    }

    /// What the last stage is built from, as the diagram draws it.
    QString base()
    {
        const AnalysisPtr& drawn = tab().diagram().picture().analysis;
        return QString::fromStdString(drawn->graph.label(drawn->graph.stages.back().base));
    }

    bool isOpen = false;
};

} // namespace

class WhatIfTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { holdStill(); }
    void offersWhatRoutes();
    void reroutesWhileOneTypes();
    void escTakesItBack();
    void enterCountsAtOnce();
    void isGivenToBuilds();
    void resetsAll();
    void theStripResetsWhatItShows();
    void keepsWhatOneTypes();
    void triesAPlatform();
    void isRemembered();
};

void WhatIfTest::offersWhatRoutes()
{
    Trial trial;
    QVERIFY(trial.isOpen);
    QCOMPARE(trial.argument(u"BASE"_s)->line().placeholderText(), u"build"_s);
    QTRY_VERIFY(trial.argument(u"BASE"_s)->isVisible());
    QVERIFY2(!trial.argument(u"VERSION"_s)->isVisible(), "no FROM depends on it: it is under the fold");
    QVERIFY(!trial.argument(u"UNUSED"_s)->isVisible());
    QTest::mouseClick(&trial.tab().inspector().arguments().moreButton(), Qt::LeftButton);
    QTRY_VERIFY(trial.argument(u"VERSION"_s)->isVisible());
    QVERIFY(!trial.argument(u"NONE"_s));
    QCOMPARE(trial.tab().whatIf().text(), QString());
}

void WhatIfTest::reroutesWhileOneTypes()
{
    Trial trial;
    QCOMPARE(trial.base(), u"build"_s);
    trial.type(u"BASE"_s, u"alpine:3.20"_s);
    QTRY_COMPARE(trial.base(), u"alpine:3.20"_s);
    QCOMPARE(trial.tab().whatIf().text(), u"What if BASE=alpine:3.20"_s);
    QVERIFY(trial.argument(u"BASE"_s)->line().hasFocus());
    QCOMPARE(trial.text(), std::string(kBase));
    QVERIFY2(!trial.tab().document().isModified(), "the text is as it was");
    trial.type(u"BASE"_s, u""_s);
    QTRY_COMPARE(trial.base(), u"build"_s);
    QCOMPARE(trial.tab().whatIf().text(), QString());
}

void WhatIfTest::escTakesItBack()
{
    Trial trial;
    trial.type(u"BASE"_s, u"debian"_s);
    QTRY_COMPARE(trial.base(), u"debian"_s);
    QTest::keyClick(&trial.argument(u"BASE"_s)->line(), Qt::Key_Escape);
    QTRY_COMPARE(trial.base(), u"build"_s);
    QCOMPARE(trial.argument(u"BASE"_s)->text(), QString());
}

void WhatIfTest::enterCountsAtOnce()
{
    Trial trial;
    trial.type(u"BASE"_s, u"debian"_s);
    QTest::keyClick(&trial.argument(u"BASE"_s)->line(), Qt::Key_Return);
    QCOMPARE(trial.tab().choices().buildArgs.value(0), (QPair<QString, QString>(u"BASE"_s, u"debian"_s)));
}

void WhatIfTest::isGivenToBuilds()
{
    Trial trial;
    trial.type(u"BASE"_s, u"alpine"_s);
    QTRY_COMPARE(trial.tab().choices().buildArgs.size(), 1);
    QTRY_COMPARE(trial.tab().choices().buildArgs.first(), (QPair<QString, QString>(u"BASE"_s, u"alpine"_s)));
    // And the other way round: what the form of the builds sets is tried here.
    BuildChoices choices = trial.tab().choices();
    choices.buildArgs = {{u"BASE"_s, u"debian:13"_s}, {u"VERSION"_s, u"4"_s}};
    trial.tab().inspector().setFocus();
    trial.tab().setChoices(choices);
    QCOMPARE(trial.argument(u"BASE"_s)->text(), u"debian:13"_s);
    QCOMPARE(trial.tab().whatIf().text(), u"What if BASE=debian:13"_s);
}

void WhatIfTest::resetsAll()
{
    Trial trial;
    BuildChoices choices;
    choices.buildArgs = {{u"BASE"_s, u"debian:13"_s}, {u"VERSION"_s, u"4"_s}, {u"HTTP_PROXY"_s, u"http://proxy"_s}};
    trial.tab().setChoices(choices);
    QTRY_COMPARE(trial.base(), u"debian:13"_s);
    QTest::mouseClick(&trial.tab().inspector().arguments().resetButton(), Qt::LeftButton);
    QTRY_COMPARE(trial.base(), u"build"_s);
    QCOMPARE(trial.tab().choices().buildArgs.size(), 1); // what the file does not declare is none of its arguments
    QCOMPARE(trial.tab().choices().buildArgs.first().first, u"HTTP_PROXY"_s);
    QVERIFY(!trial.tab().inspector().arguments().resetButton().isVisible());
}

void WhatIfTest::theStripResetsWhatItShows()
{
    Trial trial;
    BuildChoices choices;
    choices.buildArgs = {{u"BASE"_s, u"debian:13"_s}, {u"VERSION"_s, u"4"_s}};
    trial.tab().setChoices(choices);
    QTRY_VERIFY(trial.tab().whatIf().isVisible());
    QTest::mouseClick(&trial.tab().whatIf().resetButton(), Qt::LeftButton);
    QTRY_COMPARE(trial.base(), u"build"_s);
    QVERIFY(!trial.tab().whatIf().isVisible());
    QCOMPARE(trial.tab().choices().buildArgs, (QList<QPair<QString, QString>>{{u"VERSION"_s, u"4"_s}}));
}

void WhatIfTest::keepsWhatOneTypes()
{
    Trial trial;
    trial.type(u"BASE"_s, u"alp"_s);
    trial.tab().editor().insertAt(u"# a comment\n"_s, 0, 0); // another analysis, while one types
    QTRY_COMPARE(trial.base(), u"alp"_s);
    QTest::keyClicks(&trial.argument(u"BASE"_s)->line(), u"ine"_s);
    QTRY_COMPARE(trial.base(), u"alpine"_s);
}

void WhatIfTest::triesAPlatform()
{
    Trial trial("FROM a AS build-amd64\nFROM b AS build-arm64\nFROM build-$TARGETARCH\n");
    QCOMPARE(trial.base(), u"build-amd64"_s);
    QCOMPARE(trial.argument(u"TARGETARCH"_s)->line().placeholderText(), u"amd64"_s);
    trial.type(u"TARGETARCH"_s, u"arm64"_s);
    QTRY_COMPARE(trial.base(), u"build-arm64"_s);
}

void WhatIfTest::isRemembered()
{
    Trial trial;
    QSignalSpy spy(&trial.tab(), &DocumentTab::argumentsChanged);
    trial.type(u"BASE"_s, u"alpine"_s);
    QTRY_COMPARE(spy.count(), 1);
    QTest::mouseClick(&trial.tab().whatIf().resetButton(), Qt::LeftButton);
    QCOMPARE(spy.count(), 2);
}

QTEST_MAIN(WhatIfTest)
#include "what_if_test.moc"
