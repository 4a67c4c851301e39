// SPDX-License-Identifier: GPL-3.0-or-later
//
// The colours of both themes: lines and marks 3:1 on their grounds, and the hues of stages apart for whoever sees few
// colours.

#include "ui/colour_vision.h"
#include "ui/legibility.h"
#include "ui/theme/theme.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

constexpr double kVisible = 3;      // WCAG 2.1, 1.4.11, of a line or a mark
constexpr double kLeastLighter = 8; // L* of CIELAB, between stages that follow each other
constexpr double kLeastApart = 20;  // CIELAB, between them, however one sees colours
constexpr int kHues = 12;

const Theme& themeOf(bool dark)
{
    return dark ? Theme::darkTheme() : Theme::lightTheme();
}

} // namespace

class ThemeContrastTest : public QObject {
    Q_OBJECT
private slots:
    void linesAndMarks_data();
    void linesAndMarks();
    void huesFollowEachOther_data();
    void huesFollowEachOther();
};

void ThemeContrastTest::linesAndMarks_data()
{
    QTest::addColumn<QColor>("mark");
    QTest::addColumn<QColor>("ground");

    for (const Theme* theme : {&Theme::lightTheme(), &Theme::darkTheme()}) {
        const char* name = theme->dark ? "dark" : "light";
        const auto row = [&](const QString& what, const QColor& mark, const QColor& ground) {
            QTest::addRow("%s: %s", name, qPrintable(what)) << mark << ground;
        };
        const auto onBoth = [&](const QString& what, const QColor& mark) {
            row(what + u" on the canvas"_s, mark, theme->canvas);
            row(what + u" on a node"_s, mark, theme->node);
        };
        row(u"an edge"_s, theme->edge, theme->canvas);
        onBoth(u"what is selected"_s, theme->accent);
        onBoth(u"a broken edge, what failed"_s, theme->error);
        row(u"the target's star"_s, theme->warning, theme->node);
        row(u"what ships"_s, theme->ships, theme->node);
        row(u"what is done"_s, theme->success, theme->node);
        row(u"the mark of an error in the margin"_s, theme->error, theme->palette.color(QPalette::Base));
        row(u"the bar of what is left behind"_s, theme->leftBehind, theme->palette.color(QPalette::Base));
        for (int stage = 0; stage < kHues; ++stage) {
            onBoth(u"the hue of stage %1"_s.arg(stage), theme->stageHue(stage));
            row(u"the bar of stage %1 in the editor's margin"_s.arg(stage), theme->stageHue(stage),
                theme->palette.color(QPalette::Base));
        }
    }
}

void ThemeContrastTest::linesAndMarks()
{
    QFETCH(QColor, mark);
    QFETCH(QColor, ground);
    const double ratio = contrast(mark, ground);
    QVERIFY2(ratio >= kVisible, qPrintable(u"%1 on %2: %3"_s.arg(mark.name(), ground.name()).arg(ratio)));
}

void ThemeContrastTest::huesFollowEachOther_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("stage");
    for (const bool dark : {false, true})
        for (int stage = 0; stage < kHues; ++stage)
            QTest::addRow("%s: stages %d and %d", dark ? "dark" : "light", stage, stage + 1) << dark << stage;
}

void ThemeContrastTest::huesFollowEachOther()
{
    QFETCH(bool, dark);
    QFETCH(int, stage);
    const QColor one = themeOf(dark).stageHue(stage);
    const QColor next = themeOf(dark).stageHue(stage + 1);
    const double lighter = std::abs(cieLab(one).lightness - cieLab(next).lightness);
    QVERIFY2(lighter >= kLeastLighter, qPrintable(QString::number(lighter)));
    for (const ColourVision vision : {ColourVision::Usual, ColourVision::Protanopia, ColourVision::Deuteranopia}) {
        const double apart = distance(cieLab(seenWith(vision, one)), cieLab(seenWith(vision, next)));
        QVERIFY2(apart >= kLeastApart, qPrintable(u"%1 for %2"_s.arg(apart).arg(static_cast<int>(vision))));
    }
}

QTEST_MAIN(ThemeContrastTest)
#include "theme_contrast_test.moc"
