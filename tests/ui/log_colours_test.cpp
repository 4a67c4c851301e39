// SPDX-License-Identifier: GPL-3.0-or-later
//
// The colours of programs in a terminal can be read in both themes, 4.5:1, on our ground and on theirs.

#include "ui/build/log_colours.h"
#include "ui/contrast.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

class LogColoursTest : public QObject {
    Q_OBJECT
private slots:
    void canBeRead_data();
    void canBeRead();
    void keepsHues();
    void showsEveryStyle();
};

namespace {

constexpr int kIndexed = 256;
constexpr double kRounded = 0.01; // a colour has 256 steps

LogColour indexed(int index)
{
    return {.kind = LogColour::Kind::Indexed, .value = static_cast<quint32>(index)};
}

QColor groundOf(const QTextCharFormat& format, const Theme& theme)
{
    return format.hasProperty(QTextFormat::BackgroundBrush) ? format.background().color()
                                                            : theme.palette.color(QPalette::Base);
}

} // namespace

void LogColoursTest::canBeRead_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QString>("grounds"); // ours, or each of theirs
    QTest::addColumn<QString>("how");

    for (const bool dark : {false, true})
        for (const QString& grounds : {u"ours"_s, u"theirs"_s})
            for (const QString& how : {u"as it is"_s, u"faint"_s, u"inverse"_s})
                QTest::addRow("%s, %s, %s", dark ? "dark" : "light", qPrintable(grounds), qPrintable(how))
                    << dark << grounds << how;
}

void LogColoursTest::canBeRead()
{
    QFETCH(bool, dark);
    QFETCH(QString, grounds);
    QFETCH(QString, how);

    const Theme& theme = dark ? Theme::darkTheme() : Theme::lightTheme();
    const LogColours colours(theme);
    // Every colour on ours; on each of theirs, the sixteen and the default.
    QList<LogColour> texts{{}};
    QList<LogColour> backs{{}};
    for (int index = 0; index < (grounds == u"ours" ? kIndexed : 16); ++index)
        texts << indexed(index);
    for (int index = 0; index < kIndexed && grounds == u"theirs"; ++index)
        backs << indexed(index);
    for (const LogColour& text : texts) {
        for (const LogColour& back : backs) {
            const LogStyle style{.text = text, .ground = back, .faint = how == u"faint", .inverse = how == u"inverse"};
            const QTextCharFormat format = colours.format(style);
            const double ratio = contrast(format.foreground().color(), groundOf(format, theme));
            QVERIFY2(ratio >= kReadable - kRounded,
                     qPrintable(u"%1 on %2: %3"_s.arg(text.value).arg(back.value).arg(ratio)));
        }
    }
}

void LogColoursTest::keepsHues()
{
    for (const Theme* theme : {&Theme::lightTheme(), &Theme::darkTheme()}) {
        const LogColours colours(*theme);
        for (const auto& [index, hue] : {std::pair{1, 0}, {2, 120}, {3, 60}, {5, 300}, {6, 180}}) {
            const QColor colour = colours.format({.text = indexed(index)}).foreground().color();
            QVERIFY2(std::abs(colour.hslHue() - hue) <= 2, qPrintable(colour.name()));
            QVERIFY(colour.hslSaturationF() > 0.5F);
        }
        // One that can be read already is what the program wants.
        const LogColour wanted{.kind = LogColour::Kind::True, .value = theme->dark ? 0xffc040U : 0x803010U};
        QCOMPARE(colours.format({.text = wanted}).foreground().color().rgb() & 0xFFFFFF, wanted.value);
    }
}

void LogColoursTest::showsEveryStyle()
{
    const LogColours colours(Theme::lightTheme());
    QCOMPARE(colours.format({.bold = true}).fontWeight(), int(QFont::Bold));
    QVERIFY(colours.format({.italic = true}).fontItalic());
    QVERIFY(colours.format({.underline = true}).fontUnderline());
    const QColor plain = colours.format({}).foreground().color();
    QVERIFY(colours.format({.faint = true}).foreground().color() != plain);
    QCOMPARE(colours.format({.inverse = true}).background().color(), plain);
    QVERIFY(!colours.format({}).hasProperty(QTextFormat::BackgroundBrush));
}

QTEST_MAIN(LogColoursTest)
#include "log_colours_test.moc"
